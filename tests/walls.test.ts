/** The second wall: what the live catalogue says of every table, and what the application's role can and cannot do with two institutions in one database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { Client } from 'pg'
import { connect, inInstitution, type Connection } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { wipeDrill } from '#kernel/institutions.ts'
import { migrate } from '#kernel/migrate.ts'
import { rootUnits } from '#slices/directory/server.ts'
import { insertThings, insertWhole } from './access/things.ts'
import { freshDatabase, type FreshDatabase } from './postgres.ts'
import { openScene, type Scene } from './scene.ts'

/** What is read outside any institution, and why. Everything else is walled. */
const open: Record<string, string> = {
  'kernel.institution': 'which institutions there are is asked before anybody is in one; changing is walled',
  'kernel.claim': 'claimed before there is an institution',
  'kernel.migration': 'the history of the schema; the application has no right to it',
}
/** Run with the owner's rights, each with a search path of its own. */
const definers = ['directory.analyse', 'directory.find_persons', 'facts.erase_month', 'kernel.claim_jobs', 'kernel.forget_values', 'kernel.next_job_at']

let database: FreshDatabase
let owner: Client
let app: Client
let scene: Scene
let other: Scene
interface Table {
  name: string
  id: string
}
let tables: Table[]
const rows = async <R extends Record<string, unknown>>(client: Client, text: string, values: unknown[] = []): Promise<R[]> => (await client.query(text, values)).rows as R[]
const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`

before(async () => {
  scene = await openScene()
  other = await openScene({ shared: scene, code: 'other' })
  for (const { institution, kernel } of [scene, other]) {
    await inInstitution(kernel.connection.db, institution.id, 'write', async (tx) => {
      const whole = await insertWhole(tx, institution.id)
      const [root] = await rootUnits(tx, institution.id)
      if (root) await insertThings(tx, institution.id, whole, root.tree, root.unitId, 'of-the-walls')
    })
  }
  // The catalogue is read by the owner, the rest by the application, in the same database.
  database = await freshDatabase()
  await migrate(database.ownerUrl)
  owner = new Client({ connectionString: database.ownerUrl })
  app = new Client({ connectionString: scene.kernel.connection.url })
  await owner.connect()
  await app.connect()
  tables = await rows<{ name: string; id: string }>(owner, `select n.nspname || '.' || c.relname as name, c.oid::text as id from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} order by 1`)
  assert.ok(tables.length > 30)
})
after(async () => {
  await owner?.end()
  await app?.end()
  await database?.drop()
  await scene?.close()
})
const walled = () => tables.filter((table) => !(table.name in open))

// ── The catalogue ────────────────────────────────────────────────────────────────────────────────
test('the list of open tables names only tables that exist', () => {
  for (const name of Object.keys(open)) assert.ok(tables.some((table) => table.name === name), name)
})

test('every walled table has row-level security enabled and forced, with one policy that reads and writes by institution', async () => {
  const found = await rows<{ name: string; enabled: boolean; forced: boolean; policies: { cmd: string; permissive: boolean; using: string | null; check: string | null; app: boolean }[] }>(
    owner,
    `select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      coalesce((select json_agg(json_build_object('cmd', p.polcmd, 'permissive', p.polpermissive, 'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid),
        'app', p.polroles = '{0}' or 'bulwark_app'::regrole::oid = any(p.polroles))) from pg_policy p where p.polrelid = c.oid), '[]') as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} order by 1`,
  )
  const wall = /institution_id = \( SELECT kernel\.institution_id\(\)/
  for (const table of found.filter((one) => !(one.name in open))) {
    assert.ok(table.enabled, `${table.name}: not enabled`)
    assert.ok(table.forced, `${table.name}: not forced, so its owner walks through`)
    const lets = table.policies.filter((policy) => policy.app && policy.permissive)
    assert.equal(lets.length, 1, `${table.name}: a second permissive policy would open it`)
    assert.equal(lets[0]?.cmd, '*', table.name)
    assert.match(lets[0]?.using ?? '', wall, table.name)
    assert.match(lets[0]?.check ?? '', wall, table.name)
  }
})

test('every walled table has institution_id, not null, first in its primary key, unique indexes and foreign keys', async () => {
  const keys = await rows<{ table: string; name: string; type: string; first: string; target: string | null; target_first: string | null }>(
    owner,
    `select n.nspname || '.' || c.relname as table, k.conname as name, k.contype::text as type, a.attname as first, case when k.contype = 'f' then fn.nspname || '.' || f.relname end as target, fa.attname as target_first
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    left join pg_class f on f.oid = k.confrelid left join pg_namespace fn on fn.oid = f.relnamespace left join pg_attribute fa on fa.attrelid = f.oid and fa.attnum = k.confkey[1]
    where k.contype in ('p', 'f', 'u', 'x') and ${ours}`,
  )
  const unique = await rows<{ table: string; name: string; first: string | null }>(
    owner,
    `select n.nspname || '.' || c.relname as table, i.indexrelid::regclass::text as name, a.attname as first from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indisunique and ${ours}`,
  )
  const columns = await rows<{ table: string }>(owner, `select n.nspname || '.' || c.relname as table from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where a.attname = 'institution_id' and a.attnotnull and c.relkind in ('r', 'p')`)
  for (const { name } of walled()) {
    assert.ok(columns.some((one) => one.table === name), `${name} has no institution_id, or it may be null`)
    const mine = keys.filter((key) => key.table === name)
    assert.equal(mine.filter((key) => key.type === 'p').length, 1, `${name} has no primary key`)
    for (const key of mine) {
      assert.equal(key.first, 'institution_id', `${name}: ${key.name}`)
      if (key.type === 'f') assert.equal(key.target_first, 'institution_id', `${name}: ${key.name}`)
    }
    for (const index of unique.filter((one) => one.table === name)) assert.equal(index.first, 'institution_id', `${name}: unique ${index.name} would tell of other institutions`)
  }
})

test('everything hangs on the institution by cascading keys, or is a journal without keys, so that nothing stays when it goes', async () => {
  const parents = await rows<{ child: string; parent: string }>(
    owner,
    `select n.nspname || '.' || c.relname as child, fn.nspname || '.' || f.relname as parent from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace where k.contype = 'f' and k.confdeltype = 'c'`,
  )
  const hangs = (table: string, seen: string[] = []): boolean => table === 'kernel.institution' || parents.some((key) => key.child === table && !seen.includes(key.parent) && hangs(key.parent, [...seen, table]))
  const journals = (await rows<{ name: string }>(owner, `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind in ('r', 'p')
    and (c.relispartition or not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f')) order by 1`)).map((one) => one.name).filter((name) => !(name in open) && !/^facts\.fact_/.test(name))
  assert.deepEqual(journals, ['directory.roster_row', 'facts.fact', 'facts.profile', 'kernel.log', 'measures.standing'], 'kernel.empty_journals empties what has no key')
  for (const { name } of walled()) assert.ok(journals.includes(name) || /^facts\.fact_/.test(name) || hangs(name), `${name} would outlive its institution`)
})

