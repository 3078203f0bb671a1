/** Calls about what was done and who looked at whom. Never the data itself. */
import { Type } from 'typebox'
import { aboutInstitution, call, Id, Instant, Nothing, nullable, oneOf, shape } from '#kernel/contract.ts'
import { PersonBrief } from '#slices/directory/contract.ts'

/** Who acted: a person with the offices held then; or the system, the operator of the server, somebody not signed in. */
export const Actor = shape({ kind: oneOf('person', 'operator', 'system', 'anonymous'), person: nullable(PersonBrief), offices: Type.Array(shape({ unit: Type.String(), title: Type.String() })) })
const Period = { from: Type.Optional(Instant), to: Type.Optional(Instant) }
/** Roster numbers, not names: a name is not one person. */
const Who = { actor: Type.Optional(Type.String({ maxLength: 40 })), person: Type.Optional(Type.String({ maxLength: 40 })), call: Type.Optional(Type.String({ maxLength: 60 })) }
const most = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }))

export const Look = shape({ at: Instant, actor: Actor, call: Type.String(), purpose: Type.String(), people: Type.Integer() })
export const looks = call({
  name: 'log.looks', kind: 'read', needs: 'log.read', about: aboutInstitution, sensitive: true,
  input: shape({ ...Period, ...Who, /** Earlier than this moment: the next page. */ before: Type.Optional(Instant), most }),
  output: shape({ looks: Type.Array(Look), /** There are earlier ones. */ more: Type.Boolean(), from: Instant, to: Instant }),
  summary: ['谁看过谁的信息：按人、查看人、接口、时间', 'Who looked at whose data: by person, by who looked, by call, by time'],
})
export const looksOf = call({
  name: 'log.looksOf', kind: 'read', needs: 'log.read', about: aboutInstitution, input: shape({ at: Instant, actorId: nullable(Id), call: Type.String({ maxLength: 60 }) }),
  output: shape({ people: Type.Integer(), units: Type.Array(shape({ name: Type.String(), people: Type.Integer() })) }),
  summary: ['一次查看涉及哪些组织的多少人（不显示姓名）', 'How many people of which units one look was at; no names'],
})
export const Event = shape({ seq: Type.Integer(), at: Instant, actor: Actor, /** Several who acted in the same flush. */ others: Type.Integer(), call: Type.String(), subjectKind: nullable(Type.String()), subjectId: nullable(Id), detail: Type.String() })
export const events = call({
  name: 'log.events', kind: 'read', needs: 'log.read', about: aboutInstitution,
  input: shape({ ...Period, actor: Who.actor, call: Who.call, subjectId: Type.Optional(Id), before: Type.Optional(Type.Integer()), most }),
  output: shape({ events: Type.Array(Event), more: Type.Boolean() }),
  summary: ['操作记录：谁在何时做了什么（不含个人内容）', 'What was done, by whom, when; no personal content'],
})
export const Odd = shape({
  kind: oneOf('many', 'again', 'night'), actor: Actor, at: Instant, /** People in the hour; times, for the same person again and again. */ count: Type.Integer(),
  /** What an hour of theirs usually has. */ usual: Type.Integer(), limit: Type.Integer(), calls: Type.Array(Type.String()), unit: nullable(Type.String()),
})
export const odd = call({
  name: 'log.odd', kind: 'read', needs: 'log.read', about: aboutInstitution, input: shape({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90 })) }),
  output: shape({ from: Instant, to: Instant, actors: Type.Integer(), odd: Type.Array(Odd) }),
  summary: ['异常查看：一小时内看了很多人、反复看同一人、深夜批量查看', 'Odd looks: very many people in an hour, the same person again and again, many at night'],
})
export const head = call({
  name: 'log.head', kind: 'read', needs: 'log.read', about: aboutInstitution, input: Nothing,
  output: shape({ firstAt: nullable(Instant), lastAt: nullable(Instant), lastSeq: nullable(Type.Integer()), lookedAt: nullable(Instant), /** Whether a chained ledger stands behind the rows. */ ledger: oneOf('none') }),
  summary: ['记录的起止与校验状态', 'Where the log begins and ends, and whether it can be verified'],
})
export const exportFile = call({
  name: 'log.export', kind: 'write', needs: 'log.read', about: aboutInstitution,
  input: shape({ what: oneOf('looks', 'events'), ...Period, ...Who, purpose: Type.String({ minLength: 4, maxLength: 200 }) }),
  output: shape({ fileName: Type.String(), csv: Type.String(), rows: Type.Integer(), /** Not all of it fits one file. */ cut: Type.Boolean() }),
  summary: ['导出记录（须写明用途，导出本身记入操作记录）', 'Export the log, with a purpose; the export is logged'],
})
