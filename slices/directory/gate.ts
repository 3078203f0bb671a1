/** The gatekeeper: who a session is, and whether they may. Asked by the kernel once a call. */
import type { Actor, Gatekeeper, Ground, ThingResolver } from '#kernel/server.ts'
import { institutionIdOf, type Tx } from '#kernel/database.ts'
import { findPersons, findUnits, unitsOfPersons } from './queries.ts'
import { covered, findSessions, heldBy } from './queries-access.ts'
import { rolesWith, selfPermissions } from './rules.ts'

export const gatekeeper: Gatekeeper = {
  selfMay: (permission) => selfPermissions.has(permission),

  async identify(tx, digests, now) {
    const sessions = new Map((await findSessions(tx, institutionIdOf(tx), digests, now)).map((session) => [session.digest, session]))
    return digests.map((digest) => {
      const session = sessions.get(digest)
      return session ? ({ kind: 'person', personId: session.personId, sessionId: session.sessionId } satisfies Actor) : null
    })
  },

  async may(tx, permission, questions, now) {
    const institutionId = institutionIdOf(tx)
    const reach = rolesWith(permission)
    const mine = (actor: Actor, ground: Ground) => ground.personIds.length > 0 && ground.personIds.every((id) => id === actor.personId) && selfPermissions.has(permission)
    const people = [...new Set(questions.flatMap(({ actor }) => actor.personId ?? []))]
    const held = people.length ? await heldBy(tx, institutionId, people, reach, now) : []
    const wholes = new Set(held.filter((one) => one.whole).map((one) => one.personId))
    const pairs: { question: number; personId: string; units: string[] }[] = []
    const answers = questions.map(({ actor, grounds }, question) => {
      if (actor.kind === 'operator' || actor.kind === 'system' || (actor.personId && wholes.has(actor.personId))) return true
      if (!actor.personId || grounds === 'institution') return false
      const others = grounds.filter((ground) => !mine(actor, ground))
      for (const ground of others) pairs.push({ question, personId: actor.personId, units: ground.unitIds })
      return true // unless one of the others is not reached, below
    })
    const reached = pairs.length ? await covered(tx, institutionId, held.filter((one) => one.unitId !== null).map((one) => ({ personId: one.personId, unitId: one.unitId as string })), pairs) : []
    pairs.forEach((pair, index) => {
      if (!reached[index]) answers[pair.question] = false
    })
    return answers
  },

  async scope(tx, actor, permission, now) {
    if (actor.kind === 'operator' || actor.kind === 'system') return null
    if (!actor.personId) return []
    const held = await heldBy(tx, institutionIdOf(tx), [actor.personId], rolesWith(permission), now)
    if (held.some((one) => one.whole)) return null
    return held.flatMap((one) => one.unitId ?? [])
  },
}

async function resolveUnits(tx: Tx, ids: string[]): Promise<(Ground | undefined)[]> {
  const known = new Set((await findUnits(tx, institutionIdOf(tx), ids)).map((unit) => unit.unitId))
  return ids.map((id) => (known.has(id) ? { unitIds: [id], personIds: [] } : undefined))
}

async function resolvePersons(tx: Tx, ids: string[]): Promise<(Ground | undefined)[]> {
  const institutionId = institutionIdOf(tx)
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
