/** From roster rows to a difference: units to make, people who arrived, moved, changed or left. Pure. */
import { postsOf, unitNotFound, type Hint } from './posts.ts'
import type { PersonFields } from './roster/preview.ts'
import type { Tree, Vocabulary } from './vocabularies.ts'

export interface KnownUnit {
  unitId: string
  tree: Tree
  parentId: string | null
  kind: string
  name: string
  /** It was ended; a row that names it brings it back. */
  ended?: boolean
}
export interface KnownPerson {
  personId: string
  number: string
  name: string
  kind: string
  left: boolean
  fields: Partial<Record<PersonColumn, string | boolean | null>>
  units: Partial<Record<Tree, string>>
}
export const personColumns = ['sex', 'grade', 'major', 'politicalStatus', 'phone', 'email', 'status', 'onCampus'] as const
export type PersonColumn = (typeof personColumns)[number]

export interface PlannedPerson {
  personId: string
  change: 'arrived' | 'moved' | 'changed' | 'unchanged'
  row: PersonFields
  /** Where the roster puts the person; trees it says nothing of are absent, null takes the person out of the tree. */
  units: Partial<Record<Tree, string | null>>
  /** The trees in which that differs from where the person is. */
  moves: Tree[]
  from: string | null
  to: string | null
}
export interface Plan {
  newUnits: KnownUnit[]
  people: PlannedPerson[]
  left: KnownPerson[]
  /** Rows that somebody should look at, though each of their cells can be read. */
  doubts: { row: PersonFields; field: 'class' | 'name' | 'number' | 'position'; raw: string; zh: string; en: string }[]
  /** Offices that the rows say in passing, to be proposed. */
  hints: Hint[]
}

type Segment = { kind: string; name: string }

/** The places a row names, per tree, from below the root down. */
export function placesOf(row: PersonFields): Partial<Record<Tree, Segment[]>> {
  const places: Partial<Record<Tree, Segment[]>> = {}
  const grade = row.grade === null ? null : /^\d{4}$/.test(row.grade) ? `${row.grade}级` : row.grade
  const admin = row.kind === 'student'
    ? [segment('college', row.college ?? row.department), segment('grade', row.college ? grade : null), segment('class', row.class)]
    : [segment(isCollege(row) ? 'college' : 'department', row.department ?? row.college), segment('office', row.office)]
  const party = [segment('general-branch', row.partyOrganisation), segment('branch', row.partyBranch)]
  const building = row.building === null ? null : row.campus ? row.building : row.building
  const residence = row.room === null || building === null ? [] : [segment('campus', row.campus), segment('building', building), segment('floor', row.floor), segment('room', row.room)]
  const trees = { admin, party, residence } as const
  for (const tree of ['admin', 'party', 'residence'] as const) {
    const found = trees[tree].filter((one) => one !== null)
    if (found.length) places[tree] = found
  }
  return places
}

/** Staff of a college stand under 部门 in many rosters; the name says what it is, whichever roster comes first. */
const isCollege = (row: PersonFields) => (row.department === null ? row.college !== null : /(学院|书院|学部)$/.test(row.department))

function segment(kind: string, name: string | null): Segment | null {
  return name === null ? null : { kind, name: kind === 'floor' && /^\d+$/.test(name) ? `${name}层` : name }
}

/** Told from directly below the root on. */
const isTop = (tree: Tree, path: readonly Segment[]) => ({ admin: ['college', 'department'], party: ['general-branch', 'branch'], residence: ['campus', 'building'] })[tree].includes(path[0]?.kind ?? '')

/** Spreadsheets drop the zeros a number begins with. What says so: somebody of that name and number with zeros before it, or the other numbers of the file, which begin with them and are longer. */
function lostZeros(rows: readonly PersonFields[], people: readonly KnownPerson[]): (row: PersonFields) => { zh: string; en: string } | undefined {
  const bare = (number: string) => number.replace(/^0+/, '')
  const known = new Map(people.filter(({ number }) => /^0\d+$/.test(number)).map((person) => [`${bare(person.number)} ${person.name}`, person.number]))
  const lengths = new Set(rows.flatMap(({ number }) => (/^0\d+$/.test(number) ? [number.length] : [])))
  const [length = 0] = lengths
  return ({ number, name }) => {
    if (!/^[1-9]\d*$/.test(number)) return undefined
    const whole = known.get(`${number} ${name}`) ?? (lengths.size === 1 && number.length < length ? number.padStart(length, '0') : undefined)
    return whole === undefined ? undefined : { zh: `号码“${number}”开头的 0 可能被表格软件去掉了（应为 ${whole}？）。请改好再导入，否则会当作另一个人。`, en: `A spreadsheet may have dropped the zeros that "${number}" begins with (${whole}?). Mend it first, or it is taken for another person.` }
  }
}

