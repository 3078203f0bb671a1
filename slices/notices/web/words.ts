/** Words of notices as its pages say them. */
import type { Static } from 'typebox'
import type { Output } from '#kernel/contract.ts'
import type { me } from '#slices/directory/contract.ts'
import { ownWord } from '#ui/own-words.ts'
import { hazardWords } from '#slices/responses/rules.ts'
import { useSession, type Session } from '#ui/session.tsx'
import type { Ink, Tone } from '#ui/tags.tsx'
import { language, say, t } from '#ui/words.ts'
import type { Demand } from '../demand.ts'
import type * as contract from '../contract.ts'
import type { AssignmentState, Blank, Cycle, Modality, NoticeStatus, Progress, StepName } from '../rules.ts'

export type Me = Output<typeof me>
export type Draft = Output<typeof contract.draft>
export type Duty = Static<typeof contract.DraftDuty>
export type Doubt = Static<typeof contract.Doubt>
export type People = Static<typeof contract.People>
export type Preview = Output<typeof contract.preview>
export type Alive = Output<typeof contract.get>
export type AliveDuty = Alive['duties'][number]
export type Assignment = Static<typeof contract.Assignment>
export type Report = Static<typeof contract.Report>
export type RoundBrief = Static<typeof contract.RoundBrief>
export type NoticeBrief = Static<typeof contract.NoticeBrief>

/** The session with what `directory.me` says. */
export const useMine = (): Session<Me> => useSession<Me>()

export function statusTag(status: NoticeStatus): { name: string; tone: Tone } {
  if (status === 'draft') return { name: t('草稿', 'Draft'), tone: 'warn' }
  if (status === 'issued') return { name: t('已签发', 'Issued'), tone: 'good' }
  if (status === 'withdrawn') return { name: t('已撤回', 'Withdrawn'), tone: 'bad' }
  return { name: t('已被修订', 'Amended since'), tone: 'neutral' }
}

export function stateTag(state: AssignmentState, overdue = false): { name: string; tone: Tone } {
  if (overdue) return { name: t('已逾期', 'Overdue'), tone: 'bad' }
  const words: Record<AssignmentState, { name: string; tone: Tone }> = {
    sent: { name: t('待签收', 'Not acknowledged'), tone: 'warn' },
    acknowledged: { name: t('已签收', 'Acknowledged'), tone: 'accent' },
    'under-way': { name: t('办理中', 'Under way'), tone: 'accent' },
    reported: { name: t('已上报，待审核', 'Reported, to review'), tone: 'accent' },
    accepted: { name: t('已办结', 'Done'), tone: 'good' },
    'sent-back': { name: t('被退回', 'Sent back'), tone: 'bad' },
    withdrawn: { name: t('已终止', 'Ended'), tone: 'neutral' },
  }
  return words[state]
}

export function modalityName(modality: Modality): string {
  return modality === 'must-not' ? t('不得', 'Must not') : modality === 'should' ? t('鼓励', 'Should') : t('必须', 'Must')
}
/** The ink of a duty beside its document: what lies in a sentence that asks for reports is drawn as that sentence is. */
export const dutyInk = (duty: { modality: Modality; start: number | null }, sentences: readonly { start: number; end: number; kind: string }[]): Ink => {
  const { start } = duty
  return duty.modality !== 'must-not' && start !== null && sentences.some((one) => one.kind === 'reporting' && one.start <= start && start < one.end) ? 'reporting' : modalityInk(duty.modality)
}
export const modalityInk = (modality: Modality): Ink => (modality === 'must-not' ? 'prohibition' : 'duty')

export function cycleName(cycle: Cycle): string {
  return cycle === 'daily' ? t('每天', 'Every day') : cycle === 'weekdays' ? t('每个工作日', 'Every weekday') : cycle === 'weekly' ? t('每周', 'Every week') : cycle === 'monthly' ? t('每月', 'Every month') : t('一次', 'Once')
}

export const monthDayName = (day: number): string => (day === 31 ? t('每月最后一天', 'Last day of the month') : t('每月{day}日', 'Day {day} of the month', { day }))

export const weekdayName = (day: number): string => [t('周一', 'Monday'), t('周二', 'Tuesday'), t('周三', 'Wednesday'), t('周四', 'Thursday'), t('周五', 'Friday'), t('周六', 'Saturday'), t('周日', 'Sunday')][day - 1] ?? ''

