/** All keys of the console in one list: `?`. */
import { Fragment, useLayoutEffect, useRef } from 'react'
import { Icon } from '#ui/icons.tsx'
import { t } from '#ui/words.ts'
import { consoleRoutes, mayOpen } from '../routes.tsx'
import { useMe } from '../session.tsx'
import './palette.css'

export function Keys({ onClose }: { onClose: () => void }) {
  const { can } = useMe()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const box = dialog.current
    const before = document.activeElement
    box?.showModal()
    return () => {
      box?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  const groups: { key: string; title: string; keys: [string, string][] }[] = [
    {
      key: 'all', title: t('随处', 'Everywhere'),
      keys: [
        ['Ctrl K', t('查找与命令', 'Find and do')],
        ['?', t('这张表', 'This list')],
        ['[', t('收起或展开导航', 'Fold the navigation')],
        ['/', t('本页的查找框', 'The search box of the page')],
        ['Esc', t('关闭、清空', 'Close, clear')],
      ],
    },
    { key: 'go', title: t('去哪里', 'Go to'), keys: consoleRoutes.flatMap((route): [string, string][] => (route.nav?.go && mayOpen(route, can) ? [[`g ${route.nav.go}`, t(route.title[0], route.title[1])]] : [])) },
    {
      key: 'tables', title: t('表格', 'Tables'),
      keys: [
        ['↑ ↓', t('上一行、下一行', 'Row up, row down')],
        ['PgUp PgDn', t('翻页', 'A page up, a page down')],
        ['Enter', t('打开', 'Open')],
        ['Space', t('选中', 'Select')],
      ],
    },
    {
      key: 'wall', title: t('大屏', 'On the wall'),
      keys: [
        ['Space', t('暂停或继续轮播', 'Pause or go on')],
        ['← →', t('上一屏、下一屏', 'Scene before, scene after')],
        ['F', t('全屏', 'Full screen')],
        ['D', t('深色或浅色', 'Dark or light')],
        ['Esc', t('退出大屏', 'Leave the wall')],
      ],
    },
  ]
  return (
    <dialog ref={dialog} className="p-palette" aria-labelledby="keys-title" onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      <div className="p-box">
        <div className="p-head">
          <h2 id="keys-title">{t('键盘快捷键', 'Keyboard shortcuts')}</h2>
          <button type="button" className="p-close" onClick={onClose}>
            <span className="sr-only">{t('关闭', 'Close')}</span>
            <kbd>Esc</kbd>
            <Icon name="close" size={20} />
          </button>
        </div>
        <div className="p-keytable" tabIndex={0} role="group" aria-label={t('快捷键', 'Keys')}>
          {[groups.filter((group) => group.key !== 'go'), groups.filter((group) => group.key === 'go')].map((column, side) => <div key={side}>{column.map((group) => (
            <section key={group.key}>
              <h3>{group.title}</h3>
              <dl>
                {group.keys.map(([keys, what]) => (
                  <div key={keys}>
                    <dt>{what}</dt>
                    <dd>
                      {keys.split(' ').map((key, index) => (
                        <Fragment key={index}>
                          {index > 0 && <i>{keys.startsWith('g ') ? t('再按', 'then') : ''}</i>}
                          <kbd>{key}</kbd>
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}</div>)}
        </div>
      </div>
    </dialog>
  )
}
