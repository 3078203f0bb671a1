/** Gaps: not a percentage, people. Who is unknown or not in order, who can reach them, what was tried. */
import { useCallback, useMemo, useRef, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { Button, Choices, MenuButton, Pick } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Progress, SidePanel } from '#ui/feedback.tsx'
import { DataAge } from '#ui/figures.tsx'
import { count, relative } from '#ui/format.ts'
import { useNarrow } from '#ui/narrow.ts'
import { Page, Panel } from '#ui/page.tsx'
import { PersonName, UnitPicker } from '#ui/people.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, ErrorState, LoadingState, Note, StaleNote } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { StandingTag, Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, say, t, useLanguage } from '#ui/words.ts'
import { gaps as gapsHead, list, remind } from '../contract.ts'
import { gapKey, useGapPages, type GapRow, type GapsAnswer } from './gap-pages.ts'
import { ExcuseForm, GapPanel, type GapOpening, type GapTab } from './gap-panel.tsx'
import { contactText } from './gap-words.ts'
import { useAddress, useMayOver, useUnitChoice } from './units.ts'
import './measures.css'

type StateChoice = 'open' | 'gap' | 'unknown' | 'excused' | 'kept'
const mostAtOnce = 1000

export function GapsPage() {
  const language = useLanguage()
  const { can } = useSession()
  const address = useAddress()
  const at = useUnitChoice(address)
  const measureId = address.get('measure')
  const state = (address.get('state') ?? 'open') as StateChoice
  const owner = address.get('owner')
  const measures = useRead(list, {}, { topics: ['measures'] })
  const on = useMemo(() => (measures.data?.measures ?? []).filter((one) => one.status === 'on'), [measures.data])
  const base = { unitId: at.unitId ?? '', ...(measureId ? { measureId } : {}), ...(state === 'open' ? {} : { state }) }
  // The owners stay listed while one of them is looked at.
  const whole = useRead(gapsHead, { ...base, size: 1 }, { topics: ['coverage', 'gaps'], enabled: at.unitId !== null && owner !== null })
  const group = owner ? ownerGroups(whole.data?.byOwner ?? []).find((one) => one.key === owner) : undefined
  const pages = useGapPages({ ...base, ...(group ? { within: group.units.map((unit) => unit.id) } : {}) }, at.unitId !== null && (owner === null || whole.data !== undefined))
  const [opening, setOpening] = useState<GapOpening | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [excusing, setExcusing] = useState(false)
  const toast = useToast()
  // A reminder keeps its id until the server has it: pressed again after a lost answer, it is the same one.
  const ids = useRef(new Map<string, string>())
  const reminderOf = useCallback((row: GapRow) => {
    const contactId = ids.current.get(gapKey(row)) ?? newId()
    ids.current.set(gapKey(row), contactId)
    return { contactId, measureId: row.measureId, subjectId: row.subject.id }
  }, [])
  const reminding = useWrite(remind, {
    onDone: (answer) => { ids.current.clear(); toast(answer.left ? t('已提醒 {n} 项；{left} 项一小时内已提醒过', '{n} reminded; {left} were within the hour', { n: answer.reminded, left: answer.left }) : t('已提醒 {n} 项', '{n} reminded', { n: answer.reminded }), { tone: 'good' }) },
  })
  const { run: runRemind } = reminding
  const acts = can('gap.act')
  const answers = useMayOver()('person.answer-for')
  const narrow = useNarrow()
  const columns = useMemo(() => (narrow ? narrowColumns : columnsOf)(language, acts, answers, setOpening, (row) => void runRemind({ items: [reminderOf(row)] })), [narrow, acts, answers, runRemind, reminderOf, language])
  const { head } = pages
  const answer = head.data
  const chosen = useMemo(() => (selected.size ? pages.rows.filter((row) => selected.has(gapKey(row))) : []), [selected, pages.rows])
  const leave = (keys: readonly string[]) => {
    pages.settle(keys)
    setSelected(new Set())
  }
  const owners = owner ? (whole.data ?? answer) : answer
  const show = (key: string | null) => {
    setSelected(new Set())
    address.set({ owner: key })
  }

  return (
    <Page
      wide
      title={t('缺口', 'Gaps')}
      lead={t('不是百分比，是人：谁还不清楚或没有达标，谁能联系上，已经做过什么。', 'Not a percentage: people. Who is unknown or not in order, who can reach them, what was tried.')}
      aside={answer && <Tag tone={answer.total ? 'bad' : 'good'}>{t('{n} 项', '{n}', { n: count(answer.total) })}</Tag>}
      actions={answer && <DataAge at={answer.asOf} />}
    >
      <div className="g-filters">
        {at.trees.length > 1 && <Choices joined label={t('组织树', 'Tree')} value={at.tree} onChange={at.chooseTree} options={at.trees} />}
        <UnitPicker units={at.options} value={at.unitId} onChange={(id) => { setSelected(new Set()); at.choose(id) }} label={t('组织', 'Unit')} width={260} />
        <Pick label={t('措施', 'Measure')} value={measureId ?? ''} onChange={(id) => address.set({ measure: id || null })} options={[{ value: '', label: t('全部措施', 'All measures') }, ...on.map((one) => ({ value: one.measureId, label: say(one.name) }))]} width={260} />
        <Choices
          joined
          label={t('状态', 'State')}
          value={state}
          onChange={(next) => { setSelected(new Set()); address.set({ state: next === 'open' ? null : next }) }}
          options={[{ value: 'open', label: t('缺口与未知', 'Gap and unknown') }, { value: 'gap', label: t('缺口', 'Gap') }, { value: 'unknown', label: t('未知', 'Unknown') }, { value: 'excused', label: t('已免除', 'Excused') }, { value: 'kept', label: t('达标', 'Kept') }]}
        />
      </div>
      {at.me && at.unitId === null && at.ready && <EmptyState title={t('请选择一个组织', 'Choose a unit')} />}
      {head.problem && !answer && <ErrorState problem={head.problem} retry={head.retry} />}
      {head.problem && answer && <StaleNote problem={head.problem} at={head.at} retry={head.retry} />}
      {!answer && !head.problem && <LoadingState rows={8} />}
      {answer && (
        <div className="g-columns">
          <Owners answer={owners} chosen={group ? owner : null} onChoose={show} />
          <Panel flush>
            <RestLine pages={pages} />
            {reminding.problem && <Note tone="bad">{reminding.problem.message}</Note>}
            <DataTable
              name={narrow ? 'gaps-narrow' : 'gaps'}
              label={t('缺口名单', 'Gaps by name')}
              rows={pages.rows}
              columns={columns}
              rowKey={gapKey}
              rowHeight={narrow ? 92 : 56}
              loading={head.fetching && !answer}
              tone={(row) => (row.overdue ? 'bad' : row.state === 'unknown' ? 'warn' : undefined)}
              onOpen={(row) => setOpening({ row, tab: row.state === 'excused' ? 'excuse' : 'contact' })}
              {...(acts && state !== 'kept' && state !== 'excused' ? { selected, onSelect: setSelected } : {})}
              selectionActions={
                <>
                  <Button size="small" busy={reminding.busy} onClick={() => void runRemind({ items: chosen.slice(0, mostAtOnce).map(reminderOf) }).then((done) => done && setSelected(new Set()))}>
                    {t('提醒', 'Remind')}
                  </Button>
                  <Button size="small" onClick={() => setExcusing(true)}>{t('免除…', 'Excuse…')}</Button>
                  {chosen.length > mostAtOnce && <span className="b-muted">{t('一次最多 {n} 项，先处理前 {n} 项', 'At most {n} at once: the first {n} are taken', { n: count(mostAtOnce) })}</span>}
                </>
              }
              empty={<NoGaps state={state} measures={on.length} ready={measures.data !== undefined} />}
            />
          </Panel>
        </div>
      )}
      <GapPanel
        opening={opening && { ...opening, row: pages.rows.find((row) => gapKey(row) === gapKey(opening.row)) ?? opening.row }}
        onTab={(tab: GapTab) => setOpening(opening && { ...opening, tab, dial: false })}
        onClose={() => setOpening(null)}
        onSettled={leave}
        onRestored={pages.restore}
      />
      <SidePanel open={excusing} title={t('免除 {n} 项', 'Excuse {n}', { n: count(Math.min(chosen.length, mostAtOnce)) })} onClose={() => setExcusing(false)}>
        <ExcuseForm rows={chosen.slice(0, mostAtOnce)} onDone={(keys) => { leave(keys); setExcusing(false) }} onUndone={pages.restore} />
      </SidePanel>
    </Page>
  )
}

