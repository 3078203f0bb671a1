/**
 * The erasure of what is personal about a response: its date, holds, the job that does it in portions, the certificate. What is personal each slice says of its own tables;
 * docs/decisions/0012-erasure.md says what belongs to which response and lists every table.
 */
import { createHash } from 'node:crypto'
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import { countDue, erasePortion, forgetValues, kernelErasables, kernelKept, type Erasable, type Kept, type Scope } from '#kernel/erasing.ts'
import { badInput, conflict, notFound } from '#kernel/problems.ts'
import { implement, job, type Context, type JobHandler } from '#kernel/server.ts'
import type { Bilingual } from '#kernel/words.ts'
import { directoryErasables, directoryKept } from '#slices/directory/server.ts'
import { messageErasables } from '#slices/messages/server.ts'
import * as contract from './contract.ts'
import * as q from './queries.ts'
import * as e from './queries-erasure.ts'
import { beginning, dayMs, eraseDate, longestHoldDays, usualErasureDays, type ErasureState } from './rules.ts'

// ── What the slices bring ────────────────────────────────────────────────────────────────────────
export interface Count {
  name: Bilingual
  /** null: too few to be told. */
  n: number | null
}
export interface ErasingPart {
  erasables: readonly Erasable[]
  kept?: readonly Kept[]
  /** Runs in the transaction that begins an erasure: what keeps the counts, and the counts that the certificate tells. */
  begin?(ctx: Context, scope: Scope): Promise<Count[]>
}
const parts: ErasingPart[] = [{ erasables: [...directoryErasables, ...messageErasables], kept: directoryKept }]
/** A later slice says what of its own is personal; it registers itself when it is assembled. */
export function onErasing(part: ErasingPart): void {
  parts.push(part)
}
/** The receipts of requests last: they hold answers of all slices. */
const erasables = (): readonly Erasable[] => [...parts.flatMap((part) => part.erasables), ...kernelErasables]
const kept = (): Kept[] => [...kernelKept, ...parts.flatMap((part) => part.kept ?? [])]

/** Which attributes the measures of each response read: known to a later slice. */
export type Readings = (tx: Tx, institutionId: string) => Promise<{ responseId: string; attribute: string }[]>
let readings: Readings = () => Promise.resolve([])
export function onReadings(reader: Readings): void {
  readings = reader
}

// ── The rule ─────────────────────────────────────────────────────────────────────────────────────
const usualRule = { days: usualErasureDays, basis: '', decidedBy: '', setAt: null, setBy: null }
/** The rule that counts for what closes now. */
export async function erasureRuleNow(tx: Tx, institutionId: string) {
  return (await e.listRules(tx, institutionId))[0] ?? usualRule
}

/** The job waits for the date; where the date has moved meanwhile it asks for itself again. A portion asks for the next beside it. */
const asJob = (responseId: string, at: Date, what = 'date') => ({ kind: 'responses.erase', key: `${responseId} ${what}`, payload: { responseId }, at })
const nextPortion = (responseId: string, at: Date) => asJob(responseId, at, 'portion')

/** Sets the date in the transaction that closes a response. */
export async function setErasure(ctx: Context, responseId: string): Promise<void> {
  const { days, basis } = await erasureRuleNow(ctx.tx, ctx.institution.id)
  const at = eraseDate(ctx.now, days)
  await q.closeResponse(ctx.tx, ctx.institution.id, responseId, ctx.now, { days, basis, at })
  ctx.enqueue(asJob(responseId, at))
}

