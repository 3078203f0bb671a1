/** What of the directory's tables is personal and belongs to the time of a response. The roster itself stays: it is no response data. */
import { sql } from 'kysely'
import { during, type Erasable, type Kept } from '#kernel/erasing.ts'

const examples = sql`'{"doubts": [], "refusals": [], "examples": []}'::jsonb`

export const directoryErasables: readonly Erasable[] = [
  { table: 'directory.person_past', key: { person_id: 'uuid', seq: 'bigint' }, name: { zh: '人员状态的过往记录', en: 'What people were before, on the roster' }, due: (scope) => during(scope, 't.until') },
  { table: 'directory.membership_past', key: { person_id: 'uuid', tree: 'text', seq: 'bigint' }, name: { zh: '人员归属的过往记录', en: 'Where people belonged before' }, due: (scope) => during(scope, 't.until') },
  { table: 'directory.reason', key: { reason_id: 'uuid' }, name: { zh: '查看名单时说明的理由', en: 'Reasons given for opening names' }, due: (scope) => during(scope, 't.at') },
  { table: 'directory.import', key: { import_id: 'uuid' }, name: { zh: '未完成的名册导入', en: 'Roster imports that were never applied' }, due: (scope) => sql`t.applied_at is null and ${during(scope, 't.made_at')}` },
  {
    table: 'directory.import', key: { import_id: 'uuid' }, name: { zh: '名册导入回执中的行', en: 'Rows in receipts of roster imports' }, blank: sql`marks = '[]', content = '[]', summary = t.summary || ${examples}`,
    due: (scope) => sql`(t.marks <> '[]' or t.content <> '[]' or t.summary <> t.summary || ${examples}) and ${during(scope, 't.made_at')}`,
  },
  { table: 'directory.roster_row', key: { import_id: 'uuid', row_no: 'int' }, name: { zh: '名册文件的行', en: 'Rows of roster files' }, due: (scope) => ofFile(scope) },
  { table: 'directory.roster_mark', key: { import_id: 'uuid', row_no: 'int' }, name: { zh: '名册文件的退回行', en: 'Rows given back from roster files' }, due: (scope) => ofFile(scope) },
  { table: 'directory.roster_piece', key: { import_id: 'uuid', starts: 'bigint' }, name: { zh: '名册文件原件', en: 'Roster files' }, due: (scope) => ofFile(scope) },
]
const ofFile = (scope: Parameters<Erasable['due']>[0]) => sql`exists (select from directory.roster_file f where f.institution_id = t.institution_id and f.import_id = t.import_id and ${during(scope, 'f.made_at')})`

export const directoryKept: readonly Kept[] = [
  { what: { zh: '名册、职务与账号', en: 'The roster, offices and accounts' }, why: { zh: '不是应急响应收集的数据，随人员离校另行处理。', en: 'They were not collected for a response; they end when somebody leaves.' } },
]
