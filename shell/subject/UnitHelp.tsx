/** Help requests of a unit that are not closed, the urgent first. */
import { useReason } from '#slices/directory/web/cards.tsx'
import { queue } from '#slices/issues/contract.ts'
import { themeWords } from '#slices/issues/rules.ts'
import { StateTag, UrgencyTag } from '#slices/issues/web/help-words.tsx'
import { useRead } from '#ui/data.ts'
import { count, relative } from '#ui/format.ts'
import { Panel, RowLink, Stack, TextLink } from '#ui/page.tsx'
import { Ready } from '#ui/states.tsx'
import { say, t } from '#ui/words.ts'

export function UnitHelp({ unitId }: { unitId: string }) {
  const gate = useReason(unitId)
  const running = useRead(queue, { unitId, size: 5 }, { topics: ['help'], keep: false, enabled: gate.open })
  // The card of gaps beside it asks for the reason.
  if (gate.needed) return null
  return (
    <Panel flush title={t('求助', 'Requests for help')} note={running.data && running.data.total > 0 && t('{n} 件未办结', '{n} not closed', { n: count(running.data.total) })} actions={<TextLink to={`/help?unit=${unitId}`}>{t('求助台', 'The desk')}</TextLink>}>
      <Ready read={running} rows={2} empty={{ when: (data) => data.total === 0, show: <p className="d-inner b-muted">{t('没有未办结的求助。', 'Nobody is waiting for help.')}</p> }}>
        {(data) => (
          <Stack gap={0}>
            {data.requests.map((one) => (
              <RowLink key={one.requestId} to={`/help?unit=${unitId}&request=${one.requestId}`} title={<><span translate="no">{one.person.name}</span> · {say(themeWords[one.theme])}</>} text={<>{relative(one.askedAt)}{one.owner ? <> · <span translate="no">{one.owner.person.name}</span></> : <span className="g-late"> · {t('无人负责', 'nobody answers')}</span>}</>} end={<><UrgencyTag urgency={one.urgency} /> <StateTag state={one.state} /></>} />
            ))}
          </Stack>
        )}
      </Ready>
    </Panel>
  )
}
