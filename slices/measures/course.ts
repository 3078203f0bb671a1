/**
 * The course of units further down, which nobody counts by the hour: worked out from what was known at a few moments (`known-at.ts`) when somebody asks, and remembered by
 * the process. What was known at a past moment does not change, so nothing is stored and nothing grows with the number of units.
 */
import type { Context } from '#kernel/server.ts'
import { coverageKnownAt } from './known-at.ts'
import type { CountRow } from './queries-coverage.ts'
import { measuresOnAt, pastKeptSince } from './queries-known-at.ts'
import { listMeasures } from './queries.ts'

const hour = 3_600_000
const day = 24 * hour
/** Of more people the course is that of the units above, or nobody's: working it out would hold others up. */
export const mostPeople = 2500

export interface Moment {
  at: string
  rows: CountRow[]
}
const remembered = new Map<string, Moment>()
const mostRemembered = 20_000

/** Every measure that was on then has a row for the unit, so that nobody is told from nothing counted. */
async function workOut({ tx, institution }: Pick<Context, 'tx' | 'institution'>, unitId: string, at: Date): Promise<Moment> {
  const on = await measuresOnAt(tx, institution.id, at)
  const measures = on.length ? await listMeasures(tx, institution.id, { ids: on }) : []
  const { counts } = measures.length ? await coverageKnownAt({ tx, institution }, measures, unitId, at) : { counts: [] }
  const none = measures.filter(({ measureId }) => !counts.some((one) => one.unitId === unitId && one.measureId === measureId))
  return { at: at.toISOString(), rows: [...counts, ...none.map(({ measureId }) => ({ measureId, unitId, population: 0, kept: 0, gap: 0, excused: 0, unknown: 0 }))] }
}

/** As it stood at the same full hour of each of the last days, oldest first, yesterday's last. Moments of which nothing was kept are left out. */
export async function courseOf(ctx: Context, unitId: string, days: number): Promise<Moment[]> {
  const { tx, institution, now } = ctx
  const since = Date.parse((await pastKeptSince(tx, institution.id)) ?? '') || 0
  const end = Math.floor(now.getTime() / hour) * hour
  const moments: Moment[] = []
  for (let back = Math.min(days, 8); back >= 1; back--) {
    // Days end at 17:00 in China, when totals go up; yesterday is compared with the same hour.
    const at = back === 1 ? end - day : Math.floor((end - (back - 1) * day - 9 * hour) / day) * day + 9 * hour
    if (at < since || (back > 1 && at >= end - day)) continue
    const key = `${institution.id} ${unitId} ${at}`
    const known = remembered.get(key)
    if (!known && remembered.size >= mostRemembered) remembered.clear()
    const moment = known ?? (await workOut(ctx, unitId, new Date(at)))
    remembered.set(key, moment)
    if (moment.rows.length) moments.push(moment)
  }
  return moments
}
