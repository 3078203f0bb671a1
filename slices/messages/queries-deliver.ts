/** SQL of what is told: to whom, by which way, when; taken up by one process at a time, and what became of it. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { Bilingual, Language } from '#kernel/words.ts'
import { usualQuiet, type Quiet, type Said } from './rules.ts'
import type { Service } from './rules/robots.ts'

// ── Saying ───────────────────────────────────────────────────────────────────────────────────────
export interface NewMessage extends Said {
  key: string
}
/** False where it was said before. */
export async function insertMessage(tx: Tx, institutionId: string, message: NewMessage, now: Date): Promise<boolean> {
  const done = await sql`insert into messages.message (institution_id, message_id, key, kind, urgent, title, line, path, tag, made_at)
    values (${institutionId}, ${message.messageId}, ${message.key}, ${message.kind}, ${message.urgent}, ${JSON.stringify(message.title)}, ${JSON.stringify(message.line)}, ${message.path}, ${message.tag}, ${now}) on conflict (institution_id, key) do nothing`.execute(tx)
  return Number(done.numAffectedRows) > 0
}
/** The different quiet hours that people have chosen; null: none. */
export async function quietChoices(tx: Tx, institutionId: string): Promise<(Quiet | null)[]> {
  const { rows } = await sql<{ from: number | null; to: number | null }>`select distinct quiet_from as from, quiet_to as to from messages.preference where institution_id = ${institutionId}`.execute(tx)
  return rows.map(({ from, to }) => (from === null || to === null ? null : { from, to }))
}

export interface Manner {
  messageId: string
  urgent: boolean
  drill: boolean
  /** The server can send mail. */
  mail: boolean
  /** When each choice of quiet hours ends, if it is quiet now. */
  quiet: { from: number; to: number; until: Date }[]
  now: Date
  tag: string
  /** Who was told with the same tag since then is spared. */
  spareSince: Date
}
/** One statement for whoever is meant, however many they are. */
async function insertFor(tx: Tx, institutionId: string, manner: Manner, people: RawBuilder<unknown>, pushOnly: boolean): Promise<number> {
  const done = await sql`insert into messages.delivery (institution_id, delivery_id, message_id, person_id, channel, state, due_at)
    select ${institutionId}, gen_random_uuid(), ${manner.messageId}, p.person_id, c.channel, case when c.channel = 'none' then 'none' when ${manner.drill} then 'drill' else 'waiting' end, coalesce(q.until, ${manner.now}::timestamptz)
    from (${people}) who join directory.person p on p.institution_id = ${institutionId} and p.person_id = who.person_id and p.left_at is null
    left join messages.preference f on f.institution_id = p.institution_id and f.person_id = p.person_id
    left join unnest(${manner.quiet.map((one) => one.from)}::int[], ${manner.quiet.map((one) => one.to)}::int[], ${manner.quiet.map((one) => one.until)}::timestamptz[]) as q(from_hour, to_hour, until)
      on not ${manner.urgent} and q.from_hour = case when f.person_id is null then ${usualQuiet.from} else f.quiet_from end and q.to_hour = case when f.person_id is null then ${usualQuiet.to} else f.quiet_to end
    cross join lateral (select case when coalesce(f.push, true) and exists (select from messages.device d where d.institution_id = p.institution_id and d.person_id = p.person_id) then 'push'
      when ${manner.mail} and coalesce(f.mail, true) and p.email like '%_@_%' then 'mail' else 'none' end as channel) c
    where (${manner.spareSince >= manner.now} or not exists (select from messages.delivery e join messages.message x on x.institution_id = e.institution_id and x.message_id = e.message_id
      where e.institution_id = p.institution_id and e.person_id = p.person_id and e.state <> 'failed' and x.tag = ${manner.tag} and x.made_at > ${manner.spareSince}::timestamptz)) and ${pushOnly ? sql`c.channel = 'push'` : sql`true`}
    on conflict do nothing`.execute(tx)
  return Number(done.numAffectedRows)
}
export const insertForPersons = (tx: Tx, institutionId: string, manner: Manner, personIds: readonly string[]): Promise<number> =>
  insertFor(tx, institutionId, manner, sql`select distinct t.id as person_id from unnest(${personIds}::uuid[]) as t(id)`, false)
