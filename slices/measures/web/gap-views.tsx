/** The ready-made views of the list with their numbers, and those that somebody keeps under a name of their own. */
import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { dropView, saveView, views as viewsCall } from '#slices/directory/contract.ts'
import { Button, Field, Form, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { count } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import type { PeopleAnswer } from './gap-people.ts'
import { readyViews, type ViewKey } from './gap-reach.ts'

export function GapViews({ view, facets, onView }: { view: ViewKey | null; facets: PeopleAnswer['facets'] | undefined; onView: (view: ViewKey) => void }) {
  const search = useSearch()
  const [, go] = useLocation()
  const kept = useRead(viewsCall, {}, { topics: ['views'] })
  const mine = (kept.data?.views ?? []).filter((one) => one.address.startsWith('/gaps?'))
  const here = mine.find((one) => one.address === `/gaps?${search}`)
  const [naming, setNaming] = useState(false)
  const dropping = useWrite(dropView)
  const toast = useToast()
  const numberOf = (key: ViewKey): number | null => {
    if (!facets) return null
    if (key === 'all') return facets.all
    if (key === 'overdue') return facets.overdue
    const found = readyViews.find((one) => one.key === key)
    return found?.reach.length ? facets.reach.filter((one) => found.reach.includes(one.key)).reduce((sum, one) => sum + one.count, 0) : null
  }
  return (
    <div className="g-views" role="group" aria-label={t('视图', 'Views')}>
      {readyViews.map((one) => {
        const n = numberOf(one.key)
        return (
          <button key={one.key} type="button" className="g-view" aria-pressed={view === one.key && !here} onClick={() => onView(one.key)}>
            {t(one.title[0], one.title[1])}
            {n !== null && <b className="num">{count(n)}</b>}
          </button>
        )
      })}
      {mine.map((one) => (
        <span key={one.viewId} className="g-view g-own" data-here={one === here}>
          <button type="button" aria-pressed={one === here} onClick={() => go(one.address)}>{one.name}</button>
          <button type="button" aria-label={t('删除视图 {name}', 'Let the view {name} go', { name: one.name })} onClick={() => void dropping.run({ viewId: one.viewId }).then((done) => done && toast(t('已删除视图“{name}”', 'The view “{name}” is gone', { name: one.name })))}><Icon name="close" size={12} /></button>
        </span>
      ))}
      {!here && search !== '' && (
        <button type="button" className="g-view g-keep" onClick={() => setNaming(true)}>
          <Icon name="plus" size={14} />
          {t('保存此视图', 'Keep this view')}
        </button>
      )}
      <NameView open={naming} address={`/gaps?${search}`} onClose={() => setNaming(false)} />
    </div>
  )
}

function NameView({ open, address, onClose }: { open: boolean; address: string; onClose: () => void }) {
  const [name, setName] = useState('')
  const [viewId, setViewId] = useState(newId)
  const toast = useToast()
  const saving = useWrite(saveView, {
    onDone: () => {
      setName('')
      setViewId(newId())
      toast(t('视图已保存', 'The view is kept'), { tone: 'good' })
      onClose()
    },
  })
  const send = () => name.trim() && void saving.run({ viewId, name: name.trim(), address: address.slice(0, 600) })
  return (
    <SidePanel open={open} title={t('保存此视图', 'Keep this view')} onClose={onClose} width={420}>
      <Form onSubmit={send}>
        <Field label={t('名称', 'Name')} required hint={t('保存组织、筛选、分组和排序，只有您自己看得到。', 'Unit, filters, groups and order are kept, for you alone.')}>
          <TextInput value={name} onChange={setName} maxLength={40} autoFocus />
        </Field>
        <WriteProblem problem={saving.problem} />
        <div className="b-actions"><Button look="primary" submit busy={saving.busy} disabled={!name.trim()}>{t('保存', 'Keep')}</Button></div>
      </Form>
    </SidePanel>
  )
}
