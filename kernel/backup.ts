/**
 * Backup of the whole installation into one file, and back: for the embedded database, which comes without the tools of PostgreSQL, and for moving
 * from it to a server of one's own. The file is a tar of COPY texts behind gzip: one snapshot, whatever is written meanwhile.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { Client } from 'pg'
import { copyIn, copyOut } from './copy.ts'
import { Problem } from './problems.ts'
import { migrate, migrations } from './migrate.ts'

interface Table {
  name: string
  columns: string[]
}
interface Partition {
  name: string
  parent: string
  bound: string
}
interface Manifest {
  format: 1
  madeAt: string
  migrations: string[]
  /** In an order in which every key finds what it refers to. */
  tables: Table[]
  partitions: Partition[]
  sequences: { name: string; value: string }[]
  /** What functions say: a migration may have written a moment into one. */
  functions: Record<string, string>
}
/** The last entry: what each table held, to be compared. */
interface Totals {
  tables: Record<string, { rows: number; sha256: string }>
}

const ours = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%' and n.nspname || '.' || c.relname <> 'kernel.migration' and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`
const quoted = (name: string) => name.split('.').map((part) => `"${part}"`).join('.')

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Row-level security hides rows even from the owner of a table, unless it may bypass it. */
async function mustSeeAll(client: Client): Promise<void> {
  const { rows } = await client.query<{ yes: boolean }>('select rolsuper or rolbypassrls as yes from pg_roles where rolname = current_user')
  if (!rows[0]?.yes) throw new Problem(403, 'not-all-visible', '备份与恢复需要能绕过行级安全的角色（超级用户或 BYPASSRLS），请检查 DATABASE_OWNER_URL。', 'Backup and restore need a role that row-level security does not bind (a superuser or BYPASSRLS); see DATABASE_OWNER_URL.')
}

async function tablesOf(client: Client): Promise<Table[]> {
  const tables = (await client.query<Table>(`select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attnum) as columns from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition and ${ours} group by 1 order by 1`)).rows
  const keys = (await client.query<{ from: string; to: string }>(`select distinct n.nspname || '.' || c.relname as from, tn.nspname || '.' || t.relname as to from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and k.conrelid <> k.confrelid and ${ours}`)).rows
  const ordered: Table[] = []
  const placed = new Set<string>()
  while (ordered.length < tables.length) {
    const next = tables.filter((table) => !placed.has(table.name) && keys.every((key) => key.from !== table.name || placed.has(key.to)))
    if (!next.length) throw new Error(`Keys run in a circle among ${tables.filter((table) => !placed.has(table.name)).map((table) => table.name).join(', ')}`)
    for (const table of next) {
      ordered.push(table)
      placed.add(table.name)
    }
  }
  return ordered
}

async function functionsOf(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; text: string }>(`select c.oid::regprocedure::text as name, pg_get_functiondef(c.oid) as text from pg_proc c join pg_namespace n on n.oid = c.pronamespace where c.prokind in ('f', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname not like 'pg\\_%' order by 1`)
  return Object.fromEntries(rows.map((row) => [row.name, row.text]))
}

