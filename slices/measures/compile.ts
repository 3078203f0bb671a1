/** Compiles a condition to SQL for a population. SQL's NULL is the third truth value, so it agrees with rules.ts by construction. */
import { sql, type RawBuilder } from 'kysely'
import { answeringRoles } from '#slices/directory/rules.ts'
import { counted, oftenEnough, turns, type Counting } from './compile-counts.ts'
import type { TimesWithin } from './counts.ts'
import { attributesOf, countsOf, isGroup, listedOn, valuesOf, type AreaList, type FieldType, type Rule, type RuleGroup } from './rules.ts'

type Fragment = RawBuilder<unknown>

/** The subject's row is `p` (a person) or `u` (a unit); of attribute number n the latest value is beside it as `a<n>`, what number n of the counts counts as `c<n>`. */
export interface Compilation {
  attributes: readonly string[]
  counts: readonly { attribute: string; count: TimesWithin }[]
  types: ReadonlyMap<string, FieldType>
  timeZone: string
  roster: Roster
  /** Counts of these that fall short are taken as open while one more answer would add to them. */
  growing?: ReadonlySet<string>
}

/** Where the roster is read that is not a column of the subject's row. */
export interface Roster {
  /** Belongs to this unit or one below it. */
  inUnit(unitId: unknown): Fragment
  /** Holds an office of one of these roles. */
  holds(roles: unknown, at: Fragment): Fragment
  /** Somebody answers for the person directly. */
  owned: Fragment
}

/** The roster as it is. */
export const presentRoster: Roster = {
  inUnit: (unitId) => sql`exists (select from directory.membership m join directory.unit mu using (institution_id, unit_id) join directory.unit au on au.institution_id = m.institution_id and au.unit_id = ${unitId}
      where m.institution_id = p.institution_id and m.person_id = p.person_id and mu.path <@ au.path)`,
  holds: (roles, at) => sql`exists (select from directory.holding h join directory.office o using (institution_id, office_id)
      where h.institution_id = p.institution_id and h.person_id = p.person_id and h.during @> ${at} and o.role = any(${roles}::text[]))`,
  // A hashed look-up: asked once for the whole population.
  owned: sql`(p.person_id in (select person_id from owned_person))`,
}

/** A compilation over everything a condition reads. */
export const compilationOf = (condition: RuleGroup | null, { types, timeZone }: { types: ReadonlyMap<string, FieldType>; timeZone: string }, roster = presentRoster): Compilation => ({ attributes: condition ? attributesOf(condition) : [], counts: condition ? countsOf(condition) : [], types, timeZone, roster })

const latest = (attribute: string, { attributes }: Compilation) => `a${attributes.indexOf(attribute)}`

/**
 * Brings what the condition reads of every attribute: its profile, or what was observed of it lately. For some subjects by key for each of them, whatever the planner knows of a table that just grew;
 * for everybody as the planner likes, which is one pass over a large table instead of a million look-ups.
 */
export function joins(compilation: Compilation, condition: RuleGroup, institutionId: unknown, subjectId: Fragment, whom: 'some' | 'everybody', at: Fragment): Fragment {
  const mine = (key: string, alias: string) => sql`${sql.ref(`${alias}.institution_id`)} = ${institutionId} and ${sql.ref(`${alias}.subject_id`)} = ${subjectId} and ${sql.ref(`${alias}.attribute`)} = ${key}`
  const values = valuesOf(condition).map((key) => {
    const alias = latest(key, compilation)
    return whom === 'everybody' ? sql`left join facts.profile ${sql.ref(alias)} on ${mine(key, alias)}` : sql`left join lateral (select f.value, f.fresh_until from facts.profile f where ${mine(key, 'f')} limit 1) ${sql.ref(alias)} on true`
  })
  return sql.join([...values, joinedCounts(compilation, institutionId, subjectId, whom, at)], sql` `)
}

/** The part of the joins that brings what is counted. `knownBy`: of what was recorded by then. */
export function joinedCounts(compilation: Compilation, institutionId: unknown, subjectId: Fragment, whom: 'some' | 'everybody', at: Fragment, knownBy?: Fragment): Fragment {
  const all = compilation.counts.map(({ attribute, count }) => {
    const counting = countingOf(attribute, count, compilation, at)
    const found = (subjects: Fragment) => counted(counting, institutionId, { whom, subjects, knownBy }, at)
    return whom === 'everybody' ? sql`left join (${found(sql`true`)}) ${sql.ref(counting.alias)} on ${sql.ref(`${counting.alias}.subject_id`)} = ${subjectId}` : sql`left join lateral (${found(sql`o.subject_id = ${subjectId}`)}) ${sql.ref(counting.alias)} on true`
  })
  return all.length ? sql.join(all, sql` `) : sql``
}

