/** Making a draft, counting it, and what it looks like as a document. */
import { badInput, notFound, refused } from '#kernel/problems.ts'
import type { Context } from '#kernel/server.ts'
import { unitBriefs } from '#slices/directory/server.ts'
import { findResponse } from '#slices/responses/server.ts'
import { compose } from './compose.ts'
import { contentOf, unitTables, type ContentBrief } from './content.ts'
import * as q from './queries.ts'
import { findNoticeSubject, insertFrame } from './queries-count.ts'
import type { Documents } from './render.ts'
import { addressIn, midnightBefore, titleOf } from './rules.ts'

interface Subject {
  kind: 'notice' | 'response'
  id: string
  name: string
  responseId: string | null
  addressee: string | null
  reportTo: string | null
  address: string | null
}

/** What the brief is about: exactly one of a notice in force and a response. */
async function subjectOf(ctx: Context, input: { noticeId?: string; responseId?: string }): Promise<Subject> {
  if ((input.noticeId === undefined) === (input.responseId === undefined)) throw badInput('请选定一份通知或一次应急响应（二者之一）。', 'Choose a notice or a response, one of the two.')
  if (input.noticeId !== undefined) {
    const notice = await findNoticeSubject(ctx.tx, ctx.institution.id, input.noticeId)
    if (!notice) throw notFound()
    if (notice.status === 'draft') throw refused('not-issued', '这份通知尚未签发，还没有可报的情况。', 'This notice is not issued yet; there is nothing to report.')
    const address = notice.texts.map(addressIn).find((found) => found !== null) ?? null
    return { kind: 'notice', id: notice.noticeId, name: notice.title ?? notice.docNumber ?? '通知', responseId: notice.responseId, addressee: notice.issuer, reportTo: notice.reportTo, address }
  }
  const response = await findResponse(ctx.tx, ctx.institution.id, input.responseId as string)
  if (!response) throw notFound()
  return { kind: 'response', id: response.responseId, name: response.name, responseId: response.responseId, addressee: null, reportTo: null, address: null }
}

export interface Wanted {
  briefId: string
  unitId: string
  noticeId?: string
  responseId?: string
  from?: string
  to?: string
}

/** Makes the draft of a first edition and counts it. */
export async function makeDraft(ctx: Context, input: Wanted, kind: 'regular' | 'zero'): Promise<q.BriefRow> {
  const { tx, institution, now } = ctx
  const subject = await subjectOf(ctx, input)
  const unit = (await unitBriefs(tx, institution.id, [input.unitId])).get(input.unitId)
  if (!unit) throw notFound()
  const last = await q.previousSigned(tx, institution.id, unit.unitId, subject.id, now, input.briefId)
  const to = input.to ? new Date(input.to) : now
  const midnight = midnightBefore(to, institution.timeZone)
  const from = input.from ? new Date(input.from) : last && Date.parse(last.to) < to.getTime() ? new Date(last.to) : midnight
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime()) || from > to) throw badInput('报告期的起点晚于终点。', 'The period begins after it ends.')
  if (to.getTime() > now.getTime() + 60_000) throw badInput('报告期的终点还没有到。', 'The end of the period has not come yet.')
  await q.insertBrief(tx, institution.id, {
    briefId: input.briefId, seriesId: input.briefId, edition: 1, kind, subjectKind: subject.kind, subjectId: subject.id, subjectName: subject.name, responseId: subject.responseId, unitId: unit.unitId,
    title: titleOf(kind, subject, ctx.language === 'en' ? 'en' : 'zh'), addressee: subject.addressee, reportTo: subject.reportTo, proposedAddress: subject.address, from, to,
    situation: '', problems: '', nextSteps: '', corrects: null, reason: null, draftedBy: ctx.actor.personId,
  }, now)
  return countDraft(ctx, await getBrief(ctx, input.briefId))
}

export async function getBrief(ctx: Context, briefId: string): Promise<q.BriefRow> {
  const row = await q.findBrief(ctx.tx, ctx.institution.id, briefId)
  if (!row) throw notFound()
  return row
}

/** What stood behind the figures is gone: nothing of it can be counted again. */
export const rowsErased = () => refused('erased', '这次响应的个人明细已按规则擦除，不能再清点；已签发的专报和结束时的人数都保留。', 'The personal rows of this response have been erased by rule and cannot be counted any more; signed briefs and the counts at its end stay.')

/** Counts (or counts again) the figures of a draft, as of now. */
export async function countDraft(ctx: Context, row: q.BriefRow): Promise<q.BriefRow> {
  const { tx, institution, now } = ctx
  const erased = row.responseId ? (await findResponse(tx, institution.id, row.responseId))?.eraseStartedAt : null
  if (erased) throw rowsErased()
  const corrected = row.corrects ? await getBrief(ctx, row.corrects) : null
  const previous = await q.previousSigned(tx, institution.id, row.unit.unitId, row.subjectId, corrected ? new Date(corrected.asOf) : now, row.seriesId)
  const earlier = new Map((previous ? await q.figuresOf(tx, institution.id, previous.briefId) : []).flatMap((figure) => (figure.hidden ? [] : [[figure.key, figure.value] as const])))
  const { figures, kept, tables } = await compose(ctx, { unit: row.unit, subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName }, responseId: row.responseId, from: new Date(row.from), to: new Date(row.to) }, earlier)
  await q.deleteCounted(tx, institution.id, row.briefId)
  await q.insertFigures(tx, institution.id, row.briefId, figures)
  for (const { frame, marks } of kept) await insertFrame(tx, institution.id, row.briefId, frame, marks)
  await q.setCounted(tx, institution.id, row.briefId, tables, previous?.briefId ?? null, now)
  return getBrief(ctx, row.briefId)
}

/** The document of a brief: as it was signed, or as the draft stands. */
export async function documentsOf(ctx: Context, row: q.BriefRow, signer: ContentBrief['signer'] = null): Promise<Documents> {
  if (row.content) return row.content as Documents
  const { tx, institution } = ctx
  const figures = await q.figuresOf(tx, institution.id, row.briefId)
  const previous = row.previousId ? await q.findBrief(tx, institution.id, row.previousId) : undefined
  const brief: ContentBrief = {
    institutionName: institution.name, timeZone: institution.timeZone, drill: institution.drill, unitName: row.unit.name, isRoot: row.unit.parentId === null && row.unit.tree === 'admin', kind: row.kind,
    subject: { kind: row.subjectKind, name: row.subjectName }, title: row.title, edition: row.edition, reason: row.reason, addressee: row.addressee, from: row.from, to: row.to, asOf: row.asOf,
    situation: row.situation, problems: row.problems, nextSteps: row.nextSteps, tables: row.tables, previousAsOf: previous?.asOf ?? null, signer,
    figures: figures.map((figure) => ({ ...figure, value: figure.hidden ? null : figure.value, asOf: row.asOf })),
  }
  return { zh: contentOf(brief, 'zh'), en: contentOf(brief, 'en'), tables: { zh: unitTables(row.tables, 'zh'), en: unitTables(row.tables, 'en') } }
}
