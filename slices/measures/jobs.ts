/** What happens to measures later: standings lapse, gaps are followed up once, measures end on their date. */
import { newId } from '#kernel/ids.ts'
import { job, type Context, type JobHandler } from '#kernel/server.ts'
import { ownersOfUnits } from '#slices/directory/server.ts'
import { doubtSeconds } from './doubt-rules.ts'
import { engineOf } from './engine.ts'
import * as q from './queries.ts'
import * as tasks from './queries-tasks.ts'

const tickSeconds = 60
const mostTasks = 5000

/** Brings lapsed standings forward, closes settled follow-ups, opens due ones. */
export async function settle(ctx: Context): Promise<void> {
  const { tx, institution, now } = ctx
  const lapsed = await q.lapsed(tx, institution.id, now)
  if (lapsed.length) {
    const engine = await engineOf(ctx)
    const measures = await q.listMeasures(tx, institution.id, { ids: lapsed.map((one) => one.measureId) })
    for (const { measureId, subjectIds } of lapsed) {
      const measure = measures.find((one) => one.measureId === measureId)
      if (measure) await q.recompute(tx, engine, measure, subjectIds.length > 2000 ? null : subjectIds, now)
    }
  }
  const closed = await tasks.closeSettledTasks(tx, institution.id, now)
  const due = await tasks.gapsWithoutTask(tx, institution.id, now, mostTasks)
  if (due.length) {
    const owners = await ownersOfUnits(tx, institution.id, [...new Set(due.flatMap((gap) => gap.unitId ?? []))], now)
    await tasks.insertTasks(tx, institution.id, due.map((gap) => ({ ...gap, taskId: newId(), ownerId: (gap.unitId ? owners.get(gap.unitId)?.person.personId : null) ?? null })), now)
  }
  if (lapsed.length || closed || due.length) ctx.ping('coverage', 'my-day', 'gaps')
}

export const jobs: JobHandler[] = [
  job('measures.tick', async (ctx) => {
    await settle(ctx)
    const on = await q.listMeasures(ctx.tx, ctx.institution.id, { statuses: ['on'] })
    if (!on.length) return
    ctx.enqueue({ kind: 'measures.tick', key: 'tick', at: new Date(ctx.now.getTime() + tickSeconds * 1000) })
    // One that waits already stays; so they come at their own pace.
    ctx.enqueue({ kind: 'measures.doubts', key: 'doubts', at: new Date(ctx.now.getTime() + doubtSeconds * 1000) })
  }),
  job<{ measureId: string }>('measures.end', async (ctx, { measureId }) => {
    await q.setStatus(ctx.tx, ctx.institution.id, [measureId], 'ended', ctx.now)
    ctx.log({ subjectKind: 'measure', subjectId: measureId, detail: { on: false } })
    ctx.ping('coverage', 'my-day', 'measures')
  }),
  // People, units or holdings changed: populations and owners may have.
  job('directory.changed', async (ctx) => {
    const engine = await engineOf(ctx)
    for (const measure of await q.listMeasures(ctx.tx, ctx.institution.id, { statuses: ['on'] })) await q.recompute(ctx.tx, engine, measure, null, ctx.now)
    ctx.ping('coverage', 'my-day')
  }),
  job<{ responseId: string }>('responses.closed', async (ctx, { responseId }) => {
    const measures = await q.listMeasures(ctx.tx, ctx.institution.id, { responseId, statuses: ['draft', 'on'] })
    await q.setStatus(ctx.tx, ctx.institution.id, measures.map((measure) => measure.measureId), 'ended', ctx.now)
    await tasks.closeSettledTasks(ctx.tx, ctx.institution.id, ctx.now)
    ctx.ping('coverage', 'my-day', 'measures')
  }),
]
