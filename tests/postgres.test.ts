import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
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
