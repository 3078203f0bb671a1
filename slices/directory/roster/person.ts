import type { Above } from './above.ts'
import type { Field } from './fields.ts'
import { printable } from './columns.ts'
import type { SheetPlan } from './columns.ts'
import { readDay, readSpan } from './dates.ts'
import type { CellDoubt, Line, PersonFields, RosterRow, RowField, RowRefusal } from './preview.ts'
import { floorOf, isOutside, readBuilding, readCampus, readDorm, readFloor, readRoom } from './rooms.ts'
import {
  isBlank, isIdentityNumber, readClass, readCounsellor, readEmail, readGrade, readKind, readName, readNumber, readPhone, readPolitics, readRemark, readSex, readStatus, readYesNo, withoutIdentityNumbers,
} from './values.ts'
import type { Kind, Read } from './values.ts'

/** What a sheet as a whole says about each of its rows. */
export type Context = { plan: SheetPlan; year: number | null; kind: Kind; classOfSheet: string | null; collegeOfSheet: string | null; above: Above }

/** One row of a table as a person, or the reason why it is nobody. */
export function readRow(cells: readonly string[], line: Line, context: Context): RosterRow | RowRefusal {
  const doubts: CellDoubt[] = []
  const raw = new Map<Field, string>(context.plan.columns.map(({ field, column }) => {
    const text = cells[column] ?? ''
    if (field === 'number' || field === 'name' || !isError.test(text)) return [field, text]
    const about = field === 'dorm' ? 'room' : field === 'stay' ? 'stayFrom' : field
    doubts.push({ field: about, code: 'cell-error', sure: false, zh: `这一格是公式出错（${text}），按空白读取`, en: `a formula failed here (${text}); read as empty`, raw: text, taken: null })
    return [field, '']
  }))
  const remarks: string[] = []
  const take = <T,>(field: RowField, read: Read<T>, from: string): T | null => {
    if (read.aside !== undefined) remarks.push(read.aside)
    if (read.doubt) doubts.push({ field, ...read.doubt, raw: from, taken: shown(read.value) })
    return read.value
  }
  const text = (field: Field & RowField, most = 200): string | null => cut(field, raw.get(field) ?? '', most, doubts)
  const cell = <T,>(field: Field & RowField, reader: (raw: string) => Read<T>): T | null => {
    const from = raw.get(field)
    return from === undefined ? null : take(field, reader(from), from)
  }

  const number = cell('number', readNumber)
  const name = cell('name', readName)
  if (number === null || name === null) return nobody(line, cells, raw, number)
  const person: PersonFields = {
    number,
    name,
    kind: cell('kind', readKind) ?? context.kind,
    sex: cell('sex', readSex),
    college: text('college') ?? context.collegeOfSheet,
    department: text('department'),
    office: text('office'),
    grade: cell('grade', readGrade),
    major: text('major'),
    class: cell('class', readClass) ?? context.classOfSheet,
    counsellor: cell('counsellor', readCounsellor),
    counsellorNumber: cell('counsellorNumber', readNumber),
    partyOrganisation: text('partyOrganisation'),
    partyBranch: text('partyBranch'),
    politicalStatus: cell('politicalStatus', readPolitics),
    phone: cell('phone', readPhone),
    email: cell('email', readEmail),
    ...readPlace(raw, take),
    onCampus: cell('onCampus', readYesNo),
    status: cell('status', readStatus),
    position: text('position'),
    ...readStay(raw, context.year, take),
    stayReason: text('stayReason'),
    consent: cell('consent', readYesNo),
    remark: null,
  }
  const remark = cell('remark', readRemark)
  person.remark = cut('remark', [remark, ...remarks].filter(Boolean).join('；'), 500, doubts)
  for (const field of limited) person[field] = cut(field, person[field] ?? '', 200, doubts)
  return { ...person, line, doubts }
}

/** What spreadsheets show where a formula failed. */
const isError = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/i

// Fields whose readers let unusual text through as it stands.
const limited = ['grade', 'class', 'campus', 'building', 'floor'] as const

type Take = <T>(field: RowField, read: Read<T>, from: string) => T | null

type Place = Pick<PersonFields, 'campus' | 'building' | 'floor' | 'room' | 'livesOut'>