/** Everybody who belongs to these units or below, on their devices only: a mail to tens of thousands is no message but a flood. */
export const insertForMembers = (tx: Tx, institutionId: string, manner: Manner, unitIds: readonly string[], except: string | null): Promise<number> =>
  insertFor(tx, institutionId, manner, sql`select distinct d.person_id from messages.device d
    where d.institution_id = ${institutionId} and d.person_id is distinct from ${except}::uuid and exists (select from directory.membership m join directory.ancestry a on a.institution_id = m.institution_id and a.unit_id = m.unit_id
      where m.institution_id = d.institution_id and m.person_id = d.person_id and a.ancestor_id = any(${unitIds}::uuid[]))`, true)
/** The groups of these very units that listen to this kind; a test goes to one. */
export async function insertForRobots(tx: Tx, institutionId: string, manner: Manner, which: { unitIds: readonly string[] | null; kind: string } | { robotId: string }): Promise<number> {
  const where = 'robotId' in which ? sql`r.robot_id = ${which.robotId}` : sql`r.active and (${which.unitIds === null} or r.unit_id = any(${which.unitIds ?? []}::uuid[])) and ${which.kind} = any(r.kinds)`
  const quiet = manner.quiet.find((one) => one.from === usualQuiet.from && one.to === usualQuiet.to)?.until
  const done = await sql`insert into messages.delivery (institution_id, delivery_id, message_id, robot_id, channel, state, due_at)
    select ${institutionId}, gen_random_uuid(), ${manner.messageId}, r.robot_id, 'robot', ${manner.drill ? 'drill' : 'waiting'}, ${manner.urgent || !quiet ? manner.now : quiet}::timestamptz from messages.robot r
    where r.institution_id = ${institutionId} and ${where} on conflict do nothing`.execute(tx)
  return Number(done.numAffectedRows)
}
export async function listeningAbove(tx: Tx, institutionId: string, unitIds: readonly string[], kind: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct r.unit_id as id from messages.robot r join directory.ancestry a on a.institution_id = r.institution_id and a.ancestor_id = r.unit_id
    where r.institution_id = ${institutionId} and r.active and ${kind} = any(r.kinds) and a.unit_id = any(${unitIds}::uuid[])`.execute(tx)
  return rows.map((row) => row.id)
}
export async function holdersOf(tx: Tx, institutionId: string, officeIds: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct person_id as id from directory.holding where institution_id = ${institutionId} and office_id = any(${officeIds}::uuid[]) and during @> ${now}::timestamptz`.execute(tx)
  return rows.map((row) => row.id)
}
/** Where a message waits, and from when on: so many jobs it wants. */
export async function waysOf(tx: Tx, institutionId: string, messageId: string): Promise<{ channel: 'push' | 'mail' | 'robot'; robotId: string | null; dueAt: string }[]> {
  return (
    await sql<{ channel: 'push' | 'mail' | 'robot'; robotId: string | null; dueAt: string }>`select distinct channel, robot_id as "robotId", due_at as "dueAt" from messages.delivery
    where institution_id = ${institutionId} and message_id = ${messageId} and state = 'waiting'`.execute(tx)
  ).rows
}

// ── Taking up ────────────────────────────────────────────────────────────────────────────────────
export interface Taken extends Said {
  deliveryId: string
  personId: string | null
  attempts: number
}
const taken = sql`d.delivery_id as "deliveryId", d.person_id as "personId", d.attempts, m.message_id as "messageId", m.title, m.line, m.path, m.tag, m.urgent, m.kind`
const free = (now: Date) => sql`d.state = 'waiting' and d.due_at <= ${now}::timestamptz and (d.held_until is null or d.held_until <= ${now}::timestamptz)`

async function hold(tx: Tx, institutionId: string, picked: RawBuilder<unknown>, until: Date): Promise<Taken[]> {
  return (
    await sql<Taken>`with picked as (${picked}), held as (update messages.delivery d set held_until = ${until}, attempts = d.attempts + 1 from picked where d.institution_id = ${institutionId} and d.delivery_id = picked.delivery_id returning d.delivery_id, d.person_id, d.attempts, d.message_id)
    select ${taken} from held d join messages.message m on m.institution_id = ${institutionId} and m.message_id = d.message_id order by m.made_at, m.message_id`.execute(tx)
  ).rows
}
export const takePushes = (tx: Tx, institutionId: string, most: number, until: Date, now: Date): Promise<Taken[]> =>
  hold(tx, institutionId, sql`select d.delivery_id from messages.delivery d where d.institution_id = ${institutionId} and d.channel = 'push' and ${free(now)} order by d.due_at, d.person_id limit ${most} for update skip locked`, until)
