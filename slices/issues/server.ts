/** The calls of help requests: recorded at once, owned at once, told at every step. */
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import { badInput, conflict, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context, type Ground, type ThingResolver } from '#kernel/server.ts'
import { gatekeeper, officesOf, purposeOverUnit, purposeOverUnits, unitBriefs, type Owner } from '#slices/directory/server.ts'
import { onErasing } from '#slices/responses/server.ts'
import * as contract from './contract.ts'
import { ownerOfUnit, ownersNow, placeRequest } from './owners.ts'
import * as q from './queries.ts'
import { countByTheme, issueErasables } from './queries-erasing.ts'
import { climbsAt, closesItselfAt, figuresFor, hideSmall, next, stateWords, themes, themeWords, type Action, type State } from './rules.ts'
import { tellAsked } from './telling.ts'
export { jobs } from './jobs.ts'

type HelpRequest = Static<typeof contract.HelpRequest>

const runningAtMost = 20
const eventsAtMost = 300

/** Requests as people see them. `forHelper` adds the number to call. */
async function shown(ctx: Context, rows: q.RequestRow[], forHelper: boolean): Promise<HelpRequest[]> {
  const { tx, institution, now } = ctx
  const owners = await ownersNow(ctx, rows)
  const events = Map.groupBy(await q.eventsOf(tx, institution.id, rows.map((row) => row.requestId)), (event) => event.requestId)
  return rows.map(({ ownerId: _, ownerUnitId: __, round: ___, ...row }) => ({
    ...row, proxy: row.person.personId !== row.askedBy.personId, phone: forHelper ? row.phone : null, owner: owners.get(row.requestId) ?? null,
    overdue: row.state === 'open' && row.dueAt !== null && Date.parse(row.dueAt) <= now.getTime(),
    events: (events.get(row.requestId) ?? []).map(({ requestId: _, byId, ...event }) => ({ ...event, byAsker: byId !== null && (byId === row.askedBy.personId || byId === row.person.personId) })),
  }))
}

const ownerIds = (owner: Owner | null) => ({ ownerId: owner?.person.personId ?? null, ownerUnitId: owner?.unit.unitId ?? null })

function actorOf(ctx: Context): string {
  if (!ctx.actor.personId) throw refused('no-person', '求助须由具名的人办理。', 'A named person must act on a request.')
  return ctx.actor.personId
}

/** The state after an action, or a refusal in words. */
function step(row: q.RequestRow, action: Action): State {
  const to = next(row.state, action)
  if (!to) throw conflict(`这件求助现在是“${stateWords[row.state].zh}”，不能这样处理。`, `This request is now "${stateWords[row.state].en}"; that is not possible.`)
  return to
}

async function locked(ctx: Context, requestId: string, own = false): Promise<q.RequestRow> {
  const row = await q.lockRequest(ctx.tx, ctx.institution.id, requestId)
  // The asker's own request; another's answers as if it were not there.
  if (!row || (own && row.person.personId !== ctx.actor.personId && row.askedBy.personId !== ctx.actor.personId)) throw notFound()
  if ((await q.countEvents(ctx.tx, ctx.institution.id, requestId)) >= eventsAtMost) throw refused('too-long', '这件求助的往来已太多，请结束后重新提出。', 'This request has grown too long; close it and ask anew.')
  return row
}

/** What a person typed, without the blanks around it. */
function words(text: string): string {
  const trimmed = text.trim()
  if (!trimmed) throw badInput('请写明内容。', 'Write what it is.')
  return trimmed
}

async function record(ctx: Context, requestId: string, action: Action | 'ask', text = '', to: { ownerId?: string | null; unitId?: string | null } = {}): Promise<void> {
  await q.insertEvent(ctx.tx, ctx.institution.id, { requestId, action, byPerson: ctx.actor.personId, text, ...to }, ctx.now)
  ctx.log({ subjectKind: 'help-request', subjectId: requestId, detail: { action } })
}

