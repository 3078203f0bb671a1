/** Before issuing: who is reached, at what burden, what is missing. Issuing, amending, withdrawing. */
import { stableId } from '#kernel/ids.ts'
import { badInput, conflict, refused } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { ownersOfUnits, unitBriefs } from '#slices/directory/server.ts'
import { burdenOf, draftFromPreset, listMeasures, presetOf, switchMeasureOn } from '#slices/measures/server.ts'
import * as contract from './contract.ts'
import { demandOf } from './demand.ts'
import { compare } from './difference.ts'
import { getDraft, getNotice, sameOrder } from './drafting.ts'
import { presetName } from './joined.ts'
import * as q from './queries.ts'
import * as c from './queries-cascade.ts'
import * as d from './queries-duties.ts'
import * as f from './queries-follow.ts'
import { afterAmendment, blanksOf, type Blank } from './rules.ts'
import { answering, byActor, send, sendDay } from './sending.ts'
import { tellIssued } from './telling.ts'
import { dayOf, dueOn, instantOf, nextMidnight, occursOn } from './times.ts'

interface Stop {
  code: string
  zh: string
  en: string
}

const quoted = (duties: { text: string }[]) => duties.slice(0, 3).map((duty) => `“${duty.text.slice(0, 30)}${duty.text.length > 30 ? '…' : ''}”`).join('、') + (duties.length > 3 ? '…' : '')
const pastSaid = (n: number, which = ['', '']) => ({ zh: `有${n}条任务的时限已经过去${which[0]}。请改时限，或确认仍按原时限签发。`, en: `${n} ${n === 1 ? 'deadline has' : 'deadlines have'} passed${which[1]}. Change ${n === 1 ? 'it' : 'them'}, or say that ${n === 1 ? 'it is' : 'they are'} issued all the same.` })
const dutyBlanks = (duty: d.DutyRow): Blank[] => blanksOf({ ...duty, measured: duty.measureId !== null || duty.preset !== null })

/** All that speaks for or against issuing a draft. `all`: as if what is still proposed were confirmed. */
async function assess(ctx: Context, notice: q.NoticeRow, all = false) {
  const { tx, institution, now } = ctx
  const duties = await d.dutiesOf(tx, institution.id, notice.noticeId)
  const confirmed = duties.filter((duty) => duty.status === 'confirmed' || (all && duty.status === 'proposed'))
  const proposed = duties.filter((duty) => duty.status === 'proposed')
  const openProhibitions = proposed.filter((duty) => duty.modality === 'must-not')
  const unitIds = [...new Set(confirmed.flatMap((duty) => duty.unitIds))]
  const past = confirmed.filter((duty) => duty.dueAt !== null && Date.parse(duty.dueAt) < now.getTime())
  const blanks = confirmed.map((duty) => ({ duty, blanks: dutyBlanks(duty) })).filter((one) => one.blanks.length)
  const ownerless = blanks.filter((one) => one.blanks.includes('owner')).map((one) => one.duty)
  const owners = await ownersOfUnits(tx, institution.id, unitIds, now)
  const nobody = unitIds.filter((id) => !owners.get(id)?.direct)
  const response = notice.responseId ? await q.responseState(tx, institution.id, notice.responseId) : null
  const joined = confirmed.filter((duty) => duty.measureId || duty.preset)
  const stops: Stop[] = []
  if (!confirmed.length) stops.push({ code: 'nothing-confirmed', zh: '还没有确认任何任务。', en: 'No duty has been confirmed.' })
  if (openProhibitions.length) stops.push({ code: 'prohibition-open', zh: `还有${openProhibitions.length}条禁止性规定没有处理：${quoted(openProhibitions)}。请逐条确认，或明确舍去。`, en: `${openProhibitions.length} prohibitions are still open: ${quoted(openProhibitions)}. Confirm or drop each.` })
  if (ownerless.length) stops.push({ code: 'addressee-nobody', zh: `有${ownerless.length}条任务没有对应到任何单位：${quoted(ownerless)}。请指定责任单位。`, en: `${ownerless.length} duties reach no unit: ${quoted(ownerless)}. Say who is meant.` })
  if (response === 'closed') stops.push({ code: 'response-closed', zh: '所属应急响应已经结束，请改选进行中的响应。', en: 'Its response has been closed; choose an open one.' })
  if (joined.length && !notice.responseId) stops.push({ code: 'no-response', zh: '有任务挂接了措施，请先为通知选定所属应急响应。', en: 'Duties are joined to measures: choose the response of the notice first.' })
  const asks: { code: 'past-deadline' | 'blanks' | 'unconfirmed' | 'burden' | 'nobody'; zh: string; en: string }[] = []
  // Which they are stands in the preview itself.
  if (past.length) asks.push({ code: 'past-deadline', ...pastSaid(past.length) })
  const missing = blanks.filter((one) => one.blanks.some((blank) => blank !== 'owner'))
  if (missing.length) asks.push({ code: 'blanks', zh: `有${missing.length}条任务还空着时限、佐证或报送去向。`, en: `${missing.length} ${missing.length === 1 ? 'duty still lacks' : 'duties still lack'} a deadline, evidence or where to report.` })
  const waiting = proposed.length - openProhibitions.length
  if (waiting > 0) asks.push({ code: 'unconfirmed', zh: `有${waiting}条任务没有确认，不会下发。`, en: `${waiting} ${waiting === 1 ? 'duty is' : 'duties are'} not confirmed and will not be sent.` })
  if (nobody.length) asks.push({ code: 'nobody', zh: `有${nobody.length}个单位没有责任人，将由上级代管。`, en: `${nobody.length} ${nobody.length === 1 ? 'unit has' : 'units have'} nobody in charge; the unit above answers for ${nobody.length === 1 ? 'it' : 'them'}.` })
  return { duties, confirmed, proposed, openProhibitions, unitIds, past, blanks, owners, nobody, joined, stops, asks }
}
type Assessment = Awaited<ReturnType<typeof assess>>

