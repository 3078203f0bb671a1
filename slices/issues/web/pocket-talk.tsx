/** What was said about a request, and what became of it, in order. */
import type { Static } from 'typebox'
import { dateTime } from '#ui/format.ts'
import { t } from '#ui/words.ts'
import type { HelpRequest } from '../contract.ts'
import { stepWords } from './step-words.ts'

export function HelpTalk({ request, mineIsAsker }: { request: Static<typeof HelpRequest>; mineIsAsker: boolean }) {
  return (
    <ol className="p-talk">
      <li className={mineIsAsker ? 'p-talk-mine' : undefined}>
        <span className="p-text">{request.text}</span>
        {request.place && <small>{t('地点：{place}', 'Where: {place}', { place: request.place })}</small>}
        <small>{dateTime(request.askedAt)}</small>
      </li>
      {request.events.filter((event) => event.action !== 'ask').map((event, index) => {
        const step = stepWords(event)
        const mine = event.byAsker === mineIsAsker
        return (
          <li key={`${event.at} ${index}`} className={event.text === '' ? 'p-talk-step' : mine ? 'p-talk-mine' : undefined}>
            {event.text !== '' && <span className="p-text">{event.text}</span>}
            {event.text === '' ? (
              `${step} · ${dateTime(event.at)}`
            ) : (
              <small>
                {step && `${step} · `}
                <span translate="no">{event.by}</span> {dateTime(event.at)}
              </small>
            )}
          </li>
        )
      })}
    </ol>
  )
}
