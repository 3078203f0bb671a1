/** Call-and-confirm (叫应): minutes matter, for the few who are responsible. The ladder climbs until somebody answers. */
import { newId } from '#kernel/ids.ts'
import { badInput, conflict, notFound } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { unitBriefs } from '#slices/directory/server.ts'
import * as contract from './contract.ts'
import { getNotice } from './drafting.ts'
import * as q from './queries.ts'
import * as c from './queries-cascade.ts'
import * as later from './queries-later.ts'
import { answering, byActor } from './sending.ts'
import { tellCalled } from './telling.ts'

async function getRound(ctx: Context, roundId: string): Promise<later.RoundRow> {
  const [round] = await later.findRounds(ctx.tx, ctx.institution.id, { roundId })
  if (!round) throw notFound()
  return round
}
const shown = ({ unitIds: _, ...round }: later.RoundRow) => round

/**
 * Calls whoever is next: at the start the responsible person of each unit; later, where nobody of a unit has confirmed and the last one
 * called has had their minutes or cannot be reached, the next on the ladder. Plans its own next look.
 */
export async function climb(ctx: Context, roundId: string): Promise<void> {
  const { tx, institution, now } = ctx
  await later.lockRound(tx, institution.id, roundId)
  const round = await getRound(ctx, roundId)
  if (round.closedAt) return
  const targets = await later.targetsOf(tx, institution.id, { roundId })
  const ladders = Map.groupBy(await later.ladders(tx, institution.id, round.unitIds, answering, now), (row) => row.unitId)
  const patience = round.ladderMinutes * 60_000
  const called: Parameters<typeof later.insertTargets>[3] = []
  let next = Number.POSITIVE_INFINITY
  for (const unitId of round.unitIds) {
    const mine = targets.filter((target) => target.unit.unitId === unitId)
    if (mine.some((target) => target.state === 'confirmed')) continue
    const last = mine.at(-1)
    const since = last ? Date.parse(last.sentAt) : Number.NEGATIVE_INFINITY
    if (last && last.state === 'sent' && since + patience > now.getTime()) {
      next = Math.min(next, since + patience)
      continue
    }
    const person = (ladders.get(unitId) ?? []).find((row) => !mine.some((target) => target.person.personId === row.personId))
    if (!person) continue
    called.push({ targetId: newId(), unitId, personId: person.personId, title: person.title, rung: mine.length })
    next = Math.min(next, now.getTime() + patience)
  }
  await later.insertTargets(tx, institution.id, roundId, called, now)
  await tellCalled(ctx, round, called)
  if (called.length) ctx.log({ subjectKind: 'round', subjectId: roundId, detail: { called: called.length } })
  if (Number.isFinite(next)) ctx.enqueue({ kind: 'notices.ladder', key: `${roundId}|${next}`, payload: { roundId }, at: new Date(next) })
  ctx.ping('rounds', 'my-day')
}

async function getTarget(ctx: Context, targetId: string) {
  const [target] = await later.targetsOf(ctx.tx, ctx.institution.id, { targetId })
  if (!target) throw notFound()
  if (target.closed) throw conflict('这轮叫应已经结束。', 'This round is over.')
  return target
}

export const roundCalls = [
  implement(contract.startRound, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const unitIds = [...new Set(input.unitIds)]
    const known = await q.unitsThatExist(tx, institution.id, unitIds)
    if (known.size !== unitIds.length) throw badInput('所选单位中有的不存在或已撤销。', 'One of the units does not exist or was closed.')
    if (input.noticeId && (await getNotice(ctx, input.noticeId)).status !== 'issued') throw conflict('只能就已签发的通知叫应。', 'Only an issued notice can be called about.')
    await later.insertRound(tx, institution.id, { ...input, unitIds, noticeId: input.noticeId ?? null }, now, ctx.actor.personId)
    await climb(ctx, input.roundId)
    if (input.noticeId) await c.trace(tx, institution.id, { noticeId: input.noticeId, assignmentIds: [null], kind: 'round-started', note: input.message }, now, byActor(ctx))
    ctx.log({ subjectKind: 'round', subjectId: input.roundId, detail: { units: unitIds.length } })
    return shown(await getRound(ctx, input.roundId))
  }),
  implement(contract.round, async (ctx, { roundId }) => {
    const round = await getRound(ctx, roundId)
    const targets = await later.targetsOf(ctx.tx, ctx.institution.id, { roundId })
    ctx.looked(targets.map((target) => target.person.personId), 'call-and-confirm')
    const empty = round.unitIds.filter((id) => !targets.some((target) => target.unit.unitId === id))
    return { round: shown(round), targets: targets.map(({ roundId: _, message: __, noticeId: ___, closed: ____, ...target }) => target), empty: [...(await unitBriefs(ctx.tx, ctx.institution.id, empty)).values()] }
  }),
  implement(contract.rounds, async (ctx, { noticeId }) => ({ rounds: (await later.findRounds(ctx.tx, ctx.institution.id, { noticeId: noticeId ?? null })).map(shown) })),
  implement(contract.confirmCall, async (ctx, { targetId }) => {
    const target = await getTarget(ctx, targetId)
    if (target.person.personId !== ctx.actor.personId) throw notFound()
    if (target.state === 'confirmed' && target.at) return { at: new Date(target.at).toISOString() }
    await later.answerTarget(ctx.tx, ctx.institution.id, targetId, 'confirmed', ctx.now, ctx.actor.personId, null)
    ctx.log({ subjectKind: 'round', subjectId: target.roundId, detail: { confirmed: true } })
    return { at: ctx.now.toISOString() }
  }),
  implement(contract.recordCall, async (ctx, { targetId, outcome, note }) => {
    const target = await getTarget(ctx, targetId)
    if (!(await later.answerTarget(ctx.tx, ctx.institution.id, targetId, outcome, ctx.now, ctx.actor.personId, note?.trim() || null))) throw conflict('这个人已经应答。', 'This person has already confirmed.')
    ctx.log({ subjectKind: 'round', subjectId: target.roundId, detail: { outcome } })
    // Cannot be reached: nobody waits for the minutes to pass.
    if (outcome === 'unreachable') await climb(ctx, target.roundId)
    return {}
  }),
  implement(contract.closeRound, async (ctx, { roundId }) => {
    await getRound(ctx, roundId)
    await later.closeRound(ctx.tx, ctx.institution.id, roundId, ctx.now)
    ctx.log({ subjectKind: 'round', subjectId: roundId })
    return shown(await getRound(ctx, roundId))
  }),
]
