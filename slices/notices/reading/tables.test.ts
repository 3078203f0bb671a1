import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from './read.ts'

const around = (table: string): string => `关于防汛分工的通知\n各部门：\n一、任务分工\n${table}\n二、各单位每日17:00前报送进展。\n云岭测试学院\n2023年7月18日`
const read = (table: string) => readNotice(around(table)).duties.filter((duty) => duty.clause === '一')

test('orders in the task column are duties of the unit in their row, by the time in their row, letter for letter', () => {
  const text = '序号\t工作任务\t责任单位\t完成时限\n1\t清理排水管网；严禁夜间单人作业\t后勤处\t7月25日前\n2\t检修配电房\t水电中心\t7月20日17:00'
  const duties = read(text)
  assert.deepEqual(duties.map((duty) => [duty.text, duty.actor, duty.modality, duty.dueAt]), [['清理排水管网', '后勤处', 'must', '2023-07-25'], ['严禁夜间单人作业', '后勤处', 'must-not', '2023-07-25'], ['检修配电房', '水电中心', 'must', '2023-07-20T17:00']])
  for (const duty of duties) assert.equal(around(text).slice(duty.start, duty.end), duty.text)
})

test('a time of its own beats the time of the row; an empty cell shifts nothing', () => {
  const [first, second] = read('岗位\t人数\t岗位职责\n总值班室\t\t接到预警后5分钟内电话通知各楼长\n物资库\t1\t每周一盘点一次')
  assert.deepEqual([first?.actor, first?.deadline], ['总值班室', '接到预警后5分钟内'])
  assert.deepEqual([second?.actor, second?.recurrence], ['物资库', '每周一'])
})

test('lists of places, people and hours are no orders', () => {
  for (const table of ['单位\t责任区\n文学院\t清扫广场\n理学院\t清扫图书馆', '日期\t对象\t地点\n10月16日\t文学院\t体育馆', '姓名\t电话\n张某\t13800000000\n李某\t13800000001']) assert.deepEqual(read(table), [], table)
})