test('the role of the application owns nothing, passes no wall, makes nothing, and cannot become another', async () => {
  const [role] = await rows<Record<string, boolean>>(owner, `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'bulwark_app'`)
  assert.deepEqual(role, { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false })
  assert.deepEqual(await rows(owner, `select roleid::regrole::text from pg_auth_members where member = 'bulwark_app'::regrole`), [])
  const owned = `select 'class ' || oid::regclass::text as what from pg_class where relowner = 'bulwark_app'::regrole union all select 'schema ' || nspname from pg_namespace where nspowner = 'bulwark_app'::regrole
    union all select 'function ' || oid::regprocedure::text from pg_proc where proowner = 'bulwark_app'::regrole union all select 'database ' || datname from pg_database where datdba = 'bulwark_app'::regrole`
  assert.deepEqual(await rows(owner, owned), [])
  assert.deepEqual(await rows(owner, `select nspname from pg_namespace n where ${ours} and has_schema_privilege('bulwark_app', n.oid, 'create')`), [])
  const [databaseRights] = await rows<{ create: boolean; temp: boolean }>(owner, `select has_database_privilege('bulwark_app', current_database(), 'create') as create, has_database_privilege('bulwark_app', current_database(), 'temp') as temp`)
  assert.deepEqual(databaseRights, { create: false, temp: false })
})

