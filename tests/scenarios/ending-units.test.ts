/** Units that nobody needs any more over HTTP: ended only when empty, gone from lists and counts, brought back by hand, by name or by a roster. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CallProblem } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { applyRoster, endUnit, findUnits, previewRoster, saveUnit, unit, units } from '#slices/directory/contract.ts'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
before(async () => { scene = await openScene() })
after(() => scene.close())

const admin = () => scene.as('administrator')
const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
const rooms = async () => (await admin().call(units, { tree: 'residence', depth: 8 })).units.filter((one) => one.kind === 'room')
async function move(room: string) {
  const importId = newId()
  const text = `学号,姓名,学院,年级,班级,校区,宿舍楼,楼层,房间号\n20261003,软甲寅,信息学院,2026,软件2026-1班,北校区,1号楼,1,${room}`
  const { summary } = await admin().call(previewRoster, { importId }, { file: { name: '学生.csv', bytes: new TextEncoder().encode(text) } })
  await admin().call(applyRoster, { importId })
  return summary
}

test('a room that a corrected import left empty is ended, and comes back as it was when a roster names it again', async () => {
  await move('1001')
  const wrong = (await rooms()).find((one) => one.name === '1001')?.unitId ?? ''
  await assert.rejects(admin().call(endUnit, { unitId: wrong, ended: true }), refusal('not-empty'), 'somebody lives there')
  await move('101')
  assert.equal((await admin().call(unit, { unitId: wrong })).members, 0)
  await admin().call(endUnit, { unitId: wrong, ended: true })
  assert.equal((await rooms()).some((one) => one.unitId === wrong), false)
  assert.deepEqual((await admin().call(findUnits, { text: '1001' })).units, [])
  assert.notEqual((await admin().call(unit, { unitId: wrong })).endedAt, null, 'its page says so')

  await admin().call(endUnit, { unitId: wrong, ended: false })
  assert.equal((await admin().call(unit, { unitId: wrong })).endedAt, null)
  await admin().call(endUnit, { unitId: wrong, ended: true })
  assert.equal((await move('1001')).newUnits, 1, 'the preview says that a unit comes')
  assert.deepEqual((await rooms()).filter((one) => one.name === '1001').map((one) => [one.unitId, one.members]), [[wrong, 1]])
})

test('what is still used is not ended, nor what is uppermost; below an ended unit nothing comes back alone; a new one of the name is the old one', async () => {
  for (const [name, code] of [['江畔大学', 'root'], ['信息学院', 'not-empty'], ['组织部', 'not-empty']] as const) await assert.rejects(admin().call(endUnit, { unitId: scene.unit(name), ended: true }), refusal(code), name)
  const make = async (name: string, parentId: string, kind: string) => (await admin().call(saveUnit, { unitId: newId(), tree: 'admin', parentId, kind, name })).unitId
  const office = await make('临时专班', scene.unit('江畔大学'), 'department')
  const desk = await make('联络组', office, 'office')
  await assert.rejects(admin().call(endUnit, { unitId: office, ended: true }), refusal('not-empty'), 'a unit is below')
  for (const unitId of [desk, office]) await admin().call(endUnit, { unitId, ended: true })
  await assert.rejects(admin().call(endUnit, { unitId: desk, ended: false }), refusal('under-ended'))
  assert.equal(await make('临时专班', scene.unit('江畔大学'), 'department'), office)
  assert.equal((await admin().call(unit, { unitId: office })).endedAt, null)
  await assert.rejects(scene.as('counsellor').call(endUnit, { unitId: office, ended: true }), refusal('forbidden'))
})