const audiences = (confirmed: d.DutyRow[]) => [...new Map(confirmed.flatMap((duty) => (duty.people ? [[JSON.stringify(duty.people), duty.people] as const] : []))).values()]

/** The measures that issuing will rest on; a ready-made one that is already on in this response is used, not doubled. */
async function measuresOf(ctx: Context, notice: q.NoticeRow, joined: d.DutyRow[]) {
  const on = notice.responseId ? await listMeasures(ctx.tx, ctx.institution.id, { responseId: notice.responseId, statuses: ['on'] }) : []
  const states = await d.measureStates(ctx.tx, ctx.institution.id, joined.flatMap((duty) => duty.measureId ?? []))
  const groups = Map.groupBy(joined, (duty) => duty.measureId ?? `preset:${duty.preset}`)
  return [...groups.values()].flatMap((duties) => {
    const first = duties[0]
    if (!first) return []
    const dutyIds = duties.map((duty) => duty.dutyId)
    if (first.measureId) return [{ dutyIds, measureId: first.measureId as string | null, preset: null as string | null, name: first.measureName ?? { zh: '', en: '' }, alreadyOn: states.get(first.measureId)?.status === 'on', draft: states.get(first.measureId)?.status === 'draft' }]
    const running = on.find((measure) => measure.key === first.preset)
    return [{ dutyIds, measureId: running?.measureId ?? null, preset: first.preset, name: presetName(first.preset ?? ''), alreadyOn: Boolean(running), draft: false }]
  })
}
const basisOf = (notice: q.NoticeRow, duties: d.DutyRow[]) => `${notice.docNumber ?? ''}《${(notice.title ?? '通知').slice(0, 200)}》第${[...new Set(duties.map((duty) => duty.clause))].slice(0, 5).join('、')}条`.slice(0, 390)