export const takeForRobot = (tx: Tx, institutionId: string, robotId: string, most: number, until: Date, now: Date): Promise<Taken[]> =>
  hold(tx, institutionId, sql`select d.delivery_id from messages.delivery d where d.institution_id = ${institutionId} and d.robot_id = ${robotId} and ${free(now)} order by d.due_at limit ${most} for update skip locked`, until)
/** All that waits for some people, of whom none had a mail within the hour, unless something of it is urgent. */
export const takeMails = (tx: Tx, institutionId: string, most: number, until: Date, now: Date, hourAgo: Date): Promise<Taken[]> =>
  hold(tx, institutionId, sql`select d.delivery_id from messages.delivery d where d.institution_id = ${institutionId} and d.channel = 'mail' and ${free(now)} and d.person_id in (
      select w.person_id from messages.delivery w join messages.message x using (institution_id, message_id) where w.institution_id = ${institutionId} and w.channel = 'mail' and w.state = 'waiting' and w.due_at <= ${now}::timestamptz and (w.held_until is null or w.held_until <= ${now}::timestamptz)
      group by 1 having bool_or(x.urgent) or not exists (select from messages.delivery e where e.institution_id = ${institutionId} and e.person_id = w.person_id and e.channel = 'mail' and e.state = 'sent' and e.done_at > ${hourAgo}::timestamptz)
      order by min(w.due_at) limit ${most}) for update skip locked`, until)
/** What came too soon after a mail waits until its hour is over. */
export async function putOffMails(tx: Tx, institutionId: string, now: Date, hourAgo: Date): Promise<void> {
  await sql`update messages.delivery d set due_at = late.at from (select e.person_id, max(e.done_at) + interval '1 hour' as at from messages.delivery e where e.institution_id = ${institutionId} and e.channel = 'mail' and e.state = 'sent' and e.done_at > ${hourAgo}::timestamptz group by 1) late,
      messages.message m
    where d.institution_id = ${institutionId} and d.channel = 'mail' and ${free(now)} and d.person_id = late.person_id and m.institution_id = d.institution_id and m.message_id = d.message_id and not m.urgent`.execute(tx)
}
export interface DeviceRow {
  deviceId: string
  personId: string
  endpoint: string
  publicKey: Buffer
  secret: Buffer
  language: Language
}
export async function devicesOfPersons(tx: Tx, institutionId: string, personIds: readonly string[]): Promise<DeviceRow[]> {
  return (
    await sql<DeviceRow>`select device_id as "deviceId", person_id as "personId", endpoint, public_key as "publicKey", secret, language from messages.device where institution_id = ${institutionId} and person_id = any(${personIds}::uuid[]) order by made_at`.execute(tx)
  ).rows
}
/** `usual`: what those are written in who never chose. */
export async function addressesOf(tx: Tx, institutionId: string, personIds: readonly string[], usual: Language): Promise<{ personId: string; email: string | null; language: Language }[]> {
  return (
    await sql<{ personId: string; email: string | null; language: Language }>`select p.person_id as "personId", case when coalesce(f.mail, true) then p.email end as email, coalesce(f.language, ${usual}) as language
    from directory.person p left join messages.preference f on f.institution_id = p.institution_id and f.person_id = p.person_id where p.institution_id = ${institutionId} and p.person_id = any(${personIds}::uuid[]) and p.left_at is null`.execute(tx)
  ).rows
}
export interface SealedRobot {
  service: Service
  address: Buffer
  secret: Buffer | null
  language: Language
  active: boolean
  nextAt: string
}
/** One process at a time speaks for a robot. */
export async function lockRobot(tx: Tx, institutionId: string, robotId: string): Promise<SealedRobot | undefined> {
  return (await sql<SealedRobot>`select service, address, secret, language, active, next_at as "nextAt" from messages.robot where institution_id = ${institutionId} and robot_id = ${robotId} for update`.execute(tx)).rows[0]
}
export async function setNext(tx: Tx, institutionId: string, robotId: string, at: Date): Promise<void> {
  await sql`update messages.robot set next_at = ${at} where institution_id = ${institutionId} and robot_id = ${robotId}`.execute(tx)
}
export async function noteRobot(tx: Tx, institutionId: string, robotId: string, note: { nextAt: Date; problem: Bilingual | null }, now: Date): Promise<void> {
  await sql`update messages.robot set next_at = ${note.nextAt}, problem = ${note.problem && JSON.stringify(note.problem)}::jsonb, problem_at = ${note.problem ? now : null}, told_at = case when ${note.problem === null} then ${now}::timestamptz else told_at end
    where institution_id = ${institutionId} and robot_id = ${robotId}`.execute(tx)
}

