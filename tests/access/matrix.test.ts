/**
 * Every actor × every call, asked of the real gate on a real database, compared with the policy that was written apart (policy.ts).
 * Actors: each role held now, as deputy, formerly, from tomorrow on; a student without office; nobody. Things: one's own, in one's unit, above, below, beside, in another institution, nowhere.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Call } from '#kernel/contract.ts'
import { inInstitution, type Tx } from '#kernel/database.ts'
import { anonymous, authorise, authoriseEach } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { Problem } from '#kernel/problems.ts'
import type { Actor } from '#kernel/server.ts'
import { openSessions, rootUnits } from '#slices/directory/server.ts'
import { permissions, reasonedRoles, roles } from '#slices/directory/rules.ts'
import type { Tree } from '#slices/directory/vocabularies.ts'
import { assembly } from '../../entry/assembly.ts'
import { bodiesOf } from '../bodies.ts'
import { openScene, type Scene } from '../scene.ts'
import { policy, type Kind, type Policy, type RoleName } from './policy.ts'
import { addFamily, addUnit, appointments, insertHolder, insertPerson, insertThings, insertWhole, places, treeOf, type Appointment, type Place, type Things, type Whole } from './things.ts'

const calls = assembly.calls.map(({ call }) => call)
const roleNames = Object.keys(roles) as RoleName[]
const relations = [...places, 'another institution', 'nowhere'] as const
type Relation = (typeof relations)[number]

interface Persona {
  name: string
  role: RoleName | null
  appointment: Appointment | null
  tree: Tree
  actor: Actor
  token?: string
}

let scene: Scene
let other: Scene
let whole: Whole
let foreignWhole: Whole
let foreign: Things
const families = {} as Record<Tree, Record<Place, Things>>
const personas: Persona[] = []

before(async () => {
  scene = await openScene()
  other = await openScene({ shared: scene, code: 'other' })
  const { db } = scene.kernel.connection
  const rootsOf = async ({ institution: { id } }: Scene) => new Map((await inInstitution(db, id, 'read', (tx) => rootUnits(tx, id))).map((unit) => [unit.tree, unit.unitId]))
  const far = await addUnit(other, 'admin', 'college', '他校学院', (await rootsOf(other)).get('admin') ?? '')
  await inInstitution(db, other.institution.id, 'write', async (tx) => {
    foreignWhole = await insertWhole(tx, other.institution.id)
    foreign = await insertThings(tx, other.institution.id, foreignWhole, 'admin', far, 'foreign')
  })
  const units = new Map<Tree, Record<Place, string>>()
  for (const [tree, rootId] of await rootsOf(scene)) units.set(tree, await addFamily(scene, tree, rootId))
  const { id } = scene.institution
  await inInstitution(db, id, 'write', async (tx) => {
    whole = await insertWhole(tx, id)
    for (const [tree, family] of units) {
      families[tree] = {} as Record<Place, Things>
      for (const [index, place] of places.entries()) families[tree][place] = await insertThings(tx, id, whole, tree, family[place], `${tree}-${index}`)
    }
    const now = new Date()
    for (const role of roleNames) {
      const tree = treeOf(role)
      for (const appointment of appointments) {
        const personId = await insertHolder(tx, id, role, appointment, families[tree]['own unit'].unit, now)
        personas.push({ name: `${role}, ${appointment}`, role, appointment, tree, actor: { kind: 'person', personId, sessionId: null } })
      }
    }
    const student = await insertPerson(tx, id, 'plain-student', { tree: 'admin', unitId: families.admin['own unit'].unit })
    personas.push({ name: 'student', role: null, appointment: null, tree: 'admin', actor: { kind: 'person', personId: student, sessionId: null } })
    const tokens = await openSessions(tx, id, personas.map((one) => one.actor.personId as string), now)
    personas.forEach((one, index) => (one.token = tokens[index] ?? ''))
  })
  personas.push({ name: 'anonymous', role: null, appointment: null, tree: 'admin', actor: anonymous })
})
after(() => scene.close())

/** The id of a thing of that kind in that relation to whoever holds an office in the tree. */
function thingOf(kind: Kind, tree: Tree, relation: Relation): string {
  if (relation === 'nowhere') return newId()
  if (kind === 'notice' || kind === 'duty') return (relation === 'another institution' ? foreignWhole : whole)[kind]
  const things = relation === 'another institution' ? foreign : families[tree][relation]
  return things[kind === 'subject' ? 'person' : (kind as keyof Things)]
}