/** Places a row in trees of known units, planning the units that are missing. */
export class UnitBook {
  #planned: KnownUnit[] = []
  #byPath = new Map<string, KnownUnit>()
  #byName = new Map<string, KnownUnit[]>()
  #byId = new Map<string, KnownUnit>()
  #roots = new Map<Tree, KnownUnit>()
  #mint: () => string
  constructor(known: readonly KnownUnit[], mint: () => string) {
    this.#mint = mint
    for (const unit of known) this.#add(unit)
  }
  #add(unit: KnownUnit) {
    if (unit.parentId === null) this.#roots.set(unit.tree, unit)
    this.#byId.set(unit.unitId, unit)
    this.#byPath.set(`${unit.parentId}\0${unit.name}`, unit)
    if (unit.ended) return
    const key = `${unit.tree}\0${unit.kind}\0${unit.name}`
    const same = this.#byName.get(key)
    if (same) same.push(unit)
    else this.#byName.set(key, [unit])
  }
  /** The units planned since this was asked before. */
  takePlanned(): KnownUnit[] {
    const planned = this.#planned
    this.#planned = []
    return planned
  }
  /** Plans units that a check found wanting, where they still are. */
  adopt(wanted: readonly KnownUnit[]): void {
    const ids = new Map(wanted.map((unit) => [unit.unitId, unit]))
    const placed = new Map<string, string | null>()
    const idOf = (unitId: string | null): string | null => {
      const unit = unitId === null ? undefined : ids.get(unitId)
      if (!unit) return unitId !== null && this.#byId.has(unitId) ? unitId : null
      const done = placed.get(unit.unitId)
      if (done !== undefined) return done
      const parentId = idOf(unit.parentId)
      const there = this.#byPath.get(`${parentId}\0${unit.name}`)
      const mine = there && !there.ended ? there : parentId === null ? null : { ...unit, unitId: there?.unitId ?? unit.unitId, parentId }
      if (mine && mine !== there) {
        this.#planned.push(mine)
        this.#add(mine)
      }
      placed.set(unit.unitId, mine?.unitId ?? null)
      return mine?.unitId ?? null
    }
    for (const unit of wanted) idOf(unit.unitId)
  }
  hasTree(tree: Tree): boolean {
    return this.#roots.has(tree)
  }
  rootOf(tree: Tree): string | undefined {
    return this.#roots.get(tree)?.unitId
  }
  nameOf(unitId: string | undefined): string | null {
    const names: string[] = []
    for (let unit = unitId ? this.#byId.get(unitId) : undefined; unit && unit.parentId !== null; unit = this.#byId.get(unit.parentId)) names.unshift(unit.name)
    return names.length ? names.join(' / ') : null
  }
  /** Known units of this name and of one of these kinds; where several are, those in the college or department of `near`. */
  named(tree: Tree, kinds: readonly string[], name: string, near: string | null): string[] {
    const all = kinds.flatMap((kind) => this.#byName.get(`${tree}\0${kind}\0${name}`) ?? []).map((unit) => unit.unitId)
    const top = near === null ? undefined : this.#topOf(near)
    const mine = all.length > 1 && top ? all.filter((unitId) => this.#topOf(unitId) === top) : []
    return mine.length ? mine : all
  }
  /** The unit directly under the root that this one stands in. */
  #topOf(unitId: string): string | undefined {
    const unit = this.#byId.get(unitId)
    const parent = this.#byId.get(unit?.parentId ?? '')
    return !unit || !parent ? undefined : parent.parentId === null ? unitId : this.#topOf(parent.unitId)
  }
  /** The unit at the end of the path, made where missing. Undefined where its upper part is not told and its name is not unique. */
  place(tree: Tree, path: readonly Segment[]): string | undefined {
    const root = this.#roots.get(tree)
    const first = path[0]
    if (!root || !first) return undefined
    if (!isTop(tree, path)) {
      const last = path[path.length - 1] as Segment
      const same = this.#byName.get(`${tree}\0${last.kind}\0${last.name}`) ?? []
      return same.length === 1 ? same[0]?.unitId : undefined
    }
    // A building without a campus, a branch without its general branch: the known one of that name, else directly under the root.
    let unit = root
    const known = path[0] && (first.kind === 'building' || first.kind === 'branch' || first.kind === 'department') ? this.#byName.get(`${tree}\0${first.kind}\0${first.name}`) : undefined
    if (known?.length === 1 && known[0]) unit = this.#byId.get(known[0].parentId ?? '') ?? root
    for (const { kind, name } of path) {
      let next = this.#byPath.get(`${unit.unitId}\0${name}`)
      if (!next || next.ended) {
        next = { unitId: next?.unitId ?? this.#mint(), tree, parentId: unit.unitId, kind, name }
        this.#planned.push(next)
        this.#add(next)
      }
      unit = next
    }
    return unit.unitId
  }
}

/** What importing these rows would do. `covers`: the kind of people of whom the file is complete. */
export function planRoster(rows: readonly PersonFields[], known: { units: readonly KnownUnit[]; people: readonly KnownPerson[] }, covers: string | null, vocabulary: Pick<Vocabulary, 'offices'>, mint: () => string): Plan {
  const plan = planRows(new UnitBook(known.units, mint), rows, known.people, vocabulary, mint)
  if (!covers) return plan
  const seen = new Set(rows.map((row) => row.number))
  return { ...plan, left: known.people.filter((person) => person.kind === covers && !person.left && !seen.has(person.number)) }
}

/** The same for some of the rows: the book remembers the units that earlier rows named; `people` need hold only those of these rows. Says nothing of who left. */
export function planRows(book: UnitBook, rows: readonly PersonFields[], people: readonly KnownPerson[], vocabulary: Pick<Vocabulary, 'offices'>, mint: () => string): Plan {
  const byNumber = new Map(people.map((person) => [person.number, person]))
  const zeros = lostZeros(rows, people)
  const placesOfRow = rows.map(placesOf)
  // Rows that tell a class with its college first: it may stand alone in rows above them.
  for (const [tree, path] of placesOfRow.flatMap((places) => Object.entries(places) as [Tree, Segment[]][])) if (isTop(tree, path)) book.place(tree, path)
  const plan: Plan = { newUnits: [], people: [], left: [], doubts: [], hints: [] }
  for (const [at, row] of rows.entries()) {
    const earlier = byNumber.get(row.number)
    const units: PlannedPerson['units'] = {}
    const places = placesOfRow[at] ?? {}
    const lost = earlier ? undefined : zeros(row)
    if (lost) plan.doubts.push({ row, field: 'number', raw: row.number, ...lost })
    for (const [tree, path] of Object.entries(places) as [Tree, Segment[]][]) {
      if (!book.hasTree(tree)) continue
      const unitId = book.place(tree, path)
      if (unitId) units[tree] = unitId
      else if (tree === 'admin' && !earlier?.units.admin) {
        const last = path[path.length - 1]
        plan.doubts.push({ row, field: 'class', raw: row.class ?? '', zh: `“${last?.name}”${unitNotFound}或不唯一，且没有学院列，暂挂在学校之下。`, en: `"${last?.name}" is not found or not unique among the units and no college is told; kept directly under the institution.` })
      }
    }
    if (!places.admin && !earlier?.units.admin) plan.doubts.push({ row, field: 'class', raw: '', zh: '没有写学院、部门或班级，暂挂在学校之下（合并单元格存成 .csv 后只剩第一行有内容，可改存 .xlsx）。', en: 'No college, department or class is given; kept directly under the institution. (Merged cells saved as .csv keep their text in the first row only: save as .xlsx.)' })
    if (earlier && !earlier.left && earlier.name !== row.name) plan.doubts.push({ row, field: 'name', raw: row.name, zh: `${row.number} 在册的姓名是“${earlier.name}”，表中是“${row.name}”：改了姓名，还是号码写错了？`, en: `${row.number} is "${earlier.name}" in the roster and "${row.name}" in the file: another name, or a wrong number?` })
    // Nobody falls out of the count: whoever has no place belongs to the institution itself.
    const rootId = book.rootOf('admin')
    if (!units.admin && !earlier?.units.admin && rootId) units.admin = rootId
    if (row.livesOut === true && earlier?.units.residence) units.residence = null
    const differs = (Object.keys(units) as Tree[]).filter((tree) => (units[tree] ?? null) !== (earlier?.units[tree] ?? null))
    const changed = earlier !== undefined && (earlier.name !== row.name || earlier.left || personColumns.some((column) => row[column] !== null && row[column] !== undefined && row[column] !== (earlier.fields[column] ?? null)))
    const tree = differs[0]
    plan.people.push({
      personId: earlier?.personId ?? mint(),
      change: earlier === undefined || earlier.left ? 'arrived' : differs.length ? 'moved' : changed ? 'changed' : 'unchanged',
      row, units, moves: differs,
      from: tree ? book.nameOf(earlier?.units[tree]) : null,
      to: tree ? book.nameOf(units[tree] ?? undefined) : null,
    })
  }
  // Once every row has its place: a class may be named above the rows of its students.
  const posts = postsOf(plan.people, vocabulary, book)
  plan.hints = posts.hints
  plan.doubts.push(...posts.doubts)
  plan.newUnits = book.takePlanned()
  return plan
}
