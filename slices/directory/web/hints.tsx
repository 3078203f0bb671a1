/** Who answers for whom, at the beginning: offices as the rosters say, to be confirmed; offices nobody holds; people nobody answers for. */
import { useMemo, useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button, Pick } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { count } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { Page, Panel, RowLink, Stack } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, t, useLanguage } from '#ui/words.ts'
import { officeHints, settleHints, setup } from '../contract.ts'
import { roleName } from './role-name.ts'
import { useMine } from './words.ts'
import './directory.css'
import './setup.css'

type Hint = Output<typeof officeHints>['hints'][number]
const keyOf = (hint: Hint) => [hint.unit.unitId, hint.title, hint.number, hint.name].join(' ')
const asKey = ({ unit, title, number, name }: Hint) => ({ unitId: unit.unitId, title, number, name })
const atOnce = 500

export function StartOfficesPage() {
  const { me } = useMine()
  const hints = useRead(officeHints, {}, { topics: ['directory'] })
  const has = useRead(setup, {}, { topics: ['directory'] })
  return (
    <Page
      wide
      title={t('谁负责谁', 'Who answers for whom')}
      lead={t('从名册的“职务”列和“辅导员”列整理。只是建议：确认了才任命，任命后权限即按职务生效。', 'Worked out from the titles and counsellors in the rosters. Proposals only: confirming appoints, and rights follow the office.')}
      breadcrumb={[{ label: t('启用', 'Getting started'), to: '/start' }]}
    >
      <Ready read={hints} empty={{ when: (data) => data.hints.length === 0, show: <Panel><EmptyState icon="people" title={t('没有待确认的建议', 'No proposals are waiting')} action={<Button to="/roster?kind=offices">{t('导入任职表', 'Import a table of offices')}</Button>}>{t('名册里有“职务”或“辅导员”列时，这里会列出建议。也可以导入任职表，或在组织页逐个任命。', 'Where rosters have titles or counsellors, proposals are listed here. Or import a table of offices, or appoint on the pages of units.')}</EmptyState></Panel> }}>
        {(data) => <Hints data={data} />}
      </Ready>
      <Panel flush title={t('还缺什么', 'What is still missing')}>
        {has.data && has.data.unanswered > 0 && me?.homeUnitId && <RowLink to={`/orphans/${me.homeUnitId}`} title={t('{n} 人还没有人直接负责', '{n} {n:person|people} {n:has|have} nobody who answers for them directly', { n: count(has.data.unanswered) })} text={t('逐个组织列出，暂由谁兜底也写明', 'Unit by unit, and to whom they fall meanwhile')} end={<Tag tone="bad">{t('无人负责', 'Nobody')}</Tag>} />}
        {has.data && has.data.unanswered === 0 && <div className="d-inner">{t('人人有直接负责的人。', 'Everybody has somebody who answers directly.')}</div>}
        <RowLink to="/settings/roles" title={t('全校性职务由谁担任', 'Who holds the offices over the whole institution')} text={t('值班员、管理员、校医、个人信息保护负责人', 'Duty officers, administrators, doctors, data-protection officer')} />
        <RowLink to="/units" title={t('在组织页逐个任命', 'Appoint on the pages of units')} text={t('任职、代理、起止日期', 'Holders, deputies, dates')} />
      </Panel>
    </Page>
  )
}

