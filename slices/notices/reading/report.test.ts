/** To whom something is reported and what is handed in: units whole, and nothing where nothing is reported. */
import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from './read.ts'
import { findEvidence, findReport } from './report.ts'

test('a receiver is a whole name, also one of a single word', () => {
  for (const [clause, units] of [['每日17时前将人员动态报校指挥部办公室', ['校指挥部办公室']], ['症状统计后报辅导员', ['辅导员']], ['材料交班主任', ['班主任']], ['经审核后报学生处、保卫处备案', ['学生处', '保卫处']], ['责任书报设备与资产管理处备案', ['设备与资产管理处']], ['名单报人事处与财务处', ['人事处', '财务处']], ['发现问题及时反馈后勤处', ['后勤处']], ['向属地疾控中心报告', ['属地疾控中心']]] as const) assert.deepEqual(findReport(clause)?.units, units, clause)
})

test('what only holds the sign of handing in reports nothing', () => {
  for (const clause of ['在校医院设立发热诊室', '由交通运输部门疏导车流', '交由物业处理', '送校医院发热门诊', '发热学生送医院就诊', '分发给各班级', '转交通知后留底', '向师生发布预警信息']) assert.equal(findReport(clause), null, clause)
})

test('what is handed in is named without who, when, to whom and the verb; a ban hands in nothing', () => {
  for (const [clause, thing] of [['各系部每天16:00前报送留校人数及受灾情况', '留校人数及受灾情况'], ['8月22日前向指挥部办公室报告情况', null], ['提交损失统计表', '损失统计表'], ['留存照片和记录', '照片和记录'], ['学生如实填报离校信息', '离校信息'], ['未经证实的情况不得上报', null]] as const) assert.equal(findEvidence(clause), thing, clause)
})

test('a ban has an exception only where somebody may allow it', () => {
  const doubts = (clause: string): string[] => readNotice(`关于做好防范工作的通知\n各学院：\n一、${clause}\n二、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`).doubts.map((doubt) => doubt.code)
  for (const clause of ['未经学工部批准，不得离校。', '原则上不得离开驻地。', '非必要不外出。']) assert.ok(doubts(clause).includes('ban-with-exception'), clause)
  for (const clause of ['未经证实的消息不得转发。', '未经消毒的餐具不得使用。', '严禁下水。']) assert.ok(!doubts(clause).includes('ban-with-exception'), clause)
})
