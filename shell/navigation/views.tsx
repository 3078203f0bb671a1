/** Views that a person keeps: a page with its filters, under a name, on every device of theirs. */
import { lazy, Suspense, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { dropView, saveView, views } from '#slices/directory/contract.ts'
import { MenuButton } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Icon } from '#ui/icons.tsx'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import { useMatch } from '../Pages.tsx'
import { consoleRoutes } from '../routes.tsx'

export type KeptView = Output<typeof views>['views'][number]

const NameForm = lazy(() => import('./NameView.tsx').then((module) => ({ default: module.NameView })))

/** Asks for a name; null: closed. */
export function NameView({ view, onClose }: { view: KeptView | null; onClose: () => void }) {
  return <Suspense fallback={null}>{view && <NameForm view={view} onClose={onClose} />}</Suspense>
}

/** Filters in a steady order, so that the same view is the same address. */
function addressOf(path: string, search: string): string {
  const words = new URLSearchParams(search)
  words.sort()
  const text = words.toString()
  return text ? `${path}?${text}` : path
}

/** What is open now, if it can be kept: a page of filters, with or without any set. */
export function useHere(): { address: string; title: string } | null {
  const [path] = useLocation()
  const search = useSearch()
  const match = useMatch(consoleRoutes)
  if (!match?.route.filters) return null
  return { address: addressOf(path, search).slice(0, 600), title: t(match.route.title[0], match.route.title[1]) }
}

export function useKeptViews(): readonly KeptView[] {
  return useRead(views, {}, { topics: ['views'] }).data?.views ?? []
}

export function KeptViews({ kept, narrow, onKeep }: { kept: readonly KeptView[]; narrow: boolean; onKeep: () => void }) {
  const here = useHere()
  const toast = useToast()
  const [renamed, rename] = useState<KeptView | null>(null)
  const save = useWrite(saveView)
  const drop = useWrite(dropView)
  const remove = (view: KeptView) =>
    void drop.run({ viewId: view.viewId }).then((done) => done && toast(t('已删除视图“{name}”', 'The view “{name}” is gone', { name: view.name }), { action: { label: t('撤销', 'Undo'), run: () => void save.run(view) } }))
  if (kept.length === 0 && (!here || narrow)) return null
  return (
    <section aria-label={t('我的视图', 'My views')}>
      <h2>{t('我的视图', 'My views')}</h2>
      <ul>
        {kept.map((view) => (
          <li key={view.viewId} className="s-view">
            <Link href={view.address} className="s-navlink" title={view.name} aria-current={here?.address === view.address ? 'page' : undefined}>
              <Icon name="pin" size={18} />
              <span>{view.name}</span>
            </Link>
            <span className="s-view-menu">
              <MenuButton look="quiet" icon="more" hint={t('视图“{name}”', 'View “{name}”', { name: view.name })} items={[{ label: t('改名', 'Rename'), run: () => rename(view) }, { label: t('删除', 'Delete'), danger: true, run: () => remove(view) }]} />
            </span>
          </li>
        ))}
        {here && !kept.some((view) => view.address === here.address) && (
          <li>
            <button type="button" className="s-navlink s-keep" onClick={onKeep} title={t('记住当前视图', 'Keep this view')}>
              <Icon name="plus" size={18} />
              <span>{t('记住当前视图', 'Keep this view')}</span>
            </button>
          </li>
        )}
      </ul>
      <NameView view={renamed} onClose={() => rename(null)} />
    </section>
  )
}

export const newView = (here: { address: string; title: string }): KeptView => ({ viewId: newId(), name: here.title, address: here.address })
