/** Calls about what must be put right: help requests, from "I need help" to closed. */
import { Type } from 'typebox'
import { about, aboutInstitution, aboutSelf, call, Id, Instant, Line, Nothing, nullable, oneOf, shape } from '#kernel/contract.ts'
import { Owner, PersonBrief, UnitBrief } from '#slices/directory/contract.ts'
import { states, themes, urgencies } from './rules.ts'

export const Theme = oneOf(...themes)
export const Urgency = oneOf(...urgencies)
export const HelpState = oneOf(...states)
/** What a person typed: personal, kept out of logs. */
export const Words = Type.String({ minLength: 1, maxLength: 2000 })

/** One step in the life of a request. `owner`: who is turned to since then; null where nobody answers. */
export const HelpEvent = shape({
  at: Instant,
  action: oneOf('ask', 'take', 'note', 'answer', 'handOn', 'escalate', 'add', 'close', 'lapse', 'reopen'),
  by: nullable(Type.String()), byAsker: Type.Boolean(), text: Type.String(), owner: nullable(Type.String()), unit: nullable(Type.String()),
})
export const HelpRequest = shape({
  requestId: Id, theme: Theme, urgency: Urgency, text: Type.String(), place: Type.String(), state: HelpState,
  /** Who is helped, and who asked; `proxy` where the two differ. */
  person: PersonBrief, askedBy: PersonBrief, proxy: Type.Boolean(), phone: nullable(Type.String()),
  /** The unit where it is handled, and who there is turned to now; null: nobody answers, which the page must say. */
  unit: nullable(UnitBrief), owner: nullable(Owner),
  /** Nobody near answered, so it fell up the tree at once. */
  fell: Type.Boolean(),
  /** How many times it has climbed since it was asked, handed on or reopened. */
  climbed: Type.Integer(),
  askedAt: Instant, takenAt: nullable(Instant), answeredAt: nullable(Instant), closedAt: nullable(Instant),
  /** Open: when it climbs to the next. Answered: when it closes by itself. Else null. */
  dueAt: nullable(Instant),
  overdue: Type.Boolean(), events: Type.Array(HelpEvent),
})
/** What the asker gets at once: recorded, and whose it is. */
export const HelpReceipt = shape({
  requestId: Id, state: HelpState, askedAt: Instant, owner: nullable(Owner), unit: nullable(UnitBrief), fell: Type.Boolean(), dueAt: nullable(Instant),
  /** Requests of the same person on the same theme that are still running. */
  alike: Type.Array(Id),
})
const Moved = shape({ requestId: Id, state: HelpState, owner: nullable(Owner), dueAt: nullable(Instant) })

