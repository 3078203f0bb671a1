/** Every hazard can be opened and is named in three languages. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { takeHantTable, toHant } from '#ui/words.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import { list, open } from './contract.ts'
import { hazardKind, hazardKindWords, hazards, hazardWords } from './rules.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

test('a response is opened for every hazard, and keeps its name', async () => {
  for (const hazard of hazards) await scene.as('duty').call(open, { responseId: newId(), name: hazardWords[hazard].zh, hazards: [hazard], level: 4, basis: '突发事件应对法', decidedBy: '校应急指挥部', plannedEnd: null })
  const { responses } = await scene.as('duty').call(list, {})
  assert.deepEqual(responses.flatMap((one) => one.hazards).toSorted(), [...hazards].toSorted())
})

test('each is named in Simplified, Traditional and English, unlike every other, and has a kind', async () => {
  takeHantTable(JSON.parse(await readFile(new URL('../../ui/words.hant.json', import.meta.url), 'utf8')) as Parameters<typeof takeHantTable>[0])
  const names = hazards.flatMap((hazard) => [hazardWords[hazard].zh, hazardWords[hazard].en])
  assert.equal(new Set(names).size, names.length)
  for (const hazard of hazards) assert.ok(hazardKindWords[hazardKind[hazard]].zh !== '' && toHant(hazardWords[hazard].zh) !== '')
  assert.deepEqual((['heat', 'smog', 'earthquake', 'gas-leak', 'lab-accident', 'water-supply'] as const).map((hazard) => toHant(hazardWords[hazard].zh)), ['高溫', '重污染天氣', '地震', '燃氣洩漏', '實驗室事故', '供水異常'])
})
