/** Calls about who and where: units in several trees, people, offices and who holds them, links, the roster, signing in. */
import { Type, type Static } from 'typebox'
import { about, aboutInstitution, aboutNobody, aboutScope, aboutSelf, call, Day, Id, Instant, Line, Nothing, nullable, oneOf, shape } from '#kernel/contract.ts'
import { fields as rosterFields } from './roster/fields.ts'

/** What a column of a roster can be about. */
export { rosterFields }

/** Later slices name kinds of units in the institution's words. */
export { vocabularyOf } from './vocabularies.ts'

export const Tree = oneOf('admin', 'party', 'residence')
export const TwoTongues = shape({ zh: Type.String(), en: Type.String() })

export const UnitBrief = shape({ unitId: Id, tree: Tree, kind: Type.String(), name: Type.String(), parentId: nullable(Id) })
export const PersonBrief = shape({ personId: Id, number: Type.String(), name: Type.String() })
export const OfficeHeld = shape({ officeId: Id, title: Type.String(), role: Type.String(), capacity: oneOf('holder', 'deputy'), unit: UnitBrief })

/** Who answers for something now: the nearest current holder of an answering office; `direct` false where it fell to a higher unit. */
export const Owner = shape({ person: PersonBrief, officeTitle: Type.String(), unit: UnitBrief, capacity: oneOf('holder', 'deputy'), direct: Type.Boolean(), phone: nullable(Type.String()) })

/** What the browser says it is ("Android · Chrome"): by which people tell their sign-ins apart. */
const DeviceName = Type.Optional(Type.String({ minLength: 1, maxLength: 60 }))

