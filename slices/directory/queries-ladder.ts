/** SQL of the ladder: who holds which office on the way up. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'

export interface Rung {
  person: { personId: string; number: string; name: string }
  phone: string | null
  officeTitle: string
  capacity: 'holder' | 'deputy'
  unit: { unitId: string; tree: 'admin' | 'party' | 'residence'; kind: string; name: string; parentId: string | null }
  /** How far above the unit one came from; null: the headquarters. */
  distance: number | null
}
const columns = sql`jsonb_build_object('personId', p.person_id, 'number', p.number, 'name', p.name) as person, p.phone, o.title as "officeTitle", h.capacity,
  jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) as unit`
const held = (now: Date) => sql`join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${now}::timestamptz
  join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id and p.left_at is null`

/** Current holders of offices with these roles at and above a unit, the nearest first, in the order of who answers for a unit. */
export async function officesUp(tx: Tx, institutionId: string, unitId: string, roles: readonly string[], now: Date): Promise<Rung[]> {
  return (
    await sql<Rung>`select ${columns}, a.distance from directory.ancestry a join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.ancestor_id
    join directory.office o on o.institution_id = u.institution_id and o.unit_id = u.unit_id and o.role = any(${roles}::text[]) ${held(now)}
    where a.institution_id = ${institutionId} and a.unit_id = ${unitId}
    order by a.distance, h.capacity desc, case o.role when 'secretary' then 0 when 'head' then 1 when 'counsellor' then 2 else 3 end, lower(h.during), o.title`.execute(tx)
  ).rows
}

/** Current holders of offices with these roles anywhere, deputies last. */
export async function officesWithRoles(tx: Tx, institutionId: string, roles: readonly string[], now: Date): Promise<Rung[]> {
  return (
    await sql<Rung>`select ${columns}, null as distance from directory.office o join directory.unit u on u.institution_id = o.institution_id and u.unit_id = o.unit_id ${held(now)}
    where o.institution_id = ${institutionId} and o.role = any(${roles}::text[]) order by h.capacity desc, lower(h.during), p.number limit 20`.execute(tx)
  ).rows
}