function NoGaps({ state, measures, ready }: { state: StateChoice; measures: number; ready: boolean }) {
  if (ready && measures === 0)
    return (
      <EmptyState icon="gaps" title={t('还没有启用的措施', 'No measure is on yet')} action={<Button to="/measures">{t('看措施', 'See the measures')}</Button>}>
        {t('有措施启用后，这里列出没有达标的人。', 'Once a measure is on, those not in order are listed here.')}
      </EmptyState>
    )
  if (state === 'excused' || state === 'kept') return <EmptyState title={t('没有这样的人', 'Nobody')} />
  return <EmptyState title={t('没有缺口', 'No gaps')}>{t('这里的每个人都已清楚并达标。', 'Everybody here is known and in order.')}</EmptyState>
}

/** The thousand that are live, and the rest with its age. */
function RestLine({ pages }: { pages: ReturnType<typeof useGapPages> }) {
  const { rest, total, rows } = pages
  if (rest.busy) return <div className="g-rest"><Progress done={rows.length} total={total} label={t('正在载入', 'Loading')} note={t('可以边载入边处理。', 'You can work meanwhile.')} /></div>
  if (rest.problem) return <div className="g-rest"><Note tone="warn" action={<button type="button" className="b-link" onClick={pages.loadRest}>{t('重试', 'Try again')}</button>}>{rest.problem.message}</Note></div>
  if (rest.at > 0 && rest.rows.length)
    return (
      <div className="g-rest b-muted">
        {t('前 1,000 项实时更新，其余载于 {when}。', 'The first 1,000 are live; the rest came {when}.', { when: relative(rest.at, { now: Date.now() }) })}{' '}
        <button type="button" className="b-link" onClick={pages.loadRest}>{t('重新载入', 'Load again')}</button>
      </div>
    )
  if (rest.missing === 0) return null
  return (
    <div className="g-rest">
      {t('共 {n} 项，先载入 {m} 项。可按责任人、组织缩小范围，或', '{n} in all, {m} loaded. Narrow by owner or unit, or', { n: count(total), m: count(rows.length) })}{' '}
      <button type="button" className="b-link" onClick={pages.loadRest}>{t('全部载入', 'load them all')}</button>
    </div>
  )
}

