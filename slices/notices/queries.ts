/** SQL about notices, their clauses, doubts, originals, and what was learnt from corrections. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { Demand } from './demand.ts'
import type { CorrectionKind, NoticeStatus } from './rules.ts'
import type { KnownUnit } from './addressees.ts'

export interface NoticeRow {
  noticeId: string
  responseId: string | null
  status: NoticeStatus
  version: number
  amends: string | null
  amendedBy: string | null
  issuer: string | null
  docNumber: string | null
  title: string | null
  addressees: string[]
  date: string | null
  hazards: string[]
  reportTo: string | null
  endsOn: string | null
  /** Chosen by a person; else it follows from the issuer. */
  demandedBy: Demand | null
  unmatched: string[]
  importedAt: string
  issuedAt: string | null
  issuedBy: string | null
  issuedById: string | null
  withdrawnAt: string | null
  withdrawalReason: string | null
  reached: number
}
const noticeColumns = sql`n.notice_id as "noticeId", n.response_id as "responseId", n.status, n.version, n.amends,
  (select s.notice_id from notices.notice s where s.institution_id = n.institution_id and s.amends = n.notice_id and s.status <> 'draft' limit 1) as "amendedBy",
  n.issuer, n.doc_number as "docNumber", n.title, n.addressees, n.signed_on as date, n.hazards, n.report_to as "reportTo", n.ends_on as "endsOn", n.demanded_by as "demandedBy", n.unmatched,
  n.imported_at as "importedAt", n.issued_at as "issuedAt", n.issued_by as "issuedById",
  case n.issued_from when 'command-line' then coalesce(n.issued_for, '') else (select p.name from directory.person p where p.institution_id = n.institution_id and p.person_id = n.issued_by) end as "issuedBy",
  n.withdrawn_at as "withdrawnAt", n.withdrawal_reason as "withdrawalReason", coalesce(n.reached, 0) as reached`

export async function findNotices(tx: Tx, institutionId: string, noticeIds: string[]): Promise<NoticeRow[]> {
  return (await sql<NoticeRow>`select ${noticeColumns} from notices.notice n where n.institution_id = ${institutionId} and n.notice_id = any(${noticeIds}::uuid[])`.execute(tx)).rows
}

/** Locks a notice, so that two people cannot issue or change it at once. */
export async function lockNotice(tx: Tx, institutionId: string, noticeId: string): Promise<void> {
  await sql`select 1 from notices.notice where institution_id = ${institutionId} and notice_id = ${noticeId} for update`.execute(tx)
}

export async function noticeText(tx: Tx, institutionId: string, noticeId: string): Promise<{ body: string; reading: Record<string, unknown> } | undefined> {
  return (await sql<{ body: string; reading: Record<string, unknown> }>`select body, reading from notices.notice where institution_id = ${institutionId} and notice_id = ${noticeId}`.execute(tx)).rows[0]
}

export async function listDrafts(tx: Tx, institutionId: string, offset: number, size: number): Promise<{ total: number; rows: (NoticeRow & { duties: number; confirmed: number; openDoubts: number })[] }> {
  const { rows } = await sql<NoticeRow & { duties: number; confirmed: number; openDoubts: number; total: number }>`select ${noticeColumns}, count(*) over () as total,
      (select count(*) from notices.duty d where d.institution_id = n.institution_id and d.notice_id = n.notice_id and d.status <> 'dropped') as duties,
      (select count(*) from notices.duty d where d.institution_id = n.institution_id and d.notice_id = n.notice_id and d.status = 'confirmed') as confirmed,
      (select count(*) from notices.doubt d where d.institution_id = n.institution_id and d.notice_id = n.notice_id and d.settled_at is null) as "openDoubts"
    from notices.notice n where n.institution_id = ${institutionId} and n.status = 'draft' order by n.imported_at desc, n.notice_id limit ${size} offset ${offset}`.execute(tx)
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _, ...row }) => row) }
}

