/** How the wall moves on by itself: pure, told the time. */

export interface Drive {
  scene: number
  /** Since when this scene stands (ms). */
  since: number
  /** Somebody is at it until then; Infinity: until they say so. */
  heldUntil: number | null
}

export type DriveAct = { kind: 'tick'; length: number } | { kind: 'touch' } | { kind: 'go'; by: number } | { kind: 'show'; scene: number } | { kind: 'pause' }

/** How long it stands after the last touch. */
export const patience = 90_000

export const started = (now: number): Drive => ({ scene: 0, since: now, heldUntil: null })

const round = (scene: number, scenes: number) => (scenes === 0 ? 0 : ((scene % scenes) + scenes) % scenes)

export function drive(state: Drive, act: DriveAct, now: number, scenes: number): Drive {
  const scene = round(state.scene, scenes)
  const held = state.heldUntil !== null && state.heldUntil > now
  const touched = state.heldUntil === Number.POSITIVE_INFINITY ? state.heldUntil : now + patience
  switch (act.kind) {
    case 'touch':
      return { ...state, scene, heldUntil: touched }
    case 'go':
      return { scene: round(scene + act.by, scenes), since: now, heldUntil: touched }
    case 'show':
      return { scene: round(act.scene, scenes), since: now, heldUntil: touched }
    case 'pause':
      return state.heldUntil === null ? { ...state, scene, heldUntil: Number.POSITIVE_INFINITY } : { scene, since: now, heldUntil: null }
    case 'tick':
      if (held) return scene === state.scene ? state : { ...state, scene }
      // After a pause the scene gets its whole turn.
      if (state.heldUntil !== null) return { scene, since: now, heldUntil: null }
      if (now - state.since >= act.length) return { scene: round(scene + 1, scenes), since: now, heldUntil: null }
      return scene === state.scene ? state : { ...state, scene }
  }
}
