/** The one door through which facts come in, and what is known. */
import { together, type Tx } from '#kernel/database.ts'
import { badInput, conflict, notFound, Problem, refused } from '#kernel/problems.ts'
import { implement, implementBatch, type Actor, type Context, type JobHandler, type ThingResolver } from '#kernel/server.ts'
import type { Bilingual } from '#kernel/words.ts'
import { ownersOfPersons, purposeOverSubject } from '#slices/directory/server.ts'
import { erasurePlans, onErasing } from '#slices/responses/server.ts'
import * as contract from './contract.ts'
import { importCalls } from './import.ts'
import { lies, periodGrace } from './periods.ts'
import { correctedFacts } from './queries-corrections.ts'
import { countAnswers, factErasables } from './queries-erasing.ts'
import { keepLasting } from './queries-lasting.ts'
import { periods } from './queries-import.ts'
import * as q from './queries.ts'
import { clockTolerance, longestHold, refuseValue, type FactInput, type Recorded } from './rules.ts'

export type { AttributeRow, KnownRow } from './queries.ts'
export const listAttributes = (tx: Tx, institutionId: string) => q.listAttributes(tx, institutionId)
export const findAttributes = (tx: Tx, institutionId: string, keys: string[]) => q.findAttributes(tx, institutionId, keys)
export const saveAttribute = (tx: Tx, institutionId: string, attribute: q.AttributeRow) => q.upsertAttribute(tx, institutionId, attribute)
export const profileOf = (tx: Tx, institutionId: string, subjectId: string, now: Date) => q.profileOf(tx, institutionId, subjectId, now)

/** What a later slice wants to know the moment facts come in, new or not; it registers itself when it is assembled. */
export type FactsListener = (ctx: Context, told: readonly { subjectId: string; attribute: string }[]) => Promise<void>
const listeners: FactsListener[] = []
/** Measures stand on facts and must move in the same transaction; this is how they are told without facts knowing them. */
export function onFacts(listener: FactsListener): void {
  listeners.push(listener)
}

/** A later slice says no while it needs an attribute. @throws Problem with what needs it */
export type RetiringListener = (ctx: Context, key: string) => Promise<void>
const retiring: RetiringListener[] = []
export function onRetiring(listener: RetiringListener): void {
  retiring.push(listener)
}

const recorded = new Set<string>()
/** A later slice records this attribute itself: no answer and no file says it, and nobody changes what it is. */
export function recordedHere(key: string): void {
  recorded.add(key)
}
const recordedElsewhere = ({ zh, en }: Bilingual): Problem => refused('recorded-elsewhere', `“${zh}”由系统按办理情况自动记录，不能填报、导入或改动。`, `"${en}" is recorded where it is dealt with; it cannot be answered, brought in or changed.`)

type Given = FactInput & { by: string | null }
type Checked = q.NewFact & { holdsUntil?: string | null }

/** What people say of themselves and of those they look after; files and other slices may know older things. */
const personal = (fact: Given) => fact.source === 'answer' || fact.source === 'proxy'
const localMinute = (at: Date, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)

