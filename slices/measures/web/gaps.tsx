/** Gaps: not a percentage, people. Who is still to be reached, the number, what was tried, and one press for what came of it. */
import { useDeferredValue, useMemo, useState } from 'react'
import { AskReason, useReason } from '#slices/directory/web/cards.tsx'
import { Button, Check, Choices, Pick, TextInput } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { DataAge } from '#ui/figures.tsx'
import { Filters } from '#ui/filters.tsx'
import { count, presentMoment } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { keep, recall } from '#ui/kept.ts'
import { KeyHint, useKey } from '#ui/keys.tsx'
import { useNarrow } from '#ui/media.ts'
import { Page, Panel } from '#ui/page.tsx'
import { UnitPicker } from '#ui/people.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, ErrorState, LoadingState, StaleNote } from '#ui/states.tsx'
import { mostOnPaper, usePrinting, useRows } from '#ui/table/use-rows.ts'
import { Tag } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import { gapPeople, list } from '../contract.ts'
import { GapGroups, groupings, ownerGroups, type GroupBy } from './gap-groups.tsx'
import { dial, phoneOf, type GapPanelKind, type Outcome } from './gap-line.tsx'
import { GapList, gapLineHeight } from './gap-list.tsx'
import { GapPanel, type GapOpening } from './gap-panel.tsx'
import { GapPaper } from './gap-paper.tsx'
import { idOf, useGapPeople, type GapPerson, type PeopleQuestion } from './gap-people.ts'
import { dangerName, reaches, readyViews, type ViewKey } from './gap-reach.ts'
import { GapViews } from './gap-views.tsx'
import { useGapWork } from './gap-work.ts'
import { useDialling, type Dialling } from './use-dialling.ts'
import { useAddress, useMayOver, useUnitChoice } from '#slices/directory/web/unit-choice.ts'
import './measures.css'

const groupKey = 'bulwark.gaps.by'
const states = ['gap', 'unknown', 'kept', 'excused'] as const
type Sort = NonNullable<PeopleQuestion['sort']>
const sorts: readonly Sort[] = ['unit', 'name', 'since', 'danger', 'reach']

interface Chip {
  words: string
  clear: Record<string, string | null>
}

/** The list that the address asks for. */
function useQuestion(address: ReturnType<typeof useAddress>) {
  const state = states.find((one) => one === address.get('state'))
  const asked = readyViews.find((one) => one.key === address.get('view'))
  const reach = reaches.filter((one) => (address.get('reach') ?? '').split(',').includes(one))
  // A figure that opens its rows shows all of them; otherwise first whoever is still to be reached.
  const view: ViewKey | null = state === 'excused' ? 'excused' : (asked?.key ?? (state || reach.length ? null : 'due'))
  const sort = sorts.find((one) => one === address.get('sort')) ?? 'unit'
  const danger = Number(address.get('danger'))
  const shown = readyViews.find((one) => one.key === view)
  const reached = reach.length ? reach : (shown?.reach ?? [])
  return {
    view, state: view === 'excused' ? ('excused' as const) : state, sort, down: address.get('down') === '1', measureId: address.get('measure'), owner: address.get('owner'), unit: address.get('in'), danger: danger >= 1 && danger <= 3 ? danger : null,
    late: address.get('late') === '1' || view === 'overdue', reach: reached, text: address.get('q') ?? '',
  }
}

