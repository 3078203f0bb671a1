/** Importing a notice and confirming what was read of it. */
import { newId } from '#kernel/ids.ts'
import { badInput, conflict, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { unitBriefs } from '#slices/directory/server.ts'
import { phraseKey, resolveWords } from './addressees.ts'
import * as contract from './contract.ts'
import { bodyHash, readDocument, sha256 } from './documents.ts'
import { audienceOf, draftDoubts, draftDuties, showDuty } from './draft-duties.ts'
import { inChinese } from './reading/channels.ts'
import { demandOf } from './demand.ts'
import { compare } from './difference.ts'
import { presetName } from './joined.ts'
import { learntActors, lessonsOf, wordingKey } from './learning.ts'
import type { NoticeReading } from './reading/types.ts'
import * as q from './queries.ts'
import * as d from './queries-duties.ts'
import { remembering } from './shapes.ts'
import { showCorrection } from './corrections.ts'
import { instantOf } from './times.ts'

export function brief(row: q.NoticeRow) {
  const { issuedById: _, addressees: __, reportTo: ___, unmatched: ____, reached: _____, demandedBy: ______, ...rest } = row
  return { ...rest, title: row.title ?? '', issuedBy: row.issuedBy === '' ? '命令行 (command line)' : row.issuedBy }
}

export async function getNotice(ctx: Context, noticeId: string): Promise<q.NoticeRow> {
  const [notice] = await q.findNotices(ctx.tx, ctx.institution.id, [noticeId])
  if (!notice) throw notFound()
  return notice
}

/** A notice that may still be changed, locked. */
export async function getDraft(ctx: Context, noticeId: string): Promise<q.NoticeRow> {
  await q.lockNotice(ctx.tx, ctx.institution.id, noticeId)
  const notice = await getNotice(ctx, noticeId)
  if (notice.status !== 'draft') throw conflict('通知已经签发，不能再改；要改请导入新文本作为修订。', 'The notice was issued and cannot be changed; import the new text as an amendment.')
  return notice
}

export async function getDuty(ctx: Context, dutyId: string): Promise<d.DutyRow> {
  const [duty] = await d.findDuties(ctx.tx, ctx.institution.id, [dutyId])
  if (!duty) throw notFound()
  await getDraft(ctx, duty.noticeId)
  return duty
}

export const setting = async (ctx: Context, noticeId: string) => ({
  noticeId, zone: ctx.institution.timeZone, now: ctx.now, units: await q.addressableUnits(ctx.tx, ctx.institution.id), corrections: await q.listCorrections(ctx.tx, ctx.institution.id, true),
})

export const shown = async (ctx: Context, dutyId: string) => showDuty((await d.findDuties(ctx.tx, ctx.institution.id, [dutyId]))[0] as d.DutyRow, ctx.now, presetName)

type Patch = Partial<Pick<d.DutyRow, 'text' | 'start' | 'end' | 'actor' | 'modality' | 'deadline' | 'dueAt' | 'cycle' | 'cycleTime' | 'cycleWeekday' | 'condition' | 'evidence' | 'reportTo' | 'review' | 'unitIds' | 'people'>>

/** Applies a person's edit to a duty. A span given means the words of the original; words given without a span are the person's own. */
async function edited(ctx: Context, duty: d.DutyRow, patch: Patch): Promise<d.DutyRow> {
  const next = { ...duty, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) } as d.DutyRow
  if (patch.start !== undefined || patch.end !== undefined) {
    const { body } = (await q.noticeText(ctx.tx, ctx.institution.id, duty.noticeId)) ?? { body: '' }
    if (next.start === null || next.end === null || next.start >= next.end || next.end > body.length) throw badInput('所选原文区间不合法。', 'The span lies outside the text.')
    if (patch.text === undefined) next.text = body.slice(next.start, next.end).slice(0, 4000)
    const clause = (await q.findClauses(ctx.tx, ctx.institution.id, duty.noticeId)).filter((one) => one.start <= (next.start as number) && one.end >= (next.start as number)).at(-1)
    if (clause) Object.assign(next, { clauseId: clause.clauseId, clause: clause.label })
  }
  if (patch.unitIds?.length) {
    const real = await q.unitsThatExist(ctx.tx, ctx.institution.id, [...new Set(patch.unitIds)])
    if (patch.unitIds.some((id) => !real.has(id))) throw badInput('所选单位中有的不存在或已撤销。', 'One of the units does not exist or was closed.')
    next.unitIds = [...real]
    next.unmatched = []
    next.resolved = { zh: '由人指定', en: 'chosen by a person' }
  } else if (patch.unitIds || (patch.actor !== undefined && patch.actor !== duty.actor)) {
    // Emptied, it says again what its words came to.
    const all = await setting(ctx, duty.noticeId)
    const { learnt, ...audience } = audienceOf(next.actor, all.units, learntActors(all.corrections))
    if (!patch.unitIds) Object.assign(next, audience, { learnt: [...duty.learnt.filter((one) => !one.made || !('unitIds' in one.made)), ...learnt] })
    else if (audience.unitIds.length === 0) Object.assign(next, { resolved: audience.resolved, unmatched: audience.unmatched })
    else next.resolved = { zh: '', en: '' }
  }
  if (next.dueAt) next.dueAt = new Date(next.dueAt).toISOString()
  if (next.cycle === 'weekly' && (next.cycleWeekday ?? 8) > 7) next.cycleWeekday = 1
  if (next.cycle === 'monthly') next.cycleWeekday ??= 31
  if (next.cycle === 'once') Object.assign(next, { cycleTime: null, cycleWeekday: null })
  else next.dueAt = null
  if (!next.text.trim()) throw badInput('任务不能没有文字。', 'A duty needs words.')
  return next
}

