/** Calls about what must be true of whom: measures, coverage, gaps, asks, burden. */
import { Type, type TSchema } from 'typebox'
import { about, aboutInstitution, aboutScope, aboutSelf, call, Id, Instant, Line, Nothing, nullable, oneOf, Prose, shape } from '#kernel/contract.ts'
import { Owner, PersonBrief, TwoTongues, UnitBrief } from '#slices/directory/contract.ts'
import { Attribute, AttributeType } from '#slices/facts/contract.ts'

/** A rule group in the form of react-querybuilder: {combinator, not?, rules: [{field, operator, value} | group]}. */
export const RuleGroup = Type.Unsafe<import('./rules.ts').RuleGroup>(Type.Object({ combinator: oneOf('and', 'or'), rules: Type.Array(Type.Unknown(), { maxItems: 50 }) }))
export const State = oneOf('kept', 'gap', 'excused', 'unknown')
export const Counts = shape({ population: Type.Integer(), kept: Type.Integer(), gap: Type.Integer(), excused: Type.Integer(), unknown: Type.Integer() })

const measureFields = {
  measureId: Id, responseId: Id, key: nullable(Type.String()), name: TwoTongues, subjectKind: oneOf('person', 'unit'), population: RuleGroup, condition: RuleGroup, basis: Type.String({ minLength: 2, maxLength: 400 }),
  demandedBy: oneOf('law', 'nation', 'province', 'city', 'school', 'college'), graceSeconds: Type.Integer({ minimum: 0 }), followUp: oneOf('none', 'tell-owner', 'open-task', 'ask-decision', /* somebody opens a case, or says why not */ 'open-case'), /** How long a follow-up may lie untouched before it climbs; null: it stays. A day where nothing is said. */ climbSeconds: Type.Optional(nullable(Type.Integer({ minimum: 600, maximum: 2_592_000 }))), danger: Type.Integer({ minimum: 1, maximum: 3 }),
  endsAt: nullable(Instant),
}
export const Measure = shape({ ...measureFields, status: oneOf('draft', 'on', 'ended'), startsAt: Instant, attributes: Type.Array(Type.String()) })
/** What is odd about a measure: the rules that make it so; for `nobody` how many each of them leaves; attributes that nobody is asked. */
export const Objection = shape({ kind: oneOf('nobody', 'no-population', 'never', 'always', 'any-answer', 'nobody-asked'), rules: Type.Array(Type.Unknown()), counts: Type.Array(Type.Integer()), attributes: Type.Array(Type.String()) })
/** Seconds a day over those who are asked anything. */
export const Spread = shape({ people: Type.Integer(), median: Type.Number(), worst: Type.Number(), over: Type.Integer() })
const level = oneOf('law', 'nation', 'province', 'city', 'school', 'college')
/** What a level adds to what those above it asked already. `by` null: no document asks for it so often. `every` null: once; `above` absent: those above did not ask, or did not say how often. */
export const Added = shape({
  by: nullable(level), attribute: Type.String(), kind: oneOf('question', 'people', 'frequency'), people: Type.Integer(), secondsPerPersonDay: Type.Number(), every: nullable(Type.Integer()), above: Type.Optional(nullable(Type.Integer())),
  unstated: Type.Boolean(), measureIds: Type.Array(Id),
})
export const LevelLoad = shape({ by: nullable(level), measures: Type.Integer(), hoursPerDay: Type.Number(), worst: Type.Number(), added: Type.Array(Added) })
/** How often a document asks for an attribute; null: once. */
export const Demand = shape({ attribute: Type.String({ maxLength: 40 }), everySeconds: nullable(Type.Integer({ minimum: 60, maximum: 31_536_000 })) })
/** Who answers for a measure that was switched on over a warning. */
export const Sponsor = shape({
  personId: nullable(Id), name: nullable(Type.String()), office: nullable(Type.String()), reason: Type.String(), at: Instant,
  over: shape({ seconds: Type.Number(), people: Type.Integer(), objections: Type.Array(Type.String()) }),
})
export const ListedMeasure = shape({ ...Measure.properties, sponsor: nullable(Sponsor), demands: Type.Array(Demand) })
export const Burden = shape({
  people: Type.Integer(), secondsPerPersonDay: Type.Number(), totalHoursPerDay: Type.Number(), questions: Type.Integer(),
  /** With all measures already on together. */
  togetherSecondsPerPersonDay: Type.Number(), budgetSeconds: Type.Number(), withinBudget: Type.Boolean(),
  alreadyKnown: Type.Integer(), wouldBeGap: Type.Integer(), wouldBeUnknown: Type.Integer(),
  /** Of those whom it touches, with everything on: every question that can come; those to be expected; every question without this measure. */
  most: Spread, expected: Spread, before: Spread,
  /** Whom it takes over the budget. */
  broken: Type.Integer(),
  /** What those who answer for others spend on its questions. */
  ownerHoursPerDay: Type.Number(),
  objections: Type.Array(Objection), needsSponsor: Type.Boolean(), added: Type.Array(Added), demands: Type.Array(Demand),
})

