/** SQL of how coverage moved: countings of the upper units, hour by hour. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { CountRow } from './queries-coverage.ts'

/** The roots of all trees and the units right below them: those whose course is kept. */
export async function upperUnits(tx: Tx, institutionId: string): Promise<string[]> {
  return (await sql<{ id: string }>`select unit_id as id from directory.unit where institution_id = ${institutionId} and closed_at is null and nlevel(path) <= 2`.execute(tx)).rows.map((row) => row.id)
}

/** Keeps one counting. */
export async function insertHour(tx: Tx, institutionId: string, rows: readonly CountRow[], at: Date): Promise<void> {
  const column = <T>(of: (row: CountRow) => T) => rows.map(of)
  await sql`insert into measures.hour (institution_id, measure_id, unit_id, at, kept, gap, excused, unknown)
    select ${institutionId}, t.measure_id, t.unit_id, ${at}::timestamptz, t.kept, t.gap, t.excused, t.unknown
    from unnest(${column((row) => row.measureId)}::uuid[], ${column((row) => row.unitId)}::uuid[], ${column((row) => row.kept)}::int[], ${column((row) => row.gap)}::int[], ${column((row) => row.excused)}::int[], ${column((row) => row.unknown)}::int[])
      as t(measure_id, unit_id, kept, gap, excused, unknown)
    on conflict do nothing`.execute(tx)
}

/** Of countings before `before` and not before `from`, leaves the first of every span. Spans of a day end at 17:00 in China, when totals go up. */
export async function thin(tx: Tx, institutionId: string, from: Date, before: Date, span: '6 hours' | '1 day'): Promise<void> {
  const slot = (at: ReturnType<typeof sql.ref>) => sql`date_bin(${span}::interval, ${at}, timestamptz '2001-01-01 09:00Z')`
  await sql`delete from measures.hour h where h.institution_id = ${institutionId} and h.at >= ${from}::timestamptz and h.at < ${before}::timestamptz
    and exists (select from measures.hour e where e.institution_id = h.institution_id and e.unit_id = h.unit_id and e.measure_id = h.measure_id and e.at < h.at and ${slot(sql.ref('e.at'))} = ${slot(sql.ref('h.at'))})`.execute(tx)
}

export interface HourRow extends CountRow {
  at: string
}
const columns = sql`h.at, h.measure_id as "measureId", h.unit_id as "unitId", h.kept + h.gap + h.excused + h.unknown as population, h.kept, h.gap, h.excused, h.unknown`

/** One unit over time, oldest first. */
export async function hoursOf(tx: Tx, institutionId: string, unitId: string, measureIds: string[], from: Date, to: Date): Promise<HourRow[]> {
  return (
    await sql<HourRow>`select ${columns} from measures.hour h where h.institution_id = ${institutionId} and h.unit_id = ${unitId} and h.measure_id = any(${measureIds}::uuid[]) and h.at > ${from}::timestamptz and h.at <= ${to}::timestamptz
    order by h.at, h.measure_id`.execute(tx)
  ).rows
}

/** A unit and those right below it at the counting nearest to a moment, if there was one so near. */
export async function hourNear(tx: Tx, institutionId: string, unitId: string, measureIds: string[], moment: Date, within: { before: number; after: number }): Promise<HourRow[]> {
  const [from, to] = [new Date(moment.getTime() - within.before), new Date(moment.getTime() + within.after)]
  return (
    await sql<HourRow>`with nearest as (select at from measures.hour where institution_id = ${institutionId} and unit_id = ${unitId} and measure_id = any(${measureIds}::uuid[]) and at between ${from}::timestamptz and ${to}::timestamptz
      order by abs(extract(epoch from at - ${moment}::timestamptz)) limit 1)
    select ${columns} from nearest n join measures.hour h on h.institution_id = ${institutionId} and h.at = n.at and h.measure_id = any(${measureIds}::uuid[])
    where h.unit_id = ${unitId} or h.unit_id in (select unit_id from directory.unit where institution_id = ${institutionId} and parent_id = ${unitId})`.execute(tx)
  ).rows
}

/** Of these units those that lie in none of the others. */
export async function topmost(tx: Tx, institutionId: string, unitIds: string[]): Promise<string[]> {
  return (
    await sql<{ id: string }>`select u.unit_id as id from directory.unit u where u.institution_id = ${institutionId} and u.unit_id = any(${unitIds}::uuid[])
      and not exists (select from directory.unit w where w.institution_id = u.institution_id and w.unit_id = any(${unitIds}::uuid[]) and w.unit_id <> u.unit_id and u.path <@ w.path)`.execute(tx)
  ).rows.map((row) => row.id)
}
