/** Compiles a condition to SQL for a population. SQL's NULL is the third truth value, so it agrees with rules.ts by construction. */
import { sql, type RawBuilder } from 'kysely'
import { answeringRoles } from '#slices/directory/rules.ts'
import { isGroup, listedOn, type AreaList, type FieldType, type Rule, type RuleGroup } from './rules.ts'

type Fragment = RawBuilder<unknown>

/** The subject's row is `p` (a person) or `u` (a unit); attribute number n is joined as profile `a<n>`. */
export interface Compilation {
  attributes: readonly string[]
  types: ReadonlyMap<string, FieldType>
  timeZone: string
}

/**
 * Brings the profile of every attribute the condition reads. For some subjects by key for each of them, whatever the planner knows of a table that just grew; for everybody as the planner likes,
 * which is one pass over a large table instead of a million look-ups.
 */
export function joins({ attributes }: Compilation, institutionId: unknown, subjectId: Fragment, whom: 'some' | 'everybody'): Fragment {
  const mine = (key: string, alias: string) => sql`${sql.ref(`${alias}.institution_id`)} = ${institutionId} and ${sql.ref(`${alias}.subject_id`)} = ${subjectId} and ${sql.ref(`${alias}.attribute`)} = ${key}`
  return sql.join(
    attributes.map((key, index) => (whom === 'everybody'
      ? sql`left join facts.profile ${sql.ref(`a${index}`)} on ${mine(key, `a${index}`)}`
      : sql`left join lateral (select f.value, f.fresh_until from facts.profile f where ${mine(key, 'f')} limit 1) ${sql.ref(`a${index}`)} on true`)),
    sql` `,
  )
}

/** When something the condition reads next goes stale, as seen at `now`; infinity where nothing does. */
export function lapse(compilation: Compilation, now: Fragment, condition: RuleGroup): Fragment {
  const { attributes, timeZone } = compilation
  const moments = attributes.map((_, index) => sql`case when ${sql.ref(`a${index}.fresh_until`)} > ${now} then ${sql.ref(`a${index}.fresh_until`)} end`)
  // "Within so many days" turns at local midnight.
  if (rulesOf(condition).some(turnsAtMidnight)) moments.push(sql`(date_trunc('day', ${now} at time zone ${timeZone}) + interval '1 day') at time zone ${timeZone}`)
  // "Within so many hours" is over so long after the moment itself.
  for (const { field, value } of rulesOf(condition).filter((rule) => rule.operator === 'withinHours')) {
    const over = sql`(${valueOf(field, compilation, now)} + make_interval(hours => ${value}::int))`
    moments.push(sql`case when ${over} > ${now} then ${over} end`)
  }
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
  if (field === 'person.unit') {
    return sql`exists (select from directory.membership m join directory.unit mu using (institution_id, unit_id) join directory.unit au on au.institution_id = m.institution_id and au.unit_id = ${value}
      where m.institution_id = p.institution_id and m.person_id = p.person_id and mu.path <@ au.path)`
  }
  if (field === 'person.role') {
    return sql`exists (select from directory.holding h join directory.office o using (institution_id, office_id)
      where h.institution_id = p.institution_id and h.person_id = p.person_id and h.during @> ${at} and o.role = any(${value}::text[]))`
  }
  if (field === 'person.owned') return operator === 'notNull' ? sql`true` : sql`(${owned} = ${operator === '!=' ? !value : value}::boolean)`
  return comparison(valueOf(field, compilation, at), compilation.types.get(field) ?? 'text', operator, value, compilation, at)
}

/** Does somebody answer directly for the person. A hashed look-up: asked once for the whole population. */
const owned = sql`(p.person_id in (select person_id from owned_person))`

/** CTEs that `person.owned` reads: people on whose way up, from a unit of theirs, somebody other than themselves answers directly. */
export function ownedPeople(institutionId: unknown, at: Fragment): Fragment {
  return sql`owned_unit as materialized (
    select a.unit_id, count(distinct h.person_id) as holders, min(h.person_id::text)::uuid as holder
    from directory.ancestry a join directory.office o on o.institution_id = a.institution_id and o.unit_id = a.ancestor_id
      and (o.role = any(${answeringRoles('direct')}::text[]) or (a.distance = 0 and o.role = any(${answeringRoles('escalation')}::text[])))
    join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${at}
    where a.institution_id = ${institutionId} group by a.unit_id
  ), owned_person as materialized (
    select m.person_id from directory.membership m join owned_unit ou on ou.unit_id = m.unit_id where m.institution_id = ${institutionId} and m.tree = 'admin' and (ou.holders > 1 or ou.holder <> m.person_id))`
}

const baseColumns: Record<string, string> = {
  'person.kind': 'p.kind', 'person.grade': 'p.grade', 'person.status': 'p.status', 'person.political-status': 'p.political_status', 'unit.kind': 'u.kind', 'unit.tree': 'u.tree',
}

function valueOf(field: string, { attributes, types }: Compilation, at: Fragment): Fragment {
  const column = baseColumns[field]
  if (column) return sql.ref(column)
  const alias = `a${attributes.indexOf(field)}`
  const raw = sql.ref(`${alias}.value`)
  const type = types.get(field)
  const typed = type === 'yes-no' ? sql`${raw}::boolean` : type === 'number' ? sql`${raw}::numeric` : type === 'choices' ? raw : type === 'instant' ? sql`(${raw} #>> '{}')::timestamptz` : sql`${raw} #>> '{}'`
  return sql`(case when ${sql.ref(`${alias}.fresh_until`)} > ${at} then ${typed} end)`
}

const plainOperators: Record<string, string> = { '=': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' }

function comparison(actual: Fragment, type: FieldType, operator: string, value: unknown, { timeZone }: Compilation, at: Fragment): Fragment {
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