export const askHelp = call({
  name: 'issues.askHelp', kind: 'write', needs: 'person.answer-for', about: about<{ personId?: string | null }>('person', (input) => input.personId ?? null), touches: ['help', 'my-day'],
  input: shape({
    requestId: Id, theme: Theme, urgency: Urgency, text: Words, place: Type.Optional(Type.String({ maxLength: 200 })),
    /** Another than oneself. */
    personId: Type.Optional(nullable(Id)),
  }),
  output: HelpReceipt, summary: ['我要求助（本人或代人）', 'I need help, for oneself or for another'],
})
export const mine = call({
  name: 'issues.mine', kind: 'read', needs: 'signed-in', about: aboutSelf, sensitive: true, input: Nothing, output: shape({ asOf: Instant, requests: Type.Array(HelpRequest) }),
  summary: ['我的求助及进展', 'My requests and where they stand'],
})
export const add = call({
  name: 'issues.add', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['help'], input: shape({ requestId: Id, text: Words }), output: Moved,
  summary: ['补充说明', 'Add something to my request'],
})
export const close = call({
  name: 'issues.close', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['help', 'my-day'], input: shape({ requestId: Id, text: Type.Optional(Words) }), output: Moved,
  summary: ['已解决，结束求助', 'My request is settled'],
})
export const reopen = call({
  name: 'issues.reopen', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['help', 'my-day'], input: shape({ requestId: Id, text: Words }), output: Moved,
  summary: ['没有解决，重新打开', 'My request is not settled'],
})
export const todo = call({
  name: 'issues.todo', kind: 'read', needs: 'signed-in', about: aboutSelf, sensitive: true, input: Nothing, output: shape({ asOf: Instant, requests: Type.Array(HelpRequest), total: Type.Integer() }),
  summary: ['由我负责的求助', 'Help requests I own'],
})
export const queue = call({
  name: 'issues.queue', kind: 'read', needs: 'help.act', about: about<{ unitId: string; andUnits?: string[] }>('unit', (input) => [input.unitId, ...(input.andUnits ?? [])]), sensitive: true,
  input: shape({ unitId: Id, /** Further units: somebody answers for several classes. */ andUnits: Type.Optional(Type.Array(Id, { maxItems: 80 })), state: Type.Optional(HelpState), theme: Type.Optional(Theme), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
  output: shape({ asOf: Instant, total: Type.Integer(), requests: Type.Array(HelpRequest) }),
  summary: ['某组织的求助（默认未办结的，急的在前）', "A unit's help requests, the urgent first; without `state` those not closed"],
})
export const waiting = call({
  name: 'issues.waiting', kind: 'read', needs: 'help.act', about: about<{ unitId: string }>('unit', (input) => input.unitId), input: shape({ unitId: Id }),
  output: shape({
    asOf: Instant, /** Neither answered nor closed. */ total: Type.Integer(), /** Of these: in danger; nobody has taken them in time. */ urgent: Type.Integer(), overdue: Type.Integer(), askedLastHour: Type.Integer(), answeredLastHour: Type.Integer(),
    dayAgo: Type.Integer(), /** Every six hours of the last eight days. */ points: Type.Array(shape({ at: Instant, total: Type.Integer() })),
  }),
  summary: ['等待办理的求助有多少（不含姓名）', 'How many help requests wait, without names'],
})
const overRequest = about<{ requestId: string }>('help-request', (input) => input.requestId)
export const get = call({
  name: 'issues.get', kind: 'read', needs: 'help.act', about: overRequest, sensitive: true, input: shape({ requestId: Id }), output: HelpRequest, summary: ['一件求助', 'One help request'],
})
export const take = call({
  name: 'issues.take', kind: 'write', needs: 'help.act', about: overRequest, touches: ['help', 'my-day'], input: shape({ requestId: Id }), output: Moved, summary: ['受理', 'Take a request'],
})
export const reply = call({
  name: 'issues.reply', kind: 'write', needs: 'help.act', about: overRequest, touches: ['help', 'my-day'],
  /** `settles`: this is the answer; otherwise a word in between. Replying takes an open request. */
  input: shape({ requestId: Id, text: Words, settles: Type.Boolean() }), output: Moved,
  summary: ['答复或先回一句', 'Reply: the answer, or a word in between'],
})
export const handOn = call({
  name: 'issues.handOn', kind: 'write', needs: 'help.act', about: overRequest, touches: ['help', 'my-day'],
  input: shape({ requestId: Id, unitId: Id, reason: Line }), output: Moved, summary: ['转交其他部门并说明理由', 'Hand on to another unit, with the reason'],
})
/** null: fewer than five that the reader may not open, or hidden so that those cannot be worked out. */
const Cell = nullable(Type.Integer())
export const figures = call({
  name: 'issues.figures', kind: 'read', needs: 'coverage.read', about: about<{ unitId: string }>('unit', (input) => input.unitId),
  input: shape({ unitId: Id, from: Type.Optional(Instant), to: Type.Optional(Instant) }),
  output: shape({
    asOf: Instant, from: nullable(Instant), to: nullable(Instant),
    themes: Type.Array(shape({ theme: Theme, asked: Cell, waiting: Cell, settled: Cell })), asked: Cell, waiting: Cell, settled: Cell,
  }),
  summary: ['按主题的求助数（不含姓名；无权查看的求助有 1—4 件的不显示）', 'Help requests by theme, without names; counts of 1 to 4 that the reader may not open are hidden'],
})
export const desks = call({
  name: 'issues.desks', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: Nothing, output: shape({ desks: Type.Array(shape({ theme: Theme, unit: UnitBrief })) }),
  summary: ['哪类求助归哪个部门', 'Which unit handles which theme'],
})
export const setDesk = call({
  name: 'issues.setDesk', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['help'], input: shape({ theme: Theme, /** null: back to whoever answers for the person. */ unitId: nullable(Id) }), output: Nothing,
  summary: ['设定某类求助的受理部门', 'Send a theme to a unit'],
})
