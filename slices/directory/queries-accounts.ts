/** SQL of accounts as those who manage them see them. */
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import type { AccountLine } from './contract.ts'

export interface Wanted {
  text: string
  show: 'officers' | 'with' | 'waiting' | 'none' | 'locked' | null
  offset: number
  most: number
}
export async function listAccounts(tx: Tx, institutionId: string, { text, show, offset, most }: Wanted, now: Date): Promise<{ total: number; rows: Static<typeof AccountLine>[] }> {
  const like = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const holds = sql`exists (select from directory.holding h where h.institution_id = p.institution_id and h.person_id = p.person_id and h.during @> ${now}::timestamptz)`
  const invited = sql`(select max(i.expires_at) from directory.invitation i where i.institution_id = p.institution_id and i.person_id = p.person_id and i.used_at is null and i.expires_at > ${now}::timestamptz)`
  const which = { officers: holds, with: sql`a.login is not null`, waiting: sql`${invited} is not null`, none: sql`a.login is null and ${invited} is null`, locked: sql`a.locked_until > ${now}::timestamptz` }
  const from = sql`from directory.person p left join directory.account a using (institution_id, person_id)
    where p.institution_id = ${institutionId} and p.left_at is null and (${text === ''} or (p.name || ' ' || p.number || ' ' || p.pinyin) ilike ${like} or a.login ilike ${like}) and ${show ? which[show] : sql`true`}`
  const total = (await sql<{ n: number }>`select count(*)::int as n ${from}`.execute(tx)).rows[0]?.n ?? 0
  const { rows } = await sql<Static<typeof AccountLine>>`select jsonb_build_object('personId', p.person_id, 'number', p.number, 'name', p.name) as person, p.kind, a.login,
      case when a.locked_until > ${now}::timestamptz then a.locked_until end as "lockedUntil", ${invited} as "invitedUntil",
      (select jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) from directory.membership m join directory.unit u using (institution_id, unit_id)
        where m.institution_id = p.institution_id and m.person_id = p.person_id order by m.tree limit 1) as unit,
      (select count(*)::int from directory.session s where s.institution_id = p.institution_id and s.person_id = p.person_id and s.expires_at > ${now}::timestamptz) as sessions,
      (select max(s.created_at) from directory.session s where s.institution_id = p.institution_id and s.person_id = p.person_id) as "lastSignIn",
      array(select distinct o.title from directory.holding h join directory.office o using (institution_id, office_id) where h.institution_id = p.institution_id and h.person_id = p.person_id and h.during @> ${now}::timestamptz order by 1) as offices
    ${from} order by ${holds} desc, p.name collate "zh-x-icu", p.number limit ${most} offset ${offset}`.execute(tx)
  return { total, rows }
}

/** Ends all their sessions and lifts the lock; answers how many ended. */
export async function endSessions(tx: Tx, institutionId: string, personIds: readonly string[]): Promise<number> {
  await sql`update directory.account set failures = 0, locked_until = null where institution_id = ${institutionId} and person_id = any(${[...personIds]}::uuid[])`.execute(tx)
  const done = await sql`delete from directory.session where institution_id = ${institutionId} and person_id = any(${[...personIds]}::uuid[])`.execute(tx)
  return Number(done.numAffectedRows)
}
