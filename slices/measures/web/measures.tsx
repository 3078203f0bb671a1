/** Measures: what must be true of whom, who demands it, what it costs; drafted, weighed, switched on, ended. */
import { useMemo, useState } from 'react'
import { attributes as attributesCall } from '#slices/facts/contract.ts'
import { list as responsesCall } from '#slices/responses/contract.ts'
import { Button, Field, TextInput, Toggle } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm, SidePanel } from '#ui/feedback.tsx'
import { StandingBar } from '#ui/figures.tsx'
import { count, date } from '#ui/format.ts'
import { Details, Page, Panel, Stack, TextLink } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, say, t, useLanguage } from '#ui/words.ts'
import { burden as burdenCall, coverage, end, list, switchOn } from '../contract.ts'
import { budgetSeconds, secondsPerDay, type RuleGroup } from '../rules.ts'
import { demandName, demandOrder } from './gap-words.ts'
import { DraftMeasure, MeasureForm, useNames, type MeasureOf } from './measure-form.tsx'
import { sentenceOf } from './rule-words.ts'
import type { Me } from './units.ts'
import './measures.css'

export function MeasuresPage() {
  useLanguage()
  const { me, can } = useSession<Me>()
  const manages = can('measure.manage')
  const [ended, setEnded] = useState(false)
  const [drafting, setDrafting] = useState(false)
  const [weighed, setWeighed] = useState<MeasureOf | null>(null)
  const [changed, setChanged] = useState<MeasureOf | null>(null)
  const measures = useRead(list, { ended }, { topics: ['measures'] })
  const responses = useRead(responsesCall, { closed: true }, { topics: ['responses'] })
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
      lead={t('什么必须成立、对谁、依据什么、谁要求的、要占用大家多少时间。', 'What must be true, of whom, on what basis, who demands it, and what it costs people.')}
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
              <Ladder measures={byStatus('on')} />
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
                        <MeasureRow key={measure.measureId} measure={measure} response={responseName(measure.responseId)} cell={covered.data?.total.find((one) => one.measureId === measure.measureId)} unitId={home} manages={manages} onWeigh={() => setWeighed(measure)} onChange={() => setChanged(measure)} />
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
      <SidePanel open={weighed !== null} title={t('启用前看负担', 'The burden, before switching on')} onClose={() => setWeighed(null)}>
        {weighed && <Burden key={weighed.measureId} measure={weighed} onDone={() => setWeighed(null)} />}
      </SidePanel>
    </Page>
  )
}

