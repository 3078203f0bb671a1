import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { migrate } from '#kernel/migrate.ts'
import { Problem } from '#kernel/problems.ts'
import { freshDatabase } from './postgres.ts'

async function ask(address: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: address })
  await client.connect()
  try {
    return (await client.query(text)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

test('every caller gets a migrated database of its own, and the application is not its owner', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()])
  try {
    assert.notEqual(one.ownerUrl, two.ownerUrl)
    await ask(one.ownerUrl, 'create table public.only_here (n int)')
    assert.deepEqual(await ask(two.ownerUrl, `select to_regclass('public.only_here') as there`), [{ there: null }])
    const applied = await ask(two.ownerUrl, 'select count(*)::int as n from kernel.migration')
    assert.ok(Number(applied[0]?.n) > 0)
    assert.deepEqual(await ask(one.appUrl, 'select current_user as role'), [{ role: 'bulwark_app' }])
    await assert.rejects(ask(one.appUrl, 'create table public.mine (n int)'), /permission denied/)
  } finally {
    await Promise.all([one.drop(), two.drop()])
  }
  await assert.rejects(ask(one.ownerUrl, 'select 1'), /does not exist/)
})

test('a program refuses the database of a newer one, in both languages, and touches nothing', async () => {
  const database = await freshDatabase()
  try {
    await ask(database.ownerUrl, `insert into kernel.migration (name, sha) values ('9999_of_tomorrow.sql', 'x')`)
    await assert.rejects(migrate(database.ownerUrl), (problem: Problem) => problem instanceof Problem && /9999_of_tomorrow/.test(problem.zh) && /更新版本/.test(problem.zh) && /newer Bulwark/.test(problem.en))
    await ask(database.ownerUrl, `delete from kernel.migration where name like '9999%'`)
    assert.equal(await migrate(database.ownerUrl), 0)
  } finally {
    await database.drop()
  }
})