// ── tar ──────────────────────────────────────────────────────────────────────────────────────────
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(512)
  block.write(name, 0, 100)
  block.write('0000600\0', 100)
  block.write('0000000\0', 108)
  block.write('0000000\0', 116)
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  block.write('00000000000\0', 136)
  block.write('        ', 148)
  block.write('0', 156)
  block.write('ustar\u000000', 257)
  block.write(`${[...block].reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148)
  return block
}
const padding = (size: number) => Buffer.alloc((512 - (size % 512)) % 512)
const partSize = 8 * 1048576

/** Writes the installation to a file. The file appears under its name only when it is complete. */
export async function backup(ownerUrl: string, path: string, report: (table: string, done: number, of: number) => void = () => {}): Promise<{ tables: number; rows: number; bytes: number }> {
  const building = `${path}.part`
  const gzip = createGzip({ level: 6 })
  const file = createWriteStream(building, { mode: 0o600, flags: 'w' })
  const written = pipeline(gzip, file)
  written.catch(() => {})
  const put = async (chunk: Buffer) => {
    if (!gzip.write(chunk)) await Promise.race([new Promise((resolve) => gzip.once('drain', resolve)), written])
  }
  const entry = async (name: string, content: Buffer) => {
    await put(header(name, content.length))
    await put(content)
    await put(padding(content.length))
  }
  try {
    const result = await withClient(ownerUrl, async (client) => {
      await mustSeeAll(client)
      const { rows: schema } = await client.query<{ there: boolean }>(`select to_regclass('kernel.migration') is not null as there`)
      if (!schema[0]?.there) throw new Problem(409, 'nothing-yet', '这里还没有数据可备份。', 'There is nothing to back up here yet.')
      await client.query('begin isolation level repeatable read read only')
      const tables = await tablesOf(client)
      const partitions = (await client.query<Partition>(`select n.nspname || '.' || c.relname as name, pn.nspname || '.' || p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace where c.relkind = 'r' and c.relispartition and ${ours} order by 1`)).rows
      const sequences = (await client.query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${ours} order by 1`)).rows
      const values: Manifest['sequences'] = []
      for (const { name } of sequences) values.push({ name, value: (await client.query<{ value: string }>(`select case when is_called then last_value + 1 else last_value end::text as value from ${quoted(name)}`)).rows[0]?.value ?? '1' })
      const functions = await functionsOf(client)
      const ran = (await client.query<{ name: string }>('select name from kernel.migration order by name')).rows.map((row) => row.name)
      const manifest: Manifest = { format: 1, madeAt: new Date().toISOString(), migrations: ran, tables, partitions, sequences: values, functions }
      await entry('manifest.json', Buffer.from(JSON.stringify(manifest)))
      const totals: Totals = { tables: {} }
      let rows = 0
      for (const [index, table] of tables.entries()) {
        report(table.name, index, tables.length)
        // The size stands before the content: a table goes in parts of some megabytes.
        let parts: Buffer[] = []
        let held = 0
        let no = 0
        const hash = createHash('sha256')
        const flush = async () => {
          const content = Buffer.concat(parts)
          ;[parts, held] = [[], 0]
          await entry(`${table.name}/${String(no++).padStart(6, '0')}`, content)
        }
        const count = await copyOut(client, `copy (select ${table.columns.map((column) => `"${column}"`).join(', ')} from ${quoted(table.name)}) to stdout`, async (chunk) => {
          hash.update(chunk)
          parts.push(chunk)
          held += chunk.length
          if (held >= partSize) await flush()
        })
        if (held) await flush()
        totals.tables[table.name] = { rows: count, sha256: hash.digest('hex') }
        rows += count
      }
      await client.query('commit')
      await entry('totals.json', Buffer.from(JSON.stringify(totals)))
      return { tables: tables.length, rows }
    })
    await put(Buffer.alloc(1024))
    gzip.end()
    await written
    const handle = await open(building, 'r+')
    const { size } = await handle.stat()
    await handle.sync()
    await handle.close()
    await rename(building, path)
    return { ...result, bytes: size }
  } catch (error) {
    gzip.destroy()
    await written.catch(() => {})
    await rm(building, { force: true })
    if ((error as { code?: string }).code === 'ENOSPC') throw new Problem(507, 'disk-full', '磁盘已满，备份没有写成；原有文件没有改动。', 'The disk is full; no backup was written and nothing was changed.')
    throw error
  }
}

const broken = (why: string) => new Problem(422, 'broken-backup', `备份文件不完整或已损坏（${why}），没有恢复任何内容。`, `The backup is incomplete or damaged (${why}); nothing was restored.`)

