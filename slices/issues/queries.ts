/** All SQL of help requests. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { personBriefOf, unitBriefOf } from '#slices/directory/server.ts'
import type { Action, State, Theme, Urgency } from './rules.ts'

interface Person {
  personId: string
  number: string
  name: string
}
interface Unit {
  unitId: string
  tree: 'admin' | 'party' | 'residence'
  kind: string
  name: string
  parentId: string | null
}
export interface RequestRow {
  requestId: string
  theme: Theme
  urgency: Urgency
  text: string
  place: string
  state: State
  person: Person
  askedBy: Person
  phone: string | null
  unit: Unit | null
  ownerId: string | null
  ownerUnitId: string | null
  fell: boolean
  round: number
  climbed: number
  askedAt: string
  takenAt: string | null
  answeredAt: string | null
  closedAt: string | null
  dueAt: string | null
}

const unitBrief = unitBriefOf('u')
const columns = sql`r.request_id as "requestId", r.theme, r.urgency, r.text, r.place, r.state, ${personBriefOf('p')} as person, ${personBriefOf('a')} as "askedBy", p.phone,
  case when u.unit_id is not null then ${unitBrief} end as unit, r.owner_id as "ownerId", r.owner_unit_id as "ownerUnitId", r.fell, r.round, r.climbed,
  r.asked_at as "askedAt", r.taken_at as "takenAt", r.answered_at as "answeredAt", r.closed_at as "closedAt", r.due_at as "dueAt"`
const joined = sql`issues.help_request r
  join directory.person p on p.institution_id = r.institution_id and p.person_id = r.person_id
  join directory.person a on a.institution_id = r.institution_id and a.person_id = r.asked_by
  left join directory.unit u on u.institution_id = r.institution_id and u.unit_id = r.unit_id`
/** The urgent first, then those that waited longest. */
const urgentFirst = sql`case r.urgency when 'now' then 0 when 'today' then 1 else 2 end, r.asked_at, r.request_id`

export async function findRequest(tx: Tx, institutionId: string, requestId: string): Promise<RequestRow | undefined> {
  return (await sql<RequestRow>`select ${columns} from ${joined} where r.institution_id = ${institutionId} and r.request_id = ${requestId}`.execute(tx)).rows[0]
}

/** Locks a request, so that two who act at the same moment act one after the other. */
export async function lockRequest(tx: Tx, institutionId: string, requestId: string): Promise<RequestRow | undefined> {
  await sql`select from issues.help_request where institution_id = ${institutionId} and request_id = ${requestId} for update`.execute(tx)
  return findRequest(tx, institutionId, requestId)
}

/** Where requests are handled; an id that does not exist is absent. */
export async function placesOf(tx: Tx, requestIds: string[]): Promise<{ requestId: string; unitId: string | null }[]> {
  return (
    await sql<{ requestId: string; unitId: string | null }>`select request_id as "requestId", unit_id as "unitId" from issues.help_request
    where institution_id = kernel.institution_id() and request_id = any(${requestIds}::uuid[])`.execute(tx)
  ).rows
}

export async function requestsOfAsker(tx: Tx, institutionId: string, personId: string): Promise<RequestRow[]> {
  return (
    await sql<RequestRow>`select ${columns} from ${joined} where r.institution_id = ${institutionId} and (r.person_id = ${personId} or r.asked_by = ${personId})
    order by (r.state = 'closed'), r.asked_at desc limit 100`.execute(tx)
  ).rows
}

/** Does the recorded owner still hold an office at the unit they act for? */
const ownerHolds = (now: Date) => sql`exists (select from directory.office o join directory.holding h using (institution_id, office_id)
  where o.institution_id = r.institution_id and o.unit_id = r.owner_unit_id and h.person_id = r.owner_id and h.during @> ${now}::timestamptz)`

/** Requests to be worked on that are recorded as this person's, or whose recorded owner has left their office. */
export async function requestsPerhapsOwnedBy(tx: Tx, institutionId: string, personId: string, now: Date): Promise<RequestRow[]> {
  return (
    await sql<RequestRow>`select ${columns} from ${joined}
    where r.institution_id = ${institutionId} and r.state in ('open', 'taken') and (r.owner_id = ${personId} or not ${ownerHolds(now)}) order by ${urgentFirst} limit 2000`.execute(tx)
  ).rows
}