/** Each fact as it would be stored, or the Problem that refuses it. */
async function check(ctx: Context, facts: readonly Given[]): Promise<(Checked | Problem)[]> {
  const { tx, institution, now } = ctx
  const attributes = new Map((await q.findAttributes(tx, institution.id, [...new Set(facts.map((fact) => fact.attribute))])).map((attribute) => [attribute.key, attribute]))
  // Only what is told a day late or later can lie before its time: the stream of fresh answers asks nothing more.
  const late = facts.filter((fact) => personal(fact) && Date.parse(fact.observedAt) < now.getTime() - periodGrace)
  const times = late.length ? await periods(tx, institution.id, [...new Set(late.map((fact) => fact.subjectId))]) : null
  const corrected = await correctedFacts(tx, institution.id, facts.flatMap((fact) => fact.corrects ?? []))
  return facts.map((fact): Checked | Problem => {
    const attribute = attributes.get(fact.attribute)
    if (!attribute) return badInput(`没有信息项“${fact.attribute}”。`, `There is no attribute "${fact.attribute}".`)
    if (recorded.has(fact.attribute) && fact.source !== 'office') return recordedElsewhere(attribute.label)
    const wrong = refuseValue(attribute, fact.value)
    if (wrong) return badInput(`“${attribute.label.zh}”：${wrong.zh}。`, `"${attribute.label.en}" ${wrong.en}.`, { attribute: fact.attribute })
    const observed = new Date(fact.observedAt)
    if (Number.isNaN(observed.getTime())) return badInput('填报时间不合格式。', 'The time of the observation is malformed.')
    if (observed.getTime() > now.getTime() + clockTolerance) return badInput(`填报时间在未来（服务器时间 ${localMinute(now, institution.timeZone)}），请检查手机时间。`, `The observation lies in the future (the server has ${localMinute(now, institution.timeZone)}); check the clock of the device.`, { now: now.toISOString() })
    const early = times && personal(fact) && observed.getTime() < now.getTime() - periodGrace ? lies(fact, times) : null
    if (early) return badInput(`${early.zh}（${localMinute(observed, institution.timeZone)}），请检查手机时间。`, `${early.en[0]?.toUpperCase()}${early.en.slice(1)} (${localMinute(observed, institution.timeZone)}); check the clock of the device.`, { now: now.toISOString() })
    const holds = fact.holdsUntil ? Date.parse(fact.holdsUntil) - observed.getTime() : null
    if (holds !== null && !(holds > 0 && holds <= longestHold)) return badInput('“一直有效到”应在填报之后、一年之内。', 'An answer can hold from its observation on, for a year at most.')
    const wrongOne = fact.corrects ? corrected.get(fact.corrects) : undefined
    if (wrongOne && (wrongOne.subjectId !== fact.subjectId || wrongOne.attribute !== fact.attribute)) return badInput('更正的不是同一人的同一项填报。', 'It corrects an answer about somebody or something else.')
    // A correction counts from what it corrects on, also from a phone whose clock is slow.
    const counts = wrongOne && Date.parse(wrongOne.observedAt) >= observed.getTime() ? new Date(Date.parse(wrongOne.observedAt) + 1) : observed
    return { ...fact, observedAt: counts === observed ? fact.observedAt : counts.toISOString(), recordedBy: fact.by, corrects: fact.corrects ?? null, freshSeconds: attribute.freshSeconds }
  })
}

/**
 * Records facts, whoever brings them. Each is stored once by its id; a late observation never replaces a newer one.
 * Answers per fact, in order: what became of it, or the Problem that refuses it alone.
 */
export async function record(ctx: Context, facts: readonly Given[]): Promise<(Recorded | Problem)[]> {
  return store(ctx, await check(ctx, facts))
}

async function store(ctx: Context, verdicts: readonly (Checked | Problem)[]): Promise<(Recorded | Problem)[]> {
  const { tx, institution, now } = ctx
  const good = verdicts.filter((verdict): verdict is Checked => !(verdict instanceof Problem))
  if (!good.length) return verdicts.map((verdict) => verdict as Problem)
  const tell = () => together(listeners.map((listener) => listener(ctx, good)))
  const storing = q.recordFacts(tx, institution.id, good, now)
  const stands = good.some((fact) => fact.holdsUntil)
  // Whoever listens asks right behind, before it is known which facts are new; what was there before moves nothing.
  const [rows] = await together([storing, stands ? storing : tell()])
  const stored = new Map(rows.map((row) => [row.factId, row]))
  if (stands) {
    await keepLasting(tx, institution.id, good.flatMap(({ factId, subjectId, attribute, holdsUntil }) => (holdsUntil && stored.has(factId) ? [{ factId, subjectId, attribute, until: holdsUntil }] : [])))
    await tell()
  }
  const again = good.filter((fact) => !stored.has(fact.factId))
  const same = again.length ? await q.sameFacts(tx, institution.id, again) : new Map<string, boolean>()
  return verdicts.map((verdict) => {
    if (verdict instanceof Problem) return verdict
    const row = stored.get(verdict.factId)
    if (row) return { factId: verdict.factId, outcome: row.current ? 'stored' : 'older' }
    if (same.get(verdict.factId) === false) return conflict('同一编号已有不同内容的填报。', 'Another answer was stored under this id.')
    return { factId: verdict.factId, outcome: 'repeated' }
  })
}

const files = importCalls({ check, record })