/** Notices with the same text, or the same number of the same issuer. */
export async function findTwins(tx: Tx, institutionId: string, bodyHash: Uint8Array, docNumber: string | null, issuer: string | null, except: string): Promise<{ noticeId: string; title: string | null; docNumber: string | null; status: NoticeStatus; sameText: boolean }[]> {
  return (
    await sql<{ noticeId: string; title: string | null; docNumber: string | null; status: NoticeStatus; sameText: boolean }>`select notice_id as "noticeId", title, doc_number as "docNumber", status, body_hash = ${Buffer.from(bodyHash)} as "sameText"
    from notices.notice where institution_id = ${institutionId} and notice_id <> ${except} and status <> 'withdrawn'
      and (body_hash = ${Buffer.from(bodyHash)} or (${docNumber}::text is not null and doc_number = ${docNumber} and issuer is not distinct from ${issuer})) order by "sameText" desc, imported_at desc limit 5`.execute(tx)
  ).rows
}

export interface NewNotice {
  noticeId: string
  responseId: string | null
  amends: string | null
  version: number
  body: string
  bodyHash: Uint8Array
  issuer: string | null
  docNumber: string | null
  title: string | null
  addressees: string[]
  date: string | null
  hazards: string[]
  reportTo: string | null
  endsOn: string | null
  reading: unknown
  unmatched: string[]
}
export async function insertNotice(tx: Tx, institutionId: string, one: NewNotice, now: Date, by: string | null): Promise<void> {
  await sql`insert into notices.notice (institution_id, notice_id, response_id, amends, version, body, body_hash, issuer, doc_number, title, addressees, signed_on, hazards, report_to, ends_on, reading, unmatched, imported_at, imported_by)
    values (${institutionId}, ${one.noticeId}, ${one.responseId}, ${one.amends}, ${one.version}, ${one.body}, ${Buffer.from(one.bodyHash)}, ${one.issuer}, ${one.docNumber}, ${one.title}, ${one.addressees}::text[], ${one.date}, ${one.hazards}::text[],
      ${one.reportTo}, ${one.endsOn}, ${JSON.stringify(one.reading)}, ${one.unmatched}::text[], ${now}, ${by})`.execute(tx)
}

export async function insertOriginal(tx: Tx, institutionId: string, noticeId: string, file: { name: string; bytes: Uint8Array; sha256: Uint8Array }): Promise<void> {
  await sql`insert into notices.original (institution_id, notice_id, name, bytes, sha256) values (${institutionId}, ${noticeId}, ${file.name}, ${Buffer.from(file.bytes)}, ${Buffer.from(file.sha256)})`.execute(tx)
}
export async function findOriginal(tx: Tx, institutionId: string, noticeId: string): Promise<{ name: string; bytes: Buffer; sha256: string } | undefined> {
  return (await sql<{ name: string; bytes: Buffer; sha256: string }>`select name, bytes, encode(sha256, 'hex') as sha256 from notices.original where institution_id = ${institutionId} and notice_id = ${noticeId}`.execute(tx)).rows[0]
}
export async function describeOriginal(tx: Tx, institutionId: string, noticeId: string): Promise<{ name: string; size: number; sha256: string } | undefined> {
  return (await sql<{ name: string; size: number; sha256: string }>`select name, length(bytes) as size, encode(sha256, 'hex') as sha256 from notices.original where institution_id = ${institutionId} and notice_id = ${noticeId}`.execute(tx)).rows[0]
}

