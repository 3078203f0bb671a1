/** What happens to notices later: reminders, escalation up the tree, the next day's occurrences, the ladder of a call. */
import { addDays } from '#kernel/clock.ts'
import { job, type Context, type JobHandler } from '#kernel/server.ts'
import { ownersOfUnits } from '#slices/directory/server.ts'
import { climb } from './rounds.ts'
import * as c from './queries-cascade.ts'
import * as later from './queries-later.ts'
import { nudgeStep, type Cycle } from './rules.ts'
import { byActor, sendDay } from './sending.ts'
import { tellNudged } from './telling.ts'
import { dayOf, nextMidnight, occursOn } from './times.ts'

interface Nudge extends Record<string, unknown> {
  dutyId: string
  period: string | null
  dueAt: string | null
  sentAt: string | null
  step: string
  cycle: Cycle
}

/** The responsible person so many steps above each unit: of the unit itself (0), of the unit above, and so on; the topmost where the tree ends. */
async function personsUp(ctx: Context, unitIds: string[], rung: number): Promise<Map<string, string | null>> {
  const { tx, institution, now } = ctx
  const upwards = await later.unitsUpwards(tx, institution.id, unitIds)
  const owners = await ownersOfUnits(tx, institution.id, [...new Set([...unitIds, ...[...upwards.values()].flat()])], now)
  return new Map(
    unitIds.map((unitId) => {
      const chain: string[] = []
      for (const id of [unitId, ...(upwards.get(unitId) ?? [])]) {
        const person = owners.get(id)?.person.personId
        if (person && chain.at(-1) !== person) chain.push(person)
      }
      // A unit that has nobody of its own: its first rung is already the unit above.
      const from = owners.get(unitId)?.direct ? rung : Math.max(0, rung - 1)
      return [unitId, chain[Math.min(from, chain.length - 1)] ?? null]
    }),
  )
}

async function nudge(ctx: Context, payload: Nudge): Promise<void> {
  const { tx, institution, now } = ctx
  const step = nudgeStep(payload.cycle, payload.step)
  // A reminder that comes after the deadline (the server was down) says nothing any more; the escalation speaks.
  if (!step || (step.kind === 'reminder' && payload.dueAt && step.after === 'due' && Date.parse(payload.dueAt) <= now.getTime())) return
  const owing = await later.owing(tx, institution.id, payload, step.step, step.unacknowledged === true)
  if (!owing.length) return
  const persons = await personsUp(ctx, [...new Set(owing.map((one) => one.unitId))], step.rung)
  await later.insertNudges(tx, institution.id, owing.map((one) => ({ assignmentId: one.assignmentId, toPerson: persons.get(one.unitId) ?? null })), { step: step.step, kind: step.kind, note: null, by: null }, now)
  for (const [noticeId, some] of Map.groupBy(owing, (one) => one.noticeId)) await c.trace(tx, institution.id, { noticeId, assignmentIds: some.map((one) => one.assignmentId), kind: step.kind === 'reminder' ? 'reminded' : 'escalated', note: step.step }, now, byActor(ctx))
  await tellNudged(ctx, { ...payload, kind: step.kind }, [...persons.values()].filter((id) => id !== null), [...persons.keys()])
  ctx.log({ subjectKind: 'duty', subjectId: payload.dutyId, detail: { step: step.step, units: owing.length } })
  ctx.ping('my-day', 'assignments')
}

/** After a long silence of the server the days in between are made up, but not endlessly. */
const mostDaysBack = 7

async function midnight(ctx: Context, noticeId: string): Promise<void> {
  const { timeZone } = ctx.institution
  const today = dayOf(ctx.now, timeZone)
  const duties = (await later.recurringDuties(ctx.tx, ctx.institution.id, noticeId)).filter((duty) => duty.endsOn === null || duty.endsOn >= today || (duty.lastPeriod ?? '') < duty.endsOn)
  let sent = 0
  for (const duty of duties) {
    const first = addDays(duty.lastPeriod ?? dayOf(new Date(duty.issuedAt), timeZone), 1)
    const earliest = addDays(today, -mostDaysBack)
    for (let day = first < earliest ? earliest : first; day <= today && (duty.endsOn === null || day <= duty.endsOn); day = addDays(day, 1)) {
      if (occursOn(day, duty.cycle, duty.cycleWeekday)) sent += await sendDay(ctx, duty, day)
    }
  }
  if (sent) {
    ctx.log({ subjectKind: 'notice', subjectId: noticeId, detail: { sent } })
    ctx.ping('notices', 'assignments', 'my-day')
  }
  if (duties.some((duty) => duty.endsOn === null || duty.endsOn > today)) ctx.enqueue({ kind: 'notices.midnight', key: noticeId, payload: { noticeId }, at: nextMidnight(ctx.now, timeZone) })
}

export const jobs: JobHandler[] = [
  job<Nudge>('notices.nudge', nudge),
  job<{ noticeId: string }>('notices.midnight', (ctx, { noticeId }) => midnight(ctx, noticeId)),
  job<{ roundId: string }>('notices.ladder', (ctx, { roundId }) => climb(ctx, roundId)),
]