/** Remembers what a person made of the reader's proposal, so that the next notices are read so; forgets it where it was put back. */
export async function learn(ctx: Context, before: d.DutyRow, after: d.DutyRow, touched: ReadonlySet<string>): Promise<void> {
  const { tx, institution } = ctx
  for (const lesson of lessonsOf(before, after, touched)) {
    if (lesson.made) await q.remember(tx, institution.id, { correctionId: newId(), noticeId: before.noticeId, ...lesson, made: lesson.made }, ctx.now, ctx.actor.personId)
    else await q.forget(tx, institution.id, lesson)
  }
  if (before.origin !== 'read') return
  const changed = (['deadline', 'dueAt', 'text'] as const).filter((key) => touched.has(key) && before[key] !== after[key])
  if (changed.length) await q.remember(tx, institution.id, { correctionId: newId(), noticeId: before.noticeId, kind: 'field', phrase: phraseKey(before.text) || '—', proposed: Object.fromEntries(changed.map((key) => [key, before[key]])), made: Object.fromEntries(changed.map((key) => [key, after[key]])) }, ctx.now, ctx.actor.personId)
}

/** Carries the confirmed blanks of the amended notice over to the duties that are the same or nearly so. */
function carryOver(duties: d.DutyRow[], earlier: d.DutyRow[]): d.DutyRow[] {
  const pairs = compare(earlier.filter((one) => one.status === 'confirmed'), duties, (one) => one.text, sameOrder, 0.55)
  return duties.map((duty) => {
    const twin = pairs.find((pair) => pair.after === duty)?.before
    if (!twin) return duty
    const same = sameOrder(twin, duty) && phraseKey(twin.text) === phraseKey(duty.text)
    // The date that a person gave stays where the notice says no other.
    const sameTime = same || (['deadline', 'recurrence'] as const).every((key) => (twin.proposal?.[key] ?? null) === (duty.proposal?.[key] ?? null))
    return {
      ...duty, continues: twin.dutyId, unitIds: twin.actor === duty.actor ? twin.unitIds : duty.unitIds, people: twin.actor === duty.actor ? twin.people : duty.people, evidence: duty.evidence ?? twin.evidence, reportTo: duty.reportTo ?? twin.reportTo, review: twin.review,
      measureId: twin.measureId, preset: twin.preset, status: same ? 'confirmed' : duty.status, ...(sameTime ? { dueAt: twin.dueAt, cycle: twin.cycle, cycleTime: twin.cycleTime, cycleWeekday: twin.cycleWeekday } : {}),
    } satisfies d.DutyRow
  })
}
/** The same order: the words of actor, modality, deadline and rhythm agree as they were read. */
export const sameOrder = (a: d.DutyRow, b: d.DutyRow): boolean => {
  const read = (one: d.DutyRow) => [one.proposal?.['modality'] ?? one.modality, one.proposal?.['deadline'] ?? one.deadline, one.proposal?.['recurrence'] ?? one.recurrence, one.proposal?.['actor'] ?? one.actor].join('|')
  return read(a) === read(b)
}

