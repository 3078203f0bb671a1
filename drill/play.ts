/**
 * Plays several days on a synthetic campus through the public interface: most people answer, some late, some by proxy, some never; some return from
 * listed areas; some units acknowledge slowly. Also the test bed of the product and an exercise for its users.
 */
import type { Client } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { answer, attributes } from '#slices/facts/contract.ts'
import { askHelp } from '#slices/issues/contract.ts'
import { restful, setClock } from '#slices/drills/contract.ts'
import { units } from '#slices/directory/contract.ts'
import type { Behaviour, PersonBehaviour, UnitBehaviour } from './behaviour.ts'
import type { Campus } from './campus-model.ts'
import { together, type Crowd } from './crowd.ts'
import { sheetOf, type Asked } from './sheets.ts'
import { stepUnits } from './units.ts'

export interface Stage {
  campus: Campus
  behaviour: Behaviour
  conductor: Client
  crowd: Crowd
  /** Number of the officer on duty, who reviews. */
  officer: string
  /** Real time until which the days are played; the drill's clock ends there. */
  until: Date
  /** 08:00 of the first day, in the drill's time. */
  startsAt: Date
  progress: (done: number, total: number, note: string) => void
}

export interface Played {
  answers: number
  proxies: number
  helpRequests: number
  unitSteps: number
  failed: number
  problems: Map<string, number>
  /** Answers a second while people were answering. */
  rate: number
}

interface Event {
  at: number
  run: () => Promise<unknown>
  kind: 'answer' | 'proxy' | 'help' | 'unit'
}

const minute = 60_000
const dayMs = 86_400_000
const slot = 60 * minute
/** How many act at the same moment. */
const crowdWidth = 160

export async function play(stage: Stage): Promise<Played> {
  const { behaviour, crowd, conductor, startsAt, until } = stage
  const known = (await crowd.as(stage.officer).call(attributes, {})).attributes
  const asked = known.filter((attribute) => attribute.askedOf === 'self' && attribute.subjectKind === 'person').map(({ key, freshSeconds }): Asked => ({ key, freshSeconds }))
  const played: Played = { answers: 0, proxies: 0, helpRequests: 0, unitSteps: 0, failed: 0, problems: new Map(), rate: 0 }
  const events = asked.length ? behaviour.people.flatMap((person) => eventsOf(stage, person, asked, played)) : []
  if (known.some((attribute) => attribute.key === 'stay-approved')) events.push(...approvals(stage, played))
  const unitIds = await unitIdsOf(stage)
  for (const unit of behaviour.units) events.push(...unitEvents(stage, unit, unitIds, known.some((attribute) => attribute.key === 'zero-report'), played))
  const due = events.filter((event) => event.at <= until.getTime()).toSorted((a, b) => a.at - b.at)
  const total = due.length
  let done = 0
  let answering = 0
  const reviewAt = new Set<number>()
  for (let at = startsAt.getTime(), next = 0; at < until.getTime(); ) {
    // Quiet hours pass in one step.
    const quiet = Math.floor(((due[next]?.at ?? until.getTime()) - at) / slot)
    const end = Math.min(at + Math.max(1, quiet) * slot, until.getTime())
    const now: Event[] = []
    while (next < due.length && (due[next]?.at ?? Infinity) <= end) now.push(due[next++] as Event)
    await conductor.call(setClock, { now: new Date(end).toISOString() })
    await new Promise((resolve) => setTimeout(resolve, 120)) // until every process has heard of the new time
    const started = performance.now()
    // An hour of thousands of answers takes a while: the time told is that of the answer it is at.
    const noteOf = (moment: number) => `第${Math.floor((moment - startsAt.getTime()) / dayMs) + 1}天 ${clockOf(moment)}，已填报 ${played.answers + played.proxies}`
    // People and units act side by side, as they do.
    const outcome = await together(now, crowdWidth, (event) => event.run(), (some) => stage.progress(done + some, total, noteOf(now[some - 1]?.at ?? end)))
    answering += now.length > 200 ? performance.now() - started : 0
    if (now.length > 200) played.rate += now.length
    done += now.length
    played.failed += outcome.failed
    for (const [problem, count] of outcome.problems) played.problems.set(problem, (played.problems.get(problem) ?? 0) + count)
    await rest(conductor, (waiting) => stage.progress(done, total, `${noteOf(end)}，核算 ${waiting}`))
    const hour = Math.floor((end - startsAt.getTime()) / slot)
    const watch = Math.floor(hour / 4)
    if (!reviewAt.has(watch)) {
      reviewAt.add(watch)
      played.unitSteps += await stepUnits.review(crowd.as(stage.officer))
    }
    at = end
    stage.progress(done, total, noteOf(end))
  }
  played.rate = answering ? Math.round(played.rate / (answering / 1000)) : 0
  return played
}

const clockOf = (at: number) => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' }).format(new Date(at))

