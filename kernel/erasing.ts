/**
 * Erasing what is personal, in portions. Each slice says in a list what of its own tables is personal and belongs to a response; this walks those tables by their key,
 * so that every row is looked at once, however often the walk is interrupted.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from './database.ts'
import type { Bilingual } from './words.ts'

/** What one erasure reaches. Fixed when it begins, so that it means the same after any interruption. */
export interface Scope {
  institutionId: string
  responseId: string
  closedAt: string
  /** When it began: what is recorded later is not reached. */
  until: string
  /** The times that belong to this response and to no other that is not erased yet, as a tstzmultirange. */
  during: string
  /** Attributes that its measures read and no other response that is not erased yet. */
  attributes: readonly string[]
  /** Attributes that any response not erased yet reads, this one included. What nobody reads belongs to the time it was recorded. */
  read: readonly string[]
}

export interface Erasable {
  table: string
  /** The columns of its key behind the institution, with their types. */
  key: Readonly<Record<string, 'uuid' | 'text' | 'bigint' | 'int' | 'timestamptz'>>
  /** What it is, in words for the certificate: a kind of thing, never whose. */
  name: Bilingual
  /** Which rows of `t`. With `blank`: only those that are not blank yet. */
  due(scope: Scope): RawBuilder<unknown>
  /** The row stays as a count; these columns are emptied. */
  blank?: RawBuilder<unknown>
  /** Takes large parts away at once, one a portion, before rows are walked. */
  whole?(tx: Tx, scope: Scope, after: Place | null): Promise<Portion>
}

/** Something that is kept although it is personal or about the response, and why. */
export interface Kept {
  what: Bilingual
  why: Bilingual
}

/** Whether a moment belongs to this response alone. */
export const during = (scope: Scope, column: string): RawBuilder<boolean> => sql`${sql.ref(column)} <@ ${scope.during}::tstzmultirange`

/** Whether what is known of an attribute since a moment belongs to this response alone: see docs/decisions/0012-erasure.md. `facts.erase_month` says the same. */
export const ofAttribute = (scope: Scope, attribute: string, since: string): RawBuilder<boolean> =>
  sql`((${sql.ref(attribute)} = any(${[...scope.attributes]}::text[]) or (${sql.ref(attribute)} <> all(${[...scope.read]}::text[]) and ${during(scope, since)})) and ${sql.ref(since)} <= ${scope.until}::timestamptz)`

export async function countDue(tx: Tx, one: Erasable, scope: Scope): Promise<number> {
  return (await sql<{ n: number }>`select count(*) as n from ${sql.table(one.table)} t where t.institution_id = ${scope.institutionId} and (${one.due(scope)})`.execute(tx)).rows[0]?.n ?? 0
}

/** Where a walk has come to: the key of the last row it looked at. */
export type Place = readonly string[]
export interface Portion {
  erased: number
  /** null: it came to the end. */
  after: Place | null
}

/** Looks at the next `most` rows behind `after` and erases what is due: a stretch of the key, so that no plan has to look anywhere else. */
export async function erasePortion(tx: Tx, one: Erasable, scope: Scope, after: Place | null, most: number): Promise<Portion> {
  const keys = Object.entries(one.key)
  const list = sql.join(keys.map(([column]) => sql.ref(`t.${column}`)))
  const place = (at: Place) => sql`(${sql.join(keys.map(([, type], index) => sql`${at[index]}::${sql.raw(type)}`))})`
  const mine = sql`t.institution_id = ${scope.institutionId} ${after ? sql`and (${list}) > ${place(after)}` : sql``}`
  const table = sql.table(one.table)
  const [end] = (await sql<{ place: string[] }>`select array[${sql.join(keys.map(([column]) => sql`${sql.ref(`t.${column}`)}::text`))}] as place from ${table} t where ${mine} order by ${list} offset ${most - 1} limit 1`.execute(tx)).rows
  const stretch = sql`${mine} ${end ? sql`and (${list}) <= ${place(end.place)}` : sql``} and (${one.due(scope)})`
  const done = await (one.blank ? sql`update ${table} t set ${one.blank} where ${stretch}` : sql`delete from ${table} t where ${stretch}`).execute(tx)
  return { erased: Number(done.numAffectedRows ?? 0), after: end?.place ?? null }
}

/** The planner's statistics hold values too: they are taken anew. */
export async function forgetValues(tx: Tx, tables: readonly string[]): Promise<void> {
  await sql`select kernel.forget_values(${[...tables]}::text[])`.execute(tx)
}

// ── What the kernel itself keeps ─────────────────────────────────────────────────────────────────
export const kernelErasables: readonly Erasable[] = [
  {
    // Receipts of requests hold what was answered to them; they are there so that a request sent twice is done once, which nobody needs a day later.
    table: 'kernel.request', key: { request_id: 'uuid' }, name: { zh: '请求回执（含当时的答复内容）', en: 'Receipts of requests, with what was answered' },
    due: (scope) => sql`t.at < ${scope.until}::timestamptz - interval '1 day' or t.at < ${scope.closedAt}::timestamptz`,
  },
]
export const kernelKept: readonly Kept[] = [
  { what: { zh: '操作记录', en: 'The log of acts' }, why: { zh: '谁在何时做了什么，是履职与追责的证据；不含填报内容、姓名和文字。', en: 'Who did what when is the evidence of office; it holds no answers, names or words.' } },
  { what: { zh: '查看记录（谁看过谁、因何）', en: 'Who looked at whose data, and why' }, why: { zh: '每个人有权知道谁看过自己；处理记录依法留存至少三年。', en: 'Everybody has a right to know who looked; records of processing are kept by law for three years at least.' } },
]
