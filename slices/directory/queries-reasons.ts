/** SQL about reasons for opening names, and about who held which office when. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { Static } from 'typebox'
import type * as contract from './contract.ts'
import { personBriefOf, unitBriefOf } from './queries-shapes.ts'

type UnitBrief = Static<typeof contract.UnitBrief>
type PersonBrief = Static<typeof contract.PersonBrief>

export async function insertReason(tx: Tx, institutionId: string, reason: { reasonId: string; personId: string; sessionId: string | null; unitId: string; words: string }, now: Date, until: Date): Promise<void> {
  await sql`insert into directory.reason (institution_id, reason_id, person_id, session_id, unit_id, words, at, until)
    values (${institutionId}, ${reason.reasonId}, ${reason.personId}, ${reason.sessionId}, ${reason.unitId}, ${reason.words}, ${now}, ${until})`.execute(tx)
}

/** Roles that need no reason, and all that carry the permission. */
export interface Free {
  subtree: string[]
  institution: string[]
  reach: { subtree: string[]; institution: string[] }
}
/** CTEs `own` (units whose offices the actor holds) and `whole` (whether one of them is over everything). */
const within = (institutionId: string, personId: string, { reach }: Free, now: Date) => sql`offices as materialized (
      select o.unit_id, o.role from directory.holding h join directory.office o using (institution_id, office_id) where h.institution_id = ${institutionId} and h.person_id = ${personId} and h.during @> ${now}::timestamptz
    ), own as materialized (select unit_id from offices where role = any(${reach.subtree}::text[])), whole as materialized (select exists (select from offices where role = any(${reach.institution}::text[])) as yes)`
/** The unit to give a reason for: the widest on the way up that lies within an office of the actor, the root last. */
const widest = (institutionId: string, unit: RawBuilder<unknown>) => sql`select b.unit_id, b.name, (select yes from whole) or exists (select from directory.ancestry c where c.institution_id = ${institutionId} and c.unit_id = b.unit_id and c.ancestor_id in (select unit_id from own)) as reached
      from directory.ancestry a join directory.unit b on b.institution_id = a.institution_id and b.unit_id = a.ancestor_id
      where a.institution_id = ${institutionId} and a.unit_id = ${unit}
      order by reached desc, b.parent_id is null, a.distance desc limit 1`

/**
 * For each unit: whether the actor holds an office that reaches it without a reason, and else the reason given for it or for a unit above in this session.
 * `widest` is what a reason is asked for: the widest unit below the root on the way that lies within an office of the actor. In the order of the units.
 */
export interface Ground {
  unitId: string
  free: boolean
  words: string | null
  widestId: string
  /** Whether it lies within an office of the actor. */
  reached: boolean
  widest: string
}
export async function groundsOf(tx: Tx, institutionId: string, unitIds: string[], personId: string, sessionId: string | null, free: Free, now: Date): Promise<Ground[]> {
  return (
    await sql<Ground>`with ${within(institutionId, personId, free, now)}, held as materialized (
      select o.unit_id, o.role from directory.holding h join directory.office o using (institution_id, office_id)
      where h.institution_id = ${institutionId} and h.person_id = ${personId} and h.during @> ${now}::timestamptz and o.role = any(${[...free.subtree, ...free.institution]}::text[])
    ), given as materialized (
      select unit_id, words, at from directory.reason where institution_id = ${institutionId} and person_id = ${personId} and session_id is not distinct from ${sessionId}::uuid and until > ${now}::timestamptz
    )
    select u.unit_id as "unitId", w.unit_id as "widestId", w.name as widest, w.reached,
      exists (select from held where held.role = any(${free.institution}::text[]))
        or exists (select from directory.ancestry a join held on held.unit_id = a.ancestor_id where a.institution_id = ${institutionId} and a.unit_id = u.unit_id) as free,
      (select given.words from directory.ancestry a join given on given.unit_id = a.ancestor_id where a.institution_id = ${institutionId} and a.unit_id = u.unit_id order by a.distance, given.at desc limit 1) as words
    from directory.unit u cross join lateral (${widest(institutionId, sql`u.unit_id`)}) w
    where u.institution_id = ${institutionId} and u.unit_id = any(${unitIds}::uuid[]) order by array_position(${unitIds}::uuid[], u.unit_id)`.execute(tx)
  ).rows
}
/** Of these people those that no office opens without a reason, with the words of one given in this session, else null; and the unit just below the root to give it for. */
export async function closedNames(tx: Tx, institutionId: string, personIds: string[], actorId: string, sessionId: string | null, free: Free, now: Date): Promise<{ personId: string; unitId: string; unit: string; words: string | null }[]> {
  return (
    await sql<{ personId: string; unitId: string; unit: string; words: string | null }>`with ${within(institutionId, actorId, free, now)}, held as materialized (
      select o.unit_id, o.role from directory.holding h join directory.office o using (institution_id, office_id)
      where h.institution_id = ${institutionId} and h.person_id = ${actorId} and h.during @> ${now}::timestamptz and o.role = any(${[...free.subtree, ...free.institution]}::text[])
    ), given as materialized (
      select unit_id, words, at from directory.reason where institution_id = ${institutionId} and person_id = ${actorId} and session_id is not distinct from ${sessionId}::uuid and until > ${now}::timestamptz
    ), asked as materialized (
      select p.person_id from unnest(${personIds}::uuid[]) p(person_id)
      where p.person_id <> ${actorId} and not exists (select from held where held.role = any(${free.institution}::text[]))
        and not exists (select from directory.holding h where h.institution_id = ${institutionId} and h.person_id = p.person_id and h.during @> ${now}::timestamptz)
        and not exists (select from directory.membership m join directory.ancestry a on a.institution_id = m.institution_id and a.unit_id = m.unit_id where m.institution_id = ${institutionId} and m.person_id = p.person_id and a.ancestor_id in (select unit_id from held))
    )
    select k.person_id as "personId", w.unit_id as "unitId", w.name as unit,
      (select given.words from directory.membership m join directory.ancestry a on a.institution_id = m.institution_id and a.unit_id = m.unit_id join given on given.unit_id = a.ancestor_id
        where m.institution_id = ${institutionId} and m.person_id = k.person_id order by given.at desc limit 1) as words
    from asked k cross join lateral (
      -- Of the units a person belongs to the one within an office of the actor, the administrative first.
      select m.unit_id from directory.membership m where m.institution_id = ${institutionId} and m.person_id = k.person_id
      order by not ((select yes from whole) or exists (select from directory.ancestry c where c.institution_id = ${institutionId} and c.unit_id = m.unit_id and c.ancestor_id in (select unit_id from own))), m.tree limit 1) home
    cross join lateral (${widest(institutionId, sql`home.unit_id`)}) w
    order by w.name, k.person_id`.execute(tx)
  ).rows
}

