/** SQL of channels: keys, devices, preferences, robots, and the figures of what was sent. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { Bilingual, Language } from '#kernel/words.ts'
import type { Service } from './rules/robots.ts'

// ── The key of the institution ───────────────────────────────────────────────────────────────────
export async function findPushKey(tx: Tx, institutionId: string): Promise<{ publicKey: string; privateKey: Buffer } | undefined> {
  return (await sql<{ publicKey: string; privateKey: Buffer }>`select public_key as "publicKey", private_key as "privateKey" from messages.push_key where institution_id = ${institutionId}`.execute(tx)).rows[0]
}
export async function insertPushKey(tx: Tx, institutionId: string, key: { publicKey: string; privateKey: Uint8Array }, now: Date): Promise<void> {
  await sql`insert into messages.push_key (institution_id, public_key, private_key, made_at) values (${institutionId}, ${key.publicKey}, ${Buffer.from(key.privateKey)}, ${now}) on conflict do nothing`.execute(tx)
}
/** With a new key every browser has to connect anew. */
export async function dropPushKey(tx: Tx, institutionId: string): Promise<void> {
  await sql`delete from messages.device where institution_id = ${institutionId}`.execute(tx)
  await sql`delete from messages.push_key where institution_id = ${institutionId}`.execute(tx)
}

