/** What a page says of itself, in the console and on the phone. */
import type { ComponentType } from 'react'
import type { IconName } from '#ui/icons.tsx'

export interface PageRouteProps {
  params: Record<string, string>
}

export interface PageRoute {
  /** wouter pattern: `/notices/:noticeId`. The pocket's paths are below `/m`. */
  path: string
  title: readonly [string, string]
  /** Shown in the navigation; `go`: the key behind g that leads there. */
  nav?: { icon: IconName; group: NavGroup; go?: string }
  /** Found in the palette though not in the navigation; by these words too. */
  listed?: string
  /** Its filters live in the address and can be kept under a name. */
  filters?: true
  /** Shown to those who hold one of these permissions; without it to everybody signed in. */
  needs?: readonly string[]
  /** Reached without being signed in, drawn without the frame. */
  open?: boolean
  load: () => Promise<ComponentType<PageRouteProps>>
}

export type NavGroup = 'now' | 'orders' | 'measures' | 'people' | 'system'
