/** SQL over the journals of the kernel. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { PersonBrief } from '#slices/directory/server.ts'
import type { HourOfLooks, Repeats } from './rules.ts'

export interface ActorRow {
  kind: 'person' | 'operator' | 'system' | 'anonymous'
  person: PersonBrief | null
  offices: { unit: string; title: string }[]
}
/** Who acted, with the offices held at that moment. */
const actor = (row: string) => sql`jsonb_build_object('kind', ${sql.ref(`${row}.actor_kind`)},
  'person', (select jsonb_build_object('personId', p.person_id, 'number', p.number, 'name', p.name) from directory.person p where p.institution_id = ${sql.ref(`${row}.institution_id`)} and p.person_id = ${sql.ref(`${row}.actor_id`)}),
  'offices', (select coalesce(jsonb_agg(distinct jsonb_build_object('unit', u.name, 'title', o.title)), '[]') from directory.holding h join directory.office o using (institution_id, office_id) join directory.unit u using (institution_id, unit_id)
    where h.institution_id = ${sql.ref(`${row}.institution_id`)} and h.person_id = ${sql.ref(`${row}.actor_id`)} and h.during @> ${sql.ref(`${row}.at`)}))`

export interface LookFilter {
  from: Date
  to: Date
  actorId: string | null
  personId: string | null
  call: string | null
}
export interface LookRow {
  at: string
  actor: ActorRow
  call: string
  purpose: string
  people: number
}
/** Looks of one call at one moment are one line. */
export async function listLooks(tx: Tx, institutionId: string, filter: LookFilter, most: number): Promise<LookRow[]> {
  const { from, to, actorId, personId, call } = filter
  return (
    await sql<LookRow>`with grouped as (
      select a.institution_id, a.at, a.actor_kind, a.actor_id, a.call, a.purpose, count(*)::int as people from kernel.access a
      where a.institution_id = ${institutionId} and a.at >= ${from}::timestamptz and a.at < ${to}::timestamptz
        and (${actorId}::uuid is null or a.actor_id = ${actorId}) and (${personId}::uuid is null or a.person_id = ${personId}) and (${call}::text is null or a.call = ${call})
      group by 1, 2, 3, 4, 5, 6 order by 2 desc, 4, 5 limit ${most}
    ) select g.at, g.call, g.purpose, g.people, ${actor('g')} as actor from grouped g order by g.at desc`.execute(tx)
  ).rows
}
export async function unitsOfLook(tx: Tx, institutionId: string, look: { at: string; actorId: string | null; call: string }): Promise<{ name: string; people: number }[]> {
  return (
    await sql<{ name: string; people: number }>`select coalesce(top.name, '') as name, count(*)::int as people
    from kernel.access a left join directory.membership m on m.institution_id = a.institution_id and m.person_id = a.person_id and m.tree = 'admin'
    left join lateral (select u.name from directory.ancestry y join directory.unit u on u.institution_id = y.institution_id and u.unit_id = y.ancestor_id
      where y.institution_id = m.institution_id and y.unit_id = m.unit_id and u.parent_id is not null order by y.distance desc limit 1) top on true
    where a.institution_id = ${institutionId} and a.at >= ${look.at}::timestamptz - interval '1 millisecond' and a.at <= ${look.at}::timestamptz + interval '1 millisecond'
      and a.actor_id is not distinct from ${look.actorId}::uuid and a.call = ${look.call} group by 1 order by 2 desc, 1 limit 60`.execute(tx)
  ).rows
}

export async function hoursOfLooks(tx: Tx, institutionId: string, from: Date, to: Date, timeZone: string): Promise<HourOfLooks[]> {
  return (
    await sql<HourOfLooks>`select a.actor_id as "actorId", date_trunc('hour', a.at) as at, extract(hour from date_trunc('hour', a.at) at time zone ${timeZone})::int as hour,
      count(distinct a.person_id)::int as people, array_agg(distinct a.call) as calls
    from kernel.access a where a.institution_id = ${institutionId} and a.at >= ${from}::timestamptz and a.at < ${to}::timestamptz and a.actor_id is not null group by 1, 2`.execute(tx)
  ).rows
}
export async function repeatedLooks(tx: Tx, institutionId: string, from: Date, to: Date, least: number): Promise<Repeats[]> {
  return (
    await sql<Repeats>`select r."actorId", r.at, r.times, r.calls, (select u.name from directory.membership m join directory.unit u using (institution_id, unit_id) where m.institution_id = ${institutionId} and m.person_id = r.person_id and m.tree = 'admin') as unit
    from (select a.institution_id, a.actor_id as "actorId", a.person_id, max(a.at) as at, count(distinct a.at)::int as times, array_agg(distinct a.call) as calls
      from kernel.access a where a.institution_id = ${institutionId} and a.at >= ${from}::timestamptz and a.at < ${to}::timestamptz and a.actor_id is not null
      group by a.institution_id, a.actor_id, a.person_id, date_trunc('day', a.at) having count(distinct a.at) >= ${least}) r limit 200`.execute(tx)
  ).rows
}
/** Who acted, with the offices held at that moment; in the order of the acts. */
export async function actorsOf(tx: Tx, institutionId: string, acts: readonly { actorKind: ActorRow['kind']; actorId: string | null; at: string }[]): Promise<ActorRow[]> {
  return (
    await sql<{ actor: ActorRow }>`select ${actor('x')} as actor from (select ${institutionId}::uuid as institution_id, g.* from unnest(${acts.map((one) => one.actorKind)}::text[], ${acts.map((one) => one.actorId)}::uuid[], ${acts.map((one) => one.at)}::timestamptz[]) with ordinality as g(actor_kind, actor_id, at, place)) x order by x.place`.execute(tx)
  ).rows.map((row) => row.actor)
}

export async function lastLook(tx: Tx, institutionId: string): Promise<string | null> {
  return (await sql<{ at: string | null }>`select max(at) as at from kernel.access where institution_id = ${institutionId}`.execute(tx)).rows[0]?.at ?? null
}
