import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRoster, type KnownPerson, type KnownUnit } from './plan.ts'
import { readRoster } from './roster/clean.ts'
import { vocabularyOf } from './vocabularies.ts'

const roots: KnownUnit[] = [{ unitId: 'root', tree: 'admin', parentId: null, kind: 'school', name: '某某大学' }]
const person = (number: string, name: string): KnownPerson => ({ personId: number, number, name, kind: 'staff', left: false, fields: {}, units: { admin: 'root' } })
function planned(text: string, people: KnownPerson[] = []) {
  let made = 0
  const { rows } = readRoster([{ name: 'x', rows: text.split('\n').map((line) => line.split(',')) }])
  return planRoster(rows, { units: roots, people }, null, vocabularyOf('cn-university'), () => `u${(made += 1)}`)
}
const doubts = (plan: ReturnType<typeof planned>) => plan.doubts.map((doubt) => `${doubt.row.number} ${doubt.field}`)

test('a class that first comes with its college further down is the class of those above who name it alone', () => {
  const plan = planned('学号,姓名,学院,班级\n1001,甲某,,软件2401班\n1002,乙某,信息学院,软件2401班\n1003,丙某,,软件2409班')
  const [first, second, third] = plan.people
  assert.equal(first?.to, '信息学院 / 软件2401班')
  assert.equal(first?.units.admin, second?.units.admin)
  assert.deepEqual([third?.units.admin, doubts(plan)], ['root', ['1003 class']])
})

test('a title over classes that names none is said of somebody new, and not where the students name their counsellor', () => {
  const staff = '工号,姓名,部门,职务\nT1,甲某,信息学院,专职辅导员\nT2,乙某,信息学院,院长\nT3,丙某,后勤处,楼长\nT4,丁某,信息学院,软件2401班班主任'
  const plan = planned(staff)
  assert.deepEqual(doubts(plan), ['T4 position', 'T1 position', 'T3 position'])
  assert.match(plan.doubts[1]?.zh ?? '', /“辅导员”没有写哪个班级.*“软件2401班辅导员”/)
  assert.match(plan.doubts[2]?.zh ?? '', /“楼长”没有写哪栋楼.*“3号楼楼长”/)
  assert.deepEqual(doubts(planned(staff, [person('T1', '甲某'), person('T3', '丙某')])), ['T4 position'], 'not again with every roster')
  const mixed = '学号/工号,姓名,人员类别,学院,班级,职务,辅导员工号\nT1,甲某,教师,信息学院,,辅导员,\n1001,丁某,学生,信息学院,软件2401班,,T1'
  assert.deepEqual(doubts(planned(mixed)), [])
})

test('zeros that a spreadsheet dropped from the front of a number are missed', () => {
  const zeros = (text: string, people?: KnownPerson[]) => planned(text, people).doubts.filter(({ field }) => field === 'number').map(({ zh }) => /应为 (\d+)？/.exec(zh)?.[1])
  assert.deepEqual(zeros('工号,姓名,部门\n00012,甲某,教务处\n00013,乙某,教务处\n14,丙某,教务处\n20115,丁某,教务处'), ['00014'])
  assert.deepEqual(zeros('工号,姓名,部门\n12,甲某,教务处\n13,别某,教务处\n99,戊某,教务处', [person('00012', '甲某'), person('00013', '乙某')]), ['00012'])
  assert.deepEqual(zeros('工号,姓名,部门\n12,甲某,教务处\n013,乙某,教务处', [person('12', '甲某')]), [], 'who is known under that number has lost none')
})
