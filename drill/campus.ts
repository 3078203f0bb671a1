import { Ground } from './campus-model.ts'
import type { Campus } from './campus-model.ts'
import { appoint, linkMembers } from './campus-offices.ts'
import { organise } from './campus-party.ts'
import { populate } from './campus-people.ts'
import { house } from './campus-residence.ts'
import { Random } from './random.ts'

export type CampusSize = {
  seed: number
  students?: number
  staff?: number
  /** Year of entry of the youngest grade. */
  year?: number
  school?: string
}

/**
 * A whole university from a seed: three trees of units, everybody in them, offices with their holders, links of members to
 * rooms, and the irregularities that a real school has. The same arguments give the same campus, to the last phone number.
 */
export function makeCampus({ seed, students = 30_000, staff = 3000, year = 2026, school = '示例大学' }: CampusSize): Campus {
  if (!Number.isInteger(students) || students < 60 || students > 60_000) throw new RangeError(`a campus has 60 to 60000 students, not ${students}`)
  if (!Number.isInteger(staff) || staff > 60_000) throw new RangeError(`a campus has at most 60000 staff, not ${staff}`)
  const random = new Random(seed)
  const ground = new Ground()
  ground.add('admin', 'school', school, null)
  ground.add('party', 'committee', `中共${school}委员会`, null)
  ground.add('residence', 'estate', `${school}住宿区`, null)
  const people = populate(ground, random, { students, staff, year })
  house(ground, random.fork('rooms'), people.colleges)
  const party = organise(ground, people)
  const holdings = appoint(ground, random.fork('offices'), people, party, year)
  return {
    seed, school, year,
    units: ground.units,
    people: [...people.students, ...people.staff],
    holdings,
    links: linkMembers(ground, random.fork('links'), people, year),
    classes: people.colleges.flatMap((college) => college.classes),
  }
}
