/** The cascade: acknowledge, hand down, report, review, remind. */
import { badInput, conflict, notFound, refused } from '#kernel/problems.ts'
import { newId } from '#kernel/ids.ts'
import { implement, type Context } from '#kernel/server.ts'
import { gatekeeper, officesOf, ownersOfUnits, unitBriefs } from '#slices/directory/server.ts'
import * as contract from './contract.ts'
import { mediaTypeOf, takeEvidence } from './evidence-file.ts'
import * as c from './queries-cascade.ts'
import * as later from './queries-later.ts'
import { maskedWords } from './privacy.ts'
import { isOverdue, nextState, noProgress, partOf, type Action, type AssignmentState } from './rules.ts'
import { answering, byActor, send } from './sending.ts'
import { tellHandedDown, tellReminded, tellReported } from './telling.ts'

const stateWords: Record<AssignmentState, [string, string]> = {
  sent: ['待签收', 'sent'], acknowledged: ['已签收', 'acknowledged'], 'under-way': ['办理中', 'under way'], reported: ['已上报待审核', 'reported'], accepted: ['已办结', 'accepted'], 'sent-back': ['已退回', 'sent back'], withdrawn: ['已终止', 'withdrawn'],
}

export function showReport({ byId: _, ...report }: c.ReportRow) {
  return report
}
/** Assignments as the contract shows them, with whoever answers for the unit now. */
export async function showAssignments(ctx: Context, rows: c.AssignmentRow[]) {
  const owners = await ownersOfUnits(ctx.tx, ctx.institution.id, [...new Set(rows.map((row) => row.unit.unitId))], ctx.now)
  return rows.map((row) => ({ ...row, text: maskedWords(row.text), owner: owners.get(row.unit.unitId) ?? null, overdue: isOverdue(row.state, row.dueAt, ctx.now), lastReport: row.lastReport && showReport(row.lastReport) }))
}

async function lockOne(ctx: Context, assignmentId: string): Promise<c.PlainAssignment> {
  const [row] = await c.lockAssignments(ctx.tx, ctx.institution.id, [assignmentId])
  if (!row) throw notFound()
  return row
}

/** The state that an action leads to. @throws Problem where it is not allowed now. */
function stateAfter(row: c.PlainAssignment, action: Action): AssignmentState {
  if (row.noticeStatus !== 'issued' && row.state === 'withdrawn') throw conflict('通知已撤回或被修订，这项任务已经终止。', 'The notice was withdrawn or amended; this has ended.')
  const next = nextState(row.state, action, row.review)
  if (!next) throw conflict(`这项任务现在是"${stateWords[row.state][0]}"，不能这样操作。`, `This is ${stateWords[row.state][1]} now; that cannot be done.`, { state: row.state })
  return next
}

/** Does the actor hold an office in this very unit? */
const belongsTo = async (ctx: Context, unitId: string): Promise<boolean> =>
  ctx.actor.personId !== null && (await officesOf(ctx.tx, ctx.institution.id, ctx.actor.personId, ctx.now)).some((office) => office.unit.unitId === unitId)

/** Only from above: the reviewer's authority must come from a unit over this one, and the report be somebody else's. */
async function checkFromAbove(ctx: Context, unitId: string, reporter: string | null): Promise<void> {
  const own = () => refused('self-review', '不能审核自己或本单位上报的内容，须由上级审核。', 'Nobody reviews their own report or their own unit’s; somebody above must.')
  if (reporter && reporter === ctx.actor.personId) throw own()
  const reach = await gatekeeper.scope(ctx.tx, ctx.actor, 'duty.review', ctx.now)
  if (reach === null) return
  const above = (await later.unitsUpwards(ctx.tx, ctx.institution.id, [unitId])).get(unitId) ?? []
  if (!above.some((id) => reach.includes(id))) throw own()
}

