/** Cases: kinds and how one follows the other, when they are due, what a check says. */
import { addDays } from '#kernel/clock.ts'
import type { Bilingual } from '#kernel/words.ts'
import { caseKinds, caseKindWords, type CaseKind } from '#slices/measures/rules.ts'
import { hazardKind, hazards, type HazardName } from '#slices/responses/rules.ts'
export { caseKinds, caseKindWords, type CaseKind }

/** What is told to the person of each kind. */
export const kindMeans: Record<CaseKind, Bilingual> = {
  observation: { zh: '照常生活，每天报告体温和症状；不舒服时马上报告，不带病上课上班。', en: 'Live as usual and report temperature and symptoms daily; report at once when unwell, and stay away from class and work.' },
  quarantine: { zh: '单独居住，不离开安排的地点；每天报告体温和症状，三餐和用品由专人送到。', en: 'Stay by yourself at the place arranged; report temperature and symptoms daily. Meals and things are brought to you.' },
  isolation: { zh: '在安排的地点隔离治疗，听从医嘱；每天报告体温和症状，需要什么随时说。', en: 'You are treated in isolation at the place arranged; follow the doctor, report daily, and say what you need.' },
  confirmed: { zh: '已确诊，按医嘱治疗休息；每天报告体温和症状。', en: 'Confirmed: be treated and rest as the doctor says; report daily.' },
}

/** What may follow each kind; each may be released. Whoever is confirmed is no mere contact any more. */
export const lifeCycle: Record<CaseKind, readonly CaseKind[]> = {
  observation: ['quarantine', 'isolation', 'confirmed'],
  quarantine: ['observation', 'isolation', 'confirmed'],
  isolation: ['observation', 'quarantine', 'confirmed'],
  confirmed: ['isolation', 'observation'],
}
export const mayBecome = (from: CaseKind, to: CaseKind): boolean => lifeCycle[from].includes(to)

export const steps = ['open', 'change', 'extend', 'offer', 'accept', 'decline', 'release'] as const
export type Step = (typeof steps)[number]

export const countedFrom = ['exposure', 'onset', 'start'] as const
export type CountedFrom = (typeof countedFrom)[number]
export const countedFromWords: Record<CountedFrom, Bilingual> = {
  exposure: { zh: '末次暴露', en: 'Last exposure' },
  onset: { zh: '发病', en: 'Onset' },
  start: { zh: '开始管理', en: 'Start' },
}

/** Of the hazards those that people fall ill with, and what has no name of its own. */
export const illnesses = hazards.filter((one) => hazardKind[one] === 'illness' || one === 'other')
export type Illness = HazardName

// ── Days ─────────────────────────────────────────────────────────────────────────────────────────
export const mostDays = 120
/** How far back an exposure or an onset may lie. */
export const mostBack = 60

/** The planned end: so many days after what it is counted from. */
export const untilDay = (fromDay: string, days: number): string => addDays(fromDay, days)

export type CaseState = 'running' | 'to-release' | 'released'
/** Nothing is released by the machine: a planned end that has come, or a response that is closed, asks a person to. */
export function stateOf({ untilDay: until, releasedAt, responseClosed }: { untilDay: string; releasedAt: string | null; responseClosed: boolean }, today: string): CaseState {
  if (releasedAt !== null) return 'released'
  return responseClosed || until <= today ? 'to-release' : 'running'
}
export const stateWords: Record<CaseState, Bilingual> = {
  running: { zh: '管理中', en: 'Running' },
  'to-release': { zh: '待解除', en: 'To be released' },
  released: { zh: '已解除', en: 'Released' },
}

// ── Checks ───────────────────────────────────────────────────────────────────────────────────────
/** As the daily question on symptoms has them, so that one answer does for both. */
export const symptoms = ['fever', 'cough', 'vomiting', 'diarrhoea', 'rash', 'other'] as const
export type Symptom = (typeof symptoms)[number]
export const symptomWords: Record<Symptom, Bilingual> = {
  fever: { zh: '发热', en: 'Fever' },
  cough: { zh: '咳嗽、咽痛', en: 'Cough or sore throat' },
  vomiting: { zh: '呕吐', en: 'Vomiting' },
  diarrhoea: { zh: '腹泻', en: 'Diarrhoea' },
  rash: { zh: '皮疹、关节痛', en: 'Rash or joint pain' },
  other: { zh: '其他不适', en: 'Otherwise unwell' },
}
export const temperatureRange = { least: 34, most: 43 } as const
/** From here on it is called a fever: shown, and told to whoever answers. */
export const feverFrom = 37.3

export interface Said {
  temperature: number | null
  symptoms: readonly string[]
}
/** Whether somebody should look at it: a fever or any symptom. Nothing follows from it by itself. */
export const worrying = ({ temperature, symptoms: told }: Said): boolean => (temperature !== null && temperature >= feverFrom) || told.length > 0

/** A check is wanted every day while the response is open, from the day a case was opened. */
export const wantsCheck = ({ releasedAt, responseClosed }: { releasedAt: string | null; responseClosed: boolean }): boolean => releasedAt === null && !responseClosed

/** On how many days since it was opened nobody checked, today left out: today can still be made good. */
export function daysMissed(openedDay: string, checkedDays: ReadonlySet<string>, today: string): number {
  let missed = 0
  for (let day = openedDay; day < today; day = addDays(day, 1)) if (!checkedDays.has(day)) missed++
  return missed
}

// ── What is usual ────────────────────────────────────────────────────────────────────────────────
export interface Usual {
  illness: Illness
  kind: CaseKind
  days: number
  from: CountedFrom
  /** The rule with its version, to be named as the basis; the doctor decides. */
  basis: string
}
/** A beginning that the doctor changes: how long, from when, by which rule. Rules change with time and place, so a case keeps the words it was opened with. */
export const usual: readonly Usual[] = [
  { illness: 'influenza', kind: 'confirmed', days: 7, from: 'onset', basis: '《流感样病例暴发疫情处置指南（2018年版）》：体温正常、症状消失48小时后可返校' },
  { illness: 'influenza', kind: 'isolation', days: 7, from: 'onset', basis: '《流感样病例暴发疫情处置指南（2018年版）》：体温正常、症状消失48小时后可返校' },
  { illness: 'norovirus', kind: 'isolation', days: 6, from: 'onset', basis: '《诺如病毒感染暴发调查和预防控制技术指南（2015版）》：隔离至症状完全消失后72小时' },
  { illness: 'norovirus', kind: 'confirmed', days: 6, from: 'onset', basis: '《诺如病毒感染暴发调查和预防控制技术指南（2015版）》：隔离至症状完全消失后72小时' },
  { illness: 'dengue', kind: 'isolation', days: 5, from: 'onset', basis: '防蚊隔离：自发病起不少于5天，且热退24小时以上' },
  { illness: 'dengue', kind: 'confirmed', days: 5, from: 'onset', basis: '防蚊隔离：自发病起不少于5天，且热退24小时以上' },
  { illness: 'dengue', kind: 'observation', days: 14, from: 'exposure', basis: '' },
  { illness: 'varicella', kind: 'observation', days: 21, from: 'exposure', basis: '' },
]
export const usualOf = (illness: Illness, kind: CaseKind): Usual | undefined => usual.find((one) => one.illness === illness && one.kind === kind)
