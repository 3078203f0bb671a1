/**
 * How long the pages of a campus take to answer, over HTTP, one after another: every coverage page and gap list, some people's My day.
 * node bench/screens.ts --server http://127.0.0.1:8080   (against a running `npm run demo`)
 */
import { parseArgs } from 'node:util'
import { httpClient } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { giveReason, signIn, units } from '#slices/directory/contract.ts'
import { asks, coverage, gaps } from '#slices/measures/contract.ts'
import { todo } from '#slices/notices/contract.ts'

const { values } = parseArgs({ options: { server: { type: 'string', default: 'http://127.0.0.1:8080' }, login: { type: 'string', default: 'duty' }, password: { type: 'string', default: 'demo-duty-2026' } } })
const session = async (login: string, password: string) => {
  const { token } = await httpClient({ origin: values.server, language: () => 'zh-Hans' }).call(signIn, { institution: 'demo', login, password })
  return httpClient({ origin: values.server, language: () => 'zh-Hans', token })
}
const officer = await session(values.login, values.password)
const times = new Map<string, number[]>()
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await work()
  times.set(what, [...(times.get(what) ?? []), performance.now() - started])
  return result
}
for (const tree of ['admin', 'party', 'residence'] as const) {
  const { units: found } = await timed(`units ${tree}, 2 levels`, () => officer.call(units, { tree, depth: 2 }))
  const root = found.find((unit) => unit.parentId === null)
  const below = found.filter((unit) => unit.parentId !== null)
  if (root) await officer.call(giveReason, { reasonId: newId(), unitId: root.unitId, words: '量取耗时' })
  for (let round = 0; round < 5; round++) if (root) {
    await timed(`coverage of the ${tree} root`, () => officer.call(coverage, { unitId: root.unitId }))
    await timed(`gaps of the ${tree} root, first 100`, () => officer.call(gaps, { unitId: root.unitId, size: 100 }))
  }
  for (const unit of below) {
    await timed(`coverage one level down (${tree})`, () => officer.call(coverage, { unitId: unit.unitId }))
    await timed(`gaps one level down (${tree})`, () => officer.call(gaps, { unitId: unit.unitId, size: 100 }))
  }
}
for (const login of ['student', 'counsellor', 'secretary']) {
  const person = await session(login, `demo-${login}-2026`)
  for (let round = 0; round < 10; round++) {
    await timed(`My day of a ${login}: asks`, () => person.call(asks, {}))
    await timed(`My day of a ${login}: duties`, () => person.call(todo, {}))
  }
}
const at = (sorted: number[], share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
console.log('page | times | median ms | p95 ms | worst ms')
for (const [what, list] of times) {
  const sorted = list.toSorted((a, b) => a - b)
  console.log(`${what} | ${sorted.length} | ${at(sorted, 0.5)} | ${at(sorted, 0.95)} | ${at(sorted, 1)}`)
}