/** An input in which every id that a call may be about is this one. */
const inputAbout = (id: string) => ({
  unitId: id, andUnits: [id], personId: id, personIds: [id], subjectId: id, subjectIds: [id], answers: [{ subjectId: id }], items: [{ subjectId: id }], noticeId: id, dutyId: id, dutyIds: [id], assignmentId: id, assignmentIds: [id], requestId: id, doubtId: id, briefId: id, figureId: id, robotId: id, caseId: id,
})

/** What the gate says: yes, the units it reaches, or the code of the refusal. */
async function ask(tx: Tx, actor: Actor, call: Call, id: string | null): Promise<string> {
  try {
    const scope = await authorise(scene.kernel, tx, actor, call, id === null ? {} : inputAbout(id), new Date())
    return call.about.kind !== 'scope' ? 'yes' : scope === null ? 'everywhere' : scope.toSorted().join()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** What the policy says, in the same words. */
function expected(entry: Policy, persona: Persona, relation: Relation | 'self'): string {
  if (entry === 'anybody') return 'yes'
  if (persona.actor.kind === 'anonymous') return 'signed-out'
  if (typeof entry === 'string') return 'yes'
  const inOffice = persona.appointment === 'current' || persona.appointment === 'deputy'
  const has = (list: readonly RoleName[]) => inOffice && persona.role !== null && list.includes(persona.role)
  const { kind } = entry
  if (kind === 'institution') return has(entry.everywhere) ? 'yes' : 'forbidden'
  if (kind === 'scope') return has(entry.everywhere) ? 'everywhere' : has(entry.ownAndBelow) ? families[persona.tree]['own unit'].unit : 'forbidden'
  if (relation === 'another institution' || relation === 'nowhere') return 'not-found'
  if (relation === 'self' && entry.self) return 'yes'
  if (has(entry.everywhere)) return 'yes'
  const within = kind !== 'notice' && kind !== 'duty' && (relation === 'own unit' || relation === 'descendant')
  return within && has(entry.ownAndBelow) ? 'yes' : 'not-found'
}

const aboutPeople = (kind: Kind) => kind === 'person' || kind === 'subject'

test('every call has its line in the policy, and every line its call', () => {
  assert.deepEqual(calls.map((call) => call.name).toSorted(), Object.keys(policy).toSorted())
  for (const call of calls) {
    const entry = policy[call.name]
    const kind = entry === 'anybody' ? 'nobody' : entry === 'whoever is signed in' ? 'institution' : entry === 'signed in, their own only' ? 'self' : entry?.kind
    assert.equal(call.about.kind, kind, `${call.name} is about ${call.about.kind}`)
  }
})

test('the gate says what the policy says, for every actor, call and thing', async () => {
  const wrong: string[] = []
  let asked = 0
  let yes = 0
  const lane = async (some: Persona[]) => {
    for (const persona of some) {
      await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => {
        const known = new Map<string, string>()
        for (const call of calls) {
          const entry = policy[call.name]
          if (!entry) continue
          const { kind } = call.about
          const hasThing = !['nobody', 'self', 'institution', 'scope'].includes(kind)
          const self = aboutPeople(kind as Kind) && persona.actor.personId !== null
          for (const relation of hasThing ? [...relations, ...(self ? (['self'] as const) : [])] : (['own unit'] as const)) {
            const id = !hasThing ? null : relation === 'self' ? persona.actor.personId : relation === 'nowhere' ? newId() : thingOf(kind as Kind, persona.tree, relation)
            // The gate reads nothing of a call but these: the same question need not be put twice.
            const key = `${call.needs} ${kind} ${relation}`
            const got = known.get(key) ?? (await ask(tx, persona.actor, call, id))
            known.set(key, got)
            const want = expected(entry, persona, relation)
            asked++
            if (want === 'yes' || want === 'everywhere') yes++
            if (got !== want) wrong.push(`${call.name} (${call.needs}) for ${persona.name} on ${kind} ${hasThing ? relation : ''}: the gate says ${got}, the policy ${want}`)
          }
        }
      })
    }
  }
  await Promise.all([0, 1, 2, 3].map((at) => lane(personas.filter((_, index) => index % 4 === at))))
  assert.deepEqual(wrong, [])
  assert.ok(asked > 20_000 && yes > 1500, `${asked} asked, ${yes} allowed: too little to say anything`)
})

test('a unit is a subject like a person, but nobody is themselves a unit', async () => {
  const answering = calls.filter((call) => call.about.kind === 'subject')
  assert.ok(answering.length >= 5)
  for (const persona of personas.filter((one) => one.appointment === 'current' || one.role === null)) {
    await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => {
      for (const call of answering) for (const relation of ['own unit', 'ancestor', 'descendant'] as const)
        assert.equal(await ask(tx, persona.actor, call, families[persona.tree][relation].unit), expected(policy[call.name] as Policy, persona, relation), `${call.name} for ${persona.name} on the unit ${relation}`)
    })
  }
})