async function storeImport(ctx: Context, input: { noticeId: string; responseId?: string; amends?: string; again?: boolean; anyway?: boolean; text?: string }) {
  const { tx, institution } = ctx
  const { text, reading } = await readDocument(ctx, input.text, input.anyway)
  const hash = bodyHash(text)
  const twins = await q.findTwins(tx, institution.id, hash, reading.docNumber, reading.issuer, input.noticeId)
  const twin = input.amends ? twins.find((one) => one.sameText) : twins[0]
  if (twin && !input.again) {
    const why = twin.sameText ? ['正文相同', 'the same text'] : [`发文单位和文号相同（${twin.docNumber}），正文不同`, `the same issuer and number (${twin.docNumber}), another text`]
    const state = twin.status === 'draft' ? ['还在核对，没有签发', 'still being confirmed'] : ['已经签发', 'issued']
    throw refused('duplicate-notice', `这份通知已经导入过：《${twin.title ?? '无标题'}》，${state[0]}；${why[0]}。没有重复导入。`, `This notice is already here: "${twin.title ?? 'untitled'}", ${state[1]}; ${why[1]}. Nothing was imported twice.`, { noticeId: twin.noticeId, title: twin.title, docNumber: twin.docNumber, status: twin.status, sameText: twin.sameText })
  }
  let amended: q.NoticeRow | undefined
  if (input.amends) {
    amended = await getNotice(ctx, input.amends)
    if (amended.status !== 'issued') throw conflict('只有已签发且未撤回、未被替代的通知才能修订。', 'Only an issued notice that stands can be amended.')
  }
  if (input.responseId && (await q.responseState(tx, institution.id, input.responseId)) !== 'open') throw badInput('所选应急响应不存在或已结束。', 'The response does not exist or is closed.')
  const all = await setting(ctx, input.noticeId)
  const addressed = resolveWords(reading.addressees, all.units, learntActors(all.corrections))
  const drafted = draftDuties(reading, all, text, Boolean(input.responseId ?? amended?.responseId))
  const duties = amended ? carryOver(drafted, await d.dutiesOf(tx, institution.id, amended.noticeId)) : drafted
  const doubts = draftDoubts(reading, duties, addressed.unmatched, all)
  await q.insertNotice(tx, institution.id, {
    noticeId: input.noticeId, responseId: input.responseId ?? amended?.responseId ?? null, amends: input.amends ?? null, version: (amended?.version ?? 0) + 1, body: text, bodyHash: hash, issuer: reading.issuer, docNumber: reading.docNumber, title: reading.title,
    addressees: reading.addressees, date: reading.date, hazards: reading.hazards, reportTo: inChinese(reading.reportTo), endsOn: amended?.endsOn ?? null, reading, unmatched: addressed.unmatched,
  }, ctx.now, ctx.actor.personId)
  if (ctx.file) await q.insertOriginal(tx, institution.id, input.noticeId, { name: ctx.file.name, bytes: ctx.file.bytes, sha256: sha256(ctx.file.bytes) })
  await q.insertClauses(tx, institution.id, input.noticeId, reading.clauses.map(({ id, ...clause }) => ({ ...clause, clauseId: id, end: Math.max(clause.end, clause.start + 1) })))
  await d.saveDuties(tx, institution.id, input.noticeId, duties)
  await q.insertDoubts(tx, institution.id, input.noticeId, doubts)
  ctx.log({ subjectKind: 'notice', subjectId: input.noticeId, detail: { duties: duties.length, amends: input.amends ?? null } })
  const learnt = new Map(duties.flatMap((duty) => duty.learnt).map(({ zh, en }) => [zh, { zh, en }]))
  return {
    noticeId: input.noticeId, title: reading.title ?? '', duties: duties.filter((one) => one.status !== 'dropped').length, prohibitions: duties.filter((one) => one.modality === 'must-not' && one.status !== 'dropped').length, doubts: doubts.length, unmatched: addressed.unmatched, learnt: [...learnt.values()],
  }
}

