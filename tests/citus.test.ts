/** The schema can be distributed by institution: checked against the catalogue of a migrated database, without a cluster. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { citusPlan, distribute } from '#kernel/citus.ts'
import { Problem } from '#kernel/problems.ts'
import { freshDatabase, type FreshDatabase } from './postgres.ts'

let database: FreshDatabase
let client: Client
before(async () => {
  database = await freshDatabase()
  client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
})
after(async () => {
  await client?.end()
  await database?.drop()
})

test('every key of every distributed table carries the institution, and refers to nothing out of reach', async () => {
  const plan = await citusPlan(client)
  assert.deepEqual(plan.problems, [])
  assert.ok(plan.distributed.length > 40 && plan.distributed.includes('facts.fact') && plan.distributed.includes('measures.standing'), `${plan.distributed.length} tables`)
  assert.deepEqual(plan.reference, ['kernel.institution'])
})

test('every table has its place, and the statements stand in an order that works', async () => {
  const plan = await citusPlan(client)
  const all = (await client.query<{ name: string }>(`select table_schema || '.' || table_name as name from information_schema.tables t join pg_class c on c.oid = (quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass
    where table_type = 'BASE TABLE' and not c.relispartition and table_schema not in ('pg_catalog', 'information_schema')`)).rows.map((row) => row.name)
  assert.deepEqual([...plan.reference, ...plan.distributed, ...plan.coordinator].toSorted(), all.toSorted())
  const step = (text: string) => (text.includes('drop constraint') ? 0 : text.includes('create_reference_table') ? 1 : text.includes('create_distributed_table') ? 2 : 3)
  const steps = plan.statements.map(({ text }) => step(text))
  assert.deepEqual(steps, steps.toSorted(), 'keys off, reference tables, distributed ones, keys on')
  assert.equal(steps.filter((one) => one === 0).length, steps.filter((one) => one === 3).length)
  const groups = new Set(plan.statements.flatMap(({ text }) => /colocate_with => '([^']*)'/.exec(text)?.[1] ?? []))
  assert.deepEqual([...groups].toSorted(), [plan.distributed[0], 'none'].toSorted(), 'one group of places')
})

test('taking all keys off and putting them on again leaves the schema as it was', async () => {
  const constraints = async () => (await client.query(`select conrelid::regclass::text as table, conname, pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'f' and conparentid = 0 order by 1, 2`)).rows
  const plan = await citusPlan(client)
  const before = await constraints()
  for (const { text } of plan.statements) if (text.startsWith('alter table')) await client.query(text)
  assert.deepEqual(await constraints(), before)
})

test('what Citus could not keep is found', async () => {
  const wrong: [string, RegExp][] = [
    ['create table facts.stray (id int primary key)', /facts\.stray has no column institution_id/],
    ['create table facts.loose (institution_id uuid not null, id uuid primary key)', /loose_pkey on facts\.loose lacks institution_id/],
    ['create table facts.named (institution_id uuid not null, name text unique)', /named_name_key on facts\.named lacks institution_id/],
    ['create table facts.apart (institution_id uuid not null, id uuid not null, during tstzrange, primary key (institution_id, id), exclude using gist (institution_id with <>, id with =, during with &&))', /exclusion .* lacks institution_id with =/],
    ['create table facts.crossed (institution_id uuid not null, id uuid not null, other uuid not null, primary key (institution_id, id), foreign key (other, institution_id) references directory.person)', /crossed.* does not carry institution_id/],
    ['create table facts.emptied (institution_id uuid not null, id uuid not null, other uuid, primary key (institution_id, id), foreign key (institution_id, other) references directory.person on delete set null)', /would empty institution_id/],
    ['create table facts.worker (institution_id uuid not null, id uuid not null, job uuid not null, primary key (institution_id, id), foreign key (institution_id, job) references kernel.job)', /refers only to distributed and reference tables/],
    ['create table facts.short (institution_id uuid not null, id int generated always as identity, primary key (institution_id, id))', /identity id of facts\.short is integer/],
    ['create trigger anything after insert on facts.attribute for each row execute function briefs.keep_signed()', /trigger anything on facts\.attribute is not thought through/],
  ]
  for (const [text, problem] of wrong) {
    await client.query('begin')
    await client.query(text)
    const { problems } = await citusPlan(client)
    await client.query('rollback')
    assert.ok(problems.some((one) => problem.test(one)), `${text}: ${problems.join('; ')}`)
  }
})

test('without the extension it is said what is missing, and nothing changes', async () => {
  const problem = await distribute(client).then(() => null, (error: unknown) => error)
  assert.ok(problem instanceof Problem && problem.code === 'no-citus')
  assert.deepEqual((await citusPlan(client)).problems, [])
})
