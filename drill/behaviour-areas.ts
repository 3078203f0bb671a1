import { areaList } from '@vant/area-data'
import type { Random } from './random.ts'

/** A prefecture or municipality with its six-digit code (GB/T 2260). */
export type Area = { code: string; province: string; city: string }

/** Prefectures of the mainland provinces; the collective entries for counties without a prefecture are left out. */
export const areas: readonly Area[] = Object.entries(areaList.city_list)
  .filter(([code, city]) => !/^[789]/.test(code) && !city.includes('直辖') && city !== '县')
  .map(([code, city]) => ({ code, province: areaList.province_list[`${code.slice(0, 2)}0000`] ?? '', city }))

const byCode = new Map(areas.map((area) => [area.code, area]))

/** The area of a six-digit code; of a county, its prefecture. */
export function areaOf(code: string): Area {
  const area = byCode.get(code) ?? byCode.get(`${code.slice(0, 4)}00`)
  if (!area) throw new RangeError(`no prefecture has the code ${code}`)
  return area
}

/** Where a student comes from: more than half from the province of the school, the rest from anywhere. */
export function drawHome(random: Random, host: Area): Area {
  return random.chance(0.56) ? random.pick(inProvince(host)) : random.pick(areas)
}

const provinces = new Map<string, Area[]>()

function inProvince(host: Area): Area[] {
  const known = provinces.get(host.province)
  if (known) return known
  const found = areas.filter((area) => area.province === host.province)
  provinces.set(host.province, found)
  return found
}
