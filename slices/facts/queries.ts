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
  /** How long it stays fresh from the observation; null: for good. */
  freshSeconds: number | null
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
  // An array literal of what needs no quotes; the driver would look at each for something to escape.
  const list = (key: 'factId' | 'subjectId' | 'observedAt' | 'source' | 'recordedBy' | 'corrects') => `{${facts.map((fact) => fact[key] ?? 'null').join(',')}}`
  const done = await storeFacts(tx, {
    institutionId, now, count: facts.length, factId: list('factId'), subjectId: list('subjectId'), attribute: column('attribute'), value: facts.map((fact) => JSON.stringify(fact.value)), observedAt: list('observedAt'),
    source: list('source'), recordedBy: list('recordedBy'), corrects: list('corrects'), fresh: JSON.stringify(Object.fromEntries(facts.map((fact) => [fact.attribute, fact.freshSeconds]))),
  })
  const [all] = done.rows
  if (all?.stored === facts.length && all.taken === facts.length) return facts.map(({ factId, subjectId, attribute }) => ({ factId, subjectId, attribute, current: true }))
  const current = new Set(done.rows.flatMap((row) => (row.factId && row.current ? row.factId : [])))
  const stored = new Set(done.rows.flatMap((row) => row.factId ?? []))
  // `delete`: of two facts under one id the first counts.
  return facts.filter((fact) => stored.delete(fact.factId)).map(({ factId, subjectId, attribute }) => ({ factId, subjectId, attribute, current: current.has(factId) }))
}
// Nothing is joined with what was given: for arrays the planner expects ten rows and compares each with each.
const storeFacts = prepared<{ factId: string | null; current: boolean | null; stored: number; taken: number }, StoreFacts>((slot) => sql`with stored as (
      insert into facts.fact (institution_id, fact_id, subject_id, attribute, value, observed_at, recorded_at, source, recorded_by, corrects)
      select distinct on (fact_id) ${slot('institutionId')}::uuid, fact_id, subject_id, attribute, value, observed_at, ${slot('now')}::timestamptz, source, recorded_by, corrects
      from unnest(${slot('factId')}::uuid[], ${slot('subjectId')}::uuid[], ${slot('attribute')}::text[], ${slot('value')}::jsonb[], ${slot('observedAt')}::timestamptz[], ${slot('source')}::text[], ${slot('recordedBy')}::uuid[], ${slot('corrects')}::uuid[])
        as g(fact_id, subject_id, attribute, value, observed_at, source, recorded_by, corrects)
      on conflict (institution_id, fact_id) do nothing returning fact_id, subject_id, attribute, value, observed_at, source, recorded_by
    ), taken as (
      insert into facts.profile as p (institution_id, subject_id, attribute, value, observed_at, recorded_at, fresh_until, source, recorded_by, fact_id)
      select distinct on (s.subject_id, s.attribute) ${slot('institutionId')}::uuid, s.subject_id, s.attribute, s.value, s.observed_at, ${slot('now')}::timestamptz,
        coalesce(s.observed_at + make_interval(secs => (${slot('fresh')}::jsonb ->> s.attribute)::int), 'infinity'), s.source, s.recorded_by, s.fact_id
      -- A correction counts from the moment of what it corrects; among equals the later id wins.
      from stored s order by s.subject_id, s.attribute, s.observed_at desc, s.fact_id desc
      on conflict (institution_id, subject_id, attribute) do update set value = excluded.value, observed_at = excluded.observed_at, recorded_at = excluded.recorded_at, fresh_until = excluded.fresh_until,
        source = excluded.source, recorded_by = excluded.recorded_by, fact_id = excluded.fact_id
      where (excluded.observed_at, excluded.fact_id) > (p.observed_at, p.fact_id)
      returning fact_id
    ), counts as materialized (select (select count(*)::int from stored) as stored, (select count(*)::int from taken) as taken)
    -- Which ones, only where it was not all.
    select null::uuid as "factId", null::boolean as current, stored, taken from counts
    union all select fact_id, false, 0, 0 from stored where (select stored + taken from counts) <> 2 * ${slot('count')}::int
    union all select fact_id, true, 0, 0 from taken where (select stored + taken from counts) <> 2 * ${slot('count')}::int`)
interface StoreFacts extends Record<Exclude<keyof NewFact, 'freshSeconds'>, unknown> {
  count: number
  institutionId: string
  now: Date
  /** How long each attribute stays fresh, in seconds; absent or null: for good. */
  fresh: string
}

/** Facts stored under these ids: does the earlier content equal the new one? */
export async function sameFacts(tx: Tx, institutionId: string, facts: readonly NewFact[]): Promise<Map<string, boolean>> {
  const found = await sql<{ factId: string; same: boolean }>`select f.fact_id as "factId", f.subject_id = g.subject_id and f.attribute = g.attribute and f.value = g.value and f.observed_at = g.observed_at as same
    from unnest(${facts.map((f) => f.factId)}::uuid[], ${facts.map((f) => f.subjectId)}::uuid[], ${facts.map((f) => f.attribute)}::text[], ${facts.map((f) => JSON.stringify(f.value))}::jsonb[], ${facts.map((f) => f.observedAt)}::timestamptz[])
      as g(fact_id, subject_id, attribute, value, observed_at) join facts.fact f on f.institution_id = ${institutionId} and f.fact_id = g.fact_id`.execute(tx)
  return new Map(found.rows.map((row) => [row.factId, row.same]))
}

/** Nobody is asked it any more; what is known stays. */
export async function retireAttribute(tx: Tx, institutionId: string, key: string, now: Date): Promise<boolean> {
  const done = await sql`update facts.attribute set retired_at = ${now} where institution_id = ${institutionId} and key = ${key} and retired_at is null`.execute(tx)
  return Number(done.numAffectedRows) > 0
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
interface Look { at: string; by: string | null; titles: string[]; call: string; purpose: string }
export async function looksAt(tx: Tx, institutionId: string, personId: string): Promise<Look[]> {
  return (
    await sql<Look>`select a.at, w.name as by, array(select distinct o.title from directory.holding h join directory.office o using (institution_id, office_id)
        where h.institution_id = a.institution_id and h.person_id = a.actor_id and h.during @> a.at order by o.title) as titles, a.call, a.purpose
    from kernel.access a left join directory.person w on w.institution_id = a.institution_id and w.person_id = a.actor_id
    where a.institution_id = ${institutionId} and a.person_id = ${personId} order by a.seq desc limit 200`.execute(tx)
  ).rows
}
