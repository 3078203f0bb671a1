/** SQL that reads everything as it was known at a moment: facts recorded by then, and the rows of the past where something was changed since. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'

type Fragment = RawBuilder<unknown>

/** A table as it stood at `at`: of each key the first version that was replaced later, else the row as it is. `columns` are named alike in both. `personIds`: only the rows of these people. */
function asAt(table: string, keys: string[], columns: string[], institutionId: string, at: Date, personIds: string[] | null = null): Fragment {
  const some = personIds ? sql`and o.person_id = any(${personIds}::uuid[])` : sql``
  const list = (names: string[], alias: string) => sql.join(names.map((name) => sql.ref(`${alias}.${name}`)))
  return sql`(select distinct on (${list(keys, 'v')}) v.* from (
      select ${list([...keys, ...columns], 'o')}, o.until, o.seq from ${sql.table(`${table}_past`)} o where o.institution_id = ${institutionId} and o.until > ${at}::timestamptz ${some}
      union all select ${list([...keys, ...columns], 'o')}, 'infinity', null from ${sql.table(table)} o where o.institution_id = ${institutionId} ${some}) v
    order by ${list(keys, 'v')}, v.until, v.seq)`
}
const madeBy = (alias: string, at: Date) => sql`(${sql.ref(`${alias}.made_at`)} is null or ${sql.ref(`${alias}.made_at`)} <= ${at}::timestamptz)`

/** Before this moment the past of this institution was not kept; null: it was from its beginning. */
export async function pastKeptSince(tx: Tx, institutionId: string): Promise<string | null> {
  return (await sql<{ since: string | null }>`select case when created_at < kernel.past_kept_since() and not drill then kernel.past_kept_since() end as since from kernel.institution where institution_id = ${institutionId}`.execute(tx)).rows[0]?.since ?? null
}

/** Measures that were on. */
export async function measuresOnAt(tx: Tx, institutionId: string, at: Date): Promise<string[]> {
  return (await sql<{ id: string }>`select m.measure_id as id from ${asAt('measures.measure', ['measure_id'], ['status'], institutionId, at)} m where m.status = 'on'`.execute(tx)).rows.map((row) => row.id)
}

export interface UnitThen {
  unitId: string
  tree: string
  kind: string
  parentId: string | null
  closed: boolean
}
export async function unitsAt(tx: Tx, institutionId: string, at: Date): Promise<UnitThen[]> {
  return (
    await sql<UnitThen>`select u.unit_id as "unitId", u.tree, u.kind, u.parent_id as "parentId", u.closed_at is not null and u.closed_at <= ${at}::timestamptz as closed
    from ${asAt('directory.unit', ['unit_id'], ['tree', 'kind', 'parent_id', 'closed_at', 'made_at'], institutionId, at)} u where ${madeBy('u', at)}`.execute(tx)
  ).rows
}

export interface HoldingThen {
  personId: string
  unitId: string
  role: string
}
export async function holdingsAt(tx: Tx, institutionId: string, at: Date): Promise<HoldingThen[]> {
  return (
    await sql<HoldingThen>`select h.person_id as "personId", o.unit_id as "unitId", o.role
    from ${asAt('directory.holding', ['holding_id'], ['office_id', 'person_id', 'during', 'made_at'], institutionId, at)} h
    join ${asAt('directory.office', ['office_id'], ['unit_id', 'role', 'made_at'], institutionId, at)} o on o.office_id = h.office_id
    where ${madeBy('h', at)} and ${madeBy('o', at)} and h.during @> ${at}::timestamptz`.execute(tx)
  ).rows
}

