/** A screen of the gallery: whose, where, and what is pressed on the way to the picture. */
import type { Page } from 'playwright-core'
import type { Role } from './roles.ts'
import type { Stage } from './stage.ts'

export interface Screen {
  /** Of the picture file, and what `--only` looks for; begins with `pocket-` on the phone. */
  name: string
  title: string
  face: 'console' | 'pocket'
  /** As it stands in shell/routes.tsx or shell/pocket/routes.tsx. */
  route: string
  /** Whose session; without it nobody is signed in. */
  who?: Role
  /** The address where the route has parameters or something follows it; below `/m` in the pocket. */
  path?: string | ((stage: Stage) => string)
  /** Words that stand there once the screen is drawn. */
  shows?: string | RegExp
  /** What is pressed on the way to the picture. */
  act?: (page: Page, stage: Stage) => Promise<void>
  /** Only what is in the window, where the rest of the page adds nothing. */
  fold?: boolean
}

export const addressOf = (screen: Screen, stage: Stage): string => {
  const path = typeof screen.path === 'function' ? screen.path(stage) : (screen.path ?? screen.route)
  return screen.face === 'pocket' ? `/m${path}` : path
}