/** When something the condition reads next goes stale, as seen at `now`; infinity where nothing does. */
export function lapse(compilation: Compilation, now: Fragment, condition: RuleGroup): Fragment {
  const { timeZone } = compilation
  const moments = valuesOf(condition).map((key) => {
    const fresh = sql.ref(`${latest(key, compilation)}.fresh_until`)
    return sql`case when ${fresh} > ${now} then ${fresh} end`
  })
  // "Within so many days" turns at local midnight.
  if (rulesOf(condition).some(turnsAtMidnight)) moments.push(sql`(date_trunc('day', ${now} at time zone ${timeZone}) + interval '1 day') at time zone ${timeZone}`)
  // "Within so many hours" is over so long after the moment itself.
  for (const { field, value } of rulesOf(condition).filter((rule) => rule.operator === 'withinHours')) {
    const over = sql`(${valueOf(field, compilation, now)} + make_interval(hours => ${value}::int))`
    moments.push(sql`case when ${over} > ${now} then ${over} end`)
  }
  for (const rule of rulesOf(condition).filter((one) => one.operator === 'timesWithin')) moments.push(turns(countingOf(rule.field, rule.value as TimesWithin, compilation, now), now))
  return moments.length ? sql`coalesce(least(${sql.join(moments)}), 'infinity'::timestamptz)` : sql`'infinity'::timestamptz`
}

const rulesOf = (group: RuleGroup): Rule[] => group.rules.flatMap((rule) => (isGroup(rule) ? rulesOf(rule) : [rule]))
const turnsAtMidnight = ({ operator, value }: Rule) => operator === 'withinDays' || ((operator === 'inAreaList' || operator === 'notInAreaList') && (value as AreaList).asOf === 'today')

/** A boolean expression, NULL where unknown at the moment `at`. */
export function compile(group: RuleGroup, compilation: Compilation, at: Fragment): Fragment {
  if (group.rules.length === 0) return group.not ? sql`false` : sql`true`
  const parts = group.rules.map((rule) => (isGroup(rule) ? compile(rule, compilation, at) : compileRule(rule, compilation, at)))
  const joined = sql`(${sql.join(parts, group.combinator === 'and' ? sql` and ` : sql` or `)})`
  return group.not ? sql`(not ${joined})` : joined
}

function compileRule(rule: Rule, compilation: Compilation, at: Fragment): Fragment {
  const { field, operator, value } = rule
  if (field === 'person.unit') return compilation.roster.inUnit(value)
  if (field === 'person.role') return compilation.roster.holds(value, at)
  if (field === 'person.owned') return operator === 'notNull' ? sql`true` : sql`(${compilation.roster.owned} = ${operator === '!=' ? !value : value}::boolean)`
  if (operator === 'timesWithin') return oftenEnough(countingOf(field, value as TimesWithin, compilation, at), at, compilation.growing?.has(field) ?? false)
  return comparison(valueOf(field, compilation, at), compilation.types.get(field) ?? 'text', operator, value, compilation, at)
}

function countingOf(attribute: string, wanted: TimesWithin, compilation: Compilation, at: Fragment): Counting {
  const type = compilation.types.get(attribute) ?? 'text'
  const alias = `c${compilation.counts.findIndex((one) => one.attribute === attribute && one.count === wanted)}`
  return { attribute, wanted, alias, timeZone: compilation.timeZone, met: wanted.where ? comparison(typed(sql`f.value`, type), type, wanted.where.operator, wanted.where.value, compilation, at) : null }
}

/** Where `person.owned` is read. `of` leaves the rows of this institution, `alike` joins within it; where the tables hold nothing else, neither misleads the planner. */
interface OfficeTables {
  ancestry: Fragment
  office: Fragment
  holding: Fragment
  membership: Fragment
  of: (alias: string) => Fragment
  alike: (one: string, other: string) => Fragment
}
const presentTables = (institutionId: unknown): OfficeTables => ({
  ancestry: sql`directory.ancestry`, office: sql`directory.office`, holding: sql`directory.holding`, membership: sql`directory.membership`,
  of: (alias) => sql`${sql.ref(`${alias}.institution_id`)} = ${institutionId}`, alike: (one, other) => sql`${sql.ref(`${one}.institution_id`)} = ${sql.ref(`${other}.institution_id`)}`,
})
/** CTEs that `person.owned` reads: people on whose way up, from a unit of theirs, somebody other than themselves answers directly. */
export function ownedPeople(institutionId: unknown, at: Fragment, { ancestry, office, holding, membership, of, alike } = presentTables(institutionId)): Fragment {
  return sql`owned_unit as materialized (
    select a.unit_id, count(distinct h.person_id) as holders, min(h.person_id::text)::uuid as holder
    from ${ancestry} a join ${office} o on ${alike('o', 'a')} and o.unit_id = a.ancestor_id
      and (o.role = any(${answeringRoles('direct')}::text[]) or (a.distance = 0 and o.role = any(${answeringRoles('escalation')}::text[])))
    join ${holding} h on ${alike('h', 'o')} and h.office_id = o.office_id and h.during @> ${at}
    where ${of('a')} group by a.unit_id
  ), owned_person as materialized (
    select m.person_id from ${membership} m join owned_unit ou on ou.unit_id = m.unit_id where ${of('m')} and m.tree = 'admin' and (ou.holders > 1 or ou.holder <> m.person_id))`
}

