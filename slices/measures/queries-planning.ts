/** SQL of planning: how people would stand under a measure that is not on, what all measures cost them, what documents ask for. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { answeringRoles } from '#slices/directory/rules.ts'
import { compilationOf, compile, joins, ownedPeople, type Compilation } from './compile.ts'
import type { Group } from './loads.ts'
import type { Engine } from './queries.ts'
import { isGroup, type Rule, type RuleGroup } from './rules.ts'

type Fragment = RawBuilder<unknown>

/** A measure as far as it decides who is covered and how they stand. `measureId` where it is on: its excuses count. */
export interface Version {
  subjectKind: 'person' | 'unit'
  population: RuleGroup
  condition: RuleGroup
  measureId: string | null
}

const readsOwned = (...groups: RuleGroup[]) => groups.some((group) => JSON.stringify(group).includes('"person.owned"'))
const ownedFor = (engine: Engine, at: Fragment, ...groups: RuleGroup[]) => (readsOwned(...groups) ? sql`${ownedPeople(engine.institutionId, at)},` : sql``)
const living = (kind: 'person' | 'unit', institutionId: string) => (kind === 'person' ? sql`p.institution_id = ${institutionId} and p.left_at is null` : sql`u.institution_id = ${institutionId} and u.closed_at is null`)
const subjectsOf = (kind: 'person' | 'unit') => (kind === 'person' ? { id: sql`p.person_id`, table: sql`directory.person p` } : { id: sql`u.unit_id`, table: sql`directory.unit u` })

/** Whether somebody would be put a question: an open part of the condition that one of these attributes can settle. The same as questions.ts says of one person. `compilation`: with what can be asked as growing. */
function asked(rule: Rule | RuleGroup, askable: ReadonlySet<string>, compilation: Compilation, at: Fragment): Fragment {
  if (!isGroup(rule)) return askable.has(rule.field) ? open(rule, compilation, at) : sql`false`
  const parts = rule.rules.map((part) => asked(part, askable, compilation, at))
  return parts.length ? sql`(${open(rule, compilation, at)} and (${sql.join(parts, sql` or `)}))` : sql`false`
}
const open = (rule: Rule | RuleGroup, compilation: Compilation, at: Fragment) => sql`(${compile(isGroup(rule) ? rule : { combinator: 'and', rules: [rule] }, compilation, at)} is null)`

/** Everybody whom a version covers: the state, and whether they would be asked. */
function standing(engine: Engine, version: Version, askable: ReadonlySet<string>, now: Date): Fragment {
  const at = sql`${now}::timestamptz`
  const { id, table } = subjectsOf(version.subjectKind)
  const compilation = compilationOf(version.condition, engine)
  const excused = version.measureId
    ? sql`exists (select from measures.excuse e where e.institution_id = ${engine.institutionId} and e.measure_id = ${version.measureId} and e.subject_id = l.subject_id and e.during @> ${at})`
    : sql`false`
  return sql`select l.subject_id, case when l.truth then 'kept' when ${excused} then 'excused' when not l.truth then 'gap' else 'unknown' end as state, l.asked and not ${excused} as asked
    from (select ${id} as subject_id, ${compile(version.condition, compilation, at)} as truth, ${asked(version.condition, askable, { ...compilation, growing: askable }, at)} as asked
      from ${table} ${joins(compilation, version.condition, engine.institutionId, id, 'everybody', at)}
      where ${living(version.subjectKind, engine.institutionId)} and ${compile(version.population, compilation, at)} is true) l`
}

const placedBelow = (institutionId: string, unitId: string, kind: 'person' | 'unit') =>
  kind === 'person'
    ? sql`select m.person_id as subject_id, a.unit_id from directory.ancestry a join directory.membership m on m.institution_id = a.institution_id and m.unit_id = a.unit_id where a.institution_id = ${institutionId} and a.ancestor_id = ${unitId}`
    : sql`select a.unit_id as subject_id, a.unit_id from directory.ancestry a where a.institution_id = ${institutionId} and a.ancestor_id = ${unitId}`

