/** SQL of briefs themselves: editions, figures, sendings. What is counted stands in queries-count.ts. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { Bilingual } from '#kernel/words.ts'
import type { Counts } from './rules.ts'

export interface Unit {
  unitId: string
  tree: 'admin' | 'party' | 'residence'
  kind: string
  name: string
  parentId: string | null
}
export type Group = 'response' | 'duties' | 'units' | 'coverage' | 'help'
export type Format = 'docx' | 'pdf' | 'xlsx'
export type Language = 'zh-Hans' | 'zh-Hant' | 'en'

/** Coverage of one measure by the units just below, as it was. */
export interface UnitTable {
  measureId: string
  name: Bilingual
  subjectKind: 'person' | 'unit'
  total: Counts
  rows: { unit: Unit | null; counts: Counts }[]
}
export interface BriefRow {
  briefId: string
  seriesId: string
  edition: number
  kind: 'regular' | 'zero'
  state: 'draft' | 'signed'
  subjectKind: 'notice' | 'response'
  subjectId: string
  subjectName: string
  responseId: string | null
  unit: Unit
  title: string
  addressee: string | null
  reportTo: string | null
  proposedAddress: string | null
  from: string
  to: string
  asOf: string
  situation: string
  problems: string
  nextSteps: string
  tables: UnitTable[]
  previousId: string | null
  corrects: string | null
  reason: string | null
  draftedBy: string | null
  signedName: string | null
  signedTitle: string | null
  signedAt: string | null
  content: unknown
  erasedAt: string | null
  sent: number
  later: { briefId: string; edition: number; reason: string; signed: boolean } | null
}

const unitBrief = sql`jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id)`
/** Without `content` and `tables`, which lists do not need. */
const rowColumns = sql`b.brief_id as "briefId", b.series_id as "seriesId", b.edition, b.kind, b.state, b.subject_kind as "subjectKind", b.subject_id as "subjectId", b.subject_name as "subjectName",
  b.response_id as "responseId", ${unitBrief} as unit, b.title, b.addressee, b.report_to as "reportTo", b.proposed_address as "proposedAddress",
  b.period_from as "from", b.period_to as "to", b.as_of as "asOf", b.situation, b.problems, b.next_steps as "nextSteps", b.previous_id as "previousId", b.corrects, b.reason,
  d.name as "draftedBy", b.signed_name as "signedName", b.signed_title as "signedTitle", b.signed_at as "signedAt", b.erased_at as "erasedAt",
  (select count(*) from briefs.sending s where s.institution_id = b.institution_id and s.brief_id = b.brief_id and s.state = 'sent')::int as sent,
  (select jsonb_build_object('briefId', n.brief_id, 'edition', n.edition, 'reason', n.reason, 'signed', n.state = 'signed') from briefs.brief n
    where n.institution_id = b.institution_id and n.series_id = b.series_id and n.edition > b.edition order by n.edition limit 1) as later`
const joined = sql`briefs.brief b join directory.unit u on u.institution_id = b.institution_id and u.unit_id = b.unit_id
  left join directory.person d on d.institution_id = b.institution_id and d.person_id = b.drafted_by`

export async function findBrief(tx: Tx, institutionId: string, briefId: string): Promise<BriefRow | undefined> {
  return (await sql<BriefRow>`select ${rowColumns}, b.tables, b.content from ${joined} where b.institution_id = ${institutionId} and b.brief_id = ${briefId}`.execute(tx)).rows[0]
}

export async function lockBrief(tx: Tx, institutionId: string, briefId: string): Promise<BriefRow | undefined> {
  await sql`select from briefs.brief where institution_id = ${institutionId} and brief_id = ${briefId} for update`.execute(tx)
  return findBrief(tx, institutionId, briefId)
}

export interface Filter {
  unitId: string
  below: boolean
  subjectId: string | null
}
export async function listBriefs(tx: Tx, institutionId: string, filter: Filter, offset: number, size: number): Promise<{ total: number; rows: BriefRow[] }> {
  const within = filter.below
    ? sql`exists (select from directory.unit w where w.institution_id = b.institution_id and w.unit_id = ${filter.unitId} and (u.path <@ w.path or (w.parent_id is null and w.tree = 'admin')))`
    : sql`b.unit_id = ${filter.unitId}`
  const where: RawBuilder<unknown> = sql`b.institution_id = ${institutionId} and ${within} and (b.subject_id = ${filter.subjectId} or ${filter.subjectId}::uuid is null)`
  const rows = await sql<BriefRow>`select ${rowColumns}, '[]'::jsonb as tables, null as content from ${joined} where ${where} order by b.as_of desc, b.edition desc limit ${size} offset ${offset}`.execute(tx)
  const total = await sql<{ n: number }>`select count(*) as n from ${joined} where ${where}`.execute(tx)
  return { total: total.rows[0]?.n ?? 0, rows: rows.rows }
}

