/** All SQL about facts. */
import { sql } from 'kysely'
import type { Static } from 'typebox'
import { prepared, type Tx } from '#kernel/database.ts'
import type { Attribute } from './contract.ts'

export type AttributeRow = Static<typeof Attribute>

const attributeColumns = sql`key, subject_kind as "subjectKind", type, label, options, unit, lower(range)::float8 as min, upper(range)::float8 as max, sensitivity, fresh_seconds as "freshSeconds", asked_of as "askedOf", purpose, seconds`

const readAttributes = prepared<AttributeRow, { institutionId: string }>((slot) => sql`select ${attributeColumns} from facts.attribute where institution_id = ${slot('institutionId')} and retired_at is null order by key`)
// A flush of answers asks for them several times.
const known = new WeakMap<Tx, Promise<{ rows: AttributeRow[] }>>()
export async function listAttributes(tx: Tx, institutionId: string): Promise<AttributeRow[]> {
  let reading = known.get(tx)
  if (!reading) known.set(tx, (reading = readAttributes(tx, { institutionId })))
  return (await reading).rows
}
export async function findAttributes(tx: Tx, institutionId: string, keys: string[]): Promise<AttributeRow[]> {
  return (await listAttributes(tx, institutionId)).filter((attribute) => keys.includes(attribute.key))
}
export async function upsertAttribute(tx: Tx, institutionId: string, a: AttributeRow): Promise<void> {
  known.delete(tx)
  await sql`insert into facts.attribute (institution_id, key, subject_kind, type, label, options, unit, range, sensitivity, fresh_seconds, asked_of, purpose, seconds)
    values (${institutionId}, ${a.key}, ${a.subjectKind}, ${a.type}, ${JSON.stringify(a.label)}, ${JSON.stringify(a.options)}, ${a.unit}, ${a.min === null && a.max === null ? null : `[${a.min ?? ''},${a.max ?? ''}]`},
      ${a.sensitivity}, ${a.freshSeconds}, ${a.askedOf}, ${JSON.stringify(a.purpose)}, ${a.seconds})
    on conflict (institution_id, key) do update set label = excluded.label, options = excluded.options, unit = excluded.unit, range = excluded.range, sensitivity = excluded.sensitivity,
      fresh_seconds = excluded.fresh_seconds, asked_of = excluded.asked_of, purpose = excluded.purpose, seconds = excluded.seconds, retired_at = null`.execute(tx)
}

export interface NewFact {
  factId: string
  subjectId: string
  attribute: string
  value: unknown
  observedAt: string
  source: string
  recordedBy: string | null
  corrects: string | null
  freshUntil: Date | null
}

export interface StoredFact {
  factId: string
  subjectId: string
  attribute: string
  /** It is now what is known. */
  current: boolean
}
/**
 * Stores facts once (by id) and brings the profile to the latest observation, in one statement.
 * Answers, per fact stored: whether it became the current one. Facts that were stored before are absent.
 */
export async function recordFacts(tx: Tx, institutionId: string, facts: readonly NewFact[], now: Date): Promise<StoredFact[]> {
  if (!facts.length) return []
  const column = <K extends keyof NewFact>(key: K) => facts.map((fact) => fact[key])
  const stored = await storeFacts(tx, {
    institutionId, now, factId: column('factId'), subjectId: column('subjectId'), attribute: column('attribute'), value: facts.map((fact) => JSON.stringify(fact.value)), observedAt: column('observedAt'),
    source: column('source'), recordedBy: column('recordedBy'), corrects: column('corrects'), freshUntil: column('freshUntil'),
  })
  return stored.rows
}
const storeFacts = prepared<StoredFact, { institutionId: string; now: Date } & Record<keyof NewFact, unknown[]>>((slot) => sql`with given as (
      select * from unnest(${slot('factId')}::uuid[], ${slot('subjectId')}::uuid[], ${slot('attribute')}::text[], ${slot('value')}::jsonb[], ${slot('observedAt')}::timestamptz[], ${slot('source')}::text[], ${slot('recordedBy')}::uuid[], ${slot('corrects')}::uuid[], ${slot('freshUntil')}::timestamptz[])
        as g(fact_id, subject_id, attribute, value, observed_at, source, recorded_by, corrects, fresh_until)
    ), stored as (
      insert into facts.fact (institution_id, fact_id, subject_id, attribute, value, observed_at, recorded_at, source, recorded_by, corrects)
      select distinct on (fact_id) ${slot('institutionId')}::uuid, fact_id, subject_id, attribute, value, observed_at, ${slot('now')}::timestamptz, source, recorded_by, corrects from given
      on conflict (institution_id, fact_id) do nothing returning fact_id, subject_id, attribute
    ), latest as (
      select distinct on (g.subject_id, g.attribute) g.* from stored s join given g using (fact_id)
      -- A correction counts from the moment of what it corrects; among equals the later id wins.
      order by g.subject_id, g.attribute, g.observed_at desc, g.fact_id desc
    ), taken as (
      insert into facts.profile as p (institution_id, subject_id, attribute, value, observed_at, recorded_at, fresh_until, source, recorded_by, fact_id)
      select ${slot('institutionId')}::uuid, subject_id, attribute, value, observed_at, ${slot('now')}::timestamptz, coalesce(fresh_until, 'infinity'), source, recorded_by, fact_id from latest order by subject_id, attribute
      on conflict (institution_id, subject_id, attribute) do update set value = excluded.value, observed_at = excluded.observed_at, recorded_at = excluded.recorded_at, fresh_until = excluded.fresh_until,
        source = excluded.source, recorded_by = excluded.recorded_by, fact_id = excluded.fact_id
      where (excluded.observed_at, excluded.fact_id) > (p.observed_at, p.fact_id)
      returning fact_id
    )
    select s.fact_id as "factId", s.subject_id as "subjectId", s.attribute, t.fact_id is not null as current from stored s left join taken t using (fact_id)`)

