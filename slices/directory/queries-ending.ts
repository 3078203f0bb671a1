/** SQL of units that are no more. Their rows stay: the past speaks of them. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'

export interface UnitUse {
  endedAt: string | null
  root: boolean
  underEnded: boolean
  /** What still hangs on it: people at it or below, units below, offices held, rooms looked after. */
  members: number
  children: number
  holders: number
  links: number
}
export async function findUnitUse(tx: Tx, institutionId: string, unitId: string, now: Date): Promise<UnitUse | undefined> {
  return (
    await sql<UnitUse>`select u.closed_at as "endedAt", u.parent_id is null as root,
      exists (select from directory.unit w where w.institution_id = u.institution_id and w.unit_id = u.parent_id and w.closed_at is not null) as "underEnded",
      (select count(*)::int from directory.ancestry a join directory.membership m on m.institution_id = a.institution_id and m.unit_id = a.unit_id
        join directory.person p on p.institution_id = m.institution_id and p.person_id = m.person_id and p.left_at is null where a.institution_id = u.institution_id and a.ancestor_id = u.unit_id) as members,
      (select count(*)::int from directory.unit k where k.institution_id = u.institution_id and k.parent_id = u.unit_id and k.closed_at is null) as children,
      (select count(*)::int from directory.office o join directory.holding h using (institution_id, office_id) where o.institution_id = u.institution_id and o.unit_id = u.unit_id and h.during && tstzrange(${now}, null)) as holders,
      (select count(*)::int from directory.link l where l.institution_id = u.institution_id and l.unit_id = u.unit_id and l.during && tstzrange(${now}, null)) as links
    from directory.unit u where u.institution_id = ${institutionId} and u.unit_id = ${unitId}`.execute(tx)
  ).rows[0]
}

/** When it was ended; null while it is not. */
export async function findEndedAt(tx: Tx, institutionId: string, unitId: string): Promise<string | null> {
  return (await sql<{ at: string | null }>`select closed_at as at from directory.unit where institution_id = ${institutionId} and unit_id = ${unitId}`.execute(tx)).rows[0]?.at ?? null
}

export async function setEnded(tx: Tx, institutionId: string, unitId: string, at: Date | null): Promise<void> {
  await sql`update directory.unit set closed_at = ${at}::timestamptz where institution_id = ${institutionId} and unit_id = ${unitId}`.execute(tx)
}

/** The unit of that name that was ended there. */
export async function findEnded(tx: Tx, institutionId: string, parentId: string, name: string): Promise<string | undefined> {
  return (await sql<{ id: string }>`select unit_id as id from directory.unit where institution_id = ${institutionId} and parent_id = ${parentId} and name = ${name} and closed_at is not null`.execute(tx)).rows[0]?.id
}
