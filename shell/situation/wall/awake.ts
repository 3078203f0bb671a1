/** What a screen on a wall needs of the device: it stays awake, fills the screen, keeps its own look. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { keep, recall } from '#ui/kept.ts'
import { lookChoice, setLook, type Look } from '#ui/look.ts'

/** Keeps the screen awake while shown; asked again whenever the page comes back into sight. @returns whether it is kept awake; null: the browser cannot. */
export function useAwake(): boolean | null {
  const can = 'wakeLock' in navigator
  const [awake, set] = useState(false)
  useEffect(() => {
    if (!can) return
    let lock: WakeLockSentinel | null = null
    let gone = false
    const ask = async () => {
      if (document.visibilityState !== 'visible' || gone) return
      try {
        const next = await navigator.wakeLock.request('screen')
        if (gone) return void next.release()
        lock = next
        set(true)
        next.addEventListener('release', () => set(false))
      } catch {
        // A low battery, or a policy: it is said at the foot of the wall.
        set(false)
      }
    }
    void ask()
    document.addEventListener('visibilitychange', ask)
    return () => {
      gone = true
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [can])
  return can ? awake : null
}

const full = () => document.fullscreenElement !== null
export function useFullScreen(): { can: boolean; on: boolean; turn: () => void } {
  const on = useSyncExternalStore(
    (listener) => {
      document.addEventListener('fullscreenchange', listener)
      return () => document.removeEventListener('fullscreenchange', listener)
    },
    full,
  )
  return { can: document.fullscreenEnabled, on, turn: () => void (full() ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => undefined) }
}

const wallKey = 'bulwark.wall.look'
const deskKey = 'bulwark.look'

/** A wall has a look of its own, dark unless chosen otherwise; that of the desk comes back on leaving. */
export function useWallLook(): [Look, () => void] {
  const [look, choose] = useState<Look>(() => (recall(wallKey) === 'light' ? 'light' : 'dark'))
  const [desk] = useState(lookChoice)
  useEffect(() => {
    const stored = recall(deskKey)
    setLook(look)
    // Only this page: what the desk remembers stays as it was.
    keep(deskKey, stored)
  }, [look])
  useEffect(() => () => setLook(desk), [desk])
  return [
    look,
    () => {
      const next = look === 'dark' ? 'light' : 'dark'
      keep(wallKey, next)
      choose(next)
    },
  ]
}

/** One unit of the wall in px: 1 at 1920 × 1080. On a phone it is no smaller than can be read in the hand. */
export function useWallUnit(): number {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('resize', listener)
      return () => window.removeEventListener('resize', listener)
    },
    () => Math.max(0.46, Math.round(Math.min(innerWidth / 1920, innerHeight / 1080) * 1000) / 1000),
  )
}
