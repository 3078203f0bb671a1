/** What is erased of briefs: the rows behind their figures. The documents and the figures stay, and say so. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { during, type Erasable, type Scope } from '#kernel/erasing.ts'

const mine = (scope: Scope) => sql`(b.response_id = ${scope.responseId} or (b.response_id is null and ${during(scope, 'b.as_of')}))`
const ofBrief = (scope: Scope) => sql`exists (select from briefs.brief b where b.institution_id = t.institution_id and b.brief_id = t.brief_id and ${mine(scope)})`

export const briefErasables: readonly Erasable[] = [
  { table: 'briefs.mark', key: { brief_id: 'uuid', frame: 'text', mark: 'text' }, name: { zh: '专报数字背后的状态', en: 'The states behind the figures of briefs' }, due: ofBrief },
  { table: 'briefs.frame', key: { brief_id: 'uuid', frame: 'text' }, name: { zh: '专报数字背后的名单', en: 'The rows behind the figures of briefs' }, due: ofBrief },
  { table: 'briefs.brief', key: { brief_id: 'uuid' }, name: { zh: '未签发的专报草稿', en: 'Drafts of briefs that were never signed' }, due: (scope) => sql`t.state = 'draft' and (t.response_id = ${scope.responseId} or (t.response_id is null and ${during(scope, 't.as_of')}))` },
]

/** From here on the pages of these briefs say that the rows are gone; answers how many briefs there are. */
export async function markErased(tx: Tx, scope: Scope): Promise<number> {
  await sql`update briefs.brief b set erased_at = ${scope.until}::timestamptz where b.institution_id = ${scope.institutionId} and ${mine(scope)} and b.erased_at is null`.execute(tx)
  return (await sql<{ n: number }>`select count(*)::int as n from briefs.brief b where b.institution_id = ${scope.institutionId} and ${mine(scope)} and b.state = 'signed'`.execute(tx)).rows[0]?.n ?? 0
}
