/** What was said about a request, and what became of it, in order. */
import type { Static } from 'typebox'
import { dateTime } from '#ui/format.ts'
import { read, t } from '#ui/words.ts'
import type { HelpEvent, HelpRequest } from '../contract.ts'

type Event = Static<typeof HelpEvent>

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

function stepWords(event: Event): string {
  const values = { by: event.by ?? '', owner: event.owner ?? '', unit: event.unit ? read(event.unit) : '' }
  switch (event.action) {
    case 'take':
      return t('{by} 已受理', 'taken by {by}', values)
    case 'handOn':
      return t('转交{unit}', 'handed on to {unit}', values)
    case 'escalate':
      return event.owner ? t('无人受理，上报给 {owner}', 'nobody took it; climbed to {owner}', values) : t('无人受理，继续上报', 'nobody took it; it climbs on')
    case 'close':
      return t('已办结', 'closed')
    case 'lapse':
      return t('答复后三天无异议，自动办结', 'closed by itself three days after the answer')
    case 'reopen':
      return t('重新打开', 'opened again')
    case 'answer':
      return t('答复', 'answer')
    default:
      return ''
  }
}
