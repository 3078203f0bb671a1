/** Importing rosters, offices and links: preview with every doubtful row explained, then apply. */
import type { Static } from 'typebox'
import { newId } from '#kernel/ids.ts'
import { badInput, conflict, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context, type UploadedFile } from '#kernel/server.ts'
import * as contract from './contract.ts'
import { readOffices, readLinks, type LinkLine, type OfficeLine } from './import-tables.ts'
import { planRoster, type Plan } from './plan.ts'
import * as q from './queries-roster.ts'
import { fixPaths } from './queries.ts'
import { chosenOf, recall } from './roster/chosen.ts'
import { readRoster } from './roster/clean.ts'
import { decodeSheet } from './roster/decode.ts'
import type { PersonFields, RosterPreview } from './roster/preview.ts'
import { RosterRefused, type Sheet } from './roster/refusal.ts'
import { pinyinOf } from './names.ts'
import { forgetOld, marksOf, marksOfTable } from './imports.ts'
import { noteApplied, noteHints, noteWhole, pastHeadings } from './queries-setup.ts'
import { vocabularyFor } from './setup.ts'
import { isGuide } from './template.ts'
import { vocabularyOf } from './vocabularies.ts'

export type Summary = Static<typeof contract.RosterSummary>
export const shown = 200

async function decode(file: UploadedFile | null): Promise<Sheet[]> {
  if (!file) throw badInput('请附上名册文件。', 'Attach the roster file.')
  try {
    const sheets = await decodeSheet(file.bytes, file.name)
    return sheets.length > 1 ? sheets.filter((sheet) => !isGuide(sheet.name)) : sheets
  } catch (error) {
    throw refusal(error)
  }
}
function refusal(error: unknown): unknown {
  return error instanceof RosterRefused ? refused(`roster-${error.code}`, error.zh, error.en, ...(error.headings.length ? [{ headings: error.headings }] : [])) : error
}

/** What a preview and its plan come to. */
export function summaryOf(preview: RosterPreview | null, plan: Plan): Summary {
  const count = (change: string) => plan.people.filter((person) => person.change === change).length
  const doubts = (preview?.rows ?? []).flatMap((row) => row.doubts.filter((doubt) => !doubt.sure).map((doubt) => ({ at: `${row.line.sheet} ${row.line.row}`, field: doubt.field as string | null, zh: doubt.zh, en: doubt.en, raw: doubt.raw, taken: doubt.taken })))
  const general = (preview?.doubts ?? []).map((doubt) => ({ at: doubt.sheet, field: null, zh: doubt.zh, en: doubt.en, raw: doubt.header ?? '', taken: null }))
  const lineOf = new Map((preview?.rows ?? []).map((row) => [row.number, `${row.line.sheet} ${row.line.row}`]))
  const planned = plan.doubts.map(({ row, ...doubt }) => ({ at: lineOf.get(row.number) ?? row.number, ...doubt, taken: null }))
  const examples = plan.people.filter((person) => person.change !== 'unchanged').slice(0, 60)
    .map((person) => ({ change: person.change as 'arrived', number: person.row.number, name: person.row.name, from: person.from, to: person.to }))
  return {
    rows: (preview?.rows.length ?? 0) + (preview?.refused.length ?? 0), accepted: plan.people.length, refused: preview?.refused.length ?? 0, doubtful: new Set([...planned, ...doubts].map((doubt) => doubt.at)).size,
    arrived: count('arrived'), moved: count('moved'), changed: count('changed'), unchanged: count('unchanged'), left: plan.left.length, newUnits: plan.newUnits.length,
    columns: (preview?.columns ?? []).map(({ field, header }) => ({ field, header })),
    ...(preview?.headings.length ? { headings: preview.headings } : {}),
    doubts: [...general, ...planned, ...doubts].slice(0, shown),
    refusals: (preview?.refused ?? []).slice(0, shown).map((row) => ({ at: `${row.sheet} ${row.row}`, field: null, zh: row.reason.zh, en: row.reason.en, raw: row.raw.join(' | ').slice(0, 200), taken: null })),
    examples: [...examples, ...plan.left.slice(0, 30).map((person) => ({ change: 'left' as const, number: person.number, name: person.name, from: null, to: null }))],
  }
}

