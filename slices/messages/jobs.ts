/** What is told leaves the house here: taken up in one transaction, sent in none, recorded in another. What fails is tried again, and at last said in words. */
import { deliver, mailSettings, type MailFailure } from '#kernel/mail.ts'
import { unseal } from '#kernel/seal.ts'
import { job, outsideJob, type Context, type JobHandler } from '#kernel/server.ts'
import type { Bilingual, Language } from '#kernel/words.ts'
import { inTurns } from './outside.ts'
import { sendPush, signer, type PushKey } from './push.ts'
import { findPushKey } from './queries.ts'
import * as d from './queries-deliver.ts'
import { sendToRobot } from './robots.ts'
import { gather, latest, mostAttempts, waitSeconds, type Envelope } from './rules.ts'
import { pushManner, pushVerdict, type Verdict } from './rules/push.ts'
import { gapMs, robotVerdict, services, type RobotVerdict, type Service } from './rules/robots.ts'
import { placeOfAddress, placeOfKey, placeOfSecret, publicAddress, pushContact } from './settings.ts'
import { forgottenBefore } from './tell.ts'
import { groupText, inWords, letterText } from './words.ts'

const mostPushes = 400
const pushesAtOnce = 32
const mostLetters = 40
const lettersAtOnce = 4
const mostInGroup = 60
/** Longer than anything of one turn can take; then another process may take it up. */
const holdMs = 240_000

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

/** The next turn, where something still waits: also when this one came a moment too early for it. */
async function goOn(ctx: Context, channel: 'push' | 'mail' | 'robot', robotId: string | null, notBefore: Date): Promise<void> {
  const next = await d.nextDue(ctx.tx, ctx.institution.id, channel, robotId)
  if (!next) return
  const at = next > notBefore ? next : notBefore
  // Several turns that find the same ask for it once.
  ctx.enqueue({ kind: `messages.${channel}`, payload: robotId ? { robotId } : {}, at, key: `${robotId ?? ''} ${at.toISOString()}` })
}

interface Failed {
  one: d.Taken
  problem: Bilingual
  /** Another try may help; not before so many seconds where that was asked for. */
  seconds: number | null | 'never'
}
/** Sorts what failed into what is tried again and what is not. */
function sortFailed(failed: readonly Failed[], now: Date, mostUrgent = mostAttempts) {
  const again = failed.filter(({ one, seconds }) => seconds !== 'never' && one.attempts < (one.urgent ? mostUrgent : mostAttempts))
  return {
    later: again.map(({ one, problem, seconds }) => ({ deliveryId: one.deliveryId, problem, at: after(now, waitSeconds(one.attempts, seconds === 'never' ? null : seconds) * 1000) })),
    over: failed.filter((one) => !again.includes(one)).map(({ one, problem }) => ({ deliveryId: one.deliveryId, problem })),
  }
}

// ── Push ─────────────────────────────────────────────────────────────────────────────────────────
interface PushWork {
  key: PushKey | null
  contact: string
  now: Date
  people: { envelopes: Envelope<d.Taken>[]; devices: d.DeviceRow[] }[]
}
interface PushResult {
  envelope: Envelope<d.Taken>
  verdicts: { deviceId: string; verdict: Verdict }[]
}
const noDevice: Bilingual = { zh: '设备已不再接收推送。', en: 'The device takes no more messages.' }
const keyLost: Bilingual = { zh: '推送密钥在这台服务器上打不开，请各人在设备上重新开启推送。', en: 'The key for push cannot be opened on this server: people must switch push on again.' }