/** Handled in the unit or below; the root of the administrative tree is the whole institution. */
const handledWithin = (institutionId: string, ...unitIds: readonly string[]) => sql`exists (select from directory.unit w where w.institution_id = ${institutionId} and w.unit_id = any(${unitIds}::uuid[])
  and (u.path <@ w.path or (w.parent_id is null and w.tree = 'admin')))`

export async function requestsOfUnits(
  tx: Tx, institutionId: string, unitIds: readonly string[], filter: { state: State | null; theme: Theme | null }, offset: number, size: number,
): Promise<{ total: number; rows: RequestRow[] }> {
  const where: RawBuilder<unknown> = sql`r.institution_id = ${institutionId} and ${handledWithin(institutionId, ...unitIds)}
    and (r.state = ${filter.state} or (${filter.state}::text is null and r.state <> 'closed')) and (r.theme = ${filter.theme} or ${filter.theme}::text is null)`
  const rows = await sql<RequestRow>`select ${columns} from ${joined} where ${where} order by ${urgentFirst} limit ${size} offset ${offset}`.execute(tx)
  const total = await sql<{ n: number }>`select count(*) as n from ${joined} where ${where}`.execute(tx)
  return { total: total.rows[0]?.n ?? 0, rows: rows.rows }
}

export interface EventRow {
  requestId: string
  at: string
  action: Action | 'ask'
  byId: string | null
  by: string | null
  text: string
  owner: string | null
  unit: string | null
}
export async function eventsOf(tx: Tx, institutionId: string, requestIds: string[]): Promise<EventRow[]> {
  return (
    await sql<EventRow>`select e.request_id as "requestId", e.at, e.action, e.by_person as "byId", b.name as by, e.text, o.name as owner, u.name as unit from issues.help_event e
    left join directory.person b on b.institution_id = e.institution_id and b.person_id = e.by_person
    left join directory.person o on o.institution_id = e.institution_id and o.person_id = e.owner_id
    left join directory.unit u on u.institution_id = e.institution_id and u.unit_id = e.unit_id
    where e.institution_id = ${institutionId} and e.request_id = any(${requestIds}::uuid[]) order by e.seq`.execute(tx)
  ).rows
}

export async function countEvents(tx: Tx, institutionId: string, requestId: string): Promise<number> {
  return (await sql<{ n: number }>`select count(*) as n from issues.help_event where institution_id = ${institutionId} and request_id = ${requestId}`.execute(tx)).rows[0]?.n ?? 0
}

export interface HolderRow {
  personId: string
  unitId: string
  person: Person
  phone: string | null
  officeTitle: string
  capacity: 'holder' | 'deputy'
  unit: Unit
}
const holderColumns = sql`p.person_id as "personId", u.unit_id as "unitId", ${personBriefOf('p')} as person, p.phone, o.title as "officeTitle", h.capacity, ${unitBrief} as unit`

/** Offices that these persons hold now at these units (pairs). */
export async function holdersAt(tx: Tx, institutionId: string, pairs: { personId: string; unitId: string }[], now: Date): Promise<HolderRow[]> {
  if (!pairs.length) return []
  return (
    await sql<HolderRow>`select distinct on (p.person_id, u.unit_id) ${holderColumns}
    from unnest(${pairs.map((one) => one.personId)}::uuid[], ${pairs.map((one) => one.unitId)}::uuid[]) as w(person_id, unit_id)
    join directory.office o on o.institution_id = ${institutionId} and o.unit_id = w.unit_id
    join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.person_id = w.person_id and h.during @> ${now}::timestamptz
    join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id and p.left_at is null
    join directory.unit u on u.institution_id = o.institution_id and u.unit_id = o.unit_id
    order by p.person_id, u.unit_id, h.capacity desc, lower(h.during)`.execute(tx)
  ).rows
}

/** Where a person belongs, per tree. */
export async function leavesOf(tx: Tx, institutionId: string, personId: string): Promise<{ tree: string; unitId: string }[]> {
  return (await sql<{ tree: string; unitId: string }>`select tree, unit_id as "unitId" from directory.membership where institution_id = ${institutionId} and person_id = ${personId} order by tree`.execute(tx)).rows
}

