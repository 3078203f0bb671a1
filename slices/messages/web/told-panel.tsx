/** What I was told, at the desk. */
import { useRead } from '#ui/data.ts'
import { Panel } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { Timeline } from '#ui/timeline.tsx'
import { say, t } from '#ui/words.ts'
import { told } from '../contract.ts'
import { wayWords } from './told-words.ts'

export function ToldPanel() {
  const read = useRead(told, {}, { topics: ['messages'] })
  return (
    <Panel title={t('发给我的提醒', 'What I was told')} note={t('最近的在前', 'Newest first')}>
      <Ready read={read} rows={2} empty={{ when: (data) => data.messages.length === 0, show: <EmptyState title={t('还没有给您发过提醒', 'You have not been told anything yet')} /> }}>
        {({ messages }) => <Timeline entries={messages.slice(0, 20).map((one) => ({ id: one.deliveryId, at: one.madeAt, title: say(one.title), text: [say(one.line), wayWords(one)].filter(Boolean).join(' · ') }))} />}
      </Ready>
    </Panel>
  )
}
