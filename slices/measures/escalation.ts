/** Follow-ups of gaps: who gets them, and how they climb while nobody touches them, as help requests do. */
import { newId } from '#kernel/ids.ts'
import type { Context } from '#kernel/server.ts'
import { ladder, type Ladder } from '#slices/directory/server.ts'
import * as e from './queries-escalation.ts'
import { closeSettled, dueStandings, lookNext } from './queries-tasks.ts'
import { tellFollowUps } from './telling.ts'

const mostAtOnce = 5000

/** Follow-ups go to whoever answers; a decision is asked of who may excuse and reviews what others do, a case of who may open one. */
function laddersOf(ctx: Context): (kind: e.TaskKind) => Ladder {
  const answering = ladder(ctx.tx, ctx.institution.id, ctx.now, { acts: 'gap.act' })
  const deciding = ladder(ctx.tx, ctx.institution.id, ctx.now, { acts: 'gap.excuse', may: 'duty.review' })
  const caring = ladder(ctx.tx, ctx.institution.id, ctx.now, { acts: 'case.act', may: 'case.act' })
  return (kind) => (kind === 'ask-decision' ? deciding : kind === 'open-case' ? caring : answering)
}

/**
 * Looks at the standings that fell due: closes follow-ups whose gap is closed or excused and opens one for each gap whose grace is over and that has none. What was unknown and turns out a gap is followed up by who
 * follows it up already. Nobody follows up themselves. Answers how many were looked at, closed and opened.
 */
export async function lookAfter(ctx: Context): Promise<{ looked: number; closed: number; opened: number; more: boolean }> {
  const { tx, institution, now } = ctx
  const due = await dueStandings(tx, institution.id, now, mostAtOnce)
  const ladderOf = laddersOf(ctx)
  const settled: string[] = []
  const made: e.NewTask[] = []
  const next: { measureId: string; subjectId: string; at: string | null }[] = []
  for (const { measureId, subjectId, since, ...one } of due) {
    const afterGrace = (from: string) => new Date(Date.parse(from) + one.graceSeconds * 1000).toISOString()
    const again = (at: string | null) => next.push({ measureId, subjectId, at })
    const wanted = one.followUp === 'none' ? null : one.followUp
    if (!one.open || one.excused) {
      if (one.taskId) settled.push(one.taskId)
      again(one.open && wanted && one.excusedUntil ? afterGrace(one.excusedUntil) : null)
    } else if (one.taskId) again('infinity')
    else if (!wanted || one.done) again(null)
    else if (afterGrace(since) > now.toISOString()) again(afterGrace(since))
    else {
      const owner = await ladderOf(wanted).from(one.unitId, [subjectId])
      made.push({ taskId: newId(), measureId, subjectId, since, kind: wanted, ownerId: owner?.person.personId ?? null, ownerUnitId: owner?.unit.unitId ?? one.unitId, climbSeconds: one.climbSeconds })
    }
  }
  if (settled.length) await closeSettled(tx, institution.id, settled, now)
  if (next.length) await lookNext(tx, institution.id, next)
  if (made.length) await e.insertTasks(tx, institution.id, made, now)
  await tellFollowUps(ctx, made)
  return { looked: due.length, closed: settled.length, opened: made.length, more: due.length === mostAtOnce }
}

/**
 * Follow-ups that nobody has touched in their time go to whoever answers for the unit above, one step each, up to the headquarters, where they stay. A call noted
 * by anybody is a touch. However long the server was away, only one step is due: each has their own time. Answers how many climbed.
 */
export async function climb(ctx: Context): Promise<number> {
  const { tx, institution, now } = ctx
  const due = await e.lockUntouched(tx, institution.id, now, mostAtOnce)
  const touched = due.filter((task) => task.touchedAt !== null)
  const ladderOf = laddersOf(ctx)
  const moves: e.Move[] = []
  const top: string[] = []
  for (const task of due.filter((one) => one.touchedAt === null)) {
    // Whoever had it already is not turned to again; with nobody turned to so far, the rung itself is tried first.
    const except = [task.subjectId, task.ownerId, ...task.earlier]
    const way = ladderOf(task.kind)
    const next = await (task.ownerId === null ? way.from(task.ownerUnitId, except) : way.above(task.ownerUnitId, except))
    if (next) moves.push({ task, action: 'climb', to: next.person.personId, unitId: next.unit.unitId, words: '' })
    else top.push(task.taskId)
  }
  if (touched.length) await e.waitAgain(tx, institution.id, touched)
  if (top.length) await e.stay(tx, institution.id, top)
  if (moves.length) {
    await e.move(tx, institution.id, moves, now)
    await tellFollowUps(ctx, moves.map(({ task, to, unitId }) => ({ kind: task.kind, ownerId: to, ownerUnitId: unitId })))
    ctx.log({ subjectKind: 'follow-up', detail: { climbed: moves.length } })
  }
  return moves.length
}

/** Follow-ups of somebody who has left the office go to its next holder; those of nobody to whoever answers now. */
export async function handOver(ctx: Context): Promise<number> {
  const { tx, institution, now } = ctx
  const ladderOf = laddersOf(ctx)
  const moves: e.Move[] = []
  for (const task of await e.lockOrphaned(tx, institution.id, now, mostAtOnce)) {
    const next = await ladderOf(task.kind).from(task.ownerUnitId, [task.subjectId])
    if (next && next.person.personId !== task.ownerId) moves.push({ task, action: 'hand-over', to: next.person.personId, unitId: next.unit.unitId, words: '' })
  }
  if (moves.length) await e.move(tx, institution.id, moves, now)
  return moves.length
}

/**
 * Finishes a follow-up. What was put for decision and is not excused is to be carried through: it goes back to whoever answers, with the words of the decision.
 * Answers whether there was such a follow-up of this person.
 */
export async function finish(ctx: Context, taskId: string, personId: string, words: string): Promise<boolean> {
  const { tx, institution, now } = ctx
  const task = await e.lockTask(tx, institution.id, taskId, personId)
  if (!task) return false
  if (task.kind !== 'ask-decision') {
    await e.close(tx, institution.id, taskId, words, now)
    return true
  }
  const next = await laddersOf(ctx)('open-task').from(task.leafUnitId, [task.subjectId])
  await e.move(tx, institution.id, [{ task, action: 'decide', to: next?.person.personId ?? null, unitId: next?.unit.unitId ?? task.leafUnitId, words }], now)
  ctx.log({ subjectKind: 'subject', subjectId: task.subjectId, detail: { measure: task.measureId, decided: true } })
  return true
}
