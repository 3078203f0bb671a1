/** Finds the page of the present address, loads it, and keeps its failures from taking the frame down. */
import { Component, createElement, lazy, Suspense, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react'
import { matchRoute, useLocation, useRouter } from 'wouter'
import { asProblem } from '#ui/data.ts'
import { ErrorState, LoadingState } from '#ui/states.tsx'
import { LostPage } from './LostPage.tsx'
import type { PageRoute, PageRouteProps } from './page-route.ts'

const made = new Map<PageRoute, LazyExoticComponent<ComponentType<PageRouteProps>>>()

function pageOf(route: PageRoute) {
  let page = made.get(route)
  if (!page) {
    page = lazy(async () => ({ default: await loadFresh(route) }))
    made.set(route, page)
  }
  return page
}

const reloadedKey = 'bulwark.reloaded'

/** After an update the old file of a page is gone: load the program anew, once. */
async function loadFresh(route: PageRoute): Promise<ComponentType<PageRouteProps>> {
  try {
    const page = await route.load()
    sessionStorage.removeItem(reloadedKey)
    return page
  } catch (error) {
    made.delete(route)
    if (navigator.onLine && sessionStorage.getItem(reloadedKey) === null) {
      sessionStorage.setItem(reloadedKey, '1')
      location.reload()
      return await new Promise(() => undefined)
    }
    throw error
  }
}

/** The route of the address, if there is one. */
export function useMatch(routes: readonly PageRoute[]): { route: PageRoute; params: Record<string, string> } | null {
  const { parser } = useRouter()
  const [path] = useLocation()
  for (const route of routes) {
    const [matches, params] = matchRoute(parser, route.path, path)
    if (matches) return { route, params: params as Record<string, string> }
  }
  return null
}

/** @param loading what stands there while a page's own file is on its way */
export function Pages({ routes, loading }: { routes: readonly PageRoute[]; loading?: ReactNode }) {
  const match = useMatch(routes)
  const [path] = useLocation()
  if (!match) return <LostPage />
  return (
    <Guard key={path}>
      <Suspense fallback={loading ?? <div className="b-page"><LoadingState rows={5} /></div>}>
        {createElement(pageOf(match.route), { params: match.params })}
      </Suspense>
    </Guard>
  )
}

/** A page that throws shows what happened instead of an empty screen. */
export class Guard extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override render() {
    if (this.state.error === null) return this.props.children
    return <ErrorState problem={asProblem(this.state.error)} retry={() => this.setState({ error: null })} />
  }
}