const push = outsideJob<Record<string, unknown>, PushWork, PushResult[]>('messages.push', {
  async prepare(ctx) {
    const { tx, institution, now } = ctx
    const taken = await d.takePushes(tx, institution.id, mostPushes, after(now, holdMs), now)
    if (!taken.length) {
      await goOn(ctx, 'push', null, after(now, 1000))
      return null
    }
    const stored = await findPushKey(tx, institution.id)
    const privateKey = stored ? unseal(stored.privateKey, placeOfKey(institution.id)) : null
    const devices = Map.groupBy(await d.devicesOfPersons(tx, institution.id, [...new Set(taken.flatMap((one) => one.personId ?? []))]), (one) => one.personId)
    const people = [...Map.groupBy(taken, (one) => one.personId ?? '')].map(([personId, mine]) => ({ envelopes: gather(mine), devices: devices.get(personId) ?? [] }))
    return { key: stored && privateKey ? { publicKey: stored.publicKey, privateKey } : null, contact: pushContact(), now, people }
  },
  async work({ key, contact, now, people }) {
    const results: PushResult[] = people.flatMap(({ envelopes }) => envelopes.map((envelope) => ({ envelope, verdicts: [] })))
    if (!key) return results
    const sign = signer(key, contact, now)
    const byEnvelope = new Map(results.map((one) => [one.envelope, one]))
    const all = people.flatMap(({ envelopes, devices }) => envelopes.flatMap((envelope) => devices.map((device) => ({ envelope, device }))))
    await inTurns(all, pushesAtOnce, async ({ envelope, device }) => {
      const payload = { title: inWords(envelope.title, device.language), body: inWords(envelope.line, device.language), path: envelope.path, tag: envelope.tag, id: envelope.of.at(-1)?.deliveryId }
      const answer = await sendPush(sign(device.endpoint), { ...device, ...pushManner(envelope.kind, envelope.urgent), payload, tag: envelope.tag })
      byEnvelope.get(envelope)?.verdicts.push({ deviceId: device.deviceId, verdict: pushVerdict(answer.status, answer.retryAfter) })
    })
    return results
  },
  async record(ctx, results) {
    const { tx, institution, now } = ctx
    const all = results.flatMap((one) => one.verdicts)
    await d.forgetDevices(tx, institution.id, all.filter(({ verdict }) => verdict.outcome === 'gone').map((one) => one.deviceId))
    await d.noteDevices(tx, institution.id, [...new Set(all.filter(({ verdict }) => verdict.outcome === 'sent').map((one) => one.deviceId))], now)
    const arrived = results.filter(({ verdicts }) => verdicts.some(({ verdict }) => verdict.outcome === 'sent'))
    await d.markSent(tx, institution.id, arrived.flatMap(({ envelope }) => envelope.of.map((one) => one.deliveryId)), now)
    const failed = results.filter((one) => !arrived.includes(one)).flatMap(({ envelope, verdicts }): Failed[] => {
      const later = verdicts.map((one) => one.verdict).find((one) => one.outcome === 'later')
      const refused = verdicts.map((one) => one.verdict).find((one) => one.outcome === 'refused')
      const problem = later?.problem ?? refused?.problem ?? (verdicts.length ? noDevice : null)
      return envelope.of.map((one) => ({ one, problem: problem ?? noDevice, seconds: later ? later.seconds : 'never' }))
    })
    // What is urgent waits for no push service: after a second try it goes by mail.
    const { later, over } = sortFailed(failed, now, mailSettings() ? 2 : mostAttempts)
    await d.markLater(tx, institution.id, later)
    const mailed = mailSettings() ? await d.turnToMail(tx, institution.id, over.map((one) => one.deliveryId), now) : new Set<string>()
    if (mailed.size) ctx.enqueue({ kind: 'messages.mail' })
    const key = await findPushKey(tx, institution.id)
    const lost = key !== undefined && unseal(key.privateKey, placeOfKey(institution.id)) === null
    await d.markFailed(tx, institution.id, over.filter((one) => !mailed.has(one.deliveryId)).map((one) => (lost ? { ...one, problem: keyLost } : one)), now)
    await goOn(ctx, 'push', null, now)
    ctx.ping('messages')
  },
})

// ── Working groups ───────────────────────────────────────────────────────────────────────────────
interface RobotWork {
  robotId: string
  service: Service
  key: string | null
  secret: string | null
  text: string
  now: Date
  taken: d.Taken[]
}
const sealed: Bilingual = { zh: '机器人地址在这台服务器上打不开（密钥文件不同），请重新填写地址。', en: 'The robot’s address cannot be opened on this server (another key file): enter it again.' }
const switchedOff: Bilingual = { zh: '机器人已停用。', en: 'The robot is switched off.' }

