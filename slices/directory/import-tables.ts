/** Tables of offices (who holds what, where, from when to when) and of links. Pure. */
import { addDays, instantIn } from '#kernel/clock.ts'
import type { KnownPerson, KnownUnit } from './plan.ts'
import { readDay } from './roster/dates.ts'
import type { Sheet } from './roster/refusal.ts'
import { readNumber, tidy } from './roster/values.ts'
import { roleOfTitle, type Tree, type Vocabulary } from './vocabularies.ts'

export interface OfficeLine {
  unitId: string
  title: string
  role: string
  personId: string
  capacity: 'holder' | 'deputy'
  from: string | null
  to: string | null
}
export interface LinkLine {
  memberId: string
  unitId: string | null
  personId: string | null
}
export interface Refused {
  at: string
  zh: string
  en: string
  raw: string
}
export interface ReadTable<L> {
  lines: L[]
  refused: Refused[]
  columns: { field: string; header: string }[]
}

type Known = { units: readonly KnownUnit[]; people: readonly KnownPerson[] }

/** Unit by its path of names below the root, e.g. 计算机学院/2099级/软件2099-1班, or by a name that is unique in the tree. */
export function unitFinder(units: readonly KnownUnit[]) {
  const byId = new Map(units.map((unit) => [unit.unitId, unit]))
  const byPath = new Map<string, KnownUnit>()
  const byName = new Map<string, KnownUnit[]>()
  for (const unit of units) {
    const names: string[] = []
    for (let at: KnownUnit | undefined = unit; at; at = at.parentId ? byId.get(at.parentId) : undefined) if (at.parentId !== null || at === unit) names.unshift(at.name)
    byPath.set(`${unit.tree}/${names.join('/')}`, unit)
    byName.set(`${unit.tree}/${unit.name}`, [...(byName.get(`${unit.tree}/${unit.name}`) ?? []), unit])
  }
  const rootOf = (tree: Tree) => units.find((unit) => unit.tree === tree && unit.parentId === null)
  return (tree: Tree, path: string): KnownUnit | undefined => {
    const words = path.split(/[/／>›]/).map((word) => word.trim()).filter(Boolean)
    const root = rootOf(tree)
    if (words.length === 0 || (words.length === 1 && words[0] === root?.name)) return root
    if (words[0] === root?.name) words.shift()
    const found = byPath.get(`${tree}/${words.join('/')}`)
    if (found) return found
    const same = byName.get(`${tree}/${words[words.length - 1]}`) ?? []
    return same.length === 1 ? same[0] : undefined
  }
}

const treeWords: Record<string, Tree> = { 行政: 'admin', admin: 'admin', 党组织: 'party', 党: 'party', party: 'party', 住宿: 'residence', 宿舍: 'residence', residence: 'residence' }

function table(sheets: readonly Sheet[], wanted: Record<string, RegExp>): { rows: { at: string; get: (field: string) => string; raw: string }[]; columns: { field: string; header: string }[] } {
  const rows: { at: string; get: (field: string) => string; raw: string }[] = []
  const columns: { field: string; header: string }[] = []
  for (const sheet of sheets) {
    if (sheet.hidden) continue
    const headerAt = sheet.rows.findIndex((row) => Object.values(wanted).filter((pattern) => row.some((cell) => pattern.test(tidy(cell)))).length >= 2)
    if (headerAt < 0) continue
    const header = (sheet.rows[headerAt] ?? []).map(tidy)
    const at = Object.fromEntries(Object.entries(wanted).map(([field, pattern]) => [field, header.findIndex((cell) => pattern.test(cell))]))
    for (const [field, index] of Object.entries(at)) if (index >= 0) columns.push({ field, header: header[index] ?? '' })
    sheet.rows.slice(headerAt + 1).forEach((row, index) => {
      if (row.every((cell) => cell.trim() === '')) return
      rows.push({ at: `${sheet.name} ${headerAt + index + 2}`, get: (field) => tidy(row[at[field] ?? -1] ?? ''), raw: row.join(' | ').slice(0, 200) })
    })
  }
  return { rows, columns }
}