export interface ClauseRow {
  clauseId: string
  number: string
  label: string
  level: number
  heading: string | null
  parentId: string | null
  start: number
  end: number
  sentences: { start: number; end: number; kind: 'principle' | 'duty' | 'prohibition' | 'condition' | 'evaluation' | 'reporting' | 'context' }[]
}
export async function insertClauses(tx: Tx, institutionId: string, noticeId: string, clauses: ClauseRow[]): Promise<void> {
  await sql`insert into notices.clause (institution_id, notice_id, clause_id, position, number, label, level, heading, parent_id, span, sentences)
    select ${institutionId}, ${noticeId}, c."clauseId", c.position, c.number, c.label, c.level, c.heading, c."parentId", int4range(c.start, c."end"), c.sentences
    from jsonb_to_recordset(${JSON.stringify(clauses.map((clause, position) => ({ ...clause, position })))}::jsonb)
      as c("clauseId" text, position int, number text, label text, level int, heading text, "parentId" text, start int, "end" int, sentences jsonb)`.execute(tx)
}
export async function findClauses(tx: Tx, institutionId: string, noticeId: string): Promise<ClauseRow[]> {
  return (
    await sql<ClauseRow>`select clause_id as "clauseId", number, label, level, heading, parent_id as "parentId", coalesce(lower(span), 0) as start, coalesce(upper(span), 0) as "end", sentences
    from notices.clause where institution_id = ${institutionId} and notice_id = ${noticeId} order by position`.execute(tx)
  ).rows
}

export interface DoubtRow {
  doubtId: number
  code: string
  weight: number
  zh: string
  en: string
  start: number | null
  end: number | null
  dutyId: string | null
  settled: boolean
}
export async function insertDoubts(tx: Tx, institutionId: string, noticeId: string, doubts: Omit<DoubtRow, 'settled'>[]): Promise<void> {
  await sql`insert into notices.doubt (institution_id, notice_id, doubt_id, code, weight, zh, en, span, duty_id)
    select ${institutionId}, ${noticeId}, d."doubtId", d.code, d.weight, d.zh, d.en, case when d.start is not null then int4range(d.start, greatest(d."end", d.start + 1)) end, d."dutyId"
    from jsonb_to_recordset(${JSON.stringify(doubts)}::jsonb) as d("doubtId" int, code text, weight float8, zh text, en text, start int, "end" int, "dutyId" uuid)`.execute(tx)
}
/** Prohibitions first, then by importance. */
export async function findDoubts(tx: Tx, institutionId: string, noticeId: string): Promise<DoubtRow[]> {
  return (
    await sql<DoubtRow>`select o.doubt_id as "doubtId", o.code, o.weight, o.zh, o.en, lower(o.span) as start, upper(o.span) as "end", o.duty_id as "dutyId", o.settled_at is not null as settled
    from notices.doubt o left join notices.duty d on d.institution_id = o.institution_id and d.duty_id = o.duty_id
    where o.institution_id = ${institutionId} and o.notice_id = ${noticeId}
    order by (d.modality = 'must-not' or o.code like '%prohibition%') desc nulls last, o.weight desc, o.doubt_id`.execute(tx)
  ).rows
}
export async function settleDoubt(tx: Tx, institutionId: string, noticeId: string, doubtId: number, settled: boolean, now: Date, by: string | null): Promise<boolean> {
  const done = await sql`update notices.doubt set settled_at = ${settled ? now : null}, settled_by = ${settled ? by : null} where institution_id = ${institutionId} and notice_id = ${noticeId} and doubt_id = ${doubtId}`.execute(tx)
  return Number(done.numAffectedRows) === 1
}

