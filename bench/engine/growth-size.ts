/** One size of the growth: what is stored and how long things take, as one line of JSON. node bench/engine/growth-size.ts --people 30000 --days 7 [--measures 6] [--rounds 20] */
import { parseArgs } from 'node:util'
import { httpClient } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { giveReason } from '#slices/directory/contract.ts'
import { asks, coverage, coverageKnownAt, gaps, switchOn } from '#slices/measures/contract.ts'
import { tokenOf } from './city.ts'
import { draftMeasures, fillFacts } from './filling.ts'
import { setStage } from './stage.ts'

/** Times in milliseconds, disk in bytes. */
export interface Grown {
  people: number
  days: number
  measures: number
  storing: number
  /** The median of the measures. */
  switchingOn: number
  board: number
  gapPage: number
  myDay: number
  /** Everybody's coverage as it was known a moment ago, worked out anew. */
  lookBack: number
  disk: { facts: number; profile: number; standings: number; tally: number; directory: number; database: number }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { people: { type: 'string', default: '30000' }, days: { type: 'string', default: '7' }, measures: { type: 'string', default: '6' }, rounds: { type: 'string', default: '20' } } })
  console.log(JSON.stringify(await grow(Number(values.people), Number(values.days), Number(values.measures), Number(values.rounds))))
}

async function grow(people: number, days: number, many: number, rounds: number): Promise<Grown> {
  const stage = await setStage({ people, units: Math.max(300, Math.round(people / 200)), sessions: Math.min(people, 5000), presets: [] })
  try {
    const { operator, owner, city, port } = stage
    const drafted = await draftMeasures(stage, many)
    const storing = await timed(() => fillFacts(stage, days))
    const on: number[] = []
    for (const measureId of drafted) on.push(await timed(() => operator.call(switchOn, { measureId, sponsor: '压力测试所需' })))
    await owner.query('analyze measures.standing, measures.tally, facts.profile')
    const client = (person: number) => httpClient({ origin: `http://127.0.0.1:${port}`, language: () => 'zh-Hans', token: tokenOf(city, person) })
    const officer = client(0)
    const root = (await owner.query<{ id: string }>(`select unit_id as id from directory.unit where institution_id = $1 and tree = 'admin' and parent_id is null`, [city.institutionId])).rows[0]?.id ?? ''
    await officer.call(giveReason, { reasonId: newId(), unitId: root, words: '量取耗时' })
    const p95 = async (times: number, ask: (n: number) => Promise<unknown>) => {
      const took: number[] = []
      await ask(0)
      for (let n = 1; n <= times; n++) took.push(await timed(() => ask(n)))
      return took.toSorted((a, b) => a - b)[Math.min(took.length - 1, Math.floor(took.length * 0.95))] ?? 0
    }
    const board = await p95(rounds, () => officer.call(coverage, { unitId: root }))
    const gapPage = await p95(rounds, () => officer.call(gaps, { unitId: root, size: 50 }))
    const myDay = await p95(rounds, (n) => client(n * 37).call(asks, {}))
    const lookBack = await timed(() => officer.call(coverageKnownAt, { unitId: root, at: new Date(Date.now() - 500).toISOString() }))
    const bytes = (await owner.query<Grown['disk']>(`select (select sum(pg_total_relation_size(inhrelid))::float8 from pg_inherits where inhparent = 'facts.fact'::regclass) as facts, pg_total_relation_size('facts.profile')::float8 as profile, pg_total_relation_size('measures.standing')::float8 as standings,
      pg_total_relation_size('measures.tally')::float8 as tally, (select sum(pg_total_relation_size(c.oid))::float8 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'directory' and c.relkind = 'r') as directory, pg_database_size(current_database())::float8 as database`)).rows[0]
    if (!bytes) throw new Error('The sizes are not known')
    return { people, days, measures: many, storing, switchingOn: on.toSorted((a, b) => a - b)[on.length >> 1] ?? 0, board, gapPage, myDay, lookBack, disk: bytes }
  } finally {
    await stage.close()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