/** The response that is open now; the latest where there are several. */
export async function openResponse(tx: Tx, institutionId: string): Promise<string | null> {
  return (
    (await sql<{ id: string }>`select response_id as id from responses.response where institution_id = ${institutionId} and closed_at is null order by opened_at desc limit 1`.execute(tx)).rows[0]?.id ?? null
  )
}

export async function runningOf(tx: Tx, institutionId: string, personId: string): Promise<{ requestId: string; theme: Theme }[]> {
  return (
    await sql<{ requestId: string; theme: Theme }>`select request_id as "requestId", theme from issues.help_request
    where institution_id = ${institutionId} and person_id = ${personId} and state <> 'closed' order by asked_at`.execute(tx)
  ).rows
}

export interface ThemeCounts {
  theme: Theme
  asked: number
  waiting: number
  /** Of these, what the reader may open. */
  openAsked: number
  openWaiting: number
}
/** Requests of the unit's people or handled in it, by theme: asked in the period, and of those still waiting for an answer. `opened`: over which units the reader may open requests; null over all. Of each theme it says also how many of its requests those are. */
export async function countThemes(tx: Tx, institutionId: string, unitId: string, from: string | null, to: string | null, opened: readonly string[] | null): Promise<ThemeCounts[]> {
  const opens = opened === null ? sql`true` : handledWithin(institutionId, ...opened)
  const waits = sql`r.state in ('open', 'taken')`
  return (
    await sql<ThemeCounts>`select r.theme, count(*)::int as asked, count(*) filter (where ${waits})::int as waiting,
      count(*) filter (where ${opens})::int as "openAsked", count(*) filter (where ${waits} and ${opens})::int as "openWaiting" from ${joined}
    where r.institution_id = ${institutionId} and (r.asked_at >= ${from}::timestamptz or ${from}::timestamptz is null) and (r.asked_at < ${to}::timestamptz or ${to}::timestamptz is null)
      and (${handledWithin(institutionId, unitId)} or exists (select from directory.membership m join directory.unit mu using (institution_id, unit_id)
        join directory.unit w on w.institution_id = m.institution_id and w.unit_id = ${unitId}
        where m.institution_id = r.institution_id and m.person_id = r.person_id and mu.path <@ w.path)) group by r.theme`.execute(tx)
  ).rows
}

export interface WaitingCounts {
  total: number
  urgent: number
  overdue: number
  askedLastHour: number
  answeredLastHour: number
}
/** How many wait in a unit and below, now. */
export async function countWaiting(tx: Tx, institutionId: string, unitId: string, now: Date): Promise<WaitingCounts> {
  const hourAgo = new Date(now.getTime() - 3_600_000)
  const waits = sql`r.state in ('open', 'taken')`
  const [row] = (
    await sql<WaitingCounts>`select count(*) filter (where ${waits})::int as total, count(*) filter (where ${waits} and r.urgency = 'now')::int as urgent, count(*) filter (where r.state = 'open' and r.due_at < ${now}::timestamptz)::int as overdue,
      count(*) filter (where r.asked_at > ${hourAgo}::timestamptz)::int as "askedLastHour", count(*) filter (where coalesce(r.answered_at, r.closed_at) > ${hourAgo}::timestamptz)::int as "answeredLastHour"
    from ${joined} where r.institution_id = ${institutionId} and ${handledWithin(institutionId, unitId)}`.execute(tx)
  ).rows
  return row ?? { total: 0, urgent: 0, overdue: 0, askedLastHour: 0, answeredLastHour: 0 }
}
/** How many waited at each moment: asked, and neither answered nor closed by then. In the order of the moments. */
export async function waitedAt(tx: Tx, institutionId: string, unitId: string, moments: readonly Date[]): Promise<number[]> {
  return (
    await sql<{ total: number }>`with span as materialized (select r.asked_at as starts, case when r.state in ('open', 'taken') then null else coalesce(r.answered_at, r.closed_at) end as ends from ${joined}
      where r.institution_id = ${institutionId} and ${handledWithin(institutionId, unitId)})
    select (select count(*)::int from span s where s.starts <= m.at and (s.ends is null or s.ends > m.at)) as total from unnest(${moments}::timestamptz[]) with ordinality as m(at, no) order by m.no`.execute(tx)
  ).rows.map((row) => row.total)
}