export interface PersonThen {
  personId: string
  kind: string
  grade: string | null
  status: string
  political: string | null
  /** The units the person belonged to itself, in any tree. */
  homes: { tree: string; unitId: string }[]
}
/** Everybody who may have belonged to these units at `at`: who does now, or did until after it. In the order of their ids. */
export async function mayHaveBelonged(tx: Tx, institutionId: string, unitIds: string[], at: Date): Promise<string[]> {
  return (
    await sql<{ ids: string[] | null }>`select array_agg(person_id order by person_id) as ids from (
      select m.person_id from directory.membership m where m.institution_id = ${institutionId} and m.unit_id = any(${unitIds}::uuid[])
      union select o.person_id from directory.membership_past o where o.institution_id = ${institutionId} and o.until > ${at}::timestamptz and o.unit_id = any(${unitIds}::uuid[])) x`.execute(tx)
  ).rows[0]?.ids ?? []
}
/** Of these people those who were there and belonged to one of the units, with every unit they belonged to. */
export async function peopleAt(tx: Tx, institutionId: string, unitIds: string[], personIds: string[], at: Date): Promise<PersonThen[]> {
  return (
    await sql<PersonThen>`with belonged as materialized (
      select m.person_id, jsonb_agg(jsonb_build_object('tree', m.tree, 'unitId', m.unit_id)) as homes from ${asAt('directory.membership', ['person_id', 'tree'], ['unit_id', 'since'], institutionId, at, personIds)} m
      where m.since <= ${at}::timestamptz group by 1 having bool_or(m.unit_id = any(${unitIds}::uuid[])))
    select p.person_id as "personId", p.kind, p.grade, p.status, p.political_status as political, b.homes
    from belonged b join ${asAt('directory.person', ['person_id'], ['kind', 'grade', 'status', 'political_status', 'left_at'], institutionId, at, personIds)} p using (person_id)
    where p.left_at is null or p.left_at > ${at}::timestamptz`.execute(tx)
  ).rows
}

/** The fresh values that were known of these subjects: by observation the latest of what was recorded by then, fresh as long as was said when it was recorded. */
export async function factsAt(tx: Tx, institutionId: string, subjectIds: string[], attributes: string[], at: Date): Promise<{ subjectId: string; attribute: string; value: unknown }[]> {
  if (!subjectIds.length || !attributes.length) return []
  return (
    await sql<{ subjectId: string; attribute: string; value: unknown }>`select k.subject_id as "subjectId", k.attribute, k.value from (
      select distinct on (f.subject_id, f.attribute) f.subject_id, f.attribute, f.value, f.observed_at, f.recorded_at, f.fact_id from facts.fact f
      where f.institution_id = ${institutionId} and f.subject_id = any(${subjectIds}::uuid[]) and f.attribute = any(${attributes}::text[]) and f.recorded_at <= ${at}::timestamptz
      order by f.subject_id, f.attribute, f.observed_at desc, f.fact_id desc) k
    cross join lateral (select s.fresh_seconds from (
        select o.fresh_seconds, o.until, o.seq from facts.attribute_past o where o.institution_id = ${institutionId} and o.key = k.attribute and o.until > k.recorded_at
        union all select a.fresh_seconds, 'infinity', null from facts.attribute a where a.institution_id = ${institutionId} and a.key = k.attribute) s order by s.until, s.seq limit 1) lasts
    left join facts.lasting own on own.institution_id = ${institutionId} and own.fact_id = k.fact_id
    where case when own.until is not null then own.until > ${at}::timestamptz else lasts.fresh_seconds is null or k.observed_at + make_interval(secs => lasts.fresh_seconds) > ${at}::timestamptz end`.execute(tx)
  ).rows
}

export async function excusedAt(tx: Tx, institutionId: string, measureIds: string[], subjectIds: string[], at: Date): Promise<{ measureId: string; subjectId: string }[]> {
  return (
    await sql<{ measureId: string; subjectId: string }>`select measure_id as "measureId", subject_id as "subjectId" from measures.excuse
    where institution_id = ${institutionId} and measure_id = any(${measureIds}::uuid[]) and subject_id = any(${subjectIds}::uuid[]) and during @> ${at}::timestamptz`.execute(tx)
  ).rows
}
