import { collegePlans, departmentPlans } from './campus-plan.ts'
import type { CollegePlan, DepartmentPlan } from './campus-plan.ts'
import type { ClassGroup, Ground, Person, PersonStatus, PoliticalStatus, Unit } from './campus-model.ts'
import { drawName } from './names.ts'
import { share } from './random.ts'
import type { Random } from './random.ts'

export type CollegeGroup = {
  plan: CollegePlan
  unit: Unit
  students: Person[]
  leaders: { secretary: Person; deputy: Person; dean: Person }
  counsellors: Person[]
  teachers: Person[]
  staff: Person[]
  classes: ClassGroup[]
}
export type DepartmentGroup = { plan: DepartmentPlan; unit: Unit; staff: Person[] }
export type People = { students: Person[]; staff: Person[]; colleges: CollegeGroup[]; departments: DepartmentGroup[] }

const gradeCount = 4
const classSize = 30
const studentsPerCounsellor = 200

/** Colleges with grades and classes, departments with offices, and everybody who belongs to them. */
export function populate(ground: Ground, random: Random, size: { students: number; staff: number; year: number }): People {
  const root = ground.root('admin')
  const plans = collegePlans.slice(0, clamp(Math.round(size.students / 1200), 2, collegePlans.length))
  const departments = departmentPlans.slice(0, clamp(Math.round(size.staff / 12) + 6, 8, departmentPlans.length))
  const [inColleges = 0, inDepartments = 0] = share(size.staff, [62, 38])
  if (inColleges < plans.length * 5 || inDepartments < departments.length) {
    throw new RangeError(`${size.staff} staff are too few for ${size.students} students; ${Math.ceil(Math.max((plans.length * 5) / 0.62, departments.length / 0.38))} would do`)
  }
  const perCollege = share(size.students, plans.map((plan) => plan.weight))
  const staffPerCollege = share(inColleges, plans.map((plan) => plan.weight), 5)
  const staffPerDepartment = share(inDepartments, departments.map((plan) => plan.weight), 1)
  const numbering = { staff: 0 }
  const people: People = { students: [], staff: [], colleges: [], departments: [] }
  plans.forEach((plan, index) => {
    const unit = ground.add('admin', 'college', plan.name, root)
    const group = { plan, unit }
    const studying = enrol(ground, random.fork(`students/${plan.name}`), group, { index, count: perCollege[index] ?? 0, year: size.year })
    const working = employ(ground, random.fork(`staff/${plan.name}`), group, { count: staffPerCollege[index] ?? 0, students: studying.students.length, numbering })
    people.colleges.push({ ...group, ...studying, ...working })
    people.students.push(...studying.students)
    people.staff.push(...working.staff)
  })
  departments.forEach((plan, index) => {
    const unit = ground.add('admin', 'department', plan.name, root)
    const staff = staffDepartment(ground, random.fork(`staff/${plan.name}`), { plan, unit }, staffPerDepartment[index] ?? 0, numbering)
    people.departments.push({ plan, unit, staff })
    people.staff.push(...staff)
  })
  return people
}

function enrol(ground: Ground, random: Random, { plan, unit }: { plan: CollegePlan; unit: Unit }, { index, count, year }: { index: number; count: number; year: number }): { students: Person[]; classes: ClassGroup[] } {
  const students: Person[] = []
  const classes: ClassGroup[] = []
  share(count, Array.from({ length: gradeCount }, () => 1)).forEach((inGrade, back) => {
    const grade = String(year - back)
    const gradeUnit = ground.add('admin', 'grade', `${grade}级`, unit)
    const sizes = share(inGrade, Array.from({ length: Math.max(1, Math.round(inGrade / classSize)) }, () => 1))
    const counts = new Map<string, number>()
    sizes.forEach((inClass, classIndex) => {
      const [major, short] = plan.majors[classIndex % plan.majors.length] ?? [plan.name, plan.short]
      const serial = (counts.get(short) ?? 0) + 1
      counts.set(short, serial)
      const classUnit = ground.add('admin', 'class', `${short}${grade}-${serial}班`, gradeUnit)
      classes.push({ unit: classUnit.id, college: unit.id, grade, major, counsellor: '', orphaned: false })
      const prefix = `${grade}${two(index + 1)}${two(classIndex + 1)}`
      for (let i = 1; i <= inClass; i += 1) {
        students.push(drawStudent(random, { number: `${prefix}${String(i).padStart(3, '0')}`, plan, grade, back, major, unit: classUnit.id }))
      }
    })
  })
  return { students, classes }
}

type Entry = { number: string; plan: CollegePlan; grade: string; back: number; major: string; unit: string }

function drawStudent(random: Random, { number, plan, grade, back, major, unit }: Entry): Person {
  const sex = random.chance(plan.women) ? 'female' : 'male'
  const name = drawName(random, sex, { foreigners: plan.short === '国教' ? 0.3 : 0.003 })
  const status = studentStatus(random, plan, back)
  const away = status !== 'enrolled'
  return {
    number, name: name.text, sex, kind: 'student', grade, major, position: null,
    politicalStatus: name.foreign ? 'masses' : studentPolitics(random, back),
    phone: phone(random), email: null, status,
    onCampus: !away,
    livesOut: status === 'suspended' || random.chance(away ? 0.4 : 0.013),
    units: { admin: unit, party: null, residence: null },
  }
}

