/** What happened to a request, in a few words. */
import type { Static } from 'typebox'
import { read, t } from '#ui/words.ts'
import type { HelpEvent } from '../contract.ts'

type Event = Static<typeof HelpEvent>

/** Empty where the text of the step says it all. */
export function stepWords(event: Event): string {
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