export const presets = call({
  name: 'measures.presets', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: Nothing,
  output: shape({ presets: Type.Array(shape({ key: Type.String(), name: TwoTongues, explains: TwoTongues, subjectKind: oneOf('person', 'unit'), attributes: Type.Array(Type.String()) })) }),
  summary: ['现成措施', 'Ready-made measures'],
})
export const list = call({
  name: 'measures.list', kind: 'read', needs: 'coverage.read', about: aboutScope, input: shape({ responseId: Type.Optional(Id), ended: Type.Optional(Type.Boolean()) }),
  output: shape({ measures: Type.Array(ListedMeasure) }), summary: ['措施清单', 'The measures'],
})
export const draft = call({
  name: 'measures.draft', kind: 'write', needs: 'measure.manage', about: aboutInstitution, touches: ['measures'],
  input: shape({ ...measureFields, key: Type.Optional(nullable(Type.String())), graceSeconds: Type.Optional(Type.Integer({ minimum: 0 })) }), output: Measure,
  summary: ['起草措施', 'Draft a measure'],
})
export const fromPreset = call({
  name: 'measures.fromPreset', kind: 'write', needs: 'measure.manage', about: aboutInstitution, touches: ['measures', 'attributes'],
  input: shape({ measureId: Id, responseId: Id, key: Type.String({ maxLength: 60 }), basis: Type.String({ minLength: 2, maxLength: 400 }), demandedBy: Type.Optional(measureFields.demandedBy), endsAt: Type.Optional(nullable(Instant)), areas: Type.Optional(Type.Array(Type.String({ pattern: '^\\d{2,6}$' }), { maxItems: 500 })) }),
  output: Measure, summary: ['由现成措施起草', 'Draft from a ready-made measure'],
})
export const burden = call({
  name: 'measures.burden', kind: 'read', needs: 'measure.manage', about: aboutInstitution, input: shape({ measureId: Id }), output: Burden,
  summary: ['启用前看负担：问谁、问多少、会有多少缺口', 'Burden before switching on'],
})
export const switchOn = call({
  name: 'measures.switchOn', kind: 'write', needs: 'measure.manage', about: aboutInstitution, touches: ['measures', 'coverage', 'my-day'],
  input: shape({
    measureId: Id, /** Needed where the burden budget is broken or the measure cannot work: why all the same. */ sponsor: Type.Optional(Type.String({ minLength: 4, maxLength: 200 })),
    /** Who answers for it; without it whoever switches it on. */ sponsorId: Type.Optional(Id), /** A version of this measure that is on and ends with the switch. */ replaces: Type.Optional(Id),
  }),
  output: Counts,
  summary: ['启用措施', 'Switch a measure on'],
})
export const loads = call({
  name: 'measures.loads', kind: 'read', needs: 'coverage.read', about: aboutScope, input: Nothing, touches: [],
  output: shape({
    asOf: Instant, budgetSeconds: Type.Number(), hoursPerDay: Type.Number(), expected: Spread, most: Spread, levels: Type.Array(LevelLoad),
    each: Type.Array(shape({ measureId: Id, people: Type.Integer(), secondsPerPersonDay: Type.Number(), hoursPerDay: Type.Number() })),
  }),
  summary: ['全部措施合计的负担：每人多少、哪一级要求的', 'What all measures together cost a person, and which level asked for it'],
})
export const setDemands = call({
  name: 'measures.setDemands', kind: 'write', needs: 'measure.manage', about: aboutInstitution, touches: ['measures'], input: shape({ measureId: Id, demands: Type.Array(Demand, { maxItems: 50 }) }), output: Nothing,
  summary: ['登记依据要求多久问一次', 'Note how often the document behind a measure asks'],
})
/** A measure that is kept, or one that is only written down. */
export const Version = shape({ measureId: Type.Optional(Id), plan: Type.Optional(shape({ subjectKind: oneOf('person', 'unit'), population: RuleGroup, condition: RuleGroup })) })
export const SimulatedCounts = shape({ ...Counts.properties, /** Of the unknown: who would be put a question. */ asked: Type.Integer() })
const simulatedLine = { one: SimulatedCounts, two: nullable(SimulatedCounts), /** Who stands otherwise under the second. */ differing: Type.Integer() }
export const simulate = call({
  name: 'measures.simulate', kind: 'read', needs: 'measure.manage', about: aboutInstitution, input: shape({ unitId: Id, version: Version, against: Type.Optional(Version) }),
  output: shape({
    asOf: Instant, unit: UnitBrief, total: shape(simulatedLine), rows: Type.Array(shape({ unit: UnitBrief, ...simulatedLine })),
    moves: Type.Array(shape({ from: nullable(State), to: nullable(State), count: Type.Integer() })),
  }),
  summary: ['启用前试算：各组织有多少人要问、多少缺口；两个版本并排', 'Before switching on: who would be asked and who in a gap, by unit; two versions side by side'],
})
export const simulated = call({
  name: 'measures.simulated', kind: 'read', needs: 'measure.manage', about: aboutInstitution, sensitive: true,
  input: shape({
    unitId: Id, version: Version, /** With it: who stands otherwise under it. */ against: Type.Optional(Version), /** Without: who stands so. */ state: Type.Optional(oneOf('kept', 'gap', 'excused', 'unknown', 'asked')),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  output: shape({
    total: Type.Integer(), /** Of these, whom the reader may not see by name. */ hidden: Type.Integer(),
    rows: Type.Array(shape({ subjectId: Id, name: Type.String(), number: nullable(Type.String()), unit: nullable(UnitBrief), one: nullable(State), two: nullable(State) })),
  }),
  summary: ['试算名单：会被问到、会成缺口或两个版本下不同的人', 'By name: who would be asked, be in a gap, or stand otherwise under a second version'],
})
export const end = call({
  name: 'measures.end', kind: 'write', needs: 'measure.manage', about: aboutInstitution, touches: ['measures', 'coverage', 'my-day'], input: shape({ measureId: Id }), output: Nothing,
  summary: ['停用措施', 'End a measure'],
})
export const CoverageRow = shape({ unit: UnitBrief, owner: nullable(Owner), cells: Type.Array(shape({ measureId: Id, ...Counts.properties })) })
export const coverage = call({
  name: 'measures.coverage', kind: 'read', needs: 'coverage.read', about: about<{ unitId: string }>('unit', (input) => input.unitId),
  input: shape({ unitId: Id, responseId: Type.Optional(Id), measureId: Type.Optional(Id) }),
  output: shape({ asOf: Instant, unit: UnitBrief, measures: Type.Array(shape({ measureId: Id, name: TwoTongues, subjectKind: oneOf('person', 'unit') })), total: Type.Array(shape({ measureId: Id, ...Counts.properties })), rows: Type.Array(CoverageRow) }),
  summary: ['某组织及其下级的覆盖情况', 'Coverage of a unit and of the units just below it'],
})
export const coverageKnownAt = call({
  name: 'measures.coverageKnownAt', kind: 'read', needs: 'coverage.read', about: about<{ unitId: string }>('unit', (input) => input.unitId),
  input: shape({ unitId: Id, responseId: Type.Optional(Id), measureId: Type.Optional(Id), /** By what was recorded until then: what came late is not counted, what was fresh then is. */ at: Instant }),
  output: coverage.output, summary: ['某一时刻已掌握的覆盖情况（如昨天 17:00）', 'Coverage as it was known at a moment, such as 17:00 yesterday'],
})
export const finalCoverage = call({
  name: 'measures.finalCoverage', kind: 'read', needs: 'coverage.read', about: about<{ unitId: string }>('unit', (input) => input.unitId), input: shape({ unitId: Id, responseId: Id }),
  output: shape({
    unit: UnitBrief, measures: Type.Array(shape({ measureId: Id, name: TwoTongues, subjectKind: oneOf('person', 'unit'), endedAt: nullable(Instant) })), total: Type.Array(shape({ measureId: Id, ...Counts.properties })),
    rows: Type.Array(shape({ unit: UnitBrief, cells: Type.Array(shape({ measureId: Id, ...Counts.properties })) })),
  }),
  summary: ['响应结束时各项措施的覆盖情况（人数长期保留）', 'Where the measures of a closed response stood when they ended: counts that stay'],
})
const Hour = shape({ at: Instant, rows: Type.Array(shape({ unitId: Id, cells: Type.Array(shape({ measureId: Id, ...Counts.properties })) })) })
export const history = call({
  name: 'measures.history', kind: 'read', needs: 'coverage.read', about: about<{ unitId: string }>('unit', (input) => input.unitId),
  input: shape({ unitId: Id, responseId: Type.Optional(Id), days: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })) }),
  output: shape({
    asOf: Instant, /** As counted then: by the hour the institution and the units right below it; further down once a day, worked out when asked. */ points: Type.Array(shape({ at: Instant, cells: Type.Array(shape({ measureId: Id, ...Counts.properties })) })),
    /** The unit and those right below it, an hour and a day ago; null: nothing was counted near that moment. */ hourAgo: nullable(Hour), dayAgo: nullable(Hour),
  }),
  summary: ['覆盖情况的走势：逐小时清点', 'How coverage moved: counted every hour'],
})
export const mineOpen = call({
  name: 'measures.mineOpen', kind: 'read', needs: 'signed-in', about: aboutSelf, input: Nothing, output: shape({ asOf: Instant, /** Units that I answer for. */ units: Type.Integer(), /** Whom something is open of: the lines of the list of gaps. */ people: Type.Integer(), /** Standings. */ gap: Type.Integer(), unknown: Type.Integer() }),
  summary: ['我负责的人里有多少人有缺口或未知，各多少项', 'How many of those I answer for have something open, and how many gaps and unknowns that is'],
})
export const Contacted = shape({ how: oneOf('call', 'message', 'visit', 'remind'), outcome: oneOf('reached', 'no-answer', 'promised', 'sent'), note: Type.String(), by: nullable(Type.String()), at: Instant })
export const Excuse = shape({ reason: Type.String(), by: nullable(Type.String()), since: Instant, until: nullable(Instant) })
/** One row behind a figure: a subject on a measure. */
export const Gap = shape({
  measureId: Id, measure: TwoTongues, state: State, since: Instant, overdue: Type.Boolean(),
  subject: shape({ kind: oneOf('person', 'unit'), id: Id, name: Type.String(), number: nullable(Type.String()), unit: nullable(UnitBrief) }),
  owner: nullable(Owner), lastContact: nullable(Contacted), contacts: Type.Integer(), excuse: nullable(Excuse),
})
export const gaps = call({
  name: 'measures.gaps', kind: 'read', needs: 'gap.read', about: about<{ unitId: string }>('unit', (input) => input.unitId), sensitive: true,
  input: shape({
    unitId: Id, measureId: Type.Optional(Id), responseId: Type.Optional(Id), /** Without it: gap and unknown. The others are the rows behind the figures of coverage. */ state: Type.Optional(State),
    /** Only subjects who hang on these units (of an owner, from `byOwner`). */ within: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 300 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  output: shape({
    asOf: Instant, total: Type.Integer(), gaps: Type.Array(Gap), byOwner: Type.Array(shape({ owner: nullable(Owner), unit: UnitBrief, count: Type.Integer() })),
    /** Units left off `byOwner`, which names the 300 with the most. */ moreUnits: Type.Integer(),
  }),
  summary: ['缺口名单：谁、由谁负责、已做过什么', 'Gaps by name, with who answers and what was tried'],
})
const overSubject = about<{ subjectId: string }>('subject', (input) => input.subjectId)
export const excuse = call({
  name: 'measures.excuse', kind: 'write', needs: 'gap.excuse', about: overSubject, touches: ['coverage', 'my-day'],
  input: shape({ excuseId: Id, measureId: Id, subjectId: Id, reason: Type.String({ minLength: 2, maxLength: 400 }), until: nullable(Instant) }), output: Nothing,
  summary: ['登记免除及理由', 'Excuse a subject, with the reason'],
})
export const endExcuse = call({
  name: 'measures.endExcuse', kind: 'write', needs: 'gap.excuse', about: overSubject, touches: ['coverage', 'my-day'], input: shape({ subjectId: Id, measureId: Id }), output: Nothing, summary: ['撤销免除', 'End an excuse'],
})
export const contact = call({
  name: 'measures.contact', kind: 'write', needs: 'gap.act', about: overSubject, touches: ['gaps'],
  input: shape({ contactId: Id, measureId: Id, subjectId: Id, how: oneOf('call', 'message', 'visit', 'remind'), outcome: oneOf('reached', 'no-answer', 'promised', 'sent'), note: Type.Optional(Prose) }), output: Nothing,
  summary: ['记录联系情况', 'Record what was tried'],
})
export const Reminded = shape({ at: Instant, by: nullable(Type.String()), note: Type.String() })
export const Ask = shape({
  attribute: Attribute, subject: shape({ kind: oneOf('person', 'unit'), id: Id, name: Type.String() }),
  /** Why it is asked: measures with their basis. */
  because: Type.Array(shape({ measureId: Id, name: TwoTongues, basis: Type.String(), until: nullable(Instant) })),
  last: nullable(shape({ value: Type.Unknown(), observedAt: Instant })),
  /** Somebody who answers for the subject asked for it. */
  reminded: Type.Optional(nullable(Reminded)),
  /** It is known, but somebody who answers for the subject asks for it anew. */
  again: Type.Optional(Type.Boolean()),
})
/** Several at once, all or none. */
const several = <T extends TSchema>(one: T) => Type.Array(one, { minItems: 1, maxItems: 1000 })
const overSubjects = about<{ items: { subjectId: string }[] }>('subject', (input) => input.items.map((one) => one.subjectId))
export const remind = call({
  name: 'measures.remind', kind: 'write', needs: 'gap.act', about: overSubjects, touches: ['gaps', 'my-day'],
  input: shape({ items: several(shape({ contactId: Id, measureId: Id, subjectId: Id })), note: Type.Optional(Type.String({ maxLength: 200 })) }),
  output: shape({ reminded: Type.Integer(), /** Reminded less than an hour ago, or no longer open. */ left: Type.Integer(), /** Of those left: answered or excused meanwhile. */ settled: Type.Integer(), /** How many people were reminded. */ people: Type.Integer() }),
  summary: ['提醒本人填报（一小时内不重复）', 'Remind people of what they are asked; not twice within an hour'],
})
export const excuseMany = call({
  name: 'measures.excuseMany', kind: 'write', needs: 'gap.excuse', about: overSubjects, touches: ['coverage', 'my-day'],
  input: shape({ items: several(shape({ excuseId: Id, measureId: Id, subjectId: Id })), reason: Type.String({ minLength: 2, maxLength: 400 }), until: nullable(Instant) }),
  output: shape({ excused: Type.Integer() }), summary: ['批量登记免除及同一理由', 'Excuse several subjects for one reason'],
})
export const endExcuseMany = call({
  name: 'measures.endExcuseMany', kind: 'write', needs: 'gap.excuse', about: overSubjects, touches: ['coverage', 'my-day'],
  input: shape({ items: several(shape({ measureId: Id, subjectId: Id })) }), output: shape({ ended: Type.Integer() }), summary: ['批量撤销免除', 'End several excuses'],
})
export const asks = call({
  name: 'measures.asks', kind: 'read', needs: 'signed-in', about: aboutSelf, input: Nothing,
  output: shape({
    asOf: Instant, asks: Type.Array(Ask),
    /** What a phone needs to work out the next question itself. */
    measures: Type.Array(shape({ measureId: Id, name: TwoTongues, basis: Type.String(), danger: Type.Integer(), endsAt: nullable(Instant), condition: RuleGroup })),
    attributes: Type.Array(Attribute), known: Type.Record(Type.String(), Type.Unknown()), visibleTo: Type.Array(Owner),
  }),
  summary: ['今天需要我填的', 'What I am asked'],
})
export const asksOf = call({
  name: 'measures.asksOf', kind: 'read', needs: 'person.answer-for', about: about<{ subjectId: string }>('subject', (input) => input.subjectId), sensitive: true,
  input: shape({ subjectId: Id }), output: shape({ asks: Type.Array(Ask) }), summary: ['代某人填报时要填的', 'What would be asked of another, to answer for them'],
})
export const standings = call({
  name: 'measures.standings', kind: 'read', needs: 'person.facts', about: overSubject, sensitive: true, input: shape({ subjectId: Id }),
  output: shape({ standings: Type.Array(shape({ measureId: Id, name: TwoTongues, state: State, since: Instant, until: nullable(Instant), excuse: nullable(Type.String()) })) }),
  summary: ['某人在各措施上的状态', 'Where a person stands on each measure'],
})
export const FollowUpKind = oneOf('tell-owner', 'open-task', 'ask-decision', 'open-case')
/** A follow-up changed hands: it climbed because nobody touched it, its owner left the office, or what was put for decision was decided. */
export const FollowUpStep = shape({ at: Instant, action: oneOf('climb', 'hand-over', 'take-back', 'decide'), from: nullable(Type.String()), to: nullable(Type.String()), unit: nullable(Type.String()), words: Type.String(), /** Who handed it over or took it back; null: the machine, because the holder left. */ by: nullable(Type.String()) })
export const followUp = call({
  name: 'measures.followUp', kind: 'read', needs: 'gap.read', about: overSubject, sensitive: true, input: shape({ measureId: Id, subjectId: Id }),
  output: shape({
    followUp: nullable(shape({ kind: FollowUpKind, madeAt: Instant, owner: nullable(Type.String()), climbed: Type.Integer(), touchBy: nullable(Instant), doneAt: nullable(Instant), outcome: nullable(Type.String()), steps: Type.Array(FollowUpStep) })),
  }),
  summary: ['某缺口的跟进：在谁手里、何时上报到谁', 'The follow-up of a gap: with whom, and to whom it climbed when'],
})
export const tasks = call({
  name: 'measures.tasks', kind: 'read', needs: 'signed-in', about: aboutSelf, sensitive: true, input: Nothing,
  output: shape({ tasks: Type.Array(shape({ taskId: Id, measureId: Id, measure: TwoTongues, subject: shape({ id: Id, name: Type.String(), number: nullable(Type.String()), phone: nullable(Type.String()), /** Their class or office; of a unit the one above it. */ unit: nullable(Type.String()) }), gapSince: Instant, madeAt: Instant, lastContact: nullable(Contacted), kind: FollowUpKind, climbed: Type.Integer(), touchBy: nullable(Instant), /** It is with me now, not with somebody it went to afterwards. */ mine: Type.Boolean(), steps: Type.Array(FollowUpStep) })), total: Type.Integer() }),
  summary: ['我要跟进的缺口', 'The gaps I must follow up'],
})
export const finishTask = call({
  name: 'measures.finishTask', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['my-day', 'gaps'], input: shape({ taskId: Id, outcome: Line }), output: Nothing, summary: ['了结跟进', 'Finish a follow-up'],
})

// ── Gaps, person by person ───────────────────────────────────────────────────────────────────────
/** How far somebody got with a person since the gap began: not tried, only reminded, tried in vain, promised, reached, handed over to somebody else. */
export const Reach = oneOf('untried', 'reminded', 'no-answer', 'promised', 'reached', 'handed')
export const OpenGap = shape({ measureId: Id, state: State, since: Instant, overdue: Type.Boolean(), danger: Type.Integer(), excuse: nullable(Excuse) })
export const GapPerson = shape({
  subject: shape({ kind: oneOf('person', 'unit'), id: Id, name: Type.String(), number: nullable(Type.String()), phone: nullable(Type.String()), unit: nullable(UnitBrief) }),
  /** The most dangerous first. */
  open: Type.Array(OpenGap), owner: nullable(Owner), reach: Reach,
  /** What was tried since, newest first, the same call on several measures once; at most four of `tries`. */
  tried: Type.Array(Contacted), tries: Type.Integer(),
  /** With whom it is now, where it was handed over. */
  handed: nullable(shape({ to: nullable(Type.String()), unit: nullable(Type.String()), by: nullable(Type.String()), at: Instant, words: Type.String() })),
})
const facet = <T extends TSchema>(key: T) => Type.Array(shape({ key, count: Type.Integer() }))
export const gapPeople = call({
  name: 'measures.gapPeople', kind: 'read', needs: 'gap.read', about: about<{ unitId: string; andUnits?: string[] }>('unit', (input) => [input.unitId, ...(input.andUnits ?? [])]), sensitive: true,
  input: shape({
    unitId: Id, /** Further units of the same tree: somebody answers for several classes. */ andUnits: Type.Optional(Type.Array(Id, { maxItems: 80 })), measureId: Type.Optional(Id), /** Without it: gap and unknown. */ state: Type.Optional(State), reach: Type.Optional(Type.Array(Reach, { maxItems: 6 })), danger: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })), overdue: Type.Optional(Type.Boolean()),
    /** Only who hangs on these units. */ within: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 300 })), /** Name, pinyin, initials or number. */ text: Type.Optional(Type.String({ maxLength: 60 })),
    sort: Type.Optional(oneOf('unit', 'name', 'since', 'reach', 'danger')), down: Type.Optional(Type.Boolean()), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    /** Also how they divide, before `reach`, `danger`, `overdue`, `within` and `text` are looked at. */ facets: Type.Optional(Type.Boolean()),
  }),
  output: shape({
    asOf: Instant, total: Type.Integer(), people: Type.Array(GapPerson), measures: Type.Array(shape({ measureId: Id, name: TwoTongues, danger: Type.Integer(), basis: Type.String() })),
    facets: nullable(shape({
      all: Type.Integer(), overdue: Type.Integer(), reach: facet(Reach), danger: facet(Type.Integer()), measures: facet(Id), units: Type.Array(shape({ unit: UnitBrief, owner: nullable(Owner), count: Type.Integer() })),
      /** Units left off, which names the 300 with the most. */ moreUnits: Type.Integer(),
    })),
  }),
  summary: ['缺口名单，一人一行：电话、欠哪几项、做过什么、在谁手里', 'Gaps, a line a person: telephone, what is open, what was tried, with whom it is'],
})
export const contactMany = call({
  name: 'measures.contactMany', kind: 'write', needs: 'gap.act', about: overSubjects, touches: ['gaps'],
  input: shape({ items: Type.Array(shape({ contactId: Id, measureId: Id, subjectId: Id }), { minItems: 1, maxItems: 200 }), how: oneOf('call', 'message', 'visit'), outcome: oneOf('reached', 'no-answer', 'promised', 'sent'), note: Type.Optional(Prose) }),
  output: shape({ noted: Type.Integer() }), summary: ['一次联系，记到几项措施', 'One call, noted for several measures'],
})
export const undoContact = call({
  name: 'measures.undoContact', kind: 'write', needs: 'gap.act', about: overSubjects, touches: ['gaps'], input: shape({ items: Type.Array(shape({ contactId: Id, subjectId: Id }), { minItems: 1, maxItems: 200 }) }),
  output: shape({ undone: Type.Integer() }), summary: ['撤回自己十分钟内记错的联系', 'Take back what one noted by mistake within ten minutes'],
})
/** Somebody who may act on all of these subjects, so that a hand-over shows them nobody new. */
export const Receiver = shape({ person: PersonBrief, officeId: Id, officeTitle: Type.String(), unit: UnitBrief, capacity: oneOf('holder', 'deputy'), phone: nullable(Type.String()), /** Reaches everybody, by the office. */ whole: Type.Boolean() })
export const receivers = call({
  name: 'measures.receivers', kind: 'read', needs: 'gap.act', about: about<{ subjectIds: string[] }>('subject', (input) => input.subjectIds), input: shape({ subjectIds: Type.Array(Id, { minItems: 1, maxItems: 200 }) }),
  output: shape({ receivers: Type.Array(Receiver) }), summary: ['这些缺口可以转交给谁', 'To whom these gaps can be handed over'],
})
export const handOver = call({
  name: 'measures.handOver', kind: 'write', needs: 'gap.act', about: overSubjects, touches: ['gaps', 'my-day'],
  input: shape({ items: Type.Array(shape({ taskId: Id, measureId: Id, subjectId: Id }), { minItems: 1, maxItems: 200 }), officeId: Id, personId: Id, reason: Type.String({ minLength: 2, maxLength: 200 }) }),
  output: shape({ handed: Type.Integer(), /** No longer open. */ settled: Type.Integer() }), summary: ['转交缺口：交给谁、为什么', 'Hand gaps over: to whom and why'],
})
export const takeBack = call({
  name: 'measures.takeBack', kind: 'write', needs: 'gap.act', about: overSubjects, touches: ['gaps', 'my-day'], input: shape({ items: Type.Array(shape({ measureId: Id, subjectId: Id }), { minItems: 1, maxItems: 200 }), words: Type.Optional(Type.String({ maxLength: 200 })) }),
  output: shape({ taken: Type.Integer() }), summary: ['收回转交的缺口', 'Take back gaps that were handed over'],
})
/** Something that was done about a subject. `measures`: the names of what it was for. */
export const Deed = shape({
  at: Instant, kind: oneOf('contact', 'excuse', 'excuse-end', 'follow-up', 'follow-up-end', 'step'), measures: Type.Array(TwoTongues), by: nullable(Type.String()), words: Type.String(), until: nullable(Instant),
  how: nullable(oneOf('call', 'message', 'visit', 'remind')), outcome: nullable(oneOf('reached', 'no-answer', 'promised', 'sent')), step: nullable(FollowUpStep),
})
export const trail = call({
  name: 'measures.trail', kind: 'read', needs: 'gap.read', about: overSubject, sensitive: true, input: shape({ subjectId: Id }), output: shape({ deeds: Type.Array(Deed) }),
  summary: ['对某人做过的联系、提醒、免除与跟进', 'Calls, reminders, excuses and follow-ups of a subject'],
})
export const settledByDay = call({
  name: 'measures.settledByDay', kind: 'read', needs: 'coverage.read', about: about<{ unitId: string }>('unit', (input) => input.unitId), input: shape({ unitId: Id, days: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })) }),
  output: shape({ days: Type.Array(shape({ day: Type.String(), at: Instant, measureId: Id, name: TwoTongues, settled: Type.Integer() })) }), summary: ['某组织每天补上的缺口数', 'How many gaps of a unit were closed on each day'],
})
export const rooms = call({
  name: 'measures.rooms', kind: 'read', needs: 'coverage.read', about: about<{ unitId: string }>('unit', (input) => input.unitId), input: shape({ unitId: Id, measureId: Type.Optional(Id) }),
  output: shape({ asOf: Instant, measures: Type.Array(shape({ measureId: Id, name: TwoTongues })), /** Units without any below, at most two levels down; members whether a measure concerns them or not. */ rooms: Type.Array(shape({ unitId: Id, parentId: Id, name: Type.String(), members: Type.Integer(), ...Counts.properties })), /** Rooms left off, over 800. */ more: Type.Integer() }),
  summary: ['一栋楼（或一层）逐间的覆盖情况', 'Room by room: how a building or floor is covered'],
})

