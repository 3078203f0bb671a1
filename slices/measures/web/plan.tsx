/** Simulation: who would be asked and who in a gap, by unit of any tree, before anything is switched on; and two versions side by side. */
import { useMemo, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import type { Input, Output } from '#kernel/contract.ts'
import { Button, Choices } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { DataAge } from '#ui/figures.tsx'
import { SidePanel } from '#ui/feedback.tsx'
import { count } from '#ui/format.ts'
import { Page, Panel, Stack } from '#ui/page.tsx'
import { PersonName, UnitPicker } from '#ui/people.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, say, t, useLanguage } from '#ui/words.ts'
import { draft, list, simulate, simulated } from '../contract.ts'
import { refuseCondition, type RuleGroup } from '../rules.ts'
import { useNames, type MeasureOf } from './measure-form.tsx'
import { Objections, useObjections } from './objections.tsx'
import { stateText } from './planning-words.ts'
import { RuleField } from './rule-builder.tsx'
import { fieldsFor, sentenceOf } from './rule-words.ts'
import { byName, useAddress, useUnitChoice } from '#slices/directory/web/unit-choice.ts'
import './measures.css'
import './planning.css'

type Version = Input<typeof simulate>['version']
type Answer = Output<typeof simulate>
type Line = Answer['total']

export function PlanPage({ params }: { params: Record<string, string> }) {
  useLanguage()
  const measures = useRead(list, { ended: true }, { topics: ['measures'] })
  const measure = measures.data?.measures.find((one) => one.measureId === params['measureId'])
  return (
    <Page
      wide
      title={measure ? t('试算：{name}', 'Simulation: {name}', { name: say(measure.name) }) : t('试算', 'Simulation')}
      lead={t('只是试算：不问任何人，也不改变覆盖。', 'Only a simulation: nobody is asked, and no figure changes.')}
      breadcrumb={[{ label: t('措施', 'Measures'), to: '/measures' }, { label: measure ? say(measure.name) : '' }]}
    >
      <Ready read={measures} rows={6}>{() => (measure ? <Plan key={measure.measureId} measure={measure} /> : <EmptyState title={t('没有这项措施', 'There is no such measure')} />)}</Ready>
    </Page>
  )
}

interface Edited {
  population: RuleGroup
  condition: RuleGroup
}

function Plan({ measure }: { measure: MeasureOf }) {
  const address = useAddress()
  const at = useUnitChoice(address)
  const saved = useMemo((): Edited => ({ population: measure.population as RuleGroup, condition: measure.condition as RuleGroup }), [measure])
  const [edited, setEdited] = useState<Edited | null>(null)
  const names = useNames(measure.subjectKind)
  const populationFields = useMemo(() => fieldsFor(measure.subjectKind, null, names.vocabulary), [measure.subjectKind, names.vocabulary])
  const wrong = edited ? [...refuseCondition(edited.population, populationFields), ...refuseCondition(edited.condition, names.fields)] : []
  const usable = edited !== null && wrong.length === 0 && edited.condition.rules.length > 0 && JSON.stringify(edited) !== JSON.stringify(saved)
  const version: Version = { measureId: measure.measureId }
  const against: Version | undefined = usable ? { plan: { subjectKind: measure.subjectKind, ...edited } } : undefined
  const data = useRead(simulate, { unitId: at.unitId ?? '', version, ...(against ? { against } : {}) }, { topics: ['measures', 'directory'], enabled: at.unitId !== null })
  const [looking, setLooking] = useState<{ unitId: string; name: string; state?: 'asked' | 'gap' | 'unknown' } | null>(null)
  const open = (unitId: string, name: string, state?: 'asked' | 'gap' | 'unknown') => setLooking({ unitId, name, ...(state ? { state } : {}) })
  return (
    <>
      <div className="p-versions">
        <Panel title={measure.status === 'on' ? t('甲：现在运行的版本', 'A: what is running') : t('甲：现在的草案', 'A: the draft')} tone="sunken">
          <p>{t('对：{whom}', 'For: {whom}', { whom: sentenceOf(saved.population, names) })}</p>
          <p>{t('须：{what}', 'Must: {what}', { what: sentenceOf(saved.condition, names) })}</p>
        </Panel>
        {edited === null ? (
          <Panel title={t('乙：另一个版本', 'B: another version')} tone="sunken">
            <p className="b-muted">{t('改一改“对谁”或“必须做到”，并排看人数有什么不同。', 'Change whom it covers or what must be true, and see the counts side by side.')}</p>
            <Button icon="plus" onClick={() => setEdited(saved)}>{t('改一份来比较', 'Change a copy and compare')}</Button>
          </Panel>
        ) : (
          <Panel title={t('乙：修改后的版本', 'B: the changed copy')} actions={<Button size="small" look="quiet" onClick={() => setEdited(null)}>{t('不比较了', 'Stop comparing')}</Button>}>
            <Stack gap={12}>
              <RuleField label={t('对谁（应覆盖）', 'For whom')} hint={sentenceOf(edited.population, { ...names, fields: populationFields })} value={edited.population} onChange={(population) => setEdited({ ...edited, population })} fields={populationFields} units={names.units} empty={t('没有条件：全部计入。', 'No condition: everybody counts.')} />
              <RuleField label={t('必须做到（条件）', 'What must be true')} hint={sentenceOf(edited.condition, names)} value={edited.condition} onChange={(condition) => setEdited({ ...edited, condition })} fields={names.fields} units={names.units} empty={t('还没有条件。', 'No condition yet.')} />
              <EditedNotes edited={edited} wrong={wrong} names={names} same={!usable && wrong.length === 0} />
              {usable && <SaveVersion measure={measure} edited={edited} />}
            </Stack>
          </Panel>
        )}
      </div>
      <div className="b-filters">
        {at.trees.length > 1 && <Choices joined label={t('组织树', 'Tree')} value={at.tree} onChange={at.chooseTree} options={at.trees} />}
        <UnitPicker units={at.options} value={at.unitId} onChange={at.choose} label={t('组织', 'Unit')} width={280} />
        {data.data && <DataAge at={data.data.asOf} />}
      </div>
      <Ready read={data} rows={8}>{(answer) => <ByUnit answer={answer} units={measure.subjectKind === 'unit'} onOpen={open} onUnit={at.choose} />}</Ready>
      <SidePanel open={looking !== null} title={looking ? t('{unit}：{what}', '{unit}: {what}', { unit: looking.name, what: looking.state ? { asked: t('会被问到的', 'would be asked'), gap: t('会是缺口的', 'would be a gap'), unknown: t('会是未知的', 'would be unknown') }[looking.state] : t('两个版本下不同的', 'otherwise under B') }) : ''} onClose={() => setLooking(null)}>
        {looking && <Names unitId={looking.unitId} version={version} against={looking.state ? undefined : against} state={looking.state} />}
      </SidePanel>
    </>
  )
}

function EditedNotes({ edited, wrong, names, same }: { edited: Edited; wrong: { zh: string; en: string }[]; names: ReturnType<typeof useNames>; same: boolean }) {
  const said = useObjections(edited, names)
  return (
    <>
      {wrong.length > 0 && <Note tone="bad">{wrong.map(say).join(' ')}</Note>}
      <Objections said={said} names={names} />
      {same && <p className="b-muted">{t('还没有不同。', 'No difference yet.')}</p>}
    </>
  )
}

/** Keeps the changed copy as a draft of its own; what runs stays as it is until the new one is switched on in its place. */
function SaveVersion({ measure, edited }: { measure: MeasureOf; edited: Edited }) {
  const toast = useToast()
  const [measureId, setMeasureId] = useState(newId)
  const writing = useWrite(draft, {
    onDone: () => {
      setMeasureId(newId())
      toast(t('已存为草案；在措施页启用时可同时停用旧版本', 'Kept as a draft; switch it on in the place of the old one from the measures page'), { tone: 'good' })
    },
  })
  const name = { zh: `${measure.name.zh}（新版）`.slice(0, 60), en: `${measure.name.en} (new)`.slice(0, 100) }
  const { responseId, subjectKind, basis, demandedBy, graceSeconds, followUp, danger, endsAt } = measure
  return (
    <Stack gap={8}>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions">
        <Button look="primary" busy={writing.busy} onClick={() => void writing.run({ measureId, responseId, key: measure.key, name, subjectKind, ...edited, basis, demandedBy, graceSeconds, followUp, danger, endsAt })}>{t('把乙存为草案', 'Keep B as a draft')}</Button>
      </div>
    </Stack>
  )
}

const columns = ['population', 'kept', 'gap', 'unknown', 'asked'] as const
const columnName = (column: (typeof columns)[number]) => ({ population: t('应覆盖', 'Covered'), kept: t('达标', 'Kept'), gap: t('缺口', 'Gap'), unknown: t('未知', 'Unknown'), asked: t('会被问到', 'Would be asked') })[column]

function ByUnit({ answer, units, onOpen, onUnit }: { answer: Answer; units: boolean; onOpen: (unitId: string, name: string, state?: 'asked' | 'gap' | 'unknown') => void; onUnit: (unitId: string) => void }) {
  const compared = answer.total.two !== null
  const rows = useMemo(() => answer.rows.filter((row) => row.one.population > 0 || (row.two?.population ?? 0) > 0).toSorted((a, b) => byName(a.unit, b.unit)), [answer.rows])
  const openable = (column: string): column is 'gap' | 'unknown' | 'asked' => column === 'gap' || column === 'unknown' || column === 'asked'
  const cell = (line: Line, unitId: string, name: string, column: (typeof columns)[number]) => {
    const [one, two] = [line.one[column], line.two?.[column] ?? null]
    const number = one > 0 && openable(column) ? <button type="button" className="p-number num" onClick={() => onOpen(unitId, name, column)}>{count(one)}</button> : <span className="num">{count(one)}</span>
    if (two === null) return number
    return (
      <span className="p-pair">
        {number} <span className="b-muted" aria-label={t('改为', 'becomes')}>→</span> <b className={`num${two === one ? ' b-muted' : ''}`}>{count(two)}</b>
        {two !== one && <small className="num">{two > one ? `＋${count(two - one)}` : `−${count(one - two)}`}</small>}
      </span>
    )
  }
  const line = (row: Line, unit: Answer['unit'], whole: boolean) => (
    <tr key={`${unit.unitId}${whole ? ' whole' : ''}`} className={whole ? 'g-sum-row' : undefined}>
      <th scope="row">{whole ? <>{t('合计', 'All')} <small className="b-muted">{read(unit.name)}</small></> : <button type="button" className="p-number" onClick={() => onUnit(unit.unitId)}>{read(unit.name)}</button>}</th>
      {columns.map((column) => (
        <td key={column} data-measure={columnName(column)}>{cell(row, unit.unitId, read(unit.name), column)}</td>
      ))}
      {compared && <td data-measure={t('结果不同', 'Differ')}>{row.differing > 0 ? <button type="button" className="p-number num" onClick={() => onOpen(unit.unitId, read(unit.name))}>{count(row.differing)}</button> : <span className="num b-muted">0</span>}</td>}
    </tr>
  )
  return (
    <>
      {answer.total.one.population === 0 && (answer.total.two?.population ?? 0) === 0 && <Note tone="warn">{t('这个组织里没有任何对象会被涉及。', 'Nobody here would be covered.')}</Note>}
      {compared && (
        <Note tone={answer.total.differing ? 'info' : 'good'}>
          {answer.total.differing === 0
            ? t('两个版本对每个人的结果都相同。', 'Both versions come out the same for everybody.')
            : t('两个版本下有 {n} {what}的结果不同：', '{n} {what} come out otherwise: ', { n: count(answer.total.differing), what: units ? t('个组织', 'units') : t('人', 'people') }) + answer.moves.map((move) => t('{from} → {to} {n}', '{from} → {to} {n}', { from: stateText(move.from), to: stateText(move.to), n: count(move.count) })).join(t('；', '; '))}
          {answer.total.one.excused > 0 && <> {t('甲的 {n} 项免除不会带到新版本。', 'The {n} {n:excuse of A does|excuses of A do} not go over to a new version.', { n: count(answer.total.one.excused) })}</>}
        </Note>
      )}
      <Panel flush title={t('按组织', 'By unit')} note={compared ? t('甲 → 乙', 'A → B') : t('现在启用会怎样', 'If switched on now')}>
        <div className="g-matrix-scroll" tabIndex={0} role="group" aria-label={t('按组织试算', 'By unit')}>
          <table className="g-matrix p-simulated">
            <thead>
              <tr>
                <th scope="col">{t('组织', 'Unit')}</th>
                {columns.map((column) => <th key={column} scope="col">{columnName(column)}</th>)}
                {compared && <th scope="col">{t('结果不同', 'Differ')}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => line(row, row.unit, false))}
              {line(answer.total, answer.unit, true)}
            </tbody>
          </table>
        </div>
      </Panel>
    </>
  )
}

