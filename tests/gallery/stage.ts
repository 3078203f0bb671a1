/**
 * The campus that the pictures are taken of: synthetic people who lived two days of a notice through the public interface, behind a real server
 * on a fresh database. Small enough for a test, large enough that lists and figures look like those of a school.
 */
import { newId } from '#kernel/ids.ts'
import { noInstitution } from '#kernel/institutions.ts'
import { makeBehaviour } from '#drill/behaviour.ts'
import { makeCampus } from '#drill/campus.ts'
import type { Campus, Holding } from '#drill/campus-model.ts'
import { gather } from '#drill/crowd.ts'
import { issueNotice } from '#drill/officer.ts'
import { headOf, play } from '#drill/play.ts'
import { importCampus } from '#drill/prepare.ts'
import { appoint, saveOffice, units } from '#slices/directory/contract.ts'
import * as drills from '#slices/drills/contract.ts'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../../entry/build.ts'
import { localSession } from '../../entry/cli/session.ts'
import { serve } from '../../entry/serve.ts'
import { startKernel } from '../../entry/start.ts'
import { freshDatabase } from '../postgres.ts'
import { addCases, tellCases } from './cases.ts'
import type { Folk, Role } from './roles.ts'
import { addDoubts, addEarlier, addStory, type Story } from './story.ts'

export interface Stage extends Folk {
  story: Story
}

/** 08:00 of the first day, and the evening at which the pictures are taken; the notice of the drill has its dates around them. */
const startsAt = new Date('2026-11-23T08:00:00+08:00')
export const takenAt = new Date('2026-11-24T21:10:00+08:00')
const school = '江畔大学'

/** Builds the stage. @param students 60 and more: a test needs few, pictures want some hundreds. */
export async function openStage({ students = 720, staff = 90, report = () => {} }: { students?: number; staff?: number; report?: (line: string) => void } = {}): Promise<Stage> {
  // A copy of its own: another build meanwhile must not take the files away.
  const dist = mkdtempSync(join(tmpdir(), 'bulwark-gallery-'))
  cpSync(await build({ report }), dist, { recursive: true })
  const database = await freshDatabase()
  const serving = await serve(database, { port: 0, host: '127.0.0.1', dist })
  const running = await startKernel(database, { connections: 4 })
  const close = async () => {
    await running.close()
    await serving.close()
    await database.drop()
    rmSync(dist, { recursive: true, force: true })
  }
  try {
    const institutionId = newId()
    await localSession(running, noInstitution.id, '', 'zh-Hans').call(drills.open, { institutionId, code: 'gallery', name: school, vocabulary: 'cn-university', startsAt: startsAt.toISOString() })
    const conductor = localSession(running, institutionId, 'gallery', 'zh-Hans')
    const campus = makeCampus({ seed: 20260401, students, staff, school, year: 2026 })
    const behaviour = makeBehaviour(campus, 20260401, { start: '2026-11-23', days: 2, season: 'vacation' })
    await importCampus(conductor, campus)
    report(`campus: ${campus.people.length} people, ${campus.units.length} units`)
    const numbers = castOf(campus)
    // The student has answered nothing yet; of the calm one nothing is asked any more.
    for (const one of behaviour.people) {
      if (one.number === numbers.student) Object.assign(one, { temperament: 'never', delays: one.delays.map(() => null), help: [], symptoms: [] })
      if (one.number === numbers.calm) Object.assign(one, { temperament: 'prompt', delays: one.delays.map(() => 25), help: [], symptoms: [], returns: null })
    }
    const crowd = await gather(conductor, serving.origin, campus.people.map((person) => person.number))
    const officer = numbers.duty
    const tokens = new Map((await conductor.call(drills.actAs, { numbers: Object.values(numbers) })).actors.map((one) => [one.number, one.token]))
    const earlier = await addEarlier({ as: (who) => crowd.as(numbers[who]), person: (who) => crowd.personId(numbers[who]) }, startsAt)
    const issued = await issueNotice(crowd.as(officer), { name: 'notice.txt', bytes: await readFile(join(import.meta.dirname, '../../drill/notice.txt')) }, () => startsAt)
    report(`notice: ${issued.title}`)
    const [doctor, counsellor, student] = [crowd.as(numbers.doctor), crowd.as(numbers.counsellor), crowd.as(numbers.student)]
    const person = { doctor: crowd.personId(numbers.doctor), counsellor: crowd.personId(numbers.counsellor), student: crowd.personId(numbers.student) }
    const ill = { doctor, counsellor, student, person, mates: [numbers.ill, ...matesOf(campus, numbers)].map((number) => crowd.personId(number)) }
    const cases = await addCases(ill, issued.responseId)
    await addDoubts({ campus, crowd, duty: crowd.as(officer), besides: [numbers.student, numbers.floorHead, numbers.branchSecretary], startsAt })
    const played = await play({ campus, behaviour, conductor, crowd, officer, startsAt, until: takenAt, progress: () => {} })
    report(`two days: ${played.answers} answers, ${played.unitSteps} steps of units`)
    const byName = new Map<string, string>()
    for (const tree of ['admin', 'party', 'residence'] as const) for (const one of (await crowd.as(officer).call(units, { tree, depth: 8 })).units) if (!byName.has(one.name)) byName.set(one.name, one.unitId)
    const unit = (name: string) => byName.get(name) ?? missing(`unit ${name}`)
    const officeId = newId()
    await conductor.call(saveOffice, { officeId, unitId: unit('信息化办公室'), title: '系统管理员', role: 'administrator' })
    await conductor.call(appoint, { holdingId: newId(), officeId, personId: crowd.personId(numbers.administrator), capacity: 'holder', from: startsAt.toISOString() })
    const stage: Omit<Stage, 'story'> = {
      origin: serving.origin,
      campus,
      unit,
      as: (who) => crowd.as(numbers[who]),
      number: (who) => numbers[who],
      person: (who) => crowd.personId(numbers[who]),
      token: (who) => tokens.get((numbers as Record<string, string>)[who] ?? who) ?? missing(who),
      close,
    }
    await tellCases(ill, cases)
    const story = await addStory(stage, { noticeId: issued.noticeId, responseId: issued.responseId, ...earlier, caseId: cases.caseId, dueCaseId: cases.dueCaseId, offeredCaseId: cases.offeredCaseId })
    report('story told')
    return { ...stage, story }
  } catch (error) {
    await close()
    throw error
  }
}

