/** Who is turned to for a help request: the nearest who answers, the next above, and the headquarters when nobody does. */
import type { Context } from '#kernel/server.ts'
import { ladder, ownersOfPersons, unitBriefs, type Owner, type Rung } from '#slices/directory/server.ts'
import { holdersAt, leavesOf, listDesks, type HolderRow, type RequestRow } from './queries.ts'
import { chooseOwner, type Theme } from './rules.ts'

export interface Placed {
  unitId: string | null
  owner: Owner | null
  fell: boolean
}

const asOwner = (row: HolderRow, direct: boolean): Owner => ({ person: row.person, officeTitle: row.officeTitle, unit: row.unit, capacity: row.capacity, direct, phone: row.phone })

const climbing = (ctx: Context) => ladder(ctx.tx, ctx.institution.id, ctx.now, { acts: 'help.act' })
const asTurned = (rung: Rung | null): Owner | null => (rung ? { person: rung.person, officeTitle: rung.officeTitle, unit: rung.unit, capacity: rung.capacity, direct: rung.distance === 0, phone: rung.phone } : null)

/** Whoever both runs the response and may act on requests, over the whole institution: the last to turn to. */
const headquarters = async (ctx: Context, except: (string | null)[]): Promise<Owner | null> => asTurned(await climbing(ctx).from(null, except))

/** The nearest who answers for a unit, climbing past the person themselves; the headquarters above the root. */
export const ownerOfUnit = async (ctx: Context, unitId: string, except: (string | null)[]): Promise<Owner | null> => asTurned(await climbing(ctx).from(unitId, except))

/** Where a new request is handled, and by whom. */
export async function placeRequest(ctx: Context, personId: string, theme: Theme): Promise<Placed> {
  const { tx, institution, now } = ctx
  const desk = (await listDesks(tx, institution.id)).find((one) => one.theme === theme)
  if (desk) {
    const owner = await ownerOfUnit(ctx, desk.unit.unitId, [personId])
    return { unitId: desk.unit.unitId, owner, fell: owner?.unit.unitId !== desk.unit.unitId }
  }
  const leaves = await leavesOf(tx, institution.id, personId)
  const owner = chooseOwner((await ownersOfPersons(tx, institution.id, [personId], now)).get(personId) ?? [], theme, personId)
  const leaf = leaves.find((one) => one.tree === owner?.unit.tree) ?? leaves[0]
  if (owner) return { unitId: leaf?.unitId ?? owner.unit.unitId, owner, fell: !owner.direct && !(theme === 'dormitory' && owner.unit.tree === 'residence') }
  return { unitId: leaf?.unitId ?? null, owner: await headquarters(ctx, [personId]), fell: true }
}

/** The next above whoever is turned to now; null at the top. */
export async function nextAbove(ctx: Context, request: RequestRow): Promise<Owner | null> {
  const except = [request.person.personId, request.ownerId]
  const rung = request.ownerUnitId ?? request.unit?.unitId ?? null
  if (!rung) return headquarters(ctx, except)
  const unit = (await unitBriefs(ctx.tx, ctx.institution.id, [rung])).get(rung)
  // With nobody turned to so far, the rung itself is tried first.
  const start = request.ownerId === null ? rung : (unit?.parentId ?? null)
  return start ? ownerOfUnit(ctx, start, except) : headquarters(ctx, except)
}

/** Who each request is with now: its recorded owner while they hold the office, afterwards whoever holds it. */
export async function ownersNow(ctx: Context, requests: RequestRow[]): Promise<Map<string, Owner | null>> {
  const { tx, institution, now } = ctx
  const pairs = requests.flatMap((one) => (one.ownerId && one.ownerUnitId ? [{ personId: one.ownerId, unitId: one.ownerUnitId }] : []))
  const key = (personId: string | null, unitId: string | null) => `${personId} ${unitId}`
  const holding = new Map((await holdersAt(tx, institution.id, pairs, now)).map((row) => [key(row.personId, row.unitId), row]))
  const owners = new Map<string, Owner | null>()
  for (const request of requests) {
    const row = holding.get(key(request.ownerId, request.ownerUnitId))
    if (row) owners.set(request.requestId, asOwner(row, !request.fell && request.climbed === 0))
    else {
      const unitId = request.ownerUnitId ?? request.unit?.unitId
      owners.set(request.requestId, unitId ? await ownerOfUnit(ctx, unitId, [request.person.personId]) : await headquarters(ctx, [request.person.personId]))
    }
  }
  return owners
}