test('nothing is granted to everybody, and to the application only reading and writing rows', async () => {
  const grants = await rows<{ what: string; to: string; right: string }>(
    owner,
    `select c.oid::regclass::text as what, case when g.grantee = 0 then 'public' else g.grantee::regrole::text end as to, g.privilege_type as right
    from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join aclexplode(c.relacl) g where ${ours} and g.grantee <> c.relowner
    union all select c.oid::regclass::text || '.' || a.attname, case when g.grantee = 0 then 'public' else g.grantee::regrole::text end, g.privilege_type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace cross join aclexplode(a.attacl) g where ${ours}`,
  )
  assert.ok(grants.length > 30)
  assert.deepEqual(grants.filter((grant) => grant.to !== 'bulwark_app'), [])
  assert.deepEqual(grants.filter((grant) => !['SELECT', 'INSERT', 'UPDATE', 'DELETE'].includes(grant.right)), [], 'TRUNCATE, REFERENCES, TRIGGER pass by the wall')
  const onlyTables = await rows<{ what: string; kind: string }>(owner, `select c.oid::regclass::text as what, c.relkind::text as kind from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join aclexplode(c.relacl) g where ${ours} and g.grantee = 'bulwark_app'::regrole and c.relkind not in ('r', 'p')`)
  assert.deepEqual(onlyTables.filter((one) => one.kind !== 'v'), [], 'sequences and materialised views have no wall')
  assert.deepEqual(await rows(owner, `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' and ${ours} and not coalesce(c.reloptions::text like '%security_invoker=true%', false) and c.relname !~ '^pg_stat'`), [], 'a view runs as its owner unless it says otherwise')
  assert.deepEqual(await rows(owner, `select inhrelid::regclass::text as partition from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind = 'r' and has_table_privilege('bulwark_app', c.oid, 'select')`), [], 'a partition read directly is not guarded by the policy of its parent')
  const [journal] = await rows<{ facts: boolean; log: boolean; request: boolean }>(owner, `select has_table_privilege('bulwark_app', 'facts.fact', 'update') as facts, has_table_privilege('bulwark_app', 'kernel.log', 'update') as log, has_table_privilege('bulwark_app', 'kernel.request', 'update') as request`)
  assert.deepEqual(journal, { facts: false, log: false, request: false }, 'what was recorded is not rewritten')
})

test('functions with the rights of the owner are few and known, with a fixed search path, and not for everybody', async () => {
  const found = await rows<{ name: string; path: string | null; everybody: boolean }>(
    owner,
    `select n.nspname || '.' || p.proname as name, (select o from unnest(p.proconfig) o where o like 'search_path=%') as path, has_function_privilege('public', p.oid, 'execute') as everybody
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and ${ours} order by 1`,
  )
  assert.deepEqual(found.map((one) => one.name), definers)
  for (const one of found) {
    assert.match(one.path ?? '', /^search_path=pg_catalog/, one.name)
    assert.equal(one.everybody, false, one.name)
  }
})

// ── As the application ───────────────────────────────────────────────────────────────────────────
const readable = async (): Promise<string[]> => (await rows<{ name: string }>(app, `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v') and ${ours} and has_table_privilege(c.oid, 'select') order by 1`)).map((row) => row.name).filter((name) => !(name in open) && !name.startsWith('public.'))