test('many callers asked together get the answers they get alone', async () => {
  // What is about oneself asks about nothing else.
  const batches = calls.filter((call) => call.kind === 'batch' && call.about.kind !== 'self')
  assert.ok(batches.length > 0)
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => {
    for (const call of batches) {
      const asked = personas.flatMap((persona) => [...relations, 'self' as const].filter((relation) => relation !== 'self' || persona.actor.personId).map((relation) => ({ persona, relation, id: relation === 'self' ? (persona.actor.personId ?? '') : thingOf(call.about.kind as Kind, persona.tree, relation) })))
      const verdicts = await authoriseEach(scene.kernel, tx, call, asked.map(({ persona, id }) => ({ actor: persona.actor, input: inputAbout(id) })), new Date())
      const wrong = asked.flatMap(({ persona, relation }, index) => {
        const [got, want] = [verdicts[index]?.code ?? 'yes', expected(policy[call.name] as Policy, persona, relation)]
        return got === want ? [] : [`${call.name} for ${persona.name} on ${relation}: together ${got}, the policy ${want}`]
      })
      assert.deepEqual(wrong, [])
      assert.ok(verdicts.filter((verdict) => verdict === null).length > 50)
    }
  })
})

test('several things at once: one that is out of reach spoils all', async () => {
  const counsellor = personas.find((one) => one.role === 'counsellor' && one.appointment === 'current') as Persona
  const many = calls.filter((call) => ['facts.answer', 'measures.remind', 'measures.excuseMany', 'measures.endExcuseMany', 'notices.acknowledge'].includes(call.name))
  assert.equal(many.length, 5)
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => {
    for (const call of many) {
      const kind = call.about.kind === 'assignment' ? 'assignment' : 'person'
      const at = (relation: Place) => families.admin[relation][kind]
      const both = (a: string, b: string) => ({ answers: [{ subjectId: a }, { subjectId: b }], items: [{ subjectId: a }, { subjectId: b }], assignmentIds: [a, b] })
      await authorise(scene.kernel, tx, counsellor.actor, call, both(at('own unit'), at('descendant')), new Date())
      for (const far of [at('sibling'), at('ancestor'), foreign[kind], newId()])
        await assert.rejects(authorise(scene.kernel, tx, counsellor.actor, call, both(at('own unit'), far), new Date()), (error) => error instanceof Problem && error.code === 'not-found', call.name)
    }
  })
})

test('an office at the root of the administrative tree reaches the whole institution; at the root of another tree only that tree', async () => {
  const { id } = scene.institution
  await inInstitution(scene.kernel.connection.db, id, 'write', async (tx) => {
    const roots = await rootUnits(tx, id)
    const gaps = calls.find((call) => call.name === 'measures.gaps') as Call
    for (const tree of ['admin', 'party'] as const) {
      const personId = await insertHolder(tx, id, 'secretary', 'current', roots.find((unit) => unit.tree === tree)?.unitId ?? '', new Date())
      for (const where of ['admin', 'party', 'residence'] as const)
        assert.equal(await ask(tx, { kind: 'person', personId, sessionId: null }, gaps, families[where].descendant.unit), tree === 'admin' || tree === where ? 'yes' : 'not-found', `${tree} over ${where}`)
    }
  })
})