interface Entry {
  name: string
  content: Buffer
}
async function* entriesOf(path: string): AsyncGenerator<Entry> {
  let held: Buffer = Buffer.alloc(0)
  let done = false
  const source = createReadStream(path)
  const chunks = source.pipe(createGunzip())
  source.on('error', (error) => chunks.destroy(error))
  const reader = chunks[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const take = async (size: number): Promise<Buffer> => {
    const parts = [held]
    let length = held.length
    while (length < size && !done) {
      const next = await reader.next().catch((error: unknown) => {
        if ((error as { code?: string }).code === 'ENOENT') throw new Problem(400, 'no-such-file', `找不到文件“${path}”。`, `There is no file "${path}".`)
        throw broken('gzip')
      })
      if (next.done) done = true
      else {
        parts.push(next.value)
        length += next.value.length
      }
    }
    const all = Buffer.concat(parts)
    if (all.length < size) throw broken('cut off')
    held = all.subarray(size)
    return all.subarray(0, size)
  }
  for (;;) {
    const block = await take(512)
    if (block.every((byte) => byte === 0)) return
    const size = Number.parseInt(block.toString('latin1', 124, 135), 8)
    if (!Number.isSafeInteger(size) || size > 64 * 1048576) throw broken('tar')
    const content = await take(size + padding(size).length)
    yield { name: block.toString('utf8', 0, 100).replace(/\0.*$/s, ''), content: content.subarray(0, size) }
  }
}

/** Brings a backup into an empty installation: all of it in one transaction, or nothing. Migrations newer than the backup run afterwards. */
export async function restore(ownerUrl: string, path: string, report: (table: string, done: number, of: number) => void = () => {}): Promise<{ tables: number; rows: number; madeAt: string }> {
  const entries = entriesOf(path)
  const first = await entries.next()
  if (first.done || first.value.name !== 'manifest.json') throw broken('manifest')
  const manifest = JSON.parse(first.value.content.toString()) as Manifest
  if (manifest.format !== 1) throw new Problem(422, 'newer-backup', '备份来自更新的版本，请先升级本程序。', 'The backup comes from a newer version; bring this program up to date first.')
  const known = new Set(migrations().map((migration) => migration.name))
  const unknown = manifest.migrations.filter((name) => !known.has(name))
  if (unknown.length) throw new Problem(422, 'newer-backup', `备份来自更新的版本（${unknown.join('、')}），请先升级本程序。`, `The backup comes from a newer version (${unknown.join(', ')}); bring this program up to date first.`)
  await migrate(ownerUrl, () => {}, { only: new Set(manifest.migrations) })
  const result = await withClient(ownerUrl, async (client) => {
    await mustSeeAll(client)
    const { rows: there } = await client.query<{ n: number }>('select count(*)::int as n from kernel.institution')
    if (there[0]?.n) throw new Problem(409, 'not-empty', '目标里已有单位，恢复只进入空的安装。请换一个空的 BULWARK_DATA 或数据库。', 'There are institutions here already; a restore goes into an empty installation only. Choose another BULWARK_DATA or database.')
    await client.query('begin')
    try {
      // What triggers would count is in the backup.
      await client.query(`set local session_replication_role = 'replica'`)
      const parents = [...new Set(manifest.partitions.map((partition) => partition.parent))]
      for (const partition of manifest.partitions) await ensurePartition(client, partition)
      await client.query(`truncate ${manifest.tables.map((table) => quoted(table.name)).join(', ')}`)
      const totals = await fill(client, manifest, entries, report)
      const functions = await functionsOf(client)
      for (const [name, text] of Object.entries(manifest.functions)) if (functions[name] !== undefined && functions[name] !== text) await client.query(text)
      for (const { name, value } of manifest.sequences) await client.query('select setval($1::regclass, $2::bigint, false)', [quoted(name), value])
      await client.query('commit')
      await client.query(`analyze ${[...manifest.tables.map((table) => table.name), ...parents].map(quoted).join(', ')}`)
      return { tables: manifest.tables.length, rows: totals, madeAt: manifest.madeAt }
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    }
  })
  await migrate(ownerUrl)
  return result
}

async function ensurePartition(client: Client, { name, parent, bound }: Partition): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [quoted(name)])
  if (rows[0]?.there) return
  await client.query(`create table ${quoted(name)} partition of ${quoted(parent)} ${bound}`)
  await client.query(`call kernel.wall($1::regclass, 'select')`, [quoted(name)])
  await client.query(`revoke all on ${quoted(name)} from bulwark_app`)
}

/** Tables in the order of the file, each compared with what the backup says it held. */
async function fill(client: Client, manifest: Manifest, entries: AsyncGenerator<Entry>, report: (table: string, done: number, of: number) => void): Promise<number> {
  const got: Totals = { tables: {} }
  let next = await entries.next()
  let rows = 0
  for (const [index, table] of manifest.tables.entries()) {
    report(table.name, index, manifest.tables.length)
    const hash = createHash('sha256')
    async function* parts(): AsyncGenerator<Buffer> {
      while (!next.done && next.value.name.startsWith(`${table.name}/`)) {
        hash.update(next.value.content)
        yield next.value.content
        next = await entries.next()
      }
    }
    const count = await copyIn(client, `copy ${quoted(table.name)} (${table.columns.map((column) => `"${column}"`).join(', ')}) from stdin`, parts())
    got.tables[table.name] = { rows: count, sha256: hash.digest('hex') }
    rows += count
  }
  if (next.done || next.value.name !== 'totals.json') throw broken('totals')
  const said = JSON.parse(next.value.content.toString()) as Totals
  for (const [name, { rows: count, sha256 }] of Object.entries(said.tables)) if (got.tables[name]?.rows !== count || got.tables[name]?.sha256 !== sha256) throw broken(name)
  return rows
}
