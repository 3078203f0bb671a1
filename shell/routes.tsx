/**
 * The pages of the console (the phone's are in pocket/routes.tsx, so that it need not keep the console's files). A page is a
 * component that gets its path parameters: `({ params }) => …`. Add a line here; the page itself is loaded when it is opened.
 */
import type { ComponentType } from 'react'
import type { IconName } from '#ui/icons.tsx'

export interface PageRouteProps {
  params: Record<string, string>
}

export interface PageRoute {
  /** wouter pattern: `/notices/:noticeId`. The pocket's paths are below `/m`. */
  path: string
  title: readonly [string, string]
  /** Shown in the navigation. */
  nav?: { icon: IconName; group: NavGroup }
  /** Shown to those who hold one of these permissions; without it to everybody signed in. */
  needs?: readonly string[]
  /** Reached without being signed in, drawn without the frame. */
  open?: boolean
  load: () => Promise<ComponentType<PageRouteProps>>
}

export type NavGroup = 'now' | 'orders' | 'people' | 'record' | 'system'

export const navGroups: readonly { key: NavGroup; title: readonly [string, string] }[] = [
  { key: 'now', title: ['当前', 'Now'] },
  { key: 'orders', title: ['部署与落实', 'Orders'] },
  { key: 'people', title: ['组织与人员', 'Who'] },
  { key: 'record', title: ['上报', 'Upward'] },
  { key: 'system', title: ['系统', 'System'] },
]

const later = () => import('./ComingPage.tsx').then((module) => module.ComingPage)

export const consoleRoutes: readonly PageRoute[] = [
  { path: '/', title: ['态势', 'Situation'], nav: { icon: 'situation', group: 'now' }, load: later },
  { path: '/responses', title: ['应急响应', 'Responses'], nav: { icon: 'responses', group: 'now' }, load: later },
  { path: '/notices', title: ['通知', 'Notices'], nav: { icon: 'notices', group: 'orders' }, load: later },
  { path: '/gaps', title: ['缺口', 'Gaps'], nav: { icon: 'gaps', group: 'orders' }, needs: ['gap.read', 'coverage.read'], load: later },
  { path: '/people', title: ['人员', 'People'], nav: { icon: 'people', group: 'people' }, needs: ['person.find'], load: later },
  { path: '/units', title: ['组织', 'Units'], nav: { icon: 'units', group: 'people' }, needs: ['unit.read'], load: later },
  { path: '/briefs', title: ['专报', 'Briefs'], nav: { icon: 'briefs', group: 'record' }, needs: ['brief.read'], load: later },
  { path: '/settings', title: ['设置', 'Settings'], nav: { icon: 'settings', group: 'system' }, load: later },
  { path: '/sign-in', title: ['登录', 'Sign in'], open: true, load: later },
  { path: '/claim', title: ['首次启用', 'Claim'], open: true, load: later },
]
