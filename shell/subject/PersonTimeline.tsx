/** One line of time about a person, for those who may: what they answered, calls and reminders, excuses, hand-overs, offices, links, and who looked. */
import { useMemo, useState } from 'react'
import { appointmentsOf, factEntries, lookEntries } from './person-entries.tsx'
import { tenures } from '#slices/directory/contract.ts'
import { attributes, history } from '#slices/facts/contract.ts'
import { looks } from '#slices/log/contract.ts'
import { trail } from '#slices/measures/contract.ts'
import { deedEntry } from '#slices/measures/web/deeds.tsx'
import { useAreas } from '#ui/areas.ts'
import { Choices } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { Panel } from '#ui/page.tsx'
import { ErrorState, LoadingState } from '#ui/states.tsx'
import { Timeline } from '#ui/timeline.tsx'
import { t } from '#ui/words.ts'

type Part = 'all' | 'facts' | 'tried' | 'offices' | 'looks'
const shownFirst = 30

export function PersonTimeline({ personId, number, may }: { personId: string; number: string; may: { facts: boolean; trail: boolean; looks: boolean } }) {
  const [part, setPart] = useState<Part>('all')
  const [all, setAll] = useState(false)
  const catalogue = useRead(attributes, {}, { enabled: may.facts })
  const { areas } = useAreas(catalogue.data?.attributes.some((one) => one.type === 'area') ?? false)
  const facts = useRead(history, { personId }, { topics: ['coverage'], enabled: may.facts, keep: false })
  const deeds = useRead(trail, { subjectId: personId }, { topics: ['gaps', 'coverage'], enabled: may.trail, keep: false })
  const past = useRead(tenures, { personId }, { topics: ['directory'], keep: false })
  const looked = useRead(looks, { person: number, most: 60 }, { enabled: may.looks, keep: false })
  const parts = useMemo(() => ({
    facts: factEntries(facts.data?.facts ?? [], catalogue.data?.attributes ?? [], areas), tried: (deeds.data?.deeds ?? []).map(deedEntry), offices: appointmentsOf(past.data?.tenures ?? [], past.data?.links ?? [], personId), looks: lookEntries(looked.data?.looks ?? []),
  }), [facts.data, catalogue.data, areas, deeds.data, past.data, looked.data, personId])
  const entries = useMemo(() => (part === 'all' ? Object.values(parts).flat() : parts[part]).toSorted((a, b) => (a.at < b.at ? 1 : -1)), [parts, part])
  const options = [{ value: 'all' as const, label: t('全部', 'All') }, may.facts && { value: 'facts' as const, label: t('上报', 'Answers') }, may.trail && { value: 'tried' as const, label: t('联系', 'Contacts') }, { value: 'offices' as const, label: t('任职与联系户', 'Offices, links') }, may.looks && { value: 'looks' as const, label: t('谁看过', 'Who looked') }]
  const loading = [facts, deeds, past, looked].some((read) => read.loading)
  const failed = [facts, deeds, past, looked].find((read) => read.problem && !read.data)
  return (
    <Panel title={t('经过', 'Course')} actions={<Choices joined label={t('显示', 'Show')} value={part} onChange={(next) => { setPart(next); setAll(false) }} options={options.filter((one) => one !== false)} />}>
      {failed?.problem ? <ErrorState problem={failed.problem} retry={failed.retry} /> : loading ? <LoadingState rows={4} /> : <Timeline entries={all ? entries : entries.slice(0, shownFirst)} />}
      {!all && entries.length > shownFirst && <button type="button" className="b-link" onClick={() => setAll(true)}>{t('显示全部 {n} 条', 'Show all {n}', { n: entries.length })}</button>}
    </Panel>
  )
}
