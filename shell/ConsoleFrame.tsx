/** The frame of the console: navigation at the left, institution and account above, the page in the middle. */
import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { MenuButton } from '#ui/controls.tsx'
import { queryClient } from '#ui/data.ts'
import { Icon, Mark } from '#ui/icons.tsx'
import { keep, recall } from '#ui/kept.ts'
import { useLive } from '#ui/live.ts'
import { setLook, useLookChoice } from '#ui/look.ts'
import { useNarrow } from '#ui/media.ts'
import { OfflineBar } from '#ui/states.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read, setLanguage, t, useLanguage } from '#ui/words.ts'
import { DrillBand } from './DrillBand.tsx'
import { Navigation } from './navigation/Navigation.tsx'
import { useTravel } from './navigation/travel.ts'
import { NameView, newView, useHere, useKeptViews, type KeptView } from './navigation/views.tsx'
import { showOverlay } from './palette/opening.ts'
import { Overlays, useSignOut } from './palette/Overlays.tsx'
import { InstitutionManners, useMe } from './session.tsx'
import './console-frame.css'
import './navigation/navigation.css'

export interface ConsoleFrameProps {
  /** What is being answered now: the chip of the open responses. */
  response?: ReactNode
  children: ReactNode
}

export function ConsoleFrame({ response, children }: ConsoleFrameProps) {
  const { me } = useMe()
  const [path] = useLocation()
  // Opened on this page: going elsewhere closes it.
  const [openAt, setOpenAt] = useState<string | null>(null)
  const open = openAt === path
  useLanguage()
  useLive(me !== undefined)
  const told = useTravel()
  const [narrow, fold] = useFolded()
  const hand = useNarrow()
  const here = useHere()
  const kept = useKeptViews()
  const [named, name] = useState<KeptView | null>(null)
  const keepable = here !== null && !kept.some((view) => view.address === here.address)
  const keep = useCallback(() => { if (here) name(newView(here)) }, [here])
  const drill = me?.institution.drill ?? false
  const [search] = useSearchParams()
  // The wall fills the screen: nothing of the frame stands behind it for keys or ears.
  if (search.get('wall') === '1')
    return (
      <>
        <InstitutionManners />
        {children}
      </>
    )
  return (
    <div className={`s-frame${drill ? ' s-drill' : ''}${open ? ' s-open' : ''}${narrow ? ' s-narrow' : ''}`}>
      <InstitutionManners />
      <Overlays keepView={keepable ? keep : null} foldNavigation={fold} />
      <NameView view={named} onClose={() => name(null)} />
      <span className="sr-only" role="status" aria-live="polite">{told}</span>
      <a className="s-skip" href="#main">
        {t('跳到正文', 'Skip to the page')}
      </a>
      <header className="s-top">
        <button type="button" className="s-burger" aria-label={t('导航', 'Navigation')} aria-expanded={open} onClick={() => setOpenAt(open ? null : path)}>
          <Icon name={open ? 'close' : 'menu'} />
        </button>
        <Link href="/" className="s-brand" aria-label={t('堡垒，首页', 'Bulwark, start')}>
          <Mark size={28} />
          <b>{t('堡垒', 'Bulwark')}</b>
        </Link>
        <span className="s-institution">{me && read(me.institution.name)}</span>
        {response && <span className="s-response">{response}</span>}
        <button type="button" className="s-find" title={t('查找与命令（Ctrl K）', 'Find and do (Ctrl K)')} aria-haspopup="dialog" onClick={() => showOverlay('palette')}>
          <Icon name="search" size={18} />
          <span>{t('查找人员、组织、通知…', 'Find people, units, notices…')}</span>
          <kbd aria-hidden>{control}</kbd>
        </button>
        <span className="s-grow" />
        {/* In the hand the one menu holds them all. */}
        {!(hand && me) && <LanguageMenu />}
        {!(hand && me) && <LookMenu />}
        {me && <AccountMenu hand={hand} />}
      </header>
      {drill && <DrillBand hand={hand} />}
      <nav className="s-nav" aria-label={t('主导航', 'Main')}>
        <Navigation narrow={narrow && !open} onFold={fold} kept={kept} onKeep={keep} />
      </nav>
      {open && <button type="button" className="s-veil" aria-label={t('关闭导航', 'Close navigation')} onClick={() => setOpenAt(null)} />}
      <main id="main" className="s-main" tabIndex={-1}>
        <OfflineBar />
        {children}
      </main>
    </div>
  )
}

const control = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘ K' : 'Ctrl K'
const foldedKey = 'bulwark.navigation'

/** Whether the navigation is folded to its icons; remembered on this device. */
function useFolded(): [boolean, () => void] {
  const [folded, setFolded] = useState(() => recall(foldedKey) === 'folded')
  const turn = useMemo(() => () => setFolded((before) => {
    keep(foldedKey, before ? 'open' : 'folded')
    return !before
  }), [])
  return [folded, turn]
}

function LanguageMenu() {
  const now = useLanguage()
  return (
    <MenuButton
      look="quiet"
      icon="language"
      hint={t('语言', 'Language')}
      label={<span className="s-wide">{now === 'en' ? 'English' : now === 'zh-Hant' ? '繁體' : '简体'}</span>}
      items={languageItems()}
    />
  )
}
const languageItems = () => [
  { label: '简体中文', run: () => void setLanguage('zh-Hans').then(again) },
  { label: '繁體中文', run: () => void setLanguage('zh-Hant').then(again) },
  { label: 'English', run: () => void setLanguage('en').then(again) },
]

/** Some answers carry words of the server in the reader's language. */
const again = () => void queryClient.invalidateQueries()

function LookMenu() {
  const choice = useLookChoice()
  return (
    <MenuButton
      look="quiet"
      icon={choice === 'dark' ? 'moon' : 'sun'}
      hint={t('明暗', 'Light or dark')}
      items={lookItems()}
    />
  )
}
const lookItems = () => [
  { label: t('跟随系统', 'As the system'), run: () => setLook('system') },
  { label: t('浅色', 'Light'), icon: 'sun' as const, run: () => setLook('light') },
  { label: t('深色', 'Dark'), icon: 'moon' as const, run: () => setLook('dark') },
]

function AccountMenu({ hand }: { hand: boolean }) {
  const { me } = useMe()
  const [, go] = useLocation()
  const leave = useSignOut()
  if (!me) return null
  const office = me.offices[0]
  return (
    <MenuButton
      look="quiet"
      icon="me"
      hint={t('账户：{name}', 'Account: {name}', { name: me.person.name })}
      label={
        <span className="s-account s-wide">
          <b translate="no">{me.person.name}</b>
          {office && (
            <small>
              {read(office.unit.name)} {officeTitle(office.title)}
            </small>
          )}
        </span>
      }
      items={[
        { label: t('我的账户', 'My account'), icon: 'me', run: () => go('/account') },
        { label: t('键盘快捷键', 'Keyboard shortcuts'), icon: 'help', run: () => showOverlay('keys') },
        { label: t('手机页', 'Phone page'), icon: 'phone', run: () => location.assign('/m/') },
        ...(hand ? (['line', ...languageItems(), 'line', ...lookItems()] as const) : []),
        'line',
        { label: t('退出登录', 'Sign out'), icon: 'out', run: leave },
      ]}
    />
  )
}
