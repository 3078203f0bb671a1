/** Ready-made measures taken from what notices order again and again, with the attributes they need. */
import type { Static } from 'typebox'
import type { Bilingual } from '#kernel/words.ts'
import type { Attribute } from '#slices/facts/contract.ts'
import type { RuleGroup } from './rules.ts'

type AttributeShape = Static<typeof Attribute>

export interface Preset {
  key: string
  name: Bilingual
  explains: Bilingual
  subjectKind: 'person' | 'unit'
  population: RuleGroup
  condition: RuleGroup
  graceSeconds: number
  followUp: 'none' | 'tell-owner' | 'open-task'
  danger: number
  attributes: AttributeShape[]
}

const day = 86_400
const everybody: RuleGroup = { combinator: 'and', rules: [{ field: 'person.kind', operator: 'in', value: ['student', 'staff', 'contractor'] }] }
const students: RuleGroup = { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] }

const attribute = (one: Pick<AttributeShape, 'key' | 'type' | 'label' | 'purpose'> & Partial<AttributeShape>): AttributeShape => ({
  subjectKind: 'person', options: [], unit: null, min: null, max: null, sensitivity: 'sensitive', freshSeconds: 7 * day, askedOf: 'self', seconds: 5, ...one,
})

const whereabouts = attribute({
  key: 'whereabouts', type: 'area', label: { zh: '您现在在哪里（到县区）？', en: 'Where are you now (county or district)?' }, seconds: 8,
  purpose: { zh: '掌握师生去向，以便联系和安排返校', en: 'To know where people are, to reach them and plan their return' },
})
const fromListed = attribute({
  key: 'from-listed-area', type: 'yes-no', label: { zh: '近 14 天是否到过名单所列地区？', en: 'Have you been in a listed area in the last 14 days?' },
  purpose: { zh: '判断是否需要登记和健康观察', en: 'To see whether registration and observation are needed' },
})
const arrivalDay = attribute({
  key: 'arrival-day', type: 'day', label: { zh: '离开该地区（抵达现住地）的日期', en: 'On which day did you leave it (arrive where you are)?' }, freshSeconds: null,
  purpose: { zh: '计算健康观察的起止日期', en: 'To compute the days of observation' },
})
const observationPlace = attribute({
  key: 'observation-place', type: 'choice', freshSeconds: null, label: { zh: '健康观察在哪里进行？', en: 'Where are you under observation?' },
  options: [{ value: 'site', zh: '学校观察点', en: 'Site of the university' }, { value: 'home', zh: '居家', en: 'At home' }, { value: 'hospital', zh: '医院', en: 'Hospital' }, { value: 'none', zh: '尚未安排', en: 'Not arranged yet' }],
  purpose: { zh: '落实登记和隔离观察', en: 'To carry out registration and observation' },
})
const onCampus = attribute({
  key: 'on-campus', type: 'yes-no', sensitivity: 'normal', label: { zh: '您现在住在校内吗？', en: 'Are you staying on campus now?' },
  purpose: { zh: '留校学生管理', en: 'To look after those who stay on campus' },
})
const stayApproved = attribute({
  key: 'stay-approved', type: 'yes-no', sensitivity: 'normal', freshSeconds: null, askedOf: 'owner', label: { zh: '留校是否已获批准？', en: 'Is the stay approved?' },
  purpose: { zh: '未经批准不得留校、不得提前返校', en: 'No stay or early return without approval' },
})
const symptoms = attribute({
  key: 'symptoms', type: 'choices', freshSeconds: day, seconds: 4, label: { zh: '今天有没有不舒服？', en: 'Are you unwell today?' },
  options: [{ value: 'none', zh: '没有', en: 'No' }, { value: 'fever', zh: '发热', en: 'Fever' }, { value: 'cough', zh: '咳嗽、咽痛', en: 'Cough or sore throat' }, { value: 'vomiting', zh: '呕吐', en: 'Vomiting' }, { value: 'diarrhoea', zh: '腹泻', en: 'Diarrhoea' }, { value: 'rash', zh: '皮疹、关节痛', en: 'Rash or joint pain' }],
  purpose: { zh: '早发现、早就医', en: 'To find illness early' },
})
const seenDoctor = attribute({
  key: 'seen-doctor', type: 'yes-no', freshSeconds: 3 * day, label: { zh: '是否已就医或联系校医院？', en: 'Have you seen a doctor or called the clinic?' },
  purpose: { zh: '有症状者有人跟进', en: 'That whoever is ill is followed up' },
})
const zeroReport = attribute({
  key: 'zero-report', subjectKind: 'unit', type: 'choice', sensitivity: 'normal', askedOf: 'owner', freshSeconds: day, seconds: 3, label: { zh: '本单位今日情况', en: "Your unit's report of the day" },
  options: [{ value: 'nothing', zh: '零报告：无异常', en: 'Zero report: nothing new' }, { value: 'events', zh: '有情况，已另行上报', en: 'There is something; reported apart' }],
  purpose: { zh: '日报告、零报告', en: 'Daily report, zero report' },
})

