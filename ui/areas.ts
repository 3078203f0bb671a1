/** Province, city, county by their six digits. The table comes as a lazy chunk. A number that is not in it is kept as it is: areas are renamed and abolished. */
import { useEffect, useState } from 'react'

export interface Area {
  code: string
  name: string
}

export interface AreaTable {
  provinces: readonly Area[]
  cities: ReadonlyMap<string, readonly Area[]>
  counties: ReadonlyMap<string, readonly Area[]>
  names: ReadonlyMap<string, string>
}

let table: AreaTable | null = null
let loading: Promise<AreaTable> | null = null

/** Cities are found under the first two digits, counties under the first four. */
export function areaTableOf(lists: { province_list: Record<string, string>; city_list: Record<string, string>; county_list: Record<string, string> }): AreaTable {
  const areas = (list: Record<string, string>): Area[] => Object.entries(list).map(([code, name]) => ({ code, name }))
  const under = (list: readonly Area[], digits: number) => {
    const groups = new Map<string, Area[]>()
    for (const area of list) {
      const key = area.code.slice(0, digits)
      const group = groups.get(key)
      if (group) group.push(area)
      else groups.set(key, [area])
    }
    return groups
  }
  const [provinces, cities, counties] = [areas(lists.province_list), areas(lists.city_list), areas(lists.county_list)]
  return { provinces, cities: under(cities, 2), counties: under(counties, 4), names: new Map([...provinces, ...cities, ...counties].map((area) => [area.code, area.name])) }
}

export async function loadAreas(): Promise<AreaTable> {
  loading ??= import('@vant/area-data').then(({ areaList }) => areaTableOf(areaList))
  loading.catch(() => {
    loading = null
  })
  table = await loading
  return table
}

export function useAreas(enabled = true): { areas: AreaTable | null; failed: boolean } {
  const [state, setState] = useState<{ areas: AreaTable | null; failed: boolean }>({ areas: table, failed: false })
  useEffect(() => {
    if (enabled && !state.areas) loadAreas().then((areas) => setState({ areas, failed: false }), () => setState({ areas: null, failed: true }))
  }, [enabled, state.areas])
  return state
}

/** 四川省 / 成都市 / 武侯区; the digits where the number is not known. */
export function areaPath(areas: AreaTable, code: string): string[] {
  const parts = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code]
  const names = [...new Set(parts)].map((part) => areas.names.get(part)).filter((name): name is string => name !== undefined)
  // 北京市 / 北京市 / 海淀区 says one thing twice.
  const path = names.filter((name, index) => name !== names[index - 1])
  return areas.names.has(code) ? path : [...path, code]
}

/** Areas whose name contains what was typed, the shortest names first; at most `most`. */
export function findAreas(areas: AreaTable, typed: string, most = 40): Area[] {
  const wanted = typed.trim()
  if (wanted === '') return []
  const found: Area[] = []
  for (const [code, name] of areas.names) if (name.includes(wanted) || code.startsWith(wanted)) found.push({ code, name })
  return found.toSorted((a, b) => a.name.length - b.name.length || (a.code < b.code ? -1 : 1)).slice(0, most)
}
