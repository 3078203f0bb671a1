/** A case in signs: of which kind, where it stands, how long, what the last check said. */
import { daysBetween } from '#kernel/clock.ts'
import type { Output } from '#kernel/contract.ts'
import { date, day } from '#ui/format.ts'
import { Tag } from '#ui/tags.tsx'
import { say, t } from '#ui/words.ts'
import { hazardWords } from '#slices/responses/rules.ts'
import type { list, mine } from '../contract.ts'
import { caseKindWords, countedFromWords, stateWords, symptomWords, type CaseKind, type CaseState, type Symptom } from '../rules.ts'

export type CaseLine = Output<typeof list>['cases'][number]
export type CaseWhole = Output<typeof mine>['cases'][number]
export type CheckLine = CaseWhole['checks'][number]

export const kindName = (kind: CaseKind): string => say(caseKindWords[kind])
export const illnessName = (illness: CaseLine['illness']): string => say(hazardWords[illness])

const kindTone = { observation: 'accent', quarantine: 'warn', isolation: 'warn', confirmed: 'bad' } as const
export function KindTag({ kind }: { kind: CaseKind }) {
  return <Tag tone={kindTone[kind]}>{kindName(kind)}</Tag>
}
const stateTone = { running: 'neutral', 'to-release': 'warn', released: 'muted' } as const
export function CaseStateTag({ state }: { state: CaseState }) {
  return <Tag tone={stateTone[state]}>{say(stateWords[state])}</Tag>
}

/** 还有 3 天 / 今天到期 / 已过 2 天 */
export function leftWords({ untilDay, state }: Pick<CaseLine, 'untilDay' | 'state'>, today: string): string {
  if (state === 'released') return ''
  const left = daysBetween(today, untilDay)
  if (left > 0) return t('还有 {n} 天', '{n} {n:day|days} left', { n: left })
  return left === 0 ? t('今天到期', 'ends today') : t('已过 {n} 天', '{n} {n:day|days} over', { n: -left })
}

export const symptomNames = (symptoms: readonly string[]): string => symptoms.map((one) => say(symptomWords[one as Symptom] ?? { zh: one, en: one })).join(t('、', ', '))
/** 37.8 ℃，发热、呕吐 */
export function saidWords({ temperature, symptoms }: Pick<CheckLine, 'temperature' | 'symptoms'>): string {
  return [temperature === null ? t('未量体温', 'no temperature') : `${temperature} ℃`, symptoms.length ? symptomNames(symptoms).toLowerCase() : t('无症状', 'no symptoms')].join(t('，', ', '))
}

/** 自末次暴露（11月20日）起 14 天，计划至 12月4日 */
export const planWords = ({ countedFrom, fromDay, days, untilDay }: Pick<CaseLine, 'countedFrom' | 'fromDay' | 'days' | 'untilDay'>): string =>
  t('自{from}（{first}）起 {n} 天，计划至 {last}', '{n} {n:day|days} from {from} {first}, planned until {last}', { from: say(countedFromWords[countedFrom]).toLowerCase(), first: day(fromDay), n: days, last: date(untilDay) })