/** The administrative unit of each person, else any they belong to. */
export async function homesOf(tx: Tx, institutionId: string, personIds: string[]): Promise<{ personId: string; unitId: string }[]> {
  return (
    await sql<{ personId: string; unitId: string }>`select m.person_id as "personId", m.unit_id as "unitId" from directory.membership m where m.institution_id = ${institutionId} and m.person_id = any(${personIds}::uuid[]) order by m.tree`.execute(tx)
  ).rows
}

export interface TenureRow {
  holdingId: string
  title: string
  role: string
  capacity: 'holder' | 'deputy'
  unit: UnitBrief
  person: PersonBrief
  from: string
  to: string | null
}
export async function tenuresOf(tx: Tx, institutionId: string, of: { unitId: string } | { personId: string }): Promise<TenureRow[]> {
  const where = 'unitId' in of ? sql`o.unit_id = ${of.unitId}` : sql`h.person_id = ${of.personId}`
  return (
    await sql<TenureRow>`select h.holding_id as "holdingId", o.title, o.role, h.capacity, ${unitBriefOf('u')} as unit, ${personBriefOf('p')} as person, lower(h.during) as from, upper(h.during) as to
    from directory.holding h join directory.office o using (institution_id, office_id) join directory.unit u using (institution_id, unit_id) join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id
    where h.institution_id = ${institutionId} and ${where} order by lower(h.during) desc, h.holding_id limit 200`.execute(tx)
  ).rows
}

export interface LinkRow {
  linkId: string
  member: PersonBrief
  unit: UnitBrief | null
  person: PersonBrief | null
  from: string
  to: string | null
}
/** Links of a person: whom and what they look after, and who looks after them or their room. */
export async function linksOf(tx: Tx, institutionId: string, personId: string): Promise<LinkRow[]> {
  return (
    await sql<LinkRow>`select l.link_id as "linkId", ${personBriefOf('m')} as member, case when u.unit_id is not null then ${unitBriefOf('u')} end as unit, case when p.person_id is not null then ${personBriefOf('p')} end as person, lower(l.during) as from, upper(l.during) as to
    from directory.link l join directory.person m on m.institution_id = l.institution_id and m.person_id = l.member_id
    left join directory.unit u on u.institution_id = l.institution_id and u.unit_id = l.unit_id left join directory.person p on p.institution_id = l.institution_id and p.person_id = l.person_id
    where l.institution_id = ${institutionId} and (l.member_id = ${personId} or l.person_id = ${personId}
      or l.unit_id in (select a.ancestor_id from directory.membership s join directory.ancestry a on a.institution_id = s.institution_id and a.unit_id = s.unit_id where s.institution_id = ${institutionId} and s.person_id = ${personId} and s.tree = 'residence'))
    order by lower(l.during) desc, l.link_id limit 100`.execute(tx)
  ).rows
}
