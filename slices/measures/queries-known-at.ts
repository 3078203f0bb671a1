/**
 * SQL of how everybody stood as it was known at a moment: compile.ts over the rows of then, in one statement for all measures of people and one for those of units. Rows of the past are kept where something was
 * changed since; facts count that were recorded by then. What is known now and was recorded by then was known then; only of the rest older facts are looked at.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { compilationOf, compile, joinedCounts, ownedPeople, type Roster } from './compile.ts'
import type { CountRow } from './queries-coverage.ts'
import type { Engine, MeasureRow } from './queries.ts'
import { isGroup, valuesOf, type RuleGroup } from './rules.ts'

type Fragment = RawBuilder<unknown>

/** Of few people the facts are looked up by key, of more by going through all of them once. */
const few = 3000

/** A table as it stood at `at`: of each key the first version that was replaced later, else the row as it is. `people`: only the rows of these. */
function asAt(table: string, keys: string[], columns: string[], institutionId: string, at: Fragment, people: string[] | null = null): Fragment {
  const list = sql.join(['institution_id', ...keys, ...columns].map((name) => sql.ref(`o.${name}`)))
  const past = sql.table(`${table}_past`)
  const some = people ? sql`and o.person_id = any(${people}::uuid[])` : sql``
  const named = sql.join(keys.map((key) => sql.ref(`o.${key}`)))
  return sql`(select v.* from (select distinct on (${named}) ${list} from ${past} o where o.institution_id = ${institutionId} and o.until > ${at} ${some} order by ${named}, o.until, o.seq) v
    union all select ${list} from ${sql.table(table)} o where o.institution_id = ${institutionId} ${some}
      and not exists (select from ${past} x where x.institution_id = o.institution_id and ${sql.join(keys.map((key) => sql`${sql.ref(`x.${key}`)} = ${sql.ref(`o.${key}`)}`), sql` and `)} and x.until > ${at}))`
}
const madeBy = (alias: string, at: Fragment) => sql`(${sql.ref(`${alias}.made_at`)} is null or ${sql.ref(`${alias}.made_at`)} <= ${at})`

/** Before this moment the past of this institution was not kept; null: it was from its beginning. */
export async function pastKeptSince(tx: Tx, institutionId: string): Promise<string | null> {
  return (await sql<{ since: string | null }>`select case when created_at < kernel.past_kept_since() and not drill then kernel.past_kept_since() end as since from kernel.institution where institution_id = ${institutionId}`.execute(tx)).rows[0]?.since ?? null
}

/** Measures that were on. */
export async function measuresOnAt(tx: Tx, institutionId: string, at: Date): Promise<string[]> {
  return (await sql<{ id: string }>`select m.measure_id as id from ${asAt('measures.measure', ['measure_id'], ['status'], institutionId, sql`${at}::timestamptz`)} m where m.status = 'on'`.execute(tx)).rows.map((row) => row.id)
}

/** CTEs: the units of then, each with those above it, and to which of the shown units (this one and those right below it) each of them belongs. To be opened by `with recursive`. */
const unitsThen = (institutionId: string, unitId: string, at: Fragment) => sql`
  unit_then as materialized (select u.institution_id, u.unit_id, u.tree, u.kind, u.parent_id, u.closed_at is not null and u.closed_at <= ${at} as closed
    from ${asAt('directory.unit', ['unit_id'], ['tree', 'kind', 'parent_id', 'closed_at', 'made_at'], institutionId, at)} u where ${madeBy('u', at)}),
  above(institution_id, unit_id, ancestor_id, distance) as (select institution_id, unit_id, unit_id, 0 from unit_then
    union all select a.institution_id, a.unit_id, u.parent_id, a.distance + 1 from above a join unit_then u on u.unit_id = a.ancestor_id join unit_then o on o.unit_id = u.parent_id),
  child as materialized (select unit_id from unit_then where parent_id = ${unitId} and not closed),
  shown as materialized (select a.unit_id, a.ancestor_id as shown_id from above a where a.ancestor_id = ${unitId} or a.ancestor_id in (select unit_id from child))`

const membershipsThen = (institutionId: string, people: string[] | null, at: Fragment) => sql`
  membership_then as materialized (select m.institution_id, m.person_id, m.tree, m.unit_id from ${asAt('directory.membership', ['person_id', 'tree'], ['unit_id', 'since'], institutionId, at, people)} m where m.since <= ${at})`

/** The units that were right below, and whom this can be about where they are few: everybody who belonged there, or does now. */
export async function scopeAt(tx: Tx, institutionId: string, unitId: string, at: Date): Promise<{ children: string[]; people: string[] | null }> {
  const moment = sql`${at}::timestamptz`
  const { rows: [found] } = await sql<{ children: string[] | null; people: string[] | null }>`with recursive ${unitsThen(institutionId, unitId, moment)},
      somebody as (select m.person_id from directory.membership m where m.institution_id = ${institutionId} and m.unit_id in (select unit_id from shown)
        union select o.person_id from directory.membership_past o where o.institution_id = ${institutionId} and o.until > ${moment} and o.unit_id in (select unit_id from shown) limit ${few + 1})
    select (select array_agg(unit_id::text) from child) as children, (select array_agg(person_id::text) from somebody) as people`.execute(tx)
  const people = found?.people ?? []
  return { children: found?.children ?? [], people: people.length > few ? null : people }
}