// ── Doubts ───────────────────────────────────────────────────────────────────────────────────────
/** Something that a person should look at, with its reasons in figures. */
export const Doubt = shape({
  doubtId: Id, kind: oneOf('same-instant', 'impossible', 'never-moves', 'copied-forward', 'by-proxy', 'late'), unit: UnitBrief, owner: nullable(Owner), subjectKind: oneOf('person', 'unit'), people: Type.Integer(),
  attribute: shape({ key: Type.String(), label: TwoTongues, unit: nullable(Type.String()), type: AttributeType, options: Type.Array(shape({ value: Type.String(), zh: Type.String(), en: Type.String() })), /** Can somebody be asked for it again? */ asked: Type.Boolean() }),
  figures: Type.Record(Type.String(), Type.Unknown()), foundAt: Instant, /** Who entered it for others. */ recordedBy: nullable(Type.String()), /** The reader entered it. */ mine: Type.Boolean(),
  state: oneOf('open', 'dismissed', 'asked'), settledAt: nullable(Instant), settledBy: nullable(Type.String()), words: nullable(Type.String()), /** Of those it is about: who answered anew since. */ answered: Type.Integer(),
})
export const doubts = call({
  name: 'measures.doubts', kind: 'read', needs: 'person.facts', about: about<{ unitId: string }>('unit', (input) => input.unitId), sensitive: true,
  input: shape({ unitId: Id, settled: Type.Optional(Type.Boolean()), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
  output: shape({ asOf: Instant, total: Type.Integer(), doubts: Type.Array(Doubt) }), summary: ['数据疑点及其理由', 'Doubts about what came in, with their reasons'],
})
export const myDoubts = call({
  name: 'measures.myDoubts', kind: 'read', needs: 'signed-in', about: aboutSelf, sensitive: true, input: Nothing, output: shape({ doubts: Type.Array(Doubt) }), summary: ['请我核实的数据疑点', 'Doubts that I am the nearest to look at'],
})
const overDoubt = about<{ doubtId: string }>('doubt', (input) => input.doubtId)
export const doubt = call({
  name: 'measures.doubt', kind: 'read', needs: 'person.facts', about: overDoubt, sensitive: true, input: shape({ doubtId: Id }),
  output: shape({ doubt: Doubt, subjects: Type.Array(shape({ id: Id, name: Type.String(), number: nullable(Type.String()), phone: nullable(Type.String()), answered: Type.Boolean(), askedAgain: Type.Boolean() })) }),
  summary: ['一条疑点涉及的人', 'Whom a doubt is about'],
})
export const dismissDoubt = call({
  name: 'measures.dismissDoubt', kind: 'write', needs: 'gap.excuse', about: overDoubt, touches: ['doubts'], input: shape({ doubtId: Id, reason: Type.String({ minLength: 2, maxLength: 400 }) }), output: Nothing,
  summary: ['核实无误，写明理由', 'Dismiss a doubt, with the reason'],
})
export const askAgain = call({
  name: 'measures.askAgain', kind: 'write', needs: 'person.answer-for', about: overDoubt, touches: ['doubts', 'asks', 'my-day'],
  input: shape({ doubtId: Id, /** Without it: everybody it is about. */ subjectIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 2000 })), note: Type.String({ minLength: 2, maxLength: 200 }) }), output: shape({ asked: Type.Integer() }),
  summary: ['请本人重新填报，附一句话', 'Open the question anew for those a doubt is about, with a note'],
})
