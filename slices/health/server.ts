/** Cases: opened, checked, changed, handed over and released by people; the machine computes days and shows what is due. */
import type { Static } from 'typebox'
import { addDays, localDay } from '#kernel/clock.ts'
import type { Tx } from '#kernel/database.ts'
import { newId, stableIdAt } from '#kernel/ids.ts'
import { badInput, conflict, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context, type Ground, type ThingResolver } from '#kernel/server.ts'
import { purposeOverSubject, purposeOverUnits } from '#slices/directory/server.ts'
import { clockTolerance } from '#slices/facts/rules.ts'
import { findAttributes, record } from '#slices/facts/server.ts'
import { openCase } from '#slices/measures/rules.ts'
import { caseOpened, keepOpenCase } from '#slices/measures/server.ts'
import { findResponse, onErasing } from '#slices/responses/server.ts'
import * as contract from './contract.ts'
import * as q from './queries.ts'
import { countByKind, healthErasables, openOf } from './queries-erasing.ts'
import { caseKindWords, mayBecome, mostBack, stateOf, untilDay, worrying, type CaseKind, type Step } from './rules.ts'
import { shownCases, shownLines, todayOf } from './shown.ts'
import { tellAnswerer, tellPerson } from './telling.ts'

function actorOf(ctx: Context): string {
  if (!ctx.actor.personId) throw refused('no-person', '个案须由具名的人办理。', 'A named person must act on a case.')
  return ctx.actor.personId
}

/** The case, held still. Nobody acts on their own: neither opens nor ends what restricts themselves. */
async function locked(ctx: Context, caseId: string): Promise<q.CaseRow & { releasedAt: null }> {
  const row = await q.lockCase(ctx.tx, ctx.institution.id, caseId, ctx.now)
  if (!row) throw notFound()
  if (row.person.personId === actorOf(ctx)) throw ownCase()
  if (row.releasedAt !== null) throw conflict('这份个案已经解除。', 'This case has been released.')
  return { ...row, releasedAt: null }
}
const ownCase = () => refused('own-case', '不能办理本人的个案，请由其他负责人办理。', 'Nobody acts on their own case; another must.')

const words = (text: string | undefined) => text?.trim() ?? ''
function reasonOf(text: string): string {
  const trimmed = text.trim()
  if (trimmed.length < 2) throw badInput('请写明理由。', 'Write the reason.')
  return trimmed
}

/** A plan with its end computed. @throws Problem where its days cannot be */
function planned(ctx: Context, { kind, basis, countedFrom, fromDay, days, place }: Omit<q.Plan, 'untilDay'>): q.Plan {
  const today = todayOf(ctx)
  if (Number.isNaN(Date.parse(`${fromDay}T00:00:00Z`)) || addDays(fromDay, 0) !== fromDay) throw badInput('起算日期不存在。', 'There is no such day to count from.')
  if (fromDay > today) throw badInput('起算日期在未来。', 'The day to count from lies ahead.')
  if (fromDay < addDays(today, -mostBack)) throw badInput(`起算日期不能早于 ${mostBack} 天前。`, `The day to count from lies more than ${mostBack} days back.`)
  return { kind, basis: reasonOf(basis), countedFrom, fromDay, days, untilDay: endOf(today, fromDay, days), place: placeOf(place) }
}
function placeOf(place: string): string {
  const trimmed = place.trim()
  if (!trimmed) throw badInput('请写明地点。', 'Write where.')
  return trimmed
}
function endOf(today: string, fromDay: string, days: number): string {
  const until = untilDay(fromDay, days)
  if (until <= today) throw badInput(`按 ${fromDay} 起算 ${days} 天，${until} 已经到期；请核对天数，或直接解除。`, `${days} days from ${fromDay} end on ${until}, which is over; check the days, or release.`)
  return until
}

async function noted(ctx: Context, row: { caseId: string; kind: CaseKind; untilDay: string }, action: Step, said = '', to: string | null = null): Promise<void> {
  await q.insertStep(ctx.tx, ctx.institution.id, { caseId: row.caseId, action, by: ctx.actor.personId, to, kind: row.kind, untilDay: row.untilDay, words: said }, ctx.now)
  ctx.log({ subjectKind: 'case', subjectId: row.caseId, detail: { action } })
}