function missing(what: string): never {
  throw new Error(`The stage has no ${what}`)
}

/** Classmates of the student who play no part. */
function matesOf(campus: Campus, numbers: Record<Role, string>): string[] {
  const group = campus.people.find((person) => person.number === numbers.student)?.units.admin
  return campus.people.filter((person) => person.units.admin === group && person.kind === 'student' && person.status === 'enrolled' && !Object.values(numbers).includes(person.number)).slice(0, 2).map((person) => person.number)
}

/** Who plays which part, by roster number. */
function castOf(campus: Campus): Record<Role, string> {
  const college = campus.units.find((unit) => unit.kind === 'college') ?? missing('college')
  const byId = new Map(campus.units.map((unit) => [unit.id, unit]))
  const holders = (fits: (holding: Holding) => boolean) => campus.holdings.filter((one) => one.to === null && one.capacity === 'holder' && fits(one))
  const holder = (title: string, unit?: string) => holders((one) => one.title === title && (!unit || byId.get(one.unit)?.name === unit))[0]?.person ?? missing(title)
  const kinds = new Map(campus.people.map((person) => [person.number, person]))
  // The first class of its counsellor: what their screens open with.
  const first = holders((one) => one.title === '辅导员' && campus.classes.some((group) => group.unit === one.unit && group.college === college.id && !group.orphaned))[0] ?? missing('counsellor')
  const group = campus.classes.find((one) => one.unit === first.unit) ?? missing('class')
  const classmates = campus.people.filter((person) => person.units.admin === group.unit && person.kind === 'student' && person.status === 'enrolled' && !holders((one) => one.person === person.number).length)
  return {
    duty: holders((one) => one.title.endsWith('值班员'))[0]?.person ?? missing('duty officer'),
    secretary: headOf(campus, college.id) ?? missing('secretary'),
    counsellor: first.person,
    head: holder('处长', '学生处'),
    logistics: holder('处长', '后勤管理处'),
    doctor: holder('校医'),
    dataProtection: holder('个人信息保护负责人'),
    administrator: campus.people.find((person) => person.kind === 'staff' && byId.get(byId.get(person.units.admin)?.parent ?? '')?.name === '信息化办公室')?.number ?? holder('个人信息保护负责人'),
    organisation: holder('组织部干事'),
    buildingManager: holder('楼长'),
    floorHead: holders((one) => one.title === '楼层长' && kinds.get(one.person)?.kind === 'student')[0]?.person ?? missing('floor head'),
    branchSecretary: holders((one) => one.title === '党支部书记')[0]?.person ?? missing('branch secretary'),
    student: classmates[0]?.number ?? missing('student'),
    calm: classmates[1]?.number ?? missing('calm student'),
    ill: classmates[2]?.number ?? missing('ill student'),
  }
}
