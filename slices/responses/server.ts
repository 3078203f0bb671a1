/** Opening, changing and closing responses. */
import type { Tx } from '#kernel/database.ts'
import { badInput, conflict, notFound } from '#kernel/problems.ts'
import { implement, type Context, type JobHandler, type ThingResolver } from '#kernel/server.ts'
import { tell } from '#slices/messages/server.ts'
import * as contract from './contract.ts'
import { erasureCalls, erasureJobs, setErasure } from './erasure.ts'
import * as q from './queries.ts'
import { dayOfResponse, levelStep, levelWords } from './rules.ts'

export type { ResponseRow } from './queries.ts'
export { erasurePlans, findCertificate, onErasing, onReadings, type Count, type ErasingPart, type ErasurePlan } from './erasure.ts'

/** A response that is open or closed; undefined where there is none. */
export const findResponse = (tx: Tx, institutionId: string, responseId: string) => q.findResponse(tx, institutionId, responseId)
export const listResponses = (tx: Tx, institutionId: string, closed = false) => q.listResponses(tx, institutionId, closed)

/** What stands on a response ends in the transaction that closes it; later slices register themselves when they are assembled. */
export type ClosingListener = (ctx: Context, responseId: string) => Promise<void>
const listeners: ClosingListener[] = []
export function onClosing(listener: ClosingListener): void {
  listeners.push(listener)
}

const brief = ({ eraseDays: _, eraseBasis: __, eraseStartedAt: ___, heldUntil, ...row }: q.ResponseRow, { now, institution }: Context) => ({
  ...row, eraseAt: heldUntil ?? row.eraseAt, day: dayOfResponse(row.openedAt, row.closedAt ? new Date(row.closedAt) : now, institution.timeZone),
})

/** Working groups hear at what level it is answered now. */
const tellLevel = (ctx: Context, response: { responseId: string; name: string; level: number }, was: number | null) => {
  const { zh, en } = levelWords[response.level] ?? { zh: '', en: '' }
  const before = was === null ? null : levelWords[was]
  const title = before ? { zh: `应急响应由${before.zh}调整为${zh}`, en: `The response went from ${before.en} to ${en}` } : { zh: `启动${zh}应急响应`, en: `A response at ${en} was opened` }
  return tell(ctx, { key: `level ${response.responseId} ${ctx.now.toISOString()}`, tag: `level ${response.responseId}`, kind: 'level', urgent: true, title, line: { zh: response.name, en: response.name }, path: '/m/', groupsOf: 'all' })
}

async function getOpen(ctx: Context, responseId: string): Promise<q.ResponseRow> {
  const response = await q.findResponse(ctx.tx, ctx.institution.id, responseId)
  if (!response) throw notFound()
  if (response.status === 'closed') throw conflict('这次响应已经结束。', 'This response is closed.')
  return response
}

export const calls = [
  implement(contract.list, async (ctx, input) => ({ responses: (await q.listResponses(ctx.tx, ctx.institution.id, input.closed ?? false)).map((row) => brief(row, ctx)) })),
  implement(contract.get, async (ctx, { responseId }) => {
    const response = await q.findResponse(ctx.tx, ctx.institution.id, responseId)
    if (!response) throw notFound()
    return { response: brief(response, ctx), steps: await q.stepsOf(ctx.tx, ctx.institution.id, responseId) }
  }),
  implement(contract.open, async (ctx, input) => {
    if (input.plannedEnd && Date.parse(input.plannedEnd) <= ctx.now.getTime()) throw badInput('预计结束时间已经过去。', 'The planned end is in the past.')
    await q.insertResponse(ctx.tx, ctx.institution.id, input, ctx.now)
    await q.insertStep(ctx.tx, ctx.institution.id, input.responseId, { action: 'open', level: input.level, reason: input.basis, decidedBy: input.decidedBy }, ctx.now)
    await tellLevel(ctx, input, null)
    ctx.log({ subjectKind: 'response', subjectId: input.responseId, detail: { level: input.level, hazards: input.hazards } })
    return brief((await q.findResponse(ctx.tx, ctx.institution.id, input.responseId)) as q.ResponseRow, ctx)
  }),
  implement(contract.changeLevel, async (ctx, input) => {
    const response = await getOpen(ctx, input.responseId)
    const action = levelStep(response.status, response.level, input.level)
    if (!action) throw conflict('级别没有变化。', 'The level is the same.')
    await q.setLevel(ctx.tx, ctx.institution.id, input.responseId, input.level)
    await q.insertStep(ctx.tx, ctx.institution.id, input.responseId, { action, level: input.level, reason: input.reason, decidedBy: input.decidedBy }, ctx.now)
    await tellLevel(ctx, { ...response, level: input.level }, response.level)
    ctx.log({ subjectKind: 'response', subjectId: input.responseId, detail: { from: response.level, to: input.level } })
    return brief({ ...response, level: input.level }, ctx)
  }),
  implement(contract.close, async (ctx, input) => {
    const response = await getOpen(ctx, input.responseId)
    await setErasure(ctx, input.responseId)
    await q.insertStep(ctx.tx, ctx.institution.id, input.responseId, { action: 'close', level: response.level, reason: input.reason, decidedBy: input.decidedBy }, ctx.now)
    ctx.log({ subjectKind: 'response', subjectId: input.responseId })
    for (const listener of listeners) await listener(ctx, input.responseId)
    // Later slices end what belongs to the response.
    ctx.enqueue({ kind: 'responses.closed', payload: { responseId: input.responseId } })
    return {}
  }),
  ...erasureCalls,
]
export const jobs: JobHandler[] = [...erasureJobs]
export const things: ThingResolver[] = []
