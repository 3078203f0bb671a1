/** What is ordered: from when, how long, where, by which rule; the end is computed and said while it is typed. */
import { DateInput, Field, NumberInput, Pick, TextArea, TextInput } from '#ui/controls.tsx'
import { date } from '#ui/format.ts'
import { say, t } from '#ui/words.ts'
import { countedFrom, countedFromWords, mostDays, untilDay, usualOf, type CaseKind, type CountedFrom, type Illness } from '../rules.ts'
import { kindName } from './case-words.tsx'

export interface PlanDraft {
  kind: CaseKind
  countedFrom: CountedFrom
  fromDay: string
  days: number
  place: string
  basis: string
}
/** How a plan of this kind usually begins; what was typed by hand stays. */
export function beginning(illness: Illness, kind: CaseKind, today: string, before?: PlanDraft): PlanDraft {
  const usual = usualOf(illness, kind)
  const untouched = before && !before.basis.trim()
  return {
    kind, countedFrom: usual?.from ?? before?.countedFrom ?? (kind === 'observation' || kind === 'quarantine' ? 'exposure' : 'onset'), fromDay: before?.fromDay ?? today, days: usual?.days ?? before?.days ?? 7, place: before?.place ?? '',
    basis: untouched || !before ? (usual?.basis ?? '') : before.basis,
  }
}
/** What is missing, in words; empty where it can be sent. */
export function planErrors({ fromDay, days, place, basis }: PlanDraft, today: string): { days?: string; place?: string; basis?: string } {
  return {
    ...(untilDay(fromDay, days) <= today ? { days: t('{last} 已经到期，请核对起算日期和天数。', 'That ends on {last}, which is over; check the day and the days.', { last: date(untilDay(fromDay, days)) }) } : {}),
    ...(place.trim() ? {} : { place: t('请写明在哪里。', 'Write where.') }), ...(basis.trim().length > 1 ? {} : { basis: t('请写明依据。', 'Write the basis.') }),
  }
}

export function PlanFields({ value, onChange, kinds, errors, today }: { value: PlanDraft; onChange: (next: PlanDraft) => void; kinds: readonly CaseKind[]; errors: ReturnType<typeof planErrors>; today: string }) {
  const set = (changes: Partial<PlanDraft>) => onChange({ ...value, ...changes })
  return (
    <>
      <Field label={t('管理类别', 'Kind')} required>
        <Pick value={value.kind} options={kinds.map((one) => ({ value: one, label: kindName(one) }))} onChange={(kind) => kind && set({ kind })} />
      </Field>
      <Field several label={t('从哪天算起', 'Counted from')} required>
        <div className="c-from">
          <Pick label={t('算起的是', 'What it is counted from')} width={150} value={value.countedFrom} options={countedFrom.map((one) => ({ value: one, label: say(countedFromWords[one]) }))} onChange={(next) => next && set({ countedFrom: next })} />
          <DateInput label={t('日期', 'Day')} value={value.fromDay} max={today} onChange={(next) => next && set({ fromDay: next })} />
        </div>
      </Field>
      <Field label={t('天数', 'Days')} required hint={errors.days ? undefined : t('计划至 {last}；到期只提示，不会自动解除。', 'Planned until {last}; nothing ends by itself.', { last: date(untilDay(value.fromDay, value.days), { weekday: true }) })} error={errors.days}>
        <NumberInput value={value.days} min={1} max={mostDays} unit={t('天', 'days')} onChange={(next) => set({ days: next ?? 1 })} />
      </Field>
      <Field label={t('地点', 'Where')} required error={errors.place}>
        <TextInput value={value.place} onChange={(place) => set({ place })} maxLength={200} placeholder={t('例如：校医院隔离区 2 床、本人宿舍、居家', 'For example: clinic, bed 2; own room; at home')} />
      </Field>
      <Field label={t('依据', 'Basis')} required error={errors.basis} hint={t('哪份规则的哪一版、谁的医嘱。本人看得到；以后规则改了，这里仍是当时的依据。', 'Which rule in which version, on whose word. The person reads it; it stays as it was when rules change.')}>
        <TextArea value={value.basis} onChange={(basis) => set({ basis })} rows={2} maxLength={400} />
      </Field>
    </>
  )
}
