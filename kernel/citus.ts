/**
 * The same schema over a Citus cluster, by institution. The plan is read off the catalogue of a migrated database, so it cannot fall behind the migrations;
 * what Citus could not keep is a problem, what it keeps only with care is a caution. Reading the plan needs no Citus.
 */
import type { Client } from 'pg'
import { Problem } from './problems.ts'

const column = 'institution_id'

/** Small tables that every node has whole. */
const reference: readonly string[] = ['kernel.institution']
/** Tables that stay on the coordinator, and why. */
const onCoordinator: Readonly<Record<string, string>> = {
  'kernel.migration': 'which migrations ran',
  'kernel.claim': 'the token of the first start',
  'kernel.job': 'claimed over all institutions with FOR UPDATE SKIP LOCKED, which Citus does only within one shard',
}
/** Triggers on distributed tables, thought through: they read and write rows of the same institution only, which lie on the same node. A new one is a problem until it stands here. */
const triggers: Readonly<Record<string, string>> = {
  keep_signed: 'looks at its own row only',
  tally: 'counts standings into measures.tally of the same institution',
  measures_tally: 'moves the counts of measures.tally with a person, within the institution',
  past_of: 'keeps the former row in a table of the same institution',
  look_after: 'says when the standing of the same subject is to be looked at, within the institution',
}

export interface Plan {
  reference: string[]
  distributed: string[]
  coordinator: string[]
  /** In order; safe to run again: what is distributed already is left out by `distribute`. */
  statements: { table: string | null; text: string }[]
  problems: string[]
  cautions: string[]
}

interface Table {
  oid: string
  name: string
  own: boolean
  partitioned: boolean
}
interface Key {
  table: string
  name: string
  definition: string
  kind: 'unique' | 'exclusion'
  holds: boolean
}
interface Foreign {
  table: string
  name: string
  definition: string
  target: string
  aligned: boolean
  onDelete: string
  nulls: string[]
}

const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'citus', 'columnar') and n.nspname not like 'pg\\_%' and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

/** What to run, and what would not work. */
export async function citusPlan(client: Client): Promise<Plan> {
  const rows = async <R extends object>(text: string) => (await client.query<R>(text)).rows
  const tables = await rows<Table>(`select c.oid::text as oid, n.nspname || '.' || c.relname as name, c.relkind = 'p' as partitioned,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = '${column}' and a.attnotnull) as own
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and ${ours} order by 2`)
  const kindOf = (name: string) => (reference.includes(name) ? 'reference' : name in onCoordinator ? 'coordinator' : 'distributed')
  const distributed = tables.filter((table) => kindOf(table.name) === 'distributed')
  const problems = distributed.filter((table) => !table.own).map((table) => `${table.name} has no column ${column} (not null) and is declared neither a reference table nor kept on the coordinator`)

  const keys = await rows<Key>(`select n.nspname || '.' || c.relname as table, i.relname as name, pg_get_indexdef(x.indexrelid) as definition, case when x.indisexclusion then 'exclusion' else 'unique' end as kind,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = '${column}' and a.attnum = any(x.indkey::int2[])
        and (not x.indisexclusion or exists (select from pg_constraint k join pg_operator o on o.oid = k.conexclop[array_position(k.conkey, a.attnum)] where k.conindid = x.indexrelid and o.oprname = '='))) as holds
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
    where (x.indisunique or x.indisexclusion) and c.relkind in ('r', 'p') and not c.relispartition and ${ours} order by 1, 2`)
  for (const key of keys) if (kindOf(key.table) === 'distributed' && !key.holds) problems.push(`${key.kind} ${key.name} on ${key.table} lacks ${column}${key.kind === 'exclusion' ? ' with =' : ''}`)

  const foreign = await rows<Foreign>(`select n.nspname || '.' || c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition, tn.nspname || '.' || t.relname as target, k.confdeltype as "onDelete",
      coalesce((select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum = any(coalesce(nullif(k.confdelsetcols, '{}'), k.conkey))), '{}') as nulls,
      exists (select from unnest(k.conkey, k.confkey) as pair(here, there) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there
        where a.attname = '${column}' and b.attname = '${column}') as aligned
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and not c.relispartition and ${ours} order by 1, 2`)
  const cautions: string[] = []
  for (const one of foreign) {
    const [from, to] = [kindOf(one.table), kindOf(one.target)]
    const words = `foreign key ${one.name} from ${one.table} (${from}) to ${one.target} (${to})`
    if (from === 'distributed' && to === 'distributed' && !one.aligned) problems.push(`${words} does not carry ${column}`)
    if (from === 'distributed' && to === 'coordinator') problems.push(`${words}: a distributed table refers only to distributed and reference tables`)
    if (from !== 'distributed' && to === 'distributed') problems.push(`${words}: only a distributed table refers to one`)
    if (from === 'reference' && to === 'coordinator') problems.push(`${words}: a reference table refers only to reference tables`)
    if (from === 'distributed' && (one.onDelete === 'n' || one.onDelete === 'd') && one.nulls.includes(column)) problems.push(`${words} would empty ${column} on delete`)
  }

  const found = await rows<{ table: string; name: string; call: string; statement: boolean }>(`select n.nspname || '.' || c.relname as table, t.tgname as name, t.tgfoid::regproc::text as call, t.tgtype & 1 = 0 as statement
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and not c.relispartition and ${ours} order by 1, 2`)
  for (const trigger of found) {
    if (kindOf(trigger.table) !== 'distributed') continue
    const known = Object.entries(triggers).find(([name]) => trigger.name === name || trigger.name.startsWith(`${name}_`))
    if (!known) problems.push(`trigger ${trigger.name} on ${trigger.table} is not thought through: it must keep to the rows of one institution (see kernel/citus.ts)`)
    else cautions.push(`trigger ${trigger.name} on ${trigger.table} calls ${trigger.call}${trigger.statement ? ' once a statement' : ''}: ${known[1]}; needs citus.enable_unsafe_triggers${trigger.statement ? ' and citus.allow_nested_distributed_execution' : ''}`)
  }
  const identities = await rows<{ table: string; name: string; type: string }>(`select n.nspname || '.' || c.relname as table, a.attname as name, format_type(a.atttypid, null) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where a.attidentity <> '' and c.relkind in ('r', 'p') and not c.relispartition and ${ours} order by 1`)
  for (const one of identities) if (kindOf(one.table) === 'distributed' && one.type !== 'bigint') problems.push(`identity ${one.name} of ${one.table} is ${one.type}: distributed tables take only bigint`)
  const nested = await rows<{ name: string }>(`select distinct p.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'p' and ${ours}`)
  for (const one of nested) problems.push(`${one.name} has partitions of partitions, which Citus does not distribute`)
  const walled = await rows<{ n: number }>(`select count(*)::int as n from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity and not c.relispartition and ${ours}`)
  if (walled[0]?.n) cautions.push(`${walled[0].n} tables have row-level security by app.institution: the workers learn it only through SET LOCAL with citus.propagate_set_commands = 'local' (set DATABASE_CITUS=1 for the servers)`)

  // A key to a table that is not distributed yet, or from one, stops Citus: all keys are taken off first and come back at the end.
  const named = (name: string) => name.split('.').map((part) => `"${part}"`).join('.')
  const first = distributed[0]?.name
  const statements: Plan['statements'] = [
    ...foreign.map((one) => ({ table: one.table, text: `alter table ${named(one.table)} drop constraint "${one.name}"` })),
    ...reference.map((name) => ({ table: name, text: `select create_reference_table('${name}')` })),
    ...distributed.map(({ name }) => ({ table: name, text: `select create_distributed_table('${name}', '${column}', colocate_with => '${name === first ? 'none' : first}')` })),
    ...foreign.map((one) => ({ table: one.table, text: `alter table ${named(one.table)} add constraint "${one.name}" ${one.definition}` })),
  ]
  return { reference: [...reference], distributed: distributed.map((table) => table.name), coordinator: Object.keys(onCoordinator), statements, problems, cautions }
}