/** Facts stored under these ids: does the earlier content equal the new one? */
export async function sameFacts(tx: Tx, institutionId: string, facts: readonly NewFact[]): Promise<Map<string, boolean>> {
  const found = await sql<{ factId: string; same: boolean }>`select f.fact_id as "factId", f.subject_id = g.subject_id and f.attribute = g.attribute and f.value = g.value and f.observed_at = g.observed_at as same
    from unnest(${facts.map((f) => f.factId)}::uuid[], ${facts.map((f) => f.subjectId)}::uuid[], ${facts.map((f) => f.attribute)}::text[], ${facts.map((f) => JSON.stringify(f.value))}::jsonb[], ${facts.map((f) => f.observedAt)}::timestamptz[])
      as g(fact_id, subject_id, attribute, value, observed_at) join facts.fact f on f.institution_id = ${institutionId} and f.fact_id = g.fact_id`.execute(tx)
  return new Map(found.rows.map((row) => [row.factId, row.same]))
}

export interface KnownRow {
  factId: string
  attribute: string
  value: unknown
  observedAt: string
  recordedAt: string
  source: 'answer' | 'proxy' | 'import' | 'system' | 'office'
  recordedBy: string | null
  freshUntil: string | null
  fresh: boolean
}
export async function profileOf(tx: Tx, institutionId: string, subjectId: string, now: Date): Promise<KnownRow[]> {
  return (
    await sql<KnownRow>`select f.fact_id as "factId", f.attribute, f.value, f.observed_at as "observedAt", f.recorded_at as "recordedAt", f.source, w.name as "recordedBy",
      case when f.fresh_until = 'infinity' then null else f.fresh_until end as "freshUntil", f.fresh_until > ${now}::timestamptz as fresh
    from facts.profile f left join directory.person w on w.institution_id = f.institution_id and w.person_id = f.recorded_by
    where f.institution_id = ${institutionId} and f.subject_id = ${subjectId} order by f.attribute`.execute(tx)
  ).rows
}
export async function historyOf(tx: Tx, institutionId: string, subjectId: string, attribute: string | null): Promise<KnownRow[]> {
  return (
    await sql<KnownRow>`select f.fact_id as "factId", f.attribute, f.value, f.observed_at as "observedAt", f.recorded_at as "recordedAt", f.source, w.name as "recordedBy", null as "freshUntil",
      coalesce(p.fact_id = f.fact_id, false) as fresh
    from facts.fact f left join directory.person w on w.institution_id = f.institution_id and w.person_id = f.recorded_by
    left join facts.profile p on p.institution_id = f.institution_id and p.subject_id = f.subject_id and p.attribute = f.attribute
    where f.institution_id = ${institutionId} and f.subject_id = ${subjectId} and (${attribute}::text is null or f.attribute = ${attribute}) order by f.observed_at desc, f.fact_id desc limit 500`.execute(tx)
  ).rows
}
export async function looksAt(tx: Tx, institutionId: string, personId: string): Promise<{ at: string; by: string; call: string; purpose: string }[]> {
  return (
    await sql<{ at: string; by: string; call: string; purpose: string }>`select a.at, coalesce((select string_agg(distinct o.title, '、') from directory.holding h join directory.office o using (institution_id, office_id)
        where h.institution_id = a.institution_id and h.person_id = a.actor_id and h.during @> a.at) || ' ', '') || coalesce(w.name, a.actor_kind) as by, a.call, a.purpose
    from kernel.access a left join directory.person w on w.institution_id = a.institution_id and w.person_id = a.actor_id
    where a.institution_id = ${institutionId} and a.person_id = ${personId} order by a.seq desc limit 200`.execute(tx)
  ).rows
}
