/**
 * A notice to everybody: previewed and issued through the calls while somebody answers, then opened by many; the receipts are counted against what was really opened.
 * node bench/engine/fanout.ts [--people 100000] [--units 5000] [--openings 3000]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Static } from 'typebox'
import { httpClient } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { answer } from '#slices/facts/contract.ts'
import * as n from '#slices/notices/contract.ts'
import { tokenOf } from './city.ts'
import { machine, setStage } from './stage.ts'

const { values } = parseArgs({ options: { people: { type: 'string', default: '100000' }, units: { type: 'string', default: '5000' }, openings: { type: 'string', default: '3000' } } })
const people = Number(values.people)
const openings = Math.min(Number(values.openings), people)

const stage = await setStage({ people, units: Number(values.units), sessions: openings, presets: ['symptoms-followed'] })
const origin = `http://127.0.0.1:${stage.port}`
const as = (person: number) => httpClient({ origin, language: () => 'en', token: tokenOf(stage.city, person) })
const text = `关于做好秋冬季传染病防控工作的通知

各学院、各部门：
一、请各班级于2099年12月1日17:00前完成体温监测排查，并将排查情况书面报送指挥部办公室。
二、请全体学生每日自测体温，出现发热症状的立即报告辅导员。

示例市教育局
2099年11月20日`

/** Runs something while a person answers every 50 ms, and says how long it took and how long they waited. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const waits: number[] = []
  let done = false
  const answering = (async () => {
    while (!done) {
      const at = performance.now()
      await as(1).call(answer, { answers: [{ factId: newId(), attribute: 'symptoms', value: ['none'], observedAt: new Date().toISOString() }] })
      waits.push(performance.now() - at)
      await sleep(50)
    }
  })()
  const start = performance.now()
  const result = await work().finally(() => { done = true })
  const seconds = (performance.now() - start) / 1000
  await answering
  waits.sort((a, b) => a - b)
  console.log(`${what} | ${seconds.toFixed(2)} | ${waits.length} | ${Math.round(waits[Math.floor(waits.length / 2)] ?? 0)} | ${Math.round(waits.at(-1) ?? 0)}`)
  return result
}

try {
  const officer = as(0)
  const { rows } = await stage.owner.query<{ id: string }>(`select unit_id as id from directory.unit where institution_id = $1 and tree = 'admin' and kind = 'class' order by no`, [stage.city.institutionId])
  const classes = rows.map((row) => row.id)
  const root = (await stage.owner.query<{ id: string }>(`select unit_id as id from directory.unit where institution_id = $1 and tree = 'admin' and parent_id is null`, [stage.city.institutionId])).rows[0]?.id ?? ''
  console.log(`# ${machine()}, ${people} people, ${classes.length} classes`)
  console.log('what | seconds | answers meanwhile | median ms | worst ms')
  const noticeId = newId()
  await timed('read and kept as a draft', () => officer.call(n.importNotice, { noticeId, text, responseId: stage.responseId, anyway: true }))
  const dutyIds: string[] = []
  const common = { noticeId, modality: 'must' as const, dueAt: '2099-12-01T09:00:00.000Z', evidence: '文字说明', reportTo: '指挥部办公室', cycle: 'once' as const }
  for (let at = 0; at < classes.length; at += 2000) dutyIds.push((await officer.call(n.addDuty, { ...common, dutyId: newId(), text: '完成体温监测排查并报送排查情况', actor: '各班级', unitIds: classes.slice(at, at + 2000) })).dutyId)
  dutyIds.push((await officer.call(n.addDuty, { ...common, dutyId: newId(), text: '每日自测体温，发热立即报告', actor: '全体师生', unitIds: [root], people: { kinds: [], members: false, unitIds: [] } })).dutyId)
  await officer.call(n.confirmDuties, { noticeId, dutyIds })
  for (const duty of (await officer.call(n.draft, { noticeId })).duties) if (!dutyIds.includes(duty.dutyId)) await officer.call(n.dropDuty, { dutyId: duty.dutyId, reason: 'bench' })
  const seen = await timed('previewed', () => officer.call(n.preview, { noticeId }))
  const issued: Static<typeof n.issue.output> = await timed('issued', () => officer.call(n.issue, { noticeId, acceptBlanks: true, leaveUnconfirmed: true }))
  console.log(`  reached ${issued.people} of ${seen.roster.people} people, ${issued.assignments} assignments to ${issued.units} units, ${issued.responsible} responsible`)
  if (issued.people !== people) throw new Error(`${issued.people} were reached, ${people} are on the roster`)
  await timed('one person finds it', () => as(2).call(n.mine, {}))

  // Opened by many, some of them twice; every count read meanwhile must lie between what was confirmed before it and what was begun.
  let begun = 0
  let confirmed = 0
  let next = 0
  let open = true
  let counts = 0
  const counting = (async () => {
    while (open) {
      const atLeast = confirmed
      const { receipts } = await officer.call(n.get, { noticeId })
      if (receipts.opened < atLeast || receipts.opened > begun) throw new Error(`${receipts.opened} receipts, but ${atLeast} were confirmed before and ${begun} begun`)
      counts++
      await sleep(100)
    }
  })()
  const start = performance.now()
  await Promise.all(Array.from({ length: 32 }, async () => {
    while (next < openings) {
      const person = next++
      begun++
      await as(person).call(n.opened, { noticeId })
      confirmed++
      if (person % 10 === 0) await as(person).call(n.opened, { noticeId })
    }
  })).finally(() => { open = false })
  const seconds = (performance.now() - start) / 1000
  await counting
  const { receipts } = await officer.call(n.get, { noticeId })
  console.log(`opened by ${openings}, a tenth of them twice | ${seconds.toFixed(1)} s | ${Math.round(openings / seconds)} a second | receipts ${receipts.opened} of ${receipts.people}, ${counts} counts taken meanwhile, all within what was confirmed and begun`)
  if (receipts.opened !== openings) throw new Error('The receipts are not exact')
} finally {
  await stage.close()
}
