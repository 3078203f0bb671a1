/** The first response and what it asks for: level, basis and dates; then ready-made measures, each with its burden before it is switched on. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { list as measures, fromPreset, presets } from '#slices/measures/contract.ts'
import { Weigh } from '#slices/measures/web/weigh.tsx'
import { list as responses } from '#slices/responses/contract.ts'
import { OpenResponse } from '#slices/responses/web/open-response.tsx'
import { Button, Choices } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { date } from '#ui/format.ts'
import { Details, Page, Panel, Stack } from '#ui/page.tsx'
import { EmptyState, NoPermission, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { LevelTag, Tag, type ResponseLevel } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import type { Output } from '#kernel/contract.ts'
import { useMe } from '../session.tsx'
import './first-run.css'

type Measure = Output<typeof measures>['measures'][number]
type Response = Output<typeof responses>['responses'][number]

export function FirstResponsePage() {
  const { can } = useMe()
  // Who pressed “启动响应” on the way in does not press it again.
  const [search] = useSearchParams()
  const [opening, setOpening] = useState(search.get('open') === '1')
  const [chosen, setChosen] = useState<string | null>(null)
  const open = useRead(responses, {}, { topics: ['responses'] })
  const running = open.data?.responses.filter((one) => one.status === 'open') ?? []
  const response = running.find((one) => one.responseId === chosen) ?? running[0]
  return (
    <Page
      title={t('第一次响应', 'The first response')}
      lead={t('先说明为什么、按什么级别、到何时；再从现成措施里选要做到什么。启动响应本身不问任何人。', 'Say why, at what level and until when; then choose from ready-made measures. Opening alone asks nobody anything.')}
      breadcrumb={[{ label: t('启用', 'Getting started'), to: '/start' }]}
    >
      <Ready read={open}>
        {() =>
          response ? (
            <>
              <Panel
                title={<><LevelTag level={response.level as ResponseLevel} /> {read(response.name)}</>} actions={<Button size="small" to={`/responses/${response.responseId}`}>{t('打开', 'Open')}</Button>}
                {...(response.plannedEnd ? { note: t('预计 {when} 结束', 'planned until {when}', { when: date(response.plannedEnd) }) } : {})}
              >
                <Stack>
                  {running.length > 1 && <Choices label={t('响应', 'Response')} value={response.responseId} onChange={setChosen} options={running.map((one) => ({ value: one.responseId, label: read(one.name) }))} />}
                  <Details items={[{ label: t('依据', 'Basis'), value: read(response.basis) }, { label: t('由谁决定', 'Decided by'), value: read(response.decidedBy) }]} />
                </Stack>
              </Panel>
              {can('measure.manage') && <Presets key={response.responseId} response={response} />}
            </>
          ) : (
            <Panel>
              {can('response.manage') ? (
                <EmptyState icon="responses" title={t('还没有启动响应', 'No response is open')} action={<Button look="primary" onClick={() => setOpening(true)}>{t('启动响应', 'Open a response')}</Button>}>
                  {t('平时不采集任何信息。先备好名册和职务，需要时再启动也来得及。', 'In normal times nothing is collected. Roster and offices can be ready long before.')}
                </EmptyState>
              ) : <NoPermission />}
            </Panel>
          )
        }
      </Ready>
      {opening && open.data && !response && can('response.manage') && <OpenResponse onClose={() => setOpening(false)} stay />}
    </Page>
  )
}

function Presets({ response }: { response: Response }) {
  const { can } = useMe()
  const offered = useRead(presets, {})
  const had = useRead(measures, { responseId: response.responseId }, { topics: ['measures'] })
  const [weighed, setWeighed] = useState<Measure | null>(null)
  const [open, setOpen] = useState<string | null>(null)
  const drafting = useWrite(fromPreset, { onDone: (made) => { setOpen(null); setWeighed({ ...made, sponsor: null, demands: [] }) } })
  const draft = (key: string) => {
    setOpen(key)
    void drafting.run({ measureId: newId(), responseId: response.responseId, key, basis: response.basis, demandedBy: 'school', endsAt: response.plannedEnd })
  }
  return (
    <>
      <Panel flush title={t('要做到什么', 'What is required')} note={t('启用前先看清每人每天要花多少秒', 'The seconds a day are shown before it is switched on')}>
        <Ready read={offered}>
          {(data) => (
            <div className="fr-presets">
              {data.presets.map((preset) => {
                const mine = had.data?.measures.find((measure) => measure.key === preset.key && measure.status !== 'ended')
                return (
                  <div key={preset.key} className="fr-preset">
                    <div>
                      <b>{say(preset.name)}</b> {mine?.status === 'on' ? <Tag tone="good">{t('已启用', 'On')}</Tag> : mine ? <Tag tone="warn">{t('未启用', 'Not on yet')}</Tag> : preset.attributes.length === 0 ? <Tag tone="muted">{t('不问任何人', 'Asks nobody')}</Tag> : null}
                      <p className="b-muted">{say(preset.explains)}</p>
                    </div>
                    {mine?.status === 'on' ? (
                      can('coverage.read') && <Button size="small" to="/coverage">{t('看覆盖', 'See coverage')}</Button>
                    ) : (
                      <Button look={mine ? 'primary' : 'plain'} busy={drafting.busy && open === preset.key} disabled={had.data === undefined || (drafting.busy && open !== preset.key)} onClick={() => (mine ? setWeighed(mine) : draft(preset.key))}>
                        {t('看负担并启用', 'See its burden')}
                      </Button>
                    )}
                  </div>
                )
              })}
            </div>
          )}
        </Ready>
      </Panel>
      <WriteProblem problem={drafting.problem} />
      <Note>{t('也可以跳过：通知签发时，会从通知里的要求建议措施。更多设置在“措施”页。', 'This may be skipped: a notice suggests measures from what it demands. More on the page of measures.')}</Note>
      <Stack row align="end">
        <Button to="/start">{t('回到启用', 'Back to getting started')}</Button>
        <Button look="primary" to="/start/notice">{t('下一步：第一份通知', 'Next: the first notice')}</Button>
      </Stack>
      <SidePanel open={weighed !== null} width={720} title={t('启用前看负担', 'The burden, before switching on')} onClose={() => setWeighed(null)}>
        {weighed && <Weigh measure={weighed} onDone={() => setWeighed(null)} />}
      </SidePanel>
    </>
  )
}
