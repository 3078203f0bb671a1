/**
 * The list of people with gaps at size: pages, filters, words and orders, each asked of the server as the screen asks.
 * node bench/calling/rows.ts [--people 50000] [--units 1500]
 */
import { parseArgs } from 'node:util'
import { httpClient } from '#kernel/client.ts'
import type { Input } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { giveReason } from '#slices/directory/contract.ts'
import { contactMany, gapPeople } from '#slices/measures/contract.ts'
import { tokenOf } from '../engine/city.ts'
import { machine, setStage } from '../engine/stage.ts'

const { values } = parseArgs({ options: { people: { type: 'string', default: '50000' }, units: { type: 'string', default: '1500' }, rounds: { type: 'string', default: '9' } } })
const stage = await setStage({ people: Number(values.people), units: Number(values.units), sessions: 10, presets: ['whereabouts-known', 'symptoms-followed'] })
try {
  const { owner, city, port } = stage
  await owner.query('analyze measures.standing, measures.contact, directory.person, directory.membership, directory.ancestry')
  const officer = httpClient({ origin: `http://127.0.0.1:${port}`, language: () => 'zh-Hans', token: tokenOf(city, 0) })
  const units = (await owner.query<{ id: string; depth: number }>(`select unit_id as id, nlevel(path) - 1 as depth from directory.unit where institution_id = $1 and tree = 'admin' order by path`, [city.institutionId])).rows
  const root = units.find((unit) => unit.depth === 0)?.id ?? ''
  await officer.call(giveReason, { reasonId: newId(), unitId: root, words: '量取耗时' })
  const first = await officer.call(gapPeople, { unitId: root, size: 100 })
  for (let done = 0; done < 5; done++) {
    const some = (await officer.call(gapPeople, { unitId: root, size: 100, page: 1 + ((done * 7) % Math.ceil(first.total / 100)) })).people
    await officer.call(contactMany, { items: some.flatMap((one) => one.open.map(({ measureId }) => ({ contactId: newId(), measureId, subjectId: one.subject.id }))).slice(0, 200), how: 'call', outcome: done % 2 ? 'reached' : 'no-answer' })
  }
  await owner.query('analyze measures.contact')
  console.log(`# ${machine()}, ${values.people} people, ${first.total} with gaps\nwhat | median ms | worst ms`)
  const time = async (what: string, input: Partial<Input<typeof gapPeople>>) => {
    const times: number[] = []
    for (let round = 0; round < Number(values.rounds); round++) {
      const begun = performance.now()
      await officer.call(gapPeople, { unitId: root, size: 100, ...input })
      times.push(performance.now() - begun)
    }
    const sorted = times.toSorted((a, b) => a - b)
    console.log(`${what} | ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} | ${Math.round(sorted.at(-1) ?? 0)}`)
  }
  await time('first page of everybody', {})
  await time('page 300', { page: 300 })
  await time('still to be reached', { reach: ['untried', 'reminded', 'no-answer'] })
  await time('by name', { sort: 'name' })
  await time('longest first', { sort: 'since' })
  await time('words typed', { text: 'zh' })
  await time('how they divide', { size: 1, facets: true })
  const leaf = units.filter((unit) => unit.depth === Math.max(...units.map((one) => one.depth)))[0]?.id ?? root
  await time('one class', { unitId: leaf })
} finally {
  await stage.close()
}
process.exit(0)
