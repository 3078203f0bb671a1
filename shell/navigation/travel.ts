/** What going to another page does besides showing it: the title of the window, the focus, the place on the page. */
import { useCallback, useLayoutEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { t, useLanguage } from '#ui/words.ts'
import { useArrival } from '../arrival.ts'
import { useMatch } from '../Pages.tsx'
import { consoleRoutes } from '../routes.tsx'

const product = '堡垒 Bulwark'

/** @returns what a screen reader is told after the page has changed. */
export function useTravel(): string {
  useLanguage()
  const [path] = useLocation()
  const match = useMatch(consoleRoutes)
  const title = match ? t(match.route.title[0], match.route.title[1]) : t('没有这个页面', 'No such page')
  const [told, tell] = useState({ path, title: '' })
  // Before the page's own effect, which may know better (a person's name, a notice's title).
  useLayoutEffect(() => {
    document.title = `${title} · ${product}`
  }, [path, title])
  const arrived = useCallback(() => {
    // To its head, unless it has taken the focus itself (a search field).
    const main = document.getElementById('main')
    if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true })
    tell({ path: location.pathname, title: document.title.replace(` · ${product}`, '') })
  }, [])
  useArrival(arrived)
  return told.path === path ? told.title : ''
}