async function planFor(ctx: Context, rows: readonly PersonFields[], covers: string | null): Promise<Plan> {
  const { tx, institution } = ctx
  return planRoster(rows, { units: await q.allUnits(tx, institution.id), people: await q.allPeople(tx, institution.id) }, covers, await vocabularyFor(tx, institution), newId)
}

export const emptyPlan: Plan = { newUnits: [], people: [], left: [], doubts: [], hints: [] }

export const rosterCalls = [
  implement(contract.previewRoster, async (ctx, input) => {
    await forgetOld(ctx)
    const sheets = await decode(ctx.file)
    const bytes = ctx.file?.bytes.length ?? 0
    const kind = input.kind ?? (input.columns ? 'people' : guessKind(sheets))
    const by = { importId: input.importId, fileName: ctx.file?.name ?? '', by: ctx.actor.personId, kind }
    if (kind !== 'people') {
      const { lines, summary } = await tableOf(ctx, kind, sheets)
      await q.insertImport(ctx.tx, ctx.institution.id, { ...by, content: lines, summary }, ctx.now)
      await noteWhole(ctx.tx, ctx.institution.id, input.importId, { bytes, ...marksOfTable(summary.refusals) })
      return { importId: input.importId, kind, summary }
    }
    const chosen = input.columns ? chosenOf(input.columns) : recall(sheets, await pastHeadings(ctx.tx, ctx.institution.id))
    let preview: RosterPreview
    try {
      preview = readRoster(sheets, { ...(input.covers ? { kind: input.covers } : {}), chosen })
    } catch (error) {
      throw refusal(error)
    }
    const rows = preview.rows.map(({ line: _, doubts: __, ...row }) => row)
    if (!vocabularyOf(ctx.institution.vocabulary).politicalStatus) for (const row of rows) row.politicalStatus = null
    const plan = await planFor(ctx, rows, input.covers ?? null)
    const summary = summaryOf(preview, plan)
    const entered = await q.insertImport(ctx.tx, ctx.institution.id, { ...by, content: { rows, covers: input.covers ?? null }, summary }, ctx.now, input.columns !== undefined)
    if (!entered) throw conflict('这份名册已经导入过。', 'This import was applied before.')
    await noteWhole(ctx.tx, ctx.institution.id, input.importId, { bytes, ...marksOf(sheets, preview, plan.doubts) })
    return { importId: input.importId, kind, summary }
  }),

  implement(contract.applyRoster, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const stored = await q.findImport(tx, institution.id, input.importId)
    if (!stored) throw notFound()
    if (stored.appliedAt) throw conflict('这份名册已经导入过。', 'This import was applied before.')
    const done = stored.kind === 'people' ? await applyPeople(ctx, stored.content as { rows: PersonFields[]; covers: string | null }, input.applyLeft ?? false) : await applyTable(ctx, stored.kind, stored.content)
    // The receipt tells of the whole file: what the preview refused and doubted stays in it.
    const { rows, refused: refusedRows, doubtful, columns, headings, doubts, refusals } = stored.summary
    const summary = { ...done, rows, refused: refusedRows, doubtful, columns, ...(headings ? { headings } : {}), doubts, refusals }
    await q.analyse(tx)
    await q.closeImport(tx, institution.id, input.importId, summary, now)
    await noteApplied(tx, institution.id, input.importId, ctx.actor.personId)
    ctx.log({ detail: { import: input.importId, arrived: summary.arrived, moved: summary.moved, changed: summary.changed, left: summary.left } })
    ctx.enqueue({ kind: 'directory.changed', key: 'all' })
    return { summary }
  }),
]