// ── What became of it ────────────────────────────────────────────────────────────────────────────
export async function markSent(tx: Tx, institutionId: string, deliveryIds: readonly string[], now: Date): Promise<void> {
  if (deliveryIds.length) await sql`update messages.delivery set state = 'sent', done_at = ${now}, held_until = null, problem = null where institution_id = ${institutionId} and delivery_id = any(${deliveryIds}::uuid[])`.execute(tx)
}
export async function markLater(tx: Tx, institutionId: string, all: readonly { deliveryId: string; at: Date; problem: Bilingual }[]): Promise<void> {
  if (all.length) {
    await sql`update messages.delivery d set due_at = l.at, held_until = null, problem = l.problem from unnest(${all.map((one) => one.deliveryId)}::uuid[], ${all.map((one) => one.at)}::timestamptz[], ${all.map((one) => JSON.stringify(one.problem))}::jsonb[]) as l(id, at, problem)
      where d.institution_id = ${institutionId} and d.delivery_id = l.id`.execute(tx)
  }
}
export async function markFailed(tx: Tx, institutionId: string, all: readonly { deliveryId: string; problem: Bilingual }[], now: Date): Promise<void> {
  if (all.length) {
    await sql`update messages.delivery d set state = 'failed', done_at = ${now}, held_until = null, problem = l.problem from unnest(${all.map((one) => one.deliveryId)}::uuid[], ${all.map((one) => JSON.stringify(one.problem))}::jsonb[]) as l(id, problem)
      where d.institution_id = ${institutionId} and d.delivery_id = l.id`.execute(tx)
  }
}
/** What no device took goes by mail, where that is wanted and possible; answers what does. */
export async function turnToMail(tx: Tx, institutionId: string, deliveryIds: readonly string[], now: Date): Promise<Set<string>> {
  if (!deliveryIds.length) return new Set()
  const { rows } = await sql<{ id: string }>`update messages.delivery d set channel = 'mail', attempts = 0, due_at = ${now}, held_until = null, problem = null from directory.person p left join messages.preference f on f.institution_id = p.institution_id and f.person_id = p.person_id
    where d.institution_id = ${institutionId} and d.delivery_id = any(${deliveryIds}::uuid[]) and p.institution_id = d.institution_id and p.person_id = d.person_id and p.left_at is null and p.email like '%_@_%' and coalesce(f.mail, true) returning d.delivery_id as id`.execute(tx)
  return new Set(rows.map((row) => row.id))
}
export async function forgetDevices(tx: Tx, institutionId: string, deviceIds: readonly string[]): Promise<void> {
  if (deviceIds.length) await sql`delete from messages.device where institution_id = ${institutionId} and device_id = any(${deviceIds}::uuid[])`.execute(tx)
}
export async function noteDevices(tx: Tx, institutionId: string, deviceIds: readonly string[], now: Date): Promise<void> {
  if (deviceIds.length) await sql`update messages.device set told_at = ${now} where institution_id = ${institutionId} and device_id = any(${deviceIds}::uuid[])`.execute(tx)
}
/** When the next of a way falls due; null: nothing waits. */
export async function nextDue(tx: Tx, institutionId: string, channel: 'push' | 'mail' | 'robot', robotId: string | null): Promise<Date | null> {
  const { rows } = await sql<{ at: string | null }>`select min(greatest(due_at, held_until)) as at from messages.delivery where institution_id = ${institutionId} and channel = ${channel} and state = 'waiting' and (${robotId}::uuid is null or robot_id = ${robotId})`.execute(tx)
  return rows[0]?.at ? new Date(rows[0].at) : null
}
export async function markOpened(tx: Tx, institutionId: string, personId: string, deliveryId: string, now: Date): Promise<boolean> {
  const done = await sql`update messages.delivery set opened_at = coalesce(opened_at, ${now}) where institution_id = ${institutionId} and delivery_id = ${deliveryId} and person_id = ${personId}`.execute(tx)
  return Number(done.numAffectedRows) > 0
}
/** Old messages go with who was told; answers whether any are left. */
export async function tidy(tx: Tx, institutionId: string, before: Date, most: number): Promise<boolean> {
  await sql`delete from messages.message where institution_id = ${institutionId} and message_id in (select message_id from messages.message where institution_id = ${institutionId} and made_at < ${before}::timestamptz limit ${most})`.execute(tx)
  return (await sql`select 1 from messages.message where institution_id = ${institutionId} limit 1`.execute(tx)).rows.length > 0
}
