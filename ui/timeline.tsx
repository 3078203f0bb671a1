/** What happened, newest first or in order; each entry says who and when. */
import type { ReactNode } from 'react'
import { date, presentMoment, time } from './format.ts'
import { Icon, type IconName } from './icons.tsx'
import { t } from './words.ts'

export interface TimelineEntry {
  id: string
  at: string
  /** Of the moment only the day is meant. */
  wholeDay?: boolean
  title: ReactNode
  /** Who did it, by what means. */
  by?: ReactNode
  text?: ReactNode
  icon?: IconName
  tone?: 'plain' | 'good' | 'bad' | 'warn'
}

/** Entries under the day they belong to. */
export function Timeline({ entries, empty }: { entries: readonly TimelineEntry[]; empty?: ReactNode }) {
  if (entries.length === 0) return <p className="b-muted">{empty ?? t('还没有记录。', 'Nothing has happened yet.')}</p>
  const days: { name: string; entries: TimelineEntry[] }[] = []
  for (const entry of entries) {
    const name = date(entry.at, { weekday: true })
    const last = days.at(-1)
    if (last?.name === name) last.entries.push(entry)
    else days.push({ name, entries: [entry] })
  }
  const today = date(presentMoment(), { weekday: true })
  return (
    <div className="b-timeline">
      {days.map((day) => (
        <section key={day.name}>
          <h4>{day.name === today ? `${t('今天', 'Today')} · ${day.name}` : day.name}</h4>
          <ol>
            {day.entries.map((entry) => (
              <li key={entry.id} className={`b-moment b-moment-${entry.tone ?? 'plain'}`}>
                <time className="num" dateTime={entry.at}>
                  {!entry.wholeDay && time(entry.at)}
                </time>
                <span className="b-moment-dot">{entry.icon ? <Icon name={entry.icon} size={14} /> : null}</span>
                <div>
                  <div>
                    {entry.title} {entry.by && <span className="b-muted">{entry.by}</span>}
                  </div>
                  {entry.text && <div className="b-moment-text">{entry.text}</div>}
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