export function GapsPage() {
  const { me, can } = useSession<{ person: { name: string; personId: string } }>()
  const mayOver = useMayOver()
  const address = useAddress()
  const at = useUnitChoice(address)
  const asked = useQuestion(address)
  const text = useDeferredValue(asked.text)
  // Also at 200 % on a small screen: nobody looks for an outcome beyond the edge.
  const narrow = useNarrow(860)
  const [chosenBy, setBy] = useState<GroupBy | null>(() => groupings.find((one) => one === recall(groupKey)) ?? null)
  const measuresOn = useRead(list, {}, { topics: ['measures'] })
  const on = useMemo(() => (measuresOn.data?.measures ?? []).filter((one) => one.status === 'on'), [measuresOn.data])
  // Somebody who answers for several classes sees them all.
  const unitId = at.mine[0] ?? at.unitId
  const andUnits = at.mine.slice(1, 81)
  const scope = { unitId: unitId ?? '', ...(andUnits.length ? { andUnits } : {}) }
  const gate = useReason(unitId)
  // How they divide does not change while one looks at a part.
  const divided = useRead(gapPeople, { ...scope, ...(asked.state ? { state: asked.state } : {}), size: 1, facets: true }, { topics: ['coverage', 'gaps'], enabled: unitId !== null && gate.open })
  const facets = divided.data?.facets ?? undefined
  // Who answers for all of them alone wants to see the classes.
  const by = chosenBy ?? (facets && ownerGroups(facets.units).length < 2 ? 'unit' : 'owner')
  const owned = asked.owner && facets ? ownerGroups(facets.units).find((one) => one.key === asked.owner) : undefined
  const within = owned ? owned.units.map((unit) => unit.id) : asked.unit ? [asked.unit] : null
  const people = useGapPeople(
    {
      ...scope, ...(asked.state ? { state: asked.state } : {}), ...(asked.measureId ? { measureId: asked.measureId } : {}), ...(asked.reach.length ? { reach: [...asked.reach] } : {}), ...(asked.danger ? { danger: asked.danger } : {}), ...(asked.late ? { overdue: true } : {}),
      ...(within ? { within } : {}), ...(text.trim() ? { text: text.trim().slice(0, 60) } : {}), sort: asked.sort, ...(asked.down ? { down: true } : {}),
    },
    unitId !== null && gate.open && (asked.owner === null || facets !== undefined),
  )
  const answer = people.head.data
  const measures = useMemo(() => new Map((answer?.measures ?? []).map((one) => [one.measureId, one])), [answer?.measures])
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [opening, setOpening] = useState<GapOpening | null>(null)
  const work = useGapWork(people, me?.person.name ?? null)
  const may = { act: can('gap.act'), excuse: can('gap.excuse'), answer: mayOver('person.answer-for') }
  const state = asked.state === 'kept' || asked.state === 'excused' ? asked.state : 'open'
  const quiet = state === 'kept' || (!may.act && !may.excuse)
  const selects = may.act && state === 'open'
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const withOne = (index: number, run: (person: GapPerson) => void) => {
    const one = people.at(index)
    if (one) run(one)
  }
  const rows = useRows({
    total: people.total, rowHeight: gapLineHeight(narrow), printed: 0, inPage: narrow,
    onEnter: (index) => withOne(index, (one) => open([one], 'call')), onSpace: selects ? (index) => withOne(index, (one) => toggle(idOf(one))) : undefined,
  })
  const { active } = rows
  const reason = gate.needed

  const show = (changes: Record<string, string | null>) => {
    setSelected(new Set())
    rows.setActive(0)
    address.set(changes)
  }
  /** What a key or a button of the bar is about: the selection, else the line one is on. */
  const meant = (): GapPerson[] => {
    if (selected.size) return people.loaded.filter((one) => selected.has(idOf(one)))
    const one = people.at(active)
    return one ? [one] : []
  }
  const open = (list: readonly GapPerson[], panel: GapPanelKind) => {
    if (!list.length) return
    // The sheet gives focus back to where it was; the list goes on with the next line.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setOpening({ people: panel === 'call' || panel === 'answer' ? list.slice(0, 1) : list, panel })
  }
  const dialling = useDialling()
  const outcome = (person: GapPerson, what: Outcome, index: number) => {
    void work.note(person, 'call', what)
    const next = people.at(index + 1)
    // In the hand the pocket has a round of calls of its own.
    const phone = next && !narrow && !people.done.get(idOf(next)) ? phoneOf(next) : null
    dialling.noted(idOf(person), next && phone ? { id: idOf(next), phone: dial(phone) } : null)
    rows.goTo(index + 1)
  }
  const close = () => {
    setOpening(null)
    setTimeout(() => rows.goTo(active), 60)
  }
  const printing = usePrinting()
  const [gathering, setGathering] = useState(false)
  /** The rest of the list is fetched before it is printed: what nobody scrolled to belongs on the paper too. */
  const print = async () => {
    setGathering(true)
    const whole = await people.wantAll(mostOnPaper)
    setGathering(false)
    if (whole) setTimeout(() => globalThis.print(), 50)
  }
  useKey('Ctrl+p', () => void print(), answer !== undefined && people.total > 0 && !gathering)
  const keys = opening === null && reason === null && !quiet && answer !== undefined
  const onKey = (run: () => void) => () => people.total > 0 && run()
  useKey('j', onKey(() => rows.goTo(active + 1)), keys)
  useKey('k', onKey(() => rows.goTo(active - 1)), keys)
  useKey('d', onKey(() => withOne(active, (one) => { const phone = phoneOf(one); if (phone) dialling.ring({ id: idOf(one), phone: dial(phone) }) })), keys)
  useKey('c', onKey(() => open(meant(), 'call')), keys)
  useKey('r', onKey(() => void work.remind(meant()).then((done) => done && setSelected(new Set()))), keys && may.act && state === 'open')
  useKey('a', onKey(() => open(meant(), 'answer')), keys && may.answer && state === 'open')
  useKey('e', onKey(() => open(meant(), 'excuse')), keys && may.excuse && state === 'open')
  useKey('h', onKey(() => open(meant(), 'hand')), keys && may.act && state === 'open')
  useKey('u', () => work.undo(), keys && may.act)
  const press = (what: Outcome) => onKey(() => { const [one] = selected.size ? [] : meant(); if (one) outcome(one, what, active) })
  useKey('1', press('reached'), keys && may.act && state === 'open')
  useKey('2', press('promised'), keys && may.act && state === 'open')
  useKey('3', press('no-answer'), keys && may.act && state === 'open')
  useKey('x', onKey(() => withOne(active, (one) => toggle(idOf(one)))), keys && selects)

  const groupChoice: Record<GroupBy, string | null> = { owner: asked.owner, unit: asked.unit, measure: asked.measureId, danger: asked.danger ? String(asked.danger) : null, overdue: address.get('late') === '1' ? 'yes' : null }
  const groupAddress: Record<GroupBy, (key: string | null) => Record<string, string | null>> = { owner: (key) => ({ owner: key, in: null }), unit: (key) => ({ in: key, owner: null }), measure: (key) => ({ measure: key }), danger: (key) => ({ danger: key }), overdue: (key) => ({ late: key && '1' }) }
  const chips = ([
    asked.owner && { words: owned?.owner?.person.name ?? t('无人负责', 'Nobody answers'), clear: { owner: null } }, asked.unit && { words: at.nameOf(asked.unit), clear: { in: null } }, asked.measureId && { words: say(on.find((one) => one.measureId === asked.measureId)?.name ?? { zh: '', en: '' }), clear: { measure: null } },
    asked.danger && { words: dangerName(asked.danger), clear: { danger: null } }, address.get('late') === '1' && { words: t('已超时', 'Overdue'), clear: { late: null } },
    (asked.state === 'gap' || asked.state === 'unknown' || asked.state === 'kept') && { words: { gap: t('只看缺口', 'Gaps only'), unknown: t('只看未知', 'Unknown only'), kept: t('达标的人', 'In order') }[asked.state], clear: { state: null } },
  ] as (Chip | false | '' | null | undefined)[]).filter((one): one is Chip => typeof one === 'object' && one !== null)
  const chosen = selected.size ? people.loaded.filter((one) => selected.has(idOf(one))) : []

  const mineWords = t('我负责的 {n} 个组织', 'The {n} {n:unit|units} I answer for', { n: andUnits.length + 1 })
  const said = andUnits.length ? mineWords : at.unit ? read(at.unit.name) : t('筛选', 'Filters')
  const view = readyViews.find((one) => one.key === asked.view)
  const paperScope = [said, ...(view ? [t(view.title[0], view.title[1])] : []), ...chips.map((chip) => chip.words), ...(asked.text.trim() ? [`“${asked.text.trim()}”`] : [])]
  const filters = (
    <>
      {at.trees.length > 1 && <Choices joined label={t('组织树', 'Tree')} value={at.tree} onChange={at.chooseTree} options={at.trees} />}
      <UnitPicker units={at.options} value={andUnits.length ? null : unitId} onChange={(id) => { setSelected(new Set()); at.choose(id) }} label={t('组织', 'Unit')} width={240} clearable {...(andUnits.length ? { placeholder: mineWords } : {})} />
      <span className="g-search"><TextInput type="search" prefix="search" value={asked.text} onChange={(q) => show({ q: q || null })} label={t('找人', 'Find somebody')} placeholder={t('姓名、拼音首字母或学号', 'Name, initials or number')} maxLength={60} /></span>
      <Pick label={t('排序', 'Order')} value={asked.sort} onChange={(sort) => show({ sort: sort && sort !== 'unit' ? sort : null })} width={170} options={[{ value: 'unit', label: t('按组织排', 'By unit') }, { value: 'name', label: t('按姓名排', 'By name') }, { value: 'since', label: t('最久的在前', 'Longest first') }, { value: 'danger', label: t('最要紧的在前', 'Most urgent first') }, { value: 'reach', label: t('没联系的在前', 'Not tried first') }]} />
    </>
  )

  return (
    <Page
      wide
      title={t('缺口', 'Gaps')}
      {...(narrow ? {} : { lead: t('不是百分比，是人：先给还没联系上的人打电话，按一下记结果。', 'Not a percentage: people. Call whoever has not been reached, and note what came of it with one press.') })}
      aside={answer && <Tag tone={answer.total ? 'bad' : 'good'}>{asked.view === 'due' ? t('还没联系上 {n} 人', '{n} not reached yet', { n: count(answer.total) }) : t('{n} 人', '{n} {n:person|people}', { n: count(answer.total) })}</Tag>}
      actions={answer && <><DataAge at={answer.asOf} />{!narrow && reason === null && people.total > 0 && <Button size="small" icon="print" busy={gathering} hint={people.total > mostOnPaper ? t('名单过长，纸上只有前 {n} 人', 'The list is long: the first {n} are printed', { n: count(mostOnPaper) }) : undefined} onClick={() => void print()}>{t('打印名单', 'Print the list')}</Button>}</>}
    >
      {reason === null && <GapViews view={asked.view} facets={asked.state ? undefined : facets} onView={(view) => show({ view, state: null, reach: null, late: null })} />}
      <Filters
        said={said}
        always={chips.map((chip) => (
          <button key={chip.words} type="button" className="g-chip" onClick={() => show(chip.clear)} aria-label={t('去掉条件：{what}', 'Drop the filter: {what}', { what: chip.words })}>
            {chip.words}
            <Icon name="close" size={12} />
          </button>
        ))}
      >
        {filters}
      </Filters>
      {reason && <AskReason at={reason} onGiven={gate.again} />}
      {at.me && unitId === null && at.ready && <EmptyState title={t('请选择一个组织', 'Choose a unit')} />}
      {!reason && people.head.problem && !answer && <ErrorState problem={people.head.problem} retry={people.head.retry} />}
      {!reason && people.head.problem && answer && <StaleNote problem={people.head.problem} at={people.head.at} retry={people.head.retry} />}
      {!reason && !answer && !people.head.problem && <LoadingState rows={8} />}
      {!reason && answer && (
        <div className="g-columns">
          {facets && facets.all > 0 && !narrow && <GapGroups facets={facets} measures={measures} by={by} onBy={(next) => { setBy(next); keep(groupKey, next) }} chosen={groupChoice[by]} onChoose={(key) => show(groupAddress[by](key))} />}
          <Panel flush>
            {chosen.length > 0 && (
              <div className="b-table-selection">
                <b>{t('已选 {n} 人', '{n} selected', { n: count(chosen.length) })}</b>
                <Button size="small" busy={work.busy} onClick={() => void work.remind(chosen).then((done) => done && setSelected(new Set()))}>{t('提醒', 'Remind')}</Button>
                <Button size="small" onClick={() => open(chosen, 'hand')}>{t('转交…', 'Hand over…')}</Button>
                {may.excuse && <Button size="small" onClick={() => open(chosen, 'excuse')}>{t('免除…', 'Excuse…')}</Button>}
                <button type="button" className="b-link" onClick={() => setSelected(new Set())}>{t('取消选择', 'Clear')}</button>
              </div>
            )}
            {people.total === 0 ? <NoGaps asked={asked} measures={on.length} ready={measuresOn.data !== undefined} all={facets?.all ?? 0} onAll={() => show({ view: 'all', state: null, reach: null, q: null, owner: null, in: null, measure: null, danger: null, late: null })} /> : (
              <GapList
                people={people} rows={rows} narrow={narrow} quiet={quiet} measures={measures} can={may} state={state} label={t('缺口名单', 'Gaps by name')}
                selected={selected} onSelect={selects ? setSelected : null} onToggle={toggle}
                onOutcome={outcome} onOpen={(person, panel) => open([person], panel)} onRemind={(listed) => void work.remind(listed)} onEndExcuse={(person) => void work.endExcuse(person)} onTakeBack={(person) => void work.takeBack(person)} dialling={dialling}
              />
            )}
            {printing && <GapPaper people={people} measures={measures} scope={paperScope} by={me?.person.name ?? ''} asOf={answer.asOf} state={state} />}
            {!quiet && !narrow && people.total > 0 && state === 'open' && <Hints may={may} dialling={dialling} />}
          </Panel>
        </div>
      )}
      <GapPanel
        opening={opening} measures={measures} busy={work.busy} problem={work.problem} onClose={close}
        onNoted={(person, how, what, words) => void work.note(person, how, what, words).then((done) => { if (done) { setOpening(null); setTimeout(() => rows.goTo(active + 1), 60) } })}
        onAnswered={(person) => { people.note([idOf(person)], { at: Date.now(), settled: 'answered' }); close() }}
        onExcused={(list_, undo) => { const ids = list_.map(idOf); const back = () => { undo(); people.note(ids, { at: Date.now() }) }; people.note(ids, { at: Date.now(), settled: 'excused', undo: back }); work.remember(back); setSelected(new Set()); close() }}
        onHanded={(list_, to, words) => { people.note(list_.map(idOf), { at: Date.now(), reach: 'handed', handed: { to: to.name, unit: read(to.unit), by: me?.person.name ?? null, at: presentMoment().toISOString(), words } }); setSelected(new Set()); close() }}
      />
    </Page>
  )
}