// ── Devices ──────────────────────────────────────────────────────────────────────────────────────
export interface NewDevice {
  deviceId: string
  personId: string
  sessionId: string
  endpoint: string
  publicKey: Uint8Array
  secret: Uint8Array
  name: string
  language: Language
}
/** A browser that was another person's is this person's from now on. */
export async function upsertDevice(tx: Tx, institutionId: string, device: NewDevice, now: Date): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into messages.device (institution_id, device_id, person_id, session_id, endpoint, public_key, secret, name, language, made_at)
    values (${institutionId}, ${device.deviceId}, ${device.personId}, ${device.sessionId}, ${device.endpoint}, ${Buffer.from(device.publicKey)}, ${Buffer.from(device.secret)}, ${device.name}, ${device.language}, ${now})
    on conflict (institution_id, endpoint) do update set person_id = excluded.person_id, session_id = excluded.session_id, public_key = excluded.public_key, secret = excluded.secret, name = excluded.name, language = excluded.language
    returning device_id as id`.execute(tx)
  return rows[0]?.id ?? device.deviceId
}
export async function devicesOf(tx: Tx, institutionId: string, personId: string, sessionId: string | null): Promise<{ deviceId: string; name: string; madeAt: string; toldAt: string | null; here: boolean }[]> {
  return (
    await sql<{ deviceId: string; name: string; madeAt: string; toldAt: string | null; here: boolean }>`select device_id as "deviceId", name, made_at as "madeAt", told_at as "toldAt", coalesce(session_id = ${sessionId}::uuid, false) as here
    from messages.device where institution_id = ${institutionId} and person_id = ${personId} order by made_at`.execute(tx)
  ).rows
}
export async function deleteDevice(tx: Tx, institutionId: string, personId: string, deviceId: string): Promise<boolean> {
  const done = await sql`delete from messages.device where institution_id = ${institutionId} and person_id = ${personId} and device_id = ${deviceId}`.execute(tx)
  return Number(done.numAffectedRows) > 0
}
/** Of many devices of one person the oldest go. */
export async function keepDevices(tx: Tx, institutionId: string, personId: string, most: number): Promise<void> {
  await sql`delete from messages.device d where institution_id = ${institutionId} and person_id = ${personId} and device_id not in (
    select device_id from messages.device where institution_id = ${institutionId} and person_id = ${personId} order by made_at desc, device_id desc limit ${most})`.execute(tx)
}

// ── Preferences ──────────────────────────────────────────────────────────────────────────────────
export interface PreferenceRow {
  push: boolean
  mail: boolean
  quietFrom: number | null
  quietTo: number | null
  language: Language
}
export async function findPreference(tx: Tx, institutionId: string, personId: string): Promise<PreferenceRow | undefined> {
  return (await sql<PreferenceRow>`select push, mail, quiet_from as "quietFrom", quiet_to as "quietTo", language from messages.preference where institution_id = ${institutionId} and person_id = ${personId}`.execute(tx)).rows[0]
}
export async function upsertPreference(tx: Tx, institutionId: string, personId: string, row: PreferenceRow): Promise<void> {
  await sql`insert into messages.preference (institution_id, person_id, push, mail, quiet_from, quiet_to, language) values (${institutionId}, ${personId}, ${row.push}, ${row.mail}, ${row.quietFrom}, ${row.quietTo}, ${row.language})
    on conflict (institution_id, person_id) do update set push = excluded.push, mail = excluded.mail, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, language = excluded.language`.execute(tx)
}
export async function mailAddressOf(tx: Tx, institutionId: string, personId: string): Promise<string | null> {
  return (await sql<{ email: string | null }>`select email from directory.person where institution_id = ${institutionId} and person_id = ${personId}`.execute(tx)).rows[0]?.email ?? null
}

export interface ToldRow {
  deliveryId: string
  title: Bilingual
  line: Bilingual
  path: string
  channel: 'push' | 'mail' | 'none'
  state: 'waiting' | 'sent' | 'failed' | 'none' | 'drill'
  madeAt: string
  doneAt: string | null
  openedAt: string | null
}
/** What somebody was told, the latest first. */
export async function messagesOf(tx: Tx, institutionId: string, personId: string, most: number): Promise<ToldRow[]> {
  return (
    await sql<ToldRow>`select d.delivery_id as "deliveryId", m.title, m.line, m.path, d.channel, d.state, m.made_at as "madeAt", d.done_at as "doneAt", d.opened_at as "openedAt"
    from messages.delivery d join messages.message m using (institution_id, message_id)
    where d.institution_id = ${institutionId} and d.person_id = ${personId} order by m.made_at desc, d.delivery_id limit ${most}`.execute(tx)
  ).rows
}

// ── Robots ───────────────────────────────────────────────────────────────────────────────────────
export interface RobotRow {
  robotId: string
  unit: { unitId: string; tree: 'admin' | 'party' | 'residence'; kind: string; name: string; parentId: string | null }
  service: Service
  name: string
  ending: string
  signed: boolean
  kinds: ('duty' | 'overdue' | 'task' | 'level')[]
  language: Language
  active: boolean
  madeAt: string
  toldAt: string | null
  problem: Bilingual | null
  problemAt: string | null
  waiting: number
}
/** Robots of units at or below these; null: all. */
export async function listRobots(tx: Tx, institutionId: string, scope: readonly string[] | null, robotId: string | null = null): Promise<RobotRow[]> {
  return (
    await sql<RobotRow>`select r.robot_id as "robotId", jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) as unit, r.service, r.name, r.ending, r.secret is not null as signed, r.kinds, r.language, r.active,
      r.made_at as "madeAt", r.told_at as "toldAt", r.problem, r.problem_at as "problemAt", (select count(*) from messages.delivery d where d.institution_id = r.institution_id and d.robot_id = r.robot_id and d.state = 'waiting') as waiting
    from messages.robot r join directory.unit u using (institution_id, unit_id)
    where r.institution_id = ${institutionId} and (${robotId}::uuid is null or r.robot_id = ${robotId})
      and (${scope === null} or exists (select from directory.ancestry a where a.institution_id = r.institution_id and a.unit_id = r.unit_id and a.ancestor_id = any(${scope ?? []}::uuid[])))
    order by nlevel(u.path), u.name collate "zh-x-icu", r.made_at limit 500`.execute(tx)
  ).rows
}
export async function countRobots(tx: Tx, institutionId: string, unitId: string): Promise<number> {
  return (await sql<{ n: number }>`select count(*) as n from messages.robot where institution_id = ${institutionId} and unit_id = ${unitId}`.execute(tx)).rows[0]?.n ?? 0
}
export interface NewRobot {
  robotId: string
  unitId: string
  service: Service
  name: string
  address: Uint8Array
  ending: string
  secret: Uint8Array | null
  kinds: readonly string[]
  language: Language
  madeBy: string | null
}
export async function insertRobot(tx: Tx, institutionId: string, robot: NewRobot, now: Date): Promise<void> {
  await sql`insert into messages.robot (institution_id, robot_id, unit_id, service, name, address, ending, secret, kinds, language, active, made_at, made_by, next_at)
    values (${institutionId}, ${robot.robotId}, ${robot.unitId}, ${robot.service}, ${robot.name}, ${Buffer.from(robot.address)}, ${robot.ending}, ${robot.secret && Buffer.from(robot.secret)}, ${[...robot.kinds]}::text[], ${robot.language}, true, ${now}, ${robot.madeBy}, ${now})`.execute(tx)
}
export async function updateRobot(tx: Tx, institutionId: string, robot: { robotId: string; name: string; kinds: readonly string[]; language: Language; active: boolean }): Promise<void> {
  await sql`update messages.robot set name = ${robot.name}, kinds = ${[...robot.kinds]}::text[], language = ${robot.language}, active = ${robot.active} where institution_id = ${institutionId} and robot_id = ${robot.robotId}`.execute(tx)
}
export async function setRobotAddress(tx: Tx, institutionId: string, robotId: string, to: { service: Service; address: Uint8Array; ending: string }, now: Date): Promise<void> {
  await sql`update messages.robot set service = ${to.service}, address = ${Buffer.from(to.address)}, ending = ${to.ending}, next_at = ${now}, problem = null, problem_at = null where institution_id = ${institutionId} and robot_id = ${robotId}`.execute(tx)
}
export async function setRobotSecret(tx: Tx, institutionId: string, robotId: string, secret: Uint8Array | null): Promise<void> {
  await sql`update messages.robot set secret = ${secret && Buffer.from(secret)} where institution_id = ${institutionId} and robot_id = ${robotId}`.execute(tx)
}
export async function deleteRobot(tx: Tx, institutionId: string, robotId: string): Promise<void> {
  await sql`delete from messages.robot where institution_id = ${institutionId} and robot_id = ${robotId}`.execute(tx)
}
export async function unitsOfRobots(tx: Tx, institutionId: string, robotIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; unit: string }>`select robot_id as id, unit_id as unit from messages.robot where institution_id = ${institutionId} and robot_id = any(${robotIds}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.unit]))
}