function headerOf(notice: q.NoticeRow, reading: NoticeReading, ours: string) {
  return { issuer: notice.issuer, docNumber: notice.docNumber, title: notice.title, addressees: notice.addressees, date: notice.date, hazards: notice.hazards, reportTo: notice.reportTo, basis: reading.basis, supersedes: reading.supersedes, attachments: reading.attachments, demandedBy: notice.demandedBy ?? demandOf(notice.issuer, ours) }
}
export { headerOf }

/** The corrections that this draft was read by, each once, with where they come from. */
function appliedIn(duties: readonly d.DutyRow[], words: readonly string[], corrections: readonly q.CorrectionRow[]) {
  const dutiesBy = new Map<string, string[]>(words.map((id) => [id, []]))
  for (const duty of duties) for (const { correctionId } of duty.learnt) if (correctionId) dutiesBy.set(correctionId, [...(dutiesBy.get(correctionId) ?? []), duty.dutyId])
  return corrections.filter((one) => dutiesBy.has(one.correctionId)).map((one) => ({ ...showCorrection(one), dutyIds: dutiesBy.get(one.correctionId) ?? [] }))
}

export const draftingCalls = [
  implement(contract.read, async (ctx, input) => {
    const { text, reading, summary, warnings } = await readDocument(ctx, input.text)
    return { text, reading, summary, warnings: warnings.map(({ zh, en }) => ({ zh, en })) }
  }),
  implement(contract.importNotice, storeImport),
  implement(contract.drafts, async (ctx, { page = 1, size = 50 }) => {
    const { total, rows } = await q.listDrafts(ctx.tx, ctx.institution.id, (page - 1) * size, size)
    return { total, notices: rows.map(({ duties, confirmed, openDoubts, ...row }) => ({ ...brief(row), duties, confirmed, openDoubts })) }
  }),
  implement(contract.draft, async (ctx, { noticeId }) => {
    const { tx, institution } = ctx
    const notice = await getNotice(ctx, noticeId)
    const { body, reading } = (await q.noticeText(tx, institution.id, noticeId)) as { body: string; reading: never }
    const typed = reading as NoticeReading
    const all = await setting(ctx, noticeId)
    const addressed = resolveWords(notice.addressees, all.units, learntActors(all.corrections))
    const duties = await d.dutiesOf(tx, institution.id, noticeId)
    const unitIds = [...new Set([...duties.flatMap((duty) => duty.unitIds), ...addressed.resolved.flatMap((one) => one.unitIds)])]
    return {
      notice: brief(notice), header: headerOf(notice, typed, institution.name), text: body, clauses: await q.findClauses(tx, institution.id, noticeId), duties: duties.map((duty) => showDuty(duty, ctx.now, presetName)), doubts: await q.findDoubts(tx, institution.id, noticeId),
      contacts: typed.contacts.map(({ start, end, kind }) => ({ start, end, kind })), repairs: typed.repairs.map(({ start, end, kind, repaired }) => ({ start, end, kind, repaired })), units: [...(await unitBriefs(tx, institution.id, unitIds)).values()],
      addressees: addressed.resolved.map(({ correctionId = null, ...one }) => ({ ...one, correctionId })), unmatched: addressed.unmatched, learnt: appliedIn(duties, addressed.resolved.flatMap((one) => one.correctionId ?? []), all.corrections), file: (await q.describeOriginal(tx, institution.id, noticeId)) ?? null,
    }
  }),
  implement(contract.original, async (ctx, { noticeId }) => {
    const file = await q.findOriginal(ctx.tx, ctx.institution.id, noticeId)
    if (!file) throw notFound()
    return { name: file.name, base64: file.bytes.toString('base64'), sha256: file.sha256 }
  }),

  implement(contract.setHeader, async (ctx, { noticeId, ...patch }) => {
    await getDraft(ctx, noticeId)
    if (patch.responseId && (await q.responseState(ctx.tx, ctx.institution.id, patch.responseId)) !== 'open') throw badInput('所选应急响应不存在或已结束。', 'The response does not exist or is closed.')
    for (const day of [patch.date, patch.endsOn]) if (day && instantOf(day, ctx.institution.timeZone) === null) throw badInput(`没有${day}这一天。`, `There is no such day as ${day}.`)
    const all = patch.addressees ? await setting(ctx, noticeId) : null
    const unmatched = all && patch.addressees ? resolveWords(patch.addressees, all.units, learntActors(all.corrections)).unmatched : undefined
    await q.updateHeader(ctx.tx, ctx.institution.id, noticeId, { ...patch, ...(unmatched ? { unmatched } : {}) })
    // Duties that name nobody are the addressees': they follow them.
    if (all && patch.addressees) {
      const actor = patch.addressees.join('、')
      const { learnt: _, ...audience } = audienceOf(actor, all.units, learntActors(all.corrections))
      const follow = (await d.dutiesOf(ctx.tx, ctx.institution.id, noticeId)).filter((duty) => duty.proposal?.['actorSource'] === 'addressee' && duty.actor === duty.proposal['actor'] && duty.resolved.zh !== '由人指定')
      await d.saveDuties(ctx.tx, ctx.institution.id, noticeId, follow.map((duty) => ({ ...duty, ...audience, actor, proposal: { ...duty.proposal, actor } })))
    }
    ctx.log({ subjectKind: 'notice', subjectId: noticeId, detail: { fields: Object.keys(patch) } })
    return {}
  }),
  implement(contract.saveDuty, async (ctx, { dutyId, confirm, ...patch }) => {
    const duty = await getDuty(ctx, dutyId)
    const next = await edited(ctx, duty, patch as Patch)
    if (confirm !== undefined) next.status = confirm ? 'confirmed' : 'proposed'
    await d.saveDuties(ctx.tx, ctx.institution.id, duty.noticeId, [next])
    await learn(ctx, duty, next, new Set(Object.keys(patch)))
    ctx.log({ subjectKind: 'duty', subjectId: dutyId, detail: { fields: Object.keys(patch), status: next.status } })
    return shown(ctx, dutyId)
  }),
  implement(contract.confirmDuties, async (ctx, { noticeId, dutyIds }) => {
    await getDraft(ctx, noticeId)
    const confirmed = await d.confirmDuties(ctx.tx, ctx.institution.id, noticeId, dutyIds ?? null)
    ctx.log({ subjectKind: 'notice', subjectId: noticeId, detail: { confirmed: confirmed.length } })
    return { confirmed: confirmed.length }
  }),
  implement(contract.fillBlanks, async (ctx, { noticeId, dutyIds, ...fill }) => {
    await getDraft(ctx, noticeId)
    const wanted = (await d.dutiesOf(ctx.tx, ctx.institution.id, noticeId)).filter((duty) => duty.status !== 'dropped' && (!dutyIds || dutyIds.includes(duty.dutyId)))
    const filled: d.DutyRow[] = []
    for (const duty of wanted) {
      const patch: Patch = {}
      if (fill.unitIds && duty.unitIds.length === 0) patch.unitIds = fill.unitIds
      if (fill.dueAt && !duty.dueAt && duty.cycle === 'once' && duty.modality !== 'must-not') patch.dueAt = fill.dueAt
      if (fill.evidence && !duty.evidence && duty.modality !== 'must-not') patch.evidence = fill.evidence
      if (fill.reportTo && !duty.reportTo) patch.reportTo = fill.reportTo
      if (Object.keys(patch).length) filled.push(await edited(ctx, duty, patch))
    }
    await d.saveDuties(ctx.tx, ctx.institution.id, noticeId, filled)
    ctx.log({ subjectKind: 'notice', subjectId: noticeId, detail: { filled: filled.length } })
    return { filled: filled.length }
  }),
  implement(contract.splitDuty, async (ctx, { dutyId, newDutyId, at }) => {
    const duty = await getDuty(ctx, dutyId)
    const { body } = (await q.noticeText(ctx.tx, ctx.institution.id, duty.noticeId)) ?? { body: '' }
    if (duty.start === null || duty.end === null || at <= duty.start || at >= duty.end) throw badInput('拆分处不在这条任务的原文之内。', 'The place to split lies outside the duty.')
    const head = body.slice(duty.start, at).replace(/[\s，,、；;。和并]+$/u, '')
    const skipped = /^[\s，,、；;。和并]*/u.exec(body.slice(at, duty.end))?.[0].length ?? 0
    const tail = body.slice(at + skipped, duty.end)
    if (head.length < 2 || tail.length < 2) throw badInput('拆分后有一半没有内容。', 'One half would be empty.')
    const first: d.DutyRow = { ...duty, end: duty.start + head.length, text: head, status: 'proposed', proposal: remembering(duty, { how: 'split', before: [duty], made: newDutyId }) }
    const second: d.DutyRow = { ...duty, dutyId: newDutyId, position: duty.position + 0.001, start: at + skipped, text: tail, status: 'proposed', origin: 'split', proposal: null, measureId: null, preset: null, continues: null }
    await d.saveDuties(ctx.tx, ctx.institution.id, duty.noticeId, [first, second])
    ctx.log({ subjectKind: 'duty', subjectId: dutyId, detail: { splitOff: newDutyId } })
    return { duties: [await shown(ctx, dutyId), await shown(ctx, newDutyId)] }
  }),
  implement(contract.mergeDuties, async (ctx, { dutyIds }) => {
    const duties = await d.findDuties(ctx.tx, ctx.institution.id, dutyIds)
    const first = duties.find((duty) => duty.dutyId === dutyIds[0])
    if (!first || duties.length !== new Set(dutyIds).size || duties.length < 2) throw notFound()
    if (duties.some((duty) => duty.noticeId !== first.noticeId)) throw badInput('只能合并同一份通知里的任务。', 'Only duties of one notice can be merged.')
    if (new Set(duties.map((duty) => duty.modality)).size > 1) throw refused('merge-modality', '禁止、必须、建议不能合并成一条。', 'A prohibition, an obligation and a recommendation cannot become one.')
    await getDraft(ctx, first.noticeId)
    const spans = duties.filter((duty) => duty.start !== null && duty.end !== null)
    const due = duties.map((duty) => duty.dueAt).filter((at) => at !== null).toSorted()
    const merged: d.DutyRow = {
      ...first, origin: 'merged', status: duties.every((duty) => duty.status === 'confirmed') ? 'confirmed' : 'proposed', proposal: remembering(first, { how: 'merged', before: duties, made: null }), text: duties.map((duty) => duty.text).join('；').slice(0, 4000), start: spans.length ? Math.min(...spans.map((duty) => duty.start as number)) : null, end: spans.length ? Math.max(...spans.map((duty) => duty.end as number)) : null,
      unitIds: [...new Set(duties.flatMap((duty) => duty.unitIds))], dueAt: first.cycle === 'once' ? (due[0] ?? null) : null, evidence: first.evidence ?? duties.find((duty) => duty.evidence)?.evidence ?? null, condition: first.condition ?? duties.find((duty) => duty.condition)?.condition ?? null,
    }
    await d.saveDuties(ctx.tx, ctx.institution.id, first.noticeId, [merged])
    for (const duty of duties) if (duty !== first) await d.deleteDuty(ctx.tx, ctx.institution.id, duty.dutyId)
    ctx.log({ subjectKind: 'duty', subjectId: first.dutyId, detail: { merged: duties.length } })
    return shown(ctx, first.dutyId)
  }),
  implement(contract.dropDuty, async (ctx, { dutyId, reason }) => {
    const duty = await getDuty(ctx, dutyId)
    await d.saveDuties(ctx.tx, ctx.institution.id, duty.noticeId, [{ ...duty, status: 'dropped' }])
    // Only what was read by the machine teaches it; a prohibition is never dropped by habit.
    if (duty.origin === 'read' && duty.modality !== 'must-not') await q.remember(ctx.tx, ctx.institution.id, { correctionId: newId(), noticeId: duty.noticeId, kind: 'drop', phrase: wordingKey(duty.text) || '—', proposed: { text: duty.text.slice(0, 200) }, made: { reason: reason ?? null } }, ctx.now, ctx.actor.personId)
    if (duty.origin === 'added') await q.forget(ctx.tx, ctx.institution.id, { kind: 'missed', phrase: wordingKey(duty.text) })
    ctx.log({ subjectKind: 'duty', subjectId: dutyId, detail: { dropped: true } })
    return {}
  }),
  implement(contract.restoreDuty, async (ctx, { dutyId }) => {
    const duty = await getDuty(ctx, dutyId)
    await d.saveDuties(ctx.tx, ctx.institution.id, duty.noticeId, [{ ...duty, status: 'proposed' }])
    for (const phrase of new Set([wordingKey(duty.text), phraseKey(duty.text)])) await q.forget(ctx.tx, ctx.institution.id, { kind: 'drop', phrase })
    return shown(ctx, dutyId)
  }),
  implement(contract.addDuty, async (ctx, { noticeId, dutyId, clauseId, ...patch }) => {
    await getDraft(ctx, noticeId)
    if (patch.text === undefined && (patch.start === undefined || patch.end === undefined)) throw badInput('请选一段原文，或写出任务。', 'Choose a span of the text, or write the duty.')
    const clauses = await q.findClauses(ctx.tx, ctx.institution.id, noticeId)
    const clause = clauses.find((one) => one.clauseId === clauseId)
    if (clauseId && !clause) throw badInput('没有这一条款。', 'There is no such clause.')
    const others = await d.dutiesOf(ctx.tx, ctx.institution.id, noticeId)
    if (others.some((one) => one.dutyId === dutyId)) throw conflict('这条任务已经有了。', 'This duty is already there.')
    const blank = d.plainDuty({ dutyId, noticeId, position: others.length, origin: 'added', text: patch.text ?? '…', modality: patch.modality ?? 'must', clauseId: clause?.clauseId ?? null, clause: clause?.label ?? '' })
    const next = await edited(ctx, blank, patch as Patch)
    // It stands where its words stand.
    const behind = next.start === null ? undefined : others.filter((one) => one.start !== null && one.start <= (next.start as number)).at(-1)
    next.position = behind ? behind.position + 0.0005 : next.start === null ? others.length : -1
    await d.saveDuties(ctx.tx, ctx.institution.id, noticeId, [next])
    if (patch.text === undefined && next.start !== null && next.text.length >= 6) await q.remember(ctx.tx, ctx.institution.id, { correctionId: newId(), noticeId, kind: 'missed', phrase: wordingKey(next.text) || '—', proposed: {}, made: { text: next.text, modality: next.modality, actor: next.actor } }, ctx.now, ctx.actor.personId)
    ctx.log({ subjectKind: 'duty', subjectId: dutyId, detail: { added: true } })
    return shown(ctx, dutyId)
  }),
  implement(contract.joinMeasure, async (ctx, { dutyId, measureId, preset }) => {
    const duty = await getDuty(ctx, dutyId)
    if (measureId && preset) throw badInput('请只选一样：现有措施，或现成措施。', 'Choose either an existing measure or a ready-made one.')
    if (preset && presetName(preset).zh === '') throw badInput(`没有“${preset}”这种现成措施。`, `There is no ready-made measure called ${preset}.`)
    if (measureId) {
      const measure = (await d.measureStates(ctx.tx, ctx.institution.id, [measureId])).get(measureId)
      if (!measure || measure.status === 'ended') throw badInput('所选措施不存在或已停用。', 'The measure does not exist or has ended.')
    }
    await d.saveDuties(ctx.tx, ctx.institution.id, duty.noticeId, [{ ...duty, measureId: measureId ?? null, preset: preset ?? null }])
    // An existing measure teaches what it was made of, where it was ready-made.
    const key = async (row: { measureId: string | null; preset: string | null }) => row.preset ?? (row.measureId ? await d.presetKeyOf(ctx.tx, ctx.institution.id, row.measureId) : null)
    await learn(ctx, { ...duty, preset: await key(duty) }, { ...duty, preset: await key({ measureId: measureId ?? null, preset: preset ?? null }) }, new Set(['preset']))
    ctx.log({ subjectKind: 'duty', subjectId: dutyId, detail: { measureId: measureId ?? null, preset: preset ?? null } })
    return shown(ctx, dutyId)
  }),
  implement(contract.settleDoubt, async (ctx, { noticeId, doubtId, settled = true }) => {
    await getDraft(ctx, noticeId)
    if (!(await q.settleDoubt(ctx.tx, ctx.institution.id, noticeId, doubtId, settled, ctx.now, ctx.actor.personId))) throw notFound()
    return {}
  }),
  implement(contract.discard, async (ctx, { noticeId }) => {
    await getDraft(ctx, noticeId)
    await q.deleteNotice(ctx.tx, ctx.institution.id, noticeId)
    ctx.log({ subjectKind: 'notice', subjectId: noticeId })
    return {}
  }),
]
