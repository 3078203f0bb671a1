/** The units as a map: area is people, the ground says how far they are covered, and the share is written on it. Buttons, so that keys and screen readers open it too. */
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { count, share } from '#ui/format.ts'
import { t } from '#ui/words.ts'
import { tilesOf } from './tiles.ts'
import { groundOf, openOf, shareOf, type Cell } from './trend.ts'

export interface TileNode {
  id: string
  name: string
  cell: Cell
}

export interface CoverageTilesProps {
  nodes: readonly TileNode[]
  label: string
  /** Opens a unit downwards. */
  onOpen?: (id: string) => void
  onUp?: () => void
  /** Sizes of letters in px: what is written, and the least that may be. */
  letters: { name: number; least: number }
}

const gapBetween = 3

export function CoverageTiles({ nodes, label, onOpen, onUp, letters }: CoverageTilesProps) {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [focused, focus] = useState<string | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const tiles = tilesOf(nodes.map((node) => ({ id: node.id, size: node.cell.population })), size.width, size.height)
  const entry = tiles.some((tile) => tile.id === focused) ? focused : tiles[0]?.id
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tiles.findIndex((tile) => tile.id === entry)
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: tiles.length - 1 }[event.key]
    if (event.key === 'Backspace' && onUp) {
      event.preventDefault()
      onUp()
      return
    }
    const tile = next === undefined ? undefined : tiles[next]
    if (!tile) return
    event.preventDefault()
    event.stopPropagation()
    focus(tile.id)
    box.current?.querySelector<HTMLElement>(`[data-unit="${tile.id}"]`)?.focus()
  }
  return (
    <div className="st-tiles" ref={box} role="group" aria-label={label} onKeyDown={onKeyDown}>
      {tiles.map((tile) => {
        const node = nodes.find((one) => one.id === tile.id)
        if (!node) return null
        const { cell } = node
        const covered = shareOf(cell)
        const said = covered === null ? t('全部未知', 'all unknown') : share(cell.kept + cell.excused, cell.population)
        const spoken = t('{unit}：{share}，共 {n}，缺口 {gap}，未知 {unknown}', '{unit}: {share} of {n}, gaps {gap}, unknown {unknown}', { unit: node.name, share: said, n: count(cell.population), gap: count(cell.gap), unknown: count(cell.unknown) })
        const fits = lettersFor(node.name, said, tile.width - gapBetween, tile.height - gapBetween, letters)
        return (
          <button
            key={tile.id}
            type="button"
            data-unit={tile.id}
            className={`st-tile st-ground-${groundOf(covered)}${fits?.large ? ' st-tile-large' : ''}`}
            style={{ ...placeOf(tile, size), ...(fits ? { fontSize: fits.size } : { padding: 0 }) }}
            title={spoken}
            tabIndex={tile.id === entry ? 0 : -1}
            onFocus={() => focus(tile.id)}
            onClick={() => onOpen?.(tile.id)}
          >
            <span className={fits ? 'st-tile-words' : 'sr-only'} style={{ WebkitLineClamp: fits?.lines ?? 1 }}>
              {node.name}
            </span>
            <span className="sr-only">{t('共 {n}，缺口 {gap}，未知 {unknown}；', 'of {n}, gaps {gap}, unknown {unknown};', { n: count(cell.population), gap: count(cell.gap), unknown: count(cell.unknown) })}</span>
            {fits?.figures && (
              <span className="st-tile-share num">
                {said}
                {openOf(cell) > 0 && fits.wide && <small>{[cell.gap > 0 && t('缺口 {n}', '{n} {n:gap|gaps}', { n: count(cell.gap) }), cell.unknown > 0 && t('未知 {n}', '{n} unknown', { n: count(cell.unknown) })].filter(Boolean).join(' · ')}</small>}
              </span>
            )}
          </button>
        )
      })}
    </div>
  )
}

/** In parts of the whole: on paper, which is narrower, the map still stands whole. */
function placeOf(tile: { x: number; y: number; width: number; height: number }, whole: { width: number; height: number }) {
  const part = (of: number, all: number) => `${(100 * of) / all}%`
  return { left: part(tile.x, whole.width), top: part(tile.y, whole.height), width: `calc(${part(tile.width, whole.width)} - ${gapBetween}px)`, height: `calc(${part(tile.height, whole.height)} - ${gapBetween}px)` }
}

/** In signs: a Chinese one is as wide as high; Latin letters about half. */
export const signsOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x2e80 ? 0.56 : 1), 0)

/** The letters that a name gets on its tile: as large as fits between the least and the wanted; null where not even the least does. */
function lettersFor(name: string, said: string, width: number, height: number, { name: wanted, least }: CoverageTilesProps['letters']): { size: number; lines: number; figures: boolean; wide: boolean; large: boolean } | null {
  const inner = { width: width - wanted * 0.7, height: height - wanted * 0.5 }
  const length = signsOf(name)
  for (const size of [wanted, (wanted + least) / 2, least]) {
    const perLine = Math.floor(inner.width / size)
    if (perLine < 2) continue
    const lines = Math.ceil(length / perLine)
    const room = Math.floor(inner.height / (size * 1.25))
    if (lines <= Math.min(3, room)) return { size, lines, figures: room > lines && signsOf(said) * 1.05 * size <= inner.width, wide: inner.width > size * 7, large: room >= lines + 3 && inner.width > size * 8 }
  }
  return null
}