async function applyPeople(ctx: Context, content: { rows: PersonFields[]; covers: string | null }, applyLeft: boolean): Promise<Summary> {
  const plan = await planFor(ctx, content.rows, content.covers)
  await enterPlan(ctx, plan)
  if (applyLeft) await q.markLeft(ctx.tx, ctx.institution.id, plan.left.map((person) => person.personId), ctx.now)
  return { ...summaryOf(null, plan), rows: content.rows.length, left: applyLeft ? plan.left.length : 0 }
}

/** Writes a plan. Memberships come last: with measures on they lock out whoever changes standings, until the transaction ends. */
export async function enterPlan(ctx: Context, plan: Plan): Promise<void> {
  const { tx, institution, now } = ctx
  await q.insertUnits(tx, institution.id, plan.newUnits)
  const made = new Set(plan.newUnits.map((unit) => unit.unitId))
  const tops = plan.newUnits.filter((unit) => !made.has(unit.parentId ?? '')).map((unit) => unit.unitId)
  if (tops.length) await fixPaths(tx, institution.id, tops)
  await q.upsertPeople(tx, institution.id, plan.people.filter((person) => person.change !== 'unchanged'), pinyinOf, now)
  const moves = plan.people.flatMap((person) => person.moves.map((tree) => ({ personId: person.personId, tree, unitId: person.units[tree] ?? null })))
  await q.upsertMemberships(tx, institution.id, moves.flatMap((one) => (one.unitId === null ? [] : [{ ...one, unitId: one.unitId }])), now)
  await q.deleteMemberships(tx, institution.id, moves.filter((one) => one.unitId === null).map((one) => one.personId), 'residence')
  await noteHints(tx, institution.id, plan.hints, now)
}

function guessKind(sheets: readonly Sheet[]): 'people' | 'offices' | 'links' {
  const header = sheets[0]?.rows.slice(0, 3).flat().join(' ') ?? ''
  if (/组织路径/.test(header) && /职务/.test(header)) return 'offices'
  if (/联系人?(工号|学号|学工号)/.test(header) || /党员(学号|工号|学工号)/.test(header)) return 'links'
  return 'people'
}

async function tableOf(ctx: Context, kind: 'offices' | 'links', sheets: readonly Sheet[]): Promise<{ lines: (OfficeLine | LinkLine)[]; summary: Summary }> {
  const known = { units: (await q.allUnits(ctx.tx, ctx.institution.id)).filter((unit) => !unit.ended), people: await q.allPeople(ctx.tx, ctx.institution.id) }
  const read = kind === 'offices' ? readOffices(sheets, known, await vocabularyFor(ctx.tx, ctx.institution), ctx.institution.timeZone) : readLinks(sheets, known)
  const summary: Summary = {
    ...summaryOf(null, emptyPlan), rows: read.lines.length + read.refused.length, accepted: read.lines.length, refused: read.refused.length,
    columns: read.columns, refusals: read.refused.slice(0, shown).map((one) => ({ ...one, field: null, taken: null })),
  }
  return { lines: read.lines, summary }
}

async function applyTable(ctx: Context, kind: 'offices' | 'links', content: unknown): Promise<Summary> {
  const { tx, institution, now } = ctx
  if (kind === 'offices') {
    const lines = content as OfficeLine[]
    await q.upsertOffices(tx, institution.id, lines.map((line) => ({ ...line, officeId: newId(), holdingId: newId(), from: line.from ?? now.toISOString() })))
    for (const at of new Set(lines.flatMap((line) => [line.from, line.to]))) if (at && Date.parse(at) > now.getTime()) ctx.enqueue({ kind: 'directory.changed', at: new Date(at) })
    ctx.ping('sessions')
    return { ...summaryOf(null, emptyPlan), rows: lines.length, accepted: lines.length }
  }
  const lines = content as LinkLine[]
  await q.insertLinks(tx, institution.id, lines.map((line) => ({ ...line, linkId: newId() })), now)
  return { ...summaryOf(null, emptyPlan), rows: lines.length, accepted: lines.length }
}
