/** SQL of drills: who opened which, who came in from outside, whom one may be in it. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'

export interface DrillRow {
  institutionId: string
  code: string
  name: string
  openedAt: string
}
/** Drills of an opener: an institution's id, or `claim` for those opened before there was one. */
export async function drillsOf(tx: Tx, openedBy: string): Promise<DrillRow[]> {
  return (await sql<DrillRow>`select institution_id as "institutionId", code, name, created_at as "openedAt" from kernel.institution where drill and settings ->> 'openedBy' = ${openedBy} order by created_at`.execute(tx)).rows
}
/** What is in a drill, from inside it. */
export async function sizeOf(tx: Tx, drillId: string): Promise<{ people: number }> {
  return (await sql<{ people: number }>`select count(*)::int as people from directory.person where institution_id = ${drillId} and left_at is null`.execute(tx)).rows[0] ?? { people: 0 }
}
export interface PersonaRow {
  personId: string
  name: string
  number: string
  role: string | null
  title: string | null
  unit: string | null
}
/** One holder of each role, and somebody without any office: whoever it is, it is the same every time. */
export async function personasOf(tx: Tx, drillId: string, now: Date): Promise<PersonaRow[]> {
  const holders = await sql<PersonaRow>`select distinct on (o.role) p.person_id as "personId", p.name, p.number, o.role, o.title, u.name as unit
    from directory.holding h join directory.office o using (institution_id, office_id) join directory.person p using (institution_id, person_id) join directory.unit u using (institution_id, unit_id)
    where h.institution_id = ${drillId} and h.during @> ${now}::timestamptz and h.capacity = 'holder' and p.left_at is null and (u.tree, o.role) is distinct from ('party', 'secretary')
    order by o.role, (o.role = 'counsellor' and not exists (select from directory.membership m where m.institution_id = u.institution_id and m.unit_id = u.unit_id)), p.number`.execute(tx)
  const counsellor = holders.rows.find((row) => row.role === 'counsellor')
  const student = await sql<PersonaRow>`select p.person_id as "personId", p.name, p.number, null as role, null as title, u.name as unit
    from directory.person p join directory.membership m on m.institution_id = p.institution_id and m.person_id = p.person_id and m.tree = 'admin' join directory.unit u on u.institution_id = m.institution_id and u.unit_id = m.unit_id
    where p.institution_id = ${drillId} and p.kind = 'student' and p.left_at is null and not exists (select from directory.holding h where h.institution_id = p.institution_id and h.person_id = p.person_id)
    order by (u.name = ${counsellor?.unit ?? ''}) desc, p.number limit 1`.execute(tx)
  return [...holders.rows, ...student.rows]
}