/** Still to be answered: not settled, and its duty neither confirmed, dropped, nor mended where the doubt pointed. */
export function isOpenDoubt(doubt: Doubt, duties: readonly Duty[]): boolean {
  if (doubt.settled) return false
  // What asks for blanks to be filled is answered when none is left.
  const left = (blank: Blank) => duties.some((one) => one.status !== 'dropped' && one.blanks.includes(blank))
  if (doubt.code === 'no-deadline' || doubt.code === 'vague-deadline') return left('due')
  if (doubt.code === 'no-report-to') return left('report-to')
  const duty = doubt.dutyId === null ? undefined : duties.find((one) => one.dutyId === doubt.dutyId)
  if (!duty) return true
  if (duty.status !== 'proposed') return false
  if (doubt.code === 'rhythm-unscheduled' && (duty.cycle !== 'once' || duty.dueAt !== null)) return false
  return !(doubt.code === 'actor-unmatched' && duty.unitIds.length > 0) && !(doubt.code === 'past-deadline' && !duty.pastDue)
}

export const demandNames = (): Record<Demand, string> => ({ law: t('法律法规', 'Law'), nation: t('国家', 'Nation'), province: t('省', 'Province'), city: t('市', 'City'), school: t('学校', 'University'), college: t('学院', 'College') })

export function stepName(step: StepName): string {
  const words: Record<StepName, string> = {
    kind: t('性质', 'Kind'), actor: t('主体', 'Actor'), modality: t('语气', 'Modality'), deadline: t('时限', 'Deadline'), rhythm: t('频次', 'Rhythm'), condition: t('条件', 'Condition'), evidence: t('佐证', 'Evidence'), 'report-to': t('报送', 'Report to'), measure: t('对应做法', 'Ready-made'),
  }
  return words[step]
}

export function blankName(blank: Blank): string {
  return blank === 'owner' ? t('责任单位', 'Owner') : blank === 'due' ? t('时限', 'Due') : blank === 'evidence' ? t('佐证', 'Evidence') : t('报送', 'Report to')
}

export type Part = Exclude<keyof Progress, 'total'>
/** In the order of the bar: what is done first, what nobody has last. */
export const parts: readonly Part[] = ['done', 'reported', 'underWay', 'waiting', 'overdue', 'nobody']
export function partName(part: Part): string {
  const words: Record<Part, string> = { done: t('已办结', 'Done'), reported: t('待审核', 'To review'), underWay: t('办理中', 'Under way'), waiting: t('待签收', 'Not acknowledged'), overdue: t('逾期', 'Overdue'), nobody: t('无人负责', 'Nobody') }
  return words[part]
}

/** 学院, 班级, 楼栋: kinds of units, several of them, in the institution's own words where it has some. */
export function kindName(kind: string): string {
  const words: Record<string, string> = {
    school: t('学校', 'Institution'), college: t('学院', 'Colleges'), department: t('部门', 'Departments'), office: t('科室', 'Offices'), grade: t('年级', 'Grades'), class: t('班级', 'Classes'),
    committee: t('党委', 'Party committee'), 'general-branch': t('党总支', 'General branches'), branch: t('党支部', 'Branches'),
    estate: t('住宿区', 'Residences'), campus: t('校区', 'Campuses'), building: t('楼栋', 'Buildings'), floor: t('楼层', 'Floors'), room: t('房间', 'Rooms'),
  }
  return ownWord('unit', kind) ?? words[kind] ?? kind
}

export function personKindName(kind: string): string {
  const words: Record<string, string> = { student: t('学生', 'Students'), staff: t('教职工', 'Staff'), contractor: t('外聘人员', 'Contractors'), family: t('家属', 'Family members') }
  return ownWord('person', kind) ?? words[kind] ?? kind
}

export function peopleName(people: People): string {
  const kinds = people.kinds.length === 0 ? t('全体人员', 'Everybody') : people.kinds.map(personKindName).join(t('、', ', '))
  const who = people.members ? (people.kinds.length === 0 ? t('全体党员', 'All members') : t('{kinds}中的党员', 'Members among {kinds}', { kinds })) : kinds
  return people.unitIds.length > 0 ? t('{who}（{n} 个单位内）', '{who} (in {n} {n:unit|units})', { who, n: people.unitIds.length }) : who
}

