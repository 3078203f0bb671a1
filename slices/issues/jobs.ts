/** What happens to help requests with time: they climb until somebody takes them, and close once answered. */
import { job } from '#kernel/server.ts'
import { nextAbove } from './owners.ts'
import { changeRequest, insertEvent, lockRequest } from './queries.ts'
import { climbsAt, next } from './rules.ts'
import { tellAsked } from './telling.ts'

interface Escalating extends Record<string, unknown> {
  requestId: string
  round: number
  climbed: number
}
interface Lapsing extends Record<string, unknown> {
  requestId: string
  round: number
}

export const jobs = [
  /** One rung, once: only while the request still stands where it stood when this was set. */
  job<Escalating>('issues.escalate', async (ctx, { requestId, round, climbed }) => {
    const { tx, institution, now } = ctx
    const request = await lockRequest(tx, institution.id, requestId)
    if (!request || request.round !== round || request.climbed !== climbed) return
    const state = next(request.state, 'escalate')
    if (!state) return
    const above = await nextAbove(ctx, request)
    // At the top nobody is left to turn to: it stays there, and stays overdue.
    if (!above) return
    const dueAt = climbsAt(request.urgency, now)
    await changeRequest(tx, institution.id, requestId, { state, owner: { ownerId: above.person.personId, ownerUnitId: above.unit.unitId }, climb: true, dueAt }, now)
    await insertEvent(tx, institution.id, { requestId, action: 'escalate', byPerson: null, ownerId: above.person.personId, unitId: above.unit.unitId }, now)
    await tellAsked(ctx, request, above.person.personId, `climbed ${round} ${climbed + 1}`)
    ctx.log({ subjectKind: 'help-request', subjectId: requestId, detail: { action: 'escalate', climbed: climbed + 1 } })
    ctx.ping('help', 'my-day')
    ctx.enqueue({ kind: 'issues.escalate', key: `${requestId} ${round} ${climbed + 1}`, payload: { requestId, round, climbed: climbed + 1 }, at: dueAt })
  }),

  job<Lapsing>('issues.lapse', async (ctx, { requestId, round }) => {
    const { tx, institution, now } = ctx
    const request = await lockRequest(tx, institution.id, requestId)
    if (!request || request.round !== round) return
    const state = next(request.state, 'lapse')
    if (!state) return
    // Answered once more meanwhile: the later answer counts its own days.
    if (request.dueAt && Date.parse(request.dueAt) > now.getTime()) {
      ctx.enqueue({ kind: 'issues.lapse', payload: { requestId, round }, at: new Date(request.dueAt) })
      return
    }
    await changeRequest(tx, institution.id, requestId, { state, dueAt: null }, now)
    await insertEvent(tx, institution.id, { requestId, action: 'lapse', byPerson: null }, now)
    ctx.log({ subjectKind: 'help-request', subjectId: requestId, detail: { action: 'lapse' } })
    ctx.ping('help', 'my-day')
  }),
]
