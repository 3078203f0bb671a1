/** Calls about what is known: attributes, answers, the profile, the history, "my data". */
import { Type } from 'typebox'
import { about, aboutInstitution, aboutSelf, call, Id, Instant, Nothing, nullable, oneOf, shape } from '#kernel/contract.ts'
import { Owner, TwoTongues } from '#slices/directory/contract.ts'

export const AttributeType = oneOf('yes-no', 'choice', 'choices', 'number', 'text', 'day', 'instant', 'area')
export const Attribute = shape({
  key: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }), subjectKind: oneOf('person', 'unit'), type: AttributeType, label: TwoTongues,
  options: Type.Array(shape({ value: Type.String({ maxLength: 40 }), zh: Type.String(), en: Type.String() }), { maxItems: 60 }), unit: nullable(Type.String({ maxLength: 20 })),
  min: nullable(Type.Number()), max: nullable(Type.Number()), sensitivity: oneOf('normal', 'sensitive'), freshSeconds: nullable(Type.Integer({ minimum: 60 })),
  askedOf: oneOf('self', 'owner', 'nobody'), purpose: TwoTongues, seconds: Type.Integer({ minimum: 1, maximum: 600 }),
})
export const Value = Type.Unknown()

export const attributes = call({
  name: 'facts.attributes', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: Nothing, output: shape({ attributes: Type.Array(Attribute) }),
  summary: ['信息项目录：采什么、为何、多久有效、谁可见', 'What is collected, why, how long it stays fresh'],
})
export const saveAttribute = call({
  name: 'facts.saveAttribute', kind: 'write', needs: 'attribute.manage', about: aboutInstitution, touches: ['attributes'], input: Attribute, output: Attribute,
  summary: ['新增或修改信息项', 'Add or change an attribute'],
})

export const Answered = shape({ factId: Id, outcome: oneOf('stored', 'repeated', 'older') })
interface Answering {
  answers: { subjectId?: string | null }[]
}
/** The one door for people's answers. `subjectId` absent: about oneself; another's needs the permission over them and is marked as by proxy. */
export const answer = call({
  name: 'facts.answer', kind: 'batch', needs: 'person.answer-for', about: about<Answering>('subject', (input) => input.answers.map((one) => one.subjectId ?? null)), touches: ['coverage', 'my-day'],
  input: shape({
    answers: Type.Array(
      shape({ factId: Id, subjectId: Type.Optional(nullable(Id)), attribute: Type.String({ maxLength: 40 }), value: Value, observedAt: Instant, corrects: Type.Optional(Id) }),
      { minItems: 1, maxItems: 50 },
    ),
  }),
  output: shape({ results: Type.Array(Answered) }),
  summary: ['填报（本人或代人）', 'Answer for oneself or for another'],
})

export const KnownFact = shape({
  factId: Id, attribute: Type.String(), value: Value, observedAt: Instant, recordedAt: Instant, source: oneOf('answer', 'proxy', 'import', 'system', 'office'), recordedBy: nullable(Type.String()), freshUntil: nullable(Instant), fresh: Type.Boolean(),
})
export const profile = call({
  name: 'facts.profile', kind: 'read', needs: 'person.facts', about: about<{ personId: string }>('person', (input) => input.personId), sensitive: true, input: shape({ personId: Id }),
  output: shape({ facts: Type.Array(KnownFact) }), summary: ['某人的现状', 'What is known of a person now'],
})
export const history = call({
  name: 'facts.history', kind: 'read', needs: 'person.facts', about: about<{ personId: string }>('person', (input) => input.personId), sensitive: true,
  input: shape({ personId: Id, attribute: Type.Optional(Type.String({ maxLength: 40 })) }), output: shape({ facts: Type.Array(KnownFact) }),
  summary: ['某人的历次上报', 'All facts of a person, newest first'],
})
export const myData = call({
  name: 'facts.myData', kind: 'read', needs: 'signed-in', about: aboutSelf, input: Nothing,
  output: shape({
    facts: Type.Array(KnownFact),
    attributes: Type.Array(Attribute),
    looks: Type.Array(shape({ at: Instant, by: Type.String(), call: Type.String(), purpose: Type.String() })),
    owners: Type.Array(Owner),
    /** When person-level data die: the rule in words. */
    erasure: TwoTongues,
  }),
  summary: ['我的数据：存了什么、来自哪里、谁看过、何时删除', 'My data: what is held, whence, who looked, until when'],
})
