/** Calls about cases: one person under health management, from the order to the release. */
import { Type } from 'typebox'
import { about, aboutSelf, call, Day, Id, Instant, Nothing, nullable, oneOf, shape } from '#kernel/contract.ts'
import { Owner, PersonBrief, UnitBrief } from '#slices/directory/contract.ts'
import { caseKinds, countedFrom, illnesses, mostDays, steps, symptoms, temperatureRange } from './rules.ts'

export const Kind = oneOf(...caseKinds)
export const Illness = oneOf(...illnesses)
const Basis = Type.String({ minLength: 2, maxLength: 400 })
const Reason = Type.String({ minLength: 2, maxLength: 400 })
const Place = Type.String({ minLength: 1, maxLength: 200 })
const Days = Type.Integer({ minimum: 1, maximum: mostDays })
const From = oneOf(...countedFrom)
/** What was seen of the person at a moment. */
const seen = {
  temperature: nullable(Type.Number({ minimum: temperatureRange.least, maximum: temperatureRange.most })),
  symptoms: Type.Array(oneOf(...symptoms), { maxItems: symptoms.length, uniqueItems: true }),
}
const Words = Type.String({ maxLength: 400 })

export const Check = shape({ checkId: Id, day: Day, at: Instant, ...seen, words: Type.String(), by: nullable(Type.String()), /** By the person themselves. */ own: Type.Boolean() })
/** A step of a case. `to`: who answers from then on, or was asked to. */
export const CaseStep = shape({ at: Instant, action: oneOf(...steps), by: nullable(Type.String()), to: nullable(Type.String()), kind: Kind, untilDay: Day, words: Type.String() })

const line = {
  caseId: Id, person: PersonBrief, unit: nullable(UnitBrief), phone: nullable(Type.String()), kind: Kind, illness: Illness, place: Type.String(), response: shape({ responseId: Id, name: Type.String() }),
  basis: Type.String(), countedFrom: From, fromDay: Day, days: Type.Integer(), /** As planned: from this day on it is to be released, by a person. */ untilDay: Day,
  state: oneOf('running', 'to-release', 'released'), openedAt: Instant, openedBy: nullable(Type.String()),
  released: nullable(shape({ at: Instant, by: nullable(Type.String()), reason: Type.String() })),
  /** Who answers now; null: nobody. `fell`: whoever answered has left their office, and no next holder is there. */
  answers: nullable(Owner), fell: Type.Boolean(),
  /** Handed over to them, not confirmed yet. */
  offered: nullable(shape({ person: PersonBrief, officeTitle: Type.String(), at: Instant })),
  lastCheck: nullable(Check), /** A check is wanted today and there is none. */ missingToday: Type.Boolean(), /** Days before today on which nobody checked. */ daysMissed: Type.Integer(),
}
export const CaseLine = shape(line)
export const Case = shape({ ...line, /** Newest first. */ checks: Type.Array(Check), steps: Type.Array(CaseStep) })

/** What became of a case. */
const Moved = shape({ caseId: Id, kind: Kind, untilDay: Day, state: line.state })

const overCase = about<{ caseId: string }>('case', (input) => input.caseId)
const touches = ['cases', 'my-day', 'coverage', 'gaps'] as const
const plan = { basis: Basis, countedFrom: From, fromDay: Day, days: Days, place: Place }

