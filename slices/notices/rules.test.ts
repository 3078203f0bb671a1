import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { assignmentStates, blanksOf, cycleOf, isOpen, isOverdue, nextState, nudgesFor, partOf, steps, type Action } from './rules.ts'
import { compare } from './difference.ts'
import { findNamedUnit, phraseKey, resolveWords, together, type KnownUnit } from './addressees.ts'
import { masked, maskedWords } from './privacy.ts'
import { dueOn, instantOf, nextMidnight, occursOn } from './times.ts'
import { addDays } from '#kernel/clock.ts'

describe('the life of an assignment', () => {
  test('sent, acknowledged, under way, reported, sent back, reported, accepted', () => {
    let state = nextState('sent', 'acknowledge', true)
    assert.equal(state, 'acknowledged')
    for (const [action, then] of [['start', 'under-way'], ['report', 'reported'], ['send-back', 'sent-back'], ['report', 'reported'], ['accept', 'accepted']] as [Action, string][]) {
      assert.ok(state)
      state = nextState(state, action, true)
      assert.equal(state, then)
    }
  })
  test('what has ended stays ended; a second acceptance is refused', () => {
    for (const action of steps.map((step) => step.action)) {
      assert.equal(nextState('withdrawn', action, true), null)
      assert.equal(nextState('withdrawn', action, false), null)
      assert.equal(nextState('accepted', action, true), null)
    }
    assert.equal(nextState('sent', 'accept', true), null, 'nothing is accepted before it was reported')
  })
  test('where no review is asked for, a report is the end, and may be corrected', () => {
    assert.equal(nextState('sent', 'report', false), 'accepted')
    assert.equal(nextState('accepted', 'report', false), 'accepted')
  })
  test('every state is one part of the bar, and only withdrawn is none', () => {
    for (const state of assignmentStates) for (const late of [true, false]) for (const owned of [true, false]) assert.equal(partOf(state, late && isOpen(state), owned) === null, state === 'withdrawn')
    assert.equal(partOf('sent', true, false), 'nobody', 'a unit with nobody is shown as such before anything else')
  })
  test('overdue ends with the report', () => {
    const now = new Date('2026-11-23T10:00:00Z')
    assert.equal(isOverdue('sent', '2026-11-23T09:59:59Z', now), true)
    assert.equal(isOverdue('reported', '2026-11-23T09:59:59Z', now), false)
    assert.equal(isOverdue('sent', null, now), false)
  })
})

