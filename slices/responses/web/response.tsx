/** One response: its level, basis and steps; raising, lowering, closing. */
import { useState, type ReactNode } from 'react'
import { Button, Choices, Field, Form, TextArea, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { dateTime, deadline } from '#ui/format.ts'
import { Details, Page, Panel, Split } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { Note, Ready } from '#ui/states.tsx'
import { LevelTag, Tag, type ResponseLevel } from '#ui/tags.tsx'
import { Timeline } from '#ui/timeline.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { changeLevel, close, erasureRule, get } from '../contract.ts'
import { levelStep } from '../rules.ts'
import { ErasurePanel, ruleWords } from './erasure.tsx'
import { hazardName, levelMeaning, levelName, levels, type ResponseOf } from './words.ts'

/**
 * @param more panels of later slices about this response, placed by the shell.
 * @param stops what closing would stop, as later slices know it.
 */
export function ResponsePage({ params, more, stops }: { params: Record<string, string>; more?: ReactNode; stops?: ReactNode }) {
  const responseId = params['responseId'] ?? ''
  const { can } = useSession()
  const read = useRead(get, { responseId }, { topics: ['responses'], keep: false })
  const [act, setAct] = useState<'level' | 'close' | null>(null)
  const breadcrumb = [{ label: t('应急响应', 'Responses'), to: '/responses' }]
  const data = read.data
  if (!data) {
    return (
      <Page title={t('应急响应', 'Response')} breadcrumb={breadcrumb}>
        <Ready read={read}>{() => null}</Ready>
      </Page>
    )
  }
  const { response } = data
  const closed = response.status === 'closed'
  const end = response.plannedEnd ? deadline(response.plannedEnd) : null
  return (
    <Page
      title={inScript(response.name)}
      aside={
        <>
          <LevelTag level={response.level as ResponseLevel} />
          {closed && <Tag>{t('已结束', 'Closed')}</Tag>}
        </>
      }
      lead={closed ? t('共 {n} 天', '{n} {n:day|days}', { n: response.day }) : t('第 {n} 天 · {what}', 'Day {n} · {what}', { n: response.day, what: levelMeaning(response.level) })}
      breadcrumb={breadcrumb}
      actions={
        can('response.manage') && !closed && (
          <>
            <Button onClick={() => setAct('level')}>{t('调整级别', 'Change the level')}</Button>
            <Button look="danger" onClick={() => setAct('close')}>
              {t('结束响应', 'Close')}
            </Button>
          </>
        )
      }
    >
      {!closed && end?.overdue && <Note tone="warn">{t('已过预计结束时间（{when}）。请复核：继续、降级或结束。', 'The planned end ({when}) is past. Review it: go on, lower or close.', { when: dateTime(response.plannedEnd ?? '') })}</Note>}
      <Split
        side={
          <Panel title={t('经过', 'Steps')}>
            <Timeline
              entries={data.steps.toReversed().map((step, index) => ({
                id: String(index),
                at: step.at,
                title: (
                  <>
                    {stepName(step.action)} {step.action !== 'close' && <LevelTag level={step.level as ResponseLevel} />}
                  </>
                ),
                text: (
                  <>
                    {inScript(step.reason)}
                    <br />
                    <span className="b-muted">{t('决定：{who}', 'Decided by {who}', { who: inScript(step.decidedBy) })}</span>
                  </>
                ),
                tone: step.action === 'raise' ? ('bad' as const) : step.action === 'open' ? ('warn' as const) : ('good' as const),
              }))}
            />
          </Panel>
        }
      >
        <Panel title={t('概况', 'Overview')}>
          <Details
            items={[
              { label: t('灾种', 'Hazards'), value: response.hazards.map(hazardName).join(t('、', ', ')) },
              { label: t('启动', 'Opened'), value: dateTime(response.openedAt) },
              response.plannedEnd ? { label: t('预计结束', 'Planned end'), value: dateTime(response.plannedEnd) } : null,
              response.closedAt ? { label: t('结束', 'Closed'), value: dateTime(response.closedAt) } : null,
              { label: t('由谁决定', 'Decided by'), value: inScript(response.decidedBy) },
            ]}
          />
          <div style={{ marginTop: 16 }}>
            <Details columns={1} items={[{ label: t('依据', 'Basis'), value: inScript(response.basis) }]} />
          </div>
        </Panel>
        <ErasurePanel responseId={responseId} />
        {more}
      </Split>
      {act === 'level' && <ChangeLevel response={response} onClose={() => setAct(null)} />}
      {act === 'close' && <CloseResponse response={response} stops={stops} onClose={() => setAct(null)} />}
    </Page>
  )
}

function stepName(action: 'open' | 'raise' | 'lower' | 'amend' | 'close'): string {
  const words = { open: t('启动', 'Opened at'), raise: t('升级为', 'Raised to'), lower: t('降级为', 'Lowered to'), amend: t('修改', 'Amended'), close: t('结束', 'Closed') }
  return words[action]
}

function ChangeLevel({ response, onClose }: { response: ResponseOf; onClose: () => void }) {
  const toast = useToast()
  const [level, setLevel] = useState(String(response.level) as (typeof levels)[number])
  const [reason, setReason] = useState('')
  const [decidedBy, setDecidedBy] = useState('')
  const step = levelStep(response.status, response.level, Number(level))
  const changing = useWrite(changeLevel, {
    onDone: () => {
      toast(t('级别已调整', 'The level was changed'), { tone: 'good' })
      onClose()
    },
  })
  const ready = step !== null && reason.trim() !== '' && decidedBy.trim() !== ''
  return (
    <Confirm
      open
      title={t('调整级别', 'Change the level')}
      action={step === 'raise' ? t('升级', 'Raise') : step === 'lower' ? t('降级', 'Lower') : t('调整', 'Change')}
      danger={step === 'raise'}
      busy={changing.busy}
      disabled={!ready}
      problem={changing.problem}
      onClose={onClose}
      onConfirm={() => ready && void changing.run({ responseId: response.responseId, level: Number(level), reason: reason.trim(), decidedBy: decidedBy.trim() })}
    >
      <Form>
        <Field label={t('级别', 'Level')} hint={levelMeaning(Number(level))}>
          <Choices joined label={t('级别', 'Level')} value={level} onChange={setLevel} options={levels.map((one) => ({ value: one, label: levelName(Number(one)) }))} />
        </Field>
        <Field label={t('理由', 'Reason')} required>
          <TextInput value={reason} onChange={setReason} maxLength={200} />
        </Field>
        <Field label={t('由谁决定', 'Decided by')} required>
          <TextInput value={decidedBy} onChange={setDecidedBy} maxLength={200} />
        </Field>
      </Form>
    </Confirm>
  )
}

function CloseResponse({ response, stops, onClose }: { response: ResponseOf; stops: ReactNode; onClose: () => void }) {
  const toast = useToast()
  const [reason, setReason] = useState('')
  const [decidedBy, setDecidedBy] = useState('')
  const rule = useRead(erasureRule, {})
  const closing = useWrite(close, {
    onDone: () => {
      toast(t('响应已结束', 'The response is closed'), { tone: 'good' })
      onClose()
    },
  })
  const ready = reason.trim() !== '' && decidedBy.trim() !== ''
  return (
    <Confirm
      open
      width={600}
      title={t('结束“{name}”？', 'Close “{name}”?', { name: inScript(response.name) })}
      action={t('结束响应', 'Close the response')}
      danger
      busy={closing.busy}
      disabled={!ready}
      problem={closing.problem}
      onClose={onClose}
      onConfirm={() => ready && void closing.run({ responseId: response.responseId, reason: reason.trim(), decidedBy: decidedBy.trim() })}
    >
      <Form>
        <Note tone="warn">
          <p>{t('结束后将停止：', 'Closing stops:')}</p>
          {stops}
          <ul style={{ margin: '0 0 4px', paddingInlineStart: 20 }}>
            <li>{t('这次响应下的全部措施与提问，谁也不再被问。', 'All measures and questions of this response: nobody is asked any more.')}</li>
            <li>{t('由这些措施产生的待办与提醒。', 'Tasks and reminders that came from them.')}</li>
            <li>{t('同时开始计时：个人明细{rule}，只保留人数。', 'And a clock starts for the personal rows: {rule}. Only counts stay.', { rule: rule.data ? ruleWords(rule.data.rule.days) : t('按规则擦除', 'erased by rule') })}</li>
          </ul>
          <p>{t('结束不能撤销；需要时另行启动一次响应。', 'Closing cannot be undone; a new response can be opened.')}</p>
        </Note>
        <Field label={t('理由', 'Reason')} required>
          <TextArea value={reason} onChange={setReason} rows={2} maxLength={2000} />
        </Field>
        <Field label={t('由谁决定', 'Decided by')} required>
          <TextInput value={decidedBy} onChange={setDecidedBy} maxLength={200} />
        </Field>
      </Form>
    </Confirm>
  )
}
