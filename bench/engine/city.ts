/** A synthetic city for the benchmarks, written straight into the tables by SQL: what is measured afterwards goes through the calls. */
import pg from 'pg'
import { asOwner } from '#kernel/database.ts'

export interface City {
  institutionId: string
}

/** Units on each of eight levels, about `units` in all. */
export function levelsOf(units: number): number[] {
  const ratio = Math.max(1.3, units ** (1 / 7) * 0.93)
  const levels = Array.from({ length: 8 }, (_, depth) => Math.max(1, Math.round(ratio ** depth)))
  const rest = units - levels.reduce((sum, n) => sum + n, 0)
  levels[7] = Math.max(levels[6] ?? 1, (levels[7] ?? 1) + rest)
  return levels
}

const personId = (n: string, institution: string) => `md5('person' || ${institution} || ${n})::uuid`
/** The session token of person number n (0-based); number 0 acts for the whole institution. */
export const tokenOf = (city: City, n: number): string => `${city.institutionId}.bench${n}`

/** Fills an institution that exists: a tree of eight levels, `people` in its leaves, a counsellor for each leaf, an officer over all, a session for each of the first `sessions`. */
export async function raiseCity(ownerUrl: string, institutionId: string, size: { people: number; units: number; sessions: number }): Promise<City> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`select set_config('app.institution', $1, false)`, [institutionId])
    const levels = levelsOf(size.units)
    const numbered = levels.map((n, depth) => ({ depth, n, before: levels.slice(0, depth).reduce((sum, one) => sum + one, 0) }))
    const found = await client.query<{ id: string }>(`select unit_id as id from directory.unit where institution_id = $1 and tree = 'admin' and parent_id is null`, [institutionId])
    const root = found.rows[0]?.id
    // Unit n of a level hangs below the one above it in proportion, so that subtrees are of like size.
    await client.query(
      `insert into directory.unit (institution_id, unit_id, tree, parent_id, kind, name, path)
       select $1::uuid, md5('unit' || $1 || l.depth || '-' || i)::uuid, 'admin', case when l.depth = 1 then $5::uuid else md5('unit' || $1 || (l.depth - 1) || '-' || (i * l.above / l.n))::uuid end,
         (array['school','division','college','department','grade','major','programme','class'])[l.depth + 1], '第' || l.depth || '级第' || i || '单位', 'x'
       from unnest($2::int[], $3::int[], $4::int[]) as l(depth, n, above), lateral generate_series(0, l.n - 1) i where l.depth > 0 order by l.depth`,
      [institutionId, numbered.map((l) => l.depth), levels, levels.map((_, depth) => levels[depth - 1] ?? 0), root],
    )
    await client.query(
      `with recursive down as (select unit_id, no::text::ltree as path from directory.unit where institution_id = $1 and parent_id is null
         union all select u.unit_id, d.path || u.no::text::ltree from down d join directory.unit u on u.institution_id = $1 and u.parent_id = d.unit_id)
       update directory.unit u set path = d.path from down d where u.institution_id = $1 and u.unit_id = d.unit_id`, [institutionId])
    await client.query(
      `with recursive up as (select unit_id, unit_id as ancestor_id, 0 as distance from directory.unit where institution_id = $1
         union all select up.unit_id, u.parent_id, up.distance + 1 from up join directory.unit u on u.institution_id = $1 and u.unit_id = up.ancestor_id where u.parent_id is not null)
       insert into directory.ancestry (institution_id, unit_id, ancestor_id, distance) select $1::uuid, * from up on conflict do nothing`, [institutionId])
    const leaves = levels[7] ?? 1
    await client.query(
      `insert into directory.person (institution_id, person_id, number, name, kind, grade, phone)
       select $1::uuid, ${personId('i', '$1')}, 'N' || lpad(i::text, 8, '0'), '学生' || i, case when i % 12 = 0 then 'staff' else 'student' end, '2026级', '13800000000' from generate_series(0, $2::int - 1) i`, [institutionId, size.people])
    await client.query(
      `insert into directory.membership (institution_id, person_id, tree, unit_id, since)
       select $1::uuid, ${personId('i', '$1')}, 'admin', md5('unit' || $1 || '7-' || (i::bigint * $3 / $2)::int)::uuid, now() - interval '100 days' from generate_series(0, $2::int - 1) i`, [institutionId, size.people, leaves])
    await client.query(
      `with office as (insert into directory.office (institution_id, office_id, unit_id, title, role)
         select $1::uuid, md5('office' || unit_id)::uuid, unit_id, case when kind = 'class' then '辅导员' else '书记' end, case when kind = 'class' then 'counsellor' else 'secretary' end from directory.unit where institution_id = $1 and tree = 'admin'
         returning office_id)
       insert into directory.holding (institution_id, holding_id, office_id, person_id, capacity, during)
       select $1::uuid, md5('holding' || office_id)::uuid, office_id, ${personId('((row_number() over () - 1) * 12 % $2)', '$1')}, 'holder', tstzrange(now() - interval '1 day', null) from office`, [institutionId, size.people])
    await client.query(
      `with office as (insert into directory.office (institution_id, office_id, unit_id, title, role)
         select $1::uuid, md5('duty' || $1 || $2::int)::uuid, unit_id, '值班员甲', 'duty-officer' from directory.unit where unit_id = $3 and institution_id = $1 returning office_id)
       insert into directory.holding (institution_id, holding_id, office_id, person_id, capacity, during)
       select $1::uuid, md5('holding' || office_id)::uuid, office_id, ${personId('0', '$1')}, 'holder', tstzrange(now() - interval '1 day', null) from office`, [institutionId, 0, root])
    await client.query(
      `insert into directory.session (institution_id, session_id, token_hash, person_id, created_at, expires_at)
       select $1::uuid, md5('session' || $1 || i)::uuid, sha256(($1 || '.bench' || i)::bytea), ${personId('i', '$1')}, now(), now() + interval '30 days' from generate_series(0, $2::int - 1) i`, [institutionId, Math.min(size.sessions, size.people)])
    await client.query('analyze directory.unit, directory.ancestry, directory.person, directory.membership, directory.office, directory.holding, directory.session')
    return { institutionId }
  } finally {
    await client.end()
  }
}

/** The institution of a city that stands. */
export async function findCity(ownerUrl: string): Promise<string> {
  return asOwner(ownerUrl, async (client) => (await client.query<{ id: string }>(`select institution_id as id from kernel.institution where code = 'bench'`)).rows[0]?.id ?? '')
}