async function preview(ctx: Context, noticeId: string, all: boolean) {
  const { tx, institution, now } = ctx
  const notice = await getNotice(ctx, noticeId)
  if (notice.status !== 'draft') throw conflict('通知已经签发。', 'The notice has been issued.')
  const found = await assess(ctx, notice, all)
  const people = audiences(found.confirmed)
  const standing = found.duties.filter((duty) => duty.status === 'confirmed')
  const levels = await f.reachByLevel(tx, institution.id, found.unitIds, answering, now)
  const briefs = await unitBriefs(tx, institution.id, found.unitIds)
  const once = found.confirmed.filter((duty) => duty.cycle === 'once')
  const daily = found.confirmed.filter((duty) => duty.cycle !== 'once')
  const sum = (duties: d.DutyRow[], kind?: string, tree?: string) => duties.reduce((all, duty) => all + duty.unitIds.filter((id) => !kind || (briefs.get(id)?.kind === kind && briefs.get(id)?.tree === tree)).length, 0)
  const roster = await f.reconcile(tx, institution.id, found.unitIds, people)
  const total = (key: 'people' | 'reached' | 'withoutUnit') => roster.reduce((all, row) => all + row[key], 0)
  const measures = await measuresOf(ctx, notice, found.joined)
  const weighed = []
  for (const { draft: _, ...measure } of measures) weighed.push({ ...measure, burden: await burden(ctx, notice, measure) })
  if (weighed.some((one) => one.burden && !one.alreadyOn && !one.burden.withinBudget)) found.asks.push({ code: 'burden', zh: '挂接的措施合计超出每人每天的负担上限，需写明由谁担责。', en: 'The joined measures break the burden budget; somebody must sponsor them.' })
  else if (weighed.some((one) => one.burden && !one.alreadyOn && one.burden.needsSponsor)) found.asks.push({ code: 'burden', zh: '挂接的措施条件相互矛盾或对谁都已成立，请到措施页修改；确需启用的，写明由谁担责。', en: 'The conditions of a joined measure exclude each other or hold for everybody: mend it, or say who sponsors it.' })
  return {
    asOf: now.toISOString(), duties: { confirmed: standing.length, proposed: found.proposed.length, dropped: found.duties.length - standing.length - found.proposed.length, prohibitions: standing.filter((duty) => duty.modality === 'must-not').length, openProhibitions: found.openProhibitions.length },
    levels: levels.map((level) => ({ ...level, assignments: sum(found.confirmed, level.kind, level.tree) })), responsible: new Set([...found.owners.values()].filter((owner) => owner.direct).map((owner) => owner.person.personId)).size, assignments: sum(once), assignmentsPerDay: sum(daily),
    roster: {
      people: total('people'), reached: total('reached'), notReached: total('people') - total('reached'), byKind: roster.map(({ kind, people: all, reached }) => ({ kind, people: all, reached })), withoutUnit: total('withoutUnit'),
      unreachedUnits: total('reached') < total('people') ? await f.unreachedUnits(tx, institution.id, found.unitIds, people, 30) : [],
    },
    nobody: found.nobody.flatMap((id) => { const unit = briefs.get(id); return unit ? [{ unit, fallsTo: found.owners.get(id) ?? null }] : [] }),
    unmatched: [...notice.unmatched.map((word) => ({ dutyId: null, word })), ...found.duties.filter((duty) => duty.status !== 'dropped').flatMap((duty) => duty.unmatched.map((word) => ({ dutyId: duty.dutyId, word })))],
    blanks: found.blanks.map(({ duty, blanks }) => ({ dutyId: duty.dutyId, text: duty.text, blanks })), past: found.past.map((duty) => ({ dutyId: duty.dutyId, text: duty.text, dueAt: duty.dueAt as string })), measures: weighed,
    openDoubts: (await q.findDoubts(tx, institution.id, noticeId)).filter((doubt) => !doubt.settled).length, stops: found.stops, asks: found.asks,
  }
}

/** A ready-made measure is drafted for a moment to be weighed, and taken back. */
async function burden(ctx: Context, notice: q.NoticeRow, measure: { measureId: string | null; preset: string | null }) {
  if (measure.measureId) return burdenOf(ctx, measure.measureId)
  if (!measure.preset || !notice.responseId || !presetOf(measure.preset) || (await q.responseState(ctx.tx, ctx.institution.id, notice.responseId)) !== 'open') return null
  const measureId = stableId(notice.noticeId, measure.preset)
  return q.trying(ctx.tx, async () => {
    await draftFromPreset(ctx, { measureId, responseId: notice.responseId as string, key: measure.preset as string, basis: '预览' })
    return burdenOf(ctx, measureId)
  })
}

