/** Who is told what of notices, outside the system: a title, a line, a link. Words of a notice go only as its title, with what says who somebody is left out. */
import type { Context } from '#kernel/server.ts'
import { unitBriefs } from '#slices/directory/server.ts'
import { tell } from '#slices/messages/server.ts'
import { maskedWords } from './privacy.ts'
import * as later from './queries-later.ts'

const named = (title: string | null): string => maskedWords(title ?? '') || '通知'

/** Issued: whoever answers for a unit with duties, their working groups, and everybody whom it concerns. */
export async function tellIssued(ctx: Context, notice: { noticeId: string; title: string | null }, unitIds: readonly string[], peopleOf: readonly string[]): Promise<void> {
  const [title, tag] = [named(notice.title), `notice ${notice.noticeId}`]
  if (peopleOf.length) await tell(ctx, { key: `${tag} for everybody`, tag, kind: 'notice', title: { zh: `新通知：${title}`, en: `New notice: ${title}` }, line: { zh: '打开看看与您有关的内容', en: 'See what it means for you' }, path: `/m/notices/${notice.noticeId}`, within: peopleOf })
  await tell(ctx, { key: `${tag} for units`, tag, kind: 'duty', title: { zh: `新任务：${title}`, en: `New duties: ${title}` }, line: { zh: '请签收并安排落实', en: 'Please acknowledge and see to them' }, path: '/m/tasks', unitIds })
}

export async function tellHandedDown(ctx: Context, from: { assignmentId: string; unitId: string }, made: readonly { assignmentId: string; unitId: string }[]): Promise<void> {
  const [first] = made
  if (!first) return
  const unit = (await unitBriefs(ctx.tx, ctx.institution.id, [from.unitId])).get(from.unitId)?.name ?? ''
  await tell(ctx, { key: `handed ${first.assignmentId}`, tag: `handed ${from.assignmentId}`, kind: 'duty', title: { zh: '上级分解来新任务', en: 'A duty was handed down to your unit' }, line: { zh: `来自${unit}，请签收`, en: `From ${unit}; please acknowledge` }, path: '/m/tasks', unitIds: made.map((one) => one.unitId) })
}

/** Reminders before the deadline go to whoever is next; what is overdue also into the unit's own working group. */
export async function tellNudged(ctx: Context, nudge: { dutyId: string; period: string | null; dueAt: string | null; step: string; kind: 'reminder' | 'escalation' }, personIds: readonly string[], unitIds: readonly string[]): Promise<void> {
  const late = nudge.dueAt !== null && Date.parse(nudge.dueAt) <= ctx.now.getTime()
  const title = late ? { zh: '有任务超期未办结', en: 'A duty is overdue' } : nudge.kind === 'reminder' ? { zh: '有任务快到时限', en: 'A duty is nearly due' } : { zh: '有任务迟迟没有签收', en: 'A duty has not been acknowledged' }
  const line = unitIds.length > 1 ? { zh: `涉及${unitIds.length}个单位，请打开查看`, en: `${unitIds.length} units; open to see which` } : { zh: '请打开查看并办理', en: 'Open it and see to it' }
  await tell(ctx, { key: `nudge ${[nudge.dutyId, nudge.period, nudge.dueAt, nudge.step].join(' ')} ${ctx.now.toISOString()}`, tag: `duty ${nudge.dutyId}`, kind: late ? 'overdue' : 'remind', title, line, path: '/m/tasks', personIds, ...(late ? { groupsOf: unitIds } : {}) })
}

export const tellReminded = (ctx: Context, key: string, personIds: readonly string[]) =>
  tell(ctx, { key: `reminded ${key}`, tag: 'reminded', kind: 'remind', title: { zh: '上级催办任务', en: 'You are reminded of a duty' }, line: { zh: '请打开查看并办理', en: 'Open it and see to it' }, path: '/m/tasks', personIds, spareMinutes: 10 })

/** A report waits for whoever reviews from above. */
export async function tellReported(ctx: Context, report: { reportId: string; unitId: string }): Promise<void> {
  const [above] = (await later.unitsUpwards(ctx.tx, ctx.institution.id, [report.unitId])).get(report.unitId) ?? []
  if (above) await tell(ctx, { key: `reported ${report.reportId}`, tag: 'reported', kind: 'review', title: { zh: '有任务上报待审核', en: 'A report waits for your review' }, line: { zh: '请打开审核', en: 'Open it and review it' }, path: '/m/tasks', unitIds: [above], spareMinutes: 60 })
}

/** Call-and-confirm: at any hour, by itself. What the message says is read inside. */
export async function tellCalled(ctx: Context, round: { roundId: string; ladderMinutes: number }, called: readonly { targetId: string; personId: string }[]): Promise<void> {
  const [first] = called
  if (first) await tell(ctx, { key: `call ${first.targetId}`, tag: `call ${round.roundId}`, kind: 'call', urgent: true, title: { zh: '叫应：请立即应答', en: 'Answer now: you are called' }, line: { zh: `${round.ladderMinutes}分钟内无人应答，将叫下一位`, en: `After ${round.ladderMinutes} minutes the next person is called` }, path: '/m/', personIds: called.map((one) => one.personId) })
}
