/** The synthetic campus as plain data. Ids are local to it; the drill imports it as files, through the public interface. */

export type Tree = 'admin' | 'party' | 'residence'
export type UnitKind =
  | 'school' | 'college' | 'department' | 'office' | 'grade' | 'class'
  | 'committee' | 'general-branch' | 'branch'
  | 'estate' | 'campus' | 'building' | 'floor' | 'room'

export type Unit = { id: string; tree: Tree; kind: UnitKind; name: string; parent: string | null; /** beds of a room */ beds?: number }

export type PoliticalStatus = 'member' | 'probationary' | 'applicant' | 'league' | 'masses' | 'other-party'
export type PersonStatus = 'enrolled' | 'suspended' | 'internship' | 'exchange' | 'employed' | 'on-leave' | 'seconded'

export type Person = {
  number: string
  name: string
  sex: 'male' | 'female'
  kind: 'student' | 'staff' | 'contractor'
  grade: string | null
  major: string | null
  position: string | null
  politicalStatus: PoliticalStatus
  phone: string
  email: string | null
  status: PersonStatus
  onCampus: boolean
  /** Lives outside the residences; a student who does not and still has no room is one the roster forgot. */
  livesOut: boolean
  /** Leaf of each tree, by id. */
  units: { admin: string; party: string | null; residence: string | null }
}

export type Capacity = 'holder' | 'deputy'
export type Holding = { tree: Tree; unit: string; title: string; person: string; capacity: Capacity; from: string; to: string | null }

/** 联系户: a member looks after a room. */
export type Link = { member: string; room: string; from: string }

export type ClassGroup = {
  unit: string
  college: string
  grade: string
  major: string
  /** As the students' list still says, even where the holding has ended. */
  counsellor: string
  /** Nobody answers for the class: its counsellor has gone and nobody took over. */
  orphaned: boolean
}

export type Campus = {
  seed: number
  school: string
  /** Year of entry of the youngest grade. */
  year: number
  units: Unit[]
  people: Person[]
  holdings: Holding[]
  links: Link[]
  classes: ClassGroup[]
}

/** Collects units while the campus grows, and answers questions of kinship. */
export class Ground {
  readonly units: Unit[] = []
  readonly #byId = new Map<string, Unit>()
  readonly #children = new Map<string, Unit[]>()

  add(tree: Tree, kind: UnitKind, name: string, parent: Unit | null, beds?: number): Unit {
    const id = `${tree[0] ?? ''}${this.units.length + 1}`
    const unit: Unit = { id, tree, kind, name, parent: parent?.id ?? null, ...(beds === undefined ? {} : { beds }) }
    this.units.push(unit)
    this.#byId.set(id, unit)
    if (parent) this.#children.set(parent.id, [...(this.#children.get(parent.id) ?? []), unit])
    return unit
  }

  get(id: string): Unit {
    const unit = this.#byId.get(id)
    if (!unit) throw new RangeError(`no unit ${id}`)
    return unit
  }

  children(unit: Unit, kind?: UnitKind): Unit[] {
    return (this.#children.get(unit.id) ?? []).filter((child) => !kind || child.kind === kind)
  }

  root(tree: Tree): Unit {
    const unit = this.units.find((one) => one.tree === tree && one.parent === null)
    if (!unit) throw new RangeError(`no root of ${tree}`)
    return unit
  }

  ofKind(kind: UnitKind): Unit[] {
    return this.units.filter((unit) => unit.kind === kind)
  }
}

/** From a unit up to the root of its tree, itself first. */
export function lineage(byId: ReadonlyMap<string, Unit>, id: string): Unit[] {
  const line: Unit[] = []
  for (let unit = byId.get(id); unit; unit = unit.parent === null ? undefined : byId.get(unit.parent)) line.push(unit)
  return line
}