export const open = call({
  name: 'health.open', kind: 'write', needs: 'case.act', about: about<{ personId: string }>('person', (input) => input.personId), touches,
  input: shape({ caseId: Id, personId: Id, responseId: Id, kind: Kind, illness: Illness, ...plan, answersId: Id, words: Type.Optional(Words) }), output: Moved,
  summary: ['建立个案：谁、为何、依据什么、到何时、在哪里、谁负责', 'Open a case: who, why, on what basis, until when, where, who answers'],
})
export const check = call({
  name: 'health.check', kind: 'write', needs: 'person.answer-for', about: about<{ personId?: string | null }>('person', (input) => input.personId ?? null), touches,
  input: shape({ checkId: Id, caseId: Id, /** Another than oneself. */ personId: Type.Optional(nullable(Id)), at: Instant, ...seen, words: Type.Optional(Words) }), output: shape({ outcome: oneOf('stored', 'repeated') }),
  summary: ['每日健康监测（本人或负责人）', 'The daily check, by the person or whoever answers'],
})
export const change = call({
  name: 'health.change', kind: 'write', needs: 'case.act', about: overCase, touches, input: shape({ caseId: Id, kind: Kind, ...plan }), output: Moved,
  summary: ['变更管理类别（如健康观察转隔离治疗）', 'Change the kind, such as observation to isolation'],
})
export const extend = call({
  name: 'health.extend', kind: 'write', needs: 'case.act', about: overCase, touches, input: shape({ caseId: Id, /** In all, counted from the same day. */ days: Days, reason: Reason }), output: Moved,
  summary: ['延长或缩短管理期限并说明理由', 'Move the planned end, with the reason'],
})
export const offer = call({
  name: 'health.offer', kind: 'write', needs: 'case.act', about: overCase, touches, input: shape({ caseId: Id, answersId: Id, words: Type.Optional(Words) }), output: Moved,
  summary: ['移交负责人（对方确认后生效）', 'Hand over to another who answers, once they confirm'],
})
export const accept = call({
  name: 'health.accept', kind: 'write', needs: 'case.act', about: overCase, touches, input: shape({ caseId: Id }), output: Moved, summary: ['确认接收移交', 'Confirm a hand-over'],
})
export const decline = call({
  name: 'health.decline', kind: 'write', needs: 'case.act', about: overCase, touches, input: shape({ caseId: Id, reason: Reason }), output: Moved, summary: ['退回移交并说明理由', 'Decline a hand-over, with the reason'],
})
export const release = call({
  name: 'health.release', kind: 'write', needs: 'case.act', about: overCase, touches, input: shape({ caseId: Id, reason: Reason }), output: Moved,
  summary: ['解除（由具名的人决定并说明理由）', 'Release, by a named person with a reason'],
})

const units = about<{ unitId: string; andUnits?: string[] }>('unit', (input) => [input.unitId, ...(input.andUnits ?? [])])
const ofUnits = { unitId: Id, /** Further units: somebody answers for several classes. */ andUnits: Type.Optional(Type.Array(Id, { maxItems: 80 })) }
/** Which list. open: all not released; today: opened today. */
export const Shown = oneOf('open', 'to-release', 'missing', 'today', 'released')
export const counts = call({
  name: 'health.counts', kind: 'read', needs: 'case.read', about: units, input: shape(ofUnits),
  output: shape({ asOf: Instant, open: Type.Integer(), toRelease: Type.Integer(), missing: Type.Integer(), today: Type.Integer(), kinds: Type.Array(shape({ kind: Kind, n: Type.Integer() })) }),
  summary: ['个案有多少：在管、待解除、今日未监测、今日新建（不含姓名）', 'How many cases: open, to be released, not checked today, opened today; without names'],
})
export const list = call({
  name: 'health.list', kind: 'read', needs: 'case.read', about: units, sensitive: true,
  input: shape({ ...ofUnits, show: Shown, kind: Type.Optional(Kind), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
  output: shape({ asOf: Instant, total: Type.Integer(), cases: Type.Array(CaseLine) }),
  summary: ['某组织人员的个案', "Cases of a unit's people"],
})
export const get = call({
  name: 'health.get', kind: 'read', needs: 'case.read', about: overCase, sensitive: true, input: shape({ caseId: Id }), output: Case, summary: ['一份个案：监测、移交、经过', 'One case: checks, hand-overs, steps'],
})
export const ofPerson = call({
  name: 'health.ofPerson', kind: 'read', needs: 'case.read', about: about<{ personId: string }>('person', (input) => input.personId), sensitive: true, input: shape({ personId: Id }),
  output: shape({ cases: Type.Array(CaseLine) }), summary: ['某人的个案，近的在前', 'Cases of a person, the latest first'],
})
export const answerers = call({
  name: 'health.answerers', kind: 'read', needs: 'case.act', about: about<{ personId: string }>('person', (input) => input.personId), input: shape({ personId: Id }),
  output: shape({ people: Type.Array(Owner) }), summary: ['谁可以负责某人的个案，最近的在前', 'Who may answer for a case of a person, the nearest first'],
})
export const mine = call({
  name: 'health.mine', kind: 'read', needs: 'signed-in', about: aboutSelf, sensitive: true, input: Nothing, output: shape({ asOf: Instant, today: Day, cases: Type.Array(Case) }), summary: ['我的个案', 'My own cases'],
})
export const todo = call({
  name: 'health.todo', kind: 'read', needs: 'signed-in', about: aboutSelf, sensitive: true, input: Nothing,
  output: shape({ asOf: Instant, today: Day, /** I answer for these. */ cases: Type.Array(CaseLine), /** Handed over to me; I have not confirmed. */ offered: Type.Array(CaseLine) }),
  summary: ['由我负责的个案和移交给我的个案', 'Cases I answer for, and those handed over to me'],
})
