/** A response's page, with the measures that live and die with it. */
import { list } from '#slices/measures/contract.ts'
import { FinalCoveragePanel } from '#slices/measures/web/final-coverage.tsx'
import { get as getResponse } from '#slices/responses/contract.ts'
import { ResponsePage as Response } from '#slices/responses/web/response.tsx'
import { useRead } from '#ui/data.ts'
import { dateTime } from '#ui/format.ts'
import { Panel, RowLink, Stack } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read as inScript, say, t } from '#ui/words.ts'
import { useMe } from './session.tsx'

export function ResponsePage({ params }: { params: Record<string, string> }) {
  const responseId = params['responseId'] ?? ''
  const { me, can } = useMe()
  const mayRead = can('coverage.read')
  const measures = useRead(list, { responseId, ended: true }, { enabled: mayRead, topics: ['measures', 'responses'], keep: false })
  const response = useRead(getResponse, { responseId }, { topics: ['responses'], keep: false })
  const on = measures.data?.measures.filter((measure) => measure.status === 'on') ?? []
  return (
    <Response
      params={params}
      stops={
        on.length > 0 && (
          <p>
            {t('正在运行的 {n} 项措施：', '{n} {n:measure|measures} that are on: ', { n: on.length })}
            <b>{on.map((measure) => say(measure.name)).join(t('、', ', '))}</b>
          </p>
        )
      }
      more={
        mayRead && (
          <>
          {response.data?.response.status === 'closed' && me?.homeUnitId && <FinalCoveragePanel responseId={responseId} unitId={me.homeUnitId} endless />}
          <Panel flush title={t('措施', 'Measures')} note={on.length > 0 && t('{n} 项在运行', '{n} on', { n: on.length })}>
            <Ready read={measures} rows={2} empty={{ when: (data) => data.measures.length === 0, show: <EmptyState icon="gaps" title={t('这次响应还没有措施', 'This response has no measures yet')}>{t('在确认通知时，把任务与措施相连；没有措施就不问任何人。', 'Measures are joined to duties while a notice is confirmed; without them nobody is asked.')}</EmptyState> }}>
              {(data) => (
                <Stack gap={0}>
                  {data.measures.map((measure) => (
                    <RowLink
                      key={measure.measureId}
                      to={`/gaps?measure=${measure.measureId}`}
                      title={say(measure.name)}
                      text={`${inScript(measure.basis)}${measure.endsAt ? ` · ${t('至 {when}', 'until {when}', { when: dateTime(measure.endsAt) })}` : ''}`}
                      end={<Tag tone={measure.status === 'on' ? 'good' : 'muted'}>{measure.status === 'on' ? t('运行中', 'On') : measure.status === 'draft' ? t('草稿', 'Draft') : t('已停用', 'Ended')}</Tag>}
                    />
                  ))}
                </Stack>
              )}
            </Ready>
          </Panel>
          </>
        )
      }
    />
  )
}
