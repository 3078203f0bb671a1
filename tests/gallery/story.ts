/** What the days of the drill do not bring about by themselves, so that no screen is taken empty that is full in life. */
import type { Client } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import type { Campus } from '#drill/campus-model.ts'
import type { Crowd } from '#drill/crowd.ts'
import * as briefs from '#slices/briefs/contract.ts'
import { endUnit, invite, person, saveUnit, units } from '#slices/directory/contract.ts'
import * as issues from '#slices/issues/contract.ts'
import * as measures from '#slices/measures/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import { answer, saveAttribute } from '#slices/facts/contract.ts'
import { openCase } from '#slices/measures/rules.ts'
import * as responses from '#slices/responses/contract.ts'
import type { StageCases } from './cases.ts'
import type { Folk } from './roles.ts'

export interface Story extends StageCases {
  noticeId: string
  responseId: string
  /** One that has closed and is held back, and one whose personal rows were erased while the days were lived. */
  heldResponseId: string
  erasedResponseId: string
  /** Signed before it was erased. */
  erasedBriefId: string
  /** A notice in the middle of being confirmed, and the amendment of an issued one. */
  draftId: string
  amendmentId: string
  briefId: string
  signedBriefId: string
  /** A measure that is drafted, and one that is on. */
  draftMeasureId: string
  measureId: string
  /** A request of the student that the counsellor has taken. */
  helpId: string
  /** Somebody in a gap whom the counsellor follows up. */
  gapPersonId: string
  /** Absent where the days brought none about. */
  doubtId: string | null
  assignmentId: string | null
  collegeId: string
  classId: string
  buildingId: string
  orphanUnitId: string
  /** A unit that was ended. */
  endedUnitId: string
  invitation: string
}

const secondNotice = `江畔市教育局
江教〔2026〕58号
关于做好强降温天气防范和流感疫苗接种工作的通知
各高等学校、各二级学院、各部门：
受强冷空气影响，11月27日至29日我市将出现雨雪冰冻天气；流感仍处高发期。现将有关事项通知如下。
一、做好防寒防冻
1.各二级学院要逐人核实在外实习学生的去向和返程安排，建立台账，于2026年11月26日17:00前将台账发送至邮箱：winter@example.edu.cn。
2.物业公司要每天检查供暖、供水管道和配电设施，发现问题立即报修。
3.未经批准，各二级学院不得组织跨市集体活动。
二、做好疫苗接种
1.校医院要于11月28日前完成自愿接种学生的登记和接种。
2.各班级要做好解释动员，坚持自愿原则，严禁以任何形式强制接种。
3.接种情况每天16:00前报校医院汇总。
各单位落实情况纳入年度考核。
江畔市教育局
2026年11月24日
`

/** Small and fresh: what the college has to do tonight. */
const lateNotice = `江畔大学应急指挥部
江畔防指〔2026〕19号
关于做好今晚降温降雨期间值守和巡查工作的通知
各二级学院：
今晚至明晨有强降温和中到大雨。现将有关事项通知如下。
一、加强值守
1.各二级学院要于2026年11月25日08:00前落实夜间带班人员，并报指挥部办公室。
2.各二级学院要于2026年11月25日12:00前完成学生宿舍用电和门窗巡查，并报指挥部办公室。
3.各二级学院要于2026年11月25日18:00前核实在外学生的返程安排，并报指挥部办公室。
江畔大学应急指挥部
2026年11月24日
`

/** The next hour knows more: one date is moved, one order is gone, one is new. */
const amendedNotice = lateNotice
  .replace('巡查工作的通知', '巡查工作的补充通知').replace('〔2026〕19号', '〔2026〕20号').replace('今晚至明晨有强降温和中到大雨', '今晚至后天有强降温和大到暴雪')
  .replace('2026年11月25日12:00前完成学生宿舍用电和门窗巡查', '2026年11月25日09:00前完成学生宿舍用电、供暖和门窗巡查').replace(/3\.各二级学院要.*\n/, '3.各二级学院要于2026年11月25日18:00前清除宿舍楼出入口积雪，并报指挥部办公室。\n')