async function handDown(ctx: Context, input: { assignmentId: string; unitIds?: string[]; kind?: string; dueAt?: string; note?: string }) {
  const { tx, institution } = ctx
  const row = await lockOne(ctx, input.assignmentId)
  const next = stateAfter(row, 'hand-down')
  const wanted = input.unitIds && [...new Set(input.unitIds)]
  const units = await later.unitsBelow(tx, institution.id, row.unitId, { ...(wanted ? { unitIds: wanted } : {}), ...(input.kind ? { kind: input.kind } : {}) })
  if (wanted && units.length !== wanted.length) throw badInput('所选单位中有的不是本单位的下级。', 'One of the units does not lie below this one.')
  if (!units.length) throw refused('no-sub-units', '没有可以分解到的下级单位。', 'There is no sub-unit to hand this down to.')
  const dueAt = input.dueAt ? new Date(input.dueAt).toISOString() : row.dueAt
  if (dueAt && input.dueAt && Date.parse(dueAt) <= ctx.now.getTime()) throw badInput('给下级的时限已经过去。', 'The deadline for the sub-units is in the past.')
  if (dueAt && row.dueAt && Date.parse(dueAt) > Date.parse(row.dueAt)) throw badInput('给下级的时限不能晚于本单位的时限。', 'Sub-units cannot have longer than the unit itself.')
  const made = await send(ctx, { noticeId: row.noticeId, dutyId: row.dutyId, cycle: row.cycle, period: row.period, dueAt }, units.map((unit) => unit.unitId), { parent: row, note: input.note ?? null, event: 'handed-down' })
  // What recurs is handed down again each time; an earlier hour is kept.
  if (row.cycle !== 'once') {
    const time = input.dueAt ? new Intl.DateTimeFormat('en-GB', { timeZone: institution.timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(input.dueAt)) : null
    await later.saveHandDown(tx, institution.id, row.dutyId, row.unitId, units.map((unit) => unit.unitId), time)
  }
  if (row.state !== next || made.length) {
    await c.moveTo(tx, institution.id, [row.assignmentId], next, ctx.now)
    await c.trace(tx, institution.id, { noticeId: row.noticeId, assignmentIds: [row.assignmentId], kind: 'hand-down', note: String(made.length) }, ctx.now, byActor(ctx))
  }
  await tellHandedDown(ctx, row, made)
  const owners = await ownersOfUnits(tx, institution.id, units.map((unit) => unit.unitId), ctx.now)
  ctx.log({ subjectKind: 'assignment', subjectId: row.assignmentId, detail: { handed: made.length } })
  return { handed: made.length, already: units.length - made.length, nobody: units.filter((unit) => !owners.get(unit.unitId)?.direct) }
}

async function report(ctx: Context, input: { assignmentId: string; reportId: string; text?: string; zero?: boolean; figures?: { label: string; value: number }[] }) {
  const { tx, institution, now } = ctx
  const row = await lockOne(ctx, input.assignmentId)
  const next = stateAfter(row, 'report')
  const text = input.text?.trim() ?? ''
  if (!text && !input.zero && !ctx.file && !input.figures?.length) throw refused('empty-report', '请写明办理情况，或附上佐证；没有情况可报请用"零报告"。', 'Say what was done or attach evidence; where there is nothing, use the zero report.')
  if (input.zero && (ctx.file || input.figures?.length)) throw badInput('零报告不带数字和附件。', 'A zero report carries no figures and no file.')
  if (ctx.file && ctx.file.bytes.length === 0) throw badInput('佐证文件是空的。', 'The evidence file is empty.')
  const taken = ctx.file ? takeEvidence(ctx.file.name, ctx.file.bytes) : null
  if (ctx.file && !taken) throw refused('evidence-kind', '佐证文件不是照片、PDF、办公文档、表格或纯文本（按内容判断），没有收下，您写的内容还在。苹果手机的 HEIC 照片请先转为 JPG。', 'The evidence is no photo, PDF, office document, table or plain text (judged by its content) and was not taken; what you wrote is still there. Turn HEIC photos into JPG first.')
  const late = row.dueAt !== null && Date.parse(row.dueAt) < now.getTime()
  const version = await c.insertReport(tx, institution.id, { reportId: input.reportId, assignmentId: row.assignmentId, text, zero: input.zero ?? false, figures: input.figures ?? [], onBehalf: !(await belongsTo(ctx, row.unitId)), late, accepted: next === 'accepted' }, now, ctx.actor.personId)
  if (taken) await c.insertEvidence(tx, institution.id, input.reportId, taken.name, taken.bytes)
  await c.moveTo(tx, institution.id, [row.assignmentId], next, now)
  await c.trace(tx, institution.id, { noticeId: row.noticeId, assignmentIds: [row.assignmentId], kind: input.zero ? 'zero-reported' : 'reported', note: version > 1 ? `第${version}版` : null }, now, byActor(ctx))
  if (next === 'reported') await tellReported(ctx, { reportId: input.reportId, unitId: row.unitId })
  ctx.log({ subjectKind: 'assignment', subjectId: row.assignmentId, detail: { version, zero: input.zero ?? false } })
  return { reportId: input.reportId, version, state: next }
}

export const cascadeCalls = [
  implement(contract.acknowledge, async (ctx, { assignmentIds }) => {
    const rows = await c.lockAssignments(ctx.tx, ctx.institution.id, [...new Set(assignmentIds)])
    // Signed already: nothing to do. Ended: say so.
    const fresh = rows.filter((row) => row.state === 'sent' || row.state === 'withdrawn')
    for (const row of fresh) stateAfter(row, 'acknowledge')
    await c.moveTo(ctx.tx, ctx.institution.id, fresh.map((row) => row.assignmentId), 'acknowledged', ctx.now)
    for (const [noticeId, some] of Map.groupBy(fresh, (row) => row.noticeId)) await c.trace(ctx.tx, ctx.institution.id, { noticeId, assignmentIds: some.map((row) => row.assignmentId), kind: 'acknowledged' }, ctx.now, byActor(ctx))
    for (const row of fresh) ctx.log({ subjectKind: 'assignment', subjectId: row.assignmentId })
    return { acknowledged: fresh.length }
  }),
  implement(contract.start, async (ctx, { assignmentId }) => {
    const row = await lockOne(ctx, assignmentId)
    if (row.state === 'under-way') return {}
    await c.moveTo(ctx.tx, ctx.institution.id, [assignmentId], stateAfter(row, 'start'), ctx.now)
    await c.trace(ctx.tx, ctx.institution.id, { noticeId: row.noticeId, assignmentIds: [assignmentId], kind: 'started' }, ctx.now, byActor(ctx))
    ctx.log({ subjectKind: 'assignment', subjectId: assignmentId })
    return {}
  }),
  implement(contract.handDown, handDown),
  implement(contract.report, report),
  implement(contract.review, async (ctx, { assignmentId, reportId, verdict, note }) => {
    const { tx, institution, now } = ctx
    const row = await lockOne(ctx, assignmentId)
    const next = stateAfter(row, verdict === 'accepted' ? 'accept' : 'send-back')
    const [latest] = await c.reportsOf(tx, institution.id, assignmentId)
    if (!latest || latest.reportId !== reportId) throw conflict('这期间又报了新的一版，请看过再审。', 'A newer version has come in; look at it first.', { latest: latest?.reportId ?? null })
    await checkFromAbove(ctx, row.unitId, latest.byId)
    if (verdict === 'sent-back' && !note?.trim()) throw badInput('退回要写明理由。', 'Say why it is sent back.')
    await c.judge(tx, institution.id, reportId, verdict, note?.trim() || null, now, ctx.actor.personId)
    await c.moveTo(tx, institution.id, [assignmentId], next, now)
    await c.trace(tx, institution.id, { noticeId: row.noticeId, assignmentIds: [assignmentId], kind: verdict, note: note?.trim() || null }, now, byActor(ctx))
    ctx.log({ subjectKind: 'assignment', subjectId: assignmentId, detail: { verdict } })
    return { state: next }
  }),
  implement(contract.remind, async (ctx, { assignmentIds, note }) => {
    const { tx, institution, now } = ctx
    const rows = (await c.lockAssignments(tx, institution.id, [...new Set(assignmentIds)])).filter((row) => nextState(row.state, 'hand-down', row.review) !== null)
    const owners = await ownersOfUnits(tx, institution.id, rows.map((row) => row.unitId), now)
    const reminded = await later.insertNudges(tx, institution.id, rows.map((row) => ({ assignmentId: row.assignmentId, toPerson: owners.get(row.unitId)?.person.personId ?? null })), { step: `asked-${ctx.requestId ?? newId()}`, kind: 'asked', note: note?.trim() || null, by: ctx.actor.personId }, now)
    for (const [noticeId, some] of Map.groupBy(rows, (row) => row.noticeId)) await c.trace(tx, institution.id, { noticeId, assignmentIds: some.map((row) => row.assignmentId), kind: 'reminded', note: note?.trim() || null }, now, byActor(ctx))
    await tellReminded(ctx, ctx.requestId ?? now.toISOString(), [...owners.values()].map((owner) => owner.person.personId))
    ctx.log({ detail: { reminded } })
    return { reminded, nobody: rows.filter((row) => !owners.get(row.unitId)).length }
  }),
  implement(contract.evidence, async (ctx, { assignmentId, reportId }) => {
    const file = await c.findEvidence(ctx.tx, ctx.institution.id, assignmentId, reportId)
    if (!file) throw notFound()
    return { name: file.name, type: mediaTypeOf(file.bytes), base64: file.bytes.toString('base64') }
  }),
  implement(contract.assignments, async (ctx, { unitId, below = false, show = 'all', noticeId, page = 1, size = 50 }) => {
    const choice: c.Choice = { scope: below ? [unitId] : null, show, answering, ...(below ? {} : { unitIds: [unitId] }), ...(noticeId ? { noticeId } : {}) }
    const { total, rows } = await c.chooseAssignments(ctx.tx, ctx.institution.id, choice, ctx.now, (page - 1) * size, size)
    const states = await c.countStates(ctx.tx, ctx.institution.id, { ...choice, show: 'all' }, ctx.now)
    const progress = noProgress()
    for (const { state, overdue, owned, n } of states) {
      const part = partOf(state, overdue, owned)
      if (!part) continue
      progress[part] += n
      progress.total += n
    }
    return { asOf: ctx.now.toISOString(), total, assignments: await showAssignments(ctx, rows), progress }
  }),
  implement(contract.assignment, async (ctx, { assignmentId, page = 1, size = 50 }) => {
    const { tx, institution } = ctx
    const [row] = await showAssignments(ctx, await c.findAssignments(tx, institution.id, [assignmentId]))
    if (!row) throw notFound()
    const [parent] = row.parentId ? await c.findAssignments(tx, institution.id, [row.parentId]) : []
    const children = await c.chooseAssignments(tx, institution.id, { scope: null, show: 'all', answering, parentId: assignmentId }, ctx.now, (page - 1) * size, size)
    return {
      assignment: row, parent: parent ? { assignmentId: parent.assignmentId, unit: (await unitBriefs(tx, institution.id, [parent.unit.unitId])).get(parent.unit.unitId) ?? parent.unit } : null, children: await showAssignments(ctx, children.rows), childrenTotal: children.total,
      reports: (await c.reportsOf(tx, institution.id, assignmentId)).map(showReport), mayHandTo: await later.kindsBelow(tx, institution.id, row.unit.unitId), events: await c.eventsOf(tx, institution.id, { assignmentId }),
      erased: (await c.erasedOf(tx, institution.id, row.noticeId)) ?? null,
    }
  }),
]
