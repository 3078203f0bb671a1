/** Calls about exercises: an institution of synthetic people with a clock of its own, wiped when it is over. */
import { Type } from 'typebox'
import { aboutInstitution, aboutNobody, aboutSelf, call, Id, Instant, Line, Nothing, nullable, shape } from '#kernel/contract.ts'

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

// ── From the console ─────────────────────────────────────────────────────────────────────────────
const Code = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,39}$' })
/** Before there is any institution: whoever holds the one-time token may look around first. The token stays good. */
export const tryOut = call({
  name: 'drills.try', kind: 'write', needs: 'public', about: aboutNobody,
  input: shape({ token: Type.String({ minLength: 8, maxLength: 100 }), institutionId: Id, code: Code, name: Line, startsAt: Instant }), output: shape({ institutionId: Id }),
  summary: ['启用前先试演练校园（凭一次性口令）', 'Try a drill campus before claiming, with the one-time token'],
})
export const mine = call({
  name: 'drills.mine', kind: 'read', needs: 'drill.manage', about: aboutInstitution, input: Nothing,
  output: shape({ most: Type.Integer(), drills: Type.Array(shape({ institutionId: Id, code: Type.String(), name: Type.String(), people: Type.Integer(), openedAt: Instant, now: Instant })) }),
  summary: ['本单位开设的演练', 'Drills that this institution opened'],
})
export const enter = call({
  name: 'drills.enter', kind: 'write', needs: 'drill.manage', about: aboutInstitution, input: shape({ institutionId: Id }), output: Nothing,
  summary: ['进入本单位开设的演练', 'Go into a drill that this institution opened'],
})
export const end = call({
  name: 'drills.end', kind: 'write', needs: 'drill.manage', about: aboutInstitution, touches: ['drills'], input: shape({ institutionId: Id, code: Type.String() }), output: Nothing,
  summary: ['删除本单位开设的演练', 'Delete a drill that this institution opened'],
})
const Persona = shape({ personId: Id, name: Type.String(), number: Type.String(), /** Null: holds no office. */ role: nullable(Type.String()), title: nullable(Type.String()), unit: nullable(Type.String()) })
export const visit = call({
  name: 'drills.visit', kind: 'read', needs: 'signed-in', about: aboutSelf, input: Nothing,
  output: shape({ visiting: Type.Boolean(), /** The institution they came from; null: before there was one. */ home: nullable(Type.String()), personas: Type.Array(Persona) }),
  summary: ['我是否从外部进入这个演练，可以以哪些身份体验', 'Whether I came into this drill from outside, and whom I may be in it'],
})
export const become = call({
  name: 'drills.become', kind: 'write', needs: 'signed-in', about: aboutSelf, input: shape({ personId: Id }), output: Nothing,
  summary: ['在演练中换一个身份', 'Be somebody else in the drill'],
})
export const leave = call({
  name: 'drills.leave', kind: 'write', needs: 'signed-in', about: aboutSelf, input: Nothing, output: shape({ home: Type.Boolean() }),
  summary: ['离开演练，回到本单位', 'Leave the drill and go home'],
})