async function within<T>(institutionId: string, work: () => Promise<T>): Promise<T> {
  await app.query('begin')
  try {
    await app.query(`select set_config('app.institution', $1, true)`, [institutionId])
    return await work()
  } finally {
    await app.query('rollback')
  }
}

test('without an institution every table is empty', async () => {
  const names = await readable()
  assert.ok(names.length > 30)
  for (const name of names) assert.deepEqual(await rows(app, `select count(*)::int as n from ${name}`), [{ n: 0 }], name)
  await app.query(`select set_config('app.institution', '', false)`)
  for (const name of names) assert.deepEqual(await rows(app, `select count(*)::int as n from ${name}`), [{ n: 0 }], name)
})

test("inside one institution there is never a row of another's, however it is asked", async () => {
  const names = await readable()
  let mine = 0
  for (const [here, there] of [[scene, other], [other, scene]] as const) {
    await within(here.institution.id, async () => {
      for (const name of names) {
        const [row] = await rows<{ own: number; foreign: number; asked: number }>(app, `select count(*) filter (where institution_id = $1)::int as own, count(*) filter (where institution_id <> $1)::int as foreign, (select count(*)::int from ${name} where institution_id = $2) as asked from ${name}`, [here.institution.id, there.institution.id])
        assert.deepEqual([row?.foreign, row?.asked], [0, 0], name)
        if (row?.own) mine++
      }
    })
  }
  assert.ok(mine > 25, `only ${mine} tables had rows at all`)
})

test("no row is written into, moved to or taken from another institution", async () => {
  const names = (await readable()).filter((name) => !name.startsWith('public.'))
  const attempt = async (text: string, values: unknown[]) => within(scene.institution.id, async () => (await app.query(text, values)).rowCount ?? 0).catch((error: { code?: string }) => error.code ?? 'failed')
  let tried = 0
  for (const name of names) {
    const copied = await within(scene.institution.id, async () => (await rows(app, `select to_jsonb(t) as row from ${name} t limit 1`))[0]?.row)
    if (!copied) continue
    tried++
    const there = JSON.stringify({ ...(copied as object), institution_id: other.institution.id })
    const columns = (await rows<{ c: string }>(app, `select attname as c from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`, [name])).map((row) => `"${row.c}"`).join(', ')
    const inserted = await attempt(`insert into ${name} (${columns}) overriding system value select ${columns} from jsonb_populate_record(null::${name}, $1::jsonb)`, [there])
    assert.equal(inserted, '42501', `insert into ${name}`)
    const moved = await attempt(`update ${name} set institution_id = $1`, [other.institution.id])
    assert.ok(moved === '42501', `update ${name}: ${moved}`)
    for (const verb of ['update', 'delete']) {
      const touched = await attempt(verb === 'update' ? `update ${name} set institution_id = institution_id where institution_id = $1` : `delete from ${name} where institution_id = $1`, [other.institution.id])
      assert.ok(touched === 0 || touched === '42501', `${verb} ${name}: ${touched}`)
    }
  }
  assert.ok(tried > 15, `only ${tried} tables were tried`)
  assert.equal(await attempt('delete from kernel.institution where institution_id = $1', [other.institution.id]), 0)
  assert.equal(await attempt(`update kernel.institution set name = 'taken' where institution_id = $1`, [other.institution.id]), 0)
  assert.equal(await attempt(`insert into kernel.institution (institution_id, code, name) values ($1, 'third', 'third')`, [newId()]), '42501')
})

