/** Sending duties to units, with the reminders and escalations that belong to them. Used at issue, at hand-down, and each midnight. */
import { newId } from '#kernel/ids.ts'
import type { Context } from '#kernel/server.ts'
import { answeringRoles } from '#slices/directory/rules.ts'
import type { PlainAssignment } from './queries-cascade.ts'
import * as c from './queries-cascade.ts'
import * as later from './queries-later.ts'
import { nudgesFor, type Cycle } from './rules.ts'
import { dueOn } from './times.ts'

/** Roles that answer for a unit, whoever holds them now. */
export const answering: readonly string[] = [...answeringRoles('direct'), ...answeringRoles('escalation')]

export const byActor = (ctx: Context) => ({ personId: ctx.actor.personId, kind: ctx.actor.kind === 'operator' ? 'operator' : ctx.actor.kind === 'person' ? 'person' : 'system' }) as const

export interface Sent {
  noticeId: string
  dutyId: string
  cycle: Cycle
  period: string | null
  dueAt: string | null
}

/** Plans the reminders and escalations of one occurrence; the same plan made twice is one plan. */
export function planNudges(ctx: Context, sent: Sent): void {
  const sentAt = ctx.now.toISOString()
  for (const { step, at } of nudgesFor(sent.cycle, ctx.now, sent.dueAt ? new Date(sent.dueAt) : null)) {
    const since = step.after === 'sent' ? sentAt : null
    ctx.enqueue({ kind: 'notices.nudge', key: [sent.dutyId, sent.period, sent.dueAt, step.step, since].join('|'), payload: { dutyId: sent.dutyId, period: sent.period, dueAt: sent.dueAt, sentAt: since, step: step.step, cycle: sent.cycle }, at })
  }
}

/** Sends one occurrence of a duty to units. Units that have it already keep it. Answers the new assignments. */
export async function send(ctx: Context, sent: Sent, unitIds: readonly string[], options: { parent?: Pick<PlainAssignment, 'assignmentId'>; acknowledged?: ReadonlySet<string>; note?: string | null; event?: string } = {}): Promise<{ assignmentId: string; unitId: string }[]> {
  const made = await c.insertAssignments(
    ctx.tx, ctx.institution.id,
    unitIds.map((unitId) => ({
      assignmentId: newId(), noticeId: sent.noticeId, dutyId: sent.dutyId, unitId, parentId: options.parent?.assignmentId ?? null, period: sent.period, state: options.acknowledged?.has(unitId) ? 'acknowledged' : 'sent', dueAt: sent.dueAt, note: options.note ?? null,
    })),
    ctx.now,
  )
  if (made.length) {
    await c.trace(ctx.tx, ctx.institution.id, { noticeId: sent.noticeId, assignmentIds: made.map((one) => one.assignmentId), kind: options.event ?? 'sent', note: options.note ?? null }, ctx.now, byActor(ctx))
    planNudges(ctx, sent)
  }
  return made
}

/** Sends the occurrence of one day, down to wherever the duty was handed before. */
export async function sendDay(ctx: Context, duty: Pick<later.RecurringDuty, 'dutyId' | 'noticeId' | 'cycle' | 'cycleTime' | 'unitIds'>, day: string): Promise<number> {
  const zone = ctx.institution.timeZone
  const acknowledged = await later.acknowledgedUnits(ctx.tx, ctx.institution.id, duty.dutyId)
  const at = (time: string | null): Sent => ({ noticeId: duty.noticeId, dutyId: duty.dutyId, cycle: duty.cycle, period: day, dueAt: dueOn(day, time, zone).toISOString() })
  const made = await send(ctx, at(duty.cycleTime), duty.unitIds, { acknowledged })
  const byUnit = new Map(made.map((one) => [one.unitId, one.assignmentId]))
  let count = made.length
  const groups = Map.groupBy(await later.standingHandDowns(ctx.tx, ctx.institution.id, duty.dutyId), (one) => `${one.fromUnit}|${one.dueTime ?? ''}`)
  for (const group of groups.values()) {
    const from = group[0]
    const parentId = from && byUnit.get(from.fromUnit)
    if (!from || !parentId) continue
    const below = await send(ctx, at(from.dueTime ?? duty.cycleTime), group.map((one) => one.toUnit), { parent: { assignmentId: parentId }, acknowledged, event: 'handed-down' })
    for (const one of below) byUnit.set(one.unitId, one.assignmentId)
    await c.moveTo(ctx.tx, ctx.institution.id, [parentId], 'under-way', ctx.now)
    count += below.length
  }
  return count
}
