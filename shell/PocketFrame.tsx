/** The frame of the phone: strip for exercise and network, institution, the screen, four places at the foot. */
import { useCallback, useState, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { canRetry } from '#ui/data.ts'
import { onDevice } from '#ui/format.ts'
import { useLive, useLiveState, useOnline } from '#ui/live.ts'
import { useShownSince } from '#ui/pocket/data.ts'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { Banner, Tabs } from '#ui/pocket/parts.tsx'
import { read, t, useLanguage } from '#ui/words.ts'
import { useArriving } from './pocket/arrive.ts'
import { pocketRoutes } from './pocket/routes.tsx'
import { TabCounts } from './pocket/tab-counts.ts'
import { InstitutionManners, useMe } from './session.tsx'
import { useUpdate } from './update.ts'

export function PocketFrame({ onSignIn, children }: { /** The session has ended; what is half written still stands there. */ onSignIn?: () => void; children: ReactNode }) {
  const { me, problem } = useMe()
  const [path] = useLocation()
  const [counts, setCounts] = useState<Record<string, number>>({})
  useLanguage()
  useLive(me !== undefined && (problem === null || canRetry(problem)))
  useArriving()
  const setCount = useCallback((to: string, count: number) => setCounts((before) => (before[to] === count ? before : { ...before, [to]: count })), [])
  // Whoever holds no office is never given tasks: three places are easier to hit than four.
  const tabs = pocketRoutes.filter((route) => route.nav && (route.path !== '/tasks' || path.startsWith('/tasks') || (me?.offices.length ?? 0) > 0))
  const drill = me?.institution.drill ?? false
  return (
    <TabCounts value={setCount}>
      <div className={drill ? 'p-app p-drill' : 'p-app'}>
        <InstitutionManners />
        {drill && <Banner tone="drill">{t('演练 · 数据均为虚构', 'Drill · all data are synthetic')}</Banner>}
        <div className="p-top">
          <b>{me && read(me.institution.name)}</b>
        </div>
        {onSignIn && <Banner tone="bad" icon="warn" action={<button type="button" className="p-small" onClick={onSignIn}>{t('登录', 'Sign in')}</button>}>{t('登录已失效。正在写的请先复制，登录后再提交。', 'You were signed out. Copy what you are writing, sign in, then send it.')}</Banner>}
        <NetworkBanner />
        <UpdateBanner />
        <main className="p-main">{children}</main>
        <Tabs
          items={tabs.map((route) => ({
            to: route.path,
            label: t(route.title[0], route.title[1]),
            icon: route.nav?.icon ?? 'home',
            here: route.path === placeOf(path),
            ...(counts[route.path] ? { count: counts[route.path] ?? 0 } : {}),
          }))}
        />
      </div>
    </TabCounts>
  )
}

/** The tab under which a screen lies. */
function placeOf(path: string): string {
  const [, first = ''] = path.split('/')
  return { calls: '/tasks', outbox: '/me', help: '/', case: '/' }[first] ?? `/${first}`
}

/** No network, or something waits to be sent, or something was refused. */
export function NetworkBanner() {
  const [path] = useLocation()
  const toOutbox = path === '/outbox' ? null : (
    <Link className="p-banner-act" href="/outbox">
      {t('查看', 'See')}
    </Link>
  )
  const online = useOnline()
  const live = useLiveState()
  const { waiting, refused } = useOutbox()
  const since = useShownSince()
  if (refused.length > 0)
    return (
      <Banner tone="bad" icon="warn" action={toOutbox}>
        {t('{n} 项没有被接受，内容还在。', '{n} not accepted; nothing is lost.', { n: refused.length })}
      </Banner>
    )
  if (!online || since !== null || (live === 'lost' && waiting.length > 0))
    return (
      <Banner tone="offline" icon="offline" {...(waiting.length > 0 ? { action: toOutbox } : {})}>
        {online ? t('连不上服务器。', 'The server is not reached. ') : t('没有网络。', 'No network. ')}
        {waiting.length > 0 ? t('{n} 项已保存在本机，恢复后自动发送。', '{n} kept on this phone, sent when it returns.', { n: waiting.length }) : t('可以照常填写，恢复后自动发送。', 'Answer as usual; it is sent when it returns.')}
        {since !== null && <small>{t('显示的是 {when} 的内容，联网后自动更新', 'Showing what was there {when}; updates when the network is back', { when: onDevice(since) })}</small>}
      </Banner>
    )
  return null
}

function UpdateBanner() {
  const [place] = useLocation()
  const { ready, putOff, apply } = useUpdate(place)
  if (!ready) return null
  if (putOff) return <Banner tone="info">{t('提交或离开这一页后更新，正在写的不会丢。', 'Updated once this is sent or left; what you are writing is not lost.')}</Banner>
  return (
    <Banner
      tone="info"
      action={
        <button type="button" className="p-small" onClick={apply}>
          {t('更新', 'Update')}
        </button>
      }
    >
      {t('有新版本。未发送的内容会保留。', 'A new version is ready. Unsent entries are kept.')}
    </Banner>
  )
}
