/** Names down, numbers up: whoever counts gives a reason before names are opened, once a unit and session; the words go with each look. */
import { badInput, Problem } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import * as contract from './contract.ts'
import * as q from './queries-reasons.ts'
import { reasonedRoles, rolesWith } from './rules.ts'

/** A session may last for weeks; a reason is for a day's work. */
const reasonHours = 12

/** Of the roles with this permission those that look after people by name. */
function freeRoles(permission: string): q.Free {
  const reach = rolesWith(permission)
  const free = (roles: readonly string[]) => roles.filter((role) => !(reasonedRoles as readonly string[]).includes(role))
  return { subtree: free(reach.subtree), institution: free(reach.institution), reach: { subtree: [...reach.subtree], institution: [...reach.institution] } }
}

/** @param permission what is about to be used: only the offices that carry it count. */
async function reasonOver(ctx: Context, unitIds: string[], permission: string, every: boolean): Promise<string> {
  const { tx, institution, actor, now } = ctx
  if (actor.kind !== 'person' || !actor.personId || unitIds.length === 0) return ''
  const grounds = await q.groundsOf(tx, institution.id, unitIds, actor.personId, actor.sessionId, freeRoles(permission), now)
  if (grounds.length === 0) return ''
  const open = (one: q.Ground) => one.free || one.words !== null
  if (every ? grounds.every(open) : grounds.some(open)) return (grounds.find((one) => one.words !== null) ?? { words: null }).words ?? ''
  const at = grounds.find((one) => !open(one) && one.reached) ?? grounds.find((one) => !open(one)) ?? grounds[0]
  throw new Problem(422, 'reason-needed', `按您的职务，先看数字；查看${at?.widest ?? ''}的具体人员前，请说明事由。事由会记入查看记录，本人可见。`,
    `Your office gives you counts; say why before the people of ${at?.widest ?? ''} are opened by name. The reason is kept with the look, and they can see it.`, { unitId: at?.widestId, unit: at?.widest })
}

/**
 * Which of these people are open by name, each with the words of the reason where one was given, and how many are not, by the unit to give it for.
 * Whoever holds an office is named wherever the office is.
 */
export async function openNames(ctx: Context, personIds: string[], permission: string): Promise<{ open: Map<string, string | null>; closed: { unitId: string; unit: string; people: number }[] }> {
  const { tx, institution, actor, now } = ctx
  if (actor.kind !== 'person' || !actor.personId || personIds.length === 0) return { open: new Map(personIds.map((id) => [id, null])), closed: [] }
  const found = await q.closedNames(tx, institution.id, personIds, actor.personId, actor.sessionId, freeRoles(permission), now)
  const shut = found.flatMap(({ unitId, unit, words }) => (words === null ? [{ unitId, unit }] : []))
  const byWords = new Map(found.map((one) => [one.personId, one.words]))
  return {
    open: new Map(personIds.flatMap((id) => (byWords.get(id) === null ? [] : [[id, byWords.get(id) ?? null]]))),
    closed: [...Map.groupBy(shut, (one) => one.unitId)].map(([unitId, those]) => ({ unitId, unit: those[0]?.unit ?? '', people: those.length })),
  }
}

/** The purpose of a look at the names of a unit, with the reason where one is needed. @throws Problem `reason-needed` */
export async function purposeOverUnit(ctx: Context, unitId: string, permission: string, purpose: string): Promise<string> {
  return withWords(purpose, await reasonOver(ctx, [unitId], permission, true))
}
/** The same for several units: every one of them. */
export async function purposeOverUnits(ctx: Context, unitIds: string[], permission: string, purpose: string): Promise<string> {
  return withWords(purpose, await reasonOver(ctx, unitIds, permission, true))
}
/** The same for one subject: a person (any of their units will do), or a unit, which is nobody's secret. */
export async function purposeOverSubject(ctx: Context, subjectId: string, permission: string, purpose: string): Promise<string> {
  if (subjectId === ctx.actor.personId) return purpose
  const homes = await q.homesOf(ctx.tx, ctx.institution.id, [subjectId])
  return withWords(purpose, await reasonOver(ctx, homes.map((home) => home.unitId), permission, false))
}
const withWords = (purpose: string, words: string) => (words ? `${purpose}: ${words}` : purpose)

export const reasonCalls = [
  implement(contract.reasonFor, async (ctx, { subjectId }) => {
    try {
      const homes = await q.homesOf(ctx.tx, ctx.institution.id, [subjectId])
      if (subjectId !== ctx.actor.personId) await reasonOver(ctx, homes.length ? homes.map((home) => home.unitId) : [subjectId], 'gap.read', homes.length === 0)
      return { needed: null }
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'reason-needed') throw error
      return { needed: error.details as { unitId: string; unit: string } }
    }
  }),
  implement(contract.giveReason, async (ctx, { reasonId, unitId, words }) => {
    if (words.trim().length < 2) throw badInput('请说明事由，至少两个字。', 'Say why, in two characters at least.')
    const until = new Date(ctx.now.getTime() + reasonHours * 3_600_000)
    await q.insertReason(ctx.tx, ctx.institution.id, { reasonId, personId: ctx.actor.personId as string, sessionId: ctx.actor.sessionId, unitId, words: words.trim() }, ctx.now, until)
    ctx.log({ subjectKind: 'unit', subjectId: unitId, detail: { reason: true } })
    return { until: until.toISOString() }
  }),
  implement(contract.appointments, async (ctx, { unitId }) => ({ tenures: await q.tenuresOf(ctx.tx, ctx.institution.id, { unitId }) })),
  implement(contract.tenures, async (ctx, { personId }) => {
    ctx.looked([personId], 'person')
    return { tenures: await q.tenuresOf(ctx.tx, ctx.institution.id, { personId }), links: await q.linksOf(ctx.tx, ctx.institution.id, personId) }
  }),
]
