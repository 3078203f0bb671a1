/** The situation on a wall: goes round by itself, stands while somebody is at it, says how old its data are. */
import { useEffect, useState, type CSSProperties } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { date, presentMoment, relative, time } from '#ui/format.ts'
import { Icon, Mark } from '#ui/icons.tsx'
import { usePresses } from '#ui/keys.tsx'
import { useLiveState, useOnline } from '#ui/live.ts'
import { read, t } from '#ui/words.ts'
import type { OpenResponse, Situation } from '../reads.ts'
import { openOf } from '../trend.ts'
import { useAwake, useFullScreen, useWallLook, useWallUnit } from './awake.ts'
import { freshnessOf } from './freshness.ts'
import { FiguresScene, HourScene, LateScene, MapScene } from './scenes.tsx'
import { sceneLength, useDrive } from './use-drive.ts'
import './wall.css'

interface Scene {
  key: string
  title: string
  kind: 'figures' | 'map' | 'worst' | 'late' | 'hour'
  response: OpenResponse | null
}

/** For each open response its figures and its map; then what belongs to all of them. */
function scenesOf(situation: Situation): Scene[] {
  const { open, coverage, can } = situation
  const missing = (coverage.data?.total ?? []).some((cell) => openOf(cell) > 0)
  const drawn = (coverage.data?.rows.length ?? 0) > 0 && (coverage.data?.measures.length ?? 0) > 0
  const of = (response: OpenResponse | null): Scene[] => {
    const id = response ? ` ${response.responseId}` : ''
    return [
      { key: `figures${id}`, title: t('总体', 'Figures'), kind: 'figures', response },
      ...(drawn ? [{ key: `map${id}`, title: t('覆盖', 'Coverage'), kind: 'map' as const, response }] : []),
      ...(drawn && missing ? [{ key: `worst${id}`, title: t('最差处', 'Worst'), kind: 'worst' as const, response }] : []),
    ]
  }
  return [
    ...(open.length > 1 ? open.flatMap(of) : of(null)),
    ...(can('notice.read') ? [{ key: 'late', title: t('逾期', 'Overdue'), kind: 'late' as const, response: null }, { key: 'hour', title: t('一小时', 'Last hour'), kind: 'hour' as const, response: null }] : []),
  ]
}

