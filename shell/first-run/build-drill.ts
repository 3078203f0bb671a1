/**
 * Builds a drill from inside it, through the public interface only, as its director: the campus, a notice, a day of answers.
 * What is there already is left alone, so that building goes on where it was left.
 */
import { makeBehaviour } from '#drill/behaviour.ts'
import { makeCampus } from '#drill/campus.ts'
import { campusFiles } from '#drill/campus-files.ts'
import { gather } from '#drill/crowd.ts'
import { issueNotice } from '#drill/officer.ts'
import { play } from '#drill/play.ts'
import type { Output } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { applyRoster, previewRoster, setup } from '#slices/directory/contract.ts'
import { setClock } from '#slices/drills/contract.ts'
import { coverage } from '#slices/measures/contract.ts'
import { list as notices } from '#slices/notices/contract.ts'
import { client } from '#ui/data.ts'
import { sampleNotice } from './sample-notice.ts'

export const sizes = { small: { students: 600, staff: 60 }, middle: { students: 3000, staff: 300 }, large: { students: 10_000, staff: 1000 } } as const
export type Size = keyof typeof sizes
export type BuildStep = 'staff' | 'students' | 'offices' | 'links' | 'notice' | 'day'
export const buildSteps: readonly BuildStep[] = ['staff', 'students', 'offices', 'links', 'notice', 'day']

const seed = 20260401
const hour = 3_600_000

/** 08:00 in Shanghai, at least two hours ago: the day that is lived through. */
export function drillMorning(now = Date.now()): Date {
  const day = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date(at))
  const morning = (at: number) => Date.parse(`${day(at)}T08:00:00+08:00`)
  return new Date(morning(now) <= now - 2 * hour ? morning(now) : morning(now - 24 * hour))
}

/** What is there of a campus: a student more than the director, offices beyond the director's own, a notice, an answer. */
export function builtOf(has: Output<typeof setup>, issued: number, answered: boolean): ReadonlySet<BuildStep> {
  const done = new Set<BuildStep>()
  if (has.people.staff > 1) done.add('staff')
  if (has.people.student > 0) done.add('students')
  if (has.held > 2) done.add('offices').add('links')
  if (issued > 0) done.add('notice')
  if (answered) done.add('day')
  return done
}

export async function findBuilt(homeUnitId: string | null): Promise<ReadonlySet<BuildStep>> {
  const [has, issued] = await Promise.all([client.call(setup, {}), client.call(notices, {})])
  const covered = issued.total > 0 && homeUnitId ? await client.call(coverage, { unitId: homeUnitId }) : null
  return builtOf(has, issued.total, covered?.total.some((cell) => cell.kept > 1 && cell.unknown < cell.population) ?? false)
}

/** @param school the drill's name; @param report is told of each step, and how far it is, 0 to 1. */
export async function buildDrill(school: string, size: Size, built: ReadonlySet<BuildStep>, report: (step: BuildStep, part: number) => void): Promise<void> {
  const startsAt = drillMorning()
  const campus = makeCampus({ seed, ...sizes[size], school, year: startsAt.getFullYear() })
  const files = campusFiles(campus)
  for (const [step, name, kind] of [['staff', 'staff.csv', 'people'], ['students', 'students.csv', 'people'], ['offices', 'offices.csv', 'offices'], ['links', 'links.csv', 'links']] as const) {
    if (built.has(step)) continue
    report(step, 0)
    const importId = newId()
    await client.call(previewRoster, { importId, kind }, { file: { name, bytes: new TextEncoder().encode(files[name]) } })
    report(step, 0.6)
    await client.call(applyRoster, { importId })
    report(step, 1)
  }
  if (built.has('notice') && built.has('day')) return
  const officer = campus.holdings.find((one) => one.title.endsWith('值班员') && one.to === null)?.person ?? ''
  if (!built.has('notice')) {
    report('notice', 0)
    const crowd = await gather(client, '', [officer])
    await issueNotice(crowd.as(officer), { name: 'notice.txt', bytes: new TextEncoder().encode(sampleNotice(school, startsAt, 'Asia/Shanghai')) }, () => startsAt)
    report('notice', 1)
  }
  if (built.has('day')) return
  report('day', 0)
  const crowd = await gather(client, '', campus.people.map((person) => person.number))
  const behaviour = makeBehaviour(campus, seed, { start: new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(startsAt), days: 1, season: 'vacation' })
  await play({ campus, behaviour, conductor: client, crowd, officer, startsAt, until: new Date(), progress: (done, total) => report('day', total > 0 ? done / total : 1) })
  await client.call(setClock, { now: new Date(Date.now() + 1000).toISOString() })
  report('day', 1)
}
