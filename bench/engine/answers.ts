/**
 * Accepting answers: durable, exactly once, counted in coverage, against a plain one-row insert by pgbench on the same database in the same run.
 * node bench/engine/answers.ts [--people 30000] [--seconds 8] [--stored 900000]
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { newId } from '#kernel/ids.ts'
import { load, type Loaded } from './load.ts'
import { machine, setStage, type Stage } from './stage.ts'
import { tokenOf } from './city.ts'

const run = promisify(execFile)
const { values } = parseArgs({ options: { people: { type: 'string', default: '30000' }, seconds: { type: 'string', default: '8' }, stored: { type: 'string', default: '0' }, only: { type: 'string', default: '' } } })
const people = Number(values.people)
const seconds = Number(values.seconds)
const wants = (part: string) => !values.only || values.only.split(',').includes(part)

const sheet = (facts: () => object[]) => JSON.stringify({ answers: facts() })
const moment = () => new Date().toISOString()
const single = () => sheet(() => [{ factId: newId(), attribute: 'symptoms', value: ['none'], observedAt: moment() }])
const six = () =>
  sheet(() => {
    const observedAt = moment()
    const fact = (attribute: string, value: unknown) => ({ factId: newId(), attribute, value, observedAt })
    return [fact('symptoms', ['none']), fact('seen-doctor', false), fact('whereabouts', '510107'), fact('from-listed-area', false), fact('arrival-day', moment().slice(0, 10)), fact('observation-place', 'home')]
  })

interface Cost {
  bytes: number
  wal: number
}
async function weigh(stage: Stage): Promise<{ size: number; lsn: string }> {
  const found = await stage.owner.query<{ size: string; lsn: string }>(`select pg_database_size(current_database()) as size, pg_current_wal_lsn()::text as lsn`)
  return { size: Number(found.rows[0]?.size), lsn: found.rows[0]?.lsn ?? '0/0' }
}
async function costOf(stage: Stage, before: { size: number; lsn: string }, answers: number): Promise<Cost> {
  const after = await weigh(stage)
  const wal = await stage.owner.query<{ n: string }>('select pg_wal_lsn_diff($1, $2) as n', [after.lsn, before.lsn])
  return { bytes: Math.round((after.size - before.size) / answers), wal: Math.round(Number(wal.rows[0]?.n) / answers) }
}

/** One durable row a transaction, prepared: six columns, a uuid key, one index. */
async function floor(stage: Stage, clients: number): Promise<number | null> {
  await stage.owner.query('create table if not exists public.floor (id uuid primary key, subject uuid not null, attribute text not null, value jsonb not null, observed_at timestamptz not null, recorded_at timestamptz not null)')
  await stage.owner.query('create index if not exists floor_subject on public.floor (subject)')
  const folder = mkdtempSync(join(tmpdir(), 'pgbench-'))
  try {
    const script = join(folder, 'insert.sql')
    writeFileSync(script, `insert into public.floor values (gen_random_uuid(), gen_random_uuid(), 'symptoms', '["none"]', now(), now());\n`)
    const { stdout } = await run('pgbench', ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script, stage.ownerUrl])
    return Math.round(Number(/tps = ([\d.]+)/.exec(stdout)?.[1]))
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const stage = await setStage({ people, units: Math.max(60, Math.round(people / 200)), sessions: people, presets: ['symptoms-followed', 'whereabouts-known', 'listed-area-observed', 'everyone-owned'] })
const post = (body: () => string) => (n: number) => ({ path: '/api/facts.answer', token: tokenOf(stage.city, (n * 7919) % people), body: body() })
const line = (what: string, result: Loaded, cost: Cost, base: number | null) =>
  console.log(`${what} | ${result.perSecond} | ${base ? (result.perSecond / base).toFixed(2) : '-'} | ${result.p50} | ${result.p99} | ${result.worst} | ${cost.bytes} | ${cost.wal} | ${JSON.stringify(result.refused)} ${result.example}`)
async function measured(what: string, connections: number, body: () => string, base: number | null, rate?: number): Promise<Loaded> {
  const before = await weigh(stage)
  const result = await load({ port: stage.port, connections, seconds, request: post(body), ...(rate ? { rate } : {}) })
  line(what, result, await costOf(stage, before, result.accepted), base)
  return result
}
try {
  console.log(`# ${machine()}, ${people} people, 4 measures`)
  console.log('what | accepted a second | against pgbench | p50 ms | p99 ms | worst ms | disk bytes each | WAL bytes each | refused')
  const base = wants('floor') ? await floor(stage, 32) : null
  if (base) console.log(`pgbench, one row a transaction, 32 clients | ${base} | 1.00 | | | | | |`)
  await load({ port: stage.port, connections: 32, seconds: 3, request: post(single) })
  const empty = wants('single') ? await measured('one answer a request, 32 connections, little stored', 32, single, base) : null
  if (wants('wide')) for (const connections of [256, 1024]) await measured(`one answer a request, ${connections} connections`, connections, single, base)
  if (wants('six')) {
    await measured('six answers a request, 32 connections', 32, six, base)
    await measured('six answers a request, 256 connections', 256, six, base)
  }
  if (wants('open') && empty) await measured(`open loop at 70 %, 256 connections`, 256, single, base, Math.round(empty.perSecond * 0.7))
  if (wants('overload')) await overload()
  if (wants('stored') && Number(values.stored)) {
    await storeFacts(stage, Number(values.stored))
    await measured(`one answer a request, 32 connections, ${values.stored} stored`, 32, single, base)
  }
} finally {
  await stage.close()
}

/** More than are let in at once: some are shed, what was acknowledged is stored and nothing else, and soon it is quick again. */
async function overload(): Promise<void> {
  const stored = async () => Number((await stage.owner.query<{ n: string }>('select count(*) as n from facts.fact')).rows[0]?.n)
  const before = await stored()
  const crowd = await measured('5,000 connections at once', 5000, single, null)
  const added = (await stored()) - before
  console.log(`overload: shed ${JSON.stringify(crowd.refused)}, Retry-After ${crowd.retryAfterSeen ? 'said' : 'missing'}; acknowledged ${crowd.accepted}, stored ${added}${added === crowd.accepted ? '' : ' — NOT THE SAME'}`)
  await measured('right after it, 500 a second, open loop', 64, single, null, 500)
}

/** Facts of the last month as if they had been answered: the same rows, by SQL. */
async function storeFacts({ owner, city }: Stage, count: number): Promise<void> {
  const days = Math.ceil(count / people)
  await owner.query(
    `insert into facts.fact (institution_id, fact_id, subject_id, attribute, value, observed_at, recorded_at, source, recorded_by)
     select $1::uuid, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid, p.person_id, 'symptoms', '["none"]', at, at, 'answer', p.person_id
     from generate_series(1, $2::int) d, directory.person p, lateral (select now() - make_interval(days => d, secs => random() * 3600) as at) t where p.institution_id = $1`, [city.institutionId, days])
  await owner.query('analyze facts.fact')
}
