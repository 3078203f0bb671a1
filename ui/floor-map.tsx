/** A building as floors of rooms, seen from the front: each room coloured and signed; walked through by the arrow keys; the table behind it. */
import { useRef, useState, type KeyboardEvent } from 'react'
import { count } from './format.ts'
import { standingName, standingStates, StandingSign, type StandingState } from './tags.tsx'
import { t } from './words.ts'
import './floor-map.css'

/** `empty`: nobody lives there, or it does not concern anybody. */
export type RoomTone = StandingState | 'empty'

export interface FloorRoom {
  id: string
  name: string
  tone: RoomTone
  /** Short, beside the sign: 3/4, 观察. */
  mark?: string
  /** Read aloud and shown on pointing: what the tone comes from. */
  about?: string
}

export interface Floor {
  id: string
  name: string
  rooms: readonly FloorRoom[]
}

export interface FloorMapProps {
  label: string
  /** From the ground up; drawn with the highest on top. */
  floors: readonly Floor[]
  onOpen?: (room: FloorRoom) => void
  selected?: string | null
  /** Words for the tones where they are not standings. */
  names?: Partial<Record<RoomTone, string>>
}

const tones: readonly RoomTone[] = [...standingStates, 'empty']

export function FloorMap({ label, floors, onOpen, selected, names = {} }: FloorMapProps) {
  const [table, setTable] = useState(false)
  const [active, setActive] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const drawn = floors.toReversed()
  const first = drawn.find((floor) => floor.rooms.length > 0)?.rooms[0]?.id
  const nameOf = (tone: RoomTone) => names[tone] ?? (tone === 'empty' ? t('无人', 'Nobody') : standingName(tone))
  const used = tones.filter((tone) => floors.some((floor) => floor.rooms.some((room) => room.tone === tone)))
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const here = (event.target as HTMLElement).dataset['at']?.split(' ').map(Number)
    if (!here) return
    const [row = 0, column = 0] = here
    const find = (atRow: number, atColumn: number) => box.current?.querySelector<HTMLElement>(`[data-at="${atRow} ${atColumn}"]`)
    const widest = (atRow: number) => Math.min(column, (drawn[atRow]?.rooms.length ?? 1) - 1)
    const moves: Record<string, () => HTMLElement | null | undefined> = { ArrowRight: () => find(row, column + 1), ArrowLeft: () => find(row, column - 1), ArrowUp: () => find(row - 1, widest(row - 1)), ArrowDown: () => find(row + 1, widest(row + 1)), Home: () => find(row, 0), End: () => find(row, (drawn[row]?.rooms.length ?? 1) - 1) }
    const target = moves[event.key]?.()
    if (!target) return
    target.focus()
    event.preventDefault()
  }
  return (
    <figure className="b-floors" aria-label={label}>
      {table ? (
        <div className="b-chart-table" tabIndex={0} role="region" aria-label={label}>
          <table className="b-plain">
            <caption className="sr-only">{label}</caption>
            <thead>
              <tr>
                <th scope="col">{t('楼层', 'Floor')}</th>
                {used.map((tone) => (
                  <th key={tone} scope="col">{nameOf(tone)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {drawn.map((floor) => (
                <tr key={floor.id}>
                  <th scope="row">{floor.name}</th>
                  {used.map((tone) => (
                    <td key={tone} className="num">{count(floor.rooms.filter((room) => room.tone === tone).length)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div ref={box} className="b-floors-scroll" role="grid" aria-label={label} onKeyDown={onKey}>
          {drawn.map((floor, row) => (
            <div key={floor.id} role="row" className="b-floor">
              <span role="rowheader" className="b-floor-name">{floor.name}</span>
              <span role="presentation" className="b-floor-rooms">
                {floor.rooms.map((room, column) => (
                  <span key={room.id} role="gridcell" aria-selected={selected === room.id} className="b-room-cell">
                    <button
                      type="button"
                      data-at={`${row} ${column}`}
                      tabIndex={(active ?? first) === room.id ? 0 : -1}
                      className={`b-room b-room-${room.tone}${selected === room.id ? ' b-room-on' : ''}`}
                      title={`${room.name} ${room.about ?? nameOf(room.tone)}`}
                      onFocus={() => setActive(room.id)}
                      onClick={() => onOpen?.(room)}
                    >
                      <span className="sr-only">{floor.name} </span>
                      <b>{room.name}</b>
                      <span className="b-room-sign">
                        {room.tone === 'empty' ? <i aria-hidden>–</i> : <StandingSign state={room.tone} size={12} />}
                        {room.mark && <span className="num">{room.mark}</span>}
                      </span>
                      <span className="sr-only">{room.about ?? nameOf(room.tone)}</span>
                    </button>
                  </span>
                ))}
              </span>
            </div>
          ))}
        </div>
      )}
      <figcaption>
        <span className="b-floors-key">
          {used.map((tone) => (
            <span key={tone} className="b-bar-key">
              {tone === 'empty' ? <i className="b-room-none" aria-hidden /> : <StandingSign state={tone} size={12} />}
              {nameOf(tone)} <b className="num">{count(floors.reduce((sum, floor) => sum + floor.rooms.filter((room) => room.tone === tone).length, 0))}</b>
            </span>
          ))}
        </span>
        <button type="button" className="b-link" onClick={() => setTable(!table)}>
          {table ? t('看图', 'Show the chart') : t('看表格', 'Show as a table')}
        </button>
      </figcaption>
    </figure>
  )
}