const levels = ['', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ']
const levelWord = ({ level }: OpenResponse) => t('{n}级', 'Level {n}', { n: levels[level] ?? level })

/** Of many scenes the present one is always to be seen. */
const intoSight = (button: HTMLElement | null) => button?.scrollIntoView({ block: 'nearest', inline: 'nearest' })

export function Wall({ situation }: { situation: Situation }) {
  const { responses, coverage, can } = situation
  // What there is to show is known once these have come, or failed.
  const ready = (responses.data ?? responses.problem) && (!can('coverage.read') || situation.homeId === null || (coverage.data ?? coverage.problem))
  return ready ? <Round situation={situation} /> : <Waiting />
}

function Waiting() {
  const u = useWallUnit()
  useWallLook()
  return (
    <div className="w-wall w-waiting" style={{ '--u': `${u}px` } as CSSProperties} role="status">
      <Mark size={Math.round(160 * u)} />
      <p>{t('正在取数据…', 'Fetching the data…')}</p>
    </div>
  )
}

function Round({ situation }: { situation: Situation }) {
  const [search, setSearch] = useSearchParams()
  const [, go] = useLocation()
  const u = useWallUnit()
  const [look, turnLook] = useWallLook()
  const screen = useFullScreen()
  const awake = useAwake()
  const scenes = scenesOf(situation)
  const wanted = scenes.findIndex((scene) => scene.key === search.get('scene'))
  const { state, act, held } = useDrive(scenes.length, Math.max(0, wanted), search.get('hold') === '1')
  const scene = scenes[state.scene] ?? scenes[0]
  const leave = () => {
    if (screen.on) screen.turn()
    go('/situation')
  }
  const show = (index: number) => {
    act({ kind: 'show', scene: index })
    const next = scenes[index]
    if (next) setSearch((before) => { const after = new URLSearchParams(before); after.set('scene', next.key); return after }, { replace: true })
  }
  usePresses((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const keys: Record<string, () => void> = {
      ' ': () => act({ kind: 'pause' }), ArrowRight: () => act({ kind: 'go', by: 1 }), ArrowLeft: () => act({ kind: 'go', by: -1 }), f: screen.turn, d: turnLook,
      // Escape first leaves the full screen; the browser does that.
      Escape: () => { if (!screen.on) leave() },
    }
    const on = event.target instanceof HTMLElement && event.target.closest('button') !== null
    const run = event.key === ' ' && on ? undefined : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (run) {
      event.preventDefault()
      run()
    } else act({ kind: 'touch' })
  })

  return (
    <div className="w-wall" style={{ '--u': `${u}px` } as CSSProperties} onPointerDown={() => act({ kind: 'touch' })}>
      <Head situation={situation} shown={scene?.response ?? null} />
      <Freshness situation={situation} />
      <main className="w-stage" id="wall" aria-label={scene?.title}>
        <span key={`${state.scene} ${state.since}`} className={held ? 'w-turn w-turn-held' : 'w-turn'} style={{ animationDuration: `${sceneLength}ms` }} aria-hidden />
        {scene?.kind === 'figures' && <FiguresScene key={scene.key} situation={situation} response={scene.response} u={u} />}
        {(scene?.kind === 'map' || scene?.kind === 'worst') && <MapScene key={scene.key} situation={situation} response={scene.response} u={u} worst={scene.kind === 'worst'} />}
        {scene?.kind === 'late' && <LateScene situation={situation} response={null} u={u} />}
        {scene?.kind === 'hour' && <HourScene situation={situation} response={null} u={u} />}
      </main>
      <footer className="w-foot" onPointerDown={(event) => event.stopPropagation()}>
        <Age situation={situation} />
        <nav aria-label={t('画面', 'Scenes')}>
          {scenes.map((one, index) => (
            <button key={one.key} ref={index === state.scene ? intoSight : undefined} type="button" aria-current={index === state.scene ? 'true' : undefined} onClick={() => show(index)}>
              {one.response && one.kind === 'figures' && `${levelWord(one.response)} · `}
              {one.title}
            </button>
          ))}
        </nav>
        <div className="w-acts">
          {awake === false && <small>{t('屏幕可能会熄灭', 'may go dark')}</small>}
          <button type="button" onClick={() => act({ kind: 'pause' })}>{held ? t('继续轮播', 'Go on') : t('暂停', 'Pause')}</button>
          {screen.can && <button type="button" onClick={screen.turn}>{screen.on ? t('退出全屏', 'Leave full screen') : t('全屏', 'Full screen')}</button>}
          <button type="button" onClick={turnLook}>{look === 'dark' ? t('浅色', 'Light') : t('深色', 'Dark')}</button>
          <button type="button" onClick={leave}>{t('退出大屏', 'Leave')}</button>
        </div>
      </footer>
    </div>
  )
}

function Head({ situation, shown }: { situation: Situation; shown: OpenResponse | null }) {
  const { me, open } = situation
  const now = useTicks()
  return (
    <header className="w-head">
      <h1>
        <Mark size={64} />
        <span>{me && read(me.institution.name)}</span>
        {me?.institution.drill && <b className="w-drill">{t('演练', 'Drill')}</b>}
      </h1>
      <div className={open.length > 1 ? 'w-levels w-levels-many' : 'w-levels'}>
        {open.map((one) => (
          <div key={one.responseId} className={shown && shown.responseId !== one.responseId ? 'w-response w-other' : 'w-response'}>
            <b className={`w-level w-level-${one.level}`}>{levelWord(one)}</b>
            <span className="w-response-name">{read(one.name)}</span>
            <span className="w-day num">{t('第 {n} 天', 'day {n}', { n: one.day })}</span>
          </div>
        ))}
        {situation.responses.data && open.length === 0 && <div className="w-response"><span className="w-response-name">{t('平时状态', 'Normal times')}</span></div>}
      </div>
      <time className="w-clock num" dateTime={now.toISOString()}>
        <b>{time(now)}</b>
        <small>{date(now, { weekday: true })}</small>
      </time>
    </header>
  )
}

/** Loud where the data cannot be trusted; silent otherwise. */
function Freshness({ situation }: { situation: Situation }) {
  const now = useTicks()
  const online = useOnline()
  const live = useLiveState()
  const { data, problem } = situation.coverage
  const state = freshnessOf({ asOf: data?.asOf, now: now.getTime(), online, lost: live === 'lost', failed: problem !== null })
  useEffect(() => {
    document.documentElement.dataset['wall'] = state
    return () => { delete document.documentElement.dataset['wall'] }
  }, [state])
  if (state === 'fresh') return null
  const when = data ? `${time(data.asOf)}（${relative(data.asOf)}）` : ''
  return (
    <p className="w-stale" role="alert">
      <Icon name="offline" size={40} />
      {state === 'offline'
        ? data ? t('网络已断开。画面停在 {when}，恢复后自动更新。', 'No network. The picture stands at {when}; it goes on when the network returns.', { when }) : t('网络已断开，恢复后自动显示。', 'No network. It shows when the network returns.')
        : state === 'behind' ? t('数据不是最新：停在 {when}，正在重新连接。', 'Not up to date: it stands at {when}; connecting again.', { when }) : t('取不到数据，正在重新连接。', 'No data; connecting again.')}
    </p>
  )
}

function Age({ situation }: { situation: Situation }) {
  useTicks()
  const live = useLiveState()
  const asOf = situation.coverage.data?.asOf
  return (
    <p className="w-age">
      <i className={`w-dot w-dot-${live}`} aria-hidden />
      <span>{asOf ? t('数据 {time}，{when}', 'data of {time}, {when}', { time: time(asOf), when: relative(asOf) }) : t('正在取数据', 'fetching')}</span>
    </p>
  )
}

function useTicks(): Date {
  const [now, set] = useState(presentMoment)
  useEffect(() => {
    const timer = setInterval(() => set(presentMoment()), 5000)
    return () => clearInterval(timer)
  }, [])
  return now
}