// ── What it reaches ──────────────────────────────────────────────────────────────────────────────
async function scopeOf(ctx: Context, response: q.ResponseRow, until: Date): Promise<e.ErasureRow['scope']> {
  const { tx, institution } = ctx
  const read = Map.groupBy(await readings(tx, institution.id), (one) => one.responseId)
  const of = (responseId: string) => (read.get(responseId) ?? []).map((one) => one.attribute)
  const others = (await e.living(tx, institution.id)).filter((one) => one.responseId !== response.responseId)
  const needed = new Set(others.flatMap((one) => of(one.responseId)))
  const mine = of(response.responseId)
  return {
    institutionId: institution.id, responseId: response.responseId, closedAt: response.closedAt ?? until.toISOString(), until: until.toISOString(), during: await e.timeAlone(tx, institution.id, response.responseId, until),
    attributes: mine.filter((attribute) => !needed.has(attribute)), read: [...new Set([...mine, ...needed])],
    still: others.flatMap((one) => { const attributes = of(one.responseId).filter((attribute) => mine.includes(attribute)).length; return attributes ? [{ name: one.name, attributes }] : [] }),
  }
}

// ── The job ──────────────────────────────────────────────────────────────────────────────────────
/** So many rows are looked at in one transaction. */
const most = 20_000
/** Of two walks over the same table each is counted by itself. */
const kindOf = (one: Erasable) => `${one.table}${one.blank ? ' emptied' : ''}`
interface Step {
  name: string
  one: Erasable
  whole: boolean
}
/** In order, known by name: an update in between may bring others. */
const steps = (): Step[] => erasables().flatMap((one): Step[] => [...(one.whole ? [{ name: `${kindOf(one)} whole`, one, whole: true }] : []), { name: kindOf(one), one, whole: false }])
const last = 'statistics'
const rowsOf = (rows: Record<string, number>) => erasables().map((one) => ({ kind: one.table, name: one.name, how: one.blank ? ('emptied' as const) : ('erased' as const), rows: rows[kindOf(one)] ?? 0 }))

async function begin(ctx: Context, response: q.ResponseRow): Promise<void> {
  const scope = await scopeOf(ctx, response, ctx.now)
  const counts: Count[] = []
  for (const part of parts) counts.push(...((await part.begin?.(ctx, scope)) ?? []))
  await e.beginErasure(ctx.tx, ctx.institution.id, response.responseId, scope, counts, ctx.now)
  ctx.log({ subjectKind: 'response', subjectId: response.responseId, detail: { erasure: 'begun', days: response.eraseDays } })
}

/** One portion in one transaction, with how far it has come: whatever is interrupted goes on where it was. */
async function advance(ctx: Context, response: q.ResponseRow, erasure: e.ErasureRow): Promise<void> {
  const { tx, institution, now } = ctx
  const all = steps()
  const index = Math.max(0, all.findIndex((step) => step.name === erasure.step))
  const at = all[index]
  if (at && erasure.step !== last) {
    const done = at.whole && at.one.whole ? await at.one.whole(tx, erasure.scope, erasure.after) : await erasePortion(tx, at.one, erasure.scope, erasure.after, most)
    const kind = kindOf(at.one)
    await e.moveErasure(tx, institution.id, response.responseId, { step: done.after ? at.name : (all[index + 1]?.name ?? last), after: done.after, rows: { ...erasure.rows, [kind]: (erasure.rows[kind] ?? 0) + done.erased } })
    return ctx.enqueue(nextPortion(response.responseId, now))
  }
  await forgetValues(tx, [...new Set(erasables().map((one) => one.table))])
  const certificate = await certify(ctx, response, erasure)
  await e.finishErasure(tx, institution.id, response.responseId, certificate, now)
  ctx.log({ subjectKind: 'response', subjectId: response.responseId, detail: { erasure: 'done', rows: certificate.erased.reduce((sum, one) => sum + one.rows, 0), sha256: certificate.sha256 } })
  ctx.ping('responses', 'my-day', 'coverage', 'briefs')
}

const sorted = (_key: string, value: unknown): unknown => (typeof value !== 'object' || value === null || Array.isArray(value) ? value : Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))))
/** What the certificate's mark is taken over. */
export const certificateMark = ({ sha256: _, ...rest }: Static<typeof contract.Certificate>): string => createHash('sha256').update(JSON.stringify(rest, sorted)).digest('hex')

