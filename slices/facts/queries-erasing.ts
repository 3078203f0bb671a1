/** What is erased of facts: answers, what is known by them, files. A month in which everything is due is dropped instead of deleted row by row. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { during, ofAttribute, type Erasable, type Place, type Portion, type Scope } from '#kernel/erasing.ts'

/** Looks at the next month that is over and drops it where all that is in it is due. */
async function nextMonth(tx: Tx, scope: Scope, after: Place | null): Promise<Portion> {
  const [month] = (
    await sql<{ name: string }>`select right(c.relname, 7) as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'facts.fact'::regclass and c.relname ~ '^fact_\\d{4}_\\d{2}$' and right(c.relname, 7) > ${after?.[0] ?? ''} and right(c.relname, 7) < to_char(${scope.until}::timestamptz at time zone 'UTC', 'YYYY_MM') order by 1 limit 1`.execute(tx)
  ).rows
  if (!month) return { erased: 0, after: null }
  const [done] = (await sql<{ gone: number | null }>`select facts.erase_month(${month.name}, ${[...scope.attributes]}::text[], ${[...scope.read]}::text[], ${scope.during}::tstzmultirange, ${scope.until}::timestamptz) as gone`.execute(tx)).rows
  return { erased: done?.gone ?? 0, after: [month.name] }
}

const ofImport = (scope: Scope) => sql`exists (select from facts.import i where i.institution_id = t.institution_id and i.import_id = t.import_id and ${during(scope, 'i.made_at')})`

export const factErasables: readonly Erasable[] = [
  { table: 'facts.profile', key: { subject_id: 'uuid', attribute: 'text' }, name: { zh: '现状（每人每项最近一次）', en: 'What was known of each person' }, due: (scope) => ofAttribute(scope, 't.attribute', 't.recorded_at') },
  {
    // While the facts are there.
    table: 'facts.lasting', key: { fact_id: 'uuid' }, name: { zh: '“一直有效到”的填报', en: 'How long standing answers held' },
    due: (scope) => sql`not exists (select from facts.fact f where f.institution_id = t.institution_id and f.fact_id = t.fact_id and not ${ofAttribute(scope, 'f.attribute', 'f.recorded_at')})`,
  },
  { table: 'facts.fact', key: { fact_id: 'uuid' }, name: { zh: '填报明细（本人、代填、更正、导入）', en: 'Answers: own, by proxy, corrections, from files' }, due: (scope) => ofAttribute(scope, 't.attribute', 't.recorded_at'), whole: nextMonth },
  { table: 'facts.import_row', key: { import_id: 'uuid', row_no: 'int' }, name: { zh: '导入文件的问题行', en: 'Rows of files that could not be taken' }, due: ofImport },
  { table: 'facts.import_piece', key: { import_id: 'uuid', starts: 'bigint' }, name: { zh: '导入的文件', en: 'Files of facts' }, due: ofImport },
  { table: 'facts.import', key: { import_id: 'uuid' }, name: { zh: '文件导入的登记', en: 'Imports of files' }, due: (scope) => during(scope, 't.made_at') },
]

/** How many answers there were, by how they came. */
export async function countAnswers(tx: Tx, scope: Scope): Promise<{ source: string; n: number }[]> {
  return (await sql<{ source: string; n: number }>`select t.source, count(*)::int as n from facts.fact t where t.institution_id = ${scope.institutionId} and ${ofAttribute(scope, 't.attribute', 't.recorded_at')} group by 1 order by 2 desc`.execute(tx)).rows
}
