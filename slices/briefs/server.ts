/** The calls of briefs: drafted from live figures, worded and signed by people, fixed, traced, sent. */
import { createHash } from 'node:crypto'
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import { mailSettings } from '#kernel/mail.ts'
import { conflict, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context, type Ground, type ThingResolver } from '#kernel/server.ts'
import { officesOf, personBriefs } from '#slices/directory/server.ts'
import { findCertificate, onErasing } from '#slices/responses/server.ts'
import { certificateDocuments } from './certificate.ts'
import { safeRows } from './content.ts'
import * as contract from './contract.ts'
import { briefErasables, markErased } from './queries-erasing.ts'
import { countDraft, documentsOf, getBrief, makeDraft, rowsErased } from './drafting.ts'
import * as q from './queries.ts'
import { fileOf } from './render.ts'
import { zeroObstacles } from './rules.ts'
import { namedRows, shownFigure, traceOf } from './tracing.ts'
export { jobs } from './jobs.ts'

type Brief = Static<typeof contract.Brief>
type BriefRow = Static<typeof contract.BriefRow>

function rowOf(row: q.BriefRow): BriefRow {
  return {
    briefId: row.briefId, seriesId: row.seriesId, edition: row.edition, kind: row.kind, state: row.state, subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName }, unit: row.unit, title: row.title,
    from: row.from, to: row.to, asOf: row.asOf, correctedBy: row.later, corrects: row.corrects, reason: row.reason, draftedBy: row.draftedBy,
    signedBy: row.signedName === null ? null : { name: row.signedName, title: row.signedTitle ?? '' }, signedAt: row.signedAt, sent: row.sent,
  }
}
const sendingOf = ({ briefId: _, language: __, ...sending }: q.SendingRow) => sending

async function shown(ctx: Context, row: q.BriefRow): Promise<Brief> {
  const { tx, institution } = ctx
  const previous = row.previousId ? await q.findBrief(tx, institution.id, row.previousId) : undefined
  return {
    ...rowOf(row), situation: row.situation, problems: row.problems, nextSteps: row.nextSteps,
    figures: (await q.figuresOf(tx, institution.id, row.briefId)).map((figure) => shownFigure(figure, row.asOf, row.erasedAt !== null)),
    tables: row.tables.map((table) => {
      const safe = safeRows(table)
      return { measureId: table.measureId, name: table.name, rows: table.rows.map(({ unit }, index) => {
        const [population = null, kept = null, gap = null, excused = null, unknown = null] = safe[index] ?? []
        return { unit, population, kept, gap, excused, unknown }
      }) }
    }),
    previous: previous ? { briefId: previous.briefId, edition: previous.edition, asOf: previous.asOf } : null,
    erased: row.erasedAt === null ? null : { at: row.erasedAt, responseId: row.responseId },
    addressee: row.addressee, reportTo: row.reportTo, proposedAddress: row.proposedAddress, mail: mailSettings() !== null, sendings: (await q.sendingsOf(tx, institution.id, row.briefId)).map(sendingOf),
  }
}

async function lockedDraft(ctx: Context, briefId: string): Promise<q.BriefRow> {
  await q.lockBrief(ctx.tx, ctx.institution.id, briefId)
  const row = await getBrief(ctx, briefId)
  if (row.state !== 'draft') throw refused('signed', '这份专报已经签发，不能更改。如有错误，请另出更正版并说明理由。', 'This brief is signed and fixed. If it is wrong, make a new edition and say why.')
  return row
}

/** A named person signs; from then on the brief is fixed, with the documents as they read. */
async function signDraft(ctx: Context, row: q.BriefRow): Promise<q.BriefRow> {
  const { tx, institution, now } = ctx
  const personId = ctx.actor.personId
  const person = personId ? (await personBriefs(tx, institution.id, [personId])).get(personId) : undefined
  if (!personId || !person) throw refused('no-signer', '签发须由具名的人登录后进行。', 'A named person must sign in and sign.')
  const offices = await officesOf(tx, institution.id, personId, now)
  const office = offices.find((one) => one.unit.unitId === row.unit.unitId) ?? offices[0]
  const title = office ? `${office.unit.unitId === row.unit.unitId ? '' : office.unit.name}${office.title}${office.capacity === 'deputy' ? '（代理）' : ''}` : ''
  const documents = await documentsOf(ctx, row, { name: person.name, title, at: now.toISOString() })
  await q.setSigned(tx, institution.id, row.briefId, { personId, name: person.name, title }, documents, now)
  ctx.log({ subjectKind: 'brief', subjectId: row.briefId, detail: { signed: true, edition: row.edition, sha256: createHash('sha256').update(JSON.stringify(documents)).digest('hex') } })
  return getBrief(ctx, row.briefId)
}