async function certify(ctx: Context, response: q.ResponseRow, erasure: e.ErasureRow): Promise<Static<typeof contract.Certificate>> {
  const { tx, institution, now } = ctx
  const closed = (await q.stepsOf(tx, institution.id, response.responseId)).findLast((step) => step.action === 'close')
  const certificate = {
    institution: institution.name, drill: institution.drill, timeZone: institution.timeZone, response: response.name, openedAt: response.openedAt, closedAt: response.closedAt as string, closedBy: closed?.decidedBy ?? '', days: response.eraseDays ?? usualErasureDays,
    basis: response.eraseBasis ?? '', dueAt: response.eraseAt as string, startedAt: erasure.startedAt, finishedAt: now.toISOString(), holds: await e.holdsOf(tx, institution.id, response.responseId), erased: rowsOf(erasure.rows),
    counts: erasure.counts, kept: kept(), still: erasure.scope.still, sha256: '',
  }
  return { ...certificate, sha256: certificateMark(certificate) }
}

export const erasureJobs: JobHandler[] = [
  job<{ responseId: string }>('responses.erase', async (ctx, { responseId }) => {
    const { tx, institution, now } = ctx
    const running = await e.findErasure(tx, institution.id, responseId, true)
    const response = await q.findResponse(tx, institution.id, responseId)
    if (!response?.eraseAt || running?.certificate) return
    if (running) return advance(ctx, response, running)
    await e.lockResponse(tx, institution.id, responseId)
    const { at } = beginning(response.eraseAt, await e.holdsOf(tx, institution.id, responseId))
    if (Date.parse(at) > now.getTime()) return ctx.enqueue(asJob(responseId, new Date(at)))
    await begin(ctx, response)
    ctx.enqueue(nextPortion(responseId, now))
  }),
]

// ── What people are told ─────────────────────────────────────────────────────────────────────────
export interface ErasurePlan {
  responseId: string
  name: string
  state: Exclude<ErasureState, 'done'>
  /** When it begins; null while the response is open. */
  at: string | null
  days: number
  closedAt: string | null
  hold: { reason: string; until: string; decidedBy: string } | null
}
/** When what was collected for each response dies, those not erased yet. */
export async function erasurePlans(tx: Tx, institutionId: string): Promise<ErasurePlan[]> {
  const rule = await erasureRuleNow(tx, institutionId)
  const plans: ErasurePlan[] = []
  for (const response of await q.listResponses(tx, institutionId, true)) {
    if (response.erasedAt) continue
    const { responseId, name, closedAt, eraseAt } = response
    const holds = eraseAt ? await e.holdsOf(tx, institutionId, responseId) : []
    const when = eraseAt ? beginning(eraseAt, holds) : null
    const hold = when?.held ? holds.find((one) => one.liftedAt === null && one.until === when.at) : undefined
    plans.push({ responseId, name, closedAt, at: when?.at ?? null, days: response.eraseDays ?? rule.days, state: response.eraseStartedAt ? 'running' : when?.held ? 'held' : when ? 'waiting' : 'open', hold: hold ? { reason: hold.reason, until: hold.until, decidedBy: hold.decidedBy } : null })
  }
  return plans
}

/** The certificate of a response whose erasure is done. */
export const findCertificate = async (tx: Tx, institutionId: string, responseId: string) => (await e.findErasure(tx, institutionId, responseId))?.certificate ?? null

async function getResponse(ctx: Context, responseId: string): Promise<q.ResponseRow> {
  const response = await q.findResponse(ctx.tx, ctx.institution.id, responseId)
  if (!response) throw notFound()
  return response
}
/** A response whose erasure has not begun, held still until this transaction ends. */
async function getUnerased(ctx: Context, responseId: string): Promise<q.ResponseRow> {
  await e.lockResponse(ctx.tx, ctx.institution.id, responseId)
  const response = await getResponse(ctx, responseId)
  if (response.eraseStartedAt) throw conflict('擦除已经开始，不能再暂缓。', 'The erasure has begun; it can no longer be held back.')
  return response
}

