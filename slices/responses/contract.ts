/** Calls about which emergency is being answered, at what level, on what basis, until when. */
import { Type } from 'typebox'
import { aboutInstitution, call, Id, Instant, Line, Nothing, nullable, oneOf, Prose, shape } from '#kernel/contract.ts'
import { TwoTongues } from '#slices/directory/contract.ts'
import { hazards, mostErasureDays } from './rules.ts'

export const Hazard = oneOf(...hazards)
export const Level = Type.Integer({ minimum: 1, maximum: 4 })
export const ResponseBrief = shape({
  responseId: Id, name: Type.String(), hazards: Type.Array(Type.String()), level: Level, status: oneOf('open', 'closed'), openedAt: Instant, closedAt: nullable(Instant),
  plannedEnd: nullable(Instant), basis: Type.String(), decidedBy: Type.String(), day: Type.Integer(),
  /** Of a closed one: when its personal rows are erased, holds counted in, and when they were. */
  eraseAt: nullable(Instant), erasedAt: nullable(Instant),
})

export const list = call({
  name: 'responses.list', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: shape({ closed: Type.Optional(Type.Boolean()) }), output: shape({ responses: Type.Array(ResponseBrief) }),
  summary: ['当前与以往的应急响应', 'Responses, open and closed'],
})
export const get = call({
  name: 'responses.get', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: shape({ responseId: Id }),
  output: shape({ response: ResponseBrief, steps: Type.Array(shape({ at: Instant, action: oneOf('open', 'raise', 'lower', 'amend', 'close'), level: Level, reason: Type.String(), decidedBy: Type.String() })) }),
  summary: ['一次应急响应及其级别变化', 'One response with its steps'],
})
export const open = call({
  name: 'responses.open', kind: 'write', needs: 'response.manage', about: aboutInstitution, touches: ['responses'],
  input: shape({
    responseId: Id, name: Line, hazards: Type.Array(Hazard, { minItems: 1, maxItems: 10 }), level: Level,
    /** Legal basis: no response without one. */
    basis: Type.String({ minLength: 2, maxLength: 400 }), decidedBy: Line, plannedEnd: nullable(Instant),
  }),
  output: ResponseBrief, summary: ['启动应急响应', 'Open a response'],
})
export const changeLevel = call({
  name: 'responses.changeLevel', kind: 'write', needs: 'response.manage', about: aboutInstitution, touches: ['responses'],
  input: shape({ responseId: Id, level: Level, reason: Line, decidedBy: Line }), output: ResponseBrief, summary: ['调整响应级别', 'Raise or lower the level'],
})
export const close = call({
  name: 'responses.close', kind: 'write', needs: 'response.manage', about: aboutInstitution, touches: ['responses', 'coverage', 'my-day'],
  input: shape({ responseId: Id, reason: Prose, decidedBy: Line }), output: Nothing, summary: ['结束响应：停止采集，开始计时删除', 'Close a response: collecting stops, the erasure clock starts'],
})

// ── Erasure ──────────────────────────────────────────────────────────────────────────────────────
export const ErasureRule = shape({ days: Type.Integer({ minimum: 0, maximum: mostErasureDays }), basis: Type.String(), decidedBy: Type.String(), setAt: nullable(Instant), setBy: nullable(Type.String()) })
export const erasureRule = call({
  name: 'responses.erasureRule', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: Nothing, output: shape({ rule: ErasureRule, /** Newest first. */ earlier: Type.Array(ErasureRule) }),
  summary: ['响应结束后多久擦除个人明细', 'How long after a response personal rows are erased'],
})
export const setErasureRule = call({
  name: 'responses.setErasureRule', kind: 'write', needs: 'erasure.manage', about: aboutInstitution, touches: ['responses'],
  input: shape({ days: ErasureRule.properties.days, basis: Type.String({ minLength: 2, maxLength: 400 }), decidedBy: Line }), output: Nothing, summary: ['规定擦除期限（对以后结束的响应生效）', 'Decide how long; counts for what closes from now on'],
})
export const Hold = shape({
  holdId: Id, reason: Type.String(), decidedBy: Type.String(), until: Instant, placedAt: Instant, placedBy: nullable(Type.String()), liftedAt: nullable(Instant), liftedBy: nullable(Type.String()), liftedReason: nullable(Type.String()),
})
export const hold = call({
  name: 'responses.hold', kind: 'write', needs: 'erasure.manage', about: aboutInstitution, touches: ['responses'],
  input: shape({ holdId: Id, responseId: Id, reason: Type.String({ minLength: 2, maxLength: 400 }), decidedBy: Line, until: Instant }), output: Nothing, summary: ['暂缓擦除（申诉、争议、追责），注明理由与期限', 'Hold the erasure back, with a reason and an end'],
})
export const liftHold = call({
  name: 'responses.liftHold', kind: 'write', needs: 'erasure.manage', about: aboutInstitution, touches: ['responses'], input: shape({ holdId: Id, reason: Type.String({ minLength: 2, maxLength: 400 }) }), output: Nothing, summary: ['解除暂缓', 'Lift a hold'],
})
const Rows = shape({ /** The table. */ kind: Type.String(), name: TwoTongues, how: oneOf('erased', 'emptied'), rows: Type.Integer() })
const Still = shape({ name: Type.String(), attributes: Type.Integer() })
export const Certificate = shape({
  institution: Type.String(), drill: Type.Boolean(), timeZone: Type.String(), response: Type.String(), openedAt: Instant, closedAt: Instant, closedBy: Type.String(), days: Type.Integer(), basis: Type.String(), dueAt: Instant, startedAt: Instant, finishedAt: Instant,
  holds: Type.Array(Hold), erased: Type.Array(Rows), counts: Type.Array(shape({ name: TwoTongues, n: nullable(Type.Integer()) })), kept: Type.Array(shape({ what: TwoTongues, why: TwoTongues })),
  /** Other responses that still needed attributes of this one. */
  still: Type.Array(Still),
  /** SHA-256 over all of the above, as JSON with sorted keys. */
  sha256: Type.String(),
})
export const erasure = call({
  name: 'responses.erasure', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: shape({ responseId: Id }),
  output: shape({ state: oneOf('open', 'waiting', 'held', 'running', 'done'), days: Type.Integer(), basis: Type.String(), /** By the rule, holds left aside. */ dueAt: nullable(Instant), /** When it begins. */ on: nullable(Instant), holds: Type.Array(Hold), startedAt: nullable(Instant), certificate: nullable(Certificate) }),
  summary: ['一次响应的擦除：日期、暂缓、证明', 'The erasure of a response: its date, holds, certificate'],
})
export const erasurePreview = call({
  name: 'responses.erasurePreview', kind: 'read', needs: 'erasure.manage', about: aboutInstitution, input: shape({ responseId: Id }),
  output: shape({ asOf: Instant, total: Type.Integer(), rows: Type.Array(Rows), still: Type.Array(Still), kept: Certificate.properties.kept }), summary: ['预览：现在擦除会删去什么、多少行', 'What would be erased if it were now, and how many rows'],
})
