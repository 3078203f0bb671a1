/** The navigation at the left: what there is for the reader, what waits there, and the views they keep. */
import { Fragment } from 'react'
import { Link, useLocation } from 'wouter'
import { Icon } from '#ui/icons.tsx'
import { t } from '#ui/words.ts'
import type { PageRoute } from '../page-route.ts'
import { consoleRoutes, mayOpen, navGroups } from '../routes.tsx'
import { useMe } from '../session.tsx'
import { short, useNavCounts } from './counts.ts'
import { KeptViews, type KeptView } from './views.tsx'

export function Navigation({ narrow, onFold, kept, onKeep }: { narrow: boolean; onFold: () => void; kept: readonly KeptView[]; onKeep: () => void }) {
  const { can } = useMe()
  const [path] = useLocation()
  const counts = useNavCounts()
  const mine = consoleRoutes.filter((route) => route.nav && mayOpen(route, can))
  return (
    <>
      {navGroups.map((group) => {
        const routes = mine.filter((route) => route.nav?.group === group.key)
        if (routes.length === 0) return null
        return (
          <Fragment key={group.key}>
            {group.key === 'system' && <KeptViews kept={kept} narrow={narrow} onKeep={onKeep} />}
            <section aria-label={t(group.title[0], group.title[1])}>
              <h2>{t(group.title[0], group.title[1])}</h2>
              <ul>
                {routes.map((route) => {
                  const title = t(route.title[0], route.title[1])
                  const waits = counts[route.path]
                  return (
                    <li key={route.path}>
                      <Link href={route.path} className="s-navlink" aria-current={isHere(route, path) ? 'page' : undefined} title={narrow ? (waits ? `${title} · ${waits.said}` : title) : waits?.said}>
                        <Icon name={route.nav?.icon ?? 'file'} size={18} />
                        <span>{title}</span>
                        {waits && (
                          <b className={waits.urgent ? 's-count s-count-urgent num' : 's-count num'}>
                            <span aria-hidden>{short(waits.n)}</span>
                            <span className="sr-only">（{waits.said}）</span>
                          </b>
                        )}
                      </Link>
                    </li>
                  )
                })}
              </ul>
            </section>
          </Fragment>
        )
      })}
      <button type="button" className="s-navlink s-fold" aria-pressed={narrow} onClick={onFold} title={narrow ? t('展开导航', 'Unfold the navigation') : undefined}>
        <Icon name={narrow ? 'next' : 'back'} size={18} />
        <span>{narrow ? t('展开导航', 'Unfold the navigation') : t('收起导航', 'Fold the navigation')}</span>
      </button>
    </>
  )
}

const isHere = (route: PageRoute, path: string) => (route.path === '/' ? path === '/' || path === '/situation' : path === route.path || path.startsWith(`${route.path}/`))
