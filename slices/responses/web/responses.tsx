/** The emergencies being answered, and those that are over. */
import { useAddressFlag } from '#ui/address.ts'
import { Button, Toggle } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { date } from '#ui/format.ts'
import { Page, Panel, RowLink, Stack } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { LevelTag, Tag, type ResponseLevel } from '#ui/tags.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { list } from '../contract.ts'
import { OpenResponse } from './open-response.tsx'
import { hazardName, type ResponseOf } from './words.ts'

export function ResponsesPage() {
  const { can } = useSession()
  const [closed, setClosed] = useAddressFlag('closed')
  const [opening, setOpening] = useAddressFlag('open')
  const read = useRead(list, closed ? { closed } : {}, { topics: ['responses'] })
  const manage = can('response.manage')
  const begin = (
    <Button look="primary" icon="plus" onClick={() => setOpening(true)}>
      {t('启动响应', 'Open a response')}
    </Button>
  )
  return (
    <Page
      title={t('应急响应', 'Responses')}
      lead={t('采集的一切都属于某次响应；响应结束，采集随之停止。', 'All that is collected belongs to a response; when it closes, collecting stops.')}
      actions={
        <>
          <label className="b-stack b-stack-row" style={{ gap: 8 }}>
            <Toggle value={closed} onChange={setClosed} label={t('含已结束', 'With closed ones')} />
            <span>{t('含已结束', 'With closed ones')}</span>
          </label>
          {manage && begin}
        </>
      }
    >
      <Ready
        read={read}
        empty={{
          when: (data) => data.responses.length === 0,
          show: (
            <Panel>
              <EmptyState icon="responses" title={t('当前没有应急响应', 'No response is open')} {...(manage ? { action: begin } : {})}>
                {t('这是平常状态：不采集、不打卡。', 'This is the normal state: nothing is collected.')}
              </EmptyState>
            </Panel>
          ),
        }}
      >
        {(data) => (
          <Panel flush>
            <Stack gap={0}>
              {data.responses.map((response) => (
                <RowLink key={response.responseId} to={`/responses/${response.responseId}`} title={inScript(response.name)} text={about(response)} end={response.status === 'closed' ? <Tag tone="muted">{t('已结束', 'Closed')}</Tag> : <LevelTag level={response.level as ResponseLevel} />} />
              ))}
            </Stack>
          </Panel>
        )}
      </Ready>
      {opening && <OpenResponse onClose={() => setOpening(false)} />}
    </Page>
  )
}

function about(response: ResponseOf): string {
  const hazards = response.hazards.map(hazardName).join(t('、', ', '))
  if (response.status === 'closed' && response.closedAt) return `${hazards} · ${t('{from} 至 {to}，共 {n} 天', '{from} to {to}, {n} {n:day|days}', { from: date(response.openedAt), to: date(response.closedAt), n: response.day })} · ${response.erasedAt ? t('个人明细已擦除', 'personal rows erased') : t('个人明细将于 {when} 擦除', 'personal rows erased on {when}', { when: date(response.eraseAt ?? response.closedAt) })}`
  const end = response.plannedEnd ? ` · ${t('预计 {when} 结束', 'planned until {when}', { when: date(response.plannedEnd) })}` : ''
  return `${hazards} · ${t('第 {n} 天', 'day {n}', { n: response.day })}${end}`
}
