/** Measures: what must be true of whom, who demands it, what it costs; drafted, weighed, switched on, ended. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { list as responsesCall } from '#slices/responses/contract.ts'
import { useAddressFlag } from '#ui/address.ts'
import { Button, Toggle } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm, SidePanel } from '#ui/feedback.tsx'
import { StandingBar } from '#ui/figures.tsx'
import { count, date } from '#ui/format.ts'
import { Page, Panel, Stack, TextLink } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, say, t, useLanguage } from '#ui/words.ts'
import { coverage, end, list, loads } from '../contract.ts'
import type { RuleGroup } from '../rules.ts'
import { demandName } from './gap-words.ts'
import { LoadsPanel } from './loads-panel.tsx'
import { DraftMeasure, MeasureForm, useNames, type MeasureOf } from './measure-form.tsx'
import { hoursText, secondsText } from './planning-words.ts'
import { sentenceOf } from './rule-words.ts'
import { SponsorLine } from './sponsor.tsx'
import type { Me } from '#slices/directory/web/unit-choice.ts'
import { Weigh } from './weigh.tsx'
import './measures.css'
import './planning.css'

export function MeasuresPage() {
  useLanguage()
  const { me, can } = useSession<Me>()
  const manages = can('measure.manage')
  const [ended, setEnded] = useAddressFlag('ended')
  const [drafting, setDrafting] = useAddressFlag('draft')
  const [weighed, setWeighed] = useState<MeasureOf | null>(null)
  const [changed, setChanged] = useState<MeasureOf | null>(null)
  const measures = useRead(list, { ended }, { topics: ['measures'] })
  const responses = useRead(responsesCall, { closed: true }, { topics: ['responses'] })
  const total = useRead(loads, {}, { topics: ['measures', 'attributes'] })
  const home = me?.homeUnitId ?? null
  const covered = useRead(coverage, { unitId: home ?? '' }, { topics: ['coverage', 'measures'], enabled: home !== null && can('coverage.read') })
  const onDrafted = (measure: MeasureOf) => {
    setDrafting(false)
    setChanged(null)
    setWeighed(measure)
  }
  const responseName = (id: string) => read(responses.data?.responses.find((one) => one.responseId === id)?.name ?? '')
  return (
    <Page
      wide
      title={t('措施', 'Measures')}
      lead={manages ? t('什么必须成立、对谁、依据什么、谁要求的、要占用大家多少时间。', 'What must be true, of whom, on what basis, who demands it, and what it costs people.') : t('什么必须成立、对谁、依据什么、谁要求的、要占用大家多少时间；由学校统一起草和启用。', 'What must be true, of whom, on what basis, who demands it, and what it costs people; the institution drafts them and switches them on.')}
      actions={manages && <Button look="primary" icon="plus" onClick={() => setDrafting(true)}>{t('起草措施', 'Draft a measure')}</Button>}
    >
      <Ready read={measures} rows={6}>
        {(data) => {
          const byStatus = (status: MeasureOf['status']) => data.measures.filter((one) => one.status === status)
          const groups = [
            { key: 'on' as const, title: t('已启用', 'On'), rows: byStatus('on') },
            { key: 'draft' as const, title: t('草案', 'Drafts'), rows: byStatus('draft') },
            { key: 'ended' as const, title: t('已停用', 'Ended'), rows: byStatus('ended') },
          ]
          return (
            <>
              {total.data && byStatus('on').length > 0 && <LoadsPanel loads={total.data} />}
              {data.measures.length === 0 && (
                <Panel>
                  <EmptyState icon="gaps" title={t('还没有措施', 'No measures yet')} action={manages && <Button look="primary" onClick={() => setDrafting(true)}>{t('起草第一个措施', 'Draft the first')}</Button>}>
                    {t('可以从现成措施起草，启用前先看负担。', 'Start from a ready-made one; its burden is shown before it is switched on.')}
                  </EmptyState>
                </Panel>
              )}
              {groups.map((group) =>
                group.rows.length ? (
                  <Panel key={group.key} flush title={group.title} note={count(group.rows.length)}>
                    <div className="m-rows">
                      {group.rows.map((measure) => (
                        <MeasureRow key={measure.measureId} measure={measure} load={total.data?.each.find((one) => one.measureId === measure.measureId)} response={responseName(measure.responseId)} cell={covered.data?.total.find((one) => one.measureId === measure.measureId)} unitId={home} manages={manages} onWeigh={() => setWeighed(measure)} onChange={() => setChanged(measure)} />
                      ))}
                    </div>
                  </Panel>
                ) : null,
              )}
              <Stack row gap={8} align="center">
                <Toggle label={t('显示已停用的措施', 'Show ended measures')} value={ended} onChange={setEnded} />
                <span className="b-muted">{t('显示已停用的措施', 'Show ended measures')}</span>
              </Stack>
            </>
          )
        }}
      </Ready>
      <SidePanel open={drafting} title={t('起草措施', 'Draft a measure')} onClose={() => setDrafting(false)} width={820}>
        <DraftMeasure onDrafted={onDrafted} />
      </SidePanel>
      <SidePanel open={changed !== null} title={t('修改草案', 'Change the draft')} onClose={() => setChanged(null)} width={820}>
        {changed && <MeasureForm key={changed.measureId} measure={changed} responses={[{ value: changed.responseId, label: responseName(changed.responseId) }]} onDrafted={onDrafted} />}
      </SidePanel>
      <SidePanel open={weighed !== null} title={t('启用前看负担', 'The burden, before switching on')} onClose={() => setWeighed(null)} width={680}>
        {weighed && <Weigh key={weighed.measureId} measure={weighed} onDone={() => setWeighed(null)} />}
      </SidePanel>
    </Page>
  )
}

type Listed = Output<typeof list>['measures'][number]
type Load = Output<typeof loads>['each'][number]

function MeasureRow({ measure, load, response, cell, unitId, manages, onWeigh, onChange }: { measure: Listed; load: Load | undefined; response: string; cell: { kept: number; excused: number; gap: number; unknown: number; population: number } | undefined; unitId: string | null; manages: boolean; onWeigh: () => void; onChange: () => void }) {
  const names = useNames(measure.subjectKind)
  const [asking, setAsking] = useState(false)
  const ending = useWrite(end)
  const toast = useToast()
  return (
    <article className="m-row">
      <div className="m-row-words">
        <h3>
          {say(measure.name)} <Tag tone="accent">{demandName(measure.demandedBy)}</Tag> {measure.danger === 1 && <Tag tone="bad">{t('最紧要', 'Highest')}</Tag>}
        </h3>
        <p>{t('对：{whom}', 'For: {whom}', { whom: sentenceOf(measure.population as RuleGroup, names) })}</p>
        <p>{t('须：{what}', 'Must: {what}', { what: sentenceOf(measure.condition as RuleGroup, names) })}</p>
        <p className="b-muted">{t('依据：{what}', 'Basis: {what}', { what: read(measure.basis) })}</p>
      </div>
      <div className="m-row-words">
        {cell && measure.status === 'on' && <StandingBar standing={cell} label={say(measure.name)} size="thin" legend />}
        {load && <p className="b-muted num">{load.people === 0 ? t('不需要问任何人', 'nobody has to be asked') : t('{n} 人被问，每人每天最多 {s} 秒，全体每天{h}', '{n} {n:is|are} asked, up to {s} s a day each, {h} in all', { n: count(load.people), s: secondsText(load.secondsPerPersonDay), h: hoursText(load.hoursPerDay) })}</p>}
        <SponsorLine sponsor={measure.sponsor} />
        <p className="b-muted">
          {response} · {measure.status === 'draft' ? t('尚未启用', 'not on yet') : t('{from} 起', 'from {from}', { from: date(measure.startsAt) })} · {measure.endsAt ? t('至 {to}', 'to {to}', { to: date(measure.endsAt) }) : t('至响应结束', 'until the response closes')}
        </p>
      </div>
      <div className="b-actions b-actions-end">
        {measure.status === 'on' && unitId && <TextLink to={`/coverage?measure=${measure.measureId}`}>{t('覆盖', 'Coverage')}</TextLink>}
        {measure.status === 'on' && unitId && <TextLink to={`/gaps?measure=${measure.measureId}`}>{t('缺口', 'Gaps')}</TextLink>}
        {manages && measure.status !== 'ended' && <TextLink to={`/measures/${measure.measureId}/plan`}>{t('试算与比较', 'Simulate')}</TextLink>}
        {manages && measure.status === 'draft' && <Button size="small" onClick={onChange}>{t('修改', 'Change')}</Button>}
        {manages && measure.status === 'draft' && <Button size="small" look="primary" onClick={onWeigh}>{t('看负担并启用', 'Weigh and switch on')}</Button>}
        {manages && measure.status !== 'ended' && (
          <>
            <Button size="small" onClick={() => setAsking(true)}>{measure.status === 'draft' ? t('弃用', 'Discard') : t('停用', 'End')}</Button>
            <Confirm
              open={asking}
              title={measure.status === 'draft' ? t('弃用“{name}”？', 'Discard “{name}”?', { name: say(measure.name) }) : t('停用“{name}”？', 'End “{name}”?', { name: say(measure.name) })}
              action={measure.status === 'draft' ? t('弃用', 'Discard') : t('停用', 'End')}
              danger
              busy={ending.busy}
              problem={ending.problem}
              onClose={() => setAsking(false)}
              onConfirm={() =>
                void ending.run({ measureId: measure.measureId }).then((done) => {
                  if (!done) return
                  setAsking(false)
                  toast(t('已停用', 'Ended'), { tone: 'good' })
                })
              }
            >
              <p>{t('停用后不再询问，也不再计入覆盖；未了结的跟进随之结束。停用后不能恢复，需要时另行起草。', 'Nobody is asked any more and it no longer counts; open follow-ups end. It cannot be switched on again; draft another if needed.')}</p>
            </Confirm>
          </>
        )}
      </div>
    </article>
  )
}
