/** Help requests of a unit: who waits, for how long, whose it is. The urgent first. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useAddressWord } from '#ui/address.ts'
import { AskReason, useReason } from '#slices/directory/web/cards.tsx'
import { useAddress, useUnitChoice } from '#slices/directory/web/unit-choice.ts'
import { Button, Choices, Pick, TabView } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { DataAge } from '#ui/figures.tsx'
import { Filters } from '#ui/filters.tsx'
import { count, spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { Page, Panel } from '#ui/page.tsx'
import { UnitPicker } from '#ui/people.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read as asRead, say, t, useLanguage } from '#ui/words.ts'
import { queue } from '../contract.ts'
import { states, themes, themeWords, type State, type Theme } from '../rules.ts'
import { HelpDesks, HelpFigures } from './help-figures.tsx'
import { HelpPanel } from './help-panel.tsx'
import { Clock, stateName, StateTag, UrgencyTag, type Help } from './help-words.tsx'
import { useHelpUnits } from './use-help-units.ts'
import './help.css'

type Tab = 'queue' | 'desks'
const size = 50

export function HelpDeskPage(_: { params: Record<string, string> }) {
  useLanguage()
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const { options } = useHelpUnits()
  const at = useUnitChoice(useAddress())
  const [tab, setTab] = useAddressWord<Tab>('tab', 'queue', ['queue', 'desks'])
  const [page, setPage] = useState(1)
  // Somebody who answers for several classes sees what is asked in all of them.
  const unitId = at.mine[0] ?? at.unitId
  const andUnits = at.mine.slice(1, 81)
  const state = states.find((one) => one === search.get('state')) ?? null
  const theme = themes.find((one) => one === search.get('theme')) ?? null
  const [counts, setCounts] = useState<string | null>(null)
  const acts = can('help.act') && counts !== unitId
  // Names down, numbers up: whoever counts says why before the requests of a unit are opened by name.
  const gate = useReason(acts ? unitId : null)
  const list = useRead(queue, { unitId: unitId ?? '', ...(andUnits.length ? { andUnits } : {}), ...(state ? { state } : {}), ...(theme ? { theme } : {}), page, size }, { topics: ['help'], enabled: acts && unitId !== null && gate.open, refetchMs: 60_000 })
  const set = (changes: Record<string, string | null>) => {
    if (!('request' in changes)) setPage(1)
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [key, value] of Object.entries(changes)) if (value === null) after.delete(key); else after.set(key, value)
        return after
      },
      { replace: true },
    )
  }
  const open = (requestId: string | null) => set({ request: requestId })
  const mineWords = t('我负责的 {n} 个组织', 'The {n} units I answer for', { n: andUnits.length + 1 })
  // An office elsewhere opens the page; of this unit one may only see the numbers.
  if (list.problem?.status === 404 && unitId && counts !== unitId && !list.data) setCounts(unitId)
  return (
    <Page
      wide title={t('求助', 'Help')} aside={list.data && !state && !theme && <Tag tone={list.data.total ? 'warn' : 'good'}>{t('{n} 件未办结', '{n} open', { n: count(list.data.total) })}</Tag>}
      lead={acts ? t('谁在等、等了多久、归谁办。急的在前，按时间先后。', 'Who waits, for how long, whose it is. The urgent first, then by time.') : t('各类求助有多少、办结了多少，不含姓名。', 'How many of each kind, how many settled; no names.')}
      actions={list.data && <DataAge at={list.data.asOf} />}
    >
      <TabView<Tab>
        value={tab} onChange={setTab}
        items={[
          {
            key: 'queue', label: acts ? t('求助', 'Requests') : t('数量', 'Figures'),
            content: (
              <div className="h-tab">
                <Filters said={[andUnits.length ? mineWords : asRead(options.find((one) => one.id === unitId)?.name ?? ''), state && stateName(state), theme && say(themeWords[theme])].filter(Boolean).join(' · ') || t('筛选', 'Filters')}>
                  <UnitPicker units={options} value={andUnits.length ? null : unitId} onChange={(id) => set({ unit: id })} label={t('组织', 'Unit')} width={260} clearable {...(andUnits.length ? { placeholder: mineWords } : {})} />
                  {acts && <Choices joined label={t('状态', 'State')} value={state ?? 'running'} onChange={(next) => set({ state: next === 'running' ? null : next })} options={[{ value: 'running', label: t('未办结', 'Not closed') }, ...states.map((one) => ({ value: one, label: stateName(one) }))]} />}
                  {acts && <Pick label={t('类别', 'Theme')} width={150} value={theme ?? ''} onChange={(next) => set({ theme: next || null })} options={[{ value: '', label: t('全部类别', 'All themes') }, ...themes.map((one) => ({ value: one, label: say(themeWords[one]) }))]} />}
                </Filters>
                {unitId === null && at.ready && <EmptyState icon="units" title={t('请选择一个组织', 'Choose a unit')} />}
                {unitId !== null && (
                  <div className={acts && !andUnits.length ? 'h-columns' : acts ? undefined : 'h-single'}>
                    {acts && gate.needed && <AskReason at={gate.needed} onGiven={gate.again} />}
                    {acts && !gate.needed && (
                      <Panel flush>
                        <Ready read={list} rows={6} empty={{ when: (data) => data.requests.length === 0, show: <NoHelp state={state} theme={theme} /> }}>
                          {(data) => (
                            <>
                              <ul className="h-list" aria-label={t('求助', 'Help requests')}>
                                {data.requests.map((request) => <Row key={request.requestId} request={request} onOpen={open} />)}
                              </ul>
                              {data.total > size && <Pager page={page} total={data.total} onPage={setPage} />}
                            </>
                          )}
                        </Ready>
                      </Panel>
                    )}
                    {can('coverage.read') && !andUnits.length && <HelpFigures unitId={unitId} theme={theme} {...(acts ? { onTheme: (next: Theme | null) => set({ theme: next }) } : {})} />}
                  </div>
                )}
              </div>
            ),
          },
          { key: 'desks', label: t('受理部门', 'Desks'), content: <HelpDesks units={options} /> },
        ]}
      />
      {acts && <HelpPanel requestId={search.get('request')} units={options} onClose={() => open(null)} />}
    </Page>
  )
}

function Row({ request, onOpen }: { request: Help; onOpen: (requestId: string) => void }) {
  const { person, owner, unit, phone } = request
  return (
    <li className={`h-row h-row-${request.urgency}`}>
      <button type="button" className="h-row-words" onClick={() => onOpen(request.requestId)}>
        <span className="h-row-title">
          <b>{say(themeWords[request.theme])}</b> <span translate="no">{person.name}</span>
          {request.proxy && <small className="b-muted">{t('由{name}代为求助', 'asked by {name}', { name: request.askedBy.name })}</small>}
          <UrgencyTag urgency={request.urgency} /> <StateTag state={request.state} />
        </span>
        <span className="h-row-text">{request.text}</span>
        <small className="h-row-facts">
          <span className={owner ? undefined : 'h-late'}>{unit && asRead(unit.name)} {owner ? <span translate="no">{owner.person.name}</span> : t('无人负责', 'nobody answers')}</span>
          <Clock request={request} />
        </small>
      </button>
      {phone && request.state !== 'closed' && (
        <a className="h-row-call" href={`tel:${phone.replaceAll(/\s/g, '')}`} aria-label={t('拨打 {name} {phone}', 'Call {name} {phone}', { name: person.name, phone: spaced(phone) })}>
          <Icon name="phone" size={18} />
          <span className="num">{spaced(phone)}</span>
        </a>
      )}
    </li>
  )
}

function NoHelp({ state, theme }: { state: State | null; theme: Theme | null }) {
  if (state || theme) return <EmptyState icon="help" title={t('没有这样的求助', 'No such request')} />
  return <EmptyState icon="help" title={t('没有未办结的求助', 'No request is open')}>{t('有人求助时，这里立即显示。', 'When somebody asks for help, it is here at once.')}</EmptyState>
}

function Pager({ page, total, onPage }: { page: number; total: number; onPage: (page: number) => void }) {
  const last = Math.ceil(total / size)
  return (
    <div className="h-pager">
      <Button size="small" disabled={page <= 1} onClick={() => onPage(page - 1)}>{t('上一页', 'Previous')}</Button>
      <span className="num">{page} / {last}</span>
      <Button size="small" disabled={page >= last} onClick={() => onPage(page + 1)}>{t('下一页', 'Next')}</Button>
    </div>
  )
}
