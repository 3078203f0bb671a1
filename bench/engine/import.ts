/**
 * A roster of many people, by the calls that the command line makes: previewed, applied, then brought in again with some changes.
 * node bench/engine/import.ts [--people 100000] [--units 5000] [--encoding utf-8|gb18030] [--measures]
 * Meanwhile somebody answers once in 50 ms: how long each waits is printed with every part.
 */
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { newId } from '#kernel/ids.ts'
import { applyRosterFile, rosterFile } from '#slices/directory/contract.ts'
import { previewLarge } from '../../entry/cli/directory.ts'
import { tokenOf } from './city.ts'
import { machine, setStage, type Stage } from './stage.ts'

const { values } = parseArgs({ options: { people: { type: 'string', default: '100000' }, units: { type: 'string', default: '5000' }, encoding: { type: 'string', default: 'utf-8' }, measures: { type: 'boolean', default: false } } })
const people = Number(values.people)
const classes = Math.max(20, Math.round(Number(values.units) * 0.9))

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'
const given = '文武明华安宁思远子涵雨晨嘉怡梓萱浩然志强建国海燕春梅东升晓峰丽娟'
const nameOf = (n: number) => (surnames[n % 20] ?? '') + (given[(n * 7) % given.length] ?? '') + (given[(n * 13 + 5) % given.length] ?? '')

/** One row in a thousand is wrong, one in a hundred wants a look. `again`: 1 % moved, 1 % changed, 1 % are missing. */
function* lines(again: boolean): Generator<string> {
  yield '学号,姓名,性别,学院,年级,专业,班级,政治面貌,手机号,状态'
  for (let n = 0; n < people; n++) {
    if (again && n % 100 === 3) continue
    const klass = Math.floor((n * classes) / people) + (again && n % 100 === 1 ? 1 : 0)
    const at = klass % classes
    const college = `第${Math.floor(at / 100) + 1}学院`
    const phone = n % 100 === 50 ? '' : `1380000${String(n % 10_000).padStart(4, '0')}`
    const name = n % 1000 === 500 ? '' : nameOf(n)
    yield `${20260000000 + n},${name},${n % 2 ? '男' : '女'},${college},${2023 + (at % 4)}级,${again && n % 100 === 2 ? '网络工程' : '软件工程'},软件${at}班,${n % 9 ? '共青团员' : '中共党员'},${phone},在籍`
  }
}

function write(path: string, again: boolean): number {
  const file = openSync(path, 'w')
  let part: string[] = []
  const flush = () => {
    if (!part.length) return
    const text = `${part.join('\n')}\n`
    if (values.encoding === 'gb18030') writeSync(file, execFileSync('iconv', ['-f', 'utf-8', '-t', 'gb18030'], { input: text, maxBuffer: 2 ** 28 }))
    else writeSync(file, text)
    part = []
  }
  for (const line of lines(again)) if (part.push(line) >= 50_000) flush()
  flush()
  closeSync(file)
  return statSync(path).size
}

interface Spent {
  pid: number
  name: string
  /** In seconds. */
  cpu: number
  /** Of the process alone, without what it shares, in MB. */
  own: number
}
/** Every process below this one: the server is node, the rest PostgreSQL. */
function processes(): Spent[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      return [{ pid: Number(name), parent: Number(rest[1]), name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), cpu: (Number(rest[11]) + Number(rest[12])) / 100, own: Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024 }]
    } catch {
      return []
    }
  })
  const mine = new Set([process.pid])
  for (let more = true; more; ) {
    more = false
    for (const one of all) if (!mine.has(one.pid) && mine.has(one.parent)) more = Boolean(mine.add(one.pid))
  }
  return all.filter((one) => mine.has(one.pid))
}