interface Saying {
  acknowledgePast?: string[]
  acceptBlanks?: boolean
  leaveUnconfirmed?: boolean
}
/** @throws Problem where something stops the issue, or was not said yes to. */
function refuseUnless(found: Assessment, said: Saying): void {
  const stop = found.stops[0]
  if (stop) throw refused(stop.code, stop.zh, stop.en, { stops: found.stops })
  const ask = (code: string) => found.asks.find((one) => one.code === code)
  const unsaid = found.past.filter((duty) => !said.acknowledgePast?.includes(duty.dutyId))
  const past = pastSaid(unsaid.length, [`：${quoted(unsaid)}`, `: ${quoted(unsaid)}`])
  if (unsaid.length) throw refused('past-deadline', past.zh, past.en, { duties: unsaid.map((duty) => ({ dutyId: duty.dutyId, text: duty.text, dueAt: duty.dueAt })) })
  for (const [code, yes] of [['blanks', said.acceptBlanks], ['unconfirmed', said.leaveUnconfirmed]] as const) {
    const open = ask(code)
    if (open && !yes) throw refused(code, open.zh, open.en, { duties: code === 'blanks' ? found.blanks.map((one) => one.duty.dutyId) : found.proposed.map((duty) => duty.dutyId) })
  }
}

async function differenceOf(ctx: Context, notice: q.NoticeRow, amends: string) {
  const before = (await d.dutiesOf(ctx.tx, ctx.institution.id, amends)).filter((duty) => duty.status === 'confirmed')
  const after = (await d.dutiesOf(ctx.tx, ctx.institution.id, notice.noticeId)).filter((duty) => duty.status !== 'dropped')
  return compare(before, after, (duty) => duty.text, (a, b) => sameOrder(a, b) && a.dueAt === b.dueAt && a.cycle === b.cycle && a.cycleTime === b.cycleTime, 0.5)
}

const measureNameOf = (duty: d.DutyRow | null) => (duty?.measureName ?? (duty?.preset ? presetName(duty.preset) : null))
/** What of an order is another, though its words may be the same. */
function orderChanges(a: d.DutyRow, b: d.DutyRow): ('deadline' | 'actor' | 'modality' | 'rhythm')[] {
  const changes: ('deadline' | 'actor' | 'modality' | 'rhythm')[] = []
  if (a.dueAt !== b.dueAt) changes.push('deadline')
  if (a.actor !== b.actor || JSON.stringify(a.unitIds.toSorted()) !== JSON.stringify(b.unitIds.toSorted())) changes.push('actor')
  if (a.modality !== b.modality) changes.push('modality')
  if (a.cycle !== b.cycle || a.cycleTime !== b.cycleTime) changes.push('rhythm')
  return changes
}
/** The measures that are on only for a notice, and whether duties of its successor carry them on. */
async function measuresLeft(ctx: Context, noticeId: string, after: readonly d.DutyRow[]) {
  const { tx, institution } = ctx
  const own = new Set(await d.measuresOnlyOf(tx, institution.id, noticeId))
  const on = (await d.dutiesOf(tx, institution.id, noticeId)).filter((duty) => duty.measureId && own.has(duty.measureId))
  return [...new Map(on.map((duty) => [duty.measureId as string, duty.measureName ?? { zh: '', en: '' }]))].map(([measureId, name]) => ({ measureId, name, then: after.some((duty) => duty.measureId === measureId) ? ('goes-on' as const) : ('left' as const) }))
}

/** What becomes of the assignments of the amended notice. */
async function replace(ctx: Context, notice: q.NoticeRow, amends: string, confirmed: ReadonlySet<string>): Promise<{ continued: number; ended: number }> {
  const { tx, institution, now } = ctx
  await q.lockNotice(tx, institution.id, amends)
  const pairs = await differenceOf(ctx, notice, amends)
  if (!(await q.markEnded(tx, institution.id, amends, 'superseded', now, ctx.actor.personId, null))) throw conflict('原通知已被撤回或已有其他修订。', 'The amended notice was withdrawn or amended otherwise.')
  const goesOn = pairs.flatMap((pair) => (pair.change === 'same' && pair.before && pair.after && confirmed.has(pair.after.dutyId) ? [{ from: pair.before.dutyId, to: pair.after.dutyId }] : []))
  const carried = await c.carryAssignments(tx, institution.id, goesOn, notice.noticeId)
  await c.trace(tx, institution.id, { noticeId: notice.noticeId, assignmentIds: carried, kind: 'carried-over', note: notice.title }, now, byActor(ctx))
  const ended = await c.endAssignments(tx, institution.id, { noticeId: amends }, now)
  await c.trace(tx, institution.id, { noticeId: amends, assignmentIds: ended, kind: 'ended-by-amendment', note: notice.title }, now, byActor(ctx))
  await c.trace(tx, institution.id, { noticeId: amends, assignmentIds: [null], kind: 'superseded', note: notice.title }, now, byActor(ctx))
  return { continued: carried.length, ended: ended.length }
}

