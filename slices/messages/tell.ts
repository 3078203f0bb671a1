/** The one way for a slice to tell somebody that something waits for them. */
import { newId } from '#kernel/ids.ts'
import { mailSettings } from '#kernel/mail.ts'
import type { Context } from '#kernel/server.ts'
import type { Bilingual } from '#kernel/words.ts'
import { ownersOfUnits } from '#slices/directory/server.ts'
import * as d from './queries-deliver.ts'
import { cut, quietUntil, usualQuiet, type Kind } from './rules.ts'

export interface Telling {
  /** Said once, however often it is tried: what it is about, and which time. */
  key: string
  kind: Kind
  /** What happened, in a few words. No names of people, nothing about anybody's health: this travels through strangers. */
  title: Bilingual
  /** Where or by when, in a few words. */
  line: Bilingual
  /** The page that shows it, on the phone: `/m/…`. */
  path: string
  /** Urgent: at any hour, and by itself. Otherwise it keeps to quiet hours and may go together with others. */
  urgent?: boolean
  /** A later message with the same tag takes the place of one not seen yet; the key where absent. */
  tag?: string
  personIds?: readonly string[]
  /** Whoever holds these offices now. */
  officeIds?: readonly string[]
  /** Whoever answers for these units now, and the units' working groups. */
  unitIds?: readonly string[]
  /** Only the working groups of these units, or all there are. */
  groupsOf?: readonly string[] | 'all'
  /** Everybody who belongs to these units or below, on their devices only. */
  within?: readonly string[]
  /** Who was told something with the same tag so few minutes ago is not told again. */
  spareMinutes?: number
  /** One robot, for a test. */
  robotId?: string
}

export interface Told {
  messageId: string
  /** People who will hear of it by some way or have none; groups. */
  people: number
  groups: number
}

const mostTitle = 80
const mostLine = 160
const keepDays = 90

/**
 * Writes who is to be told, in the caller's transaction; sending comes after it. Null where it was said before. Nobody is told what they did themselves.
 * An exercise writes whom it would have told, and tells nobody.
 */
export async function tell(ctx: Context, telling: Telling): Promise<Told | null> {
  const { tx, institution, now } = ctx
  const short = ({ zh, en }: Bilingual, most: number) => ({ zh: cut(zh, most), en: cut(en, most * 2) })
  const message = {
    messageId: newId(), key: telling.key.slice(0, 200), kind: telling.kind, urgent: telling.urgent ?? false, title: short(telling.title, mostTitle), line: short(telling.line, mostLine), path: telling.path, tag: (telling.tag ?? telling.key).slice(0, 100),
  }
  if (!(await d.insertMessage(tx, institution.id, message, now))) return null
  const choices = message.urgent ? [] : [usualQuiet, ...(await d.quietChoices(tx, institution.id)).filter((one) => one !== null && (one.from !== usualQuiet.from || one.to !== usualQuiet.to))]
  const quiet = choices.flatMap((one) => (one ? [{ ...one, until: quietUntil(now, institution.timeZone, one) }] : []))
  const manner: d.Manner = { messageId: message.messageId, urgent: message.urgent, drill: institution.drill, mail: mailSettings() !== null, quiet, now, tag: message.tag, spareSince: new Date(now.getTime() - (telling.spareMinutes ?? 0) * 60_000) }
  const answering = telling.unitIds?.length ? [...(await ownersOfUnits(tx, institution.id, [...telling.unitIds], now)).values()].map((owner) => owner.person.personId) : []
  const held = telling.officeIds?.length ? await d.holdersOf(tx, institution.id, telling.officeIds, now) : []
  const mine = telling.kind === 'test' ? null : ctx.actor.personId
  const persons = [...new Set([...(telling.personIds ?? []), ...answering, ...held])].filter((id) => id !== mine)
  let people = persons.length ? await d.insertForPersons(tx, institution.id, manner, persons) : 0
  if (telling.within?.length) people += await d.insertForMembers(tx, institution.id, manner, telling.within, mine)
  const groupsOf = telling.groupsOf === 'all' ? null : [...(telling.unitIds ?? []), ...(telling.groupsOf ?? [])]
  let groups = groupsOf?.length !== 0 ? await d.insertForRobots(tx, institution.id, manner, { unitIds: groupsOf, kind: telling.kind }) : 0
  if (telling.robotId) groups += await d.insertForRobots(tx, institution.id, manner, { robotId: telling.robotId })
  for (const way of await d.waysOf(tx, institution.id, message.messageId)) {
    const at = new Date(way.dueAt)
    // What goes now has a job of its own, so that none that is just ending is waited for in vain; what goes after the night shares one.
    const later = at.getTime() > now.getTime() + 60_000
    ctx.enqueue({ kind: `messages.${way.channel}`, payload: way.robotId ? { robotId: way.robotId } : {}, ...(later ? { at, key: `${way.robotId ?? ''} ${way.dueAt}` } : {}) })
  }
  ctx.enqueue({ kind: 'messages.tidy', key: 'tidy', at: new Date(now.getTime() + 86_400_000) })
  ctx.ping('messages')
  return { messageId: message.messageId, people, groups }
}

/** The units at or above these whose working groups listen to this kind: for what is counted before it is told. */
export const groupsAbove = (ctx: Context, unitIds: readonly string[], kind: Kind): Promise<string[]> => d.listeningAbove(ctx.tx, ctx.institution.id, unitIds, kind)

/** When what was told is forgotten. */
export const forgottenBefore = (now: Date): Date => new Date(now.getTime() - keepDays * 86_400_000)
