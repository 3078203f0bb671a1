/** Calls about which emergency is being answered, at what level, on what basis, until when. */
import { Type } from 'typebox'
import { aboutInstitution, call, Id, Instant, Line, Nothing, nullable, oneOf, Prose, shape } from '#kernel/contract.ts'
import { hazards } from './rules.ts'

export const Hazard = oneOf(...hazards)
export const Level = Type.Integer({ minimum: 1, maximum: 4 })
export const ResponseBrief = shape({
  responseId: Id, name: Type.String(), hazards: Type.Array(Type.String()), level: Level, status: oneOf('open', 'closed'), openedAt: Instant, closedAt: nullable(Instant),
  plannedEnd: nullable(Instant), basis: Type.String(), decidedBy: Type.String(), day: Type.Integer(),
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
