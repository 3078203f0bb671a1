/** Two who bring facts about one person in the same moment, from two processes: neither counts without the other's. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { inInstitution } from '#kernel/database.ts'
import { Run, system } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { record } from '#slices/facts/server.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene } from '../../tests/scene.ts'
import { coverage, fromPreset, switchOn } from './contract.ts'

test('two facts that only together keep a measure, brought at once in two transactions, keep it', async () => {
  const scene = await openScene()
  try {
    const responseId = newId()
    const measureId = newId()
    await scene.operate(open, { responseId, name: '同时', hazards: ['other'], level: 4, basis: '核对用', decidedBy: '测试', plannedEnd: null })
    // Met by a day of arrival together with a place of observation.
    await scene.operate(fromPreset, { measureId, responseId, key: 'listed-area-observed', basis: '核对用' })
    await scene.operate(switchOn, { measureId })
    const subjectId = scene.person('student')
    const bring = (attribute: string, value: unknown, meanwhile: () => Promise<unknown>) =>
      inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', async (tx) => {
        const ctx = new Run(tx, scene.institution, system, scene.kernel.clock, { language: 'zh-Hans' })
        await record(ctx, [{ factId: newId(), subjectId, attribute, value, observedAt: new Date().toISOString(), source: 'office', by: null }])
        await meanwhile()
      })
    let second: Promise<unknown> = Promise.resolve()
    await bring('arrival-day', '2026-11-01', async () => {
      second = bring('observation-place', 'home', async () => undefined)
      await sleep(150) // the other one has come as far as it can
    })
    await second
    const { total } = await scene.as('duty').call(coverage, { unitId: scene.unit('软件2026-1班'), measureId })
    assert.equal(total[0]?.kept, 1)
  } finally {
    await scene.close()
  }
})
