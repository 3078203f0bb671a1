/** What is erased of help requests: all of them; how many there were by theme stays. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { during, type Erasable, type Scope } from '#kernel/erasing.ts'
import type { Theme } from './rules.ts'

const mine = (scope: Scope, alias: string) => sql`(${sql.ref(`${alias}.response_id`)} = ${scope.responseId} or (${sql.ref(`${alias}.response_id`)} is null and ${during(scope, `${alias}.asked_at`)}))`

export const issueErasables: readonly Erasable[] = [
  {
    table: 'issues.help_event', key: { request_id: 'uuid', seq: 'bigint' }, name: { zh: '求助的办理经过', en: 'The steps of help requests' },
    due: (scope) => sql`exists (select from issues.help_request r where r.institution_id = t.institution_id and r.request_id = t.request_id and ${mine(scope, 'r')})`,
  },
  { table: 'issues.help_request', key: { request_id: 'uuid' }, name: { zh: '求助', en: 'Help requests' }, due: (scope) => mine(scope, 't') },
]

export async function countByTheme(tx: Tx, scope: Scope): Promise<{ theme: Theme; n: number }[]> {
  return (await sql<{ theme: Theme; n: number }>`select t.theme, count(*)::int as n from issues.help_request t where t.institution_id = ${scope.institutionId} and ${mine(scope, 't')} group by 1 order by 2 desc, 1`.execute(tx)).rows
}