function studentStatus(random: Random, plan: CollegePlan, back: number): PersonStatus {
  const interns = back === 3 ? (/医学|护理|药学/.test(plan.short) ? 0.35 : 0.07) : 0
  return random.weighted<PersonStatus>([['internship', interns], ['suspended', 0.005], ['exchange', 0.004], ['enrolled', 1 - interns - 0.009]])
}

// Few join in the first year, most before leaving.
const joined = [[0.004, 0.002], [0.012, 0.015], [0.05, 0.03], [0.09, 0.03]] as const

function studentPolitics(random: Random, back: number): PoliticalStatus {
  const [member, probationary] = joined[back] ?? [0, 0]
  return random.weighted<PoliticalStatus>([['member', member], ['probationary', probationary], ['applicant', 0.03], ['masses', 0.18], ['league', 0.79 - member - probationary]])
}

type Working = Pick<CollegeGroup, 'leaders' | 'counsellors' | 'teachers' | 'staff'>

function employ(ground: Ground, random: Random, { plan, unit }: { plan: CollegePlan; unit: Unit }, { count, students, numbering }: { count: number; students: number; numbering: { staff: number } }): Working {
  const office = ground.add('admin', 'office', '学院办公室', unit)
  const studentOffice = ground.add('admin', 'office', '学生工作办公室', unit)
  const chairs = plan.majors.map(([, short]) => ground.add('admin', 'office', `${short}教研室`, unit))
  const hire = (at: Unit, position: string, membership: number): Person => drawStaff(random, numbering, { at, position, membership, contractor: false })
  const secretary = hire(office, '书记', 1)
  const deputy = hire(office, '副书记', 1)
  const dean = hire(office, '院长', 0.8)
  const counsellorCount = clamp(Math.round(students / studentsPerCounsellor), students > 300 ? gradeCount : 1, Math.max(1, count - 4))
  const counsellors = Array.from({ length: counsellorCount }, () => hire(studentOffice, '辅导员', 0.85))
  const clerks = Array.from({ length: Math.min(4, Math.floor((count - 3 - counsellorCount) / 6)) }, () => hire(office, '办公室职员', 0.5))
  const teachers = Array.from({ length: Math.max(0, count - 3 - counsellorCount - clerks.length) }, (_, i) => hire(chairs[i % chairs.length] ?? office, '教师', 0.36))
  return { leaders: { secretary, deputy, dean }, counsellors, teachers, staff: [secretary, deputy, dean, ...counsellors, ...clerks, ...teachers] }
}

function staffDepartment(ground: Ground, random: Random, { plan, unit }: { plan: DepartmentPlan; unit: Unit }, count: number, numbering: { staff: number }): Person[] {
  const offices = plan.offices.map((name) => ground.add('admin', 'office', name, unit))
  return Array.from({ length: count }, (_, i) => {
    // Those who keep the houses and gates are hired from outside; a department's first people are its own.
    const contractor = plan.logistics === true && i >= 4 && random.chance(0.65)
    const at = offices[i % offices.length] ?? unit
    const position = i === 0 ? plan.head : plan.name === '校医院' ? '医生' : contractor ? (plan.name === '保卫处' ? '保安' : '后勤员工') : '职员'
    return drawStaff(random, numbering, { at, position, membership: i === 0 ? 0.95 : contractor ? 0.06 : 0.42, contractor })
  })
}

function drawStaff(random: Random, numbering: { staff: number }, { at, position, membership, contractor }: { at: Unit; position: string; membership: number; contractor: boolean }): Person {
  numbering.staff += 1
  const number = `T${String(numbering.staff).padStart(5, '0')}`
  const sex = random.chance(0.48) ? 'female' : 'male'
  const leads = /书记|院长|处长|部长|主任|辅导员/.test(position)
  const status: PersonStatus = leads ? 'employed' : random.weighted([['employed', 0.982], ['on-leave', 0.013], ['seconded', 0.005]])
  return {
    number, name: drawName(random, sex).text, sex, kind: contractor ? 'contractor' : 'staff', grade: null, major: null, position,
    politicalStatus: random.chance(membership) ? 'member' : random.weighted([['masses', 0.9], ['other-party', 0.07], ['probationary', 0.03]]),
    phone: phone(random), email: contractor ? null : `${number.toLowerCase()}@example.edu.cn`,
    status, onCampus: status === 'employed', livesOut: true,
    units: { admin: at.id, party: null, residence: null },
  }
}

/** Every phone of a drill begins 138 0000: numbers that belong to nobody. */
function phone(random: Random): string {
  return `1380000${String(random.below(10_000)).padStart(4, '0')}`
}

export function two(n: number): string {
  return String(n).padStart(2, '0')
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