export const calls = [
  ...files.calls,
  implement(contract.attributes, async (ctx) => ({ attributes: await q.listAttributes(ctx.tx, ctx.institution.id) })),
  implement(contract.saveAttribute, async (ctx, input) => {
    if (recorded.has(input.key)) throw recordedElsewhere(input.label)
    const [earlier] = await q.findAttributes(ctx.tx, ctx.institution.id, [input.key])
    if (earlier && (earlier.type !== input.type || earlier.subjectKind !== input.subjectKind)) throw conflict('信息项的类型不能改变，请新建一个。', 'The type of an attribute cannot change; make a new one.')
    if ((input.type === 'choice' || input.type === 'choices') && input.options.length < 2) throw badInput('选择题至少要有两个选项。', 'A choice needs at least two options.')
    if (input.min !== null && input.max !== null && input.min > input.max) throw badInput('最小值大于最大值。', 'The least is more than the most.')
    await q.upsertAttribute(ctx.tx, ctx.institution.id, input)
    return input
  }),
  implement(contract.retireAttribute, async (ctx, { key }) => {
    if (recorded.has(key)) throw recordedElsewhere({ zh: key, en: key })
    for (const listener of retiring) await listener(ctx, key)
    if (!(await q.retireAttribute(ctx.tx, ctx.institution.id, key, ctx.now))) throw notFound()
    ctx.log({ detail: { attribute: key, retired: true } })
    return {}
  }),
  implementBatch(contract.answer, async (ctx, items) => {
    const all = items.flatMap((item, index) => item.input.answers.map((answer) => ({ index, by: item.actor.personId, ...asFact(item.actor, answer) })))
    // An answer sheet with one bad answer stores none of it.
    const wrong = new Map<number, Problem>()
    const checked = (await check(ctx, all)).map((verdict, at) => ({ index: all[at]?.index ?? 0, verdict }))
    for (const { index, verdict } of checked) if (verdict instanceof Problem) wrong.set(index, verdict)
    const kept = checked.filter(({ index }) => !wrong.has(index))
    const results: Recorded[][] = items.map(() => [])
    const verdicts = await store(ctx, kept.map(({ verdict }) => verdict))
    kept.forEach(({ index }, at) => {
      const verdict = verdicts[at]
      if (verdict instanceof Problem) wrong.set(index, wrong.get(index) ?? verdict)
      else if (verdict) results[index]?.push(verdict)
    })
    return items.map((_, index) => wrong.get(index) ?? { results: results[index] ?? [] })
  }),
  implement(contract.profile, async (ctx, { personId }) => {
    ctx.looked([personId], await purposeOverSubject(ctx, personId, 'person.facts', 'profile'))
    return { facts: await q.profileOf(ctx.tx, ctx.institution.id, personId, ctx.now) }
  }),
  implement(contract.history, async (ctx, { personId, attribute }) => {
    ctx.looked([personId], await purposeOverSubject(ctx, personId, 'person.facts', 'history'))
    return { facts: await q.historyOf(ctx.tx, ctx.institution.id, personId, attribute ?? null) }
  }),
  implement(contract.myData, async (ctx) => {
    const personId = ctx.actor.personId as string
    return {
      facts: await q.historyOf(ctx.tx, ctx.institution.id, personId, null), attributes: await q.listAttributes(ctx.tx, ctx.institution.id), looks: await q.looksAt(ctx.tx, ctx.institution.id, personId),
      owners: (await ownersOfPersons(ctx.tx, ctx.institution.id, [personId], ctx.now)).get(personId) ?? [],
      erasure: { zh: '应急响应结束后停止采集；个人明细按规则擦除，只保留人数。', en: 'When the response closes collecting stops; personal rows are erased by rule and only counts stay.' },
      erasures: (await erasurePlans(ctx.tx, ctx.institution.id)).map(({ name, state, at, days, closedAt, hold }) => ({ name, state, at, days, closedAt, hold })),
    }
  }),
]

function asFact(actor: Actor, answer: { factId: string; subjectId?: string | null; attribute: string; value?: unknown; observedAt: string; corrects?: string; holdsUntil?: string | null }): FactInput {
  const subjectId = answer.subjectId ?? actor.personId
  if (!subjectId) throw badInput('请指明为谁填报。', 'Say for whom the answer is.')
  return { factId: answer.factId, subjectId, attribute: answer.attribute, value: answer.value, observedAt: answer.observedAt, corrects: answer.corrects ?? null, holdsUntil: answer.holdsUntil ?? null, source: subjectId === actor.personId ? 'answer' : 'proxy' }
}

const sources = { answer: { zh: '本人填报', en: 'Answers of their own' }, proxy: { zh: '代填', en: 'Answers by proxy' }, import: { zh: '文件导入', en: 'From files' }, system: { zh: '系统记录', en: 'Recorded by the system' }, office: { zh: '职务登记', en: 'Entered by an office' } } as const
onErasing({ erasables: factErasables, begin: async (ctx, scope) => (await countAnswers(ctx.tx, scope)).map(({ source, n }) => ({ name: sources[source as keyof typeof sources], n })) })

export const jobs: JobHandler[] = [...files.jobs]
export const things: ThingResolver[] = []
