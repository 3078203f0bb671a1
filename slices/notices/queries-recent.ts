/** SQL of what is overdue by unit, how that moved, and what happened lately. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { unitBriefOf } from '#slices/directory/server.ts'
import { openStates, type AssignmentState } from './rules.ts'

interface UnitRow {
  unitId: string
  tree: 'admin' | 'party' | 'residence'
  kind: string
  name: string
  parentId: string | null
}
const open = sql`a.state = any(${[...openStates] satisfies AssignmentState[]}::text[])`
/** Every unit of the subtree with the one right below the top that it lies under (the top itself under itself). */
const below = (institutionId: string, unitId: string) => sql`below as materialized (
    select a.unit_id, coalesce(k.ancestor_id, a.unit_id) as child_id from directory.ancestry a left join directory.ancestry k on k.institution_id = a.institution_id and k.unit_id = a.unit_id and k.distance = a.distance - 1
    where a.institution_id = ${institutionId} and a.ancestor_id = ${unitId})`

export interface LateRow {
  unit: UnitRow
  total: number
  oldestDueAt: string
  text: string
  noticeTitle: string
}
/** What is overdue now, by the unit right below, the most first. */
export async function lateByUnit(tx: Tx, institutionId: string, unitId: string, now: Date, most: number): Promise<{ total: number; rows: LateRow[] }> {
  const { rows } = await sql<LateRow & { all: number }>`with ${below(institutionId, unitId)}, late as materialized (
      select b.child_id, a.duty_id, a.notice_id, a.due_at, row_number() over (partition by b.child_id order by a.due_at, a.assignment_id) as rank, count(*) over (partition by b.child_id) as total, count(*) over () as everything
      from notices.assignment a join below b on b.unit_id = a.unit_id where a.institution_id = ${institutionId} and ${open} and a.due_at < ${now}::timestamptz)
    select ${unitBriefOf('u')} as unit, l.total::int as total, l.everything::int as all, l.due_at as "oldestDueAt", d.wording as text, coalesce(n.title, '') as "noticeTitle"
    from late l join directory.unit u on u.institution_id = ${institutionId} and u.unit_id = l.child_id join notices.duty d on d.institution_id = ${institutionId} and d.duty_id = l.duty_id
    join notices.notice n on n.institution_id = ${institutionId} and n.notice_id = l.notice_id
    where l.rank = 1 order by l.total desc, l.due_at, u.unit_id limit ${most}`.execute(tx)
  return { total: rows[0]?.all ?? 0, rows: rows.map(({ all: _, ...row }) => row) }
}

/**
 * How many were overdue at each moment: due, and neither reported (a report that was sent back does not count) nor ended by then.
 * @returns in the order of the moments
 */
export async function lateAt(tx: Tx, institutionId: string, unitId: string, moments: readonly Date[]): Promise<number[]> {
  const { rows } = await sql<{ total: number }>`with ${below(institutionId, unitId)}, span as materialized (
      select a.due_at as starts, least(a.ended_at, r.at) as ends
      from notices.assignment a join below b on b.unit_id = a.unit_id
      left join lateral (select min(r.made_at) as at from notices.report r where r.institution_id = a.institution_id and r.assignment_id = a.assignment_id and r.verdict is distinct from 'sent-back') r on true
      where a.institution_id = ${institutionId} and a.due_at < ${moments.at(-1) ?? null}::timestamptz and coalesce(a.ended_at, 'infinity') > ${moments[0] ?? null}::timestamptz)
    select (select count(*)::int from span s where s.starts < m.at and (s.ends is null or s.ends > m.at)) as total from unnest(${moments}::timestamptz[]) with ordinality as m(at, no) order by m.no`.execute(tx)
  return rows.map((row) => row.total)
}

export type HappenedKind = 'issued' | 'withdrawn' | 'superseded' | 'round-started' | 'sent' | 'acknowledged' | 'hand-down' | 'reported' | 'zero-reported' | 'accepted' | 'sent-back' | 'escalated' | 'overdue'
export interface HappenedRow {
  at: string
  kind: HappenedKind
  noticeId: string
  noticeTitle: string
  unit: UnitRow | null
  count: number
}
const ofNotices = ['issued', 'withdrawn', 'superseded', 'round-started']
const ofAssignments = ['sent', 'acknowledged', 'hand-down', 'reported', 'zero-reported', 'accepted', 'sent-back', 'escalated']

/** What happened within a subtree since a moment, alike things of one notice and one unit together, the latest first. Also what fell overdue meanwhile. */
export async function happened(tx: Tx, institutionId: string, unitId: string, from: Date, to: Date, most: number): Promise<HappenedRow[]> {
  return (
    await sql<HappenedRow>`with ${below(institutionId, unitId)}, happened as (
      select max(e.at) as at, e.kind, e.notice_id, b.child_id, count(*)::int as n from notices.event e join notices.assignment a on a.institution_id = e.institution_id and a.assignment_id = e.assignment_id join below b on b.unit_id = a.unit_id
        where e.institution_id = ${institutionId} and e.at > ${from}::timestamptz and e.at <= ${to}::timestamptz and e.kind = any(${ofAssignments}::text[]) group by e.kind, e.notice_id, b.child_id
      union all
      select max(a.due_at), 'overdue', a.notice_id, b.child_id, count(*)::int from notices.assignment a join below b on b.unit_id = a.unit_id
        where a.institution_id = ${institutionId} and ${open} and a.due_at > ${from}::timestamptz and a.due_at <= ${to}::timestamptz group by a.notice_id, b.child_id
      union all
      select e.at, e.kind, e.notice_id, null, 1 from notices.event e
        where e.institution_id = ${institutionId} and e.assignment_id is null and e.at > ${from}::timestamptz and e.at <= ${to}::timestamptz and e.kind = any(${ofNotices}::text[])
          and exists (select from notices.assignment a join below b on b.unit_id = a.unit_id where a.institution_id = e.institution_id and a.notice_id = e.notice_id))
    select to_char(h.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, h.kind, h.notice_id as "noticeId", coalesce(n.title, '') as "noticeTitle", case when u.unit_id is null then null else ${unitBriefOf('u')} end as unit, h.n as count
    from happened h join notices.notice n on n.institution_id = ${institutionId} and n.notice_id = h.notice_id left join directory.unit u on u.institution_id = ${institutionId} and u.unit_id = h.child_id
    order by h.at desc, h.kind, u.name limit ${most}`.execute(tx)
  ).rows
}
