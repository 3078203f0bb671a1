/** Cases of a unit's people: who is under what, until when, who answers, who has not been checked today. What waits for a person first. */
import { localDay } from '#kernel/clock.ts'
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { AskReason, useReason } from '#slices/directory/web/cards.tsx'
import { useAddress, useUnitChoice } from '#slices/directory/web/unit-choice.ts'
import { useAddressWord } from '#ui/address.ts'
import { Button, Choices, Pick } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { DataAge } from '#ui/figures.tsx'
import { Filters } from '#ui/filters.tsx'
import { count, date, relative } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { Page, Panel } from '#ui/page.tsx'
import { UnitPicker } from '#ui/people.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { read as asRead, t, useLanguage } from '#ui/words.ts'
import { counts, list } from '../contract.ts'
import { caseKinds, worrying } from '../rules.ts'
import { illnessName, kindName, KindTag, leftWords, saidWords, type CaseLine } from './case-words.tsx'
import './health.css'

const shows = ['open', 'to-release', 'missing', 'today', 'released'] as const
type Show = (typeof shows)[number]
const size = 100

export function CasesPage(_: { params: Record<string, string> }) {
  const language = useLanguage()
  const { can } = useSession()
  const [, go] = useLocation()
  const address = useAddress()
  const at = useUnitChoice(address)
  const narrow = useNarrow()
  const [show, setShow] = useAddressWord<Show>('show', 'open', shows)
  const kind = caseKinds.find((one) => one === address.get('kind')) ?? null
  const [page, setPage] = useState(1)
  // Somebody who answers for several classes sees those of all of them.
  const unitId = at.mine[0] ?? at.unitId
  const andUnits = at.mine.slice(1, 81)
  const units = { unitId: unitId ?? '', ...(andUnits.length ? { andUnits } : {}) }
  const counted = useRead(counts, units, { topics: ['cases'], enabled: unitId !== null, refetchMs: 60_000 })
  // Names down, numbers up: whoever counts says why before people are opened by name.
  const gate = useReason(unitId)
  const found = useRead(list, { ...units, show, ...(kind ? { kind } : {}), page, size }, { topics: ['cases'], enabled: unitId !== null && gate.open, refetchMs: 60_000 })
  const today = localDay(found.data?.asOf ?? new Date(0).toISOString(), at.me?.institution.timeZone ?? 'Asia/Shanghai')
  const n = counted.data
  const labels: Record<Show, string> = {
    open: n ? t('在管 {n}', 'Open {n}', { n: count(n.open) }) : t('在管', 'Open'), 'to-release': n ? t('待解除 {n}', 'To be released {n}', { n: count(n.toRelease) }) : t('待解除', 'To be released'),
    missing: n ? t('今日未监测 {n}', 'Not checked today {n}', { n: count(n.missing) }) : t('今日未监测', 'Not checked today'), today: n ? t('今日新建 {n}', 'Opened today {n}', { n: count(n.today) }) : t('今日新建', 'Opened today'), released: t('已解除', 'Released'),
  }
  // The titles are words of a language.
  const columns = useMemo(() => columnsOf(today, narrow, language), [today, narrow, language])
  const mineWords = t('我负责的 {n} 个组织', 'The {n} units I answer for', { n: andUnits.length + 1 })
  const choose = (next: Show) => { setPage(1); setShow(next) }
  return (
    <Page
      wide title={t('个案', 'Cases')} lead={t('谁在健康管理中、到哪天、由谁负责、今天谁还没有监测。到期只提示，由具名的人解除。', 'Who is under health management, until when, who answers, who was not checked today. What is due is shown; a named person releases.')}
      actions={<>{found.data && <DataAge at={found.data.asOf} />}{can('case.act') && <Button look="primary" icon="plus" to="/cases/new">{t('新建个案', 'New case')}</Button>}</>}
    >
      <Filters said={[andUnits.length ? mineWords : asRead(at.unit?.name ?? ''), labels[show], kind && kindName(kind)].filter(Boolean).join(' · ')}>
        <UnitPicker units={at.options} value={andUnits.length ? null : unitId} onChange={at.choose} label={t('组织', 'Unit')} width={240} clearable {...(andUnits.length ? { placeholder: mineWords } : {})} />
        <Choices joined label={t('哪些个案', 'Which cases')} value={show} onChange={choose} options={shows.map((value) => ({ value, label: labels[value] }))} />
        <Pick label={t('管理类别', 'Kind')} width={150} value={kind ?? ''} onChange={(next) => { setPage(1); address.set({ kind: next || null }) }} options={[{ value: '', label: t('全部类别', 'All kinds') }, ...caseKinds.map((one) => ({ value: one, label: kindName(one) }))]} />
      </Filters>
      {unitId === null && at.ready && <EmptyState icon="units" title={t('请选择一个组织', 'Choose a unit')} />}
      {gate.needed ? (
        <AskReason at={gate.needed} onGiven={gate.again} />
      ) : (
        unitId !== null && (
          <Panel flush>
            <Ready read={found} rows={6} empty={{ when: (data) => data.total === 0, show: <NoCases show={show} /> }}>
              {(data) => (
                <>
                  <DataTable<CaseLine> name={narrow ? 'cases-narrow' : 'cases'} label={t('个案', 'Cases')} rows={data.cases} rowKey={(one) => one.caseId} onOpen={(one) => go(`/cases/${one.caseId}`)} columns={columns} rowHeight={narrow ? 68 : 56} />
                  {data.total > size && (
                    <div className="c-pager">
                      <Button size="small" disabled={page <= 1} onClick={() => setPage(page - 1)}>{t('上一页', 'Previous')}</Button>
                      <span className="num">{page} / {Math.ceil(data.total / size)}</span>
                      <Button size="small" disabled={page * size >= data.total} onClick={() => setPage(page + 1)}>{t('下一页', 'Next')}</Button>
                    </div>
                  )}
                </>
              )}
            </Ready>
          </Panel>
        )
      )}
    </Page>
  )
}