/** Separate columns count first; what a whole address in one cell adds fills the rest. */
function readPlace(raw: ReadonlyMap<Field, string>, take: Take): Place {
  const [campusRaw, buildingRaw, floorRaw] = [raw.get('campus') ?? '', raw.get('building') ?? '', raw.get('floor') ?? '']
  if ([campusRaw, buildingRaw, raw.get('room') ?? '', raw.get('dorm') ?? ''].some(isOutside)) {
    return { campus: null, building: null, floor: null, room: null, livesOut: true }
  }
  const place: Place = { campus: take('campus', readCampus(campusRaw), campusRaw), building: null, floor: null, room: null, livesOut: null }
  const split = /^(\S+校区)(.+)$/.exec(buildingRaw)
  if (split?.[1] && split[2]) place.campus ??= split[1]
  const house = split?.[2] ?? buildingRaw
  // A column 公寓 may hold the whole address.
  const whole = isBlank(raw.get('room') ?? '') && isBlank(raw.get('dorm') ?? '') && readBuilding(house).value === house ? readDorm(house).value : null
  place.building = whole?.room ? null : take('building', readBuilding(house), buildingRaw)
  for (const field of ['room', 'dorm', 'building'] as const) {
    if (field === 'building' && !whole?.room) break
    const from = field === 'building' ? house : (raw.get(field) ?? '')
    if (isBlank(from) || place.room !== null) continue
    const plain = readRoom(from)
    if (plain.value !== null && (place.building !== null || field === 'room')) {
      place.room = plain.value
      continue
    }
    const { value: found, doubt } = readDorm(from)
    const said = found ? [found.campus, found.building, found.room].filter(Boolean).join(' ') : null
    take('room', doubt?.code === 'room-no-campus' && place.campus !== null ? { value: said } : doubt ? { value: said, doubt } : { value: said }, from)
    place.campus ??= found?.campus ?? null
    place.building ??= found?.building ?? null
    place.room = found?.room ?? null
    place.floor = found?.floor ?? null
  }
  place.floor = take('floor', readFloor(floorRaw), floorRaw) ?? place.floor ?? (place.room === null ? null : floorOf(place.room))
  if (place.room !== null || place.building !== null) place.livesOut = false
  return place
}

function readStay(raw: ReadonlyMap<Field, string>, year: number | null, take: Take): Pick<PersonFields, 'stayFrom' | 'stayTo'> {
  const [span, from, to] = [raw.get('stay') ?? '', raw.get('stayFrom') ?? '', raw.get('stayTo') ?? '']
  if (span !== '') {
    const { value, doubt } = readSpan(span, year)
    const said = value && `${value.from} – ${value.to}`
    take('stayFrom', doubt ? { value: said, doubt } : { value: said }, span)
    if (value) return { stayFrom: value.from, stayTo: value.to }
  }
  const stayFrom = take('stayFrom', readDay(from, year), from)
  // A last day without a year lies in the year of the first, or across New Year.
  const near = stayFrom === null ? year : Number(stayFrom.slice(0, 4))
  const [last, later] = [readDay(to, near), readDay(to, near === null ? null : near + 1)]
  const stayTo = take('stayTo', stayFrom !== null && last.value !== null && last.value < stayFrom && last.doubt ? later : last, to)
  if (stayFrom === null || stayTo === null || stayFrom <= stayTo) return { stayFrom, stayTo }
  return { stayFrom, stayTo: take('stayTo', { value: null, doubt: { code: 'dates-unclear', sure: false, zh: '结束日期早于开始日期，未采用', en: 'it ends before it begins; not taken' } }, to) }
}

function cut(field: RowField, from: string, most: number, doubts: CellDoubt[]): string | null {
  if (isBlank(from)) return null
  const text = from.replace(/\s+/g, ' ')
  const chars = text.length > most ? [...text] : []
  if (chars.length <= most) return text
  const taken = chars.slice(0, most).join('')
  doubts.push({ field, code: 'text-cut', sure: false, zh: `内容超过 ${most} 个字，只取前面部分`, en: `longer than ${most} characters; only the beginning is taken`, raw: from, taken })
  return taken
}

function nobody(line: Line, cells: readonly string[], raw: ReadonlyMap<Field, string>, number: string | null): RowRefusal {
  const [rawNumber, rawName] = [raw.get('number') ?? '', raw.get('name') ?? '']
  const reason: RowRefusal['reason'] =
    number !== null && isBlank(rawName) ? { code: 'no-name', zh: '没有姓名', en: 'there is no name' }
    : number !== null ? { code: 'bad-name', zh: `“${printable(rawName)}”不像姓名`, en: `"${printable(rawName)}" cannot be a name` }
    : lost(rawNumber) ? { code: 'bad-number', zh: `“${printable(rawNumber)}”：${lost(rawNumber)?.zh}`, en: `"${printable(rawNumber)}": ${lost(rawNumber)?.en}` }
    : isBlank(rawNumber) ? { code: 'no-number', zh: '没有学号或工号，无法确定是谁', en: 'there is no number: it cannot be told who this is' }
    : isIdentityNumber(rawNumber) ? { code: 'bad-number', zh: '学号或工号一栏是身份证号：证件号码不导入，请换成学号或工号', en: 'an identity number stands where the number of the person should be: it is not imported, please put the number in its place' }
    : new Set(cells.filter(Boolean)).size === 1 && /班/.test(rawNumber) ? { code: 'bad-number', zh: `“${printable(rawNumber)}”像是分段的标题，不是人员；下面的人在哪个班，请写成“班级”一列`, en: `"${printable(rawNumber)}" looks like the title of a part and is nobody; please give the class of those below it in a column of its own` }
    : { code: 'bad-number', zh: `“${printable(rawNumber)}”不像学号或工号`, en: `"${printable(rawNumber)}" cannot be a number of a person` }
  return { ...line, reason, raw: withoutIdentityNumbers(cells) }
}

const lost = (rawNumber: string) => readNumber(rawNumber).doubt

function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return String(value)
}
