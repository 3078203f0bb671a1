/** How often something must have been answered: so many times within so long, every answer or only some. */
import { Choices, NumberInput, Pick, Toggle } from '#ui/controls.tsx'
import { Stack } from '#ui/page.tsx'
import { t } from '#ui/words.ts'
import type { ReactNode } from 'react'
import { canNarrow, type TimesWithin } from '../counts.ts'
import { operatorsOf } from '../rules.ts'
import { operatorName, type NamedField } from './rule-words.ts'

export const timesToBegin: TimesWithin = { times: 2, days: 3, daily: true }

export function TimesInput({ value, onChange, field, begin, children }: {
  value: TimesWithin
  onChange: (value: TimesWithin) => void
  field: NamedField
  /** What an operator is compared with to begin with. */
  begin: (operator: string) => unknown
  /** The input of what answers are compared with. */
  children: ReactNode
}) {
  const { times, hours, days, daily, where } = value
  const set = (next: Partial<TimesWithin>) => {
    const { hours: _, days: __, where: ___, ...rest } = { ...value, ...next }
    const span = 'hours' in next ? { hours: next.hours } : 'days' in next ? { days: next.days } : hours === undefined ? { days } : { hours }
    const narrowed = 'where' in next ? next.where : where
    onChange({ ...rest, ...span, ...(narrowed ? { where: narrowed } : {}) } as TimesWithin)
  }
  const unit = hours === undefined ? 'days' : 'hours'
  return (
    <div className="m-times">
      <Stack row gap={8} align="center">
        <span className="b-muted">{t('至少', 'at least')}</span>
        <NumberInput label={t('至少几次', 'At least how often')} value={times} min={1} max={100} unit={t('次', 'times')} onChange={(next) => set({ times: next ?? 1 })} />
      </Stack>
      <Stack row gap={8} align="center">
        <span className="b-muted">{t('在最近', 'within the last')}</span>
        <NumberInput label={t('最近多久', 'Within how long')} value={hours ?? days ?? null} min={1} max={unit === 'days' ? 90 : 2160} onChange={(next) => set({ [unit]: next ?? 1 })} />
        <Choices joined label={t('小时还是天', 'Hours or days')} value={unit} options={[{ value: 'days', label: t('天', 'days') }, { value: 'hours', label: t('小时', 'hours') }]} onChange={(next) => next !== unit && set(next === 'days' ? { days: Math.max(1, Math.round((hours ?? 24) / 24)) } : { hours: (days ?? 1) * 24 })} />
      </Stack>
      <Stack row gap={8} align="center">
        <span className="b-muted">{t('只数这样的回答', 'each one that')}</span>
        <Pick label={t('只数怎样的回答', 'Which answers count')} width={130} value={where?.operator ?? 'any'} options={[{ value: 'any', label: t('任何回答', 'says anything') }, ...operatorsOf[field.type].filter(canNarrow).map((one) => ({ value: one, label: operatorName(one, field.type) }))]} onChange={(next) => next && set({ where: next === 'any' ? undefined : { operator: next, value: begin(next) } } as Partial<TimesWithin>)} />
        {where && <div className="b-grow">{children}</div>}
      </Stack>
      <Stack row gap={6} align="center">
        <Toggle label={t('同一天只算一次', 'Once a day at most')} value={daily ?? false} onChange={(next) => set({ daily: next })} />
        <span className="b-muted">{t('同一天填几次只算一次', 'Several on one day count once')}</span>
      </Stack>
    </div>
  )
}
