/**
 * The engine at size: boards, gap lists, My day, a change becoming visible, a new measure, against the floor (one sequential scan) and, where installed, DuckDB over the same rows.
 * node bench/engine/million.ts [--people 1000000] [--units 5000] [--days 14] [--measures 20] [--folder DIR]
 * A folder stays afterwards; given again, the city in it is measured without being filled anew, with five more measures, which end when they were timed.
 * DuckDB: npm install --no-save @duckdb/node-api
 */
import { parseArgs } from 'node:util'
import { httpClient } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { giveReason, me } from '#slices/directory/contract.ts'
import { answer } from '#slices/facts/contract.ts'
import { mine as myCases } from '#slices/health/contract.ts'
import { mine as myHelp } from '#slices/issues/contract.ts'
import { asks, coverage, end, gaps, switchOn } from '#slices/measures/contract.ts'
import { mine as myNotices } from '#slices/notices/contract.ts'
import { tokenOf } from './city.ts'
import { duckdbCount } from './duckdb.ts'
import { draftCounting, draftMeasures, fillFacts } from './filling.ts'
import { load } from './load.ts'
import { machine, setStage } from './stage.ts'

const { values } = parseArgs({ options: { people: { type: 'string', default: '1000000' }, units: { type: 'string', default: '5000' }, days: { type: 'string', default: '14' }, measures: { type: 'string', default: '20' }, rounds: { type: 'string', default: '40' }, folder: { type: 'string' } } })
const people = Number(values.people)
const days = Number(values.days)
const rounds = Number(values.rounds)

const spread = (times: number[]) => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return `${at(0.5)} | ${at(0.95)} | ${at(1)}`
}
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
const say = (what: string, rest: string) => console.log(`${what} | ${rest}`)

