/** The gatekeeper: who a session is, and whether they may. Asked by the kernel once a call. */
import type { Actor, Gatekeeper, Ground, ThingResolver } from '#kernel/server.ts'
import type { Tx } from '#kernel/database.ts'
import { currentInstitutionId } from '#kernel/institutions.ts'
import { findPersons, findUnits, unitsOfPersons } from './queries.ts'
import { covered, findSessions, heldUnits, holdsWhole } from './queries-access.ts'
import { rolesWith, selfPermissions } from './rules.ts'

export const gatekeeper: Gatekeeper = {
  selfMay: (permission) => selfPermissions.has(permission),

  async identify(tx, tokenHashes, now) {
    const sessions = await findSessions(tx, await currentInstitutionId(tx), tokenHashes, now)
    const byHash = new Map(sessions.map((session) => [session.token_hash.toString('hex'), session]))
    return tokenHashes.map((hash) => {
      const session = byHash.get(Buffer.from(hash).toString('hex'))
      return session ? ({ kind: 'person', personId: session.person_id, sessionId: session.session_id } satisfies Actor) : null
    })
  },

  async may(tx, actor, permission, grounds, now) {
    if (actor.kind === 'operator' || actor.kind === 'system') return true
    if (!actor.personId) return false
    const institutionId = await currentInstitutionId(tx)
    const reach = rolesWith(permission)
    if (await holdsWhole(tx, institutionId, actor.personId, reach, now)) return true
    if (grounds === 'institution') return false
    const mine = (ground: Ground) => ground.personIds.length > 0 && ground.personIds.every((id) => id === actor.personId) && selfPermissions.has(permission)
    const others = grounds.filter((ground) => !mine(ground))
    if (others.length === 0) return true
    if (others.some((ground) => ground.unitIds.length === 0)) return false
    const held = await heldUnits(tx, institutionId, actor.personId, reach, now)
    if (held.length === 0) return false
    return (await covered(tx, institutionId, held, others.map((ground) => ground.unitIds))).every(Boolean)
  },

  async scope(tx, actor, permission, now) {
    if (actor.kind === 'operator' || actor.kind === 'system') return null
    if (!actor.personId) return []
    const institutionId = await currentInstitutionId(tx)
    const reach = rolesWith(permission)
    if (await holdsWhole(tx, institutionId, actor.personId, reach, now)) return null
    return heldUnits(tx, institutionId, actor.personId, reach, now)
  },
}

async function resolveUnits(tx: Tx, ids: string[]): Promise<(Ground | undefined)[]> {
  const known = new Set((await findUnits(tx, await currentInstitutionId(tx), ids)).map((unit) => unit.unitId))
  return ids.map((id) => (known.has(id) ? { unitIds: [id], personIds: [] } : undefined))
}

async function resolvePersons(tx: Tx, ids: string[]): Promise<(Ground | undefined)[]> {
  const institutionId = await currentInstitutionId(tx)
  const known = new Set((await findPersons(tx, institutionId, ids)).map((person) => person.personId))
  const units = await unitsOfPersons(tx, institutionId, ids)
  return ids.map((id) => (known.has(id) ? { personIds: [id], unitIds: units.filter((unit) => unit.personId === id).map((unit) => unit.unitId) } : undefined))
}

export const things: ThingResolver[] = [
  { kind: 'unit', resolve: resolveUnits },
  { kind: 'person', resolve: resolvePersons },
  {
    // Whatever facts can be known of: a person or a unit.
    kind: 'subject',
    async resolve(tx, ids) {
      const [units, persons] = [await resolveUnits(tx, ids), await resolvePersons(tx, ids)]
      return ids.map((_, index) => persons[index] ?? units[index])
    },
  },
]