interface OwnerGroup {
  key: string
  owner: GapsAnswer['byOwner'][number]['owner']
  units: { id: string; name: string; count: number }[]
  count: number
}

/** Those who can reach them. Nobody's come first, then by name: no ranking by number. */
export function ownerGroups(byOwner: GapsAnswer['byOwner']): OwnerGroup[] {
  const groups = new Map<string, OwnerGroup>()
  for (const { owner, unit, count: n } of byOwner) {
    const key = owner?.person.personId ?? 'nobody'
    const group = groups.get(key) ?? { key, owner, units: [], count: 0 }
    group.units.push({ id: unit.unitId, name: unit.name, count: n })
    group.count += n
    groups.set(key, group)
  }
  return [...groups.values()].toSorted((a, b) => Number(b.key === 'nobody') - Number(a.key === 'nobody') || Number(a.owner?.direct ?? false) - Number(b.owner?.direct ?? false) || (a.owner?.person.name ?? '').localeCompare(b.owner?.person.name ?? '', 'zh-Hans-CN'))
}

function Owners({ answer, chosen, onChoose }: { answer: GapsAnswer | undefined; chosen: string | null; onChoose: (key: string | null) => void }) {
  const groups = useMemo(() => ownerGroups(answer?.byOwner ?? []), [answer?.byOwner])
  if (!answer || groups.length === 0) return null
  return (
    <nav className="g-owners" aria-label={t('按责任人', 'By owner')}>
      <h2>{t('谁能联系上', 'Who can reach them')}</h2>
      <ul>
        <li>
          <button type="button" className="g-owner" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
            <span className="g-owner-name"><b>{t('全部', 'All')}</b></span>
            <span className="num">{count(answer.total)}</span>
          </button>
        </li>
        {groups.map((group) => (
          <li key={group.key}>
            <button type="button" className={`g-owner${group.key === 'nobody' ? ' g-nobody' : ''}`} aria-pressed={chosen === group.key} onClick={() => onChoose(group.key)}>
              <span className="g-owner-name">
                <b translate="no">{group.owner?.person.name ?? t('无人负责', 'Nobody')}</b>
                <small>{group.owner ? `${read(group.owner.unit.name)} ${read(group.owner.officeTitle)}` : t('找不到在任的责任人', 'No holder in office')}</small>
                <small className="b-muted">{group.units.slice(0, 3).map((unit) => read(unit.name)).join(t('、', ', '))}{group.units.length > 3 ? t(' 等 {n} 个', ' and more: {n}', { n: group.units.length }) : ''}</small>
                {group.owner && !group.owner.direct && <Tag tone="warn">{t('上级代管，没有直接责任人', 'Fell to a higher unit')}</Tag>}
              </span>
              <span className="num">{count(group.count)}</span>
            </button>
            {group.owner?.phone && (
              <a className="g-owner-call" href={`tel:${group.owner.phone}`} title={t('拨打 {name}', 'Call {name}', { name: group.owner.person.name })}>
                {group.owner.phone}
              </a>
            )}
          </li>
        ))}
      </ul>
      {answer.moreUnits > 0 && <p className="b-muted">{t('另有 {n} 个组织未列出，请按组织缩小范围。', '{n} more units are not listed; narrow by unit.', { n: count(answer.moreUnits) })}</p>}
    </nav>
  )
}

