/** What is known of a person, and how it came to be known: panels for joint screens. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { useAreas } from '#ui/areas.ts'
import { Choices } from '#ui/controls.tsx'
import { useRead, type Read } from '#ui/data.ts'
import { dateTime, relative } from '#ui/format.ts'
import { Details, Panel } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { Timeline } from '#ui/timeline.tsx'
import { say, t } from '#ui/words.ts'
import { attributes, history, profile } from '../contract.ts'
import { asLabel, valueWords, type AttributeShape } from './values.ts'

type Known = Output<typeof profile>['facts'][number]

/** Where a fact came from. */
export function sourceName(source: Known['source']): string {
  const words: Record<Known['source'], string> = { answer: t('本人填报', 'answered in person'), proxy: t('他人代填', 'answered by another'), import: t('导入', 'imported'), system: t('系统', 'the system'), office: t('经办登记', 'recorded by an office') }
  return words[source]
}

function useCatalogue() {
  const read = useRead(attributes, {})
  const { areas } = useAreas(read.data?.attributes.some((one) => one.type === 'area') ?? false)
  const byKey = new Map<string, AttributeShape>((read.data?.attributes ?? []).map((one) => [one.key, one]))
  return {
    label: (key: string) => {
      const found = byKey.get(key)
      return found ? say(found.label) : key
    },
    words: (key: string, value: unknown) => {
      const found = byKey.get(key)
      return found ? valueWords(found, value, areas) : typeof value === 'string' ? value : JSON.stringify(value)
    },
  }
}

/** The latest of everything, or all of it in order. */
export function FactsPanel({ personId }: { personId: string }) {
  const [view, setView] = useState<'now' | 'all'>('now')
  const known = useRead(profile, { personId }, { topics: ['coverage'], enabled: view === 'now', keep: false })
  const course = useRead(history, { personId }, { topics: ['coverage'], enabled: view === 'all', keep: false })
  return (
    <Panel title={t('已知信息', 'What is known')} actions={<Choices joined label={t('显示', 'Show')} value={view} onChange={setView} options={[{ value: 'now', label: t('现状', 'Now') }, { value: 'all', label: t('历次', 'All') }]} />}>
      {/* What is asked for takes the place of what stands there once it has come. */ view === 'now' || course.loading ? <KnownNow read={known} /> : <History read={course} />}
    </Panel>
  )
}

const nothing = () => <EmptyState icon="file" title={t('还没有任何上报', 'Nothing has been reported')}>{t('只有措施需要的信息才会被问到。', 'Only what a measure needs is ever asked.')}</EmptyState>

function KnownNow({ read }: { read: Read<Output<typeof profile>> }) {
  const { label, words } = useCatalogue()
  return (
    <Ready read={read} rows={3} empty={{ when: (data) => data.facts.length === 0, show: nothing() }}>
      {(data) => (
        <Details
          items={data.facts.map((fact) => ({
            label: label(fact.attribute),
            value: (
              <>
                {words(fact.attribute, fact.value)} {!fact.fresh && <Tag tone="warn">{t('已过期', 'Out of date')}</Tag>} {fact.source === 'proxy' && <Tag>{t('代填', 'By proxy')}</Tag>}
                <br />
                <small className="b-muted">
                  {relative(fact.observedAt)} · {fact.source === 'proxy' && fact.recordedBy ? t('{who}代填', 'by {who} for them', { who: fact.recordedBy }) : sourceName(fact.source)}
                </small>
              </>
            ),
          }))}
        />
      )}
    </Ready>
  )
}

function History({ read }: { read: Read<Output<typeof history>> }) {
  const { label, words } = useCatalogue()
  return (
    <Ready read={read} rows={3} empty={{ when: (data) => data.facts.length === 0, show: nothing() }}>
      {(data) => (
        <Timeline
          entries={data.facts.map((fact) => ({
            id: fact.factId,
            at: fact.observedAt,
            title: (
              <>
                {asLabel(label(fact.attribute))}<b>{words(fact.attribute, fact.value)}</b>
              </>
            ),
            by: fact.source === 'proxy' && fact.recordedBy ? t('{who}代填', 'by {who} for them', { who: fact.recordedBy }) : sourceName(fact.source),
            // A late report says so: when it was so and when it was learnt differ.
            ...(Date.parse(fact.recordedAt) - Date.parse(fact.observedAt) > 3_600_000 ? { text: t('{when}才送达', 'arrived {when}', { when: dateTime(fact.recordedAt) }) } : {}),
            tone: fact.source === 'proxy' ? ('warn' as const) : ('plain' as const),
          }))}
        />
      )}
    </Ready>
  )
}
