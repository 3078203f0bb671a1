/** What happens to measures later: standings lapse, gaps are followed up once, measures end on their date. */
import { newId } from '#kernel/ids.ts'
import { job, type Context, type JobHandler } from '#kernel/server.ts'
import { doubtSeconds } from './doubt-rules.ts'
import { engineOf } from './engine.ts'
import { keepFinal } from './erasing.ts'
import { climb, handOver, lookAfter } from './escalation.ts'
import * as q from './queries.ts'
import { recount, stillWriting, writers } from './queries-recount.ts'
import * as tasks from './queries-tasks.ts'

const tickSeconds = 60
/** At midnight everybody may lapse at once: so many a transaction, so that answers about the same people need not wait long. */
const mostLapsed = 20_000

/** Brings lapsed standings forward, closes settled follow-ups, opens due ones, lets those climb that nobody touched. Answers false where more wait. */
export async function settle(ctx: Context): Promise<boolean> {
  const { tx, institution, now } = ctx
  const lapsed = await q.lapsed(tx, institution.id, now, mostLapsed)
  if (lapsed.length) {
    const engine = await engineOf(ctx)
    const measures = await q.listMeasures(tx, institution.id, { ids: lapsed.map((one) => one.measureId) })
    for (const { measureId, subjectIds } of lapsed) {
      const measure = measures.find((one) => one.measureId === measureId)
      if (measure) await q.recompute(tx, engine, measure, subjectIds, now)
    }
    ctx.ping('coverage', 'my-day', 'gaps')
    if (lapsed.reduce((sum, one) => sum + one.subjectIds.length, 0) >= mostLapsed) return false
  }
  const { closed, opened, more } = await lookAfter(ctx)
  const climbed = await climb(ctx)
  if (closed || opened || climbed) ctx.ping('coverage', 'my-day', 'gaps')
  return !more
}

/** Ends measures; their asks and follow-ups end with them, in the same transaction. */
export async function endMeasures(ctx: Context, measureIds: string[]): Promise<void> {
  if (!measureIds.length) return
  await q.setStatus(ctx.tx, ctx.institution.id, measureIds, 'ended', ctx.now)
  await tasks.closeOfMeasures(ctx.tx, ctx.institution.id, measureIds, ctx.now)
}
/** Ends what a response asked for. */
export async function endWithResponse(ctx: Context, responseId: string): Promise<void> {
  const measures = await q.listMeasures(ctx.tx, ctx.institution.id, { responseId, statuses: ['draft', 'on'] })
  await endMeasures(ctx, measures.map((measure) => measure.measureId))
  ctx.ping('coverage', 'my-day', 'measures', 'gaps')
}

export const jobs: JobHandler[] = [
  job('measures.tick', async (ctx) => {
    const settled = await settle(ctx)
    const on = await q.listMeasures(ctx.tx, ctx.institution.id, { statuses: ['on'] })
    if (!on.length) return
    ctx.enqueue({ kind: 'measures.tick', key: 'tick', at: settled ? new Date(ctx.now.getTime() + tickSeconds * 1000) : ctx.now })
    // One that waits already stays; so they come at their own pace.
    ctx.enqueue({ kind: 'measures.doubts', key: 'doubts', at: new Date(ctx.now.getTime() + doubtSeconds * 1000) })
  }),
  job<{ measureId: string }>('measures.end', async (ctx, { measureId }) => {
    // Ended by hand before its date, it keeps the moment it ended.
    const [measure] = await q.listMeasures(ctx.tx, ctx.institution.id, { ids: [measureId], statuses: ['on'] })
    if (!measure) return
    await endMeasures(ctx, [measureId])
    ctx.log({ subjectKind: 'measure', subjectId: measureId, detail: { on: false } })
    ctx.ping('coverage', 'my-day', 'measures')
  }),
  // People, units or holdings changed: populations and owners may have.
  job('directory.changed', async (ctx) => {
    // A transaction for each measure: at a million people each takes seconds.
    for (const { measureId } of await q.listMeasures(ctx.tx, ctx.institution.id, { statuses: ['on'] })) ctx.enqueue({ kind: 'measures.recount', key: measureId, payload: { measureId } })
    await handOver(ctx)
  }),
  // Whoever was writing when the measure was switched on or the roster changed did not know of it yet: the count waits until they are done.
  job<{ measureId: string; behind?: string[]; after?: string }>('measures.recount', async (ctx, { measureId, behind, after }) => {
    const waitFor = behind ?? (await writers(ctx.tx))
    if (waitFor.length && (behind === undefined || (await stillWriting(ctx.tx, behind)))) {
      ctx.enqueue({ kind: 'measures.recount', key: `${measureId} ${newId()}`, payload: { measureId, behind: waitFor }, at: new Date(ctx.now.getTime() + 1000) })
      return
    }
    const [measure] = await q.listMeasures(ctx.tx, ctx.institution.id, { ids: [measureId], statuses: ['on'] })
    if (!measure) return
    const { changed, more } = await recount(ctx.tx, await engineOf(ctx), measure, ctx.now, after)
    if (changed) ctx.ping('coverage', 'my-day')
    if (more) ctx.enqueue({ kind: 'measures.recount', key: `${measureId} ${newId()}`, payload: { measureId, behind: [], after: more } })
  }),
  job<{ responseId: string }>('responses.closed', async (ctx, { responseId }) => {
    // They ended with it; what was drafted in the same moment ends here.
    await endWithResponse(ctx, responseId)
    await keepFinal(ctx, responseId)
  }),
]
