/** The wall's motor: ticks while the page is in sight, stands while somebody is at it. */
import { useEffect, useReducer, useRef } from 'react'
import { drive, started, type Drive, type DriveAct } from './drive.ts'

export const sceneLength = 18_000

export function useDrive(scenes: number, first: number, held: boolean): { state: Drive; act: (act: DriveAct) => void; held: boolean } {
  const count = useRef(scenes)
  useEffect(() => {
    count.current = scenes
  })
  const [state, act] = useReducer((before: Drive, next: DriveAct) => drive(before, next, Date.now(), count.current), null, (): Drive => ({ ...started(Date.now()), scene: first, heldUntil: held ? Number.POSITIVE_INFINITY : null }))
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') act({ kind: 'tick', length: sceneLength })
    }, 500)
    return () => clearInterval(timer)
  }, [])
  return { state, act, held: state.heldUntil !== null }
}
