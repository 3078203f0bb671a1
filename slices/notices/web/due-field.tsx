/** By when: the notice's own words and what they come to, moments in one press, or a rhythm. */
import { Choices, MomentInput, Pick } from '#ui/controls.tsx'
import { dateTime } from '#ui/format.ts'
import { t } from '#ui/words.ts'
import type { Cycle } from '../rules.ts'
import { daysToFriday, isPast, momentOf } from './moments.ts'
import type { Patch } from './use-draft.ts'
import { cycleName, monthDayName, weekdayName, type Duty } from './words.ts'

/** 今天 18:00, 明天 18:00, 本周五 18:00. */
export function dueChips(zone: string | undefined): { label: string; at: string }[] {
  const friday = daysToFriday(zone)
  return [
    { label: t('今天 18:00', 'Today 18:00'), at: momentOf(0, 18, zone) },
    { label: t('明天 18:00', 'Tomorrow 18:00'), at: momentOf(1, 18, zone) },
    ...(friday > 1 ? [{ label: t('本周五 18:00', 'Friday 18:00'), at: momentOf(friday, 18, zone) }] : [{ label: t('下周五 18:00', 'Friday next 18:00'), at: momentOf(friday + 7, 18, zone) }]),
  ].filter((chip) => !isPast(chip.at))
}

/** What the duty's deadline is, in words. */
export function dueWords(duty: Pick<Duty, 'cycle' | 'cycleTime' | 'cycleWeekday' | 'dueAt'>): string | null {
  if (duty.cycle !== 'once') return [duty.cycle === 'monthly' && duty.cycleWeekday ? monthDayName(duty.cycleWeekday) : duty.cycle === 'weekly' && duty.cycleWeekday ? t('每{day}', 'Every {day}', { day: weekdayName(duty.cycleWeekday) }) : cycleName(duty.cycle), duty.cycleTime].filter(Boolean).join(' ')
  return duty.dueAt ? dateTime(duty.dueAt) : null
}

const hours = Array.from({ length: 48 }, (_, index) => `${String(Math.floor(index / 2)).padStart(2, '0')}:${index % 2 ? '30' : '00'}`)

export function DueField({ duty, zone, onPatch }: { duty: Duty; zone: string | undefined; onPatch: (patch: Patch) => void }) {
  const cycle = (next: Cycle) => onPatch({ cycle: next, ...(next === 'once' ? {} : { cycleTime: duty.cycleTime ?? '18:00', cycleWeekday: next === 'weekly' ? 5 : next === 'monthly' ? 31 : null }) })
  return (
    <div className="n-due">
      {(duty.deadline ?? duty.recurrence) && (
        <p className="n-due-said">
          <span className="b-muted">{t('原文：', 'In the notice:')}</span> {[duty.deadline, duty.recurrence].filter(Boolean).join(' · ')}
          {duty.dueAt && duty.derivation && (
            <span className="n-derived">
              {t('推算为 {when}（{rule}）', 'comes to {when} ({rule})', { when: dateTime(duty.dueAt), rule: duty.derivation })}
            </span>
          )}
        </p>
      )}
      <div className="n-inline">
        <Choices joined label={t('频次', 'How often')} value={duty.cycle} onChange={cycle} options={(['once', 'daily', 'weekdays', 'weekly', 'monthly'] as const).map((value) => ({ value, label: cycleName(value) }))} />
        {duty.cycle === 'weekly' && (
          <Pick label={t('周几', 'Weekday')} width={100} value={String(duty.cycleWeekday ?? 5)} onChange={(next) => onPatch({ cycleWeekday: Number(next) })} options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: weekdayName(day) }))} />
        )}
        {duty.cycle === 'monthly' && (
          <Pick label={t('几号', 'Day of the month')} width={140} value={String(duty.cycleWeekday ?? 31)} onChange={(next) => onPatch({ cycleWeekday: Number(next) })} options={Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: monthDayName(index + 1) }))} />
        )}
        {duty.cycle !== 'once' && <Pick label={t('几点前', 'By what time')} width={110} value={duty.cycleTime} placeholder={t('几点前', 'By')} onChange={(next) => onPatch({ cycleTime: next })} options={[...new Set([...hours, ...(duty.cycleTime ? [duty.cycleTime] : [])])].toSorted().map((value) => ({ value, label: value }))} />}
      </div>
      {duty.cycle === 'once' && (
        <div className="n-chips">
          {dueChips(zone).map((chip) => (
            <button key={chip.label} type="button" className={duty.dueAt && Date.parse(duty.dueAt) === Date.parse(chip.at) ? 'b-chip b-chip-on' : 'b-chip'} onClick={() => onPatch({ dueAt: chip.at })}>
              {chip.label}
            </button>
          ))}
          <MomentInput label={t('时限', 'Due')} value={duty.dueAt} onChange={(dueAt) => onPatch({ dueAt: dueAt ? new Date(dueAt).toISOString() : null })} />
        </div>
      )}
      {duty.cycle === 'once' && duty.dueAt && isPast(duty.dueAt) && <p className="b-bad">{t('这个时限已经过去。', 'This moment has passed.')}</p>}
    </div>
  )
}
