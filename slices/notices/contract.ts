/**
 * Calls about what was ordered by whom: documents, the confirmed duties, the cascade, receipts, call-and-confirm.
 * Offsets (`start`, `end`) are UTF-16 offsets into `text` of the same notice; masking keeps them true.
 */
import { Type } from 'typebox'
import { about, aboutInstitution, aboutScope, aboutSelf, call, Day, Id, Instant, Line, Nothing, nullable, oneOf, Prose, shape } from '#kernel/contract.ts'
import { Owner, PersonBrief, Tree, TwoTongues, UnitBrief } from '#slices/directory/contract.ts'
import { Burden, Counts } from '#slices/measures/contract.ts'
import { demands } from './demand.ts'
import { assignmentStates, correctionKinds, cycles, dutyStatuses, noticeStatuses, stepNames } from './rules.ts'
import type { NoticeReading } from './reading/types.ts'

// ── Shapes ───────────────────────────────────────────────────────────────────────────────────────
export const Modality = oneOf('must', 'must-not', 'should')
export const NoticeStatus = oneOf(...noticeStatuses)
export const DutyStatus = oneOf(...dutyStatuses)
export const Cycle = oneOf(...cycles)
export const AssignmentState = oneOf(...assignmentStates)
export const ClockTime = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
const Words = Type.String({ maxLength: 400 })
const Page = { page: Type.Optional(Type.Integer({ minimum: 1 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }

export const NoticeBrief = shape({
  noticeId: Id, title: Type.String(), docNumber: nullable(Type.String()), issuer: nullable(Type.String()), date: nullable(Day), hazards: Type.Array(Type.String()), status: NoticeStatus,
  version: Type.Integer(), amends: nullable(Id), amendedBy: nullable(Id), responseId: nullable(Id), importedAt: Instant, issuedAt: nullable(Instant),
  /** Who issued: the person's name, or the command line. */
  issuedBy: nullable(Type.String()), withdrawnAt: nullable(Instant), withdrawalReason: nullable(Type.String()), endsOn: nullable(Day),
})
export const Header = shape({
  issuer: nullable(Type.String()), docNumber: nullable(Type.String()), title: nullable(Type.String()), addressees: Type.Array(Type.String()), date: nullable(Day), hazards: Type.Array(Type.String()),
  reportTo: nullable(Type.String()), basis: Type.Array(Type.String()), supersedes: Type.Array(Type.String()), attachments: Type.Array(Type.String()),
  /** Who demands the measures made from it: chosen, else as the issuer says. */
  demandedBy: oneOf(...demands),
})
export const Clause = shape({
  clauseId: Type.String(), number: Type.String(), label: Type.String(), level: Type.Integer(), heading: nullable(Type.String()), parentId: nullable(Type.String()), start: Type.Integer(), end: Type.Integer(),
  sentences: Type.Array(shape({ start: Type.Integer(), end: Type.Integer(), kind: oneOf('principle', 'duty', 'prohibition', 'condition', 'evaluation', 'reporting', 'context') })),
})
/** Persons whom a duty speaks to: of these kinds, with this membership, within these units (empty: everywhere). Empty kinds: everybody. */
export const People = shape({ kinds: Type.Array(oneOf('student', 'staff', 'contractor', 'family'), { maxItems: 4 }), members: Type.Boolean(), unitIds: Type.Array(Id, { maxItems: 500 }) })
export const Doubt = shape({ doubtId: Type.Integer(), code: Type.String(), weight: Type.Number(), zh: Type.String(), en: Type.String(), start: nullable(Type.Integer()), end: nullable(Type.Integer()), dutyId: nullable(Id), settled: Type.Boolean() })
export const JoinedMeasure = shape({ measureId: nullable(Id), preset: nullable(Type.String()), name: TwoTongues })
const dutyFields = {
  dutyId: Id, clauseId: nullable(Type.String()), clause: Type.String(), start: nullable(Type.Integer()), end: nullable(Type.Integer()), text: Type.String(), actor: Type.String(), modality: Modality,
  /** The deadline in the notice's words, and the moment it comes to (for a recurring duty the moment of its first occurrence is `cycleTime` of the day). */
  deadline: nullable(Type.String()), dueAt: nullable(Instant), cycle: Cycle, cycleTime: nullable(ClockTime), /** 1 Monday … 7 Sunday; of a monthly duty the day of the month, 31 the last. */ cycleWeekday: nullable(Type.Integer({ minimum: 1, maximum: 31 })),
  condition: nullable(Type.String()), evidence: nullable(Type.String()), reportTo: nullable(Type.String()), /** Reports wait for acceptance from above. */ review: Type.Boolean(),
}
export const DraftDuty = shape({
  ...dutyFields, status: DutyStatus, origin: oneOf('read', 'added', 'split', 'merged'), derivation: nullable(Type.String()), recurrence: nullable(Type.String()), unitIds: Type.Array(Id), people: nullable(People),
  /** How the actor's words were resolved. */
  resolved: TwoTongues, unmatched: Type.Array(Type.String()), measure: nullable(JoinedMeasure), suggestions: Type.Array(shape({ preset: nullable(Type.String()), zh: Type.String(), en: Type.String() })), why: Type.Array(Type.String()),
  pastDue: Type.Boolean(), /** Earlier corrections of this institution that were applied here. */ learnt: Type.Array(shape({ ...TwoTongues.properties, correctionId: nullable(Id) })),
  /** Why it was read so, step by step; `grounds` are the reader's own words, in Chinese. */
  steps: Type.Array(shape({ ...TwoTongues.properties, step: oneOf(...stepNames), grounds: Type.Array(Type.String()) })), /** It was merged or split, and can be put back as it was. */ shaped: nullable(oneOf('merged', 'split')),
  /** Which of the four blanks are empty. */
  blanks: Type.Array(oneOf('owner', 'due', 'evidence', 'report-to')),
})
export const Correction = shape({ correctionId: Id, kind: oneOf(...correctionKinds), kindWords: TwoTongues, /** What it hangs on: a word for a unit, or a wording. */ phrase: Type.String(), proposed: TwoTongues, made: TwoTongues, at: Instant, by: nullable(Type.String()), inUse: Type.Boolean(), noticeTitle: Type.String() })
/** Where assignments stand; the parts sum to the total. `nobody`: not done, and the unit has no responsible person of its own. */
export const Progress = shape({ total: Type.Integer(), done: Type.Integer(), reported: Type.Integer(), underWay: Type.Integer(), waiting: Type.Integer(), overdue: Type.Integer(), nobody: Type.Integer() })
export const Report = shape({
  reportId: Id, version: Type.Integer(), text: Type.String(), zero: Type.Boolean(), figures: Type.Array(shape({ label: Type.String(), value: Type.Number() })), madeAt: Instant, by: nullable(Type.String()), onBehalf: Type.Boolean(),
  file: nullable(shape({ name: Type.String(), size: Type.Integer() })), verdict: nullable(oneOf('accepted', 'sent-back')), verdictNote: nullable(Type.String()), verdictBy: nullable(Type.String()), verdictAt: nullable(Instant), late: Type.Boolean(),
})
export const Assignment = shape({
  assignmentId: Id, noticeId: Id, noticeTitle: Type.String(), dutyId: Id, clause: Type.String(), text: Type.String(), modality: Modality, unit: UnitBrief, owner: nullable(Owner), state: AssignmentState, overdue: Type.Boolean(),
  cycle: Cycle, period: nullable(Day), dueAt: nullable(Instant), sentAt: Instant, acknowledgedAt: nullable(Instant), parentId: nullable(Id), condition: nullable(Type.String()), evidence: nullable(Type.String()), reportTo: nullable(Type.String()), review: Type.Boolean(),
  below: shape({ total: Type.Integer(), acknowledged: Type.Integer(), reported: Type.Integer(), done: Type.Integer() }), reports: Type.Integer(), nudges: Type.Integer(), lastReport: nullable(Report),
})
export const RoundBrief = shape({
  roundId: Id, noticeId: nullable(Id), message: Type.String(), startedAt: Instant, ladderMinutes: Type.Integer(), closedAt: nullable(Instant),
  /** Four numbers, never merged: sent = confirmed + notConfirmed + unreachable. */
  sent: Type.Integer(), confirmed: Type.Integer(), notConfirmed: Type.Integer(), unreachable: Type.Integer(), units: Type.Integer(), unitsConfirmed: Type.Integer(), unitsWithoutAnybody: Type.Integer(),
})
export const ClauseChange = shape({ change: oneOf('same', 'changed', 'new', 'gone'), before: nullable(shape({ clauseId: Type.String(), label: Type.String(), text: Type.String() })), after: nullable(shape({ clauseId: Type.String(), label: Type.String(), text: Type.String() })) })
export const Amendment = shape({
  noticeId: Id, amends: Id, clauses: Type.Array(ClauseChange),
  duties: Type.Array(shape({
    change: oneOf('same', 'changed', 'new', 'gone'), beforeId: nullable(Id), afterId: nullable(Id), text: Type.String(), before: nullable(Type.String()), open: Type.Integer(), done: Type.Integer(), /** Of the open ones, already acknowledged by their units. */ acknowledged: Type.Integer(),
    measure: nullable(TwoTongues), /** What the duty asks has another deadline, actor, modality or rhythm though its words are the same. */ order: Type.Array(oneOf('deadline', 'actor', 'modality', 'rhythm')),
    /** What issuing does with its assignments. */
    then: oneOf('continues', 'starts-anew', 'begins', 'ends'),
  })),
  /** Assignments of the earlier notice that go on, and those that end; units that acknowledged and must acknowledge anew; people who opened the earlier one. */
  touched: shape({ continue: Type.Integer(), end: Type.Integer(), acknowledgeAnew: Type.Integer(), unitsTold: Type.Integer(), opened: Type.Integer() }),
  /** Measures that are on for the earlier notice: carried on by a duty of this one, or left without any. */
  measures: Type.Array(shape({ measureId: Id, name: TwoTongues, then: oneOf('goes-on', 'left') })),
})

const overNotice = about<{ noticeId: string }>('notice', (input) => input.noticeId)
const overDuty = about<{ dutyId: string }>('duty', (input) => input.dutyId)
const overAssignment = about<{ assignmentId: string }>('assignment', (input) => input.assignmentId)
const overUnit = about<{ unitId: string }>('unit', (input) => input.unitId)
const documentLimit = 20 * 1048576
const Pasted = Type.Optional(Type.String({ maxLength: 1_000_000 }))
const draftTouches = ['notice-drafts'] as const
const cascadeTouches = ['notices', 'assignments', 'my-day'] as const

// ── Reading and importing ────────────────────────────────────────────────────────────────────────
export const read = call({
  name: 'notices.read', kind: 'read', needs: 'notice.draft', about: aboutInstitution, fileLimit: documentLimit, input: shape({ text: Pasted }),
  output: shape({ text: Type.String(), reading: Type.Unsafe<NoticeReading>(Type.Unknown()), summary: Type.Unknown(), warnings: Type.Array(TwoTongues) }),
  summary: ['研读通知文件或粘贴的文字，不保存', 'Read a notice (file or pasted text); nothing is stored'],
})
export const importNotice = call({
  name: 'notices.import', kind: 'write', needs: 'notice.draft', about: aboutInstitution, fileLimit: documentLimit, touches: draftTouches,
  input: shape({ noticeId: Id, text: Pasted, responseId: Type.Optional(Id), /** The issued notice that this is a new version of. */ amends: Type.Optional(Id), /** Import although the same notice is already here. */ again: Type.Optional(Type.Boolean()), /** Import although it does not look like a notice. */ anyway: Type.Optional(Type.Boolean()) }),
  output: shape({ noticeId: Id, title: Type.String(), duties: Type.Integer(), prohibitions: Type.Integer(), doubts: Type.Integer(), unmatched: Type.Array(Type.String()), learnt: Type.Array(TwoTongues) }),
  summary: ['导入通知，形成待核对的草稿', 'Import a notice as a draft to confirm'],
})
export const drafts = call({
  name: 'notices.drafts', kind: 'read', needs: 'notice.draft', about: aboutInstitution, input: shape({ ...Page }),
  output: shape({ total: Type.Integer(), notices: Type.Array(shape({ ...NoticeBrief.properties, duties: Type.Integer(), confirmed: Type.Integer(), openDoubts: Type.Integer() })) }),
  summary: ['通知草稿', 'Drafts of notices'],
})
export const draft = call({
  name: 'notices.draft', kind: 'read', needs: 'notice.draft', about: overNotice, input: shape({ noticeId: Id }),
  output: shape({
    notice: NoticeBrief, header: Header, text: Type.String(), clauses: Type.Array(Clause), duties: Type.Array(DraftDuty), doubts: Type.Array(Doubt), contacts: Type.Array(shape({ start: Type.Integer(), end: Type.Integer(), kind: Type.String() })),
    repairs: Type.Array(shape({ start: Type.Integer(), end: Type.Integer(), kind: Type.String(), repaired: Type.String() })), units: Type.Array(UnitBrief),
    addressees: Type.Array(shape({ word: Type.String(), unitIds: Type.Array(Id), people: nullable(People), zh: Type.String(), en: Type.String(), correctionId: nullable(Id) })), unmatched: Type.Array(Type.String()),
    /** Earlier corrections that this draft was read by. */
    learnt: Type.Array(shape({ ...Correction.properties, dutyIds: Type.Array(Id) })), file: nullable(shape({ name: Type.String(), size: Type.Integer(), sha256: Type.String() })),
  }),
  summary: ['草稿全文、条款、任务、疑问', 'A draft: text, clauses, duties, doubts'],
})
export const original = call({
  name: 'notices.original', kind: 'read', needs: 'notice.draft', about: overNotice, input: shape({ noticeId: Id }),
  output: shape({ name: Type.String(), base64: Type.String(), sha256: Type.String() }), summary: ['下载导入的原件', 'The imported file itself'],
})
// ── Confirming ───────────────────────────────────────────────────────────────────────────────────
export const setHeader = call({
  name: 'notices.setHeader', kind: 'write', needs: 'notice.draft', about: overNotice, touches: draftTouches,
  input: shape({
    noticeId: Id, title: Type.Optional(nullable(Line)), issuer: Type.Optional(nullable(Line)), docNumber: Type.Optional(nullable(Line)), date: Type.Optional(nullable(Day)), hazards: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 12 })),
    reportTo: Type.Optional(nullable(Line)), addressees: Type.Optional(Type.Array(Line, { maxItems: 60 })), responseId: Type.Optional(nullable(Id)), /** The last day of its recurring duties. */ endsOn: Type.Optional(nullable(Day)), /** Null: as the issuer says. */ demandedBy: Type.Optional(nullable(oneOf(...demands))),
  }),
  output: Nothing, summary: ['修改通知要素、所属响应、截止日', 'Change header fields, response, last day'],
})
const dutyPatch = {
  text: Type.Optional(Type.String({ minLength: 2, maxLength: 2000 })), start: Type.Optional(Type.Integer({ minimum: 0 })), end: Type.Optional(Type.Integer({ minimum: 1 })), actor: Type.Optional(Words), modality: Type.Optional(Modality), deadline: Type.Optional(nullable(Words)),
  dueAt: Type.Optional(nullable(Instant)), cycle: Type.Optional(Cycle), cycleTime: Type.Optional(nullable(ClockTime)), cycleWeekday: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 31 }))), condition: Type.Optional(nullable(Words)),
  evidence: Type.Optional(nullable(Words)), reportTo: Type.Optional(nullable(Words)), review: Type.Optional(Type.Boolean()), unitIds: Type.Optional(Type.Array(Id, { maxItems: 2000 })), people: Type.Optional(nullable(People)),
}
export const saveDuty = call({
  name: 'notices.saveDuty', kind: 'write', needs: 'notice.draft', about: overDuty, touches: draftTouches,
  input: shape({ dutyId: Id, ...dutyPatch, confirm: Type.Optional(Type.Boolean()) }), output: DraftDuty,
  summary: ['修改任务：原文、主体、要求、时限、条件、四项空白', 'Edit a duty: span, actor, modality, deadline, condition, the four blanks'],
})
export const confirmDuties = call({
  name: 'notices.confirmDuties', kind: 'write', needs: 'notice.draft', about: overNotice, touches: draftTouches,
  input: shape({ noticeId: Id, /** Absent: all that are still proposed. */ dutyIds: Type.Optional(Type.Array(Id, { maxItems: 500 })) }), output: shape({ confirmed: Type.Integer() }),
  summary: ['确认任务', 'Confirm duties'],
})
export const fillBlanks = call({
  name: 'notices.fillBlanks', kind: 'write', needs: 'notice.draft', about: overNotice, touches: draftTouches,
  input: shape({ noticeId: Id, dutyIds: Type.Optional(Type.Array(Id, { maxItems: 500 })), unitIds: Type.Optional(Type.Array(Id, { maxItems: 2000 })), dueAt: Type.Optional(Instant), evidence: Type.Optional(Words), reportTo: Type.Optional(Words) }),
  output: shape({ filled: Type.Integer() }), summary: ['为多条任务一次填上仍空着的项', 'Fill what is still empty in several duties at once'],
})
export const splitDuty = call({
  name: 'notices.splitDuty', kind: 'write', needs: 'notice.draft', about: overDuty, touches: draftTouches, input: shape({ dutyId: Id, newDutyId: Id, /** Offset in the notice's text where the second begins. */ at: Type.Integer({ minimum: 1 }) }),
  output: shape({ duties: Type.Array(DraftDuty) }), summary: ['把一条任务拆成两条', 'Split a duty in two'],
})
export const mergeDuties = call({
  name: 'notices.mergeDuties', kind: 'write', needs: 'notice.draft', about: about<{ dutyIds: string[] }>('duty', (input) => input.dutyIds), touches: draftTouches, input: shape({ dutyIds: Type.Array(Id, { minItems: 2, maxItems: 20 }) }),
  output: DraftDuty, summary: ['合并任务（并入第一条）', 'Merge duties into the first of them'],
})
export const putBack = call({
  name: 'notices.putBack', kind: 'write', needs: 'notice.draft', about: overDuty, touches: draftTouches, input: shape({ dutyId: Id }), output: shape({ duties: Type.Array(DraftDuty) }), summary: ['把合并或拆分过的任务复原（连同确认状态）', 'Put a merged or split duty back as it was, confirmation and all'],
})
export const dropDuty = call({
  name: 'notices.dropDuty', kind: 'write', needs: 'notice.draft', about: overDuty, touches: draftTouches, input: shape({ dutyId: Id, reason: Type.Optional(Words) }), output: Nothing, summary: ['舍去一条任务', 'Drop a duty'],
})
export const restoreDuty = call({
  name: 'notices.restoreDuty', kind: 'write', needs: 'notice.draft', about: overDuty, touches: draftTouches, input: shape({ dutyId: Id }), output: DraftDuty, summary: ['恢复舍去的任务', 'Take a dropped duty back'],
})
export const addDuty = call({
  name: 'notices.addDuty', kind: 'write', needs: 'notice.draft', about: overNotice, touches: draftTouches, input: shape({ noticeId: Id, dutyId: Id, clauseId: Type.Optional(nullable(Type.String({ maxLength: 40 }))), ...dutyPatch }), output: DraftDuty,
  summary: ['补上漏读的任务（给出原文区间，或另写）', 'Add a duty that was missed: a span of the text, or words of your own'],
})
export const joinMeasure = call({
  name: 'notices.joinMeasure', kind: 'write', needs: 'notice.draft', about: overDuty, touches: draftTouches, input: shape({ dutyId: Id, /** One of the two, or neither to take it off. */ measureId: Type.Optional(Id), preset: Type.Optional(Type.String({ maxLength: 60 })) }), output: DraftDuty,
  summary: ['把任务与措施挂接（现有措施，或签发时由现成措施生成）', 'Join a duty to a measure: an existing one, or a ready-made one made at issue'],
})
export const settleDoubt = call({
  name: 'notices.settleDoubt', kind: 'write', needs: 'notice.draft', about: overNotice, touches: draftTouches, input: shape({ noticeId: Id, doubtId: Type.Integer(), settled: Type.Optional(Type.Boolean()) }), output: Nothing, summary: ['了结一个疑问', 'Settle a doubt'],
})
export const discard = call({
  name: 'notices.discard', kind: 'write', needs: 'notice.draft', about: overNotice, touches: draftTouches, input: shape({ noticeId: Id }), output: Nothing, summary: ['删除草稿', 'Discard a draft'],
})
export const resolve = call({
  name: 'notices.resolve', kind: 'read', needs: 'notice.draft', about: aboutInstitution, input: shape({ words: Type.Array(Words, { minItems: 1, maxItems: 60 }) }),
  output: shape({ resolved: Type.Array(shape({ word: Type.String(), units: Type.Array(UnitBrief), people: nullable(People), zh: Type.String(), en: Type.String() })), unmatched: Type.Array(Type.String()) }),
  summary: ['把"各二级学院"之类的话对到本校组织', 'Resolve words such as 各二级学院 to units'],
})
export const mapWord = call({
  name: 'notices.mapWord', kind: 'write', needs: 'notice.draft', about: overNotice, touches: draftTouches,
  input: shape({ noticeId: Id, word: Type.String({ minLength: 1, maxLength: 200 }), unitIds: Type.Optional(Type.Array(Id, { maxItems: 2000 })), people: Type.Optional(nullable(People)), /** It means no unit of this institution. With none of the three: as it was read. */ none: Type.Optional(Type.Boolean()) }),
  output: shape({ /** Duties that were read anew. */ duties: Type.Integer() }), summary: ['指明"各单位"之类的称谓在本校指哪些单位，并记住', 'Say which units a word of the notice means here; it is remembered'],
})
export const corrections = call({
  name: 'notices.corrections', kind: 'read', needs: 'notice.draft', about: aboutInstitution, input: Nothing,
  output: shape({ corrections: Type.Array(Correction) }),
  summary: ['记住的订正', 'Corrections remembered for the next notices'],
})
export const forgetCorrection = call({
  name: 'notices.forgetCorrection', kind: 'write', needs: 'notice.draft', about: aboutInstitution, touches: draftTouches,
  input: shape({ correctionId: Id, /** Also take back what it did in this draft. */ noticeId: Type.Optional(Id), /** Apply it again. */ again: Type.Optional(Type.Boolean()) }), output: Nothing, summary: ['不再套用某条订正（或恢复套用）', 'Stop applying a correction, or apply it again'],
})
// ── Preview, issue, amend, withdraw ──────────────────────────────────────────────────────────────
export const preview = call({
  name: 'notices.preview', kind: 'read', needs: 'notice.draft', about: overNotice, /* weighs ready-made measures, which a read-only transaction cannot */ sensitive: true, input: shape({ noticeId: Id, /** Counts also what is not confirmed yet: what issuing all of it would reach. */ all: Type.Optional(Type.Boolean()) }),
  output: shape({
    asOf: Instant, duties: shape({ confirmed: Type.Integer(), proposed: Type.Integer(), dropped: Type.Integer(), prohibitions: Type.Integer(), openProhibitions: Type.Integer() }),
    /** Per level: addressed units, how many have a responsible person of their own, and the people in them (each once). */
    levels: Type.Array(shape({ tree: Tree, kind: Type.String(), units: Type.Integer(), owned: Type.Integer(), people: Type.Integer(), assignments: Type.Integer() })),
    responsible: Type.Integer(), assignments: Type.Integer(), /** Per day, for recurring duties. */ assignmentsPerDay: Type.Integer(),
    roster: shape({ people: Type.Integer(), reached: Type.Integer(), notReached: Type.Integer(), byKind: Type.Array(shape({ kind: Type.String(), people: Type.Integer(), reached: Type.Integer() })), withoutUnit: Type.Integer(), unreachedUnits: Type.Array(shape({ unit: UnitBrief, people: Type.Integer() })) }),
    nobody: Type.Array(shape({ unit: UnitBrief, fallsTo: nullable(Owner) })), unmatched: Type.Array(shape({ dutyId: nullable(Id), word: Type.String() })),
    blanks: Type.Array(shape({ dutyId: Id, text: Type.String(), blanks: Type.Array(oneOf('owner', 'due', 'evidence', 'report-to')) })), past: Type.Array(shape({ dutyId: Id, text: Type.String(), dueAt: Instant })),
    measures: Type.Array(shape({ dutyIds: Type.Array(Id), measureId: nullable(Id), preset: nullable(Type.String()), name: TwoTongues, burden: nullable(Burden), alreadyOn: Type.Boolean() })), openDoubts: Type.Integer(),
    /** What stops the issue, and what only wants saying yes to. */
    stops: Type.Array(shape({ code: Type.String(), zh: Type.String(), en: Type.String() })), asks: Type.Array(shape({ code: oneOf('past-deadline', 'blanks', 'unconfirmed', 'burden', 'nobody'), zh: Type.String(), en: Type.String() })),
  }),
  summary: ['签发前预览：各级将送达多少、谁没有责任人、负担多大、还缺什么', 'Before issuing: who is reached per level, who is nobody’s, the burden, what is missing'],
})
export const issue = call({
  name: 'notices.issue', kind: 'write', needs: 'notice.issue', about: overNotice, touches: [...cascadeTouches, 'notice-drafts', 'measures', 'coverage'],
  input: shape({
    noticeId: Id, /** Duties whose deadline has passed and that are issued all the same. */ acknowledgePast: Type.Optional(Type.Array(Id, { maxItems: 500 })), acceptBlanks: Type.Optional(Type.Boolean()), /** Duties not confirmed stay out (never prohibitions). */ leaveUnconfirmed: Type.Optional(Type.Boolean()),
    /** An amendment: end the measures that no duty of it carries on. */ endMeasures: Type.Optional(Type.Boolean()), /** Who answers for breaking the burden budget, and why. */ sponsor: Type.Optional(Type.String({ minLength: 4, maxLength: 200 })), /** From the command line: for whom. */ onBehalfOf: Type.Optional(Line),
  }),
  output: shape({ noticeId: Id, issuedAt: Instant, duties: Type.Integer(), units: Type.Integer(), assignments: Type.Integer(), responsible: Type.Integer(), people: Type.Integer(), measures: Type.Array(shape({ measureId: Id, name: TwoTongues })), continued: Type.Integer(), ended: Type.Integer() }),
  summary: ['签发：全部成功或全不生效', 'Issue: all or nothing'],
})
export const withdraw = call({
  name: 'notices.withdraw', kind: 'write', needs: 'notice.issue', about: overNotice, touches: cascadeTouches, input: shape({ noticeId: Id, reason: Type.String({ minLength: 2, maxLength: 400 }), /** Also end the measures that were switched on with it. */ endMeasures: Type.Optional(Type.Boolean()) }),
  output: shape({ ended: Type.Integer() }), summary: ['撤回通知：未了结的任务终止，痕迹保留', 'Withdraw: open assignments end, the trace stays'],
})
export const amendment = call({
  name: 'notices.amendment', kind: 'read', needs: 'notice.draft', about: overNotice, input: shape({ noticeId: Id }), output: Amendment, summary: ['与原通知逐条对照，涉及哪些任务', 'The difference to the amended notice, clause by clause, and what it touches'],
})
// ── Following ────────────────────────────────────────────────────────────────────────────────────
export const list = call({
  name: 'notices.list', kind: 'read', needs: 'notice.read', about: aboutScope, input: shape({ responseId: Type.Optional(Id), text: Type.Optional(Type.String({ maxLength: 60 })), status: Type.Optional(NoticeStatus), ...Page }),
  output: shape({ total: Type.Integer(), notices: Type.Array(shape({ ...NoticeBrief.properties, duties: Type.Integer(), progress: Progress })) }), summary: ['已签发的通知及进展', 'Issued notices with their progress'],
})
const AliveDuty = shape({
  ...dutyFields, units: Type.Integer(), progress: Progress, /** Handed down to sub-units. */ below: Progress, period: nullable(Day), measure: nullable(shape({ measureId: Id, name: TwoTongues, counts: Counts })),
  /** By whom not, the most pressing first (at most five; the rest by notices.duty). */
  missing: Type.Array(shape({ assignmentId: Id, unit: UnitBrief, owner: nullable(Owner), state: AssignmentState, overdue: Type.Boolean() })),
})
export const get = call({
  name: 'notices.get', kind: 'read', needs: 'notice.read', about: aboutScope, input: shape({ noticeId: Id, /** Only within this unit. */ unitId: Type.Optional(Id) }),
  output: shape({
    asOf: Instant, notice: NoticeBrief, header: Header, text: Type.String(), clauses: Type.Array(shape({ ...Clause.properties, progress: Progress })), duties: Type.Array(AliveDuty), progress: Progress, below: Progress,
    receipts: shape({ people: Type.Integer(), opened: Type.Integer() }), rounds: Type.Array(RoundBrief), /** Assignments that ended unfinished, by withdrawal or amendment. */ ended: Type.Integer(),
    /** The same act on many units at one moment is one event: the names of the first three, and how many. */
    events: Type.Array(shape({ at: Instant, kind: Type.String(), by: nullable(Type.String()), unit: nullable(Type.String()), units: Type.Integer(), note: nullable(Type.String()) })),
  }),
  summary: ['通知活页：逐条进展、由谁未办', 'A notice, alive: clause by clause how far, and by whom not'],
})
export const duty = call({
  name: 'notices.duty', kind: 'read', needs: 'notice.read', about: aboutScope,
  input: shape({ dutyId: Id, unitId: Type.Optional(Id), show: Type.Optional(oneOf('all', 'open', 'overdue', 'nobody', 'reported', 'done')), level: Type.Optional(oneOf('addressed', 'below', 'all')), period: Type.Optional(Day), ...Page }),
  output: shape({ asOf: Instant, total: Type.Integer(), assignments: Type.Array(Assignment), periods: Type.Array(shape({ period: Day, progress: Progress })) }), summary: ['一条任务在各单位的办理情况', 'One duty, unit by unit'],
})
// ── The cascade ──────────────────────────────────────────────────────────────────────────────────
export const assignments = call({
  name: 'notices.assignments', kind: 'read', needs: 'notice.read', about: overUnit,
  input: shape({ unitId: Id, /** The unit's own, or all below it too. */ below: Type.Optional(Type.Boolean()), show: Type.Optional(oneOf('all', 'open', 'overdue', 'reported', 'done')), noticeId: Type.Optional(Id), ...Page }),
  output: shape({ asOf: Instant, total: Type.Integer(), assignments: Type.Array(Assignment), progress: Progress }), summary: ['某组织的任务板', 'The board of a unit'],
})
export const late = call({
  name: 'notices.late', kind: 'read', needs: 'notice.read', about: overUnit, input: shape({ unitId: Id }),
  output: shape({
    asOf: Instant, total: Type.Integer(), /** At the same hour yesterday. */ dayAgo: Type.Integer(), /** Every six hours of the last eight days. */ points: Type.Array(shape({ at: Instant, total: Type.Integer() })),
    /** By the units right below, the most first (at most 60); `own` is the unit itself. */
    units: Type.Array(shape({ unit: UnitBrief, total: Type.Integer(), oldestDueAt: Instant, /** Its longest overdue duty. */ text: Type.String(), noticeTitle: Type.String() })),
  }),
  summary: ['逾期任务：按组织，与昨日同时相比', 'Overdue duties by unit, and since the same hour yesterday'],
})
export const recent = call({
  name: 'notices.recent', kind: 'read', needs: 'notice.read', about: overUnit, input: shape({ unitId: Id, /** How far back; an hour where nothing is said. */ minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 1440 })) }),
  output: shape({
    asOf: Instant, from: Instant,
    /** What happened, the latest first: alike things of one notice and unit together. */
    events: Type.Array(shape({ at: Instant, kind: oneOf('issued', 'withdrawn', 'superseded', 'round-started', 'sent', 'acknowledged', 'hand-down', 'reported', 'zero-reported', 'accepted', 'sent-back', 'escalated', 'overdue'), noticeId: Id, noticeTitle: Type.String(), unit: nullable(UnitBrief), count: Type.Integer() })),
  }),
  summary: ['最近发生了什么（不含个人）', 'What happened lately, without persons'],
})
export const assignment = call({
  name: 'notices.assignment', kind: 'read', needs: 'notice.read', about: overAssignment, input: shape({ assignmentId: Id, ...Page }),
  output: shape({
    assignment: Assignment, parent: nullable(shape({ assignmentId: Id, unit: UnitBrief })), children: Type.Array(Assignment), childrenTotal: Type.Integer(), reports: Type.Array(Report), mayHandTo: Type.Array(shape({ kind: Type.String(), units: Type.Integer() })),
    events: Type.Array(shape({ at: Instant, kind: Type.String(), by: nullable(Type.String()), note: nullable(Type.String()) })),
    /** What was written and handed in before this moment was erased by rule; times, figures and verdicts stay. `responseId`: where the certificate is. */
    erased: nullable(shape({ before: Instant, responseId: nullable(Id) })),
  }),
  summary: ['一项任务：痕迹、报告、下级', 'One assignment: trace, reports, sub-units'],
})
export const acknowledge = call({
  name: 'notices.acknowledge', kind: 'write', needs: 'duty.act', about: about<{ assignmentIds: string[] }>('assignment', (input) => input.assignmentIds), touches: cascadeTouches,
  input: shape({ assignmentIds: Type.Array(Id, { minItems: 1, maxItems: 500 }) }), output: shape({ acknowledged: Type.Integer() }), summary: ['签收', 'Acknowledge'],
})
export const start = call({
  name: 'notices.start', kind: 'write', needs: 'duty.act', about: overAssignment, touches: cascadeTouches, input: shape({ assignmentId: Id }), output: Nothing, summary: ['着手办理', 'Say that work has begun'],
})
export const handDown = call({
  name: 'notices.handDown', kind: 'write', needs: 'duty.act', about: overAssignment, touches: cascadeTouches,
  input: shape({ assignmentId: Id, /** Sub-units; or all below of one kind; neither: the units just below. */ unitIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 2000 })), kind: Type.Optional(Type.String({ maxLength: 40 })), /** An earlier deadline for them. */ dueAt: Type.Optional(Instant), note: Type.Optional(Words) }),
  output: shape({ handed: Type.Integer(), already: Type.Integer(), nobody: Type.Array(UnitBrief) }), summary: ['分解到下级单位', 'Hand down to sub-units'],
})
export const report = call({
  name: 'notices.report', kind: 'write', needs: 'duty.act', about: overAssignment, touches: cascadeTouches, fileLimit: 10 * 1048576,
  input: shape({ assignmentId: Id, reportId: Id, text: Type.Optional(Prose), /** 零报告: nothing to report, in one tap. */ zero: Type.Optional(Type.Boolean()), figures: Type.Optional(Type.Array(shape({ label: Line, value: Type.Number() }), { maxItems: 40 })) }),
  output: shape({ reportId: Id, version: Type.Integer(), state: AssignmentState }), summary: ['上报办理情况（文字、佐证文件、数字；或零报告）', 'Report: words, an evidence file, figures; or a zero report'],
})
export const review = call({
  name: 'notices.review', kind: 'write', needs: 'duty.review', about: overAssignment, touches: cascadeTouches,
  input: shape({ assignmentId: Id, /** The version that was looked at. */ reportId: Id, verdict: oneOf('accepted', 'sent-back'), note: Type.Optional(Words) }), output: shape({ state: AssignmentState }), summary: ['审核：认可或退回并说明理由', 'Review: accept, or send back with the reason'],
})
export const remind = call({
  name: 'notices.remind', kind: 'write', needs: 'duty.review', about: about<{ assignmentIds: string[] }>('assignment', (input) => input.assignmentIds), touches: ['my-day', 'assignments'],
  input: shape({ assignmentIds: Type.Array(Id, { minItems: 1, maxItems: 500 }), note: Type.Optional(Words) }), output: shape({ reminded: Type.Integer(), nobody: Type.Integer() }), summary: ['催办', 'Remind'],
})
export const evidence = call({
  name: 'notices.evidence', kind: 'read', needs: 'notice.read', about: overAssignment, input: shape({ assignmentId: Id, reportId: Id }), output: shape({ name: Type.String(), /** By its bytes. */ type: Type.String(), base64: Type.String() }), summary: ['下载佐证文件', 'The evidence file of a report'],
})
export const evidenceOf = call({
  name: 'notices.evidenceOf', kind: 'read', needs: 'notice.read', about: aboutScope, input: shape({ dutyId: Id, unitId: Type.Optional(Id), ...Page }),
  output: shape({ total: Type.Integer(), files: Type.Array(shape({ assignmentId: Id, reportId: Id, unit: UnitBrief, madeAt: Instant, by: nullable(Type.String()), text: Type.String(), name: Type.String(), size: Type.Integer(), /** A picture that a browser shows. */ picture: Type.Boolean() })) }),
  summary: ['一条任务各单位交来的佐证，新的在前', 'The evidence that units handed in for a duty, latest first'],
})
// ── One's own ────────────────────────────────────────────────────────────────────────────────────
const Pile = shape({ total: Type.Integer(), items: Type.Array(Assignment) })
export const todo = call({
  name: 'notices.todo', kind: 'read', needs: 'signed-in', about: aboutSelf, input: shape({ size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
  output: shape({
    asOf: Instant, toAcknowledge: Pile, toDo: Pile, toReview: Pile, toConfirm: Type.Array(shape({ targetId: Id, roundId: Id, message: Type.String(), unit: UnitBrief, sentAt: Instant, noticeId: nullable(Id) })),
    told: Type.Array(shape({ assignmentId: Id, kind: oneOf('reminder', 'escalation', 'asked'), at: Instant, unit: UnitBrief, text: Type.String(), dueAt: nullable(Instant), note: nullable(Type.String()) })),
  }),
  summary: ['我经由职务要签收、办理、审核、应答的事', 'What I must acknowledge, do, review, confirm through my offices'],
})
const Meaning = shape({ dutyId: Id, clause: Type.String(), modality: Modality, zh: Type.String(), en: Type.String(), text: Type.String(), dueAt: nullable(Instant), deadline: nullable(Type.String()), why: TwoTongues, /** A measure asks for it already: answer there. */ measureId: nullable(Id) })
export const mine = call({
  name: 'notices.mine', kind: 'read', needs: 'signed-in', about: aboutSelf, input: shape({ ...Page }),
  output: shape({ total: Type.Integer(), unopened: Type.Integer(), notices: Type.Array(shape({ ...NoticeBrief.properties, openedAt: nullable(Instant), forMe: Type.Array(Meaning), forMyUnits: Type.Integer() })) }), summary: ['与我有关的通知：对我意味着什么', 'Notices that concern me, and what they mean for me'],
})
export const view = call({
  name: 'notices.view', kind: 'read', needs: 'signed-in', about: aboutSelf, input: shape({ noticeId: Id }),
  output: shape({ notice: NoticeBrief, text: Type.String(), clauses: Type.Array(Clause), openedAt: nullable(Instant), forMe: Type.Array(Meaning), forMyUnits: Type.Array(shape({ ...Meaning.properties, unit: UnitBrief })) }), summary: ['看一份与我有关的通知', 'Read a notice that concerns me'],
})
export const opened = call({
  name: 'notices.opened', kind: 'batch', needs: 'signed-in', about: aboutSelf, touches: ['notices'], input: shape({ noticeId: Id }), output: shape({ openedAt: Instant }), summary: ['已阅回执（记一次）', 'Receipt of reading, recorded once'],
})
// ── Call-and-confirm 叫应 ─────────────────────────────────────────────────────────────────────────
export const startRound = call({
  name: 'notices.startRound', kind: 'write', needs: 'notice.issue', about: aboutInstitution, touches: ['rounds', 'my-day'],
  input: shape({ roundId: Id, noticeId: Type.Optional(Id), message: Type.String({ minLength: 2, maxLength: 400 }), unitIds: Type.Array(Id, { minItems: 1, maxItems: 500 }), /** After so many minutes the deputy, then the next up. */ ladderMinutes: Type.Integer({ minimum: 1, maximum: 240 }) }),
  output: RoundBrief, summary: ['发起叫应', 'Start a call-and-confirm round'],
})
export const Target = shape({ targetId: Id, unit: UnitBrief, person: PersonBrief, phone: nullable(Type.String()), title: Type.String(), /** 0 the responsible person, then upwards. */ rung: Type.Integer(), sentAt: Instant, state: oneOf('sent', 'confirmed', 'unreachable'), at: nullable(Instant), by: nullable(Type.String()), note: nullable(Type.String()) })
export const round = call({
  name: 'notices.round', kind: 'read', needs: 'notice.issue', about: aboutInstitution, sensitive: true, input: shape({ roundId: Id }), output: shape({ round: RoundBrief, targets: Type.Array(Target), empty: Type.Array(UnitBrief) }), summary: ['叫应情况', 'A round, person by person'],
})
export const rounds = call({
  name: 'notices.rounds', kind: 'read', needs: 'notice.issue', about: aboutInstitution, input: shape({ noticeId: Type.Optional(Id) }), output: shape({ rounds: Type.Array(RoundBrief) }), summary: ['历次叫应', 'Rounds'],
})
export const confirmCall = call({
  name: 'notices.confirmCall', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['rounds', 'my-day'], input: shape({ targetId: Id }), output: shape({ at: Instant }), summary: ['应答叫应', 'Confirm a call'],
})
export const recordCall = call({
  name: 'notices.recordCall', kind: 'write', needs: 'notice.issue', about: aboutInstitution, touches: ['rounds', 'my-day'], input: shape({ targetId: Id, outcome: oneOf('confirmed', 'unreachable'), note: Type.Optional(Words) }), output: Nothing, summary: ['话务员登记：已应答或联系不上', 'The caller records: confirmed by phone, or unreachable'],
})
export const closeRound = call({
  name: 'notices.closeRound', kind: 'write', needs: 'notice.issue', about: aboutInstitution, touches: ['rounds', 'my-day'], input: shape({ roundId: Id }), output: RoundBrief, summary: ['结束叫应', 'Close a round'],
})