function MeasureRow({ measure, response, cell, unitId, manages, onWeigh, onChange }: { measure: MeasureOf; response: string; cell: { kept: number; excused: number; gap: number; unknown: number; population: number } | undefined; unitId: string | null; manages: boolean; onWeigh: () => void; onChange: () => void }) {
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
        <p className="b-muted">
          {response} · {measure.status === 'draft' ? t('尚未启用', 'not on yet') : t('{from} 起', 'from {from}', { from: date(measure.startsAt) })} · {measure.endsAt ? t('至 {to}', 'to {to}', { to: date(measure.endsAt) }) : t('至响应结束', 'until the response closes')}
        </p>
      </div>
      <div className="b-actions b-actions-end">
        {measure.status === 'on' && unitId && <TextLink to={`/coverage?measure=${measure.measureId}`}>{t('覆盖', 'Coverage')}</TextLink>}
        {measure.status === 'on' && unitId && <TextLink to={`/gaps?measure=${measure.measureId}`}>{t('缺口', 'Gaps')}</TextLink>}
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

/** 层层加码: what each level adds to the seconds a day asked of a person, against the budget. */
function Ladder({ measures }: { measures: readonly MeasureOf[] }) {
  const attributes = useRead(attributesCall, {}, { topics: ['attributes'] })
  const steps = useMemo(() => {
    const seen = new Set<string>()
    let total = 0
    return demandOrder.map((by) => {
      const mine = measures.filter((one) => one.demandedBy === by)
      const before = total
      for (const key of new Set(mine.flatMap((one) => one.attributes))) {
        const attribute = attributes.data?.attributes.find((one) => one.key === key && one.askedOf === 'self' && one.subjectKind === 'person')
        if (!attribute || seen.has(key)) continue
        seen.add(key)
        total += secondsPerDay(attribute)
      }
      return { by, measures: mine.length, before, adds: total - before }
    }).filter((step) => step.measures > 0)
  }, [measures, attributes.data])
  if (!steps.length || !attributes.data) return null
  const total = steps.reduce((sum, step) => sum + step.adds, 0)
  const scale = Math.max(budgetSeconds, total) * 1.05
  const part = (value: number) => `${(value / scale) * 100}%`
  return (
    <Panel title={t('层层加码', 'What each level adds')} note={t('每人每天约 {n} 秒，上限 {most} 秒', 'about {n} s a person and day, of at most {most} s', { n: seconds(total), most: budgetSeconds })}>
      <div className="m-ladder">
        {steps.map((step) => (
          <div key={step.by}>
            <b>{demandName(step.by)}</b>
            <div className="m-ladder-bar" role="img" aria-label={t('{who}：加 {n} 秒', '{who}: adds {n} s', { who: demandName(step.by), n: seconds(step.adds) })}>
              <span className="m-before" style={{ insetInlineStart: 0, width: part(step.before) }} />
              <span style={{ insetInlineStart: part(step.before), width: part(step.adds) }} />
              <i style={{ insetInlineStart: part(budgetSeconds) }} />
            </div>
            <span className="num">{t('{m} 项，＋{n} 秒', '{m}, +{n} s', { m: step.measures, n: seconds(step.adds) })}</span>
          </div>
        ))}
      </div>
    </Panel>
  )
}

const seconds = (value: number) => String(Math.round(value * 10) / 10)

/** What it will cost, with everything else, and how people would stand; then the switch. */
function Burden({ measure, onDone }: { measure: MeasureOf; onDone: () => void }) {
  const read = useRead(burdenCall, { measureId: measure.measureId }, { topics: ['measures', 'coverage'], keep: false })
  const [sponsor, setSponsor] = useState('')
  const toast = useToast()
  const switching = useWrite(switchOn, {
    onDone: (counts) => {
      toast(t('已启用：{n} 个对象，{unknown} 未知', 'On: {n}, {unknown} unknown', { n: count(counts.population), unknown: count(counts.unknown) }), { tone: 'good' })
      onDone()
    },
  })
  const units = measure.subjectKind === 'unit'
  return (
    <Stack gap={16}>
      <h3>{say(measure.name)}</h3>
      <Ready read={read}>
        {(burden) => (
          <>
            <StandingBar standing={{ kept: burden.alreadyKnown, excused: 0, gap: burden.wouldBeGap, unknown: burden.wouldBeUnknown }} label={t('现在启用会怎样', 'If switched on now')} />
            <Details
              items={[
                { label: t('涉及', 'Reaches'), value: units ? t('{n} 个组织', '{n} units', { n: count(burden.people) }) : t('{n} 人', '{n} people', { n: count(burden.people) }) },
                { label: t('问本人的问题', 'Questions to each'), value: t('{n} 个', '{n}', { n: burden.questions }) },
                { label: t('本措施每人每天', 'This alone, a person and day'), value: t('约 {n} 秒', 'about {n} s', { n: seconds(burden.secondsPerPersonDay) }) },
                { label: t('全体每天合计', 'All people, a day'), value: t('约 {n} 小时', 'about {n} h', { n: seconds(burden.totalHoursPerDay) }) },
                { label: t('与其他措施合计每人每天', 'With all others, a person and day'), value: <b className={burden.withinBudget ? undefined : 'g-late'}>{t('约 {n} 秒 / 上限 {most} 秒', 'about {n} s of at most {most} s', { n: seconds(burden.togetherSecondsPerPersonDay), most: burden.budgetSeconds })}</b> },
                { label: t('启用后即为缺口', 'Would be a gap at once'), value: count(burden.wouldBeGap) },
              ]}
            />
            {burden.people === 0 && <Note tone="warn">{t('没有任何对象符合“对谁”的条件，请检查。', 'Nobody meets the population; check it.')}</Note>}
            {!burden.withinBudget && (
              <>
                <Note tone="bad">{t('超出上限。请减少项目；确需启用的，写明由谁担责、为什么。', 'Over the budget. Ask less; if it must be, say who answers for it and why.')}</Note>
                <Field label={t('由谁担责及理由', 'Who sponsors it, and why')} required>
                  <TextInput value={sponsor} onChange={setSponsor} maxLength={200} />
                </Field>
              </>
            )}
            <WriteProblem problem={switching.problem} />
            <div className="b-actions">
              <Button onClick={onDone}>{t('先不启用', 'Not now')}</Button>
              <Button look="primary" busy={switching.busy} disabled={!burden.withinBudget && sponsor.trim().length < 4} onClick={() => void switching.run({ measureId: measure.measureId, ...(burden.withinBudget ? {} : { sponsor: sponsor.trim() }) })}>
                {t('启用', 'Switch on')}
              </Button>
            </div>
          </>
        )}
      </Ready>
    </Stack>
  )
}
