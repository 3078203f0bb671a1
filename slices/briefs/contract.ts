/** Calls about reports upward: composed from live figures, signed by a named person, each figure opening into its rows. */
import { Type } from 'typebox'
import { about, aboutInstitution, call, Id, Instant, Nothing, nullable, oneOf, shape } from '#kernel/contract.ts'
import { TwoTongues, UnitBrief } from '#slices/directory/contract.ts'

export const FigureGroup = oneOf('response', 'duties', 'units', 'coverage', 'help')
export const Format = oneOf('docx', 'pdf', 'xlsx')
export const DocumentLanguage = oneOf('zh-Hans', 'zh-Hant', 'en')
/** What is written freely, under the headings 基本情况、存在问题、下一步打算. */
export const Passage = Type.String({ maxLength: 6000 })
export const MailAddress = Type.String({ minLength: 6, maxLength: 254, pattern: '^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$' })

/** A figure as drafted: fixed with its question, its moment and its rows. */
export const Figure = shape({
  figureId: Id, group: FigureGroup,
  /** The same figure in another edition has the same key: `coverage/<measure>/gap`. */
  key: Type.String(),
  label: TwoTongues,
  /** null with `hidden`: 1 to 4, or hidden so that those cannot be worked out. */
  value: nullable(Type.Number()), hidden: Type.Boolean(),
  /** Where a figure reads as words (level Ⅱ). */
  words: nullable(TwoTongues),
  /** What is counted: people, units, duties. */
  counts: TwoTongues,
  /** The same figure in the previous signed brief; null: there was none, or it is hidden. */
  previous: nullable(Type.Number()),
  /** The question in plain words, and its parameters, so that it can be asked again. */
  source: TwoTongues, query: Type.Record(Type.String(), Type.Unknown()), asOf: Instant,
  /** Rows that stand behind it can be opened by `briefs.trace`. */
  traceable: Type.Boolean(),
})
const Cell = nullable(Type.Integer())
export const Sending = shape({
  sendId: Id, to: Type.String(), formats: Type.Array(Format), state: oneOf('waiting', 'sent', 'failed'), askedAt: Instant, askedBy: nullable(Type.String()), sentAt: nullable(Instant), attempts: Type.Integer(), problem: nullable(TwoTongues),
})
const briefFields = {
  briefId: Id, /** The id of the first edition. */ seriesId: Id, edition: Type.Integer(), kind: oneOf('regular', 'zero'), state: oneOf('draft', 'signed'),
  subject: shape({ kind: oneOf('notice', 'response'), id: Id, name: Type.String() }), unit: UnitBrief, title: Type.String(),
  from: Instant, to: Instant, asOf: Instant,
  /** Corrected by a later edition: this one stays, and says so. */
  correctedBy: nullable(shape({ briefId: Id, edition: Type.Integer(), reason: Type.String(), signed: Type.Boolean() })),
  corrects: nullable(Id), reason: nullable(Type.String()),
  draftedBy: nullable(Type.String()), signedBy: nullable(shape({ name: Type.String(), title: Type.String() })), signedAt: nullable(Instant),
  sent: Type.Integer(),
}
export const BriefRow = shape(briefFields)
export const Brief = shape({
  ...briefFields, situation: Passage, problems: Passage, nextSteps: Passage, figures: Type.Array(Figure),
  /** Coverage by the units just below; null cells are hidden. A cell opens by the figure `coverage/<measure>/<state>` with `unitId`. `unit` null: those of no unit below. */
  tables: Type.Array(shape({ measureId: Id, name: TwoTongues, rows: Type.Array(shape({ unit: nullable(UnitBrief), population: Cell, kept: Cell, gap: Cell, excused: Cell, unknown: Cell })) })),
  previous: nullable(shape({ briefId: Id, edition: Type.Integer(), asOf: Instant })),
  /** To whom it is written: the issuer of the notice. */
  addressee: nullable(Type.String()),
  /** Where the notice says that reports go, and the address found in it. */
  reportTo: nullable(Type.String()), proposedAddress: nullable(Type.String()),
  /** Its rows were erased by rule and cannot be counted again, so no new edition can be made. `responseId`: where the certificate is. */
  erased: nullable(shape({ at: Instant, responseId: nullable(Id) })),
  /** Mail is set up on this server; otherwise: download. */
  mail: Type.Boolean(), sendings: Type.Array(Sending),
})

const overUnit = about<{ unitId: string }>('unit', (input) => input.unitId)
const overBrief = about<{ briefId: string }>('brief', (input) => input.briefId)
const overFigure = about<{ figureId: string }>('brief-figure', (input) => input.figureId)
/** Exactly one of the two. */
const subjectFields = { noticeId: Type.Optional(Id), responseId: Type.Optional(Id) }
/** Absent: since the last signed brief on the same subject, else since midnight; until now. */
const periodFields = { from: Type.Optional(Instant), to: Type.Optional(Instant) }