test('rights come in whole: whoever may do a thing may see it', () => {
  const goesWith: [string, string][] = [
    ['brief.write', 'brief.read'], ['duty.act', 'notice.read'], ['duty.review', 'notice.read'], ['gap.act', 'gap.read'], ['gap.read', 'coverage.read'], ['case.act', 'case.read'], ['case.read', 'person.read'], ['person.facts', 'person.read'], ['person.answer-for', 'person.read'],
    ['notice.issue', 'notice.draft'], ['notice.draft', 'notice.read'], ['measure.manage', 'coverage.read'], ['directory.manage', 'unit.read'], ['person.read', 'person.find'], ['person.find', 'unit.read'],
  ]
  for (const [name, role] of Object.entries(roles)) for (const [right, needed] of goesWith) {
    const carries = role.permissions as readonly string[]
    assert.ok(!carries.includes(right) || carries.includes(needed), `${name} has ${right} without ${needed}`)
  }
  const needed = new Set(calls.map((call) => call.needs))
  for (const call of calls) assert.ok(['public', 'signed-in'].includes(call.needs) || call.needs in permissions, `${call.name} needs ${call.needs}, which is no permission`)
  assert.deepEqual(Object.keys(permissions).filter((word) => !needed.has(word)), [], 'a word that opens nothing')
})

test('the same over HTTP with real sessions: what the policy refuses is refused, what it allows is answered', async () => {
  const names = Object.keys(inputAbout(''))
  const bodyAbout = (call: Call, id: string | null, seed: number): unknown => {
    const [sample] = fc.sample(bodiesOf(call.input, () => []), { seed, numRuns: 1 })
    const body = sample as Record<string, unknown>
    const declared = (call.input as { properties?: Record<string, unknown> }).properties ?? {}
    if (id !== null) for (const name of names.filter((one) => one in declared && (declared[one] as { type?: string }).type !== 'integer')) {
      const several = name === 'answers' || name === 'items'
      body[name] = several ? [{ ...(body[name] as object[])[0], subjectId: id }] : name.endsWith('s') ? (name === 'dutyIds' ? [id, newId()] : [id]) : id
    }
    return body
  }
  // Reads that need nothing but the thing they are about: they must answer. What writes may still be refused for what it says.
  const plain = new Set(['directory.unit', 'directory.members', 'directory.person', 'directory.links', 'directory.orphans', 'facts.profile', 'facts.history', 'measures.coverage', 'measures.asksOf', 'measures.standings', 'notices.assignments', 'issues.queue', 'issues.get', 'issues.figures', 'health.counts', 'health.list', 'health.get', 'health.ofPerson', 'briefs.list', 'briefs.get'])
  const wrong: string[] = []
  const answered = { refused: 0, allowed: 0 }
  const asked = calls.flatMap((call, at) => {
    const entry = policy[call.name] as Policy
    if (typeof entry === 'string') return []
    return personas.flatMap((persona, index) => (['own unit', 'ancestor', 'descendant', 'sibling', 'another institution'] as const).map((relation, n) => ({ call, entry, persona, relation, at: at * 1009 + index * 31 + n })))
  })
  // A fixed selection: every call with a handful of actors.
  const chosen = asked.filter(({ call, at }) => at % (plain.has(call.name) ? 17 : 61) === 0)
  const lane = async (some: typeof chosen) => {
    for (const { call, entry, persona, relation, at } of some) {
      const want = expected(entry, persona, relation)
      const yes = !['forbidden', 'not-found', 'signed-out'].includes(want)
      if (yes && !plain.has(call.name)) continue
      const hasThing = entry.kind !== 'institution' && entry.kind !== 'scope'
      const response = await fetch(`${scene.origin}/api/${call.name}`, {
        method: 'POST', body: JSON.stringify(bodyAbout(call, hasThing ? thingOf(entry.kind, persona.tree, relation) : null, at)),
        headers: { 'content-type': 'application/json', ...(persona.token ? { authorization: `Bearer ${persona.token}` } : {}) },
      })
      const code = response.ok ? 'yes' : String(((await response.json()) as { code?: string }).code)
      // Whoever counts is let in, and says why before names are shown: tests/scenarios/gaps.test.ts.
      const got = code === 'reason-needed' && (reasonedRoles as readonly (string | null)[]).includes(persona.role) ? 'yes' : code
      if (got !== (yes ? 'yes' : want)) wrong.push(`${call.name} for ${persona.name} on ${relation}: HTTP says ${got}, the policy ${want}`)
      answered[yes ? 'allowed' : 'refused']++
    }
  }
  await Promise.all([0, 1, 2, 3].map((at) => lane(chosen.filter((_, index) => index % 4 === at))))
  assert.deepEqual(wrong, [])
  assert.ok(answered.refused > 300 && answered.allowed > 30, JSON.stringify(answered))
})