// ── Figures ──────────────────────────────────────────────────────────────────────────────────────
export async function countDevices(tx: Tx, institutionId: string): Promise<{ devices: number; people: number }> {
  return (await sql<{ devices: number; people: number }>`select count(*) as devices, count(distinct person_id) as people from messages.device where institution_id = ${institutionId}`.execute(tx)).rows[0] ?? { devices: 0, people: 0 }
}
export interface FiguresRow {
  messageId: string
  kind: string
  title: Bilingual
  line: Bilingual
  urgent: boolean
  madeAt: string
  told: number
  sent: number
  opened: number
  failed: number
  waiting: number
  none: number
  drill: number
}
export async function recentMessages(tx: Tx, institutionId: string, most: number): Promise<FiguresRow[]> {
  return (
    await sql<FiguresRow>`select m.message_id as "messageId", m.kind, m.title, m.line, m.urgent, m.made_at as "madeAt", d.* from (select * from messages.message where institution_id = ${institutionId} order by made_at desc, message_id limit ${most}) m
    cross join lateral (select count(*) as told, count(*) filter (where state = 'sent') as sent, count(opened_at) as opened, count(*) filter (where state = 'failed') as failed, count(*) filter (where state = 'waiting') as waiting,
      count(*) filter (where state = 'none') as none, count(*) filter (where state = 'drill') as drill from messages.delivery d where d.institution_id = ${institutionId} and d.message_id = m.message_id) d
    order by m.made_at desc, m.message_id`.execute(tx)
  ).rows
}
export async function recentFailures(tx: Tx, institutionId: string, since: Date, most: number): Promise<{ channel: 'push' | 'mail' | 'robot'; problem: Bilingual; times: number; lastAt: string }[]> {
  return (
    await sql<{ channel: 'push' | 'mail' | 'robot'; problem: Bilingual; times: number; lastAt: string }>`select channel, problem, count(*) as times, max(done_at) as "lastAt" from messages.delivery
    where institution_id = ${institutionId} and state = 'failed' and done_at > ${since}::timestamptz and problem is not null and channel <> 'none' group by 1, 2 order by max(done_at) desc limit ${most}`.execute(tx)
  ).rows
}