export const presets: readonly Preset[] = [
  {
    key: 'whereabouts-known', name: { zh: '去向清楚', en: 'Whereabouts known' }, explains: { zh: '每个人现在在哪里都清楚，一周内核实过。', en: 'Where everybody is is known, confirmed within a week.' },
    subjectKind: 'person', population: everybody, condition: { combinator: 'and', rules: [{ field: 'whereabouts', operator: 'notNull' }] }, graceSeconds: day, followUp: 'tell-owner', danger: 2, attributes: [whereabouts],
  },
  {
    key: 'listed-area-observed', name: { zh: '重点地区来人已登记并观察', en: 'From a listed area: registered and observed' },
    explains: { zh: '近 14 天到过名单所列地区的人，已登记抵达日期并落实健康观察。', en: 'Whoever was in a listed area has registered the day and is under observation.' },
    subjectKind: 'person', population: everybody,
    condition: { combinator: 'or', rules: [{ field: 'from-listed-area', operator: '=', value: false }, { combinator: 'and', rules: [{ field: 'arrival-day', operator: 'notNull' }, { field: 'observation-place', operator: 'in', value: ['site', 'home', 'hospital'] }] }] },
    graceSeconds: day / 2, followUp: 'open-task', danger: 1, attributes: [fromListed, arrivalDay, observationPlace],
  },
  {
    key: 'stay-approved', name: { zh: '在校人员均经批准', en: 'On campus only with approval' }, explains: { zh: '住在校内的学生都经过批准；未经批准不得提前返校。', en: 'Every student staying on campus is approved.' },
    subjectKind: 'person', population: students, condition: { combinator: 'or', rules: [{ field: 'on-campus', operator: '=', value: false }, { field: 'stay-approved', operator: '=', value: true }] }, graceSeconds: day, followUp: 'open-task', danger: 2, attributes: [onCampus, stayApproved],
  },
  {
    key: 'symptoms-followed', name: { zh: '症状日报并跟进', en: 'Symptoms reported and followed' }, explains: { zh: '每人每天报告有无症状；有症状的已就医或联系校医院。', en: 'Everybody reports symptoms daily; whoever has some has seen a doctor.' },
    subjectKind: 'person', population: everybody, condition: { combinator: 'or', rules: [{ field: 'symptoms', operator: 'contains', value: 'none' }, { field: 'seen-doctor', operator: '=', value: true }] }, graceSeconds: day / 4, followUp: 'open-task', danger: 1, attributes: [symptoms, seenDoctor],
  },
  {
    key: 'everyone-owned', name: { zh: '人人有责任人', en: 'Everyone has somebody in charge' }, explains: { zh: '每个人都有直接责任人（辅导员、班主任、部门负责人等）在岗。', en: 'Somebody in office answers directly for everybody.' },
    subjectKind: 'person', population: everybody, condition: { combinator: 'and', rules: [{ field: 'person.owned', operator: '=', value: true }] }, graceSeconds: 0, followUp: 'none', danger: 2, attributes: [],
  },
  {
    key: 'zero-report', name: { zh: '单位日报告（零报告）', en: "Units' daily zero report" }, explains: { zh: '每个学院、部门每天报告一次，没有异常也要报。', en: 'Every college and department reports daily, also when there is nothing.' },
    subjectKind: 'unit', population: { combinator: 'and', rules: [{ field: 'unit.kind', operator: 'in', value: ['college', 'department'] }, { field: 'unit.tree', operator: '=', value: 'admin' }] },
    condition: { combinator: 'and', rules: [{ field: 'zero-report', operator: 'notNull' }] }, graceSeconds: day / 2, followUp: 'tell-owner', danger: 2, attributes: [zeroReport],
  },
]

export const presetOf = (key: string): Preset | undefined => presets.find((preset) => preset.key === key)