/** Why this database cannot be distributed, or how it was. */
export async function distribute(client: Client, report: (line: string) => void = () => {}): Promise<number> {
  const extension = await client.query<{ version: string }>(`select extversion as version from pg_extension where extname = 'citus'`)
  if (!extension.rows[0]) throw new Problem(409, 'no-citus', '这个数据库没有 Citus：请在协调节点和每个工作节点执行 create extension citus，用 citus_add_node 加入工作节点后再试。', 'This database has no Citus: run "create extension citus" on the coordinator and on every worker, add the workers with citus_add_node, then try again.')
  if (Number.parseFloat(extension.rows[0].version) < 11.3) throw new Problem(409, 'old-citus', `Citus ${extension.rows[0].version} 太旧，需要 11.3 或更新（自增列）。`, `Citus ${extension.rows[0].version} is too old: the identity columns of this schema need 11.3.`)
  const plan = await citusPlan(client)
  if (plan.problems.length) throw new Problem(409, 'not-distributable', `数据库结构不能按单位分布：\n${plan.problems.join('\n')}`, `The schema cannot be distributed:\n${plan.problems.join('\n')}`)
  const done = new Set((await client.query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid join pg_namespace n on n.oid = c.relnamespace where p.partmethod = 'h' or p.repmodel = 't'`)).rows.map((row) => row.name))
  const missing = [...plan.reference, ...plan.distributed].filter((name) => !done.has(name))
  if (!missing.length) return 0
  await client.query('set citus.enable_unsafe_triggers to on')
  await client.query('begin')
  try {
    // Reference tables and distributed ones change in one transaction only one after the other.
    await client.query(`set local citus.multi_shard_modify_mode to 'sequential'`)
    // New tables join the group of those that are there.
    const anchor = plan.distributed.find((name) => done.has(name))
    for (const { table, text } of plan.statements) {
      if (table !== null && done.has(table)) continue
      await client.query(anchor ? text.replace(/colocate_with => '[^']*'/, `colocate_with => '${anchor}'`) : text)
      report(text)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
  return missing.length
}