/** Measures hear of it as of any fact, in the same transaction. */
async function publish(ctx: Context, personIds: readonly string[], kinds: readonly CaseKind[]): Promise<void> {
  await keepOpenCase(ctx)
  await record(ctx, personIds.map((subjectId) => ({ factId: newId(), subjectId, attribute: openCase.key, value: kinds, observedAt: ctx.now.toISOString(), source: 'office', by: ctx.actor.personId })))
}

async function answererOf(ctx: Context, personId: string, answersId: string): Promise<q.Answerer> {
  const found = (await q.answerersOf(ctx.tx, ctx.institution.id, personId, ctx.now)).find((one) => one.person.personId === answersId)
  if (!found) throw badInput('这个人现在不能负责此人的个案，请从名单中选择。', 'They cannot answer for a case of this person now; choose from the list.')
  return found
}

async function moved(ctx: Context, caseId: string) {
  const row = (await q.findCase(ctx.tx, ctx.institution.id, caseId, ctx.now)) as q.CaseRow
  return { caseId, kind: row.kind, untilDay: row.untilDay, state: stateOf(row, todayOf(ctx)) }
}

/** One answer does for both: where the institution asks for temperature or symptoms, the check has answered. */
async function answered(ctx: Context, personId: string, one: Static<typeof contract.check.input>): Promise<void> {
  const attributes = await findAttributes(ctx.tx, ctx.institution.id, ['temperature', 'symptoms'])
  const told = one.symptoms.length ? one.symptoms : ['none']
  const values = attributes.flatMap(({ key, subjectKind, type, options }): { attribute: string; value: unknown }[] => {
    if (subjectKind !== 'person') return []
    if (key === 'temperature' && type === 'number' && one.temperature !== null) return [{ attribute: key, value: one.temperature }]
    return key === 'symptoms' && type === 'choices' && told.every((word) => options.some((option) => option.value === word)) ? [{ attribute: key, value: told }] : []
  })
  // What an answer may not be is no reason to lose the check: it is refused alone.
  await record(ctx, values.map((value) => ({ ...value, factId: stableIdAt(new Date(one.at), one.checkId, value.attribute), subjectId: personId, observedAt: one.at, source: personId === ctx.actor.personId ? 'answer' : 'proxy', by: ctx.actor.personId })))
}