function columnsOf(today: string, narrow: boolean, _language: string): Column<CaseLine>[] {
  const person: Column<CaseLine> = { key: 'person', title: t('姓名', 'Person'), value: (one) => one.person.name, search: true, fixed: true, ...(narrow ? {} : { width: 140 }), cell: (one) => <span className="c-two"><b translate="no">{one.person.name}</b><small className="b-muted">{one.unit ? asRead(one.unit.name) : one.person.number}</small></span> }
  if (narrow)
    return [person, { key: 'state', title: t('类别与到期', 'Kind and end'), value: (one) => one.untilDay, width: 170, cell: (one) => <span className="c-two"><KindTag kind={one.kind} /><small className={one.state === 'to-release' || one.missingToday ? 'c-late' : 'b-muted'}>{one.state === 'released' ? t('已解除', 'Released') : [leftWords(one, today), one.missingToday && t('今天未监测', 'not checked')].filter(Boolean).join(t('，', ', '))}</small></span> }]
  return [
    person,
    { key: 'kind', title: t('管理类别', 'Kind'), value: (one) => kindName(one.kind), filter: true, width: 116, cell: (one) => <KindTag kind={one.kind} /> },
    { key: 'illness', title: t('病种', 'Illness'), value: (one) => illnessName(one.illness), filter: true, width: 104 },
    { key: 'until', title: t('计划至', 'Planned until'), value: (one) => one.untilDay, width: 116, cell: (one) => <span className="c-two"><span className="num">{date(one.untilDay)}</span><small className={one.state === 'to-release' ? 'c-late' : 'b-muted'}>{one.released ? t('{when}解除', 'released {when}', { when: date(one.released.at) }) : leftWords(one, today)}</small></span> },
    { key: 'check', title: t('最近监测', 'Last check'), value: (one) => one.lastCheck?.at ?? '', width: 246, cell: (one) => <LastCheck one={one} /> },
    { key: 'missed', title: t('漏测', 'Missed'), value: (one) => one.daysMissed, align: 'end', width: 70, cell: (one) => (one.daysMissed ? <span className="c-late num">{t('{n} 天', '{n} d', { n: one.daysMissed })}</span> : <span className="b-muted">—</span>) },
    { key: 'place', title: t('地点', 'Where'), value: (one) => one.place, search: true, width: 196, cell: (one) => <span title={one.place}>{one.place}</span> },
    { key: 'answers', title: t('负责人', 'Answers'), value: (one) => one.answers?.person.name ?? '', filter: true, width: 150, cell: (one) => (one.answers ? <span className="c-two"><span translate="no">{one.answers.person.name}</span><small className="b-muted">{one.offered ? t('移交{who}，待确认', 'handed to {who}, not confirmed', { who: one.offered.person.name }) : officeTitle(one.answers.officeTitle)}</small></span> : <span className="c-late">{t('无人负责', 'nobody answers')}</span>) },
  ]
}

function LastCheck({ one: { lastCheck, missingToday } }: { one: CaseLine }) {
  if (!lastCheck) return <span className={missingToday ? 'c-late' : 'b-muted'}>{t('还没有', 'none yet')}</span>
  return (
    <span className="c-two">
      <span className={worrying(lastCheck) ? 'c-late' : undefined} title={saidWords(lastCheck)}>{saidWords(lastCheck)}</span>
      <small className={missingToday ? 'c-late' : 'b-muted'}>{missingToday ? t('今天还没有（{when}）', 'none today ({when})', { when: relative(lastCheck.at) }) : relative(lastCheck.at)}</small>
    </span>
  )
}

function NoCases({ show }: { show: Show }) {
  const title = { open: t('没有在管的个案', 'No case is open'), 'to-release': t('没有待解除的个案', 'None is to be released'), missing: t('今天都已监测', 'Everybody was checked today'), today: t('今天没有新建个案', 'None was opened today'), released: t('还没有解除的个案', 'None was released yet') }[show]
  return <EmptyState icon="pulse" title={title}>{show === 'open' && t('校医或辅导员新建个案后，本人和负责人的手机上立即可见。', 'Once a doctor or counsellor opens one, the person and whoever answers see it on their phones.')}</EmptyState>
}