/** CTEs that end in `known` (subject_id, facts): the values that were known and fresh at `at`, as an object by attribute. */
function knownThen(institutionId: string, keys: string[], subjectIds: string[] | null, at: Fragment): Fragment {
  const mine = (alias: string) => sql`${sql.ref(`${alias}.institution_id`)} = ${institutionId} and ${sql.ref(`${alias}.attribute`)} = any(${keys}::text[]) ${subjectIds ? sql`and ${sql.ref(`${alias}.subject_id`)} = any(${subjectIds}::uuid[])` : sql``}`
  // What was observed before is stale however long it was said to last, unless it holds until a moment of its own. Of few people all facts are soon looked at.
  const bounds = sql`
  bound as materialized (select key, case when bool_or(fresh_seconds is null) then '-infinity' else ${at} - make_interval(secs => max(fresh_seconds)) end as since from lasts group by key),
  held as materialized (select distinct f.subject_id, f.attribute from facts.lasting l join facts.fact f on f.institution_id = l.institution_id and f.fact_id = l.fact_id where l.institution_id = ${institutionId} and l.until > ${at} and ${mine('f')}),`
  return sql`
  -- How long answers were said to last, by when they were recorded.
  lasts as materialized (select key, fresh_seconds, coalesce(lag(until) over (partition by key order by until, seq), '-infinity') as since, until from (
      select o.key, o.fresh_seconds, o.until, o.seq from facts.attribute_past o where o.institution_id = ${institutionId} and o.key = any(${keys}::text[])
      union all select a.key, a.fresh_seconds, 'infinity', null from facts.attribute a where a.institution_id = ${institutionId} and a.key = any(${keys}::text[])) v),
${subjectIds ? sql`` : bounds}
  older as (select distinct on (f.subject_id, f.attribute) f.subject_id, f.attribute, f.value, f.observed_at, f.recorded_at, f.fact_id
    from facts.fact f ${subjectIds ? sql`` : sql`join bound b on b.key = f.attribute and (f.observed_at > b.since or (f.subject_id, f.attribute) in (select subject_id, attribute from held))`}
    where ${mine('f')} and f.recorded_at <= ${at}
      -- Where nothing is known any more, what was known last is erased: what it superseded does not come back.
      and exists (select from facts.profile n where n.institution_id = f.institution_id and n.subject_id = f.subject_id and n.attribute = f.attribute and n.recorded_at > ${at})
    order by f.subject_id, f.attribute, f.observed_at desc, f.fact_id desc),
  known as materialized (select subject_id, jsonb_object_agg(attribute, value) as facts from (
      select f.subject_id, f.attribute, f.value from facts.profile f where ${mine('f')} and f.recorded_at <= ${at} and f.fresh_until > ${at}
      union all
      select f.subject_id, f.attribute, f.value from older f join lasts l on l.key = f.attribute and f.recorded_at >= l.since and f.recorded_at < l.until
        left join facts.lasting own on own.institution_id = ${institutionId} and own.fact_id = f.fact_id
      where case when own.until is not null then own.until > ${at} else l.fresh_seconds is null or f.observed_at + make_interval(secs => l.fresh_seconds) > ${at} end) v group by 1)`
}

/** The roster of then stands in the columns of the subject's row. */
const rosterThen: Roster = {
  inUnit: (unitId) => sql`coalesce(p.units @> array[${unitId}]::uuid[], false)`,
  holds: (roles) => sql`coalesce(p.roles && ${roles}::text[], false)`,
  owned: sql`p.owned`,
}
const unitsNamed = (group: RuleGroup): string[] => group.rules.flatMap((rule) => (isGroup(rule) ? unitsNamed(rule) : rule.operator === 'inUnit' ? [String(rule.value)] : []))

