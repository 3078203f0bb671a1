/** One box for everything: people, units, notices, measures, pages and acts. Keyboard first; a combobox over a grouped list. */
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useLocation } from 'wouter'
import { Icon } from '#ui/icons.tsx'
import { useNameMatch } from '#ui/pinyin.ts'
import { t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { actsFor, pagesFor, type Act, type Standpoint } from './acts.ts'
import { useFound, type Choice, type ChoiceGroup } from './found.ts'
import { best, marked } from './match.ts'
import { takeAhead } from './opening.ts'
import { recentOf, rememberChoice } from './recent.ts'
import './palette.css'

const asChoice = ({ more: _, ...act }: Act): Choice => ({ ...act, hint: '' })

export function Palette({ standpoint, onClose }: { standpoint: Standpoint; onClose: () => void }) {
  const { me } = useMe()
  const [, go] = useLocation()
  const [text, setText] = useState('')
  // While a word is being composed nothing is looked for.
  const [composing, setComposing] = useState(false)
  const [searched, setSearched] = useState('')
  const [active, setActive] = useState<string | null>(null)
  const waitsForEnter = useRef(false)
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const { groups, busy } = useGroups(searched, standpoint, me?.person.personId ?? '')
  const choices = groups.flatMap((group) => group.choices)
  const current = choices.find((choice) => choice.key === active) ?? choices[0]

  useLayoutEffect(() => {
    const box = dialog.current
    const before = document.activeElement
    box?.showModal()
    const typed = takeAhead()
    if (typed) {
      setText(typed)
      setSearched(typed)
    }
    return () => {
      box?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  useEffect(() => {
    if (current) list.current?.querySelector(`[id="${CSS.escape(optionId(id, current.key))}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current, id])

  const choose = (choice: Choice, apart = false) => {
    if (me && choice.to && !choice.key.startsWith('page ')) rememberChoice(me.person.personId, { key: choice.key, title: choice.title, hint: choice.hint, icon: choice.icon, to: choice.to, person: choice.person ?? false })
    if (apart && choice.to) {
      window.open(choice.to, '_blank', 'noopener')
      return
    }
    onClose()
    if (choice.to) go(choice.to)
    else choice.run?.()
  }
  // Enter came before the answer did: the first of the answer is meant.
  useEffect(() => {
    if (busy || !waitsForEnter.current) return
    waitsForEnter.current = false
    if (current) choose(current)
  })

  const search = (next: string) => {
    setText(next)
    if (!composing) settle(next)
  }
  const settle = (next: string) => {
    waitsForEnter.current = false
    setActive(null)
    setSearched(next)
  }
  const move = (by: number) => {
    if (choices.length === 0) return
    const at = current ? choices.indexOf(current) : -1
    setActive(choices[(at + by + choices.length) % choices.length]?.key ?? null)
  }
  const jump = (by: number) => {
    const at = groups.findIndex((group) => current && group.choices.includes(current))
    setActive(groups[(at + by + groups.length) % groups.length]?.choices[0]?.key ?? null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(1), ArrowUp: () => move(-1), PageDown: () => jump(1), PageUp: () => jump(-1),
      Tab: () => jump(event.shiftKey ? -1 : 1),
      Home: () => setActive(choices[0]?.key ?? null), End: () => setActive(choices.at(-1)?.key ?? null),
      Enter: () => {
        // What is on the way may belong before what stands here.
        if (busy && active === null) waitsForEnter.current = true
        else if (current) choose(current, event.ctrlKey || event.metaKey)
      },
      Escape: () => (text === '' ? onClose() : search('')),
    }
    const act = keys[event.key]
    if (!act || ((event.key === 'Home' || event.key === 'End') && text !== '')) return
    event.preventDefault()
    act()
  }

  return (
    <dialog ref={dialog} className="p-palette" aria-label={t('查找与命令', 'Find and do')} onClose={onClose} onCancel={(event) => event.preventDefault()} onClick={(event) => event.target === dialog.current && onClose()}>
      <div className="p-box">
        <div className="p-head">
          <Icon name="search" size={20} />
          <input
            // A palette is opened to type into.
            autoFocus
            type="text"
            role="combobox"
            aria-expanded
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-label={t('查找人员、组织、通知、措施、页面或操作', 'Find people, units, notices, measures, pages or acts')}
            placeholder={t('姓名、拼音首字母、学号、组织、文号、操作…', 'Name, initials, number, unit, notice, act…')}
            {...(current ? { 'aria-activedescendant': optionId(id, current.key) } : {})}
            value={text}
            maxLength={60}
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="go"
            onChange={(event) => search(event.target.value)}
            onCompositionStart={() => setComposing(true)}
            onCompositionEnd={(event) => { setComposing(false); settle(event.currentTarget.value) }}
            onKeyDown={onKeyDown}
          />
          <span className={busy ? 'p-busy p-busy-on' : 'p-busy'} aria-hidden />
          <button type="button" className="p-close" onClick={onClose}>
            <span className="sr-only">{t('关闭', 'Close')}</span>
            <kbd>Esc</kbd>
            <Icon name="close" size={20} />
          </button>
        </div>
        <div className="p-list" id={`${id}-list`} role="listbox" aria-label={t('结果', 'Results')} ref={list}>
          {groups.map((group) => (
            <div key={group.key} role="group" aria-labelledby={`${id}-${group.key}`}>
              <div className="p-group" id={`${id}-${group.key}`} role="presentation">{group.title}</div>
              {group.choices.map((choice) => (
                <div
                  key={choice.key}
                  id={optionId(id, choice.key)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={choice === current}
                  className="p-option"
                  onPointerMove={() => choice !== current && setActive(choice.key)}
                  onClick={(event) => choose(choice, event.ctrlKey || event.metaKey)}
                >
                  <Icon name={choice.icon} size={18} />
                  <span className="p-title" {...(choice.person ? { translate: 'no' as const } : {})}>
                    {marked(choice.title, searched).map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>))}
                  </span>
                  {choice.hint && <span className="p-hint">{choice.hint}</span>}
                  {choice.keys && <span className="p-keys" aria-hidden>{choice.keys.split(' ').map((key, index) => <kbd key={index}>{key}</kbd>)}</span>}
                </div>
              ))}
            </div>
          ))}
        </div>
        {choices.length === 0 && searched.trim() !== '' && (
          <p className="p-none">{busy ? t('正在查找…', 'Looking…') : <>{t('没有找到“{text}”', 'Nothing matches “{text}”', { text: searched.trim() })}<small>{t('也可能不在您的权限范围内。', 'It may also be outside what you may see.')}</small></>}</p>
        )}
        <div className="p-foot" aria-hidden>
          <span><kbd>↑</kbd><kbd>↓</kbd> {t('选择', 'choose')}</span>
          <span><kbd>Tab</kbd> {t('下一组', 'next group')}</span>
          <span><kbd>Enter</kbd> {t('打开', 'open')}</span>
          <span><kbd>Ctrl</kbd><kbd>Enter</kbd> {t('新标签页', 'new tab')}</span>
          <span className="p-foot-end">{t('查人会留下记录，本人看得到', 'Looking people up is noted; they can see it')}</span>
        </div>
        <span className="sr-only" role="status">{busy ? '' : t('{n} 项结果', '{n} {n:result|results}', { n: choices.length })}</span>
      </div>
    </dialog>
  )
}

const optionId = (id: string, key: string) => `${id}-${key.replaceAll(/[^\w-]/g, '_')}`

function useGroups(typed: string, standpoint: Standpoint, personId: string): { groups: ChoiceGroup[]; busy: boolean } {
  const matches = useNameMatch()
  const found = useFound(typed)
  const pages = useMemo(() => pagesFor(standpoint), [standpoint])
  const acts = useMemo(() => actsFor(standpoint), [standpoint])
  const recent = useMemo(() => recentOf(personId), [personId])
  if (typed.trim() === '') {
    const groups: ChoiceGroup[] = [
      { key: 'recent', title: t('最近', 'Recent'), choices: recent.map((one) => ({ ...one, key: `recent ${one.key}` })) },
      { key: 'acts', title: t('操作', 'Acts'), choices: acts.slice(0, 8).map(asChoice) },
      { key: 'pages', title: t('页面', 'Pages'), choices: pages.map(asChoice) },
    ]
    return { groups: groups.filter((group) => group.choices.length > 0), busy: false }
  }
  const own = best([...pages, ...acts], typed, (act) => act, matches, 6).map(asChoice)
  const groups: ChoiceGroup[] = own.length ? [{ key: 'own', title: t('页面与操作', 'Pages and acts'), choices: own }] : []
  // Digits are numbers of people or notices, hardly names of pages.
  return { groups: /^\d/.test(typed.trim()) ? [...found.groups, ...groups] : [...groups, ...found.groups], busy: found.busy }
}
