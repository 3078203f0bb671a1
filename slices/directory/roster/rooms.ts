import { asciiWidth, isBlank } from './values.ts'
import type { Read } from './values.ts'

export type Place = { campus: string | null; building: string | null; floor: string | null; room: string | null }

const chineseDigits = '零一二三四五六七八九十'

/**
 * Takes an address of a dormitory apart: 北3-412, 9#110, 9-110, 南区5号楼203, 三号楼412室, 北校区 竹园2栋 B301.
 * Buildings get one form (5号楼) so that one house does not become four.
 */
export function readDorm(raw: string): Read<Place> {
  if (isBlank(raw)) return { value: null }
  // The bed is not kept: 3栋412室1床.
  const text = fold(raw).replace(/(?<=\d室?)-?(?<!\d)\d{1,2}号?床位?$/, '')
  const match = /^(?:([东西南北中新老本]|\p{Script=Han}{1,8}?)(校区|区|苑区|院区))?(.+)$/u.exec(text)
  const rest = match?.[3] ?? text
  const place = readHouse(rest)
  if (!place) return { value: null, doubt: { code: 'room-unclear', sure: false, zh: '看不出是哪栋哪间，未采用', en: 'building and room cannot be told; not taken' } }
  const campus = match?.[1] && match[2] ? campusName(match[1], match[2]) : place.campus
  const value = { ...place, campus }
  const said = [value.campus, value.building, value.room].filter(Boolean).join(' ')
  if (campus === null) {
    return { value, doubt: { code: 'room-no-campus', sure: false, zh: `按“${said}”读取，没有写校区`, en: `read as ${said}; the campus is not given` } }
  }
  return { value, doubt: { code: 'room-read', sure: match?.[1] !== undefined, zh: `按“${said}”读取`, en: `read as ${said}` } }
}

/** Says that the person lives outside the residences of the school. */
export function isOutside(raw: string): boolean {
  return /校外|租住|租房|走读|通学|在家|家中|自住/.test(raw)
}

function readHouse(text: string): Place | null {
  // 北3-412: one letter of the compass before a number is the campus, not the name of the house.
  const short = /^([东西南北])(\d{1,2})(?:号楼|栋|幢|舍|#楼?|-)(\d{1,2}层)?-?([A-Z]?\d{2,4}[A-Z]?)室?$/.exec(text)
  if (short) return house(`${short[1] ?? ''}校区`, `${Number(short[2])}号楼`, short[4] ?? '')
  const numbered = /^(\p{Script=Han}{0,8}?)(?:第)?(\d{1,3})(?:号公寓|号宿舍楼?|宿舍楼?|公寓楼?|号楼|号院|号|栋|幢|舍|座|楼|#楼?|-)(?:([A-Z\d]{1,2})单元)?(\d{1,2}层)?-?([A-Z]?\d{2,4}[A-Z]?)室?$/u.exec(text)
  if (numbered) {
    const name = `${numbered[1] ?? ''}${Number(numbered[2])}号楼`
    return house(null, numbered[3] ? `${name}${numbered[3]}单元` : name, numbered[5] ?? '')
  }
  const lettered = /^([A-Z]\d{0,2})(?:座|栋|幢|号楼|楼|-)-?(\d{2,4})室?$/.exec(text)
  if (lettered) return house(null, `${lettered[1] ?? ''}座`, lettered[2] ?? '')
  const named = /^(\p{Script=Han}{1,12}(?:楼|栋|公寓|苑|园|斋|舍))-?([A-Z]?\d{2,4}[A-Z]?)室?$/u.exec(text)
  if (named) return house(null, named[1] ?? '', named[2] ?? '')
  return null
}

function house(campus: string | null, building: string, room: string): Place {
  return { campus, building, floor: floorOf(room), room }
}

/** The floor that a room number tells: 412 is on 4, 1203 on 12. */
export function floorOf(room: string): string | null {
  const digits = /(\d{1,2})\d\d(?:\D|-[A-Z\d])?$/.exec(room)
  return digits?.[1] ? String(Number(digits[1])) : null
}

/** A building in its own column: 3号楼, 3栋, 3#, 三号楼, 3. */
export function readBuilding(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null }
  const text = fold(raw)
  const match = /^(\p{Script=Han}{0,8}?)第?(\d{1,3})(?:号公寓|号宿舍楼?|宿舍楼?|公寓楼?|号楼|号|栋|幢|舍|座|楼|#楼?)?$/u.exec(text)
  const value = match ? `${match[1] ?? ''}${Number(match[2])}号楼` : text
  if (value === raw) return { value }
  return { value, doubt: { code: 'room-read', sure: true, zh: `按“${value}”读取`, en: `read as ${value}` } }
}

/** A room in its own column: 412, 412室, 412.0. Null if there is more in it than a room. */
export function readRoom(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null }
  const text = fold(raw).replace(/\.0+$/, '').replace(/(室|房间|房)$/, '')
  return /^[A-Z]?\d{1,5}[A-Z]?(-[A-Z\d])?$/.test(text) ? { value: text } : { value: null }
}

/** 4, 4层, 四楼, 4F. */
export function readFloor(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null }
  const text = fold(raw).replace(/^第/, '').replace(/(层|楼|F)$/, '').replace(/\.0+$/, '')
  return { value: /^-?\d{1,2}$/.test(text) ? String(Number(text)) : text }
}

/** 北, 北区 and 北校区 are one campus; 校外 stays what it is. */
export function readCampus(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null }
  const text = asciiWidth(raw).replace(/\s/g, '')
  const value = /^[东西南北中新老]区?$/.test(text) ? `${text[0] ?? ''}校区` : text
  if (value === raw) return { value }
  return { value, doubt: { code: 'room-read', sure: true, zh: `按“${value}”读取`, en: `read as ${value}` } }
}

function campusName(name: string, kind: string): string {
  return /^[东西南北中新老本]$/.test(name) ? `${name}校区` : `${name}${kind}`
}

/** Plain width, capital letters, one dash, Arabic numbers for houses and floors written in Chinese up to ninety-nine. */
function fold(raw: string): string {
  const plain = asciiWidth(raw).replace(/[\s,，]/g, '').toUpperCase().replace(/[—–_~～/]/g, '-').replace(/＃/g, '#')
  return plain.replace(/([一二三四五六七八九十]{1,3})(?=号|栋|幢|舍|座|楼|层|单元|公寓|宿舍)/g, (word) => String(fromChinese(word) ?? word))
}

function fromChinese(word: string): number | null {
  const [tens, units] = word.includes('十') ? word.split('十') : ['', word]
  const digit = (char: string | undefined, none: number): number => (char ? chineseDigits.indexOf(char) : none)
  if ((tens?.length ?? 0) > 1 || (units?.length ?? 0) > 1) return null
  return word.includes('十') ? digit(tens, 1) * 10 + digit(units, 0) : digit(units, 0)
}