describe('blanks, rhythm, reminders', () => {
  const duty = { unitIds: ['u'], people: null, dueAt: null, cycle: 'once' as const, modality: 'must' as const, evidence: null, reportTo: null, measured: false }
  test('the four blanks; a prohibition has no date; what a measure counts needs no other evidence', () => {
    assert.deepEqual(blanksOf({ ...duty, unitIds: [] }), ['owner', 'due', 'evidence', 'report-to'])
    assert.deepEqual(blanksOf({ ...duty, modality: 'must-not', reportTo: 'x' }), [])
    assert.deepEqual(blanksOf({ ...duty, cycle: 'daily', measured: true, reportTo: 'x' }), [])
  })
  test('how often, from the words', () => {
    const table: [string | null, string, number | null][] = [[null, 'once', null], ['每日', 'daily', null], ['每天', 'daily', null], ['每周五', 'weekly', 5], ['每周日', 'weekly', 7], ['每周', 'weekly', 1], ['工作日', 'weekdays', null], ['24小时', 'once', null], ['定期', 'once', null],
      ['每月', 'monthly', 31], ['每月底', 'monthly', 31], ['每月5日', 'monthly', 5], ['每月初', 'monthly', 1], ['每两小时', 'daily', null], ['早晚各一次', 'daily', null], ['每班', 'daily', null], ['每双周', 'once', null], ['隔日', 'once', null], ['每学期', 'once', null]]
    for (const [words, cycle, weekday] of table) assert.deepEqual(cycleOf(words), { cycle, weekday }, words ?? 'none')
  })
  test('nothing is reminded of in the minute it is sent, and each step comes once', () => {
    const sent = new Date('2026-11-23T10:00:00Z')
    const soon = nudgesFor('once', sent, new Date('2026-11-23T12:10:00Z'))
    assert.ok(!soon.some(({ step }) => step.step === 'hours-before'), 'two hours before is ten minutes after sending')
    for (const { step, at } of nudgesFor('once', sent, new Date('2026-12-01T10:00:00Z'))) assert.ok(at > sent, step.step)
    const names = nudgesFor('daily', sent, new Date('2026-11-23T20:00:00Z')).map(({ step }) => step.step)
    assert.equal(new Set(names).size, names.length)
    assert.deepEqual(nudgesFor('daily', sent, null), [])
  })
  test('local time: midnight, the end of a day, 24:00, no such day', () => {
    const zone = 'Asia/Shanghai'
    assert.equal(instantOf('2026-11-27T18:00', zone), '2026-11-27T10:00:00.000Z')
    assert.equal(instantOf('2026-11-28', zone), '2026-11-28T15:59:00.000Z')
    assert.equal(instantOf('2026-11-28T24:00', zone), '2026-11-28T16:00:00.000Z')
    for (const bad of ['2026-02-30', '2026-11-28T25:00', '即日', '']) assert.equal(instantOf(bad, zone), null, bad)
    assert.equal(nextMidnight(new Date('2026-11-27T16:30:00Z'), zone).toISOString(), '2026-11-28T16:00:00.000Z')
    assert.equal(dueOn('2026-11-27', '17:00', zone).toISOString(), '2026-11-27T09:00:00.000Z')
    assert.equal(nextMidnight(new Date('2026-03-28T22:30:00Z'), 'Europe/Berlin').toISOString(), '2026-03-28T23:00:00.000Z')
    assert.equal(nextMidnight(new Date('2026-03-28T23:30:00Z'), 'Europe/Berlin').toISOString(), '2026-03-29T22:00:00.000Z', 'the short day')
    assert.equal(addDays('2026-12-31', 1), '2027-01-01')
    assert.deepEqual([occursOn('2026-11-27', 'weekly', 5), occursOn('2026-11-28', 'weekdays', null), occursOn('2026-11-29', 'weekly', 7)], [true, false, true])
    assert.deepEqual(['2026-02-28', '2026-02-27', '2028-02-28', '2026-11-30', '2026-12-30', '2026-12-31'].map((day) => occursOn(day, 'monthly', 31)), [true, false, false, true, false, true])
    assert.deepEqual(['2026-11-05', '2026-11-30', '2026-12-05'].map((day) => occursOn(day, 'monthly', 5)), [true, false, true])
  })
})