/** Both versions over the subjects below a unit; without a second one its columns are empty. */
function sideBySide(engine: Engine, unitId: string, versions: readonly [Version, Version?], askable: ReadonlySet<string>, now: Date): Fragment {
  const [one, two] = versions
  const groups = [one.population, one.condition, ...(two ? [two.population, two.condition] : [])]
  return sql`with ${ownedFor(engine, sql`${now}::timestamptz`, ...groups)}
    one as materialized (${standing(engine, one, askable, now)}),
    two as materialized (${two ? standing(engine, two, askable, now) : sql`select null::uuid as subject_id, null::text as state, null::boolean as asked where false`}),
    placed as materialized (${placedBelow(engine.institutionId, unitId, one.subjectKind)}),
    both_versions as (select p.subject_id, p.unit_id, one.state as one, two.state as two, coalesce(one.asked, false) as one_asked, coalesce(two.asked, false) as two_asked
      from placed p left join one on one.subject_id = p.subject_id left join two on two.subject_id = p.subject_id where one.subject_id is not null or two.subject_id is not null)`
}

export type Standing = 'kept' | 'gap' | 'excused' | 'unknown'
export interface SideRow {
  /** Null: the unit itself, all of it. */
  unitId: string | null
  one: Standing | null
  two: Standing | null
  oneAsked: boolean
  twoAsked: boolean
  count: number
}
/** How many stand how under each version: in the unit, and in each unit just below it. */
export async function simulateBelow(tx: Tx, engine: Engine, unitId: string, versions: readonly [Version, Version?], askable: ReadonlySet<string>, now: Date): Promise<SideRow[]> {
  return (
    await sql<SideRow>`${sideBySide(engine, unitId, versions, askable, now)},
      child as materialized (select k.unit_id, k.ancestor_id as child_id from directory.ancestry a join directory.ancestry k on k.institution_id = a.institution_id and k.unit_id = a.unit_id and k.distance = a.distance - 1
        where a.institution_id = ${engine.institutionId} and a.ancestor_id = ${unitId} and a.distance > 0),
      counted as materialized (select c.child_id, s.one, s.two, s.one_asked, s.two_asked, count(*) as n from both_versions s left join child c on c.unit_id = s.unit_id group by 1, 2, 3, 4, 5)
    select child_id as "unitId", one, two, one_asked as "oneAsked", two_asked as "twoAsked", n::int as count from counted where child_id is not null
    union all
    select null, one, two, one_asked, two_asked, sum(n)::int from counted group by one, two, one_asked, two_asked`.execute(tx)
  ).rows
}

export interface SimulatedRow {
  subjectId: string
  name: string
  number: string | null
  unitId: string
  one: Standing | null
  two: Standing | null
}
/** By name: those who stand in `state` under the one version, or who differ between the two. `within`: only units at or below these. */
export async function simulatedSubjects(
  tx: Tx, engine: Engine, unitId: string, versions: readonly [Version, Version?], filter: { state: Standing | 'asked' | null; within: readonly string[] | null }, askable: ReadonlySet<string>, now: Date, offset: number, size: number,
): Promise<{ total: number; hidden: number; rows: SimulatedRow[] }> {
  const wanted = versions[1] ? sql`s.one is distinct from s.two` : filter.state === 'asked' ? sql`s.one_asked` : sql`s.one = ${filter.state}`
  const seen = filter.within === null ? sql`true` : sql`exists (select from directory.ancestry w where w.institution_id = ${engine.institutionId} and w.unit_id = s.unit_id and w.ancestor_id = any(${filter.within}::uuid[]))`
  const found = await sql<{ total: number; hidden: number; rows: SimulatedRow[] | null }>`${sideBySide(engine, unitId, versions, askable, now)},
      wanted as materialized (select s.*, ${seen} as seen from both_versions s where ${wanted}),
      page as (select w.*, u.name as unit_name, coalesce(p.name, u.name) as name, p.number from wanted w join directory.unit u on u.institution_id = ${engine.institutionId} and u.unit_id = w.unit_id
        left join directory.person p on p.institution_id = ${engine.institutionId} and p.person_id = w.subject_id where w.seen order by u.name collate "C", coalesce(p.number, ''), w.subject_id limit ${size} offset ${offset})
    select (select count(*)::int from wanted) as total, (select count(*)::int from wanted where not seen) as hidden,
      (select jsonb_agg(jsonb_build_object('subjectId', subject_id, 'name', name, 'number', number, 'unitId', unit_id, 'one', one, 'two', two) order by unit_name collate "C", coalesce(number, ''), subject_id) from page) as rows`.execute(tx)
  const [page] = found.rows
  return { total: page?.total ?? 0, hidden: page?.hidden ?? 0, rows: page?.rows ?? [] }
}