const baseColumns: Record<string, string> = {
  'person.kind': 'p.kind', 'person.grade': 'p.grade', 'person.status': 'p.status', 'person.political-status': 'p.political_status', 'unit.kind': 'u.kind', 'unit.tree': 'u.tree',
}

function valueOf(field: string, compilation: Compilation, at: Fragment): Fragment {
  const column = baseColumns[field]
  if (column) return sql.ref(column)
  const alias = latest(field, compilation)
  return sql`(case when ${sql.ref(`${alias}.fresh_until`)} > ${at} then ${typed(sql.ref(`${alias}.value`), compilation.types.get(field))} end)`
}
const typed = (raw: Fragment, type: FieldType | undefined): Fragment =>
  type === 'yes-no' ? sql`${raw}::boolean` : type === 'number' ? sql`${raw}::numeric` : type === 'choices' || type === 'case' ? raw : type === 'instant' ? sql`(${raw} #>> '{}')::timestamptz` : sql`(${raw} #>> '{}')`

const plainOperators: Record<string, string> = { '=': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' }

function comparison(actual: Fragment, type: FieldType, operator: string, value: unknown, compilation: Compilation, at: Fragment): Fragment {
  const { timeZone } = compilation
  const plain = plainOperators[operator]
  if (plain) {
    const wanted = type === 'yes-no' ? sql`${value}::boolean` : type === 'number' ? sql`${value}::numeric` : type === 'instant' ? sql`${value}::timestamptz` : sql`${value}::text collate "C"`
    return sql`(${actual} ${sql.raw(plain)} ${wanted})`
  }
  switch (operator) {
    case 'notNull':
      return sql`(case when ${actual} is not null then true end)`
    case 'in':
      return sql`(${actual} = any(${value}::text[]))`
    case 'notIn':
      return sql`(${actual} <> all(${value}::text[]))`
    case 'contains':
      return sql`(${actual} @> ${JSON.stringify([value])}::jsonb)`
    case 'doesNotContain':
      return sql`(not ${actual} @> ${JSON.stringify([value])}::jsonb)`
    case 'inAreas':
      return sql`(${actual} like any(${(value as string[]).map((code) => `${code}%`)}::text[]))`
    case 'notInAreas':
      return sql`(not ${actual} like any(${(value as string[]).map((code) => `${code}%`)}::text[]))`
    case 'withinDays':
      return sql`(${actual} collate "C" > to_char((${at} at time zone ${timeZone})::date - ${value}::int, 'YYYY-MM-DD'))`
    case 'withinHours':
      return sql`(${actual} > ${at} - make_interval(hours => ${value}::int))`
    // Of whom nothing was recorded there is no open case.
    case 'hasCase':
      return (value as string[]).length ? sql`coalesce(${actual} ?| ${value}::text[], false)` : sql`coalesce(jsonb_array_length(${actual}) > 0, false)`
    case 'hasNoCase':
      return sql`(not ${comparison(actual, type, 'hasCase', value, compilation, at)})`
    case 'countAtLeast':
      return sql`(jsonb_array_length(${actual}) >= ${value}::int)`
    case 'countAtMost':
      return sql`(jsonb_array_length(${actual}) <= ${value}::int)`
    case 'inAreaList':
      return sql`(${inAreaList(actual, value as AreaList, timeZone, at)})`
    case 'notInAreaList':
      return sql`(not ${inAreaList(actual, value as AreaList, timeZone, at)})`
    default:
      throw new Error(`No such operator: ${operator}`)
  }
}

/** Whether an area is on the edition that counts; NULL where the area is not known. */
function inAreaList(actual: Fragment, list: AreaList, timeZone: string, at: Fragment): Fragment {
  // Of an empty list SQL says false even where nothing is known.
  const on = (areas: string[]) => sql`case when ${actual} is not null then ${actual} like any(${areas.map((code) => `${code}%`)}::text[]) end`
  if (list.asOf !== 'today') return sql`(${on(listedOn(list, list.asOf))})`
  const today = sql`to_char(${at} at time zone ${timeZone}, 'YYYY-MM-DD') collate "C"`
  const editions = list.editions.toReversed().map(({ from, areas }) => sql`when ${today} >= ${from}::text then ${on(areas)}`)
  return sql`(case ${sql.join(editions, sql` `)} else ${on([])} end)`
}
