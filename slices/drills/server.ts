/** Drills: only an institution marked as a drill has a movable clock, borrowed sessions, and an end that leaves nothing. */
import { addInstitution, listInstitutions, setClockOffset, wipeDrill } from '#kernel/institutions.ts'
import { countDueJobs } from '#kernel/jobs.ts'
import { badInput, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context, type JobHandler, type ThingResolver } from '#kernel/server.ts'
import { foundInstitution, openSessions, personsByNumber, setAccount } from '#slices/directory/server.ts'
import * as contract from './contract.ts'

function mustBeDrill(ctx: Context): void {
  if (!ctx.institution.drill) throw refused('not-a-drill', '这不是演练单位。', 'This institution is not a drill.')
}

export const calls = [
  implement(contract.open, async (ctx, input) => {
    await ctx.enter(input.institutionId)
    const { startsAt, institutionId: id, ...rest } = input
    await addInstitution(ctx.tx, { id, ...rest, timeZone: 'Asia/Shanghai', drill: true, clockOffsetMs: Date.parse(startsAt) - Date.now() })
    await ctx.enter(id)
    await foundInstitution(ctx)
    return { institutionId: id }
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
]
export const jobs: JobHandler[] = []
export const things: ThingResolver[] = []
