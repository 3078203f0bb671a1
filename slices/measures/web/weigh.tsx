/** Before a measure is switched on: what is odd about it, what it costs whom, which level asked for it; then the switch. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button, Field, Pick } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { StandingBar } from '#ui/figures.tsx'
import { count } from '#ui/format.ts'
import { Details, Stack, TextLink } from '#ui/page.tsx'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { say, t } from '#ui/words.ts'
import { burden as burdenCall, list, setDemands, switchOn } from '../contract.ts'
import { AddsOf, SpreadTable } from './loads-panel.tsx'
import { useNames, type MeasureOf } from './measure-form.tsx'
import { Objections } from './objections.tsx'
import { everyText, hoursText, secondsText } from './planning-words.ts'
import { SponsorFields, type Sponsorship } from './sponsor.tsx'

type Burden = Output<typeof burdenCall>

export function Weigh({ measure, onDone }: { measure: MeasureOf; onDone: () => void }) {
  const read = useRead(burdenCall, { measureId: measure.measureId }, { topics: ['measures', 'coverage'], keep: false })
  return (
    <Stack gap={16}>
      <h3>{say(measure.name)}</h3>
      <Ready read={read}>{(burden) => <Weighed measure={measure} burden={burden} onDone={onDone} />}</Ready>
    </Stack>
  )
}

function Weighed({ measure, burden, onDone }: { measure: MeasureOf; burden: Burden; onDone: () => void }) {
  const names = useNames(measure.subjectKind)
  const [sponsor, setSponsor] = useState<Sponsorship>({ personId: null, reason: '' })
  const [replaces, setReplaces] = useState<string | null>(null)
  const toast = useToast()
  const switching = useWrite(switchOn, {
    onDone: (counts) => {
      toast(t('已启用：{n} 个对象，{unknown} 未知', 'On: {n}, {unknown} unknown', { n: count(counts.population), unknown: count(counts.unknown) }), { tone: 'good' })
      onDone()
    },
  })
  const on = useRead(list, { responseId: measure.responseId }, { topics: ['measures'] })
  const running = (on.data?.measures ?? []).filter((one) => one.status === 'on' && one.subjectKind === measure.subjectKind)
  const units = measure.subjectKind === 'unit'
  const over = !burden.withinBudget
  const send = () =>
    void switching.run({ measureId: measure.measureId, ...(replaces ? { replaces } : {}), ...(burden.needsSponsor ? { sponsor: sponsor.reason.trim(), ...(sponsor.personId ? { sponsorId: sponsor.personId } : {}) } : {}) })
  return (
    <>
      <Objections said={burden.objections} names={names} />
      <StandingBar standing={{ kept: burden.alreadyKnown, excused: 0, gap: burden.wouldBeGap, unknown: burden.wouldBeUnknown }} label={t('现在启用会怎样', 'If switched on now')} />
      <Details
        items={[
          { label: t('涉及', 'Reaches'), value: units ? t('{n} 个组织', '{n} {n:unit|units}', { n: count(burden.people) }) : t('{n} 人', '{n} {n:person|people}', { n: count(burden.people) }) },
          { label: units ? t('问责任人的问题', 'Questions to each owner') : t('问本人的问题', 'Questions to each'), value: t('{n} 个', '{n}', { n: burden.questions }) },
          { label: t('本措施每人每天最多', 'This alone, a person and day, at most'), value: t('约 {n} 秒', 'about {n} s', { n: secondsText(burden.secondsPerPersonDay) }) },
          { label: t('全体每天合计', 'All people, a day'), value: hoursText(burden.totalHoursPerDay) },
          { label: t('与其他措施合计每人每天', 'With all others, a person and day'), value: <b className={over ? 'g-late' : undefined}>{t('约 {n} 秒 / 上限 {most} 秒', 'about {n} s of at most {most} s', { n: secondsText(burden.togetherSecondsPerPersonDay), most: burden.budgetSeconds })}</b> },
          { label: t('启用后即为缺口', 'Would be a gap at once'), value: count(burden.wouldBeGap) },
          burden.ownerHoursPerDay > 0 && { label: t('责任人代填，合计每天', 'Answered by owners, a day in all'), value: hoursText(burden.ownerHoursPerDay) },
        ]}
      />
      {burden.most.people > 0 && (
        <section className="m-weigh">
          <h4>{t('被问到的 {n} 人，全部措施合计', 'The {n} who are asked, all measures together', { n: count(burden.most.people) })}</h4>
          <SpreadTable
            budget={burden.budgetSeconds}
            rows={[{ label: t('现在最多', 'At most now'), spread: burden.before }, { label: t('启用后最多', 'At most when on'), spread: burden.most }, { label: t('启用后预计', 'Expected when on'), spread: burden.expected }]}
          />
        </section>
      )}
      <AddsOf burden={burden} />
      <Demands measure={measure} demands={burden.demands} />
      {burden.people > 0 && <TextLink to={`/measures/${measure.measureId}/plan`}>{t('按组织试算，与另一个版本比较', 'By unit, and against another version')}</TextLink>}
      {running.length > 0 && (
        <Field label={t('同时停用（换成新版本时）', 'End at the same time (a new version)')}>
          <Pick label={t('同时停用', 'End at the same time')} value={replaces} clearable onChange={setReplaces} options={running.map((one) => ({ value: one.measureId, label: say(one.name) }))} placeholder={t('不停用其他措施', 'None')} />
        </Field>
      )}
      {burden.needsSponsor && (
        <>
          <Note tone="bad">
            {over ? t('{n} 人每天将超出上限。请减少项目；确需启用的，写明由谁担责、为什么。', '{n} {n:person|people} would be over the budget. Ask less; if it must be, say who answers for it and why.', { n: count(burden.broken) }) : t('请先修改条件；确需启用的，写明由谁担责、为什么。', 'Mend the conditions; if it must be, say who answers for it and why.')}
          </Note>
          <SponsorFields value={sponsor} onChange={setSponsor} />
        </>
      )}
      <WriteProblem problem={switching.problem} />
      <div className="b-actions">
        <Button onClick={onDone}>{t('先不启用', 'Not now')}</Button>
        <Button look="primary" busy={switching.busy} disabled={burden.needsSponsor && sponsor.reason.trim().length < 4} onClick={send}>
          {burden.needsSponsor ? t('担责启用', 'Switch on, answered for') : t('启用', 'Switch on')}
        </Button>
      </div>
    </>
  )
}

const choices = [3600 * 12, 86_400, 2 * 86_400, 3 * 86_400, 7 * 86_400, 14 * 86_400, 30 * 86_400]

/** How often the document behind the measure asks, question by question: what is asked more often shows as added by ourselves. */
function Demands({ measure, demands }: { measure: MeasureOf; demands: Burden['demands'] }) {
  const names = useNames(measure.subjectKind)
  const writing = useWrite(setDemands)
  const asked = names.known.filter((one) => measure.attributes.includes(one.key) && one.askedOf !== 'nobody')
  if (!asked.length) return null
  const said = (key: string) => {
    const found = demands.find((one) => one.attribute === key)
    return found === undefined ? 'unstated' : found.everySeconds === null ? 'once' : String(found.everySeconds)
  }
  const change = (key: string, value: string) =>
    void writing.run({ measureId: measure.measureId, demands: [...demands.filter((one) => one.attribute !== key), ...(value === 'unstated' ? [] : [{ attribute: key, everySeconds: value === 'once' ? null : Number(value) }])] })
  return (
    <section className="m-weigh">
      <h4>{t('依据要求多久问一次', 'How often the document asks')}</h4>
      {asked.map((one) => {
        const value = said(one.key)
        const seconds = [...new Set([...choices, ...(/^\d+$/.test(value) ? [Number(value)] : [])])].toSorted((a, b) => a - b)
        const label = t('{what}：依据要求多久问一次', '{what}: how often the document asks', { what: say(one.label) })
        return (
          <div key={one.key} className="m-demand">
            <span>
              {say(one.label)} <small className="b-muted">{t('现设{every}', 'set to {every}', { every: everyText(one.freshSeconds) })}</small>
            </span>
            <Pick label={label} value={value} disabled={writing.busy} onChange={(next) => next && change(one.key, next)} options={[{ value: 'unstated', label: t('依据未写明', 'not said') }, { value: 'once', label: everyText(null) }, ...seconds.map((each) => ({ value: String(each), label: everyText(each) }))]} />
          </div>
        )
      })}
      <WriteProblem problem={writing.problem} />
    </section>
  )
}