export const calls = [
  implement(contract.list, async (ctx, { unitId, noticeId, responseId, below = false, page = 1, size = 50 }) => {
    const { total, rows } = await q.listBriefs(ctx.tx, ctx.institution.id, { unitId, below, subjectId: noticeId ?? responseId ?? null }, (page - 1) * size, size)
    return { total, briefs: rows.map(rowOf) }
  }),
  implement(contract.get, async (ctx, { briefId }) => shown(ctx, await getBrief(ctx, briefId))),

  implement(contract.draft, async (ctx, input) => {
    const row = await makeDraft(ctx, input, 'regular')
    ctx.log({ subjectKind: 'brief', subjectId: row.briefId, detail: { unit: row.unit.unitId, subject: row.subjectId } })
    return shown(ctx, row)
  }),

  implement(contract.zero, async (ctx, input) => {
    const row = await makeDraft(ctx, input, 'zero')
    const against = zeroObstacles(await q.figuresOf(ctx.tx, ctx.institution.id, row.briefId))
    if (against.length) {
      const named = against.slice(0, 6).map((figure) => ({ ...figure, measure: row.tables.find((table) => figure.key.includes(table.measureId))?.name }))
      const zh = named.map((figure) => `${figure.measure ? `“${figure.measure.zh}”` : ''}${figure.label.zh}${figure.value}`).join('，')
      const en = named.map((figure) => `${figure.measure ? `"${figure.measure.en}" ` : ''}${figure.label.en.toLowerCase()} ${figure.value}`).join(', ')
      throw refused('not-zero', `系统记录与零报告不符：${zh}。请处理，或起草专报说明。`, `The record does not agree with a zero report: ${en}. Deal with it, or draft a brief that says so.`, against.map(({ key, value }) => ({ key, value })))
    }
    return shown(ctx, await signDraft(ctx, row))
  }),

  implement(contract.refresh, async (ctx, { briefId }) => {
    const row = await countDraft(ctx, await lockedDraft(ctx, briefId))
    ctx.log({ subjectKind: 'brief', subjectId: briefId, detail: { counted: true } })
    return shown(ctx, row)
  }),

  implement(contract.edit, async (ctx, { briefId, ...texts }) => {
    const row = await lockedDraft(ctx, briefId)
    const given = { title: row.title, situation: row.situation, problems: row.problems, nextSteps: row.nextSteps, ...texts }
    await q.setTexts(ctx.tx, ctx.institution.id, briefId, { ...given, title: given.title.trim() || row.title })
    ctx.log({ subjectKind: 'brief', subjectId: briefId, detail: { changed: Object.keys(texts) } })
    return shown(ctx, await getBrief(ctx, briefId))
  }),

  implement(contract.discard, async (ctx, { briefId }) => {
    await lockedDraft(ctx, briefId)
    await q.deleteBrief(ctx.tx, ctx.institution.id, briefId)
    ctx.log({ subjectKind: 'brief', subjectId: briefId, detail: { discarded: true } })
    return {}
  }),

  implement(contract.sign, async (ctx, { briefId, asOf }) => {
    const row = await lockedDraft(ctx, briefId)
    if (asOf && Date.parse(asOf) !== Date.parse(row.asOf)) throw conflict('草稿的数字在您查看之后已重新统计，请看过新数字再签发。', 'The figures were counted again after you looked; look at them before you sign.')
    return shown(ctx, await signDraft(ctx, row))
  }),

  implement(contract.correct, async (ctx, { briefId, newBriefId, reason }) => {
    const { tx, institution, now } = ctx
    await q.lockBrief(tx, institution.id, briefId)
    const row = await getBrief(ctx, briefId)
    if (row.state !== 'signed') throw conflict('草稿可以直接修改，不需要更正。', 'A draft can simply be changed.')
    if (row.erasedAt) throw rowsErased()
    if (row.later) throw conflict(`已有第 ${row.later.edition} 版，请在最新版上更正。`, `There is an edition ${row.later.edition}; correct the latest.`)
    await q.insertBrief(tx, institution.id, {
      briefId: newBriefId, seriesId: row.seriesId, edition: row.edition + 1, kind: 'regular', subjectKind: row.subjectKind, subjectId: row.subjectId, subjectName: row.subjectName, responseId: row.responseId, unitId: row.unit.unitId,
      title: row.title, addressee: row.addressee, reportTo: row.reportTo, proposedAddress: row.proposedAddress, from: new Date(row.from), to: new Date(row.to), situation: row.situation, problems: row.problems, nextSteps: row.nextSteps,
      corrects: briefId, reason: reason.trim(), draftedBy: ctx.actor.personId,
    }, now)
    ctx.log({ subjectKind: 'brief', subjectId: newBriefId, detail: { corrects: briefId, edition: row.edition + 1 } })
    return shown(ctx, await countDraft(ctx, await getBrief(ctx, newBriefId)))
  }),

  implement(contract.download, async (ctx, { briefId, format, language }) => {
    const row = await getBrief(ctx, briefId)
    const file = await fileOf(await documentsOf(ctx, row), format, language ?? ctx.language, row.state === 'signed' && row.later?.signed ? row.later : null)
    return { fileName: file.name, mediaType: file.mediaType, base64: Buffer.from(file.bytes).toString('base64') }
  }),

  implement(contract.certificate, async (ctx, { responseId, format, language }) => {
    const paper = await findCertificate(ctx.tx, ctx.institution.id, responseId)
    if (!paper) throw notFound()
    const file = await fileOf(certificateDocuments(paper), format, language ?? ctx.language, null)
    return { fileName: file.name, mediaType: file.mediaType, base64: Buffer.from(file.bytes).toString('base64') }
  }),

  implement(contract.send, async (ctx, { sendId, briefId, to, formats, language }) => {
    const { tx, institution, now } = ctx
    if (!mailSettings()) throw refused('no-mail', '本系统没有配置邮件服务器。请下载后自行报送。', 'Mail is not set up on this server. Download the brief and send it yourself.')
    const row = await getBrief(ctx, briefId)
    if (row.state !== 'signed') throw refused('not-signed', '草稿不能报送，请先签发。', 'A draft is not sent; sign it first.')
    if (row.later?.signed) throw refused('corrected', `这一版已由第 ${row.later.edition} 版更正，请报送最新版。`, `Edition ${row.later.edition} corrects this one; send that.`)
    await q.insertSending(tx, institution.id, { sendId, briefId, to, formats: [...formats], language: language ?? ctx.language, askedBy: ctx.actor.personId }, now)
    ctx.enqueue({ kind: 'briefs.send', key: sendId, payload: { sendId } })
    ctx.log({ subjectKind: 'brief', subjectId: briefId, detail: { sending: sendId, formats } })
    return sendingOf((await q.findSending(tx, institution.id, sendId)) as q.SendingRow)
  }),

  implement(contract.trace, (ctx, { figureId }) => traceOf(ctx, figureId)),
  implement(contract.traceRows, (ctx, { figureId, unitId, page = 1, size = 100 }) => namedRows(ctx, figureId, unitId ?? null, page, size)),
  implement(contract.mailSettings, async () => {
    const settings = mailSettings()
    return { ready: settings !== null, from: settings?.from ?? null }
  }),
]

onErasing({
  erasables: briefErasables,
  kept: [{ what: { zh: '专报及其数字', en: 'Briefs and their figures' }, why: { zh: '签发上报的公文；数字不含姓名，名单已删去。', en: 'Official documents that were signed; their figures hold no names, the rows behind them are gone.' } }],
  begin: async (ctx, scope) => [{ name: { zh: '签发的专报', en: 'Briefs signed' }, n: await markErased(ctx.tx, scope) }],
})

function byUnit(find: (tx: Tx, ids: string[]) => Promise<{ id: string; unitId: string }[]>): ThingResolver['resolve'] {
  return async (tx, ids) => {
    const units = new Map((await find(tx, ids)).map(({ id, unitId }) => [id, unitId]))
    return ids.map((id): Ground | undefined => {
      const unitId = units.get(id)
      return unitId ? { unitIds: [unitId], personIds: [] } : undefined
    })
  }
}
export const things: ThingResolver[] = [
  { kind: 'brief', resolve: byUnit(q.unitsOfBriefs) },
  { kind: 'brief-figure', resolve: byUnit(q.unitsOfFigures) },
]
