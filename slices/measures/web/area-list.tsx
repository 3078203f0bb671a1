/** A list of areas in its editions, and which of them counts. */
import { Button, Choices, DateInput } from '#ui/controls.tsx'
import { presentMoment } from '#ui/format.ts'
import { Stack } from '#ui/page.tsx'
import { t } from '#ui/words.ts'
import type { AreaList } from '../rules.ts'
import { AreasInput } from './value-input.tsx'

const today = () => presentMoment().toISOString().slice(0, 10)

export function AreaListInput({ value, onChange }: { value: AreaList; onChange: (value: AreaList) => void }) {
  const editions = value.editions ?? []
  // They stand in the order of their days, whatever order they are entered in.
  const set = (next: AreaList['editions']) => onChange({ ...value, editions: next.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)) })
  const change = (at: number, part: Partial<AreaList['editions'][number]>) => set(editions.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <Stack gap={8}>
      <Stack row gap={8} align="center">
        <span className="b-muted">{t('以哪天的名单为准', 'As of')}</span>
        <Choices joined label={t('以哪天的名单为准', 'As of')} value={value.asOf === 'today' ? 'today' : 'day'} onChange={(which) => onChange({ ...value, asOf: which === 'today' ? 'today' : today() })} options={[{ value: 'today', label: t('当日', 'the day itself') }, { value: 'day', label: t('指定日期', 'a day') }]} />
        {value.asOf !== 'today' && <DateInput label={t('日期', 'Day')} value={value.asOf} onChange={(day) => day && onChange({ ...value, asOf: day })} />}
      </Stack>
      {editions.map((edition, at) => (
        <Stack key={at} row gap={8} align="center">
          <DateInput label={t('自何日起', 'From')} value={edition.from} onChange={(from) => from && change(at, { from })} />
          <div className="b-grow"><AreasInput label={t('所列地区', 'Areas listed')} value={edition.areas} onChange={(areas) => change(at, { areas })} /></div>
          {editions.length > 1 && <Button size="small" look="quiet" icon="close" hint={t('移除这一版', 'Remove this edition')} onClick={() => set(editions.filter((_, index) => index !== at))} />}
        </Stack>
      ))}
      <div className="b-actions">
        <Button size="small" icon="plus" disabled={editions.length >= 60} onClick={() => set([...editions, { from: today(), areas: editions.at(-1)?.areas ?? [] }])}>{t('加一版名单', 'Add an edition')}</Button>
      </div>
    </Stack>
  )
}
