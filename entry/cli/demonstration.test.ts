import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { noInstitution } from '#kernel/institutions.ts'
import { Problem } from '#kernel/problems.ts'
import * as drills from '#slices/drills/contract.ts'
import { applyRoster, previewRoster } from '#slices/directory/contract.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import { demoPassword, findDemonstration, makingOf, noteMaking, whatToDo, type Demonstration } from './demonstration.ts'
import { localSession } from './session.ts'

let scene: Scene
let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulwark-demo-'))
  process.env['BULWARK_DATA'] = folder
  scene = await openScene()
})
after(async () => {
  await scene?.close()
  await rm(folder, { recursive: true, force: true })
})

const running = () => ({ kernel: scene.kernel, live: null, close: async () => {} })
const options = { students: 3000, staff: 300, seed: 1, days: 2 }
const asked = (more: Partial<Parameters<typeof whatToDo>[1]> = {}) => ({ fresh: false, said: false, making: makingOf(options, null), ...more })

test('the demonstration that is there is found with its moment and whoever can sign in', async () => {
  assert.equal(await findDemonstration(running()), undefined)
  const institutionId = newId()
  await localSession(running(), noInstitution.id, '', 'zh-Hans').call(drills.open, { institutionId, code: 'demo', name: '江畔大学', vocabulary: 'cn-university', startsAt: new Date(Date.now() - 2 * 86_400_000).toISOString() })
  const broken = await findDemonstration(running())
  assert.deepEqual(broken?.accounts, [])
  assert.equal(await whatToDo(broken as Demonstration, asked()), 'anew', 'nobody could have worked in it')
  const session = localSession(running(), institutionId, 'demo', 'zh-Hans')
  const importId = newId()
  await session.call(previewRoster, { importId }, { file: { name: 'x.csv', bytes: new TextEncoder().encode('工号,姓名,部门\nA1,值甲,指挥部') } })
  await session.call(applyRoster, { importId })
  await session.call(drills.account, { number: 'A1', login: 'duty', password: demoPassword('duty') })
  const found = await findDemonstration(running())
  assert.deepEqual(found?.accounts.map((one) => `${one.login} ${one.name} ${one.password}`), ['duty 值甲 demo-duty-2026'])
  assert.ok(Math.abs((found?.madeAt.getTime() ?? 0) - Date.now()) < 600_000)
})

test('what somebody worked in is gone on with; it is wiped only where that is said', async () => {
  const there: Demonstration = { institutionId: newId(), school: '江畔大学', madeAt: new Date(), accounts: [{ number: 'A1', role: '', login: 'duty', password: '', name: '值甲' }] }
  assert.equal(await whatToDo(there, asked()), 'go on')
  assert.equal(await whatToDo(there, asked({ fresh: true })), 'anew')
  // Made otherwise than is asked now, and nobody there to be asked.
  const refused = (error: unknown) => error instanceof Problem && error.code === 'demo-exists' && error.zh.includes('--fresh')
  await assert.rejects(whatToDo(there, asked({ said: true }), false), refused)
  await noteMaking(there.institutionId, makingOf(options, null))
  assert.equal(await whatToDo(there, asked({ said: true })), 'go on', 'the same words again mean the same demonstration')
  await assert.rejects(whatToDo(there, asked({ said: true, making: makingOf({ ...options, students: 60 }, null) }), false), refused)
  await assert.rejects(whatToDo(there, asked({ said: true, making: makingOf(options, new TextEncoder().encode('通知')) }), false), refused)
  await assert.rejects(whatToDo({ ...there, institutionId: newId() }, asked({ said: true }), false), refused, 'what was noted of another one says nothing')
})