export async function listDesks(tx: Tx, institutionId: string): Promise<{ theme: Theme; unit: Unit }[]> {
  return (
    await sql<{ theme: Theme; unit: Unit }>`select d.theme, ${unitBrief} as unit from issues.desk d join directory.unit u using (institution_id, unit_id)
    where d.institution_id = ${institutionId} and u.closed_at is null order by d.theme`.execute(tx)
  ).rows
}

// ── Writes ───────────────────────────────────────────────────────────────────────────────────────
export async function saveDesk(tx: Tx, institutionId: string, theme: Theme, unitId: string | null): Promise<void> {
  if (unitId === null) await sql`delete from issues.desk where institution_id = ${institutionId} and theme = ${theme}`.execute(tx)
  else await sql`insert into issues.desk (institution_id, theme, unit_id) values (${institutionId}, ${theme}, ${unitId}) on conflict (institution_id, theme) do update set unit_id = excluded.unit_id`.execute(tx)
}

export interface NewRequest {
  requestId: string
  personId: string
  askedBy: string
  theme: Theme
  urgency: Urgency
  text: string
  place: string
  unitId: string | null
  ownerId: string | null
  ownerUnitId: string | null
  fell: boolean
  responseId: string | null
  dueAt: Date
}
export async function insertRequest(tx: Tx, institutionId: string, request: NewRequest, now: Date): Promise<void> {
  await sql`insert into issues.help_request (institution_id, request_id, person_id, asked_by, theme, urgency, text, place, state, unit_id, owner_id, owner_unit_id, fell, response_id, asked_at, due_at)
    values (${institutionId}, ${request.requestId}, ${request.personId}, ${request.askedBy}, ${request.theme}, ${request.urgency}, ${request.text}, ${request.place}, 'open',
      ${request.unitId}, ${request.ownerId}, ${request.ownerUnitId}, ${request.fell}, ${request.responseId}, ${now}, ${request.dueAt})`.execute(tx)
}

export interface Change {
  state: State
  /** Absent: as it was. */
  unitId?: string
  owner?: { ownerId: string | null; ownerUnitId: string | null }
  fell?: boolean
  newRound?: boolean
  climb?: boolean
  dueAt?: Date | null
}
/** Changes a request; the moments it was taken, answered and closed follow from its states. */
export async function changeRequest(tx: Tx, institutionId: string, requestId: string, change: Change, now: Date): Promise<void> {
  await sql`update issues.help_request set state = ${change.state},
      unit_id = coalesce(${change.unitId ?? null}::uuid, unit_id),
      owner_id = case when ${change.owner !== undefined} then ${change.owner?.ownerId ?? null}::uuid else owner_id end,
      owner_unit_id = case when ${change.owner !== undefined} then ${change.owner?.ownerUnitId ?? null}::uuid else owner_unit_id end,
      fell = coalesce(${change.fell ?? null}::boolean, fell),
      round = round + ${change.newRound ? 1 : 0}::int,
      climbed = case when ${change.newRound ?? false} then 0 else climbed + ${change.climb ? 1 : 0}::int end,
      due_at = case when ${change.dueAt !== undefined} then ${change.dueAt ?? null}::timestamptz else due_at end,
      taken_at = case when ${change.state} = 'open' then null else coalesce(taken_at, case when ${change.state} in ('taken', 'answered') then ${now}::timestamptz end) end,
      answered_at = case when ${change.state} = 'answered' and state <> 'answered' then ${now}::timestamptz when ${change.state} in ('open', 'taken') then null else answered_at end,
      closed_at = case when ${change.state} = 'closed' then ${now}::timestamptz end
    where institution_id = ${institutionId} and request_id = ${requestId}`.execute(tx)
}

export async function insertEvent(
  tx: Tx, institutionId: string, event: { requestId: string; action: Action | 'ask'; byPerson: string | null; text?: string; ownerId?: string | null; unitId?: string | null }, now: Date,
): Promise<void> {
  await sql`insert into issues.help_event (institution_id, request_id, at, action, by_person, text, owner_id, unit_id)
    values (${institutionId}, ${event.requestId}, ${now}, ${event.action}, ${event.byPerson}, ${event.text ?? ''}, ${event.ownerId ?? null}, ${event.unitId ?? null})`.execute(tx)
}
