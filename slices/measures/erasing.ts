/** What measures bring to an erasure: what is personal of theirs, and the last counts of each, which stay. */
import { notFound } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { childUnits, unitBriefs } from '#slices/directory/server.ts'
import type { ErasingPart } from '#slices/responses/server.ts'
import * as contract from './contract.ts'
import { coverageOfUnits } from './queries-coverage.ts'
import * as e from './queries-erasing.ts'
import { listMeasures } from './queries.ts'

/** Keeps where the measures of a closed response stood when they ended, on every unit. Standings are no longer moved then, so later it would be the same. */
export async function keepFinal({ tx, institution }: Pick<Context, 'tx' | 'institution'>, responseId: string): Promise<void> {
  const ended = await e.withoutFinal(tx, institution.id, responseId)
  if (!ended.length) return
  const units = await e.allUnits(tx, institution.id)
  for (const [at, measures] of Map.groupBy(ended, (one) => one.endedAt)) await e.insertFinal(tx, institution.id, await coverageOfUnits(tx, institution.id, measures.map((one) => one.measureId), units, new Date(at)))
}

export const erasingPart: ErasingPart = {
  erasables: e.measureErasables,
  kept: [{ what: { zh: '各单位覆盖情况与按小时的走势（人数）', en: 'Coverage by unit and its course by the hour: counts' }, why: { zh: '只有人数，不指向个人。', en: 'Counts that point at nobody.' } }],
  async begin(ctx, scope) {
    await keepFinal(ctx, scope.responseId)
    const work = await e.countWork(ctx.tx, scope)
    return [
      { name: { zh: '联系', en: 'Contacts' }, n: work.contacts }, { name: { zh: '其中联系上', en: 'Of these, reached' }, n: work.reached }, { name: { zh: '跟进任务', en: 'Follow-ups' }, n: work.followUps },
      { name: { zh: '其中办结', en: 'Of these, done' }, n: work.done }, { name: { zh: '免除', en: 'Excuses' }, n: work.excuses }, { name: { zh: '存疑', en: 'Doubts' }, n: work.doubts },
    ]
  },
}

export const finalCalls = [
  implement(contract.finalCoverage, async (ctx, { responseId, unitId }) => {
    const { tx, institution } = ctx
    const unit = (await unitBriefs(tx, institution.id, [unitId])).get(unitId)
    if (!unit) throw notFound()
    const found = await e.finalOf(tx, institution.id, responseId, unitId)
    const ids = new Set(found.map((row) => row.measureId))
    const measures = ids.size ? (await listMeasures(tx, institution.id, { responseId, statuses: ['ended'] })).filter((one) => ids.has(one.measureId)) : []
    const cells = (of: string) => measures.map(({ measureId }) => {
      const { population = 0, kept = 0, gap = 0, excused = 0, unknown = 0 } = found.find((row) => row.unitId === of && row.measureId === measureId) ?? {}
      return { measureId, population, kept, gap, excused, unknown }
    })
    return {
      unit, measures: measures.map(({ measureId, name, subjectKind, endsAt }) => ({ measureId, name, subjectKind, endedAt: endsAt })), total: cells(unitId),
      rows: (await childUnits(tx, institution.id, unitId)).map((child) => ({ unit: child, cells: cells(child.unitId) })).filter((row) => row.cells.some((cell) => cell.population > 0)),
    }
  }),
]
