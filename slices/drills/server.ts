/** Drills: only an institution marked as a drill has a movable clock, borrowed sessions, and an end that leaves nothing. */
import { standIn } from '#kernel/database.ts'
import { hashToken } from '#kernel/handle.ts'
import { addInstitution, claimIsOpen, findInstitution, listInstitutions, noInstitution, setClockOffset, updateInstitution, wipeDrill } from '#kernel/institutions.ts'
import { countDueJobs } from '#kernel/jobs.ts'
import { badInput, conflict, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context, type JobHandler, type ThingResolver } from '#kernel/server.ts'
import { addKeeper, endSession, foundInstitution, homeOf, markVisit, openSessions, personInSession, personsByNumber, setAccount, type Home } from '#slices/directory/server.ts'
import * as contract from './contract.ts'
import * as q from './queries.ts'

function mustBeDrill(ctx: Context): void {
  if (!ctx.institution.drill) throw refused('not-a-drill', '这不是演练单位。', 'This institution is not a drill.')
}

const mostDrills = 3
const conductor = { number: 'conductor', name: '演练导演' }

async function mustHaveRoom(ctx: Context, openedBy: string): Promise<void> {
  if ((await q.drillsOf(ctx.tx, openedBy)).length >= mostDrills) throw conflict(`最多同时保留 ${mostDrills} 个演练，请先删除一个。`, `At most ${mostDrills} drills are kept at a time; delete one first.`)
}

/** Founds the institution of a drill and stands in it. */
async function found(ctx: Context, { institutionId: id, code, name, vocabulary, startsAt }: { institutionId: string; code: string; name: string; vocabulary: string; startsAt: string }): Promise<void> {
  const { language } = ctx.institution
  await ctx.enter(id)
  await addInstitution(ctx.tx, { id, code, name, vocabulary, timeZone: 'Asia/Shanghai', drill: true, clockOffsetMs: Date.parse(startsAt) - Date.now() })
  if (language) await updateInstitution(ctx.tx, id, { settings: { language } })
  await ctx.enter(id)
  await foundInstitution(ctx)
}

/** Gives the browser a session as somebody in the drill that the context stands in, with the way back. */
async function comeIn(ctx: Context, personId: string, home: Home | null): Promise<void> {
  const [token = ''] = await openSessions(ctx.tx, ctx.institution.id, [personId], ctx.now, 3)
  await markVisit(ctx.tx, ctx.institution.id, hashToken(token), home)
  ctx.setSession(token)
}

/** Those that the institution opened, and the one from before it was claimed: only whoever held the token made that. */
const ownDrills = async (ctx: Context) => [...(await q.drillsOf(ctx.tx, ctx.institution.id)), ...(ctx.institution.drill ? [] : await q.drillsOf(ctx.tx, 'claim'))]

/** A drill that the institution of the context opened. */
async function getOwn(ctx: Context, drillId: string): Promise<q.DrillRow> {
  const drill = (await ownDrills(ctx)).find((one) => one.institutionId === drillId)
  if (!drill) throw notFound()
  return drill
}

/** Where the visitor came from. Whoever lives in the drill has no other faces. */
async function getVisit(ctx: Context): Promise<Home> {
  mustBeDrill(ctx)
  const home = ctx.actor.sessionId ? await homeOf(ctx.tx, ctx.institution.id, ctx.actor.sessionId) : undefined
  if (!home) throw notFound()
  return home
}

