import { commandOffice } from './campus-plan.ts'
import type { Capacity, Ground, Holding, Link, Person, Unit } from './campus-model.ts'
import type { CollegeGroup, People } from './campus-people.ts'
import type { PartyGroup } from './campus-party.ts'
import { share } from './random.ts'
import type { Random } from './random.ts'

/** How many of a thousand classes have lost their counsellor with nobody taking over. */
const orphanedPerThousand = 12

/** Who holds which office, since when. */
export function appoint(ground: Ground, random: Random, people: People, party: readonly PartyGroup[], year: number): Holding[] {
  const holdings: Holding[] = []
  const since = `${year - 1}-09-01`
  const hold = (unit: Unit | string, title: string, person: Person | undefined, capacity: Capacity = 'holder', to: string | null = null): void => {
    if (!person) return
    const at = typeof unit === 'string' ? ground.get(unit) : unit
    holdings.push({ tree: at.tree, unit: at.id, title, person: person.number, capacity, from: since, to })
  }
  for (const college of people.colleges) {
    const { secretary, deputy, dean } = college.leaders
    hold(college.unit, '书记', secretary)
    hold(college.unit, '副书记', deputy)
    hold(college.unit, '院长', dean)
    for (const [room, staff] of Map.groupBy(college.teachers, (teacher) => teacher.units.admin)) if (room !== college.unit.id) hold(room, '主任', staff[0])
    assignClasses(college, hold)
  }
  orphan(random, people, holdings, `${year - 1}-12-31`)
  for (const { plan, unit, staff } of people.departments) {
    hold(unit, plan.head, staff[0])
    hold(unit, plan.head, staff[1], 'deputy')
    const own = staff.slice(1).filter((person) => person.kind === 'staff' && person.status === 'employed')
    const others = own.length > 0 ? own : staff
    if (plan.name === commandOffice) for (const person of others.slice(0, 4)) hold(unit, '值班员', person)
    if (plan.name === '组织部') for (const person of others.slice(0, 2)) hold(unit, '组织部干事', person)
    if (plan.name === '校医院') for (const person of others.slice(0, 3)) hold(unit, '校医', person)
    if (plan.name === '信息化办公室') hold(unit, '个人信息保护负责人', others[0])
  }
  const office = people.departments.find(({ plan }) => plan.name === '党委办公室')
  hold(ground.root('party'), '书记', office?.staff[0])
  leadParty(party, people, hold)
  keepHouses(ground, random, people, hold)
  return holdings
}

type Hold = (unit: Unit | string, title: string, person: Person | undefined, capacity?: Capacity, to?: string | null) => void

/** Counsellors answer for classes of one grade as far as there are enough of them; class advisers are teachers. */
function assignClasses(college: CollegeGroup, hold: Hold): void {
  const { counsellors, teachers, classes } = college
  const grades = [...new Set(classes.map((group) => group.grade))]
  const groups = counsellors.length >= grades.length ? grades.map((grade) => classes.filter((group) => group.grade === grade)) : [classes]
  const perGroup = share(counsellors.length, groups.map((group) => group.length), 1)
  let next = 0
  groups.forEach((group, index) => {
    const team = counsellors.slice(next, next + (perGroup[index] ?? 1))
    next += team.length
    let from = 0
    share(group.length, team.map(() => 1)).forEach((count, i) => {
      const counsellor = team[i]
      for (const one of group.slice(from, from + count)) {
        one.counsellor = counsellor?.number ?? ''
        hold(one.unit, '辅导员', counsellor)
        const colleague = team[(i + 1) % team.length]
        if (colleague !== counsellor) hold(one.unit, '辅导员', colleague, 'deputy')
      }
      from += count
    })
  })
  classes.forEach((group, index) => hold(group.unit, '班主任', teachers[index % Math.max(1, teachers.length)] ?? counsellors[0]))
}

/**
 * Some counsellors have been lent to the city's headquarters. Their holdings have ended, the class advisers' with them; the
 * students' list still names them. The classes over the quota were handed to a colleague properly.
 */
function orphan(random: Random, people: People, holdings: Holding[], ended: string): void {
  const classes = people.colleges.flatMap((college) => college.classes)
  let wanted = Math.max(1, Math.round((classes.length * orphanedPerThousand) / 1000))
  // Where a college has a single counsellor, that one stays and only one class is forgotten.
  const alone = (college: CollegeGroup): boolean => college.counsellors.length < 2
  const leaving = random.shuffle(people.colleges.filter((college) => !alone(college)).flatMap((college) => college.counsellors))
  const forgetful = people.colleges.filter(alone).flatMap((college) => college.counsellors)
  for (const gone of [...leaving, ...forgetful]) {
    if (wanted === 0) return
    const college = people.colleges.find(({ counsellors }) => counsellors.includes(gone))
    const own = classes.filter((group) => group.counsellor === gone.number)
    const heirs = (college?.counsellors ?? []).filter((person) => person !== gone && person.status === 'employed')
    const heir = heirs.find((person) => classes.some((group) => group.counsellor === person.number && group.grade === own[0]?.grade)) ?? heirs[0]
    const lost = own.slice(0, wanted)
    if (lost.length === 0) continue
    wanted -= lost.length
    for (const group of lost) {
      group.orphaned = true
      for (const holding of holdings) if (holding.unit === group.unit) holding.to = ended
    }
    if (!heir) continue
    gone.status = 'seconded'
    gone.onCampus = false
    handOver(own.slice(lost.length), gone, heir, holdings, ended)
    // What the one who left stood in for as a deputy ends as well.
    for (const holding of holdings) if (holding.person === gone.number && holding.title === '辅导员') holding.to ??= ended
  }
}