async function measured<T>(stage: Stage, what: string, work: () => Promise<T>): Promise<T> {
  const waits: number[] = []
  let peak = { server: 0, database: 0, own: 0 }
  let done = false
  const cpu = { server: 0, database: 0 }
  const first = new Map(processes().map((one) => [one.pid, one.cpu]))
  const last = new Map<number, Spent>()
  const look = () => {
    const now = processes()
    for (const one of now) last.set(one.pid, one)
    const of = (name: RegExp) => now.filter((one) => name.test(one.name) && one.pid !== process.pid).reduce((most, one) => Math.max(most, one.own), 0)
    peak = { server: Math.max(peak.server, of(/^(node|MainThread)/)), database: Math.max(peak.database, of(/^postgres/)), own: Math.max(peak.own, process.memoryUsage().rss / 2 ** 20) }
  }
  const answering = (async () => {
    for (let n = 1; !done; n++) {
      const at = performance.now()
      const response = await fetch(`http://127.0.0.1:${stage.port}/api/facts.answer`, {
        method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(stage.city, n % 1000)}` },
        body: JSON.stringify({ answers: [{ factId: newId(), attribute: 'symptoms', value: ['none'], observedAt: new Date().toISOString() }] }),
      })
      const said = await response.text()
      if (!response.ok) console.error(`an answer was refused: ${response.status} ${said}`)
      waits.push(performance.now() - at)
      if (n % 10 === 0) look()
      await sleep(50)
    }
  })()
  const start = performance.now()
  const result = await work().finally(() => { done = true })
  const seconds = (performance.now() - start) / 1000
  await answering
  look()
  for (const one of last.values()) cpu[/^postgres/.test(one.name) ? 'database' : 'server'] += one.pid === process.pid ? 0 : one.cpu - (first.get(one.pid) ?? 0)
  waits.sort((a, b) => a - b)
  const at = (share: number) => Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0)
  console.log(`${what} | ${seconds.toFixed(1)} | ${cpu.server.toFixed(0)} | ${cpu.database.toFixed(0)} | ${Math.round(peak.server)} | ${Math.round(peak.database)} | ${waits.length} | ${at(0.5)} | ${at(0.99)} | ${at(1)}`)
  return result
}

// The server does the work; this process only sends and waits, as the command line with --server does.
const stage = await setStage({ people: 1000, units: 60, sessions: 1000, presets: ['symptoms-followed', ...(values.measures ? ['whereabouts-known', 'everyone-owned'] : [])] })
// As autovacuum has done where measures have been on for more than a minute.
await stage.owner.query('analyze measures.standing')
const path = join(tmpdir(), `roster-${process.pid}.csv`)
try {
  const session = { ...stage.operator, work: undefined }
  const finished = async (importId: string) => {
    for (;;) {
      const now = await session.call(rosterFile, { importId })
      if (now.state === 'applied' || now.state === 'checked') return now.summary
      if (now.state === 'refused') throw new Error(now.refusal?.en)
      await sleep(200)
    }
  }
  console.log(`# ${machine()}, ${people} people in ${classes} classes, ${values.encoding}${values.measures ? ', 3 measures on' : ', 1 measure on'}`)
  console.log('what | seconds | server CPU s | database CPU s | server own MB | largest database process MB | answers meanwhile | median ms | p99 ms | worst ms')
  let total = 0
  for (const again of [false, true]) {
    const size = write(path, again)
    const named = again ? 'again' : 'first'
    const importId = newId()
    const start = performance.now()
    const { summary } = await measured(stage, `${named}: sent and previewed (${Math.round(size / 1e6)} MB)`, () => previewLarge(session as never, importId, path, 'student'))
    const applied = await measured(stage, `${named}: applied`, async () => {
      await session.call(applyRosterFile, { importId, applyLeft: again })
      return finished(importId)
    })
    const seconds = (performance.now() - start) / 1000
    total += seconds
    const said = ({ rows, accepted, refused, doubtful, arrived, moved, changed, unchanged, left, newUnits }: typeof summary) => JSON.stringify({ rows, accepted, refused, doubtful, arrived, moved, changed, unchanged, left, newUnits })
    console.log(`  previewed ${said(summary)}\n  applied   ${said(applied)}\n  together ${seconds.toFixed(1)} s, ${Math.round(people / seconds)} rows a second`)
  }
} finally {
  rmSync(path, { force: true })
  await stage.close()
}
