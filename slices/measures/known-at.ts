/**
 * Coverage as it was known at a moment: from the facts recorded by then, the people, units, offices and excuses of then and the measures that were on. Worked out anew, by the same compiled conditions
 * as standings, apart from the standings that are stored.
 */
import { notFound, refused } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { ownersOfUnits, unitBriefs } from '#slices/directory/server.ts'
import { erasurePlans } from '#slices/responses/server.ts'
import * as contract from './contract.ts'
import { engineOf } from './engine.ts'
import type { CountRow } from './queries-coverage.ts'
import * as past from './queries-known-at.ts'
import { listMeasures, type MeasureRow } from './queries.ts'

/** @throws Problem where that moment lies ahead, or before the past was kept. */
export async function checkMoment({ tx, institution, now }: Context, at: Date): Promise<void> {
  if (Number.isNaN(at.getTime()) || at.getTime() > now.getTime()) throw refused('not-past', '只能查看过去某一时刻已掌握的情况。', 'Only a moment in the past can be looked at.')
  const since = await past.pastKeptSince(tx, institution.id)
  if (since && at.getTime() < Date.parse(since)) throw refused('past-unknown', `系统自 ${since} 起才保存变动经过，此前的情况无法重现。`, `Changes have been kept since ${since}; what was known before cannot be told.`)
}

/** Counts for a unit and each unit just below it then, as they were known at `at`. */
export async function coverageKnownAt(ctx: Pick<Context, 'tx' | 'institution'>, measures: readonly MeasureRow[], unitId: string, at: Date): Promise<{ counts: CountRow[]; children: string[] }> {
  const { tx, institution } = ctx
  const engine = await engineOf(ctx)
  const { children, people } = await past.scopeAt(tx, institution.id, unitId, at)
  const of = (kind: 'person' | 'unit') => measures.filter((measure) => measure.subjectKind === kind)
  return { children, counts: [...(await past.countsAt(tx, engine, 'person', of('person'), unitId, people, at)), ...(await past.countsAt(tx, engine, 'unit', of('unit'), unitId, null, at))] }
}

export const knownAtCalls = [
  implement(contract.coverageKnownAt, async (ctx, input) => {
    const { tx, institution } = ctx
    const at = new Date(input.at)
    await checkMoment(ctx, at)
    const unit = (await unitBriefs(tx, institution.id, [input.unitId])).get(input.unitId)
    if (!unit) throw notFound()
    const on = (await past.measuresOnAt(tx, institution.id, at)).filter((id) => input.measureId === undefined || id === input.measureId)
    const all = on.length ? await listMeasures(tx, institution.id, { responseId: input.responseId, ids: on }) : []
    // What it would be worked out from is gone; the counts at its end are with the response.
    const living = new Set((await erasurePlans(tx, institution.id)).filter((plan) => plan.state !== 'running').map((plan) => plan.responseId))
    const measures = all.filter((measure) => living.has(measure.responseId))
    if (all.length && !measures.length) throw refused('erased', '那时的个人明细已按规则擦除，无法重算；响应结束时的各单位人数和擦除证明见该响应的页面。', 'What was known then has been erased by rule and cannot be counted anew; the counts at its end and the certificate are on the page of that response.')
    const { counts, children } = await coverageKnownAt(ctx, measures, input.unitId, at)
    // By their names of today; who answered then.
    const briefs = await unitBriefs(tx, institution.id, children)
    const owners = await ownersOfUnits(tx, institution.id, children, at)
    const cells = (unitId: string) =>
      measures.map(({ measureId }) => {
        const { population = 0, kept = 0, gap = 0, excused = 0, unknown = 0 } = counts.find((one) => one.unitId === unitId && one.measureId === measureId) ?? {}
        return { measureId, population, kept, gap, excused, unknown }
      })
    return {
      asOf: at.toISOString(), unit, measures: measures.map(({ measureId, name, subjectKind }) => ({ measureId, name, subjectKind })), total: cells(input.unitId),
      rows: children.flatMap((id) => { const brief = briefs.get(id); return brief ? [{ unit: brief, owner: owners.get(id) ?? null, cells: cells(id) }] : [] }),
    }
  }),
]
