import type { Ground, Person, Unit } from './campus-model.ts'
import type { CollegeGroup } from './campus-people.ts'
import { clamp, two } from './campus-people.ts'
import { share } from './random.ts'
import type { Random } from './random.ts'

// Of a school of 30 000: 45 buildings, 6 500 rooms of four to six beds.
const buildingsPerStudent = 45 / 30_000
const roomsPerStudent = 6500 / 30_000
const campusNames = ['北校区', '南校区'] as const

/** Builds the residences and moves the students in: men and women in houses of their own, classmates next to each other. */
export function house(ground: Ground, random: Random, colleges: readonly CollegeGroup[]): void {
  const root = ground.root('residence')
  const campuses = campusNames.map((name) => ground.add('residence', 'campus', name, root))
  const blocks = campuses.flatMap((campus, index) => (['male', 'female'] as const).map((sex) => ({
    campus,
    // Colleges alternate, so that large and small ones meet on either campus.
    people: colleges.filter((_, i) => i % campuses.length === index).flatMap((college) => college.students).filter((person) => person.sex === sex && getsRoom(person, random)),
  })))
  const students = colleges.reduce((sum, college) => sum + college.students.length, 0)
  const needs = blocks.map((block) => block.people.length + 1)
  const houses = share(Math.max(blocks.length, Math.round(students * buildingsPerStudent)), needs, 1)
  const rooms = share(Math.max(blocks.length * 4, Math.round(students * roomsPerStudent)), needs, 4)
  let number = 0
  blocks.forEach(({ campus, people }, index) => {
    const built = Array.from({ length: houses[index] ?? 1 }, () => ground.add('residence', 'building', `${(number += 1)}号楼`, campus))
    moveIn(ground, built, rooms[index] ?? 4, people)
  })
}

/** Those who live in; one in five hundred was forgotten by the housing office. */
function getsRoom(person: Person, random: Random): boolean {
  return !person.livesOut && !random.chance(0.002)
}

function moveIn(ground: Ground, buildings: readonly Unit[], roomCount: number, people: readonly Person[]): void {
  const rooms = Math.max(roomCount, Math.ceil(people.length / 5.8))
  // Four beds are the rule; as many rooms have six as are needed, spread evenly.
  const sixes = clamp(Math.ceil((people.length * 1.02 - rooms * 4) / 2), 0, rooms)
  const queue = [...people]
  let built = 0
  share(rooms, buildings.map(() => 1)).forEach((count, index) => {
    const building = buildings[index]
    if (!building) return
    const floors = clamp(Math.ceil(count / 8), 1, 6)
    share(count, Array.from({ length: floors }, () => 1)).forEach((onFloor, level) => {
      const floor = ground.add('residence', 'floor', `${level + 1}层`, building)
      for (let i = 1; i <= onFloor; i += 1) {
        const beds = Math.floor(((built + 1) * sixes) / rooms) > Math.floor((built * sixes) / rooms) ? 6 : 4
        built += 1
        const room = ground.add('residence', 'room', `${level + 1}${two(i)}`, floor, beds)
        for (const person of queue.splice(0, beds)) person.units.residence = room.id
      }
    })
  })
  if (queue.length > 0) throw new Error(`${queue.length} students found no bed`)
}