/** CTEs that end in `subject_then` and `placed` (subject_id, shown_id) for measures of people. */
function peopleThen(institutionId: string, groups: readonly RuleGroup[], people: string[] | null, at: Fragment): Fragment {
  const reads = (field: string) => groups.some((group) => JSON.stringify(group).includes(`"${field}"`))
  const [owned, roles, units] = [reads('person.owned'), reads('person.role'), groups.flatMap(unitsNamed)]
  const offices = owned || roles
    ? sql`office_then as materialized (select o.institution_id, o.office_id, o.unit_id, o.role from ${asAt('directory.office', ['office_id'], ['unit_id', 'role', 'made_at'], institutionId, at)} o where ${madeBy('o', at)}),
      holding_then as materialized (select h.institution_id, h.office_id, h.person_id, h.during from ${asAt('directory.holding', ['holding_id'], ['office_id', 'person_id', 'during', 'made_at'], institutionId, at)} h where ${madeBy('h', at)} and h.during @> ${at}),`
    : sql``
  const tables = { ancestry: sql`above`, office: sql`office_then`, holding: sql`holding_then`, membership: sql`membership_then`, of: () => sql`true`, alike: () => sql`true` }
  return sql`${membershipsThen(institutionId, people, at)},
    placed as materialized (select distinct m.person_id as subject_id, s.shown_id from membership_then m join shown s on s.unit_id = m.unit_id),
    ${offices} ${owned ? sql`${ownedPeople(institutionId, at, tables)},` : sql``}
    subject_then as materialized (
      select p.institution_id, p.person_id, p.kind, p.grade, p.status, p.political_status, k.facts, ${units.length ? sql`n.units` : sql`null::uuid[]`} as units, ${roles ? sql`r.roles` : sql`null::text[]`} as roles, ${owned ? sql`w.person_id is not null` : sql`false`} as owned
      from ${asAt('directory.person', ['person_id'], ['kind', 'grade', 'status', 'political_status', 'left_at'], institutionId, at, people)} p
      join (select distinct subject_id from placed) here on here.subject_id = p.person_id left join known k on k.subject_id = p.person_id
      ${units.length ? sql`left join (select m.person_id, array_agg(a.ancestor_id) as units from membership_then m join above a on a.unit_id = m.unit_id and a.ancestor_id = any(${units}::uuid[]) group by 1) n on n.person_id = p.person_id` : sql``}
      ${roles ? sql`left join (select h.person_id, array_agg(o.role) as roles from holding_then h join office_then o on o.office_id = h.office_id group by 1) r on r.person_id = p.person_id` : sql``}
      ${owned ? sql`left join (select distinct person_id from owned_person) w on w.person_id = p.person_id` : sql``}
      where p.left_at is null or p.left_at > ${at})`
}

/** The same for measures of units. */
const unitSubjectsThen = sql`placed as materialized (select unit_id as subject_id, shown_id from shown),
    subject_then as materialized (select u.institution_id, u.unit_id, u.kind, u.tree, k.facts from unit_then u left join known k on k.subject_id = u.unit_id where not u.closed and u.unit_id in (select unit_id from shown))`

/** Counts of these measures, all of people or all of units, for a unit and each unit just below it then. `subjectIds`: whom it can be about, where they are few. */
export async function countsAt(tx: Tx, engine: Engine, kind: 'person' | 'unit', measures: readonly MeasureRow[], unitId: string, subjectIds: string[] | null, at: Date): Promise<CountRow[]> {
  if (!measures.length) return []
  const { institutionId } = engine
  // What the planner expects of rows put together here is far too few: of everybody it would compare each with each.
  if (subjectIds === null) await sql`set local enable_nestloop = off`.execute(tx)
  const moment = sql`${at}::timestamptz`
  const groups = measures.flatMap((measure) => [measure.population, measure.condition])
  const keys = [...new Set(measures.flatMap((measure) => valuesOf(measure.condition)))]
  const id = kind === 'person' ? sql`p.person_id` : sql`u.unit_id`
  const row = kind === 'person' ? 'p' : 'u'
  const stood = measures.map((measure) => {
    const compilation = compilationOf(measure.condition, engine, rosterThen)
    // What is known is known to be fresh at this moment.
    const values = valuesOf(measure.condition).map((key) => sql`cross join lateral (select ${sql.ref(`${row}.facts`)} -> ${key}::text as value, 'infinity'::timestamptz as fresh_until) ${sql.ref(`a${compilation.attributes.indexOf(key)}`)}`)
    return sql`select ${measure.measureId}::uuid as measure_id, ${id} as subject_id, ${compile(measure.condition, compilation, moment)} as truth from subject_then ${sql.ref(row)} ${values.length ? sql.join(values, sql` `) : sql``}
      ${joinedCounts(compilation, institutionId, id, subjectIds ? 'some' : 'everybody', moment, moment)} where ${compile(measure.population, compilation, moment)} is true`
  })
  return (
    await sql<CountRow>`with recursive ${unitsThen(institutionId, unitId, moment)}, ${knownThen(institutionId, keys, subjectIds, moment)}, ${kind === 'person' ? peopleThen(institutionId, groups, subjectIds, moment) : unitSubjectsThen},
      stood as (${sql.join(stood, sql` union all `)}),
      excused as materialized (select distinct e.measure_id, e.subject_id from measures.excuse e where e.institution_id = ${institutionId} and e.measure_id = any(${measures.map((measure) => measure.measureId)}::uuid[]) and e.during @> ${moment})
    select s.measure_id as "measureId", b.shown_id as "unitId", count(*)::int as population, count(*) filter (where s.truth)::int as kept, count(*) filter (where not s.truth and e.subject_id is null)::int as gap,
      count(*) filter (where s.truth is not true and e.subject_id is not null)::int as excused, count(*) filter (where s.truth is null and e.subject_id is null)::int as unknown
    from stood s join placed b on b.subject_id = s.subject_id left join excused e on e.measure_id = s.measure_id and e.subject_id = s.subject_id group by 1, 2`.execute(tx)
  ).rows
}