/** What a machine may doubt and a person must look at: a class answered for in one breath, a temperature nobody has. Found while the days pass. */
export async function addDoubts({ campus, crowd, duty, besides, startsAt }: { campus: Campus; crowd: Crowd; duty: Client; /** Nobody of their class. */ besides: readonly string[]; startsAt: Date }): Promise<void> {
  const observedAt = startsAt.toISOString()
  const classOf = (number: string) => campus.people.find((one) => one.number === number)?.units.admin
  const mates = (unit: string) => campus.people.filter((one) => one.units.admin === unit && one.kind === 'student' && one.status === 'enrolled')
  const group = campus.classes.find((one) => !one.orphaned && !besides.some((number) => classOf(number) === one.unit) && mates(one.unit).length >= 5)
  const counsellor = campus.holdings.find((one) => one.unit === group?.unit && one.title === '辅导员' && one.to === null && one.capacity === 'holder')?.person
  if (!group || !counsellor) return
  await crowd.as(counsellor).call(answer, { answers: mates(group.unit).slice(0, 200).map((one) => ({ factId: newId(), subjectId: crowd.personId(one.number), attribute: 'symptoms', value: ['none'], observedAt })) })
  await duty.call(saveAttribute, { key: 'temperature', subjectKind: 'person', type: 'number', label: { zh: '体温', en: 'Temperature' }, options: [], unit: '℃', min: null, max: null, sensitivity: 'sensitive', freshSeconds: 86_400, askedOf: 'self', purpose: { zh: '早发现、早就医', en: 'To find illness early' }, seconds: 5 })
  const [slip] = mates(group.unit)
  if (slip) await crowd.as(slip.number).call(answer, { answers: [{ factId: newId(), attribute: 'temperature', value: 365, observedAt }] })
}

type Earlier = Pick<Story, 'heldResponseId' | 'erasedResponseId' | 'erasedBriefId'>

/** What was before the days: two responses that are over, of which one is erased on the next morning. */
export async function addEarlier(stage: Pick<Folk, 'as' | 'person'>, startsAt: Date): Promise<Earlier> {
  const duty = stage.as('duty')
  const officer = stage.as('dataProtection')
  const over = async (name: string, hazard: 'typhoon' | 'norovirus', key: string, question: { zh: string; en: string }) => {
    const [responseId, measureId] = [newId(), newId()]
    await duty.call(saveAttribute, { key, subjectKind: 'person', type: 'yes-no', label: question, options: [], unit: null, min: null, max: null, sensitivity: 'normal', freshSeconds: 86_400, askedOf: 'self', purpose: { zh: '确认安全', en: 'To know people are safe' }, seconds: 3 })
    await duty.call(responses.open, { responseId, name, hazards: [hazard], level: 3, basis: '《江畔大学突发事件应急预案》第十二条', decidedBy: '校应急指挥部', plannedEnd: null })
    await duty.call(measures.draft, {
      measureId, responseId, name: { zh: question.zh.replace('？', ''), en: question.en.replace('?', '') }, subjectKind: 'person', population: { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] },
      condition: { combinator: 'and', rules: [{ field: key, operator: '=', value: true }] }, basis: '校应急〔2026〕7号', demandedBy: 'school', followUp: 'none', danger: 2, endsAt: null,
    })
    await duty.call(measures.switchOn, { measureId })
    for (const who of ['student', 'calm', 'branchSecretary', 'floorHead'] as const) await stage.as(who).call(answer, { answers: [{ factId: newId(), attribute: key, value: who !== 'calm', observedAt: startsAt.toISOString() }] })
    await stage.as('counsellor').call(measures.contact, { contactId: newId(), measureId, subjectId: stage.person('calm'), how: 'call', outcome: 'reached', note: '已关好' })
    const [school] = (await duty.call(units, { tree: 'admin', depth: 1 })).units
    const briefId = newId()
    await duty.call(briefs.draft, { briefId, unitId: school?.unitId ?? '', responseId })
    await duty.call(briefs.sign, { briefId })
    await duty.call(responses.close, { responseId, reason: '预警解除，风险排除', decidedBy: '校应急指挥部' })
    return { responseId, briefId }
  }
  await officer.call(responses.setErasureRule, { days: 0, basis: '《江畔大学个人信息保护办法（试行）》第八条', decidedBy: '校长办公会' })
  const erased = await over('台风风铃防御', 'typhoon', 'windows-shut', { zh: '宿舍门窗关好了？', en: 'Are the windows shut?' })
  await officer.call(responses.setErasureRule, { days: 30, basis: '《江畔大学个人信息保护办法》第八条', decidedBy: '校长办公会' })
  const { responseId: heldResponseId } = await over('诺如病毒聚集处置', 'norovirus', 'ate-at-three', { zh: '在第三食堂就餐过？', en: 'Did you eat at canteen three?' })
  await officer.call(responses.hold, { holdId: newId(), responseId: heldResponseId, reason: '一起关于隔离安排的申诉尚未办结', decidedBy: '校学生申诉处理委员会', until: new Date(startsAt.getTime() + 90 * 86_400_000).toISOString() })
  return { heldResponseId, erasedResponseId: erased.responseId, erasedBriefId: erased.briefId }
}

