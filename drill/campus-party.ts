import type { Ground, Person, Unit } from './campus-model.ts'
import type { CollegeGroup, People } from './campus-people.ts'
import { share } from './random.ts'

export type Branch = { unit: Unit; members: Person[]; students: boolean }
export type PartyGroup = { unit: Unit; college: CollegeGroup | null; branches: Branch[] }

const branchSize = 24

/** General branches over branches. Every member and probationary member belongs to one branch, nobody else to any. */
export function organise(ground: Ground, people: People): PartyGroup[] {
  const root = ground.root('party')
  const groups = people.colleges.map((college) => {
    // A large college has a committee of its own (二级党委); in the tree it stands where a general branch stands.
    const large = college.students.length + college.staff.length > 1400
    const unit = ground.add('party', 'general-branch', `${college.plan.name}${large ? '党委' : '党总支'}`, root)
    const branches = [
      ...divide(ground, unit, college.staff.filter(belongs), (serial) => `${college.plan.short}教工${serial}党支部`, false),
      ...divide(ground, unit, college.students.filter(belongs), (serial) => `${college.plan.short}学生${serial}党支部`, true),
    ]
    return { unit, college, branches }
  })
  const offices = ground.add('party', 'general-branch', '机关党委', root)
  const logistics = ground.add('party', 'general-branch', '后勤保卫党总支', root)
  const groupOf = (unit: Unit, branches: Branch[]): PartyGroup => ({ unit, college: null, branches })
  const plain = people.departments.filter((department) => !department.plan.logistics).flatMap((department) => department.staff.filter(belongs))
  const keeping = people.departments.filter((department) => department.plan.logistics).flatMap((department) => department.staff.filter(belongs))
  return [
    ...groups,
    groupOf(offices, divide(ground, offices, plain, (serial) => `机关${serial}党支部`, false)),
    groupOf(logistics, divide(ground, logistics, keeping, (serial) => `后勤保卫${serial}党支部`, false)),
  ]
}

function belongs(person: Person): boolean {
  return person.politicalStatus === 'member' || person.politicalStatus === 'probationary'
}

function divide(ground: Ground, parent: Unit, members: readonly Person[], name: (serial: string) => string, students: boolean): Branch[] {
  if (members.length === 0) return []
  const sizes = share(members.length, Array.from({ length: Math.ceil(members.length / branchSize) }, () => 1))
  let from = 0
  return sizes.map((size, index) => {
    const unit = ground.add('party', 'branch', name(`第${chinese(index + 1)}`), parent)
    const inBranch = members.slice(from, from + size)
    from += size
    for (const person of inBranch) person.units.party = unit.id
    return { unit, members: inBranch, students }
  })
}

function chinese(n: number): string {
  const digits = '零一二三四五六七八九'
  const [tens, units] = [Math.floor(n / 10), n % 10]
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${units > 0 || tens === 0 ? digits[units] : ''}`
}
