/** How coverage moved: a counting of the upper units every hour of the institution's clock, and the calls that read it. */
import { implement, job, type Context, type JobHandler } from '#kernel/server.ts'
import { roles, type RoleName } from '#slices/directory/rules.ts'
import { officesOf } from '#slices/directory/server.ts'
import * as contract from './contract.ts'
import { courseOf, mostPeople, type Moment } from './course.ts'
import * as q from './queries.ts'
import * as counts from './queries-coverage.ts'
import { countOpenPeople, morePeopleThan } from './queries-gap-people.ts'
import * as history from './queries-history.ts'

const hour = 3_600_000
const day = 24 * hour

/** The next full hour; a counting that comes late keeps the moment at which it counted. */
export const nextHour = (now: Date): Date => new Date(Math.floor(now.getTime() / hour + 1) * hour)

async function countHour(ctx: Context): Promise<void> {
  const { tx, institution, now } = ctx
  const measureIds = (await q.listMeasures(tx, institution.id, { statuses: ['on'] })).map((measure) => measure.measureId)
  if (!measureIds.length) return
  await history.insertHour(tx, institution.id, await counts.coverageOfUnits(tx, institution.id, measureIds, await history.upperUnits(tx, institution.id), now), now)
  // Two days by the hour, two weeks by the quarter of a day, then by the day.
  if (now.getUTCHours() % 6 === 0) {
    const ago = (ms: number) => new Date(now.getTime() - ms)
    await history.thin(tx, institution.id, ago(15 * day), ago(50 * hour), '6 hours')
    await history.thin(tx, institution.id, ago(400 * day), ago(15 * day), '1 day')
  }
  ctx.ping('history')
}

export const historyJobs: JobHandler[] = [
  job('measures.tick', async (ctx) => {
    // One that waits already stays, so it comes every hour while anything is on. In a drill that jumps, once for the jump.
    if ((await q.listMeasures(ctx.tx, ctx.institution.id, { statuses: ['on'] })).length) ctx.enqueue({ kind: 'measures.history', key: 'history', at: nextHour(ctx.now) })
  }),
  job('measures.history', countHour),
]

type Cell = Omit<counts.CountRow, 'unitId'>
const cell = ({ measureId, population, kept, gap, excused, unknown }: history.HourRow): Cell => ({ measureId, population, kept, gap, excused, unknown })

function snapshot(rows: readonly history.HourRow[]) {
  const [first] = rows
  return first ? { at: first.at, rows: [...Map.groupBy(rows, (row) => row.unitId)].map(([unitId, cells]) => ({ unitId, cells: cells.map(cell) })) } : null
}

/** What was worked out for a unit further down, in the shape of what was counted. */
function course(moments: readonly Moment[], unitId: string, measureIds: readonly string[], now: Date) {
  const ours = moments.map(({ at, rows }) => ({ at, rows: [...Map.groupBy(rows.filter((row) => measureIds.includes(row.measureId)), (row) => row.unitId)].map(([id, cells]) => ({ unitId: id, cells: cells.map((one) => cell({ ...one, at })) })) }))
  const yesterday = ours.find((one) => now.getTime() - Date.parse(one.at) < day + hour)
  return {
    asOf: now.toISOString(), hourAgo: null, dayAgo: yesterday && yesterday.rows.length ? yesterday : null,
    points: ours.map(({ at, rows }) => ({ at, cells: rows.find((row) => row.unitId === unitId)?.cells ?? [] })),
  }
}

export const historyCalls = [
  implement(contract.history, async (ctx, { unitId, responseId, days = 8 }) => {
    const { tx, institution, now } = ctx
    const measureIds = (await q.listMeasures(tx, institution.id, { responseId, statuses: ['on'] })).map((measure) => measure.measureId)
    if (!measureIds.length) return { asOf: now.toISOString(), points: [], hourAgo: null, dayAgo: null }
    const ago = (ms: number) => new Date(now.getTime() - ms)
    const rows = await history.hoursOf(tx, institution.id, unitId, measureIds, ago(days * day), now)
    // Further down nobody counts by the hour.
    if (!rows.length && !(await morePeopleThan(tx, institution.id, [unitId], mostPeople))) return course(await courseOf(ctx, unitId, days), unitId, measureIds, now)
    return {
      asOf: now.toISOString(),
      points: [...Map.groupBy(rows, (row) => row.at)].map(([at, cells]) => ({ at, cells: cells.map(cell) })),
      hourAgo: snapshot(await history.hourNear(tx, institution.id, unitId, measureIds, ago(hour), { before: hour / 2, after: hour / 2 })),
      dayAgo: snapshot(await history.hourNear(tx, institution.id, unitId, measureIds, ago(day), { before: hour, after: hour })),
    }
  }),

  // Whoever answers for units sees how many of their people are open, whichever page they are on.
  implement(contract.mineOpen, async (ctx) => {
    const { tx, institution, now } = ctx
    const offices = await officesOf(tx, institution.id, ctx.actor.personId as string, now)
    const units = offices.filter((office) => roles[office.role as RoleName]?.answers !== 'no').map((office) => office.unit)
    const tree = units.some((unit) => unit.tree === 'admin') ? 'admin' : units[0]?.tree
    const ids = await history.topmost(tx, institution.id, units.filter((unit) => unit.tree === tree).map((unit) => unit.unitId))
    const measures = ids.length ? await q.listMeasures(tx, institution.id, { statuses: ['on'] }) : []
    const rows = measures.length ? await counts.coverageOfUnits(tx, institution.id, measures.map((measure) => measure.measureId), ids, now) : []
    const [gap, unknown] = [rows.reduce((sum, row) => sum + row.gap, 0), rows.reduce((sum, row) => sum + row.unknown, 0)]
    // Of one measure everybody is counted once already.
    const people = measures.length < 2 || gap + unknown === 0 ? gap + unknown : await countOpenPeople(tx, institution.id, ids, measures.map((measure) => measure.measureId), now)
    return { asOf: now.toISOString(), units: ids.length, people, gap, unknown }
  }),
]