test('the application cannot change the schema, turn the walls off, truncate, or step into the role of the owner', async () => {
  const [{ who } = { who: '' }] = await rows<{ who: string }>(owner, `select pg_get_userbyid(nspowner) as who from pg_namespace where nspname = 'kernel'`)
  for (const text of [
    'create table public.mine (n int)', 'create temp table mine (n int)', 'create schema mine', 'create function kernel.mine() returns int language sql return 1', 'alter table facts.fact disable row level security', 'drop policy institution on facts.fact',
    'alter table facts.fact no force row level security', 'truncate facts.fact', 'drop table facts.fact', 'create policy mine on facts.fact using (true)', 'alter role bulwark_app bypassrls', `grant ${who} to bulwark_app`, 'select * from kernel.migration', 'select pg_read_file(\'/etc/passwd\')', `copy facts.fact to program 'cat'`, 'select * from pg_authid',
    'create trigger mine before insert on facts.fact for each row execute function briefs.keep_signed()', 'call kernel.wall(\'facts.fact\')',
  ]) {
    await app.query('begin')
    await assert.rejects(app.query(text), (error: { code?: string }) => error.code === '42501', text)
    await app.query('rollback')
  }
})

// ── Pooled connections ───────────────────────────────────────────────────────────────────────────
test('a pooled connection carries nothing from one request to the next: 3,000 of two institutions over 2 connections, one in ten failing', async () => {
  const pooled: Connection = connect(scene.kernel.connection.url, { max: 2 })
  const both = [scene.institution.id, other.institution.id]
  let failed = 0
  let seen = 0
  try {
    const one = async (index: number) => {
      const mine = both[(index * 7 + (index >> 3)) % 2] as string
      try {
        await inInstitution(pooled.db, mine, index % 3 ? 'read' : 'write', async (tx) => {
          if (index % 20 === 0) throw new Error('injected before')
          const found = (await sql<{ id: string }>`select distinct institution_id as id from directory.person`.execute(tx)).rows.map((row) => row.id)
          assert.deepEqual(found, [mine])
          seen++
          if (index % 20 === 10) await sql`select 1 / 0`.execute(tx)
        })
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error
        failed++
      }
      // What is asked outside any transaction, on whatever connection comes, sees nothing.
      if (index % 5 === 0) assert.deepEqual((await sql`select 1 from directory.person limit 1`.execute(pooled.db)).rows, [])
    }
    for (let start = 0; start < 3000; start += 100) await Promise.all(Array.from({ length: 100 }, (_, offset) => one(start + offset)))
    assert.equal(failed, 300)
    assert.equal(seen, 2850)
  } finally {
    await pooled.close()
  }
})

test('a wiped drill leaves no row in any table', async () => {
  const { db } = other.kernel.connection
  const left = () =>
    inInstitution(db, other.institution.id, 'read', async (tx) => {
      const found: string[] = []
      for (const { name } of walled()) if (!/^facts\.fact_/.test(name) && (await sql.raw(`select 1 from ${name} limit 1`).execute(tx)).rows.length) found.push(name)
      return found
    })
  await inInstitution(db, other.institution.id, 'write', async (tx) => {
    const [i, s] = [other.institution.id, newId()]
    await sql`insert into facts.fact (institution_id, fact_id, subject_id, attribute, value, observed_at, recorded_at, source) values (${i}, ${newId()}, ${s}, 'whereabouts', '"510107"', now(), now(), 'answer')`.execute(tx)
    await sql`insert into facts.profile (institution_id, subject_id, attribute, value, observed_at, recorded_at, source, fact_id) values (${i}, ${s}, 'whereabouts', '"510107"', now(), now(), 'answer', ${newId()})`.execute(tx)
    await sql`insert into measures.standing (institution_id, measure_id, subject_id, state, since, next_state) values (${i}, ${newId()}, ${s}, 'kept', now(), 'kept')`.execute(tx)
  })
  const before = await left()
  assert.ok(['facts.fact', 'facts.profile', 'kernel.log', 'measures.standing'].every((name) => before.includes(name)), before.join(' '))
  await inInstitution(db, other.institution.id, 'write', (tx) => wipeDrill(tx, other.institution.id))
  assert.deepEqual(await left(), [])
})