const stage = await setStage({ people, units: Number(values.units), sessions: 20_000, presets: [], folder: values.folder })
try {
  const { owner, operator, city, port } = stage
  console.log(`# ${machine()}, ${people} people, ${values.units} units on 8 levels, ${values.measures} measures, ${days} days of facts`)
  console.log('what | median ms | p95 ms | worst ms')
  // The attributes come with the ready-made measures; the measures stay drafts until the facts are there.
  const drafted = await draftMeasures(stage, stage.found ? 5 : Number(values.measures))
  if (!stage.found) {
    const facts = await timed(() => fillFacts(stage, days))
    say(`(${people * days} facts of ${days} days stored by SQL: ${Math.round(facts / 1000)} s)`, ' | | ')
  }
  const onTimes: number[] = []
  for (const measureId of drafted) onTimes.push(await timed(() => operator.call(switchOn, { measureId, sponsor: '压力测试所需' })))
  say('a new measure over everybody: from the call to its coverage', spread(onTimes))
  const counting = await draftCounting(stage)
  say('a new measure over everybody that counts over time', spread([await timed(() => operator.call(switchOn, { measureId: counting, sponsor: '压力测试所需' }))]))
  await operator.call(end, { measureId: counting })
  if (stage.found) for (const measureId of drafted) await operator.call(end, { measureId })
  const ofKey = async (key: string) => (await owner.query<{ id: string }>(`select measure_id as id from measures.measure where key = $1`, [key])).rows[0]?.id ?? ''
  await owner.query('analyze measures.standing, measures.tally, facts.profile')

  const officer = httpClient({ origin: `http://127.0.0.1:${port}`, language: () => 'zh-Hans', token: tokenOf(city, 0) })
  const units = (await owner.query<{ id: string; depth: number }>(`select unit_id as id, nlevel(path) - 1 as depth from directory.unit where institution_id = $1 and tree = 'admin' order by md5(unit_id::text)`, [city.institutionId])).rows
  const root = units.find((unit) => unit.depth === 0)?.id ?? ''
  const some = units.filter((unit) => unit.depth > 0).slice(0, rounds).map((unit) => unit.id)
  for (let warm = 0; warm < 3; warm++) await officer.call(coverage, { unitId: root })
  // The first time much comes from the disk; whoever works with it asks again.
  const series = async (what: string, unitIds: string[], ask: (unitId: string) => Promise<unknown>) => {
    for (const when of ['the first time', 'again']) {
      const times: number[] = []
      for (const unitId of unitIds) times.push(await timed(() => ask(unitId)))
      say(`${what}, ${when}`, spread(times))
    }
  }
  await series('coverage board of everybody', Array.from({ length: rounds / 2 }, () => root), (unitId) => officer.call(coverage, { unitId }))
  await series('coverage board of some unit', some, (unitId) => officer.call(coverage, { unitId }))
  await officer.call(giveReason, { reasonId: newId(), unitId: root, words: '量取耗时' })
  await series('first page of gaps, of everybody', Array.from({ length: rounds / 4 }, () => root), (unitId) => officer.call(gaps, { unitId, size: 50 }))
  await series('first page of gaps, of some unit', some, (unitId) => officer.call(gaps, { unitId, size: 50 }))
  const somebody = (n: string) => httpClient({ origin: `http://127.0.0.1:${port}`, language: () => 'zh-Hans', token: tokenOf(city, Number(n)) })
  const numbers = Array.from({ length: rounds }, (_, n) => String(n * 37))
  await series('My day: what one person is asked', numbers, (n) => somebody(n).call(asks, {}))
  await series('My day: all that the page of a student asks for, together', numbers, (n) => {
    const one = somebody(n)
    return Promise.all([one.call(me, {}), one.call(asks, {}), one.call(myNotices, {}), one.call(myHelp, {}), one.call(myCases, {})])
  })

  // A change under load: from sending an answer to the board that has it.
  const measureId = await ofKey('stay-approved') // unknown for most
  // Who said so in an earlier run changes nothing by saying it again.
  const said = (await owner.query<{ n: number }>(`select count(*)::int as n from facts.profile where attribute = 'on-campus'`)).rows[0]?.n ?? 0
  let quiet = false
  const noise = (async () => {
    const result = await load({ port, connections: 16, seconds: 20, rate: 300, request: (n) => ({ path: '/api/facts.answer', token: tokenOf(city, 100 + ((n * 7) % 15_000)), body: JSON.stringify({ answers: [{ factId: newId(), attribute: 'symptoms', value: ['none'], observedAt: new Date().toISOString() }] }) }) })
    quiet = true
    return result
  })()
  const seen: number[] = []
  for (let n = 1; n <= 15 && !quiet; n++) {
    const total = async () => (await officer.call(coverage, { unitId: root, measureId })).total[0]?.kept ?? 0
    const before = await total()
    const person = httpClient({ origin: `http://127.0.0.1:${port}`, language: () => 'zh-Hans', token: tokenOf(city, 15_500 + (said + n) * 12 + 1) })
    seen.push(await timed(async () => {
      await person.call(answer, { answers: [{ factId: newId(), attribute: 'on-campus', value: false, observedAt: new Date().toISOString() }] })
      while ((await total()) <= before) await new Promise((resolve) => setTimeout(resolve, 20))
    }))
  }
  const noisy = await noise
  say('a changed fact visible in the coverage of everybody, under 300 answers a second', spread(seen))
  say(`(those answers meanwhile: ${noisy.perSecond} a second, p50 ${noisy.p50} ms, p99 ${noisy.p99} ms, refused ${JSON.stringify(noisy.refused)})`, ' | | ')

  // A recount of one measure by unit from nothing: ours kept ready, PostgreSQL over the rows, DuckDB over the same rows.
  const known = await ofKey('whereabouts-known')
  const recount = `select m.unit_id, s.state, count(*) from measures.standing s join directory.membership m on m.institution_id = s.institution_id and m.person_id = s.subject_id where s.institution_id = '${city.institutionId}' and s.measure_id = '${known}' group by 1, 2`
  const scan = `select count(*) from facts.profile where value is not null`
  const repeat = async (work: () => Promise<unknown>) => {
    const times: number[] = []
    for (let round = 0; round < 5; round++) times.push(await timed(work))
    return spread(times)
  }
  say('one measure, every unit: recount over the rows in PostgreSQL', await repeat(() => owner.query(recount)))
  say('floor: one sequential scan of what is known in PostgreSQL', await repeat(() => owner.query(scan)))
  const duck = await duckdbCount(owner, city.institutionId, known)
  if (duck) say(`one measure, every unit: DuckDB over the same rows (${Math.round(duck.copied / 1000)} s to copy them first)`, spread(duck.times))
  say('one measure, every unit: from the tally', await repeat(() => owner.query(`select unit_id, kept, gap, unknown from measures.tally where institution_id = '${city.institutionId}' and measure_id = '${known}'`)))
  const sizes = (await owner.query<{ name: string; size: string }>(`select 'facts (all months)' as name, pg_size_pretty(sum(pg_total_relation_size(i.inhrelid))) as size from pg_inherits i where i.inhparent = 'facts.fact'::regclass
    union all select 'profile', pg_size_pretty(pg_total_relation_size('facts.profile')) union all select 'standings', pg_size_pretty(pg_total_relation_size('measures.standing')) union all select 'tally', pg_size_pretty(pg_total_relation_size('measures.tally')) union all select 'database', pg_size_pretty(pg_database_size(current_database()))`)).rows
  for (const { name, size } of sizes) say(`disk: ${name}`, `${size} | | `)
  // Recounted person by person, does the tally say the same?
  const wrong = (await owner.query<{ n: number }>(`select count(*)::int as n from (select s.measure_id, m.unit_id, count(*) filter (where state = 'kept') as k, count(*) filter (where state = 'gap') as g, count(*) filter (where state = 'unknown') as u from measures.standing s join directory.membership m on m.institution_id = s.institution_id and m.person_id = s.subject_id group by 1, 2) r
    full join measures.tally t on t.measure_id = r.measure_id and t.unit_id = r.unit_id where (coalesce(r.k, 0), coalesce(r.g, 0), coalesce(r.u, 0)) is distinct from (coalesce(t.kept, 0)::bigint, coalesce(t.gap, 0)::bigint, coalesce(t.unknown, 0)::bigint) and not exists (select from directory.unit u where u.unit_id = t.unit_id and exists (select from measures.standing z where z.subject_id = u.unit_id))`)).rows[0]?.n
  say('(units of measures where a recount differs from the tally)', `${wrong} | | `)
} finally {
  await stage.close()
}