/** Waits until what fell due by the moved clock is done. */
async function rest(conductor: Client, report: (waiting: number) => void): Promise<void> {
  for (let round = 0; round < 600; round++) {
    const { waiting } = await conductor.call(restful, {})
    if (waiting === 0) return
    report(waiting)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function eventsOf({ behaviour, crowd, startsAt }: Stage, person: PersonBehaviour, asked: readonly Asked[], played: Played): Event[] {
  const events: Event[] = []
  let last: number | null = null
  person.delays.forEach((delay, day) => {
    if (delay === null) return
    const sheet = sheetOf(behaviour, person, day, asked, last)
    last = day
    if (!sheet.length) return
    const at = startsAt.getTime() + day * dayMs + delay * minute
    const answers = sheet.map((one) => ({ factId: newId(), ...one, observedAt: new Date(at).toISOString() }))
    const proxy = person.temperament === 'proxy' ? person.proxy : null
    if (person.temperament === 'proxy' && proxy === null) return
    events.push({
      at, kind: proxy ? 'proxy' : 'answer',
      run: async () => {
        if (proxy) await crowd.as(proxy).call(answer, { answers: answers.map((one) => ({ ...one, subjectId: crowd.personId(person.number) })) })
        else await crowd.as(person.number).call(answer, { answers })
        if (proxy) played.proxies++
        else played.answers++
      },
    })
  })
  for (const help of person.help) {
    const at = startsAt.getTime() + help.day * dayMs + help.minute * minute
    const theme = ({ medicine: 'medicine', repair: 'dormitory', stranded: 'travel', food: 'food', paper: 'study', mood: 'mood', network: 'dormitory', care: 'other' } as const)[help.topic]
    events.push({
      at, kind: 'help',
      run: async () => {
        await crowd.as(person.number).call(askHelp, { requestId: newId(), theme, text: help.text, urgency: help.topic === 'stranded' || help.topic === 'medicine' ? 'today' : 'normal' })
        played.helpRequests++
      },
    })
  }
  return events
}

/** Counsellors record who of those staying on campus has been approved: most on the first two evenings. */
function approvals({ campus, behaviour, crowd, startsAt }: Stage, played: Played): Event[] {
  const kinds = new Map(campus.people.map((person) => [person.number, person.kind]))
  const owners = new Map(campus.classes.flatMap((group) => (group.orphaned ? [] : [[group.unit, group.counsellor] as const])))
  const classOf = new Map(campus.people.map((person) => [person.number, person.units.admin]))
  return behaviour.people.flatMap((person): Event[] => {
    const counsellor = owners.get(classOf.get(person.number) ?? '')
    if (kinds.get(person.number) !== 'student' || !person.staysOnCampus || !counsellor) return []
    const digit = Number(person.number.slice(-2))
    if (digit % 12 === 0) return [] // not decided yet
    const at = startsAt.getTime() + (digit % 2) * dayMs + (600 + digit) * minute
    return [{
      at, kind: 'proxy',
      run: async () => {
        await crowd.as(counsellor).call(answer, { answers: [{ factId: newId(), subjectId: crowd.personId(person.number), attribute: 'stay-approved', value: digit % 17 !== 1, observedAt: new Date(at).toISOString() }] })
        played.proxies++
      },
    }]
  })
}

/** The campus's units by their local ids, as the institution knows them. */
async function unitIdsOf({ campus, crowd, officer }: Stage): Promise<Map<string, string>> {
  const found = (await crowd.as(officer).call(units, { tree: 'admin', depth: 2 })).units
  const byName = new Map(found.map((unit) => [unit.name, unit.unitId]))
  return new Map(campus.units.filter((unit) => unit.kind === 'college' || unit.kind === 'department').flatMap((unit) => { const id = byName.get(unit.name); return id ? [[unit.id, id] as const] : [] }))
}

function unitEvents({ campus, crowd, startsAt, behaviour }: Stage, unit: UnitBehaviour, unitIds: ReadonlyMap<string, string>, zeroReport: boolean, played: Played): Event[] {
  const head = headOf(campus, unit.unit)
  const unitId = unitIds.get(unit.unit)
  if (!head || unit.acknowledge === null) return []
  const client = () => crowd.as(head)
  const events: Event[] = []
  for (let day = 0; day < behaviour.days; day++) {
    const dawn = startsAt.getTime() + day * dayMs
    events.push({ at: dawn + unit.acknowledge * minute, kind: 'unit', run: async () => void (played.unitSteps += await stepUnits.acknowledge(client())) })
    events.push({ at: dawn + (unit.acknowledge + unit.report) * minute, kind: 'unit', run: async () => void (played.unitSteps += await stepUnits.report(client(), unit.thin && day === 0)) })
    if (zeroReport && unitId && !(unit.slow && day === behaviour.days - 1)) {
      const at = dawn + (8 * 60 + (unit.report % 60)) * minute
      events.push({ at, kind: 'unit', run: async () => void (await client().call(answer, { answers: [{ factId: newId(), subjectId: unitId, attribute: 'zero-report', value: 'nothing', observedAt: new Date(at).toISOString() }] })) })
    }
  }
  return events
}

/** Who answers for a unit of the campus: its secretary or head. */
export function headOf(campus: Campus, unit: string): string | undefined {
  const holdings = campus.holdings.filter((one) => one.unit === unit && one.to === null && one.capacity === 'holder')
  return (holdings.find((one) => one.title.endsWith('书记') && !one.title.includes('副')) ?? holdings.find((one) => /(处长|部长|主任|负责人|院长)$/.test(one.title)) ?? holdings[0])?.person
}