/** By name, for those who may see names there. */
function Names({ unitId, version, against, state }: { unitId: string; version: Version; against: Version | undefined; state: 'asked' | 'gap' | 'unknown' | undefined }) {
  const [size, setSize] = useState(100)
  const { can } = useSession()
  const found = useRead(simulated, { unitId, version, ...(against ? { against } : {}), ...(state ? { state } : {}), size }, { topics: [] })
  return (
    <Ready read={found} rows={6} empty={{ when: (data) => data.total === 0, show: <EmptyState title={t('没有人', 'Nobody')} /> }}>
      {(data) => (
        <Stack gap={12}>
          <p className="b-muted">{t('共 {n} 个', '{n} in all', { n: count(data.total) })}</p>
          {data.hidden > 0 && <Note tone="info">{t('其中 {n} 个您只能看人数，不能看姓名。', '{n} of them you may count but not see by name.', { n: count(data.hidden) })}</Note>}
          <ul className="c-standings p-names">
            {data.rows.map((row) => (
              <li key={row.subjectId}>
                <span>
                  <b><PersonName name={row.name} {...(row.number ? { number: row.number } : {})} {...(row.number && can('person.read') ? { to: `/people/${row.subjectId}` } : {})} /></b>
                  <small>{row.unit ? read(row.unit.name) : ''}</small>
                </span>
                {against ? <Tag tone="neutral">{stateText(row.one)} → {stateText(row.two)}</Tag> : <Tag tone="neutral">{stateText(row.one)}</Tag>}
              </li>
            ))}
          </ul>
          {data.rows.length + data.hidden < data.total && size < 500 && <Button onClick={() => setSize(500)}>{t('多看一些', 'More')}</Button>}
        </Stack>
      )}
    </Ready>
  )
}
