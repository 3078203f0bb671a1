/** What was said about a request and what became of it, in order, at the desk. */
import { dateTime } from '#ui/format.ts'
import { t } from '#ui/words.ts'
import type { Help } from './help-words.tsx'
import { stepWords } from './step-words.ts'

export function DeskTalk({ request }: { request: Help }) {
  return (
    <ol className="h-talk" aria-label={t('往来', 'What was said')}>
      <li className="h-asker">
        <p>{request.text}</p>
        {request.place && <p className="h-place">{t('地点：{place}', 'Where: {place}', { place: request.place })}</p>}
        <small>
          <span translate="no">{request.askedBy.name}</span> · {dateTime(request.askedAt)}
        </small>
      </li>
      {request.events.filter((event) => event.action !== 'ask').map((event, index) => {
        const words = stepWords(event)
        if (event.text === '') return <li key={`${event.at} ${index}`} className="h-step">{words} · {dateTime(event.at)}</li>
        return (
          <li key={`${event.at} ${index}`} className={event.byAsker ? 'h-asker' : 'h-helper'}>
            <p>{event.text}</p>
            <small>
              {event.by && <><span translate="no">{event.by}</span> · </>}
              {words && `${words} · `}
              {dateTime(event.at)}
            </small>
          </li>
        )
      })}
    </ol>
  )
}