export const erasureCalls = [
  implement(contract.erasureRule, async (ctx) => {
    const rules = await e.listRules(ctx.tx, ctx.institution.id)
    return { rule: rules[0] ?? usualRule, earlier: rules.slice(1) }
  }),
  implement(contract.setErasureRule, async (ctx, input) => {
    await e.insertRule(ctx.tx, ctx.institution.id, input, ctx.actor.personId, ctx.now)
    ctx.log({ detail: { days: input.days, basis: input.basis, decidedBy: input.decidedBy } })
    return {}
  }),
  implement(contract.hold, async (ctx, input) => {
    const response = await getUnerased(ctx, input.responseId)
    if (!response.eraseAt) throw conflict('响应还在进行中，没有什么要暂缓的。', 'The response is open; there is nothing to hold back.')
    const until = Date.parse(input.until)
    if (until <= ctx.now.getTime() || until > ctx.now.getTime() + longestHoldDays * dayMs) throw badInput('暂缓的截止时间应在现在之后、一年之内。', 'A hold ends after now and within a year.')
    await e.insertHold(ctx.tx, ctx.institution.id, input, ctx.actor.personId, ctx.now)
    ctx.log({ subjectKind: 'response', subjectId: input.responseId, detail: { hold: input.holdId, until: input.until } })
    return {}
  }),
  implement(contract.liftHold, async (ctx, { holdId, reason }) => {
    const hold = await e.findHold(ctx.tx, ctx.institution.id, holdId)
    if (!hold) throw notFound()
    const response = await getUnerased(ctx, hold.responseId)
    if (hold.liftedAt || Date.parse(hold.until) <= ctx.now.getTime()) throw conflict('这项暂缓已经结束。', 'This hold has ended.')
    await e.liftHold(ctx.tx, ctx.institution.id, holdId, reason, ctx.actor.personId, ctx.now)
    const { at } = beginning(response.eraseAt as string, await e.holdsOf(ctx.tx, ctx.institution.id, hold.responseId))
    // Beside the one that waits for the end of the hold: whichever comes second finds it begun.
    ctx.enqueue(asJob(hold.responseId, new Date(Math.max(Date.parse(at), ctx.now.getTime())), holdId))
    ctx.log({ subjectKind: 'response', subjectId: hold.responseId, detail: { liftedHold: holdId } })
    return {}
  }),
  implement(contract.erasure, async (ctx, { responseId }) => {
    const { tx, institution } = ctx
    const response = await getResponse(ctx, responseId)
    const [holds, running, rule] = [await e.holdsOf(tx, institution.id, responseId), await e.findErasure(tx, institution.id, responseId), await erasureRuleNow(tx, institution.id)]
    const when = response.eraseAt ? beginning(response.eraseAt, holds) : null
    const state: ErasureState = running?.certificate ? 'done' : running ? 'running' : when?.held ? 'held' : when ? 'waiting' : 'open'
    return { state, days: response.eraseDays ?? rule.days, basis: response.eraseDays === null ? rule.basis : (response.eraseBasis ?? ''), dueAt: response.eraseAt, on: when?.at ?? null, holds, startedAt: running?.startedAt ?? null, certificate: running?.certificate ?? null }
  }),
  implement(contract.erasurePreview, async (ctx, { responseId }) => {
    const response = await getResponse(ctx, responseId)
    if (response.eraseStartedAt) throw conflict('擦除已经开始。', 'The erasure has begun.')
    const scope = await scopeOf(ctx, response, ctx.now)
    const counted: Record<string, number> = {}
    for (const one of erasables()) counted[kindOf(one)] = await countDue(ctx.tx, one, scope)
    const rows = rowsOf(counted)
    return { asOf: ctx.now.toISOString(), total: rows.reduce((sum, one) => sum + one.rows, 0), rows, still: scope.still, kept: kept() }
  }),
]
