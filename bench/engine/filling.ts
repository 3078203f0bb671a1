/** Facts of many days and many measures for the benchmarks of size: the facts straight into the tables by SQL, the measures through the calls. */
import { newId } from '#kernel/ids.ts'
import { draft, fromPreset } from '#slices/measures/contract.ts'
import type { Stage } from './stage.ts'

const ownMeasure = (nth: number, rule: { field: string; operator: string; value?: unknown }) => ({
  key: null, name: { zh: `措施${nth}`, en: `Measure ${nth}` }, subjectKind: 'person' as const,
  population: { combinator: 'and' as const, rules: [{ field: 'person.kind', operator: 'in', value: nth % 3 ? ['student', 'staff'] : ['student'] }] },
  condition: { combinator: 'and' as const, rules: [rule] },
  basis: '示例', demandedBy: 'school' as const, graceSeconds: 86_400, followUp: 'none' as const, danger: 1 + (nth % 3), endsAt: null,
})

/** Ready-made measures first, from the seventh on some of our own over the same attributes. All stay drafts. Answers their ids. */
export async function draftMeasures({ operator, responseId, found }: Pick<Stage, 'operator' | 'responseId' | 'found'>, many: number): Promise<string[]> {
  const drafted: string[] = []
  for (const key of found ? [] : ['symptoms-followed', 'whereabouts-known', 'listed-area-observed', 'stay-approved', 'everyone-owned', 'zero-report']) {
    drafted.push(newId())
    await operator.call(fromPreset, { measureId: drafted.at(-1) ?? '', responseId, key, basis: '示例' })
  }
  const attributes = ['symptoms', 'whereabouts', 'from-listed-area', 'on-campus']
  while (drafted.length < many) {
    const nth = drafted.length
    drafted.push(newId())
    await operator.call(draft, { measureId: drafted.at(-1) ?? '', responseId, ...ownMeasure(nth, { field: attributes[nth % 4] ?? '', operator: 'notNull' }) })
  }
  return drafted
}

/** One that counts over time: symptoms told on two days of the last three. */
export async function draftCounting({ operator, responseId }: Pick<Stage, 'operator' | 'responseId'>): Promise<string> {
  const measureId = newId()
  await operator.call(draft, { measureId, responseId, ...ownMeasure(1, { field: 'symptoms', operator: 'timesWithin', value: { times: 2, days: 3, daily: true } }) })
  return measureId
}

/** An answer a person a day, and what is known of nine people in ten after them. */
export async function fillFacts({ owner, city }: Pick<Stage, 'owner' | 'city'>, days: number): Promise<void> {
  const id = `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`
  for (let day = days; day >= 1; day--) {
    await owner.query(
      `insert into facts.fact (institution_id, fact_id, subject_id, attribute, value, observed_at, recorded_at, source, recorded_by)
       select $1::uuid, ${id}, p.person_id, a.key, a.value, at, at, 'answer', p.person_id
       from directory.person p cross join lateral (select now() - make_interval(days => $2::int, secs => random() * 3600) as at) t
       cross join lateral (select case when $2 = 7 then 'whereabouts' when $2 = 3 then 'from-listed-area' else 'symptoms' end as key, case when $2 = 7 then '"510107"' when $2 = 3 then 'false' else '["none"]' end::jsonb as value) a
       where p.institution_id = $1`, [city.institutionId, day])
  }
  await owner.query(
    `insert into facts.profile (institution_id, subject_id, attribute, value, observed_at, recorded_at, fresh_until, source, recorded_by, fact_id)
     select $1::uuid, p.person_id, a.key, a.value, now() - a.age, now() - a.age, now() - a.age + a.fresh, 'answer', p.person_id, gen_random_uuid()
     from directory.person p cross join (values ('symptoms', '["none"]'::jsonb, interval '1 hour', interval '1 day'), ('whereabouts', '"510107"', interval '1 day', interval '7 days'), ('from-listed-area', 'false', interval '3 days', interval '7 days')) a(key, value, age, fresh)
     where p.institution_id = $1 and ('x' || substr(md5(p.person_id::text || a.key), 1, 2))::bit(8)::int < 230`, [city.institutionId])
  await owner.query('analyze facts.profile, facts.fact')
}