export const hazardName = (hazard: string): string => {
  const words = (hazardWords as Record<string, { zh: string; en: string } | undefined>)[hazard]
  return words ? say(words) : hazard
}

/** Clause 一, with what stands for text before the first number. */
/** 二 → 第二条; a number that comes twice is told apart. */
export function clauseName(label: string): string {
  if (label === '' || label === '前言') return t('前言', 'Preamble')
  const [number = '', again] = label.split('#')
  if (!/^([一二三四五六七八九十百]+|\d+)$/.test(number)) return label
  const name = t('第{n}条', 'Section {n}', { n: language() === 'en' ? digits(number) : number })
  return again ? t('{name}（第 {n} 处）', '{name} ({n})', { name, n: again }) : name
}
function digits(number: string): number {
  if (/^\d/.test(number)) return Number(number)
  const [tens, ones] = number.includes('十') ? number.split('十') : ['', number]
  const one = (sign: string) => '一二三四五六七八九'.indexOf(sign) + 1
  return (number.includes('十') ? (tens ? one(tens) : 1) * 10 : 0) + (ones ? one(ones) : 0)
}

const eventWords: Record<string, readonly [string, string]> = {
  'zero-reported': ['零报告', 'Zero report'], 'carried-over': ['转入修订版接着办', 'Goes on in the amendment'], 'ended-by-amendment': ['因修订终止', 'Ended by an amendment'],
  imported: ['导入', 'Imported'], issued: ['签发', 'Issued'], issue: ['签发', 'Issued'], sent: ['送达', 'Sent'], acknowledged: ['签收', 'Acknowledged'], acknowledge: ['签收', 'Acknowledged'], start: ['着手办理', 'Work began'], started: ['着手办理', 'Work began'],
  'hand-down': ['分解到下级', 'Handed down'], 'handed-down': ['分解到下级', 'Handed down'], report: ['上报', 'Reported'], reported: ['上报', 'Reported'], accept: ['认可', 'Accepted'], accepted: ['认可', 'Accepted'], 'send-back': ['退回', 'Sent back'], 'sent-back': ['退回', 'Sent back'],
  withdraw: ['撤回', 'Withdrawn'], withdrawn: ['撤回', 'Withdrawn'], amended: ['修订', 'Amended'], superseded: ['被修订替代', 'Replaced by an amendment'], remind: ['催办', 'Reminded'], reminder: ['催办', 'Reminded'], reminded: ['催办', 'Reminded'], asked: ['催办', 'Asked'],
  escalation: ['逐级上报提醒', 'Escalated'], escalated: ['逐级上报提醒', 'Escalated'], round: ['叫应', 'Call-and-confirm'], 'round-started': ['发起叫应', 'Call-and-confirm started'], 'round-closed': ['结束叫应', 'Call-and-confirm closed'], opened: ['已阅', 'Opened'], ended: ['终止', 'Ended'], renewed: ['新一期开始', 'A new period began'],
}
const stepWords: Record<string, readonly [string, string]> = {
  unacknowledged: ['四小时未签收', 'Not acknowledged after four hours'], 'unacknowledged-up': ['一天未签收，告知上一级责任人', 'Not acknowledged after a day: told to the next above'], 'day-before': ['离时限一天', 'A day before it is due'],
  'hours-before': ['离时限两小时', 'Two hours before it is due'], 'hour-before': ['离时限一小时', 'An hour before it is due'], 'overdue-up': ['逾期，告知上一级责任人', 'Overdue: told to the next above'], 'overdue-further': ['逾期未办，再上一级', 'Still overdue: one further up'],
  'overdue-top': ['逾期一天，告知最上一级', 'Overdue for a day: told to the top'],
}
/** What is noted of an event: the step of a reminder, words; a bare number counts units. */
export function eventNote(note: string | null): string | null {
  const step = note === null ? undefined : stepWords[note]
  if (step) return t(step[0], step[1])
  return note !== null && /^\d+$/.test(note) ? t('{n} 个单位', '{n} {n:unit|units}', { n: note }) : note
}

export function eventName(kind: string): string {
  const words = eventWords[kind]
  return words ? t(words[0], words[1]) : kind
}