function Hints({ may, dialling }: { may: { act: boolean; excuse: boolean; answer: boolean }; dialling: Dialling }) {
  const hints: ([string, string] | false)[] = [['j+k', t('上下', 'down, up')], ['d', t('拨号', 'dial')], ['c', t('联系经过', 'what was tried')], may.act && ['1+2+3', t('联系上 / 答应 / 没人接', 'reached / promised / no answer')], may.act && ['r', t('提醒', 'remind')], may.answer && ['a', t('代填', 'answer for')], may.excuse && ['e', t('免除', 'excuse')], may.act && ['h', t('转交', 'hand over')], ['x', t('选择', 'select')], may.act && ['u', t('撤回', 'undo')]]
  return (
    <div className="g-hints">
      {may.act && <Check value={dialling.on} onChange={dialling.turn}>{t('记下结果后，接着拨下一位', 'After noting it, dial the next')}</Check>}
      <p aria-hidden>
        {hints.filter((one): one is [string, string] => one !== false).map(([keys, words]) => <span key={keys}><KeyHint keys={keys} /> {words}</span>)}
      </p>
    </div>
  )
}

function NoGaps({ asked, measures, ready, all, onAll }: { asked: ReturnType<typeof useQuestion>; measures: number; ready: boolean; all: number; onAll: () => void }) {
  if (ready && measures === 0)
    return (
      <EmptyState icon="gaps" title={t('还没有启用的措施', 'No measure is on yet')} action={<Button to="/measures">{t('看措施', 'See the measures')}</Button>}>
        {t('有措施启用后，这里列出没有达标的人。', 'Once a measure is on, those not in order are listed here.')}
      </EmptyState>
    )
  if (asked.state === 'excused' || asked.state === 'kept') return <EmptyState title={t('没有这样的人', 'Nobody')} />
  if (all > 0)
    return (
      <EmptyState title={asked.view === 'due' && !asked.text ? t('都联系过了', 'Everybody was reached') : t('没有符合条件的人', 'Nobody matches')} action={<Button onClick={onAll}>{t('看全部 {n} 人', 'See all {n}', { n: count(all) })}</Button>}>
        {asked.view === 'due' && !asked.text ? t('还有 {n} 人联系过但没补上，或已转交。', '{n} {n:was reached but has not answered, or was|were reached but have not answered, or were} handed over.', { n: count(all) }) : t('换个条件试试。', 'Try other filters.')}
      </EmptyState>
    )
  return <EmptyState title={t('没有缺口', 'No gaps')}>{t('这里的每个人都已清楚并达标。', 'Everybody here is known and in order.')}</EmptyState>
}
