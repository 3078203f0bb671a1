/** Migrations: one numbered line of SQL files, each run once by the owner. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { cannotRun } from './problems.ts'

const root = join(import.meta.dirname, '..')

export interface Migration {
  name: string
  text: string
  sha: string
}

export function migrations(): Migration[] {
  const folder = join(root, 'db/migrations')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { name, text, sha: createHash('sha256').update(text).digest('hex') }
    })
}

/**
 * Brings the schema up to date, then runs every schema's `upkeep()`. Safe to run twice and from two processes at once (advisory lock).
 * @throws when a migration that has run was changed afterwards, or is not known here.
 */
export async function migrate(ownerUrl: string, report: (line: string) => void = () => {}, options: { /** No others: to bring in a backup that was made before them. */ only?: ReadonlySet<string> } = {}): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  let applied = 0
  try {
    await client.query('select pg_advisory_lock(77120260101)')
    await client.query('create schema if not exists kernel')
    await client.query('create table if not exists kernel.migration (name text primary key, sha text not null, at timestamptz not null default now())')
    const done = new Map((await client.query<{ name: string; sha: string }>('select name, sha from kernel.migration')).rows.map((row) => [row.name, row.sha]))
    const known = migrations()
    const newer = [...done.keys()].filter((name) => !known.some((one) => one.name === name))
    if (newer.length) throw cannotRun(`数据库是更新版本的堡垒升级过的（${newer.join('、')}），这个版本不认识。请使用那个版本，或把升级前的备份恢复到新目录；数据没有改动。`, `The database was brought up to date by a newer Bulwark (${newer.join(', ')}) than this one. Start that version, or restore the backup from before the update into a new folder; nothing was touched.`)
    for (const migration of known) {
      if (options.only && !options.only.has(migration.name)) continue
      const sha = done.get(migration.name)
      if (sha === migration.sha) continue
      if (sha !== undefined) throw cannotRun(`数据库结构文件 ${migration.name} 在执行之后被改过。请恢复原样，改动另写新文件。`, `Migration ${migration.name} was changed after it ran; add a new one instead.`)
      await client.query('begin')
      await client.query(migration.text)
      await client.query('insert into kernel.migration (name, sha) values ($1, $2)', [migration.name, migration.sha])
      await client.query('commit')
      report(migration.name)
      applied++
    }
    for (const { upkeep } of (await client.query<{ upkeep: string }>(`select p.oid::regproc::text as upkeep from pg_proc p where p.proname = 'upkeep' and pg_get_userbyid(p.proowner) = current_user`)).rows) await client.query(`select ${upkeep}()`)
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    await client.end()
  }
  return applied
}