const unit = (name: string, kind: string, tree = 'admin', parentId: string | null = 'root'): KnownUnit => ({ unitId: name, name, kind, tree, parentId })
const campus = [
  unit('江畔大学', 'school', 'admin', null), unit('中共江畔大学委员会', 'committee', 'party', null), unit('计算机与信息学院', 'college'), unit('材料科学与工程学院', 'college'), unit('医学院', 'college'), unit('教务处', 'department'), unit('学生处', 'department'), unit('后勤管理处', 'department'),
  unit('党委组织部', 'department'), unit('指挥部办公室', 'department'), unit('计算机与信息学院党总支', 'general-branch', 'party'), unit('医学院党总支', 'general-branch', 'party'), unit('软件2026-1班', 'class'),
]
describe('who is addressed', () => {
  const resolve = (...words: string[]) => { const all = resolveWords(words, campus); return { ...together(all), unmatched: all.unmatched } }
  const colleges = ['计算机与信息学院', '材料科学与工程学院', '医学院']
  test('classes of units', () => {
    assert.deepEqual(resolve('各二级学院').unitIds, colleges)
    assert.deepEqual(resolve('各二级学院、各部门').unitIds.length, 8)
    assert.deepEqual(resolve('各基层党委、党总支').unitIds, ['计算机与信息学院党总支', '医学院党总支'])
    assert.deepEqual(resolve('校属各单位：').unitIds.length, 8)
  })
  test('people, and who answers for them', () => {
    assert.deepEqual(resolve('全体党员').people, { kinds: [], members: true, unitIds: [] })
    assert.deepEqual(resolve('全体党员').unitIds, ['计算机与信息学院党总支', '医学院党总支'])
    assert.deepEqual(resolve('学生').people?.kinds, ['student'])
    assert.deepEqual(resolve('全体师生员工').people?.kinds, ['student', 'staff'])
  })
  test('named units: by name, by short name, by another name for the same office, in a list, with 与 in the name', () => {
    assert.equal(findNamedUnit('组织部', campus)?.unit.name, '党委组织部')
    assert.equal(findNamedUnit('学工部', campus)?.unit.name, '学生处')
    assert.equal(findNamedUnit('后勤处', campus)?.unit.name, '后勤管理处')
    assert.equal(findNamedUnit('江畔大学教务处', campus)?.unit.name, '教务处')
    assert.equal(findNamedUnit('材料科学与工程学院', campus)?.unit.name, '材料科学与工程学院')
    assert.deepEqual(resolve('教务处、学生工作部和各二级学院').unitIds, ['教务处', '学生处', ...colleges])
  })
  test('what is not ours matches nobody, and never everybody', () => {
    assert.deepEqual(resolve('航天飞行学院'), { unitIds: [], people: null, zh: '', en: '', unmatched: ['航天飞行学院'] })
    assert.deepEqual(resolve('水电中心').unmatched, ['水电中心'])
  })
  test('an institution without Party organisation: colleges and departments answer', () => {
    const without = campus.filter((one) => one.tree !== 'party')
    assert.deepEqual(together(resolveWords(['全体党员'], without)).unitIds.length, 8)
  })
  test('a correction is stronger than the rule, and forgets closed units', () => {
    const learnt = new Map([[phraseKey('各二级学院'), { unitIds: ['医学院', '已撤销学院'], people: null }]])
    assert.deepEqual(together(resolveWords(['各二级学院'], campus, learnt)).unitIds, ['医学院'])
  })
  test('total on any words', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 10 }), (words) => {
      const all = resolveWords(words, campus)
      return together(all).unitIds.every((id) => campus.some((one) => one.unitId === id))
    }))
  })
})

describe('two versions', () => {
  test('same, changed, new, gone; a clause that moved is the same', () => {
    const found = compare(['各学院要摸排去向。', '每天17:00前报送。', '要排查排水设施。'], ['要落实24小时值班。', '每天12:00前报送。', '各学院要摸排 去向。'], (one) => one)
    assert.deepEqual(found.map((pair) => [pair.change, pair.before]), [['new', null], ['changed', '每天17:00前报送。'], ['same', '各学院要摸排去向。'], ['gone', '要排查排水设施。']])
  })
  test('nothing is lost and nothing counted twice', () => {
    const texts = fc.array(fc.string({ maxLength: 12 }), { maxLength: 8 })
    fc.assert(fc.property(texts, texts, (before, after) => {
      const pairs = compare(before.map((text, id) => ({ text, id })), after.map((text, id) => ({ text, id })), (one) => one.text)
      return pairs.filter((pair) => pair.before).length === before.length && pairs.filter((pair) => pair.after).length === after.length && new Set(pairs.map((pair) => pair.before).filter(Boolean)).size === before.length
    }))
  })
})

describe('personal data', () => {
  test('masked at the same length', () => {
    const text = '联系人：张某某，电话：138 0000 0000。'
    const hidden = masked(text, [{ start: 4, end: 7, kind: 'person' }, { start: 11, end: 24, kind: 'mobile' }])
    assert.equal(hidden, '联系人：张某某，电话：*** **** ****。')
    assert.equal(hidden.length, text.length)
    assert.equal(maskedWords('报 office@example.edu.cn 或 13800000000'), '报 ******@*******.***.** 或 ***********')
    assert.equal(maskedWords('2026年11月27日18:00前'), '2026年11月27日18:00前')
  })
})