function handOver(classes: CollegeGroup['classes'], gone: Person, heir: Person, holdings: Holding[], ended: string): void {
  for (const group of classes) {
    group.counsellor = heir.number
    for (const holding of holdings) {
      if (holding.unit === group.unit && holding.title === '辅导员' && (holding.person === gone.number || holding.person === heir.number)) holding.to = ended
    }
    holdings.push({ tree: 'admin', unit: group.unit, title: '辅导员', person: heir.number, capacity: 'holder', from: ended, to: null })
  }
}

/** General branches are led by the colleges' secretaries; student branches by a counsellor or, failing one, a member of the branch. */
function leadParty(party: readonly PartyGroup[], people: People, hold: Hold): void {
  const heads = people.departments.map((department) => department.staff[0])
  party.forEach(({ unit, college, branches }, index) => {
    hold(unit, '书记', college?.leaders.secretary ?? heads[index % heads.length])
    hold(unit, '副书记', college?.leaders.deputy ?? heads[(index + 1) % heads.length])
    const guides = (college?.counsellors ?? []).filter((person) => person.politicalStatus === 'member' && person.status === 'employed')
    branches.forEach((branch, i) => {
      const own = branch.members.filter((person) => person.politicalStatus === 'member' && (person.status === 'employed' || person.status === 'enrolled'))
      const guide = branch.students ? guides[i % Math.max(1, guides.length)] : undefined
      hold(branch.unit, '党支部书记', guide ?? own[0] ?? branch.members[0])
      hold(branch.unit, '党支部书记', guide ? own[0] : own[1], 'deputy')
    })
  })
}

/** Building managers come from the student community centre; floor heads are students of the floor, members first. */
function keepHouses(ground: Ground, random: Random, people: People, hold: Hold): void {
  const logistics = people.departments.find(({ plan }) => plan.name === '后勤管理处')
  const centre = (logistics?.staff ?? []).filter((person) => ground.get(person.units.admin).name === '学生社区中心')
  const keepers = centre.length > 1 ? centre.slice(1) : (logistics?.staff ?? [])
  const byRoom = residents(people.students)
  ground.ofKind('building').forEach((building, index) => {
    hold(building, '楼长', keepers[index % keepers.length])
    hold(building, '楼长', keepers[(index + 1) % keepers.length], 'deputy')
    for (const floor of ground.children(building, 'floor')) {
      const living = ground.children(floor, 'room').flatMap((room) => byRoom.get(room.id) ?? []).filter((person) => person.status === 'enrolled')
      const members = living.filter((person) => person.politicalStatus === 'member' || person.politicalStatus === 'probationary')
      const league = living.filter((person) => person.politicalStatus === 'league')
      const first = [members, league, living].find((group) => group.length > 0)
      if (!first) continue
      const head = random.pick(first)
      hold(floor, '楼层长', head)
      hold(floor, '楼层长', living.find((person) => person !== head), 'deputy')
    }
  })
}

/** Members look after rooms of the house they live in, three to five each, until about three rooms in four are looked after. */
export function linkMembers(ground: Ground, random: Random, people: People, year: number): Link[] {
  const links: Link[] = []
  const from = `${year - 1}-10-01`
  const byRoom = residents(people.students)
  for (const building of ground.ofKind('building')) {
    const rooms = ground.children(building, 'floor').flatMap((floor) => ground.children(floor, 'room'))
    const members = rooms.flatMap((room) => byRoom.get(room.id) ?? []).filter((person) => person.status === 'enrolled' && (person.politicalStatus === 'member' || person.politicalStatus === 'probationary'))
    const open = random.shuffle(rooms.filter((room) => byRoom.has(room.id))).slice(0, Math.ceil(rooms.length * 0.75))
    for (const member of random.shuffle(members)) {
      for (const room of open.splice(0, random.between(3, 5))) links.push({ member: member.number, room: room.id, from })
    }
  }
  return links
}

function residents(students: readonly Person[]): Map<string, Person[]> {
  const byRoom = new Map<string, Person[]>()
  for (const person of students) {
    const room = person.units.residence
    if (room === null) continue
    const living = byRoom.get(room)
    if (living) living.push(person)
    else byRoom.set(room, [person])
  }
  return byRoom
}