/** Adds the story to a stage on which the days have been lived. */
export async function addStory(stage: Folk, issued: StageCases & Earlier & { noticeId: string; responseId: string }): Promise<Story> {
  const duty = stage.as('duty')
  const secretary = stage.as('secretary')
  const counsellor = stage.as('counsellor')
  const nameOf = (id: string | undefined) => stage.campus.units.find((unit) => unit.id === id)?.name ?? ''
  const firstOf = (kind: string) => stage.campus.units.find((unit) => unit.kind === kind)?.name ?? ''
  const orphan = stage.campus.classes.find((one) => one.orphaned) ?? stage.campus.classes[0]
  const own = stage.campus.people.find((one) => one.number === stage.number('student'))
  const collegeId = stage.unit(firstOf('college'))

  const draftId = newId()
  await duty.call(notices.importNotice, { noticeId: draftId, text: secondNotice, responseId: issued.responseId })

  const draftMeasureId = newId()
  await duty.call(measures.draft, {
    measureId: draftMeasureId, responseId: issued.responseId, name: { zh: '返校学生有人对接', en: 'Returning students are met' }, subjectKind: 'person',
    population: { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] },
    condition: { combinator: 'and', rules: [{ field: 'whereabouts', operator: 'notNull' }, { field: 'on-campus', operator: '=', value: true }] },
    basis: '江教〔2026〕58号第一条第1项', demandedBy: 'city', followUp: 'open-task', danger: 2, endsAt: null,
  })
  await duty.call(measures.draft, {
    measureId: newId(), responseId: issued.responseId, name: { zh: '复课学生近况清楚', en: 'Those back in class are accounted for' }, subjectKind: 'person',
    population: { combinator: 'and', rules: [{ field: 'person.kind', operator: 'in', value: ['student'] }, { field: 'person.unit', operator: 'inUnit', value: collegeId }] },
    condition: {
      combinator: 'and',
      rules: [
        { field: openCase.key, operator: 'hasNoCase', value: ['isolation', 'confirmed'] },
        { field: 'temperature', operator: 'timesWithin', value: { times: 2, days: 3, daily: true, where: { operator: '<', value: 37.3 } } },
        { combinator: 'or', rules: [{ field: openCase.key, operator: 'hasCase', value: [] }, { field: 'symptoms', operator: 'countAtMost', value: 1 }, { field: 'whereabouts', operator: 'notInAreas', value: ['420100'] }] },
      ],
    },
    basis: '江教〔2026〕58号第二条第3项', demandedBy: 'college', followUp: 'open-task', danger: 3, endsAt: null,
  })
  const on = (await duty.call(measures.list, {})).measures.filter((one) => one.status === 'on')

  const signedBriefId = newId()
  await secretary.call(briefs.draft, { briefId: signedBriefId, unitId: collegeId, noticeId: issued.noticeId })
  await secretary.call(briefs.edit, { briefId: signedBriefId, situation: '学院已完成学生去向摸排，逐班核对台账；在校学生每日健康监测到人。', problems: '个别实习学生信号不好，电话未接通。', nextSteps: '今晚由辅导员逐一补充联系，明早八点前清零。' })
  await secretary.call(briefs.sign, { briefId: signedBriefId })
  const briefId = newId()
  await secretary.call(briefs.draft, { briefId, unitId: collegeId, noticeId: issued.noticeId })

  const helpId = newId()
  await stage.as('student').call(issues.askHelp, { requestId: newId(), theme: 'medicine', urgency: 'today', text: '哮喘喷雾快用完了，校外药店买不到同一种。' })
  await stage.as('student').call(issues.askHelp, { requestId: helpId, theme: 'food', urgency: 'now', text: '宿舍观察第二天，今天的午饭没有送到。', place: '3号楼 305' })
  await counsellor.call(issues.take, { requestId: helpId })
  await counsellor.call(issues.reply, { requestId: helpId, text: '已联系餐饮中心，二十分钟内送到门口。', settles: false })
  await stage.as('calm').call(issues.askHelp, { requestId: newId(), theme: 'mood', urgency: 'normal', text: '连着几天一个人在家，想找人说说话。' })

  const { tasks } = await counsellor.call(measures.tasks, {})
  for (const [index, task] of tasks.slice(0, 3).entries())
    await counsellor.call(measures.contact, { contactId: newId(), measureId: task.measureId, subjectId: task.subject.id, how: 'call', outcome: index === 1 ? 'promised' : 'no-answer', ...(index === 1 ? { note: '在火车上，到站后填' } : {}) })
  // Somebody comes back to one person again and again: what the log asks about.
  const gapPersonId = tasks[0]?.subject.id ?? stage.person('student')
  for (let look = 0; look < 30; look++) await counsellor.call(person, { personId: gapPersonId })
  const { doubts } = await duty.call(measures.doubts, { unitId: collegeId })
  const lateId = newId()
  await duty.call(notices.importNotice, { noticeId: lateId, text: lateNotice, responseId: issued.responseId })
  await duty.call(notices.fillBlanks, { noticeId: lateId, dueAt: '2026-11-25T18:00:00+08:00', evidence: '文字说明', reportTo: '指挥部办公室' })
  await duty.call(notices.confirmDuties, { noticeId: lateId })
  await duty.call(notices.issue, { noticeId: lateId })
  const amendmentId = newId()
  await duty.call(notices.importNotice, { noticeId: amendmentId, amends: lateId, text: amendedNotice })
  const { toAcknowledge } = await secretary.call(notices.todo, { size: 100 })
  const late = toAcknowledge.items.filter((one) => one.noticeId === lateId)
  const [taken] = late
  if (taken) await secretary.call(notices.acknowledge, { assignmentIds: [taken.assignmentId] })
  await duty.call(notices.startRound, { roundId: newId(), noticeId: lateId, message: '请立即确认：今晚带班人员已到岗，电话保持畅通。', unitIds: [collegeId], ladderMinutes: 30 })
  const endedUnitId = newId()
  await stage.as('administrator').call(saveUnit, { unitId: endedUnitId, tree: 'admin', parentId: collegeId, kind: 'department', name: '实习管理办公室（误）' })
  await stage.as('administrator').call(endUnit, { unitId: endedUnitId, ended: true })
  const { invitations } = await stage.as('administrator').call(invite, { personIds: [stage.person('student')] })
  return {
    ...issued, draftId, amendmentId, briefId, signedBriefId, draftMeasureId, measureId: on[0]?.measureId ?? draftMeasureId, helpId, collegeId,
    gapPersonId, doubtId: doubts[0]?.doubtId ?? null, assignmentId: taken?.assignmentId ?? null,
    classId: stage.unit(nameOf(own?.units.admin)), buildingId: stage.unit(firstOf('building')), orphanUnitId: stage.unit(nameOf(orphan?.unit)), endedUnitId, invitation: invitations[0]?.code ?? '',
  }
}