function watch(ctx: Context, requestId: string, round: number, climbed: number, at: Date): void {
  ctx.enqueue({ kind: 'issues.escalate', key: `${requestId} ${round} ${climbed}`, payload: { requestId, round, climbed }, at })
}

async function moved(ctx: Context, requestId: string) {
  const row = (await q.findRequest(ctx.tx, ctx.institution.id, requestId)) as q.RequestRow
  return { requestId, state: row.state, owner: (await ownersNow(ctx, [row])).get(requestId) ?? null, dueAt: row.dueAt }
}

/** The office by which the actor acts on a request: the one nearest above where it is handled. */
async function takerOf(ctx: Context, personId: string): Promise<{ ownerId: string; ownerUnitId: string | null }> {
  const offices = await officesOf(ctx.tx, ctx.institution.id, personId, ctx.now)
  return { ownerId: personId, ownerUnitId: offices.at(-1)?.unit.unitId ?? null }
}

export const calls = [
  implement(contract.askHelp, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const askedBy = ctx.actor.personId
    if (!askedBy) throw refused('no-person', '求助须由本人或代为求助的人提出。', 'A person must ask.')
    const personId = input.personId ?? askedBy
    const text = words(input.text)
    const running = await q.runningOf(tx, institution.id, personId)
    if (running.length >= runningAtMost) throw refused('too-many', `已有 ${running.length} 件求助在办，请先结束已解决的，或在原求助中补充。`, `${running.length} requests are still running; close those that are settled, or add to them.`)
    const placed = await placeRequest(ctx, personId, input.theme)
    const dueAt = climbsAt(input.urgency, now)
    await q.insertRequest(tx, institution.id, {
      requestId: input.requestId, personId, askedBy, theme: input.theme, urgency: input.urgency, text, place: input.place?.trim() ?? '',
      unitId: placed.unitId, ...ownerIds(placed.owner), fell: placed.fell, responseId: await q.openResponse(tx, institution.id), dueAt,
    }, now)
    await record(ctx, input.requestId, 'ask', '', { ownerId: placed.owner?.person.personId ?? null, unitId: placed.unitId })
    watch(ctx, input.requestId, 1, 0, dueAt)
    await tellAsked(ctx, input, placed.owner?.person.personId ?? null, 'asked')
    const unit = placed.unitId ? ((await unitBriefs(tx, institution.id, [placed.unitId])).get(placed.unitId) ?? null) : null
    return {
      requestId: input.requestId, state: 'open' as const, askedAt: now.toISOString(), owner: placed.owner, unit, fell: placed.fell, dueAt: dueAt.toISOString(),
      alike: running.filter((one) => one.theme === input.theme).map((one) => one.requestId),
    }
  }),

  implement(contract.mine, async (ctx) => {
    const rows = await q.requestsOfAsker(ctx.tx, ctx.institution.id, ctx.actor.personId as string)
    ctx.looked(rows.map((row) => row.person.personId), 'help')
    return { asOf: ctx.now.toISOString(), requests: await shown(ctx, rows, false) }
  }),

  implement(contract.add, async (ctx, input) => {
    const row = await locked(ctx, input.requestId, true)
    step(row, 'add')
    await record(ctx, input.requestId, 'add', words(input.text))
    return moved(ctx, input.requestId)
  }),

  implement(contract.close, async (ctx, input) => {
    const row = await locked(ctx, input.requestId, true)
    await q.changeRequest(ctx.tx, ctx.institution.id, input.requestId, { state: step(row, 'close'), dueAt: null }, ctx.now)
    await record(ctx, input.requestId, 'close', input.text?.trim() ?? '')
    return moved(ctx, input.requestId)
  }),

  implement(contract.reopen, async (ctx, input) => {
    const row = await locked(ctx, input.requestId, true)
    const owner = (await ownersNow(ctx, [row])).get(input.requestId) ?? null
    const dueAt = climbsAt(row.urgency, ctx.now)
    await q.changeRequest(ctx.tx, ctx.institution.id, input.requestId, { state: step(row, 'reopen'), owner: ownerIds(owner), newRound: true, dueAt }, ctx.now)
    await record(ctx, input.requestId, 'reopen', words(input.text), { ownerId: owner?.person.personId ?? null })
    watch(ctx, input.requestId, row.round + 1, 0, dueAt)
    await tellAsked(ctx, row, owner?.person.personId ?? null, `again ${row.round + 1}`)
    return moved(ctx, input.requestId)
  }),

  implement(contract.todo, async (ctx) => {
    const me = ctx.actor.personId as string
    const rows = await q.requestsPerhapsOwnedBy(ctx.tx, ctx.institution.id, me, ctx.now)
    const owners = await ownersNow(ctx, rows)
    const own = rows.filter((row) => owners.get(row.requestId)?.person.personId === me)
    const some = own.slice(0, 200)
    ctx.looked(some.map((row) => row.person.personId), 'help')
    return { asOf: ctx.now.toISOString(), total: own.length, requests: await shown(ctx, some, true) }
  }),

  implement(contract.queue, async (ctx, { unitId, andUnits = [], state, theme, page = 1, size = 50 }) => {
    const unitIds = [...new Set([unitId, ...andUnits])]
    const purpose = await purposeOverUnits(ctx, unitIds, 'gap.read', 'help')
    const { total, rows } = await q.requestsOfUnits(ctx.tx, ctx.institution.id, unitIds, { state: state ?? null, theme: theme ?? null }, (page - 1) * size, size)
    ctx.looked(rows.map((row) => row.person.personId), purpose)
    return { asOf: ctx.now.toISOString(), total, requests: await shown(ctx, rows, true) }
  }),

  implement(contract.get, async (ctx, { requestId }) => {
    const row = await q.findRequest(ctx.tx, ctx.institution.id, requestId)
    if (!row) throw notFound()
    const [request] = (await shown(ctx, [row], true)) as [HelpRequest]
    // Whoever it is with answers it; others who count say why. What nobody's unit handles is the headquarters' own.
    const own = !row.unit || request.owner?.person.personId === ctx.actor.personId
    ctx.looked([row.person.personId], own ? 'help' : await purposeOverUnit(ctx, row.unit?.unitId as string, 'gap.read', 'help'))
    return request
  }),

  implement(contract.take, async (ctx, { requestId }) => {
    const me = actorOf(ctx)
    const row = await locked(ctx, requestId)
    const state = step(row, 'take')
    if (row.state === 'taken' && row.ownerId === me) return moved(ctx, requestId)
    const taker = await takerOf(ctx, me)
    await q.changeRequest(ctx.tx, ctx.institution.id, requestId, { state, owner: taker, dueAt: null }, ctx.now)
    await record(ctx, requestId, 'take', '', { ownerId: me })
    return moved(ctx, requestId)
  }),

  implement(contract.reply, async (ctx, { requestId, text, settles }) => {
    const me = actorOf(ctx)
    const row = await locked(ctx, requestId)
    const action = settles ? 'answer' : 'note'
    const state = step(row, action)
    const taking = row.state === 'open'
    const dueAt = settles ? closesItselfAt(ctx.now) : row.state === 'answered' ? undefined : null
    await q.changeRequest(ctx.tx, ctx.institution.id, requestId, { state, ...(taking ? { owner: await takerOf(ctx, me) } : {}), ...(dueAt === undefined ? {} : { dueAt }) }, ctx.now)
    await record(ctx, requestId, action, words(text), taking ? { ownerId: me } : {})
    if (settles) ctx.enqueue({ kind: 'issues.lapse', key: `${requestId} ${row.round}`, payload: { requestId, round: row.round }, at: closesItselfAt(ctx.now) })
    return moved(ctx, requestId)
  }),

  implement(contract.handOn, async (ctx, { requestId, unitId, reason }) => {
    const row = await locked(ctx, requestId)
    const unit = (await unitBriefs(ctx.tx, ctx.institution.id, [unitId])).get(unitId)
    if (!unit) throw notFound()
    if (row.unit?.unitId === unitId) throw conflict('这件求助本来就在该部门。', 'The request is with that unit already.')
    const owner = await ownerOfUnit(ctx, unitId, [row.person.personId])
    const dueAt = climbsAt(row.urgency, ctx.now)
    await q.changeRequest(ctx.tx, ctx.institution.id, requestId, { state: step(row, 'handOn'), unitId, owner: ownerIds(owner), fell: owner?.unit.unitId !== unitId, newRound: true, dueAt }, ctx.now)
    await record(ctx, requestId, 'handOn', words(reason), { ownerId: owner?.person.personId ?? null, unitId })
    watch(ctx, requestId, row.round + 1, 0, dueAt)
    await tellAsked(ctx, row, owner?.person.personId ?? null, `handed ${row.round + 1}`)
    return moved(ctx, requestId)
  }),

  implement(contract.figures, async (ctx, { unitId, from, to }) => {
    // Whoever may open the requests may know how many they are; small counts of those that others open stay hidden.
    const opened = await gatekeeper.scope(ctx.tx, ctx.actor, 'help.act', ctx.now)
    const counted = new Map((await q.countThemes(ctx.tx, ctx.institution.id, unitId, from ?? null, to ?? null, opened)).map((row) => [row.theme, row]))
    const safe = figuresFor(themes.map((theme) => counted.get(theme) ?? { asked: 0, waiting: 0, openAsked: 0, openWaiting: 0 }))
    const none = { asked: null, waiting: null, settled: null }
    return { asOf: ctx.now.toISOString(), from: from ?? null, to: to ?? null, themes: themes.map((theme, index) => ({ theme, ...(safe.rows[index] ?? none) })), ...safe.total }
  }),

  implement(contract.waiting, async (ctx, { unitId }) => {
    const { tx, institution, now } = ctx
    const moments = Array.from({ length: 32 }, (_, index) => new Date(now.getTime() - (32 - index) * 6 * 3_600_000))
    const points = await q.waitedAt(tx, institution.id, unitId, moments)
    return { asOf: now.toISOString(), ...(await q.countWaiting(tx, institution.id, unitId, now)), dayAgo: points[28] ?? 0, points: moments.map((at, index) => ({ at: at.toISOString(), total: points[index] ?? 0 })) }
  }),

  implement(contract.desks, async (ctx) => ({ desks: await q.listDesks(ctx.tx, ctx.institution.id) })),

  implement(contract.setDesk, async (ctx, { theme, unitId }) => {
    if (unitId && !(await unitBriefs(ctx.tx, ctx.institution.id, [unitId])).has(unitId)) throw notFound()
    await q.saveDesk(ctx.tx, ctx.institution.id, theme, unitId)
    ctx.log({ subjectKind: 'unit', ...(unitId ? { subjectId: unitId } : {}), detail: { theme } })
    return {}
  }),
]

async function resolveRequests(tx: Tx, ids: string[]): Promise<(Ground | undefined)[]> {
  const places = new Map((await q.placesOf(tx, ids)).map((row) => [row.requestId, row]))
  return ids.map((id) => {
    const place = places.get(id)
    return place ? { unitIds: place.unitId ? [place.unitId] : [], personIds: [] } : undefined
  })
}
/** A request is where it is handled: handed on, it is out of the hands it was in. */
onErasing({
  erasables: issueErasables,
  begin: async (ctx, scope) => {
    const found = await countByTheme(ctx.tx, scope)
    const { cells, total } = hideSmall(found.map((one) => one.n))
    const sum = { name: { zh: '求助', en: 'Help requests' }, n: total }
    return [sum, ...found.map(({ theme }, index) => ({ name: { zh: `求助：${themeWords[theme].zh}`, en: `Help requests: ${themeWords[theme].en}` }, n: cells[index] ?? null }))]
  },
})

export const things: ThingResolver[] = [{ kind: 'help-request', resolve: resolveRequests }]
