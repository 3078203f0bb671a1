/** What of the messages is personal and belongs to the time of a response. */
import { sql } from 'kysely'
import { during, type Erasable } from '#kernel/erasing.ts'

export const messageErasables: readonly Erasable[] = [
  {
    table: 'messages.delivery', key: { delivery_id: 'uuid' }, name: { zh: '消息送达记录（每人）', en: 'Deliveries of messages, person by person' },
    due: (scope) => sql`exists (select from messages.message m where m.institution_id = t.institution_id and m.message_id = t.message_id and ${during(scope, 'm.made_at')})`,
  },
  { table: 'messages.message', key: { message_id: 'uuid' }, name: { zh: '发出的消息', en: 'Messages sent' }, due: (scope) => during(scope, 't.made_at') },
]