export const list = call({
  name: 'briefs.list', kind: 'read', needs: 'brief.read', about: overUnit,
  input: shape({ unitId: Id, ...subjectFields, /** Also of the units below. */ below: Type.Optional(Type.Boolean()), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
  output: shape({ total: Type.Integer(), briefs: Type.Array(BriefRow) }), summary: ['专报清单', 'Briefs of a unit, newest first'],
})
export const get = call({ name: 'briefs.get', kind: 'read', needs: 'brief.read', about: overBrief, input: shape({ briefId: Id }), output: Brief, summary: ['一份专报', 'One brief with its figures'] })
export const draft = call({
  name: 'briefs.draft', kind: 'write', needs: 'brief.write', about: overUnit, touches: ['briefs'], input: shape({ briefId: Id, unitId: Id, ...subjectFields, ...periodFields }), output: Brief,
  summary: ['由实时数据起草专报', 'Draft a brief from live figures'],
})
export const zero = call({
  name: 'briefs.zero', kind: 'write', needs: 'brief.write', about: overUnit, touches: ['briefs'], input: shape({ briefId: Id, unitId: Id, ...subjectFields, ...periodFields }), output: Brief,
  summary: ['一键零报告（与系统记录不符则拒绝）', 'Zero report in one tap: drafted and signed; refused where the record says otherwise'],
})
export const refresh = call({
  name: 'briefs.refresh', kind: 'write', needs: 'brief.write', about: overBrief, touches: ['briefs'], input: shape({ briefId: Id }), output: Brief, summary: ['按此刻数据更新草稿', 'Count the figures of a draft again; its texts stay'],
})
export const edit = call({
  name: 'briefs.edit', kind: 'write', needs: 'brief.write', about: overBrief, touches: ['briefs'],
  input: shape({ briefId: Id, title: Type.Optional(Type.String({ minLength: 2, maxLength: 120 })), situation: Type.Optional(Passage), problems: Type.Optional(Passage), nextSteps: Type.Optional(Passage) }), output: Brief,
  summary: ['修改草稿文字', 'Change the texts of a draft'],
})
export const discard = call({ name: 'briefs.discard', kind: 'write', needs: 'brief.write', about: overBrief, touches: ['briefs'], input: shape({ briefId: Id }), output: Nothing, summary: ['丢弃草稿', 'Discard a draft'] })
export const sign = call({
  name: 'briefs.sign', kind: 'write', needs: 'brief.write', about: overBrief, touches: ['briefs'], input: shape({ briefId: Id, /** The moment of the figures as the signer saw them: a draft counted again meanwhile is not signed unseen. */ asOf: Type.Optional(Instant) }), output: Brief,
  summary: ['签发，此后不可更改', 'Sign: from now on it is fixed'],
})
export const correct = call({
  name: 'briefs.correct', kind: 'write', needs: 'brief.write', about: overBrief, touches: ['briefs'],
  input: shape({ briefId: Id, /** The new edition. */ newBriefId: Id, reason: Type.String({ minLength: 2, maxLength: 400 }) }), output: Brief,
  summary: ['更正：另出新版并说明理由，原版保留', 'Correct: a new edition with the reason; the old one stays'],
})
export const download = call({
  name: 'briefs.download', kind: 'read', needs: 'brief.read', about: overBrief, input: shape({ briefId: Id, format: Format, language: Type.Optional(DocumentLanguage) }),
  output: shape({ fileName: Type.String(), mediaType: Type.String(), base64: Type.String() }), summary: ['下载专报（草稿标明“草稿”）', 'Download a brief; a draft is marked as one'],
})
export const certificate = call({
  name: 'briefs.certificate', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: shape({ responseId: Id, format: oneOf('docx', 'pdf'), language: Type.Optional(DocumentLanguage) }),
  output: download.output, summary: ['下载擦除证明', 'Download the certificate of an erasure'],
})
export const send = call({
  name: 'briefs.send', kind: 'write', needs: 'brief.write', about: overBrief, touches: ['briefs'],
  input: shape({ sendId: Id, briefId: Id, to: MailAddress, formats: Type.Array(Format, { minItems: 1, maxItems: 3, uniqueItems: true }), language: Type.Optional(DocumentLanguage) }), output: Sending,
  summary: ['以电子邮件报送（仅限已签发）', 'Send a signed brief by e-mail'],
})
export const Trace = shape({
  figure: Figure, briefId: Id, unit: UnitBrief,
  /** How many rows stand behind the figure; null where the figure is hidden. */
  rows: nullable(Type.Integer()),
  /** The rows are people. */
  byName: Type.Boolean(),
  /** By the units just below; null counts are hidden. `unit` null: the unit itself, or no unit below it. */
  byUnit: Type.Array(shape({ unit: nullable(UnitBrief), count: nullable(Type.Integer()) })),
  /** The rows were erased by rule after the response ended; the count stays. `responseId`: where its certificate is. */
  erased: Type.Boolean(), responseId: nullable(Id),
})
export const trace = call({ name: 'briefs.trace', kind: 'read', needs: 'brief.read', about: overFigure, input: shape({ figureId: Id }), output: Trace, summary: ['数字溯源：何时、如何得出、分布（不含姓名）', 'Trace a figure: its question, its moment, its rows by unit, without names'] })
export const TraceRow = shape({
  /** An assignment: one duty of one unit. */ kind: oneOf('person', 'unit', 'assignment', 'duty', 'help-request'), id: Id, name: Type.String(), number: nullable(Type.String()), unit: nullable(UnitBrief),
  /** Where it stood at that moment. */
  state: Type.String(), /** It no longer exists. */ gone: Type.Boolean(),
})
export const traceRows = call({
  name: 'briefs.traceRows', kind: 'read', needs: 'gap.read', about: overFigure, sensitive: true,
  input: shape({ figureId: Id, /** Only those of a unit just below. */ unitId: Type.Optional(Id), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
  output: shape({ asOf: Instant, total: Type.Integer(), rows: Type.Array(TraceRow), erased: Type.Boolean() }),
  summary: ['数字背后的名单（限可看缺口者）', 'The rows behind a figure as of its moment, by name, for those who may see gaps'],
})
export const mailSettings = call({
  name: 'briefs.mailSettings', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: Nothing, output: shape({ ready: Type.Boolean(), from: nullable(Type.String()) }), summary: ['邮件是否已配置', 'Whether mail is set up'],
})