export interface HeaderPatch {
  title?: string | null
  issuer?: string | null
  docNumber?: string | null
  date?: string | null
  hazards?: string[]
  reportTo?: string | null
  addressees?: string[]
  unmatched?: string[]
  responseId?: string | null
  endsOn?: string | null
  demandedBy?: Demand | null
}
export async function updateHeader(tx: Tx, institutionId: string, noticeId: string, patch: HeaderPatch): Promise<void> {
  const has = (key: keyof HeaderPatch) => patch[key] !== undefined
  await sql`update notices.notice set
      title = case when ${has('title')} then ${patch.title ?? null} else title end, issuer = case when ${has('issuer')} then ${patch.issuer ?? null} else issuer end,
      doc_number = case when ${has('docNumber')} then ${patch.docNumber ?? null} else doc_number end, signed_on = case when ${has('date')} then ${patch.date ?? null}::date else signed_on end,
      hazards = case when ${has('hazards')} then ${patch.hazards ?? []}::text[] else hazards end, report_to = case when ${has('reportTo')} then ${patch.reportTo ?? null} else report_to end,
      addressees = case when ${has('addressees')} then ${patch.addressees ?? []}::text[] else addressees end, unmatched = case when ${has('unmatched')} then ${patch.unmatched ?? []}::text[] else unmatched end,
      response_id = case when ${has('responseId')} then ${patch.responseId ?? null}::uuid else response_id end, ends_on = case when ${has('endsOn')} then ${patch.endsOn ?? null}::date else ends_on end,
      demanded_by = case when ${has('demandedBy')} then ${patch.demandedBy ?? null} else demanded_by end
    where institution_id = ${institutionId} and notice_id = ${noticeId}`.execute(tx)
}
export async function deleteNotice(tx: Tx, institutionId: string, noticeId: string): Promise<void> {
  await sql`delete from notices.notice where institution_id = ${institutionId} and notice_id = ${noticeId} and status = 'draft'`.execute(tx)
}
export async function markIssued(tx: Tx, institutionId: string, noticeId: string, now: Date, by: { personId: string | null; from: 'person' | 'command-line'; for: string | null }, reached: number): Promise<boolean> {
  const done = await sql`update notices.notice set status = 'issued', issued_at = ${now}, issued_by = ${by.personId}, issued_from = ${by.from}, issued_for = ${by.for}, reached = ${reached}
    where institution_id = ${institutionId} and notice_id = ${noticeId} and status = 'draft'`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
export async function markEnded(tx: Tx, institutionId: string, noticeId: string, status: 'withdrawn' | 'superseded', now: Date, by: string | null, reason: string | null): Promise<boolean> {
  const done = await sql`update notices.notice set status = ${status}, withdrawn_at = ${status === 'withdrawn' ? now : null}, withdrawn_by = ${by}, withdrawal_reason = ${reason}
    where institution_id = ${institutionId} and notice_id = ${noticeId} and status = 'issued'`.execute(tx)
  return Number(done.numAffectedRows) === 1
}

/** Is this response open? Null where there is none. */
export async function responseState(tx: Tx, institutionId: string, responseId: string): Promise<'open' | 'closed' | null> {
  const [row] = (await sql<{ closed: boolean }>`select closed_at is not null as closed from responses.response where institution_id = ${institutionId} and response_id = ${responseId}`.execute(tx)).rows
  return row ? (row.closed ? 'closed' : 'open') : null
}

// ── Who can be addressed ─────────────────────────────────────────────────────────────────────────
/** Units that a notice may name: all but floors and rooms. */
export async function addressableUnits(tx: Tx, institutionId: string): Promise<KnownUnit[]> {
  return (
    await sql<KnownUnit>`select unit_id as "unitId", tree, kind, name, parent_id as "parentId" from directory.unit
    where institution_id = ${institutionId} and closed_at is null and kind not in ('floor', 'room') order by nlevel(path), name`.execute(tx)
  ).rows
}
export async function unitsThatExist(tx: Tx, institutionId: string, unitIds: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select unit_id as id from directory.unit where institution_id = ${institutionId} and unit_id = any(${unitIds}::uuid[]) and closed_at is null`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

// ── What was learnt ──────────────────────────────────────────────────────────────────────────────
export interface CorrectionRow {
  correctionId: string
  kind: CorrectionKind
  phrase: string
  proposed: Record<string, unknown>
  made: Record<string, unknown>
  at: string
  by: string | null
  inUse: boolean
  noticeTitle: string
}
const correctionColumns = sql`c.correction_id as "correctionId", c.kind, c.phrase, c.proposed, c.made, c.at, (select p.name from directory.person p where p.institution_id = c.institution_id and p.person_id = c.by_person) as by,
  c.in_use as "inUse", coalesce((select n.title from notices.notice n where n.institution_id = c.institution_id and n.notice_id = c.notice_id), '') as "noticeTitle"`
export async function listCorrections(tx: Tx, institutionId: string, inUse: boolean): Promise<CorrectionRow[]> {
  return (await sql<CorrectionRow>`select ${correctionColumns} from notices.correction c where c.institution_id = ${institutionId} and (c.in_use or not ${inUse}) order by c.at desc, c.correction_id limit 2000`.execute(tx)).rows
}
/** Remembers a correction; a newer one on the same phrase takes the place of the older. */
export async function remember(tx: Tx, institutionId: string, one: { correctionId: string; noticeId: string; kind: CorrectionKind; phrase: string; proposed: unknown; made: unknown }, now: Date, by: string | null): Promise<void> {
  if (one.kind !== 'field') await sql`update notices.correction set in_use = false where institution_id = ${institutionId} and kind = ${one.kind} and phrase = ${one.phrase} and in_use`.execute(tx)
  await sql`insert into notices.correction (institution_id, correction_id, notice_id, kind, phrase, proposed, made, at, by_person, in_use)
    values (${institutionId}, ${one.correctionId}, ${one.noticeId}, ${one.kind}, ${one.phrase}, ${JSON.stringify(one.proposed)}, ${JSON.stringify(one.made)}, ${now}, ${by}, ${one.kind !== 'field'})`.execute(tx)
}
export async function forget(tx: Tx, institutionId: string, by: { correctionId: string } | { kind: CorrectionKind; phrase: string }): Promise<boolean> {
  const which = 'correctionId' in by ? sql`correction_id = ${by.correctionId}` : sql`kind = ${by.kind} and phrase = ${by.phrase}`
  const done = await sql`update notices.correction set in_use = false where institution_id = ${institutionId} and ${which} and in_use`.execute(tx)
  return Number(done.numAffectedRows) > 0
}

/** Applies a correction again; another on the same phrase gives way. */
export async function reuse(tx: Tx, institutionId: string, correctionId: string): Promise<boolean> {
  await sql`update notices.correction c set in_use = false from notices.correction one where one.institution_id = ${institutionId} and one.correction_id = ${correctionId}
    and c.institution_id = one.institution_id and c.kind = one.kind and c.phrase = one.phrase and c.correction_id <> one.correction_id and c.in_use`.execute(tx)
  const done = await sql`update notices.correction set in_use = true where institution_id = ${institutionId} and correction_id = ${correctionId} and kind <> 'field'`.execute(tx)
  return Number(done.numAffectedRows) > 0
}

/** Does something, answers what came of it, and takes it back. */
export async function trying<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint trying`.execute(tx)
  try {
    return await work()
  } finally {
    await sql`rollback to savepoint trying`.execute(tx)
  }
}
export async function thatExist(tx: Tx, kind: 'notice' | 'duty', ids: string[]): Promise<Set<string>> {
  const found = kind === 'notice' ? sql<{ id: string }>`select notice_id as id from notices.notice where institution_id = kernel.institution_id() and notice_id = any(${ids}::uuid[])`
    : sql<{ id: string }>`select duty_id as id from notices.duty where institution_id = kernel.institution_id() and duty_id = any(${ids}::uuid[])`
  return new Set((await found.execute(tx)).rows.map((row) => row.id))
}
export async function rootIds(tx: Tx): Promise<string[]> {
  return (await sql<{ id: string }>`select unit_id as id from directory.unit where institution_id = kernel.institution_id() and parent_id is null`.execute(tx)).rows.map((row) => row.id)
}