export const calls = [
  implement(contract.open, async (ctx, input) => {
    const { institution: home, actor } = ctx
    if (home.drill) throw refused('in-a-drill', '演练里不能再开演练，请先离开演练。', 'A drill opens no drills; leave it first.')
    if (actor.personId) await mustHaveRoom(ctx, home.id)
    await found(ctx, input)
    if (actor.personId && actor.sessionId) {
      await updateInstitution(ctx.tx, input.institutionId, { settings: { openedBy: home.id } })
      await comeIn(ctx, await addKeeper(ctx, conductor), { institutionId: home.id, sessionId: actor.sessionId })
    }
    // What was done is noted where it was done; the command line has no other place than the drill.
    if (home.id !== noInstitution.id) await ctx.enter(home.id)
    return { institutionId: input.institutionId }
  }),
  implement(contract.setClock, async (ctx, input) => {
    mustBeDrill(ctx)
    const offset = Date.parse(input.now) - (ctx.now.getTime() - ctx.institution.clockOffsetMs)
    if (offset < ctx.institution.clockOffsetMs - 1000) throw badInput('演练时钟只能向前拨。', 'The clock of a drill only moves forward.')
    await setClockOffset(ctx.tx, ctx.institution.id, offset)
    return { now: input.now }
  }),
  implement(contract.actAs, async (ctx, input) => {
    mustBeDrill(ctx)
    const people = await personsByNumber(ctx.tx, ctx.institution.id, input.numbers)
    const tokens = await openSessions(ctx.tx, ctx.institution.id, people.map((person) => person.personId), ctx.now, 60)
    return { actors: people.map((person, index) => ({ number: person.number, personId: person.personId, token: tokens[index] ?? '' })) }
  }),
  implement(contract.account, async (ctx, input) => {
    mustBeDrill(ctx)
    const [person] = await personsByNumber(ctx.tx, ctx.institution.id, [input.number])
    if (!person) throw notFound()
    await setAccount(ctx.tx, ctx.institution.id, person.personId, input.login, input.password)
    return {}
  }),
  implement(contract.restful, async (ctx) => ({ waiting: await countDueJobs(ctx.tx, ctx.institution.id, ctx.now) })),
  implement(contract.wipe, async (ctx, input) => {
    mustBeDrill(ctx)
    if (input.code !== ctx.institution.code) throw badInput('请输入演练单位的代码以确认。', 'Type the code of the drill to confirm.')
    const { id } = ctx.institution
    // The last word of the transaction: after it there is no institution to log in.
    ctx.atTheEnd(async (tx) => void (await wipeDrill(tx, id)))
    return { wiped: true }
  }),
  implement(contract.list, async (ctx) => ({ drills: (await listInstitutions(ctx.tx)).filter((one) => one.drill).map(({ id, code, name }) => ({ institutionId: id, code, name })) })),

  implement(contract.tryOut, async (ctx, input) => {
    if (!(await claimIsOpen(ctx.tx, hashToken(input.token)))) throw refused('claim-refused', '认领口令不正确或已用过。', 'The claim token is wrong or was used before.')
    // One is enough to look around in: whoever comes again goes into the one that is there.
    const there = (await q.drillsOf(ctx.tx, 'claim'))[0]
    if (there) {
      await ctx.enter(there.institutionId)
      const [director] = await personsByNumber(ctx.tx, there.institutionId, [conductor.number])
      if (director) {
        await comeIn(ctx, director.personId, null)
        return { institutionId: there.institutionId }
      }
    }
    await found(ctx, { ...input, vocabulary: 'cn-university' })
    await updateInstitution(ctx.tx, input.institutionId, { settings: { openedBy: 'claim' } })
    await comeIn(ctx, await addKeeper(ctx, conductor), null)
    return { institutionId: input.institutionId }
  }),
  implement(contract.mine, async (ctx) => {
    const { id } = ctx.institution
    const drills = []
    for (const drill of await ownDrills(ctx)) {
      await ctx.enter(drill.institutionId)
      drills.push({ ...drill, ...(await q.sizeOf(ctx.tx, drill.institutionId)), now: ctx.now.toISOString() })
    }
    await ctx.enter(id)
    return { most: mostDrills, drills }
  }),
  implement(contract.enter, async (ctx, { institutionId }) => {
    const { institution: home, actor } = ctx
    if (!actor.sessionId) throw refused('no-session', '请从浏览器进入演练。', 'Go into a drill from a browser.')
    await getOwn(ctx, institutionId)
    await ctx.enter(institutionId)
    const [director] = await personsByNumber(ctx.tx, institutionId, [conductor.number])
    if (!director) throw notFound()
    await comeIn(ctx, director.personId, { institutionId: home.id, sessionId: actor.sessionId })
    await ctx.enter(home.id)
    ctx.log({ detail: { drill: institutionId } })
    return {}
  }),
  implement(contract.end, async (ctx, { institutionId, code }) => {
    const drill = await getOwn(ctx, institutionId)
    if (drill.code !== code) throw badInput('请输入演练单位的代码以确认。', 'Type the code of the drill to confirm.')
    ctx.log({ detail: { drill: institutionId } })
    // The last word of the transaction, said inside the drill: nobody can wipe what they do not stand in.
    ctx.atTheEnd(async (tx) => {
      await standIn(tx, institutionId)
      await wipeDrill(tx, institutionId)
    })
    return {}
  }),
  implement(contract.visit, async (ctx) => {
    const home = ctx.institution.drill && ctx.actor.sessionId ? await homeOf(ctx.tx, ctx.institution.id, ctx.actor.sessionId) : undefined
    if (!home) return { visiting: false, home: null, personas: [] }
    const from = home.institutionId === ctx.institution.id ? undefined : await findInstitution(ctx.tx, { id: home.institutionId })
    return { visiting: true, home: from?.name ?? null, personas: await q.personasOf(ctx.tx, ctx.institution.id, ctx.now) }
  }),
  implement(contract.become, async (ctx, { personId }) => {
    const home = await getVisit(ctx)
    const wanted = (await q.personasOf(ctx.tx, ctx.institution.id, ctx.now)).find((one) => one.personId === personId) ?? ((await personsByNumber(ctx.tx, ctx.institution.id, [conductor.number])).find((one) => one.personId === personId))
    if (!wanted) throw notFound()
    await comeIn(ctx, personId, home.institutionId === ctx.institution.id ? null : home)
    if (ctx.actor.sessionId) await endSession(ctx.tx, ctx.institution.id, ctx.actor.sessionId)
    ctx.ping('sessions')
    return {}
  }),
  implement(contract.leave, async (ctx) => {
    const home = await getVisit(ctx)
    const { id: drillId } = ctx.institution
    if (ctx.actor.sessionId) await endSession(ctx.tx, drillId, ctx.actor.sessionId)
    ctx.ping('sessions')
    ctx.setSession(null)
    if (home.institutionId === drillId) return { home: false }
    await ctx.enter(home.institutionId)
    // Signed out at home meanwhile, or gone: then there is no way back but the door.
    const personId = await personInSession(ctx.tx, home, ctx.now)
    if (personId) {
      const [token = ''] = await openSessions(ctx.tx, home.institutionId, [personId], ctx.now)
      await endSession(ctx.tx, home.institutionId, home.sessionId)
      ctx.setSession(token)
    }
    await ctx.enter(drillId)
    return { home: personId !== undefined }
  }),
]
export const jobs: JobHandler[] = []
export const things: ThingResolver[] = []