/** How many each rule of a population leaves, taken alone. */
export async function countEach(tx: Tx, engine: Engine, kind: 'person' | 'unit', rules: readonly (Rule | RuleGroup)[], now: Date): Promise<number[]> {
  if (!rules.length) return []
  const at = sql`${now}::timestamptz`
  const groups = rules.map((rule): RuleGroup => ({ combinator: 'and', rules: [rule] }))
  const counts = groups.map((group, index) => sql`count(*) filter (where ${compile(group, compilationOf(null, engine), at)} is true)::int as ${sql.ref(`n${index}`)}`)
  const [row] = (await sql<Record<string, number>>`with ${ownedFor(engine, at, ...groups)} nothing as (select 1) select ${sql.join(counts)} from ${subjectsOf(kind).table} where ${living(kind, engine.institutionId)}`.execute(tx)).rows
  return rules.map((_, index) => row?.[`n${index}`] ?? 0)
}

/** Everybody, grouped by the measures that cover them, the follow-up questions that came to them so far and the units they answer for. */
export async function loadGroups(tx: Tx, engine: Engine, measures: readonly { measureId: string; subjectKind: 'person' | 'unit'; population: RuleGroup }[], followUps: readonly string[], now: Date): Promise<Group[]> {
  const { institutionId } = engine
  const at = sql`${now}::timestamptz`
  const compilation = compilationOf(null, engine)
  const [people, units] = [measures.filter((one) => one.subjectKind === 'person'), measures.filter((one) => one.subjectKind === 'unit')]
  // Many measures cover the same people: each population is looked at once, and has a bit in the mask.
  const populationsOf = (some: typeof people) => [...new Map(some.map(({ population }) => [JSON.stringify(population), population])).values()]
  const mask = (some: typeof people) => (some.length ? sql`concat(${sql.join(populationsOf(some).map((population) => sql`case when ${compile(population, compilation, at)} then '1' else '0' end`))})` : sql`''::text`)
  const answering = [...answeringRoles('direct'), ...answeringRoles('escalation')]
  const rows = (
    await sql<{ mask: string; came: string[] | null; held: string[] | null; people: number }>`with ${ownedFor(engine, at, ...people.map((one) => one.population))}
      covered as materialized (select p.person_id, ${mask(people)} as mask from directory.person p where ${living('person', institutionId)}),
      came as materialized (select subject_id, array_agg(attribute order by attribute) as keys from facts.profile where institution_id = ${institutionId} and attribute = any(${followUps}::text[]) group by 1),
      covered_unit as materialized (select u.unit_id, ${mask(units)} as mask from directory.unit u where ${living('unit', institutionId)}),
      holding as (select distinct h.person_id, c.unit_id, c.mask from covered_unit c join directory.office o on o.institution_id = ${institutionId} and o.unit_id = c.unit_id and o.role = any(${answering}::text[])
        join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${at} where c.mask like '%1%'),
      held as materialized (select person_id, array_agg(mask order by mask) as masks from holding group by 1)
    select c.mask, k.keys as came, h.masks as held, count(*)::int as people from covered c left join came k on k.subject_id = c.person_id left join held h on h.person_id = c.person_id
    where c.mask like '%1%' or h.masks is not null group by 1, 2, 3`.execute(tx)
  ).rows
  const named = (some: typeof people, bits: string) => {
    const covering = new Set(populationsOf(some).flatMap((population, index) => (bits[index] === '1' ? JSON.stringify(population) : [])))
    return some.filter(({ population }) => covering.has(JSON.stringify(population))).map((one) => one.measureId)
  }
  return rows.map((row) => ({ people: row.people, measures: named(people, row.mask), came: row.came ?? [], units: (row.held ?? []).map((bits) => named(units, bits)) }))
}

