/** Calls about what is known: attributes, answers, the profile, the history, "my data". */
import { Type } from 'typebox'
import { about, aboutInstitution, aboutScope, aboutSelf, call, Id, Instant, Nothing, nullable, oneOf, shape } from '#kernel/contract.ts'
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
export const retireAttribute = call({
  name: 'facts.retireAttribute', kind: 'write', needs: 'attribute.manage', about: aboutInstitution, touches: ['attributes'], input: shape({ key: Attribute.properties.key }), output: Nothing,
  summary: ['停用信息项：不再询问，已有上报保留到按规则删除', 'Retire an attribute: nobody is asked any more, what is known stays until its rule erases it'],
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
      shape({ factId: Id, subjectId: Type.Optional(nullable(Id)), attribute: Type.String({ maxLength: 40 }), value: Value, observedAt: Instant, corrects: Type.Optional(Id), /** A standing answer: it holds until then, however long such answers hold otherwise. */ holdsUntil: Type.Optional(nullable(Instant)) }),
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
    /** Who looked: their name (null: nobody by name, the system) and the offices they held then. */
    looks: Type.Array(shape({ at: Instant, by: nullable(Type.String()), titles: Type.Array(Type.String()), call: Type.String(), purpose: Type.String() })),
    owners: Type.Array(Owner),
    /** When person-level data die: the rule in words. */
    erasure: TwoTongues,
    /** When what was collected for each response dies, those not erased yet. `at` null: so many days after it closes. */
    erasures: Type.Array(shape({
      name: Type.String(), state: oneOf('open', 'waiting', 'held', 'running'), at: nullable(Instant), days: Type.Integer(), closedAt: nullable(Instant), hold: nullable(shape({ reason: Type.String(), until: Instant, decidedBy: Type.String() })),
    })),
  }),
  summary: ['我的数据：存了什么、来自哪里、谁看过、何时删除', 'My data: what is held, whence, who looked, until when'],
})

// ── Facts from a file ────────────────────────────────────────────────────────────────────────────
/** The largest file, and the pieces in which it travels: a broken connection costs one piece. */
export const importLimit = 256 * 1048576
export const pieceSize = 2 * 1048576

const Marked = shape({ rowNo: Type.Integer(), cells: Type.Array(Type.String()), reasons: Type.Array(TwoTongues) })
export const FactImport = shape({
  importId: Id, fileName: Type.String(), madeAt: Instant, /** By name; null: by the command line. */ madeBy: nullable(Type.String()), /** When it last went on: of an applied one, when it was entered. */ changedAt: Instant, bytes: Type.Integer(),
  /** receiving: pieces are coming; checking and applying: a job is at it; checked: waits for a person to say yes. */
  state: oneOf('receiving', 'checking', 'checked', 'applying', 'applied', 'refused'),
  /** How much of the file the job has read, 0 to 1. */
  progress: Type.Number(),
  received: Type.Integer(), observedAt: nullable(Instant), refusal: nullable(shape({ code: Type.String(), zh: Type.String(), en: Type.String() })),
  columns: Type.Array(shape({ header: Type.String(), role: oneOf('number', 'name', 'unit', 'observed', 'attribute', 'value', 'fact', 'ignored'), attribute: nullable(Type.String()), guessed: Type.Boolean() })),
  counts: shape({ rows: Type.Integer(), good: Type.Integer(), bad: Type.Integer(), doubtful: Type.Integer(), facts: Type.Integer(), stored: Type.Integer(), repeated: Type.Integer(), older: Type.Integer() }),
})
export const startImport = call({
  name: 'facts.startImport', kind: 'write', needs: 'fact.import', about: aboutScope, input: shape({ importId: Id, fileName: Type.String({ minLength: 1, maxLength: 200 }), bytes: Type.Integer({ minimum: 1, maximum: importLimit }) }), output: FactImport,
  summary: ['从文件导入上报（检测结果、缺勤登记等）：登记文件', 'Facts from a file (test results, an absence log): announce it'],
})
export const sendPiece = call({
  name: 'facts.sendPiece', kind: 'write', needs: 'fact.import', about: aboutScope, fileLimit: pieceSize, input: shape({ importId: Id, starts: Type.Integer({ minimum: 0, maximum: importLimit }) }), output: shape({ received: Type.Integer() }),
  summary: ['从文件导入上报：送一段', 'Facts from a file: one piece of it'],
})
export const checkImport = call({
  name: 'facts.checkImport', kind: 'write', needs: 'fact.import', about: aboutScope, touches: ['fact-imports'],
  input: shape({
    importId: Id, /** Where the file has no column of times. */ observedAt: Type.Optional(nullable(Instant)),
    /** Headers given a meaning by hand: the key of an attribute, a role, or '' for not read. */
    columns: Type.Optional(Type.Array(shape({ header: Type.String({ maxLength: 200 }), meaning: Type.String({ maxLength: 40 }) }), { maxItems: 200 })),
  }),
  output: FactImport, summary: ['从文件导入上报：逐行检查，不写入', 'Facts from a file: check every row, enter nothing'],
})
export const applyImport = call({
  name: 'facts.applyImport', kind: 'write', needs: 'fact.import', about: aboutScope, touches: ['fact-imports'], input: shape({ importId: Id }), output: FactImport,
  summary: ['从文件导入上报：写入正确的行', 'Facts from a file: enter the good rows'],
})
export const dropImport = call({
  name: 'facts.dropImport', kind: 'write', needs: 'fact.import', about: aboutScope, touches: ['fact-imports'], input: shape({ importId: Id }), output: Nothing,
  summary: ['从文件导入上报：放弃并删除文件', 'Facts from a file: give it up and delete the file'],
})
export const imports = call({
  name: 'facts.imports', kind: 'read', needs: 'fact.import', about: aboutScope, input: Nothing, output: shape({ imports: Type.Array(FactImport) }),
  summary: ['从文件导入上报：近期的导入', 'Facts from files: the latest'],
})
export const findImport = call({
  name: 'facts.findImport', kind: 'read', needs: 'fact.import', about: aboutScope, input: shape({ importId: Id }),
  output: shape({ import: FactImport, /** The first of each. */ bad: Type.Array(Marked), doubts: Type.Array(Marked) }),
  summary: ['从文件导入上报：进度与问题行', 'Facts from a file: how far it is, which rows are wrong and why'],
})
export const badRows = call({
  name: 'facts.badRows', kind: 'read', needs: 'fact.import', about: aboutScope, input: shape({ importId: Id, after: Type.Optional(Type.Integer({ minimum: 0 })) }),
  output: shape({ fileName: Type.String(), /** Lines of a .csv: the same columns, then 行号 and 原因. The first answer begins with the header. */ csv: Type.String(), next: nullable(Type.Integer()) }),
  summary: ['从文件导入上报：未收下的行，改好可再导入', 'Facts from a file: the rows not taken, to be mended and sent again'],
})
