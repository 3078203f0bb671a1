/** Calls about exercises: an institution of synthetic people with a clock of its own, wiped when it is over. */
import { Type } from 'typebox'
import { aboutInstitution, aboutNobody, call, Id, Instant, Line, Nothing, shape } from '#kernel/contract.ts'

export const open = call({
  name: 'drills.open', kind: 'write', needs: 'drill.manage', about: aboutInstitution,
  input: shape({ institutionId: Id, code: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,39}$' }), name: Line, vocabulary: Type.String({ maxLength: 40 }), startsAt: Instant }),
  output: shape({ institutionId: Id }),
  summary: ['开设一个演练单位（虚拟人员、独立时钟）', 'Open a drill: an institution of synthetic people with its own clock'],
})
export const setClock = call({
  name: 'drills.setClock', kind: 'write', needs: 'drill.manage', about: aboutInstitution, touches: ['sessions', '*'], input: shape({ now: Instant }), output: shape({ now: Instant }),
  summary: ['拨动演练时钟', "Set the drill's clock"],
})
export const actAs = call({
  name: 'drills.actAs', kind: 'write', needs: 'drill.manage', about: aboutInstitution, input: shape({ numbers: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 5000 }) }),
  output: shape({ actors: Type.Array(shape({ number: Type.String(), personId: Id, token: Type.String() })) }),
  summary: ['以虚拟人员身份行动（仅演练）', 'Sessions of synthetic people, in a drill only'],
})
export const account = call({
  name: 'drills.account', kind: 'write', needs: 'drill.manage', about: aboutInstitution,
  input: shape({ number: Type.String({ maxLength: 40 }), login: Type.String({ minLength: 2, maxLength: 60 }), password: Type.String({ minLength: 12, maxLength: 128 }) }), output: Nothing,
  summary: ['设演练账号（仅演练）', 'A demonstration account, in a drill only'],
})
export const restful = call({
  name: 'drills.restful', kind: 'read', needs: 'drill.manage', about: aboutInstitution, input: Nothing, output: shape({ waiting: Type.Integer() }),
  summary: ['还有多少到期作业未完成', 'How many due jobs are waiting'],
})
export const wipe = call({
  name: 'drills.wipe', kind: 'write', needs: 'drill.manage', about: aboutInstitution, input: shape({ code: Type.String() }), output: shape({ wiped: Type.Boolean() }),
  summary: ['清除演练的全部数据', 'Wipe a drill with everything in it'],
})
export const list = call({
  name: 'drills.list', kind: 'read', needs: 'public', about: aboutNobody, input: Nothing, output: shape({ drills: Type.Array(shape({ institutionId: Id, code: Type.String(), name: Type.String() })) }),
  summary: ['正在进行的演练', 'The drills there are'],
})