const robot = outsideJob<{ robotId: string }, RobotWork, { work: RobotWork; verdict: RobotVerdict }>('messages.robot', {
  async prepare(ctx, { robotId }) {
    const { tx, institution, now } = ctx
    const found = await d.lockRobot(tx, institution.id, robotId)
    if (!found) return null
    // The service's limits; also whoever is just speaking for this robot.
    if (Date.parse(found.nextAt) > now.getTime()) {
      await goOn(ctx, 'robot', robotId, new Date(found.nextAt))
      return null
    }
    const taken = await d.takeForRobot(tx, institution.id, robotId, mostInGroup, after(now, holdMs), now)
    if (!taken.length) {
      await goOn(ctx, 'robot', robotId, after(now, 1000))
      return null
    }
    await d.setNext(tx, institution.id, robotId, after(now, 30_000))
    // One that is switched off still answers its test.
    if (!found.active && taken.every((one) => one.kind !== 'test')) {
      await d.markFailed(tx, institution.id, taken.map(({ deliveryId }) => ({ deliveryId, problem: switchedOff })), now)
      return null
    }
    return {
      robotId, service: found.service, key: unseal(found.address, placeOfAddress(robotId)), secret: found.secret ? unseal(found.secret, placeOfSecret(robotId)) : null,
      text: groupText(latest(taken), institution.name, found.language, publicAddress(), services[found.service].mostBytes), now, taken,
    }
  },
  async work(work) {
    if (!work.key) return { work, verdict: { outcome: 'refused', problem: sealed } }
    const answer = await sendToRobot({ service: work.service, key: work.key, secret: work.secret }, work.text, work.now)
    return { work, verdict: robotVerdict(work.service, answer.status, answer.body) }
  },
  async record(ctx, { work, verdict }) {
    const { tx, institution, now } = ctx
    const { robotId, taken } = work
    const gap = after(now, gapMs(work.service))
    if (verdict.outcome === 'sent') {
      await d.markSent(tx, institution.id, taken.map((one) => one.deliveryId), now)
      await d.noteRobot(tx, institution.id, robotId, { nextAt: gap, problem: null }, now)
    } else {
      const seconds = verdict.outcome === 'later' ? verdict.seconds : ('never' as const)
      // Whoever tests wants to know now.
      const { later, over } = sortFailed(taken.map((one) => ({ one, problem: verdict.problem, seconds: one.kind === 'test' ? 'never' : seconds })), now)
      await d.markLater(tx, institution.id, later)
      await d.markFailed(tx, institution.id, over, now)
      await d.noteRobot(tx, institution.id, robotId, { nextAt: verdict.outcome === 'later' ? after(now, verdict.seconds * 1000) : gap, problem: verdict.problem }, now)
    }
    await goOn(ctx, 'robot', robotId, gap)
    ctx.ping('messages')
  },
})

// ── Mail ─────────────────────────────────────────────────────────────────────────────────────────
interface MailWork {
  institution: string
  letters: { taken: d.Taken[]; to: string | null; language: Language }[]
}
interface MailResult {
  taken: d.Taken[]
  failure: MailFailure | null
}
const noAddress: Bilingual = { zh: '名册里没有邮箱，或本人不收邮件。', en: 'There is no address in the roster, or the person wants no mail.' }
const noServer: Bilingual = { zh: '本系统没有配置邮件服务器。', en: 'Mail is not set up on this server.' }

const mail = outsideJob<Record<string, unknown>, MailWork, MailResult[]>('messages.mail', {
  async prepare(ctx) {
    const { tx, institution, now } = ctx
    const hourAgo = after(now, -3_600_000)
    const taken = await d.takeMails(tx, institution.id, mostLetters, after(now, holdMs), now, hourAgo)
    await d.putOffMails(tx, institution.id, now, hourAgo)
    if (!taken.length) {
      await goOn(ctx, 'mail', null, after(now, 1000))
      return null
    }
    const usual = institution.language ?? 'zh-Hans'
    const addresses = new Map((await d.addressesOf(tx, institution.id, [...new Set(taken.flatMap((one) => one.personId ?? []))], usual)).map((one) => [one.personId, one]))
    const letters = [...Map.groupBy(taken, (one) => one.personId ?? '')].map(([personId, mine]) => ({ taken: mine, to: addresses.get(personId)?.email ?? null, language: addresses.get(personId)?.language ?? usual }))
    return { institution: institution.name, letters }
  },
  async work({ institution, letters }) {
    const settings = mailSettings()
    return inTurns(letters, lettersAtOnce, async ({ taken, to, language }): Promise<MailResult> => {
      if (!settings) return { taken, failure: { lasting: true, problem: noServer } }
      if (!to) return { taken, failure: { lasting: true, problem: noAddress } }
        return { taken, failure: await deliver(settings, { id: taken[0]?.deliveryId ?? '', to, ...letterText(latest(taken), inWords({ zh: institution, en: institution }, language), language, publicAddress()) }) }
    })
  },
  async record(ctx, results) {
    const { tx, institution, now } = ctx
    await d.markSent(tx, institution.id, results.filter((one) => !one.failure).flatMap(({ taken }) => taken.map((one) => one.deliveryId)), now)
    const failed = results.flatMap(({ taken, failure }) => (failure ? taken.map((one): Failed => ({ one, problem: failure.problem, seconds: failure.lasting ? 'never' : null })) : []))
    const { later, over } = sortFailed(failed, now)
    await d.markLater(tx, institution.id, later)
    await d.markFailed(tx, institution.id, over, now)
    await goOn(ctx, 'mail', null, after(now, 1000))
    ctx.ping('messages')
  },
})

export const jobs: JobHandler[] = [
  push, robot, mail,
  job('messages.tidy', async (ctx) => {
    if (await d.tidy(ctx.tx, ctx.institution.id, forgottenBefore(ctx.now), 2000)) ctx.enqueue({ kind: 'messages.tidy', key: 'tidy', at: after(ctx.now, 86_400_000) })
  }),
]