function narrowColumns(language: string, acts: boolean, mayAnswer: boolean, open: (opening: GapOpening) => void, remindOne: (row: GapRow) => void): Column<GapRow>[] {
  const all = columnsOf(language, acts, mayAnswer, open, remindOne)
  const kept = all.filter((column) => column.key === 'act').map((column) => ({ ...column, width: 92, cell: (row: GapRow) => (row.state === 'excused' || row.state === 'kept' ? null : <Button icon="phone" hint={t('打电话并记录', 'Call and note')} onClick={() => open({ row, tab: 'contact', dial: true })} />) }))
  const who: Column<GapRow>[] = all.filter((column) => column.key === 'name').map((column) => ({
    ...column,
    cell: (row: GapRow) => (
      <span className="g-stack g-line">
        <span>{column.cell?.(row)}</span>
        <span><StandingTag state={row.state} /> <small className={row.overdue ? 'g-late' : 'b-muted'}>{say(row.measure)}</small></span>
        {row.lastContact && <small className="b-muted">{contactText(row.lastContact)}</small>}
      </span>
    ),
  }))
  return [...who, ...kept]
}

/** `language`: the words in the columns are made in it, so that a change makes new ones. */
function columnsOf(_language: string, acts: boolean, mayAnswer: boolean, open: (opening: GapOpening) => void, remindOne: (row: GapRow) => void): Column<GapRow>[] {
  const columns: Column<GapRow>[] = [
    {
      key: 'name', title: t('对象', 'Who'), value: (row) => `${row.subject.name} ${row.subject.number ?? ''} ${row.subject.unit?.name ?? ''}`, search: true, fixed: true,
      cell: (row) => (
        <span className="g-stack">
          {row.subject.kind === 'unit' ? <b>{read(row.subject.name)}</b> : <PersonName name={row.subject.name} number={row.subject.number ?? undefined} />}
          {row.subject.kind === 'person' && row.subject.unit && <small className="b-muted">{read(row.subject.unit.name)}</small>}
        </span>
      ),
    },
    { key: 'measure', title: t('措施', 'Measure'), value: (row) => say(row.measure), filter: true, width: 150, cell: (row) => <span className="g-wrap">{say(row.measure)}</span> },
    {
      key: 'state', title: t('状态', 'State'), value: (row) => row.state, filter: [{ value: 'gap', label: t('缺口', 'Gap') }, { value: 'unknown', label: t('未知', 'Unknown') }], width: 112,
      cell: (row) => <span className="g-stack"><StandingTag state={row.state} /><small className={row.overdue ? 'g-late' : 'b-muted'}>{relative(row.since)}{row.overdue ? t(' 已超时', ', overdue') : ''}</small></span>,
    },
    {
      key: 'tried', title: t('已做过', 'What was tried'), value: (row) => (row.lastContact ? `${row.lastContact.how}-${row.lastContact.outcome}` : ''), sort: (a, b) => (a.lastContact?.at ?? '').localeCompare(b.lastContact?.at ?? ''), width: 168,
      cell: (row) => (row.excuse ? <span className="g-stack" title={row.excuse.reason}><span>{row.excuse.reason}</span><small className="b-muted" translate="no">{row.excuse.by}</small></span> : row.lastContact ? <span className="g-stack"><span>{contactText(row.lastContact)}</span><small className="b-muted">{row.lastContact.note || (row.contacts > 1 ? t('共 {n} 次', '{n} times', { n: row.contacts }) : '')}</small></span> : <span className="b-muted">{t('还没有联系', 'nothing yet')}</span>),
    },
    { key: 'owner', title: t('责任人', 'Answers'), value: (row) => row.owner?.person.name ?? '', search: true, width: 84, cell: (row) => <span translate="no" className={row.owner ? undefined : 'g-late'}>{row.owner?.person.name ?? t('无人', 'nobody')}</span> },
  ]
  if (acts)
    columns.push({
      key: 'act', title: t('处理', 'Act'), sort: false, width: 174, fixed: true,
      cell: (row) =>
        row.state === 'excused' ? (
          <Button size="small" onClick={() => open({ row, tab: 'excuse' })}>{t('撤销免除', 'End excuse')}</Button>
        ) : row.state === 'kept' ? null : (
          <span className="g-acts">
            <Button size="small" icon="phone" hint={t('打电话并记录', 'Call and note')} onClick={() => open({ row, tab: 'contact', dial: true })} />
            {mayAnswer && <Button size="small" onClick={() => open({ row, tab: 'answer' })}>{t('代填', 'Answer')}</Button>}
            <MenuButton look="quiet" icon="more" hint={t('更多', 'More')} items={[{ label: t('提醒', 'Remind'), run: () => remindOne(row) }, { label: t('记录联系', 'Note a contact'), run: () => open({ row, tab: 'contact' }) }, { label: t('免除…', 'Excuse…'), run: () => open({ row, tab: 'excuse' }) }]} />
          </span>
        ),
    })
  return columns
}