export const calls = [
  implement(contract.open, async (ctx, input) => {
    const { tx, institution, now } = ctx
    if (input.personId === actorOf(ctx)) throw ownCase()
    const response = await findResponse(tx, institution.id, input.responseId)
    if (!response || response.status === 'closed') throw refused('no-open-response', '个案必须属于一个进行中的应急响应。', 'A case belongs to an open response.')
    const plan = planned(ctx, input)
    const answers = await answererOf(ctx, input.personId, input.answersId)
    const made = await q.insertCase(tx, institution.id, { ...plan, caseId: input.caseId, personId: input.personId, responseId: input.responseId, illness: input.illness, answersId: input.answersId, officeId: answers.officeId, by: ctx.actor.personId }, now)
    if (!made) throw conflict('此人已有在管的个案，请在原个案中变更。', 'They have an open case already; change that one.')
    await noted(ctx, { caseId: input.caseId, ...plan }, 'open', words(input.words), input.answersId)
    await publish(ctx, [input.personId], [plan.kind])
    await caseOpened(ctx, input.personId)
    await tellPerson(ctx, input, 'opened')
    await tellAnswerer(ctx, input.caseId, input.answersId, 'yours')
    return moved(ctx, input.caseId)
  }),

  implement(contract.check, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const personId = input.personId ?? ctx.actor.personId
    const row = await q.findCase(tx, institution.id, input.caseId, now)
    if (!row || row.person.personId !== personId) throw notFound()
    const at = Date.parse(input.at)
    if (at > now.getTime() + clockTolerance) throw badInput('监测时间在未来，请检查手机时间。', 'The check lies in the future; check the clock of the device.')
    if (at < Date.parse(row.openedAt) - clockTolerance) throw badInput('监测时间早于个案建立的时间。', 'The check lies before the case was opened.')
    if (row.releasedAt !== null && at > Date.parse(row.releasedAt)) throw conflict('个案已经解除，不用再监测。', 'The case has been released; no check is wanted any more.')
    const own = personId === ctx.actor.personId
    const stored = await q.insertCheck(tx, institution.id, { checkId: input.checkId, caseId: input.caseId, day: localDay(input.at, institution.timeZone), at: input.at, temperature: input.temperature, symptoms: input.symptoms, words: words(input.words), by: ctx.actor.personId, own }, now)
    if (!stored) return { outcome: 'repeated' as const }
    await answered(ctx, personId, input)
    if (own && worrying(input)) await tellAnswerer(ctx, input.caseId, (await shownLines(ctx, [row]))[0]?.answers?.person.personId ?? null, 'look')
    ctx.log({ subjectKind: 'case', subjectId: input.caseId, detail: { action: 'check', own } })
    return { outcome: 'stored' as const }
  }),

  implement(contract.change, async (ctx, input) => {
    const row = await locked(ctx, input.caseId)
    if (!mayBecome(row.kind, input.kind)) throw conflict(`“${caseKindWords[row.kind].zh}”不能变更为“${caseKindWords[input.kind].zh}”。`, `"${caseKindWords[row.kind].en}" cannot become "${caseKindWords[input.kind].en}".`)
    const plan = planned(ctx, input)
    await q.setPlan(ctx.tx, ctx.institution.id, input.caseId, plan)
    await noted(ctx, { caseId: input.caseId, ...plan }, 'change', plan.basis)
    await publish(ctx, [row.person.personId], [plan.kind])
    await tellPerson(ctx, { caseId: input.caseId, personId: row.person.personId }, 'changed')
    return moved(ctx, input.caseId)
  }),

  implement(contract.extend, async (ctx, input) => {
    const row = await locked(ctx, input.caseId)
    const reason = reasonOf(input.reason)
    if (input.days === row.days) throw badInput('期限没有变化。', 'The planned end is the same.')
    const plan = { ...row, days: input.days, untilDay: endOf(todayOf(ctx), row.fromDay, input.days) }
    await q.setPlan(ctx.tx, ctx.institution.id, input.caseId, plan)
    await noted(ctx, plan, 'extend', reason)
    await tellPerson(ctx, { caseId: input.caseId, personId: row.person.personId }, 'changed')
    return moved(ctx, input.caseId)
  }),

  implement(contract.offer, async (ctx, input) => {
    const row = await locked(ctx, input.caseId)
    const to = await answererOf(ctx, row.person.personId, input.answersId)
    const [{ answers } = { answers: null }] = await shownLines(ctx, [row])
    if (answers?.person.personId === input.answersId) throw conflict('个案本来就由此人负责。', 'They answer for it already.')
    await q.setOffer(ctx.tx, ctx.institution.id, input.caseId, { personId: input.answersId, officeId: to.officeId }, ctx.now)
    await noted(ctx, row, 'offer', words(input.words), input.answersId)
    // Whoever takes a case to themselves has confirmed by doing so.
    if (input.answersId === ctx.actor.personId) {
      await q.takeOver(ctx.tx, ctx.institution.id, input.caseId)
      await noted(ctx, row, 'accept', '', input.answersId)
    } else await tellAnswerer(ctx, input.caseId, input.answersId, 'offered')
    return moved(ctx, input.caseId)
  }),

  implement(contract.accept, async (ctx, { caseId }) => {
    const row = await locked(ctx, caseId)
    if (row.offered?.person.personId !== ctx.actor.personId) throw conflict('这份个案没有移交给您。', 'This case was not handed over to you.')
    await q.takeOver(ctx.tx, ctx.institution.id, caseId)
    await noted(ctx, row, 'accept', '', ctx.actor.personId)
    return moved(ctx, caseId)
  }),

  implement(contract.decline, async (ctx, { caseId, reason }) => {
    const row = await locked(ctx, caseId)
    if (row.offered?.person.personId !== ctx.actor.personId) throw conflict('这份个案没有移交给您。', 'This case was not handed over to you.')
    await q.setOffer(ctx.tx, ctx.institution.id, caseId, null, ctx.now)
    await noted(ctx, row, 'decline', reasonOf(reason))
    await tellAnswerer(ctx, caseId, row.answers?.person.personId ?? null, 'yours')
    return moved(ctx, caseId)
  }),

  implement(contract.release, async (ctx, { caseId, reason }) => {
    const row = await locked(ctx, caseId)
    await q.setReleased(ctx.tx, ctx.institution.id, caseId, actorOf(ctx), reasonOf(reason), ctx.now)
    await noted(ctx, row, 'release', reasonOf(reason))
    await publish(ctx, [row.person.personId], [])
    await tellPerson(ctx, { caseId, personId: row.person.personId }, 'released')
    return moved(ctx, caseId)
  }),

  implement(contract.counts, async (ctx, { unitId, andUnits = [] }) => ({
    asOf: ctx.now.toISOString(), ...(await q.countCases(ctx.tx, ctx.institution.id, [unitId, ...andUnits], todayOf(ctx), ctx.institution.timeZone)),
  })),

  implement(contract.list, async (ctx, { unitId, andUnits = [], show, kind, page = 1, size = 50 }) => {
    const unitIds = [...new Set([unitId, ...andUnits])]
    const purpose = await purposeOverUnits(ctx, unitIds, 'case.read', 'cases')
    const { total, rows } = await q.listCases(ctx.tx, ctx.institution.id, { unitIds, show, kind: kind ?? null, today: todayOf(ctx), timeZone: ctx.institution.timeZone }, (page - 1) * size, size, ctx.now)
    ctx.looked(rows.map((row) => row.person.personId), purpose)
    return { asOf: ctx.now.toISOString(), total, cases: await shownLines(ctx, rows) }
  }),

  implement(contract.get, async (ctx, { caseId }) => {
    const row = await q.findCase(ctx.tx, ctx.institution.id, caseId, ctx.now)
    if (!row) throw notFound()
    const [one] = (await shownCases(ctx, [row])) as [Static<typeof contract.Case>]
    // Whoever it is with opens it; others who count say why.
    const own = [one.answers?.person.personId, one.offered?.person.personId].includes(ctx.actor.personId as string)
    ctx.looked([row.person.personId], own ? 'cases' : await purposeOverSubject(ctx, row.person.personId, 'case.read', 'cases'))
    return one
  }),

  implement(contract.ofPerson, async (ctx, { personId }) => {
    ctx.looked([personId], await purposeOverSubject(ctx, personId, 'case.read', 'cases'))
    return { cases: await shownLines(ctx, await q.casesOfPerson(ctx.tx, ctx.institution.id, personId, ctx.now)) }
  }),

  implement(contract.answerers, async (ctx, { personId }) => ({ people: (await q.answerersOf(ctx.tx, ctx.institution.id, personId, ctx.now)).map(({ officeId: _, ...owner }) => owner) })),

  implement(contract.mine, async (ctx) => {
    const personId = ctx.actor.personId as string
    return { asOf: ctx.now.toISOString(), today: todayOf(ctx), cases: await shownCases(ctx, await q.casesOfPerson(ctx.tx, ctx.institution.id, personId, ctx.now)) }
  }),

  implement(contract.todo, async (ctx) => {
    const me = ctx.actor.personId as string
    const lines = await shownLines(ctx, await q.casesPerhapsOf(ctx.tx, ctx.institution.id, me, ctx.now))
    const cases = lines.filter((one) => one.answers?.person.personId === me)
    const offered = lines.filter((one) => one.offered?.person.personId === me)
    ctx.looked([...cases, ...offered].map((one) => one.person.personId), 'cases')
    return { asOf: ctx.now.toISOString(), today: todayOf(ctx), cases, offered }
  }),
]
export const jobs = []