function Hints({ data }: { data: Output<typeof officeHints> }) {
  const toast = useToast()
  const narrow = useNarrow()
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const settling = useWrite(settleHints, {
    onDone: (answer) => {
      setSelected(new Set())
      setAsking(false)
      toast(answer.appointed > 0 ? t('已任命 {n} 人次', '{n} appointed', { n: count(answer.appointed) }) : t('{n} 条不采纳', '{n} put aside', { n: count(answer.putAside) }), { tone: 'good' })
    },
  })
  const meant = (hint: Hint) => chosen[keyOf(hint)] ?? (hint.candidates.length === 1 ? hint.candidates[0]?.personId : undefined)
  const picked = data.hints.filter((hint) => selected.has(keyOf(hint)))
  const clear = data.hints.filter((hint) => meant(hint) !== undefined)
  const appoint = (list: readonly Hint[]) => settling.run({ appoint: list.slice(0, atOnce).flatMap((hint) => { const personId = meant(hint); return personId ? [{ ...asKey(hint), personId }] : [] }), putAside: [] })
  const wide = useLanguage() === 'en'
  const columns = useMemo((): Column<Hint>[] => {
    const who: Column<Hint> = {
      key: 'who', title: t('谁', 'Who'), value: (hint) => `${hint.candidates[0]?.name ?? hint.name} ${hint.number}`, search: true, width: 280,
      cell: (hint) =>
        hint.candidates.length === 1 ? <PersonName name={hint.candidates[0]?.name ?? ''} number={hint.candidates[0]?.number ?? ''} />
        : hint.candidates.length === 0 ? <span className="d-hint-name"><span className="b-bad">{t('名册里没有“{name}”', '“{name}” is not in the roster', { name: hint.number || hint.name })}</span><small className="b-muted">{t('导入教职工名册后会自动认出', 'An import of staff will tell')}</small></span>
        : <Pick label={t('同名，是哪一位', 'Several of that name: who is meant')} placeholder={t('同名 {n} 人，请选', '{n} of that name', { n: hint.candidates.length })} value={chosen[keyOf(hint)] ?? null} onChange={(personId) => setChosen((before) => { const next = { ...before }; if (personId) next[keyOf(hint)] = personId; else delete next[keyOf(hint)]; return next })} options={hint.candidates.map((one) => ({ value: one.personId, label: `${one.name} ${one.number}` }))} />,
    }
    const what: Column<Hint> = { key: 'title', title: t('职务', 'Office'), value: (hint) => officeTitle(hint.title), filter: true, search: true, width: wide ? 190 : 150, cell: (hint) => <b>{officeTitle(hint.title)}</b> }
    const where: Column<Hint> = { key: 'unit', title: t('组织', 'Unit'), value: (hint) => inScript(hint.path), search: true, cell: (hint) => <span title={inScript(hint.path)}>{inScript(hint.path)}</span> }
    const role: Column<Hint> = { key: 'role', title: t('相当于', 'Carries'), value: (hint) => roleName(hint.role), filter: true, width: wide ? 180 : 130 }
    return narrow ? [{ ...who, width: 120 }, { ...where, cell: (hint) => <span className="d-hint-name"><b>{officeTitle(hint.title)}</b><small>{inScript(hint.path)}</small></span> }] : [where, what, who, role]
  }, [chosen, narrow, wide])
  return (
    <>
      <Panel flush title={t('{n} 条建议', '{n} {n:proposal|proposals}', { n: count(data.total) })} note={t('{n} 条可直接确认', '{n} {n:is|are} clear', { n: count(clear.length) })} actions={clear.length > 0 && <Button look="primary" onClick={() => setAsking(true)}>{t('全部确认（{n}）', 'Confirm all ({n})', { n: count(Math.min(clear.length, atOnce)) })}</Button>}>
        <DataTable
          name={narrow ? 'office-hints-narrow' : 'office-hints'} label={t('任职建议', 'Proposals')} rows={data.hints} rowKey={keyOf} columns={columns} rowHeight={narrow ? 92 : 52} height={Math.min(560, data.hints.length * (narrow ? 92 : 52) + 4)}
          selected={selected} onSelect={setSelected} tone={(hint) => (hint.candidates.length === 1 ? undefined : 'warn')}
          selectionActions={
            <Stack row gap={8}>
              <Button look="primary" size="small" busy={settling.busy} disabled={!picked.some((hint) => meant(hint))} onClick={() => void appoint(picked)}>{t('确认所选', 'Confirm these')}</Button>
              <Button size="small" busy={settling.busy} onClick={() => void settling.run({ appoint: [], putAside: picked.slice(0, atOnce).map(asKey) })}>{t('不采纳', 'Put aside')}</Button>
            </Stack>
          }
        />
      </Panel>
      <WriteProblem problem={asking ? null : settling.problem} />
      {data.total > data.hints.length && <Note>{t('先列出 {n} 条，确认后继续。', 'The first {n} are listed; more come once these are settled.', { n: count(data.hints.length) })}</Note>}
      <Confirm open={asking} title={t('确认 {n} 条任职？', 'Appoint {n}?', { n: count(Math.min(clear.length, atOnce)) })} action={t('任命', 'Appoint')} busy={settling.busy} problem={settling.problem} onClose={() => setAsking(false)} onConfirm={() => void appoint(clear)}>
        <p>{t('从现在起任职，没有期限；随时可在组织页免职。任职人的权限按职务立即生效，但没有账号的人仍不能登录。', 'They hold office from now on, without end; it can be ended on the page of the unit. Rights follow at once, but whoever has no account still cannot sign in.')}</p>
      </Confirm>
    </>
  )
}