// ── Before signing in ────────────────────────────────────────────────────────────────────────────
export const languages = ['zh-Hans', 'zh-Hant', 'en'] as const
export const status = call({
  name: 'directory.status', kind: 'read', needs: 'public', about: aboutNobody, input: Nothing,
  output: shape({
    needsClaim: Type.Boolean(),
    institutions: Type.Array(shape({ code: Type.String(), name: Type.String(), drill: Type.Boolean(), /** What is spoken there, where it was said. */ language: nullable(oneOf(...languages)) })),
    vocabularies: Type.Array(shape({ key: Type.String(), name: TwoTongues })),
  }),
  summary: ['系统是否已认领，有哪些单位', 'Whether the system is claimed, and its institutions'],
})
export const claim = call({
  name: 'directory.claim', kind: 'write', needs: 'public', about: aboutNobody,
  input: shape({
    token: Type.String({ minLength: 8, maxLength: 100 }), code: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,39}$' }), name: Line, vocabulary: Type.String({ maxLength: 40 }),
    adminName: Line, login: Type.String({ minLength: 2, maxLength: 60 }), password: Type.String({ maxLength: 200 }),
    timeZone: Type.Optional(Type.String({ maxLength: 60 })), language: Type.Optional(oneOf('zh-Hans', 'zh-Hant', 'en')), device: DeviceName,
  }),
  output: shape({ institutionId: Id }),
  summary: ['用一次性口令认领系统，建立单位与管理员', 'Claim the installation with its one-time token'],
})
export const signIn = call({
  name: 'directory.signIn', kind: 'write', needs: 'public', about: aboutNobody,
  input: shape({ institution: Type.Optional(Type.String({ maxLength: 40 })), login: Type.String({ minLength: 1, maxLength: 60 }), password: Type.String({ minLength: 1, maxLength: 200 }), device: DeviceName }),
  output: shape({ personId: Id, name: Type.String(), token: Type.String() }),
  summary: ['登录', 'Sign in'],
})
export const redeem = call({
  name: 'directory.redeem', kind: 'write', needs: 'public', about: aboutNobody,
  input: shape({ institution: Type.Optional(Type.String({ maxLength: 40 })), code: Type.String({ minLength: 8, maxLength: 100 }), login: Type.Optional(Type.String({ minLength: 2, maxLength: 60 })), password: Type.String({ maxLength: 200 }), device: DeviceName }),
  output: shape({ personId: Id, name: Type.String(), token: Type.String() }),
  summary: ['用一次性邀请码设置密码', 'Set a password with a one-time invitation code'],
})
// ── One's own ────────────────────────────────────────────────────────────────────────────────────
export const signOut = call({ name: 'directory.signOut', kind: 'write', needs: 'signed-in', about: aboutSelf, input: Nothing, output: Nothing, summary: ['退出登录', 'Sign out'] })
export const changePassword = call({
  name: 'directory.changePassword', kind: 'write', needs: 'signed-in', about: aboutSelf,
  input: shape({ current: Type.String({ maxLength: 200 }), next: Type.String({ maxLength: 200 }) }), output: Nothing,
  summary: ['修改密码，其他会话随之退出', 'Change the password; other sessions end'],
})
export const mySessions = call({
  name: 'directory.mySessions', kind: 'read', needs: 'signed-in', about: aboutSelf, input: Nothing,
  output: shape({ sessions: Type.Array(shape({ sessionId: Id, device: nullable(Type.String()), since: Instant, /** It ends by itself. */ until: Instant, /** The one that asks. */ here: Type.Boolean() })) }),
  summary: ['我在哪些设备上登录着', 'Where I am signed in'],
})
export const endMySession = call({
  name: 'directory.endMySession', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['sessions'], input: shape({ sessionId: Id }), output: Nothing,
  summary: ['让我的一台设备退出登录', 'Sign one of my devices out'],
})
export const me = call({
  name: 'directory.me', kind: 'read', needs: 'signed-in', about: aboutSelf, input: Nothing,
  output: shape({
    person: PersonBrief, kind: Type.String(), now: Instant,
    institution: shape({ code: Type.String(), name: Type.String(), drill: Type.Boolean(), timeZone: Type.String(), vocabulary: Type.String(), /** What is usually spoken; null where nobody has said. */ language: nullable(oneOf(...languages)) }),
    /** The institution's own names for kinds of units, of people and for roles, where they differ from the vocabulary's; and its titles of offices in both languages. */
    words: shape({ unit: Type.Record(Type.String(), TwoTongues), person: Type.Record(Type.String(), TwoTongues), office: Type.Record(Type.String(), TwoTongues), role: Type.Record(Type.String(), TwoTongues) }),
    offices: Type.Array(shape({ ...OfficeHeld.properties, /** The units above its unit: what lies within another is not added to it. */ above: Type.Array(Id) })), units: Type.Array(UnitBrief), permissions: Type.Array(Type.String()),
    trees: Type.Array(shape({ key: Tree, name: TwoTongues })),
    /** Where the person's screens start: the unit of the widest office, else the root. */
    homeUnitId: nullable(Id),
    owners: Type.Array(Owner),
  }),
  summary: ['我是谁，任何职务，能做什么', 'Who am I, which offices, what may I do'],
})
export const SavedView = shape({ viewId: Id, name: Type.String({ minLength: 1, maxLength: 40 }), /** Path and filters within the console. */ address: Type.String({ minLength: 2, maxLength: 600, pattern: '^/[a-z][^\\s<>"]*$' }) })
export const views = call({
  name: 'directory.views', kind: 'read', needs: 'signed-in', about: aboutSelf, input: Nothing, output: shape({ views: Type.Array(SavedView) }), summary: ['我保存的视图', 'Views that I keep'],
})
export const saveView = call({
  name: 'directory.saveView', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['views'], input: SavedView, output: Nothing, summary: ['保存视图或改名', 'Keep a view, or rename it'],
})
export const dropView = call({
  name: 'directory.dropView', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['views'], input: shape({ viewId: Id }), output: Nothing, summary: ['删除视图', 'Let a view go'],
})
// ── Units ────────────────────────────────────────────────────────────────────────────────────────
export const UnitNode = shape({
  ...UnitBrief.properties, members: Type.Integer(), children: Type.Integer(), /** Somebody holds an answering office of this very unit. */ hasOwner: Type.Boolean(),
  /** Members below whom nobody answers for: directly in the administrative tree, in any answering office below the root in the others. */
  unanswered: Type.Integer(),
})
export const units = call({
  name: 'directory.units', kind: 'read', needs: 'signed-in', about: aboutInstitution,
  input: shape({ tree: Tree, under: Type.Optional(Id), depth: Type.Optional(Type.Integer({ minimum: 1, maximum: 8 })) }),
  output: shape({ units: Type.Array(UnitNode) }),
  summary: ['列出一棵组织树（某组织之下若干层）', 'Units of one tree, below a unit, so many levels deep'],
})
export const unit = call({
  name: 'directory.unit', kind: 'read', needs: 'unit.read', about: about<{ unitId: string }>('unit', (input) => input.unitId), input: shape({ unitId: Id }),
  output: shape({
    unit: UnitBrief, /** It is no more since then; its past stays. */ endedAt: nullable(Instant), ancestors: Type.Array(UnitBrief), members: Type.Integer(), children: Type.Array(UnitNode), owner: nullable(Owner),
    offices: Type.Array(shape({ officeId: Id, title: Type.String(), role: Type.String(), holders: Type.Array(shape({ holdingId: Id, person: PersonBrief, capacity: oneOf('holder', 'deputy'), from: Instant, to: nullable(Instant) })) })),
  }),
  summary: ['组织详情：职务、任职人、责任人', 'A unit: offices, holders, who answers'],
})
export const members = call({
  name: 'directory.members', kind: 'read', needs: 'person.find', about: about<{ unitId: string }>('unit', (input) => input.unitId), sensitive: true,
  input: shape({ unitId: Id, page: Type.Optional(Type.Integer({ minimum: 1 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
  output: shape({ total: Type.Integer(), people: Type.Array(shape({ ...PersonBrief.properties, kind: Type.String(), unit: UnitBrief })) }),
  summary: ['组织的成员', 'Members of a unit'],
})
export const findUnits = call({
  name: 'directory.findUnits', kind: 'read', needs: 'signed-in', about: aboutInstitution,
  input: shape({ text: Type.String({ minLength: 1, maxLength: 60 }), tree: Type.Optional(Tree), most: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }),
  output: shape({ units: Type.Array(shape({ ...UnitBrief.properties, /** Names of the units above, from below the root down. */ within: Type.Array(Type.String()) })) }),
  summary: ['按名称或拼音首字母找组织', 'Find units by name or pinyin initials'],
})
export const saveUnit = call({
  name: 'directory.saveUnit', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['directory'],
  input: shape({ unitId: Id, tree: Tree, parentId: nullable(Id), kind: Type.String({ maxLength: 40 }), name: Line }), output: UnitBrief,
  summary: ['新建、改名或移动组织', 'Make, rename or move a unit'],
})
export const endUnit = call({
  name: 'directory.endUnit', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['directory', 'coverage'],
  input: shape({ unitId: Id, /** false takes it back. */ ended: Type.Boolean() }), output: Nothing,
  summary: ['撤销空的组织，或恢复', 'End an empty unit, or take that back'],
})
export const saveOffice = call({
  name: 'directory.saveOffice', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['directory'],
  input: shape({ officeId: Id, unitId: Id, title: Line, role: Type.String({ maxLength: 40 }) }), output: shape({ officeId: Id }),
  summary: ['设置职务', 'Make or change an office'],
})
export const appoint = call({
  name: 'directory.appoint', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['directory', 'sessions'],
  input: shape({ holdingId: Id, officeId: Id, personId: Id, capacity: oneOf('holder', 'deputy'), from: Type.Optional(Instant), to: Type.Optional(nullable(Instant)) }), output: shape({ holdingId: Id }),
  summary: ['任命（含代理人），自何时至何时', 'Appoint a holder or deputy, from when to when'],
})
export const endHolding = call({
  name: 'directory.endHolding', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['directory', 'sessions'],
  input: shape({ holdingId: Id, at: Type.Optional(Instant) }), output: Nothing,
  summary: ['免职或结束代理', 'End a holding'],
})
// ── People ───────────────────────────────────────────────────────────────────────────────────────
export const people = call({
  name: 'directory.people', kind: 'read', needs: 'person.find', about: aboutScope, sensitive: true,
  input: shape({ text: Type.String({ minLength: 1, maxLength: 60 }), most: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }),
  output: shape({
    people: Type.Array(shape({ ...PersonBrief.properties, kind: Type.String(), unit: nullable(UnitBrief) })),
    /** How many more were found whose names open with a reason only, by the unit to give it for. */
    closed: Type.Array(shape({ unitId: Id, unit: Type.String(), people: Type.Integer() })),
  }),
  summary: ['按姓名、拼音首字母或学工号找人', 'Find people by name, pinyin initials or number'],
})
export const person = call({
  name: 'directory.person', kind: 'read', needs: 'person.read', about: about<{ personId: string }>('person', (input) => input.personId), sensitive: true,
  input: shape({ personId: Id }),
  output: shape({
    person: PersonBrief, kind: Type.String(), sex: nullable(Type.String()), grade: nullable(Type.String()), major: nullable(Type.String()), phone: nullable(Type.String()), email: nullable(Type.String()),
    status: Type.String(), leftAt: nullable(Instant), units: Type.Array(Type.Array(UnitBrief)), offices: Type.Array(OfficeHeld), owners: Type.Array(Owner), linkedBy: Type.Array(PersonBrief),
  }),
  summary: ['人员详情与责任人', 'A person, where they belong, who answers for them'],
})
export const orphans = call({
  name: 'directory.orphans', kind: 'read', needs: 'coverage.read', about: about<{ unitId: string }>('unit', (input) => input.unitId), input: shape({ unitId: Id }),
  output: shape({
    people: Type.Integer(), /** Besides: who answer for their own unit and have nobody else there who does. */ alone: Type.Integer(),
    units: Type.Array(shape({ unit: UnitBrief, /** The names of the units above it, without the whole. */ above: Type.Array(Type.String()), members: Type.Integer(), vacant: Type.Array(Type.String()), fallsTo: nullable(Owner) })),
  }),
  summary: ['没有直接责任人的组织与人数', 'Units whose members nobody answers for directly'],
})
export const link = call({
  name: 'directory.link', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['directory'],
  input: shape({ linkId: Id, memberId: Id, unitId: Type.Optional(Id), personId: Type.Optional(Id) }), output: shape({ linkId: Id }),
  summary: ['建立联系户', 'Link a member to a room, household or person'],
})
export const unlink = call({
  name: 'directory.unlink', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['directory'], input: shape({ linkId: Id }), output: Nothing,
  summary: ['解除联系', 'End a link'],
})
export const links = call({
  name: 'directory.links', kind: 'read', needs: 'person.find', about: about<{ unitId: string }>('unit', (input) => input.unitId), sensitive: true, input: shape({ unitId: Id }),
  output: shape({ links: Type.Array(shape({ linkId: Id, member: PersonBrief, unit: nullable(UnitBrief), person: nullable(PersonBrief), since: Instant })) }),
  summary: ['某组织内的联系户', 'Links within a unit'],
})
/** A period in which somebody held an office; `to` null: still. */
const Tenure = shape({ holdingId: Id, title: Type.String(), role: Type.String(), capacity: oneOf('holder', 'deputy'), unit: UnitBrief, person: PersonBrief, from: Instant, to: nullable(Instant) })
export const appointments = call({
  name: 'directory.appointments', kind: 'read', needs: 'unit.read', about: about<{ unitId: string }>('unit', (input) => input.unitId), input: shape({ unitId: Id }),
  output: shape({ tenures: Type.Array(Tenure) }), summary: ['某组织职务的任免经过', 'Who held which office of a unit, from when to when'],
})
export const tenures = call({
  name: 'directory.tenures', kind: 'read', needs: 'person.read', about: about<{ personId: string }>('person', (input) => input.personId), sensitive: true, input: shape({ personId: Id }),
  output: shape({ tenures: Type.Array(Tenure), /** Rooms, households and people they look after, and who looks after them. */ links: Type.Array(shape({ linkId: Id, member: PersonBrief, unit: nullable(UnitBrief), person: nullable(PersonBrief), from: Instant, to: nullable(Instant) })) }),
  summary: ['某人历任职务与联系户', 'Offices somebody held, and their links'],
})
/** Whoever counts says why before names are opened: see `reasonedRoles`. A call that needs one answers `reason-needed` with the unit to give it for. */
export const reasonFor = call({
  name: 'directory.reasonFor', kind: 'read', needs: 'person.read', about: about<{ subjectId: string }>('subject', (input) => input.subjectId), input: shape({ subjectId: Id }),
  output: shape({ /** The unit to give one for; null: names are open to me. */ needed: nullable(shape({ unitId: Id, unit: Type.String() })) }), summary: ['查看某人或某组织的名单前是否须说明事由', 'Whether a reason is to be given before a person or the names of a unit are opened'],
})
export const giveReason = call({
  name: 'directory.giveReason', kind: 'write', needs: 'person.read', about: about<{ unitId: string }>('unit', (input) => input.unitId),
  input: shape({ reasonId: Id, unitId: Id, words: Type.String({ minLength: 2, maxLength: 200 }) }), output: shape({ until: Instant }),
  summary: ['说明为何查看某组织的具体人员', 'Say why the people of a unit are looked at by name'],
})
// ── Roster ───────────────────────────────────────────────────────────────────────────────────────
const RowDoubt = shape({ at: Type.String(), field: nullable(Type.String()), zh: Type.String(), en: Type.String(), raw: Type.String(), taken: nullable(Type.String()) })
/** What each column of a file is read as. `likely`: not read, its values look like it; `remembered`: chosen for an earlier file with the same columns; `never`: nobody can have it read. */
const RosterHeading = shape({ header: Type.String(), field: nullable(oneOf(...rosterFields)), how: oneOf('read', 'guessed', 'chosen', 'remembered', 'likely', 'left'), why: nullable(shape({ zh: Type.String(), en: Type.String() })), never: Type.Boolean() })
export type RosterHeadings = Static<typeof RosterHeading>[]
/** What somebody says that columns are, by the names that `headings` tells; an empty meaning: not to be read. */
const RosterColumnsSaid = Type.Array(shape({ header: Type.String({ minLength: 1, maxLength: 200 }), meaning: oneOf(...rosterFields, '') }), { maxItems: 200 })
export type RosterColumns = Static<typeof RosterColumnsSaid>
export const RosterSummary = shape({
  rows: Type.Integer(), accepted: Type.Integer(), refused: Type.Integer(), doubtful: Type.Integer(),
  arrived: Type.Integer(), moved: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer(), left: Type.Integer(),
  newUnits: Type.Integer(),
  columns: Type.Array(shape({ field: Type.String(), header: Type.String() })),
  /** Of a roster of people: every column. */
  headings: Type.Optional(Type.Array(RosterHeading)),
  doubts: Type.Array(RowDoubt), refusals: Type.Array(RowDoubt),
  examples: Type.Array(shape({ change: oneOf('arrived', 'moved', 'changed', 'left'), number: Type.String(), name: Type.String(), from: nullable(Type.String()), to: nullable(Type.String()) })),
})
export const previewRoster = call({
  name: 'directory.previewRoster', kind: 'write', needs: 'roster.import', about: aboutInstitution, fileLimit: 20 * 1048576,
  input: shape({
    importId: Id, kind: Type.Optional(oneOf('people', 'offices', 'links')),
    /** Whom the file covers: people of this kind who are missing from it have left. Absent: nobody is taken to have left. */
    covers: Type.Optional(oneOf('student', 'staff', 'contractor')),
    /** Given, the import of this id is previewed anew, unless it was applied. */
    columns: Type.Optional(RosterColumnsSaid),
  }),
  output: shape({ importId: Id, kind: oneOf('people', 'offices', 'links'), summary: RosterSummary }),
  summary: ['预览名册导入：逐行说明疑点，列出变动', 'Preview a roster: doubtful rows explained, the difference shown'],
})
export const applyRoster = call({
  name: 'directory.applyRoster', kind: 'write', needs: 'roster.import', about: aboutInstitution, touches: ['directory', 'coverage'],
  input: shape({ importId: Id, /** Also mark those missing as left. */ applyLeft: Type.Optional(Type.Boolean()) }),
  output: shape({ summary: RosterSummary }),
  summary: ['按预览结果导入', 'Apply a previewed import'],
})

// A roster of any length: it travels in pieces, is checked and applied by a job in steps, and each step can be gone on from.
export const rosterFileLimit = 512 * 1048576
export const rosterPieceSize = 4 * 1048576
export const RosterFile = shape({
  importId: Id, fileName: Type.String(), bytes: Type.Integer(), received: Type.Integer(),
  /** receiving: pieces are coming; checking and applying: a job is at it; checked: waits for a person to say yes. */
  state: oneOf('receiving', 'checking', 'checked', 'applying', 'applied', 'refused'),
  /** How far the job is: of the file while it checks, of the people while it applies; 0 to 1. */
  progress: Type.Number(), rowsDone: Type.Integer(),
  summary: RosterSummary, refusal: nullable(shape({ code: Type.String(), zh: Type.String(), en: Type.String() })),
})
const rosterFileCall = { needs: 'roster.import', about: aboutInstitution, output: RosterFile } as const
export const startRosterFile = call({
  ...rosterFileCall, name: 'directory.startRosterFile', kind: 'write',
  input: shape({ importId: Id, fileName: Type.String({ minLength: 1, maxLength: 200 }), bytes: Type.Integer({ minimum: 1, maximum: rosterFileLimit }), covers: Type.Optional(oneOf('student', 'staff', 'contractor')) }),
  summary: ['大名册（.csv，不限行数）：登记文件', 'A large roster (.csv of any length): announce it'],
})
export const sendRosterPiece = call({
  name: 'directory.sendRosterPiece', kind: 'write', needs: 'roster.import', about: aboutInstitution, fileLimit: rosterPieceSize,
  input: shape({ importId: Id, starts: Type.Integer({ minimum: 0, maximum: rosterFileLimit }) }), output: shape({ received: Type.Integer() }),
  summary: ['大名册：送一段', 'A large roster: one piece of it'],
})
export const checkRosterFile = call({
  ...rosterFileCall, name: 'directory.checkRosterFile', kind: 'write', touches: ['roster-files'], input: shape({ importId: Id, columns: Type.Optional(RosterColumnsSaid) }),
  summary: ['大名册：预览，逐行检查并与现有名册比对，不改动数据', 'A large roster: preview, every row checked and compared, nothing changed'],
})
export const rosterFile = call({
  ...rosterFileCall, name: 'directory.rosterFile', kind: 'read', input: shape({ importId: Id }),
  summary: ['大名册：进度与预览结果', 'A large roster: how far it is and what it would change'],
})
export const applyRosterFile = call({
  ...rosterFileCall, name: 'directory.applyRosterFile', kind: 'write', touches: ['roster-files'], input: shape({ importId: Id, /** Also mark those missing as left. */ applyLeft: Type.Optional(Type.Boolean()) }),
  summary: ['大名册：按预览结果导入', 'A large roster: apply what was previewed'],
})
export const dropRosterFile = call({
  name: 'directory.dropRosterFile', kind: 'write', needs: 'roster.import', about: aboutInstitution, touches: ['roster-files'], input: shape({ importId: Id }), output: Nothing,
  summary: ['大名册：放弃并删除文件', 'A large roster: give it up and delete the file'],
})
export const rosterMarks = call({
  name: 'directory.rosterMarks', kind: 'read', needs: 'roster.import', about: aboutInstitution, sensitive: true, input: shape({ importId: Id, after: Type.Optional(Type.Integer({ minimum: 0 })) }),
  output: shape({ fileName: Type.String(), /** Lines of a .csv: the same columns, then 行号, 处理情况 and 系统说明. The first answer begins with the header. */ csv: Type.String(), next: nullable(Type.Integer()) }),
  summary: ['大名册：未收下和有疑点的行及原因', 'A large roster: the rows refused or doubtful, and why'],
})
// ── Accounts ─────────────────────────────────────────────────────────────────────────────────────
export const invite = call({
  name: 'directory.invite', kind: 'write', needs: 'account.manage', about: about<{ personIds: string[] }>('person', (input) => input.personIds),
  input: shape({ personIds: Type.Array(Id, { minItems: 1, maxItems: 1000 }), days: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })) }),
  output: shape({ invitations: Type.Array(shape({ personId: Id, code: Type.String(), until: Day })) }),
  summary: ['发放一次性邀请码', 'Issue one-time invitation codes'],
})

export const AccountLine = shape({
  person: PersonBrief, kind: Type.String(), unit: nullable(UnitBrief), /** Null: no password was set yet. */ login: nullable(Type.String()), lockedUntil: nullable(Instant),
  sessions: Type.Integer(), lastSignIn: nullable(Instant), /** A code that was handed out and not used lasts until then. */ invitedUntil: nullable(Instant), offices: Type.Array(Type.String()),
})
export const accounts = call({
  name: 'directory.accounts', kind: 'read', needs: 'account.manage', about: aboutInstitution, sensitive: true,
  input: shape({ text: Type.Optional(Type.String({ maxLength: 60 })), /** officers: whoever holds an office; waiting: invited, not yet in; none: nothing at all yet. */ show: Type.Optional(oneOf('officers', 'with', 'waiting', 'none', 'locked')), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
  output: shape({ total: Type.Integer(), size: Type.Integer(), accounts: Type.Array(AccountLine) }),
  summary: ['账号：谁能登录、邀请、会话', 'Accounts: who can sign in, invitations, sessions'],
})
export const endSessions = call({
  name: 'directory.endSessions', kind: 'write', needs: 'account.manage', about: about<{ personIds: string[] }>('person', (input) => input.personIds), touches: ['sessions'],
  input: shape({ personIds: Type.Array(Id, { minItems: 1, maxItems: 1000 }) }), output: shape({ ended: Type.Integer() }),
  summary: ['使某人在所有设备上退出登录，并解除锁定', 'Sign a person out everywhere and lift the lock'],
})

// ── Setting up ───────────────────────────────────────────────────────────────────────────────────
export const setInstitution = call({
  name: 'directory.setInstitution', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['session', 'sessions', 'directory'],
  input: shape({ name: Type.String({ minLength: 2, maxLength: 80 }), timeZone: Type.String({ minLength: 2, maxLength: 60 }), language: oneOf(...languages) }), output: Nothing,
  summary: ['修改单位名称、时区与默认语言', 'Change the name, time zone and usual language of the institution'],
})
const Wording = shape({ kind: oneOf('tree', 'unit', 'person'), key: Type.String({ maxLength: 60 }), zh: Type.String({ minLength: 1, maxLength: 30 }), en: Type.String({ minLength: 1, maxLength: 60 }) })
const OfficeWord = shape({ title: Type.String({ minLength: 1, maxLength: 30 }), en: Type.String({ minLength: 1, maxLength: 60 }), role: Type.String({ maxLength: 40 }) })
export const vocabulary = call({
  name: 'directory.vocabulary', kind: 'read', needs: 'signed-in', about: aboutInstitution, input: Nothing,
  output: shape({
    key: Type.String(), name: TwoTongues, politicalStatus: Type.Boolean(), language: oneOf(...languages),
    words: Type.Array(shape({ ...Wording.properties, tree: nullable(Tree), /** As the vocabulary has it. */ given: TwoTongues })),
    offices: Type.Array(OfficeWord), /** The institution's own list instead of the ready-made one. */ ownOffices: Type.Boolean(), changed: Type.Integer(),
  }),
  summary: ['本单位的用语：组织类型、人员身份、职务名称', "The institution's words: kinds of units and people, titles of offices"],
})
export const setVocabulary = call({
  name: 'directory.setVocabulary', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['session', 'directory'],
  input: shape({ words: Type.Array(Wording, { maxItems: 60 }), /** The whole list; absent or empty: the ready-made one. */ offices: Type.Optional(Type.Array(OfficeWord, { maxItems: 80 })) }), output: shape({ changed: Type.Integer() }),
  summary: ['修改本单位的用语', "Change the institution's words"],
})
export const setup = call({
  name: 'directory.setup', kind: 'read', needs: 'directory.manage', about: aboutInstitution, input: Nothing,
  output: shape({
    language: oneOf(...languages), wordsChanged: Type.Integer(),
    people: shape({ student: Type.Integer(), staff: Type.Integer(), contractor: Type.Integer(), family: Type.Integer() }),
    units: Type.Array(shape({ tree: Tree, name: TwoTongues, units: Type.Integer() })),
    offices: Type.Integer(), held: Type.Integer(), hints: Type.Integer(), /** People whom nobody answers for directly. */ unanswered: Type.Integer(),
    accounts: Type.Integer(), invited: Type.Integer(), /** Holders of offices who cannot sign in yet. */ officersWithout: Type.Integer(),
    /** Roles that reach over the whole institution, and how many hold them now. */
    keepers: Type.Array(shape({ role: Type.String(), holders: Type.Integer() })),
    /** Imports that somebody began and nobody finished. */
    waiting: Type.Array(shape({ importId: Id, fileName: Type.String(), state: Type.String() })),
  }),
  summary: ['启用进展：名册、职务、账号到了哪一步', 'How far the setting up is: roster, offices, accounts'],
})
const Hint = shape({
  unit: UnitBrief, path: Type.String(), title: Type.String(), role: Type.String(), number: Type.String(), name: Type.String(),
  /** One: it is clear who is meant. None or several: somebody has to say. */
  candidates: Type.Array(PersonBrief),
})
export const officeHints = call({
  name: 'directory.officeHints', kind: 'read', needs: 'directory.manage', about: aboutInstitution, sensitive: true, input: shape({ most: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })) }),
  output: shape({ total: Type.Integer(), hints: Type.Array(Hint) }),
  summary: ['从名册看出的任职建议（职务列、辅导员列）', 'Offices as the rosters say in passing: proposals'],
})
const HintKey = { unitId: Id, title: Type.String({ maxLength: 60 }), number: Type.String({ maxLength: 40 }), name: Type.String({ maxLength: 100 }) }
export const settleHints = call({
  name: 'directory.settleHints', kind: 'write', needs: 'directory.manage', about: aboutInstitution, touches: ['directory', 'sessions'],
  input: shape({ appoint: Type.Array(shape({ ...HintKey, personId: Id }), { maxItems: 1000 }), putAside: Type.Array(shape(HintKey), { maxItems: 1000 }) }),
  output: shape({ appointed: Type.Integer(), putAside: Type.Integer() }),
  summary: ['采纳任职建议或不采纳', 'Appoint as proposed, or put proposals aside'],
})
export const roleHolders = call({
  name: 'directory.roleHolders', kind: 'read', needs: 'directory.manage', about: aboutInstitution, sensitive: true, input: Nothing,
  output: shape({ roles: Type.Array(shape({ role: Type.String(), offices: Type.Integer(), holders: Type.Integer(), /** By name where they reach over the whole institution. */ named: Type.Array(shape({ person: PersonBrief, title: Type.String(), unit: UnitBrief })) })) }),
  summary: ['各角色有多少任职人', 'How many hold each role'],
})
// ── Imports and their receipts ───────────────────────────────────────────────────────────────────
export const RosterImport = shape({
  importId: Id, /** pieces: a file of any length, checked by a job; whole: read at once. */ way: oneOf('pieces', 'whole'), kind: oneOf('people', 'offices', 'links'), fileName: Type.String(), bytes: nullable(Type.Integer()),
  covers: nullable(oneOf('student', 'staff', 'contractor')), state: RosterFile.properties.state, madeAt: Instant, madeBy: nullable(Type.String()), appliedAt: nullable(Instant), appliedBy: nullable(Type.String()),
  rows: Type.Integer(), accepted: Type.Integer(), refused: Type.Integer(), doubtful: Type.Integer(),
})
export const rosterImports = call({
  name: 'directory.rosterImports', kind: 'read', needs: 'roster.import', about: aboutInstitution, input: Nothing, output: shape({ imports: Type.Array(RosterImport) }),
  summary: ['名册导入记录', 'Imports of rosters so far'],
})
export const rosterImport = call({
  name: 'directory.rosterImport', kind: 'read', needs: 'roster.import', about: aboutInstitution, input: shape({ importId: Id }),
  output: shape({ import: RosterImport, received: Type.Integer(), progress: Type.Number(), rowsDone: Type.Integer(), summary: RosterSummary, refusal: RosterFile.properties.refusal, /** Rows that can be taken as a file to be mended. */ marks: Type.Integer() }),
  summary: ['一次名册导入：进度、预览或回执', 'One import of a roster: how far it is, its preview or receipt'],
})
export const rosterTemplate = call({
  name: 'directory.rosterTemplate', kind: 'read', needs: 'roster.import', about: aboutInstitution, input: shape({ kind: oneOf('students', 'staff', 'offices', 'links') }),
  output: shape({ fileName: Type.String(), base64: Type.String() }),
  summary: ['名册模板（.xlsx，按本单位用语）', "A template for rosters (.xlsx) in the institution's words"],
})
