/** Province, city and county in three presses, or by typing the name. The value is the six digits. */
import { useState } from 'react'
import { areaPath, findAreas, useAreas, type Area, type AreaTable } from '../areas.ts'
import { Icon } from '../icons.tsx'
import { t, toHant, useLanguage } from '../words.ts'
import { FieldBox, type Common } from './fields.tsx'
import { Sheet } from './Sheet.tsx'

export interface AreaFieldProps extends Common<string | null> {
  /** How exact the answer must be. Default: county. */
  level?: 'province' | 'city' | 'county'
  /** On the button where nothing is chosen yet. */
  ask?: string
  /** The question stands above already: its label is only read aloud. */
  hidden?: boolean
}

export function AreaField({ value, onChange, level = 'county', ask, hidden, ...box }: AreaFieldProps) {
  const [open, setOpen] = useState(false)
  const script = useScript()
  const { areas } = useAreas(open || value !== null)
  return (
    <FieldBox {...box} label={hidden ? <span className="sr-only">{box.label}</span> : box.label}>
      {({ id, disabled, 'aria-required': _required, 'aria-invalid': _invalid, ...aria }) => (
        <>
          <button type="button" id={id} disabled={disabled} {...aria} className="p-input p-pick" onClick={() => setOpen(true)}>
            {value === null ? <span className="p-placeholder">{ask ?? t('请选择', 'Choose')}</span> : <span>{areas ? areaPath(areas, value).map(script).join(' ') : value}</span>}
            <Icon name="pin" size={18} />
          </button>
          <Sheet open={open} title={box.label} onClose={() => setOpen(false)} tall>
            <AreaList
              level={level}
              onPick={(code) => {
                onChange(code)
                setOpen(false)
              }}
            />
          </Sheet>
        </>
      )}
    </FieldBox>
  )
}

/** Names of places are Chinese in every language; in Traditional they are converted. */
function useScript(): (name: string) => string {
  return useLanguage() === 'zh-Hant' ? toHant : (name) => name
}

function AreaList({ level, onPick }: { level: 'province' | 'city' | 'county'; onPick: (code: string) => void }) {
  const { areas, failed } = useAreas()
  const [at, setAt] = useState<Area | null>(null)
  const [typed, setTyped] = useState('')
  const script = useScript()
  if (failed) return <p className="p-about">{t('地区表没有下载成功，请联网后再试。', 'The table of areas could not be loaded; try again with a network.')}</p>
  if (!areas) return <p className="p-about" role="status">{t('正在加载', 'Loading')}</p>
  const next = at === null ? areas.provinces : belowOf(areas, at)
  const press = (area: Area) => {
    const reached = level === 'province' || (level === 'city' && !area.code.endsWith('0000')) || belowOf(areas, area).length === 0
    if (reached) onPick(area.code)
    else setAt(area)
  }
  const found = findAreas(areas, typed).filter((area) => level === 'county' || (level === 'city' ? area.code.endsWith('00') : area.code.endsWith('0000')))
  const path = at ? areaPath(areas, at.code) : []
  return (
    <div className="p-areas">
      <div className="p-search">
        <Icon name="search" size={18} />
        <input type="search" value={typed} aria-label={t('按名称查找', 'Search by name')} placeholder={t('输入市、县名称', 'Type a name')} onChange={(event) => setTyped(event.target.value)} />
      </div>
      {typed.trim() !== '' ? (
        <ul>
          {found.map((area) => (
            <li key={area.code}>
              <button type="button" onClick={() => { setTyped(''); press(area) }}>
                <span>{script(area.name)}</span>
                <small>{areaPath(areas, area.code).slice(0, -1).map(script).join(' ')}</small>
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="p-about">{t('没有找到。请换一个名称，或逐级选择。', 'Not found. Try another name, or choose step by step.')}</li>}
        </ul>
      ) : (
        <>
          {at && (
            <button type="button" className="p-areas-back" onClick={() => setAt(at.code.endsWith('0000') ? null : (areas.provinces.find((one) => one.code.startsWith(at.code.slice(0, 2))) ?? null))}>
              <Icon name="back" size={18} /> {path.map(script).join(' ')}
            </button>
          )}
          <ul>
            {next.map((area) => (
              <li key={area.code}>
                <button type="button" onClick={() => press(area)}>
                  <span>{script(area.name)}</span>
                  {belowOf(areas, area).length > 0 && level !== 'province' && <Icon name="next" size={16} />}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function belowOf(areas: AreaTable, area: Area): readonly Area[] {
  if (area.code.endsWith('0000')) return areas.cities.get(area.code.slice(0, 2)) ?? []
  if (area.code.endsWith('00')) return (areas.counties.get(area.code.slice(0, 4)) ?? []).filter((one) => one.code !== area.code)
  return []
}