async function issue(ctx: Context, input: Saying & { noticeId: string; sponsor?: string; onBehalfOf?: string; endMeasures?: boolean }) {
  const { tx, institution, now } = ctx
  const notice = await getDraft(ctx, input.noticeId)
  const found = await assess(ctx, notice)
  refuseUnless(found, input)
  const people = (await f.reconcile(tx, institution.id, found.unitIds, audiences(found.confirmed))).reduce((sum, row) => sum + row.reached, 0)
  await q.markIssued(tx, institution.id, input.noticeId, now, { personId: ctx.actor.personId, from: ctx.actor.kind === 'person' ? 'person' : 'command-line', for: input.onBehalfOf ?? null }, people)
  const left = notice.amends && input.endMeasures ? (await measuresLeft(ctx, notice.amends, found.confirmed)).filter((one) => one.then === 'left') : []
  const replaced = notice.amends ? await replace(ctx, notice, notice.amends, new Set(found.confirmed.map((duty) => duty.dutyId))) : { continued: 0, ended: 0 }
  const measures = []
  for (const measure of await measuresOf(ctx, notice, found.joined)) {
    let { measureId } = measure
    if (!measureId && measure.preset) {
      measureId = stableId(input.noticeId, measure.preset)
      await draftFromPreset(ctx, { measureId, responseId: notice.responseId as string, key: measure.preset, basis: basisOf(notice, found.joined.filter((duty) => measure.dutyIds.includes(duty.dutyId))), demandedBy: notice.demandedBy ?? demandOf(notice.issuer, institution.name), endsAt: notice.endsOn ? instantOf(notice.endsOn, institution.timeZone) : null })
      await switchMeasureOn(ctx, measureId, input.sponsor ?? null)
    } else if (measureId && measure.draft) await switchMeasureOn(ctx, measureId, input.sponsor ?? null)
    if (!measureId) continue
    if (measure.preset) await d.setMeasures(tx, institution.id, input.noticeId, measure.preset, measureId)
    measures.push({ measureId, name: measure.name })
  }
  for (const { measureId } of left) ctx.enqueue({ kind: 'measures.end', payload: { measureId } })
  let assignments = 0
  const today = dayOf(now, institution.timeZone)
  for (const duty of found.confirmed) {
    if (duty.cycle === 'once') assignments += (await send(ctx, { noticeId: input.noticeId, dutyId: duty.dutyId, cycle: 'once', period: null, dueAt: duty.dueAt }, duty.unitIds)).length
    // Today's occurrence only where there is still time for it.
    else if (occursOn(today, duty.cycle, duty.cycleWeekday) && dueOn(today, duty.cycleTime, institution.timeZone) > now) assignments += await sendDay(ctx, duty, today)
  }
  if (found.confirmed.some((duty) => duty.cycle !== 'once')) ctx.enqueue({ kind: 'notices.midnight', key: input.noticeId, payload: { noticeId: input.noticeId }, at: nextMidnight(now, institution.timeZone) })
  await c.trace(tx, institution.id, { noticeId: input.noticeId, assignmentIds: [null], kind: 'issued', note: input.onBehalfOf ?? null }, now, byActor(ctx))
  await tellIssued(ctx, notice, found.unitIds, [...new Set(found.confirmed.flatMap((duty) => (duty.people ? duty.unitIds : [])))])
  ctx.log({ subjectKind: 'notice', subjectId: input.noticeId, detail: { duties: found.confirmed.length, units: found.unitIds.length, assignments, measures: measures.length, amends: notice.amends } })
  return {
    noticeId: input.noticeId, issuedAt: now.toISOString(), duties: found.confirmed.length, units: found.unitIds.length, assignments, responsible: new Set([...found.owners.values()].map((owner) => owner.person.personId)).size,
    people, measures, ...replaced,
  }
}

