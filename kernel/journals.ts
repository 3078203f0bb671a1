/** Reading the log. Who the actors are is not the kernel's to know. */
import { sql } from 'kysely'
import type { Tx } from './database.ts'

export interface LogEntry {
  seq: number
  at: string
  actorKind: 'person' | 'operator' | 'system' | 'anonymous'
  actorId: string | null
  /** How many acted in the same flush, where there were several. */
  others: number
  call: string
  subjectKind: string | null
  subjectId: string | null
  detail: Record<string, unknown>
}
export interface LogFilter {
  from: Date
  to: Date
  actorId: string | null
  call: string | null
  subjectId: string | null
  /** Earlier than this number: the next page. */
  before: number | null
}
/** The newest first. */
export async function readLog(tx: Tx, institutionId: string, { from, to, actorId, call, subjectId, before }: LogFilter, most: number): Promise<LogEntry[]> {
  return (
    await sql<LogEntry>`select l.seq, l.at, l.actor_kind as "actorKind", l.actor_id as "actorId", l.call, l.subject_kind as "subjectKind", l.subject_id as "subjectId", l.detail, coalesce(cardinality(l.actor_ids), 0) as others
    from kernel.log l where l.institution_id = ${institutionId} and l.at >= ${from}::timestamptz and l.at < ${to}::timestamptz and (${before}::bigint is null or l.seq < ${before})
      and (${actorId}::uuid is null or l.actor_id = ${actorId} or ${actorId}::uuid = any(l.actor_ids)) and (${call}::text is null or l.call = ${call}) and (${subjectId}::uuid is null or l.subject_id = ${subjectId})
    order by l.seq desc limit ${most}`.execute(tx)
  ).rows
}

export interface LogEnds {
  firstAt: string | null
  lastAt: string | null
  lastSeq: number | null
}
/** Where the log of an institution begins and ends. */
export async function endsOfLog(tx: Tx, institutionId: string): Promise<LogEnds> {
  const found = await sql<LogEnds>`select (select at from kernel.log where institution_id = ${institutionId} order by seq limit 1) as "firstAt", last.at as "lastAt", last.seq as "lastSeq"
    from (select 1) one left join lateral (select at, seq from kernel.log where institution_id = ${institutionId} order by seq desc limit 1) last on true`.execute(tx)
  return found.rows[0] ?? { firstAt: null, lastAt: null, lastSeq: null }
}
