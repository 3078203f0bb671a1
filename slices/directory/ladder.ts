/** Whom to turn to for a unit, and to whom next when they stay silent: office by office up the tree, and the headquarters above the root. */
import type { Tx } from '#kernel/database.ts'
import { officesUp, officesWithRoles, type Rung } from './queries-ladder.ts'
import { answeringRoles, rolesWith } from './rules.ts'

export interface LadderOptions {
  /** What the headquarters must be able to do, besides running the response. */
  acts: string
  /** Only offices whose holders may do this, such as decide; without it whoever answers. */
  may?: string
}

export interface Ladder {
  /** The nearest at or above a unit who is none of these; the headquarters above the root; null: nobody. */
  from(unitId: string | null, except: readonly (string | null)[]): Promise<Rung | null>
  /** The same, from the unit above on. */
  above(unitId: string | null, except: readonly (string | null)[]): Promise<Rung | null>
}

/** A ladder for one run: each unit is looked up once. */
export function ladder(tx: Tx, institutionId: string, now: Date, { acts, may }: LadderOptions): Ladder {
  const able = may === undefined ? null : new Set<string>(rolesWith(may).subtree)
  const roles = [...answeringRoles('direct'), ...answeringRoles('escalation')].filter((role) => able === null || able.has(role))
  const ways = new Map<string, Promise<Rung[]>>()
  const wayUp = (unitId: string) => {
    const found = ways.get(unitId) ?? officesUp(tx, institutionId, unitId, roles, now)
    ways.set(unitId, found)
    return found
  }
  let head: Promise<Rung[]> | undefined
  const headquarters = () => {
    const acting = new Set<string>(rolesWith(acts).institution)
    head ??= officesWithRoles(tx, institutionId, rolesWith('response.manage').institution.filter((role) => acting.has(role)), now)
    return head
  }
  const find = async (unitId: string | null, least: number, except: readonly (string | null)[]): Promise<Rung | null> => {
    const free = (rung: Rung) => !except.includes(rung.person.personId)
    const near = unitId === null ? undefined : (await wayUp(unitId)).find((rung) => (rung.distance ?? 0) >= least && free(rung))
    return near ?? (await headquarters()).find(free) ?? null
  }
  return { from: (unitId, except) => find(unitId, 0, except), above: (unitId, except) => find(unitId, 1, except) }
}