/** The latest signed brief of the unit on the same subject, older than a moment and of another series. */
export async function previousSigned(
  tx: Tx, institutionId: string, unitId: string, subjectId: string, before: Date, seriesId: string,
): Promise<{ briefId: string; edition: number; asOf: string; to: string } | undefined> {
  return (
    await sql<{ briefId: string; edition: number; asOf: string; to: string }>`select brief_id as "briefId", edition, as_of as "asOf", period_to as "to" from briefs.brief
    where institution_id = ${institutionId} and unit_id = ${unitId} and subject_id = ${subjectId} and state = 'signed' and as_of < ${before}::timestamptz and series_id <> ${seriesId}
    order by as_of desc, edition desc limit 1`.execute(tx)
  ).rows[0]
}

export interface FigureRow {
  figureId: string
  briefId: string
  position: number
  group: Group
  key: string
  label: Bilingual
  value: number
  hidden: boolean
  words: Bilingual | null
  counts: Bilingual
  previous: number | null
  source: Bilingual
  query: Record<string, unknown>
  frame: string | null
  mark: string | null
  codes: number[] | null
}
const figureColumns = sql`figure_id as "figureId", brief_id as "briefId", position, grouped as "group", key, label, value, hidden, words, counts, previous, source, query, frame, mark, codes`

export async function figuresOf(tx: Tx, institutionId: string, briefId: string): Promise<FigureRow[]> {
  return (await sql<FigureRow>`select ${figureColumns} from briefs.figure where institution_id = ${institutionId} and brief_id = ${briefId} order by position`.execute(tx)).rows
}
export async function findFigure(tx: Tx, institutionId: string, figureId: string): Promise<FigureRow | undefined> {
  return (await sql<FigureRow>`select ${figureColumns} from briefs.figure where institution_id = ${institutionId} and figure_id = ${figureId}`.execute(tx)).rows[0]
}

/** The unit of briefs, and of briefs by their figures; absent ids are absent. */
export async function unitsOfBriefs(tx: Tx, briefIds: string[]): Promise<{ id: string; unitId: string }[]> {
  return (await sql<{ id: string; unitId: string }>`select brief_id as id, unit_id as "unitId" from briefs.brief where institution_id = kernel.institution_id() and brief_id = any(${briefIds}::uuid[])`.execute(tx)).rows
}
export async function unitsOfFigures(tx: Tx, figureIds: string[]): Promise<{ id: string; unitId: string }[]> {
  return (
    await sql<{ id: string; unitId: string }>`select f.figure_id as id, b.unit_id as "unitId" from briefs.figure f join briefs.brief b using (institution_id, brief_id)
    where f.institution_id = kernel.institution_id() and f.figure_id = any(${figureIds}::uuid[])`.execute(tx)
  ).rows
}

// ── Writes ───────────────────────────────────────────────────────────────────────────────────────
export interface NewBrief {
  briefId: string
  seriesId: string
  edition: number
  kind: 'regular' | 'zero'
  subjectKind: 'notice' | 'response'
  subjectId: string
  subjectName: string
  responseId: string | null
  unitId: string
  title: string
  addressee: string | null
  reportTo: string | null
  proposedAddress: string | null
  from: Date
  to: Date
  situation: string
  problems: string
  nextSteps: string
  corrects: string | null
  reason: string | null
  draftedBy: string | null
}
export async function insertBrief(tx: Tx, institutionId: string, brief: NewBrief, now: Date): Promise<void> {
  await sql`insert into briefs.brief (institution_id, brief_id, series_id, edition, kind, state, subject_kind, subject_id, subject_name, response_id, unit_id, title, addressee, report_to, proposed_address,
      period_from, period_to, as_of, situation, problems, next_steps, corrects, reason, drafted_by, drafted_at)
    values (${institutionId}, ${brief.briefId}, ${brief.seriesId}, ${brief.edition}, ${brief.kind}, 'draft', ${brief.subjectKind}, ${brief.subjectId}, ${brief.subjectName}, ${brief.responseId}, ${brief.unitId},
      ${brief.title}, ${brief.addressee}, ${brief.reportTo}, ${brief.proposedAddress}, ${brief.from}, ${brief.to}, ${now}, ${brief.situation}, ${brief.problems}, ${brief.nextSteps},
      ${brief.corrects}, ${brief.reason}, ${brief.draftedBy}, ${now})`.execute(tx)
}