const dayStart = (text: string, timeZone: string): string | null => {
  const day = readDay(text, null).value
  return day ? instantIn(day, '00:00', timeZone).toISOString() : null
}

/** Until the 4th includes the 4th. */
const dayEnd = (text: string, timeZone: string): string | null => {
  const day = readDay(text, null).value
  return day ? instantIn(addDays(day, 1), '00:00', timeZone).toISOString() : null
}

export function readOffices(sheets: readonly Sheet[], known: Known, vocabulary: Vocabulary, timeZone: string): ReadTable<OfficeLine> {
  const { rows, columns } = table(sheets, { tree: /^树$|^tree$/i, path: /组织路径|^组织$|^path$|^unit$/i, title: /职务|office|position/i, number: /学号|工号|number/i, name: /姓名|name/i, from: /^起|^自|from/i, to: /^止|^至|^to$/i, capacity: /角色|capacity/i })
  const findUnit = unitFinder(known.units)
  const byNumber = new Map(known.people.map((person) => [person.number, person]))
  const lines: OfficeLine[] = []
  const refused: Refused[] = []
  for (const row of rows) {
    const refuse = (zh: string, en: string) => refused.push({ at: row.at, zh, en, raw: row.raw })
    const tree = treeWords[row.get('tree').toLowerCase()] ?? 'admin'
    const unit = findUnit(tree, row.get('path'))
    if (!unit) { refuse(`找不到组织“${row.get('path')}”。`, `Unit "${row.get('path')}" is not known.`); continue }
    const number = readNumber(row.get('number')).value
    const person = number ? byNumber.get(number) : undefined
    if (!person) { refuse(`名册里没有学工号“${row.get('number')}”。`, `Number "${row.get('number')}" is not in the roster.`); continue }
    if (row.get('name') && row.get('name') !== person.name) { refuse(`学工号对应的姓名与表中“${row.get('name')}”不符。`, 'The name differs from the roster.'); continue }
    const title = row.get('title')
    const role = roleOfTitle(vocabulary, title)
    if (!role) { refuse(`不认识职务“${title}”。`, `Office "${title}" is not in the vocabulary.`); continue }
    const from = dayStart(row.get('from'), timeZone)
    const to = dayEnd(row.get('to'), timeZone)
    if (from && to && to <= from) { refuse('结束日期早于开始日期。', 'It ends before it begins.'); continue }
    lines.push({ unitId: unit.unitId, title, role, personId: person.personId, capacity: /副|代|deputy/i.test(row.get('capacity')) ? 'deputy' : 'holder', from, to })
  }
  return { lines, refused, columns }
}

export function readLinks(sheets: readonly Sheet[], known: Known): ReadTable<LinkLine> {
  const { rows, columns } = table(sheets, { member: /(联系人|党员|成员|工号|学号|学工号).*(学号|工号|学工号)$|^(学号|工号|学工号|工号\/学号)$|member/i, path: /房间|组织路径|住处|unit/i, person: /联系对象.*(学号|工号)|对象学号|person/i })
  const findUnit = unitFinder(known.units)
  const byNumber = new Map(known.people.map((person) => [person.number, person]))
  const lines: LinkLine[] = []
  const refused: Refused[] = []
  for (const row of rows) {
    const refuse = (zh: string, en: string) => refused.push({ at: row.at, zh, en, raw: row.raw })
    const member = byNumber.get(readNumber(row.get('member')).value ?? '')
    if (!member) { refuse(`名册里没有学工号“${row.get('member')}”。`, `Number "${row.get('member')}" is not in the roster.`); continue }
    const target = row.get('person') ? byNumber.get(row.get('person')) : undefined
    const unit = target ? undefined : findUnit('residence', row.get('path'))
    if (!target && !unit) { refuse(`找不到房间或联系对象“${row.get('path')}”。`, `Room or person "${row.get('path')}" is not known.`); continue }
    lines.push({ memberId: member.personId, unitId: unit?.unitId ?? null, personId: target?.personId ?? null })
  }
  return { lines, refused, columns }
}
