/** Drafting a measure: from a ready-made one, or written from the beginning. */
import { useMemo, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import type { Output } from '#kernel/contract.ts'
import { units as unitsCall } from '#slices/directory/contract.ts'
import { attributes as attributesCall } from '#slices/facts/contract.ts'
import { list as responsesCall } from '#slices/responses/contract.ts'
import { areaPath, useAreas } from '#ui/areas.ts'
import { Button, Choices, Field, Form, MomentInput, NumberInput, Pick, TabView, TextArea, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { presentMoment } from '#ui/format.ts'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import { draft, fromPreset, list, presets as presetsCall } from '../contract.ts'
import { refuseCondition, type RuleGroup } from '../rules.ts'
import { demandName, demandOrder } from './gap-words.ts'
import { Objections, useObjections } from './objections.tsx'
import { RuleField } from './rule-builder.tsx'
import { fieldsFor, sentenceOf, type Names } from './rule-words.ts'
import type { Me } from '#slices/directory/web/unit-choice.ts'

export type MeasureOf = Output<typeof draft>

export function useNames(subjectKind: 'person' | 'unit'): Names & { vocabulary: string; units: { id: string; parentId: string | null; name: string }[]; known: Output<typeof attributesCall>['attributes'] } {
  const vocabulary = useSession<Me>().me?.institution.vocabulary ?? ''
  const attributes = useRead(attributesCall, {}, { topics: ['attributes'] })
  const { data: admin } = useRead(unitsCall, { tree: 'admin', depth: 5 }, { topics: ['directory'] })
  // Who lives in a building or belongs to a branch is in a unit, too.
  const { data: residence } = useRead(unitsCall, { tree: 'residence', depth: 4 }, { topics: ['directory'] })
  const { data: party } = useRead(unitsCall, { tree: 'party', depth: 4 }, { topics: ['directory'] })
  const { areas } = useAreas()
  return useMemo(() => {
    const units = [admin, residence, party].flatMap((tree) => tree?.units ?? []).map((unit) => ({ id: unit.unitId, parentId: unit.parentId, name: unit.name }))
    const known = attributes.data?.attributes ?? []
    return {
      known, units, fields: fieldsFor(subjectKind, known, vocabulary), vocabulary, unit: (id) => read(units.find((unit) => unit.id === id)?.name ?? id),
      range: (key) => { const one = known.find((each) => each.key === key); return one && (one.min !== null || one.max !== null) ? { min: one.min, max: one.max } : null },
      area: (code) => (areas ? areaPath(areas, code.padEnd(6, '0')).filter((part) => !/^\d+$/.test(part)).map(read).join(' ') || code : code),
    }
  }, [attributes.data, admin, residence, party, areas, subjectKind, vocabulary])
}

export function DraftMeasure({ onDrafted }: { onDrafted: (measure: MeasureOf) => void }) {
  const [way, setWay] = useState<'preset' | 'own'>('preset')
  const responses = useRead(responsesCall, {}, { topics: ['responses'] })
  return (
    <Ready read={responses} empty={{ when: (data) => !data.responses.some((one) => one.status === 'open'), show: <EmptyState icon="responses" title={t('没有进行中的应急响应', 'No response is open')} action={<Button to="/responses">{t('看应急响应', 'See the responses')}</Button>}>{t('措施必须属于一个进行中的应急响应，有级别、依据和结束日期。', 'A measure belongs to an open response with a level, a basis and an end.')}</EmptyState> }}>
      {(data) => {
        const open = data.responses.filter((one) => one.status === 'open').map((one) => ({ value: one.responseId, label: read(one.name) }))
        return (
          <TabView
            value={way}
            onChange={setWay}
            items={[
              { key: 'preset', label: t('用现成的', 'Ready-made'), content: <PresetForm responses={open} onDrafted={onDrafted} /> },
              { key: 'own', label: t('自己写', 'Write one'), content: <MeasureForm responses={open} onDrafted={onDrafted} /> },
            ]}
          />
        )
      }}
    </Ready>
  )
}

type ResponseChoice = { value: string; label: string }

function PresetForm({ responses, onDrafted }: { responses: readonly ResponseChoice[]; onDrafted: (measure: MeasureOf) => void }) {
  const presets = useRead(presetsCall, {})
  const running = useRead(list, {}, { topics: ['measures'] })
  const on = new Set((running.data?.measures ?? []).filter((one) => one.status === 'on').map((one) => one.name.zh))
  const [measureId] = useState(newId)
  const [key, setKey] = useState<string | null>(null)
  const [responseId, setResponse] = useState(responses[0]?.value ?? null)
  const [basis, setBasis] = useState('')
  const [demandedBy, setDemandedBy] = useState<MeasureOf['demandedBy']>('school')
  const [endsAt, setEndsAt] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const writing = useWrite(fromPreset, { onDone: onDrafted })
  const send = () => {
    setTried(true)
    if (key && responseId && basis.trim().length >= 2) void writing.run({ measureId, responseId, key, basis: basis.trim(), demandedBy, endsAt })
  }
  return (
    <Form onSubmit={send}>
      <Ready read={presets}>
        {(data) => (
          <div className="m-presets" role="group" aria-label={t('现成措施', 'Ready-made measures')}>
            {data.presets.map((preset) => (
              <button key={preset.key} type="button" className="m-preset" aria-pressed={key === preset.key} onClick={() => setKey(preset.key)}>
                <b>{say(preset.name)} {on.has(preset.name.zh) && <Tag tone="good">{t('已启用', 'On')}</Tag>}</b>
                <span>{say(preset.explains)}</span>
              </button>
            ))}
          </div>
        )}
      </Ready>
      {tried && !key && <Note tone="bad">{t('请选择一个现成措施。', 'Choose a ready-made measure.')}</Note>}
      <Field label={t('所属应急响应', 'Response')} required>
        <Pick value={responseId} onChange={setResponse} options={responses} />
      </Field>
      <Field label={t('依据', 'Basis')} required error={tried && basis.trim().length < 2 && t('请写明依据的文件和条款。', 'Name the document and clause.')} hint={t('被问到的人会看到这一行。', 'Those who are asked see this line.')}>
        <TextInput value={basis} onChange={setBasis} maxLength={400} placeholder={t('如：校发〔2026〕9号第二条', 'The document and clause')} />
      </Field>
      <DemandField value={demandedBy} onChange={setDemandedBy} />
      <Field label={t('到何时为止', 'Until')} hint={t('不填则到应急响应结束。', 'Empty: until the response closes.')}>
        <MomentInput value={endsAt} onChange={setEndsAt} min={presentMoment().toISOString()} />
      </Field>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions">
        <Button look="primary" submit busy={writing.busy}>{t('起草并看负担', 'Draft and see the burden')}</Button>
      </div>
    </Form>
  )
}

function DemandField({ value, onChange }: { value: MeasureOf['demandedBy']; onChange: (by: MeasureOf['demandedBy']) => void }) {
  return (
    <Field label={t('谁提出的要求', 'Demanded by')} hint={t('照实填写：层层加码会显示在措施页上。', 'As it is: what each level adds is shown.')}>
      <Pick value={value} onChange={(by) => by && onChange(by)} options={demandOrder.map((one) => ({ value: one, label: demandName(one) }))} />
    </Field>
  )
}

const nobodyYet: RuleGroup = { combinator: 'and', rules: [] }

/** A measure in full; with `measure` it changes that draft. */
export function MeasureForm({ measure, responses, onDrafted }: { measure?: MeasureOf; responses: readonly ResponseChoice[]; onDrafted: (measure: MeasureOf) => void }) {
  const [form, setForm] = useState(() => ({
    measureId: measure?.measureId ?? newId(), responseId: measure?.responseId ?? responses[0]?.value ?? '', zh: measure?.name.zh ?? '', en: measure?.name.en ?? '', subjectKind: measure?.subjectKind ?? ('person' as 'person' | 'unit'),
    population: (measure?.population as RuleGroup | undefined) ?? nobodyYet, condition: (measure?.condition as RuleGroup | undefined) ?? nobodyYet, basis: measure?.basis ?? '', demandedBy: measure?.demandedBy ?? ('school' as MeasureOf['demandedBy']),
    graceHours: (measure?.graceSeconds ?? 86_400) / 3600, climbHours: measure?.climbSeconds === null ? null : (measure?.climbSeconds ?? 86_400) / 3600, followUp: measure?.followUp ?? ('tell-owner' as MeasureOf['followUp']), danger: String(measure?.danger ?? 2), endsAt: measure?.endsAt ?? null,
  }))
  const [tried, setTried] = useState(false)
  const names = useNames(form.subjectKind)
  const populationFields = useMemo(() => fieldsFor(form.subjectKind, null, names.vocabulary), [form.subjectKind, names.vocabulary])
  const change = <K extends keyof typeof form>(key: K) => (value: (typeof form)[K]) => setForm((before) => ({ ...before, [key]: value }))
  const writing = useWrite(draft, { onDone: onDrafted })
  const wrong = [...refuseCondition(form.population, populationFields), ...refuseCondition(form.condition, names.fields)]
  const empty = form.condition.rules.length === 0
  const said = useObjections(form, names)
  const send = () => {
    setTried(true)
    if (wrong.length || empty || form.zh.trim() === '' || form.basis.trim().length < 2 || !form.responseId) return
    const { measureId, responseId, subjectKind, population, condition, demandedBy, followUp, endsAt } = form
    void writing.run({
      measureId, responseId, key: measure?.key ?? null, name: { zh: form.zh.trim(), en: form.en.trim() || form.zh.trim() }, subjectKind, population, condition, basis: form.basis.trim(), demandedBy,
      graceSeconds: Math.round((form.graceHours ?? 0) * 3600), climbSeconds: form.climbHours === null ? null : Math.round(form.climbHours * 3600), followUp, danger: Number(form.danger), endsAt,
    })
  }
  return (
    <Form onSubmit={send}>
      <Form columns={2}>
        <Field label={t('名称', 'Name')} required error={tried && form.zh.trim() === '' && t('请写名称。', 'Give it a name.')}>
          <TextInput value={form.zh} onChange={change('zh')} maxLength={60} placeholder={t('如：返校学生均已报备', 'What must be true')} />
        </Field>
        <Field label={t('英文名称（可不填）', 'Name in English (optional)')}>
          <TextInput value={form.en} onChange={change('en')} maxLength={100} />
        </Field>
        <Field label={t('针对', 'About')}>
          <Choices joined label={t('针对', 'About')} value={form.subjectKind} disabled={measure !== undefined} onChange={(subjectKind) => setForm({ ...form, subjectKind, population: nobodyYet, condition: nobodyYet })} options={[{ value: 'person', label: t('人', 'People') }, { value: 'unit', label: t('组织', 'Units') }]} />
        </Field>
        <Field label={t('所属应急响应', 'Response')} required>
          <Pick value={form.responseId || null} onChange={(id) => change('responseId')(id ?? '')} options={responses} disabled={measure !== undefined} />
        </Field>
      </Form>
      <RuleField label={t('对谁（应覆盖）', 'For whom')} hint={sentenceOf(form.population, { ...names, fields: populationFields })} value={form.population} onChange={change('population')} fields={populationFields} units={names.units} empty={t('没有条件：全部计入。', 'No condition: everybody counts.')} />
      <RuleField label={t('必须做到（条件）', 'What must be true')} hint={empty ? "" : sentenceOf(form.condition, names)} value={form.condition} onChange={change('condition')} fields={names.fields} units={names.units} empty={t('还没有条件。', 'No condition yet.')} />
      {/* In a page of its own: what is drafted here stays, and what is added there is listed at once. */}
      <p className="b-muted">{t('要核对的信息不在列表里？', 'What is to be checked is not in the list?')} <a className="b-link" href="/settings/attributes" target="_blank" rel="noreferrer">{t('在“信息项”里新增', 'Add it to the attributes')}</a></p>
      {tried && empty && <Note tone="bad">{t('请至少写一条“必须做到”的条件。', 'Write at least one condition.')}</Note>}
      {tried && wrong.length > 0 && <Note tone="bad">{wrong.map(say).join(' ')}</Note>}
      {wrong.length === 0 && !empty && <Objections said={said} names={names} />}
      <Form columns={2}>
        <Field label={t('依据', 'Basis')} required error={tried && form.basis.trim().length < 2 && t('请写明依据的文件和条款。', 'Name the document and clause.')}>
          <TextArea value={form.basis} onChange={change('basis')} rows={2} maxLength={400} />
        </Field>
        <DemandField value={form.demandedBy} onChange={change('demandedBy')} />
        <Field label={t('宽限', 'Grace')} hint={t('缺口存在多久后才跟进。', 'How long a gap may stand before it is followed up.')}>
          <NumberInput value={form.graceHours} onChange={(hours) => change('graceHours')(hours ?? 0)} min={0} max={8760} unit={t('小时', 'hours')} />
        </Field>
        <Field label={t('跟进', 'Follow-up')}>
          <Pick value={form.followUp} onChange={(next) => next && change('followUp')(next)} options={[{ value: 'none', label: t('不跟进', 'None') }, { value: 'tell-owner', label: t('告知责任人', 'Tell the owner') }, { value: 'open-task', label: t('给责任人开任务', 'Open a task for the owner') }, { value: 'ask-decision', label: t('请领导决定', 'Ask for a decision') }, ...(form.subjectKind === 'person' ? [{ value: 'open-case' as const, label: t('请责任人建个案或说明理由', 'Ask for a case to be opened') }] : [])]} />
        </Field>
        {form.followUp !== 'none' && (
          <Field label={t('无人处理几小时后上报', 'Climbs untouched after')} hint={t('逐级上报，直到指挥部。不填则不上报。', 'Step by step up to the headquarters. Empty: it stays.')}>
            <NumberInput value={form.climbHours} onChange={change('climbHours')} min={1} max={720} unit={t('小时', 'hours')} />
          </Field>
        )}
        <Field label={t('紧要程度', 'Danger')} hint={t('越紧要越先问。', 'The more dangerous is asked first.')}>
          <Choices joined label={t('紧要程度', 'Danger')} value={form.danger} onChange={change('danger')} options={[{ value: '1', label: t('最紧要', 'Highest') }, { value: '2', label: t('一般', 'Middle') }, { value: '3', label: t('较低', 'Low') }]} />
        </Field>
        <Field label={t('到何时为止', 'Until')} hint={t('不填则到应急响应结束。', 'Empty: until the response closes.')}>
          <MomentInput value={form.endsAt} onChange={change('endsAt')} min={presentMoment().toISOString()} />
        </Field>
      </Form>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions">
        <Button look="primary" submit busy={writing.busy}>{t('存为草案并看负担', 'Save the draft and see the burden')}</Button>
      </div>
    </Form>
  )
}