export const issuingCalls = [
  implement(contract.preview, (ctx, { noticeId, all = false }) => preview(ctx, noticeId, all)),
  implement(contract.issue, (ctx, input) => issue(ctx, input)),
  implement(contract.withdraw, async (ctx, { noticeId, reason, endMeasures }) => {
    const { tx, institution, now } = ctx
    if (reason.trim().length < 2) throw badInput('撤回要写明理由。', 'Say why it is withdrawn.')
    await q.lockNotice(tx, institution.id, noticeId)
    const notice = await getNotice(ctx, noticeId)
    if (!(await q.markEnded(tx, institution.id, noticeId, 'withdrawn', now, ctx.actor.personId, reason))) throw conflict(notice.status === 'draft' ? '草稿请直接删除，不必撤回。' : '通知已经撤回或已被修订替代。', notice.status === 'draft' ? 'A draft is discarded, not withdrawn.' : 'The notice was already withdrawn or amended.')
    const ended = await c.endAssignments(tx, institution.id, { noticeId }, now)
    await c.trace(tx, institution.id, { noticeId, assignmentIds: [...ended, null], kind: 'withdrawn', note: reason }, now, byActor(ctx))
    if (endMeasures) for (const measureId of await d.measuresOnlyOf(tx, institution.id, noticeId)) ctx.enqueue({ kind: 'measures.end', payload: { measureId } })
    ctx.log({ subjectKind: 'notice', subjectId: noticeId, detail: { ended: ended.length } })
    return { ended: ended.length }
  }),
  implement(contract.amendment, async (ctx, { noticeId }) => {
    const { tx, institution } = ctx
    const notice = await getNotice(ctx, noticeId)
    if (!notice.amends) throw conflict('这份通知不是修订。', 'This notice amends no other.')
    const own = async (id: string) => {
      const { body } = (await q.noticeText(tx, institution.id, id)) ?? { body: '' }
      const clauses = await q.findClauses(tx, institution.id, id)
      // A clause's own words end where its first sub-clause begins.
      return clauses.map((clause) => ({ clauseId: clause.clauseId, label: clause.label, text: body.slice(clause.start, clauses.find((one) => one.parentId === clause.clauseId)?.start ?? clause.end).trim() })).filter((clause) => clause.text)
    }
    const clauses = compare(await own(notice.amends), await own(noticeId), (clause) => clause.text)
    const pairs = await differenceOf(ctx, notice, notice.amends)
    const counts = await c.countByDuty(tx, institution.id, pairs.flatMap((pair) => pair.before?.dutyId ?? []))
    const of = (pair: (typeof pairs)[number]) => counts.get(pair.before?.dutyId ?? '') ?? { open: 0, done: 0, acknowledged: 0 }
    const sum = (changes: string[], key: 'open' | 'acknowledged') => pairs.filter((pair) => changes.includes(pair.change)).reduce((all, pair) => all + of(pair)[key], 0)
    const after = pairs.flatMap((pair) => (pair.after?.unitIds ?? []))
    return {
      noticeId, amends: notice.amends, clauses,
      duties: pairs.map((pair) => ({
        change: pair.change, beforeId: pair.before?.dutyId ?? null, afterId: pair.after?.dutyId ?? null, text: (pair.after ?? pair.before)?.text ?? '', before: pair.change === 'changed' ? (pair.before?.text ?? null) : null, ...of(pair),
        measure: measureNameOf(pair.after) ?? measureNameOf(pair.before), order: pair.before && pair.after ? orderChanges(pair.before, pair.after) : [], then: afterAmendment[pair.change],
      })),
      touched: { continue: sum(['same'], 'open'), end: sum(['gone', 'changed'], 'open'), acknowledgeAnew: sum(['changed'], 'acknowledged'), unitsTold: new Set(after).size, opened: await f.countOpened(tx, institution.id, notice.amends) },
      measures: await measuresLeft(ctx, notice.amends, pairs.flatMap((pair) => pair.after ?? [])),
    }
  }),
]