export async function setCounted(tx: Tx, institutionId: string, briefId: string, tables: UnitTable[], previousId: string | null, asOf: Date): Promise<void> {
  await sql`update briefs.brief set tables = ${JSON.stringify(tables)}, previous_id = ${previousId}, as_of = ${asOf}
    where institution_id = ${institutionId} and brief_id = ${briefId}`.execute(tx)
}
export async function setTexts(tx: Tx, institutionId: string, briefId: string, texts: { title: string; situation: string; problems: string; nextSteps: string }): Promise<void> {
  await sql`update briefs.brief set title = ${texts.title}, situation = ${texts.situation}, problems = ${texts.problems}, next_steps = ${texts.nextSteps}
    where institution_id = ${institutionId} and brief_id = ${briefId}`.execute(tx)
}
export async function setSigned(tx: Tx, institutionId: string, briefId: string, signer: { personId: string; name: string; title: string }, content: unknown, now: Date): Promise<void> {
  await sql`update briefs.brief set state = 'signed', signed_by = ${signer.personId}, signed_name = ${signer.name}, signed_title = ${signer.title}, signed_at = ${now}, content = ${JSON.stringify(content)}
    where institution_id = ${institutionId} and brief_id = ${briefId}`.execute(tx)
}
export async function deleteBrief(tx: Tx, institutionId: string, briefId: string): Promise<void> {
  await sql`delete from briefs.brief where institution_id = ${institutionId} and brief_id = ${briefId} and state = 'draft'`.execute(tx)
}

export async function deleteCounted(tx: Tx, institutionId: string, briefId: string): Promise<void> {
  await sql`delete from briefs.figure where institution_id = ${institutionId} and brief_id = ${briefId}`.execute(tx)
  await sql`delete from briefs.frame where institution_id = ${institutionId} and brief_id = ${briefId}`.execute(tx)
}
export async function insertFigures(tx: Tx, institutionId: string, briefId: string, figures: Omit<FigureRow, 'briefId'>[]): Promise<void> {
  await sql`insert into briefs.figure (institution_id, brief_id, figure_id, position, grouped, key, label, value, hidden, words, counts, previous, source, query, frame, mark, codes)
    select ${institutionId}, ${briefId}, f.* from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) as f("figureId" uuid, position int, "group" text, key text, label jsonb, value double precision, hidden boolean,
      words jsonb, counts jsonb, previous double precision, source jsonb, query jsonb, frame text, mark text, codes int[])`.execute(tx)
}

// ── Sending ──────────────────────────────────────────────────────────────────────────────────────
export interface SendingRow {
  sendId: string
  briefId: string
  to: string
  formats: Format[]
  language: Language
  state: 'waiting' | 'sent' | 'failed'
  askedAt: string
  askedBy: string | null
  sentAt: string | null
  attempts: number
  problem: Bilingual | null
}
const sendingColumns = sql`s.send_id as "sendId", s.brief_id as "briefId", s.address as "to", s.formats, s.language, s.state, s.asked_at as "askedAt", p.name as "askedBy", s.sent_at as "sentAt", s.attempts, s.problem`
const sendings = sql`briefs.sending s left join directory.person p on p.institution_id = s.institution_id and p.person_id = s.asked_by`

export async function sendingsOf(tx: Tx, institutionId: string, briefId: string): Promise<SendingRow[]> {
  return (await sql<SendingRow>`select ${sendingColumns} from ${sendings} where s.institution_id = ${institutionId} and s.brief_id = ${briefId} order by s.asked_at desc limit 100`.execute(tx)).rows
}
export async function findSending(tx: Tx, institutionId: string, sendId: string): Promise<SendingRow | undefined> {
  return (await sql<SendingRow>`select ${sendingColumns} from ${sendings} where s.institution_id = ${institutionId} and s.send_id = ${sendId}`.execute(tx)).rows[0]
}
export async function insertSending(tx: Tx, institutionId: string, sending: { sendId: string; briefId: string; to: string; formats: Format[]; language: Language; askedBy: string | null }, now: Date): Promise<void> {
  await sql`insert into briefs.sending (institution_id, send_id, brief_id, address, formats, language, asked_at, asked_by)
    values (${institutionId}, ${sending.sendId}, ${sending.briefId}, ${sending.to}, ${sending.formats}::text[], ${sending.language}, ${now}, ${sending.askedBy})`.execute(tx)
}
export async function setSending(tx: Tx, institutionId: string, sendId: string, result: { state: 'waiting' | 'sent' | 'failed'; problem: Bilingual | null }, now: Date): Promise<void> {
  await sql`update briefs.sending set state = ${result.state}, attempts = attempts + 1, problem = ${result.problem ? JSON.stringify(result.problem) : null},
      sent_at = case when ${result.state} = 'sent' then ${now}::timestamptz end where institution_id = ${institutionId} and send_id = ${sendId} and state = 'waiting'`.execute(tx)
}