/** Units as far as it decides who can be in which together: their tree and everything at or above. */
export async function unitsAbove(tx: Tx, institutionId: string, unitIds: readonly string[]): Promise<Map<string, { tree: string; above: string[] }>> {
  if (!unitIds.length) return new Map()
  const rows = (
    await sql<{ unitId: string; tree: string; above: string[] }>`select u.unit_id as "unitId", u.tree, array_agg(a.ancestor_id::text) as above from directory.unit u join directory.ancestry a using (institution_id, unit_id)
    where u.institution_id = ${institutionId} and u.unit_id = any(${unitIds}::uuid[]) group by u.unit_id, u.tree`.execute(tx)
  ).rows
  return new Map(rows.map(({ unitId, ...unit }) => [unitId, unit]))
}

export interface SponsorRow {
  measureId: string
  personId: string | null
  name: string | null
  office: string | null
  reason: string
  at: string
  over: { seconds: number; people: number; objections: string[] }
}
export async function saveSponsor(tx: Tx, institutionId: string, measureId: string, personId: string | null, over: SponsorRow['over'], now: Date): Promise<void> {
  await sql`update measures.measure set sponsor_id = ${personId}, sponsored_at = ${now}, sponsored_over = ${JSON.stringify(over)} where institution_id = ${institutionId} and measure_id = ${measureId}`.execute(tx)
}
/** Who answers for measures that were switched on over a warning. */
export async function sponsorsOf(tx: Tx, institutionId: string, measureIds: readonly string[]): Promise<SponsorRow[]> {
  return (
    await sql<SponsorRow>`select m.measure_id as "measureId", m.sponsor_id as "personId", p.name, (select o.title || '（' || u.name || '）' from directory.holding h join directory.office o using (institution_id, office_id) join directory.unit u using (institution_id, unit_id)
        where h.institution_id = m.institution_id and h.person_id = m.sponsor_id and h.during @> m.sponsored_at order by nlevel(u.path), o.title limit 1) as office, m.sponsor as reason, m.sponsored_at as at, m.sponsored_over as over
    from measures.measure m left join directory.person p on p.institution_id = m.institution_id and p.person_id = m.sponsor_id
    where m.institution_id = ${institutionId} and m.measure_id = any(${measureIds}::uuid[]) and m.sponsored_at is not null`.execute(tx)
  ).rows
}

export interface DemandRow {
  measureId: string
  attribute: string
  everySeconds: number | null
}
export async function demandsOf(tx: Tx, institutionId: string, measureIds: readonly string[]): Promise<DemandRow[]> {
  return (await sql<DemandRow>`select measure_id as "measureId", attribute, every_seconds as "everySeconds" from measures.demand where institution_id = ${institutionId} and measure_id = any(${measureIds}::uuid[]) order by measure_id, attribute`.execute(tx)).rows
}
export async function replaceDemands(tx: Tx, institutionId: string, measureId: string, demands: readonly { attribute: string; everySeconds: number | null }[]): Promise<void> {
  await sql`delete from measures.demand where institution_id = ${institutionId} and measure_id = ${measureId}`.execute(tx)
  if (demands.length)
    await sql`insert into measures.demand (institution_id, measure_id, attribute, every_seconds) select ${institutionId}::uuid, ${measureId}::uuid, * from unnest(${demands.map((one) => one.attribute)}::text[], ${demands.map((one) => one.everySeconds)}::int[])`.execute(tx)
}