async function resolveCases(tx: Tx, ids: string[]): Promise<(Ground | undefined)[]> {
  const places = new Map((await q.placesOf(tx, ids)).map((row) => [row.caseId, row.unitIds]))
  return ids.map((id) => {
    const unitIds = places.get(id)
    return unitIds ? { unitIds, personIds: [] } : undefined
  })
}
export const things: ThingResolver[] = [{ kind: 'case', resolve: resolveCases }]

onErasing({
  erasables: healthErasables,
  begin: async (ctx, scope) => {
    const found = await countByKind(ctx.tx, scope)
    // What stays known must not say for good what nobody could release any more.
    const open = await openOf(ctx.tx, scope)
    if (open.length) await publish(ctx, open, [])
    // Of fewer than five neither the kinds nor, where one kind is that small, their number is told.
    const told = (n: number) => (n < 5 ? null : n)
    const total = found.reduce((sum, one) => sum + one.n, 0)
    return found.length ? [{ name: { zh: '健康管理个案', en: 'Cases' }, n: told(total) }, ...(found.every((one) => told(one.n) !== null) ? found.map(({ kind, n }) => ({ name: { zh: `个案：${caseKindWords[kind].zh}`, en: `Cases: ${caseKindWords[kind].en}` }, n })) : [])] : []
  },
})
