/** The calls of messages, and the one function by which other slices tell somebody something. */
import type { Tx } from '#kernel/database.ts'
import { institutionIdOf } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { mailSettings } from '#kernel/mail.ts'
import { badInput, notFound, refused } from '#kernel/problems.ts'
import { seal, unseal } from '#kernel/seal.ts'
import { implement, type Context, type Ground, type ThingResolver } from '#kernel/server.ts'
import { unitBriefs } from '#slices/directory/server.ts'
import * as contract from './contract.ts'
import { makePushKey, usableKey } from './push.ts'
import * as q from './queries.ts'
import { markOpened } from './queries-deliver.ts'
import { usualQuiet } from './rules.ts'
import { pushService } from './rules/push.ts'
import { endingOf, robotOf, services } from './rules/robots.ts'
import { placeOfAddress, placeOfKey, placeOfSecret, publicAddress } from './settings.ts'
import { tell } from './tell.ts'
export { jobs } from './jobs.ts'
export { messageErasables } from './queries-erasing.ts'
export { groupsAbove, tell, type Told, type Telling } from './tell.ts'

const mostDevices = 10
const mostRobots = 10
const recentMost = 50
const failuresDays = 7

/** The institution's key; one that this server cannot open is made anew, and browsers have to connect again. */
async function pushKey(ctx: Context): Promise<string> {
  const { tx, institution, now } = ctx
  const found = await q.findPushKey(tx, institution.id)
  if (found && unseal(found.privateKey, placeOfKey(institution.id)) !== null) return found.publicKey
  if (found) await q.dropPushKey(tx, institution.id)
  const made = makePushKey()
  await q.insertPushKey(tx, institution.id, { publicKey: made.publicKey, privateKey: seal(made.privateKey, placeOfKey(institution.id)) }, now)
  return (await q.findPushKey(tx, institution.id))?.publicKey ?? made.publicKey
}

/** @throws Problem where an address is no robot's that is known; the address itself is never repeated. */
function robotAt(address: string) {
  const found = robotOf(address)
  if (!found) throw badInput('这不是企业微信、钉钉或飞书群机器人的地址。请在群设置里复制完整的 Webhook 地址。', 'This is not the address of a WeCom, DingTalk or Feishu robot. Copy the whole webhook address from the settings of the group.')
  return found
}

/** @throws Problem where a name is blank. */
function named(text: string): string {
  const name = text.trim()
  if (!name) throw badInput('请写明名称。', 'Give it a name.')
  return name
}

async function getRobot(ctx: Context, robotId: string): Promise<q.RobotRow> {
  const [robot] = await q.listRobots(ctx.tx, ctx.institution.id, null, robotId)
  if (!robot) throw notFound()
  return robot
}

export const calls = [
  implement(contract.mine, async (ctx) => {
    const { tx, institution, actor } = ctx
    const me = actor.personId as string
    const kept = await q.findPreference(tx, institution.id, me)
    return {
      drill: institution.drill, devices: await q.devicesOf(tx, institution.id, me, actor.sessionId), publicKey: (await q.findPushKey(tx, institution.id))?.publicKey ?? null,
      mail: { on: mailSettings() !== null, address: await q.mailAddressOf(tx, institution.id, me) },
      preference: kept ? { push: kept.push, mail: kept.mail, quiet: kept.quietFrom === null || kept.quietTo === null ? null : { from: kept.quietFrom, to: kept.quietTo }, language: kept.language } : { push: true, mail: true, quiet: usualQuiet, language: institution.language ?? ctx.language },
      timeZone: institution.timeZone,
    }
  }),
  implement(contract.told, async (ctx) => ({ messages: await q.messagesOf(ctx.tx, ctx.institution.id, ctx.actor.personId as string, recentMost) })),
  implement(contract.preparePush, async (ctx) => ({ publicKey: await pushKey(ctx) })),
  implement(contract.connectDevice, async (ctx, input) => {
    const { tx, institution, actor, now } = ctx
    if (!actor.personId || !actor.sessionId) throw refused('no-session', '请在要接收推送的设备上登录后开启。', 'Sign in on the device that is to take messages.')
    if (!pushService(input.endpoint)) throw refused('unknown-push-service', '这个浏览器的推送服务不在可用之列，请改用邮件。', "This browser's push service is not one that this system speaks to; use mail instead.")
    const [publicKey, secret] = [Buffer.from(input.publicKey, 'base64url'), Buffer.from(input.secret, 'base64url')]
    if (publicKey.length !== 65 || publicKey[0] !== 4 || secret.length !== 16 || !usableKey(publicKey)) throw badInput('设备给出的密钥无法使用。', 'The key of the device cannot be used.')
    await pushKey(ctx)
    const deviceId = await q.upsertDevice(tx, institution.id, { deviceId: input.deviceId, personId: actor.personId, sessionId: actor.sessionId, endpoint: input.endpoint, publicKey, secret, name: named(input.name), language: input.language }, now)
    await q.keepDevices(tx, institution.id, actor.personId, mostDevices)
    return { deviceId }
  }),
  implement(contract.disconnectDevice, async (ctx, { deviceId }) => {
    if (!(await q.deleteDevice(ctx.tx, ctx.institution.id, ctx.actor.personId as string, deviceId))) throw notFound()
    return {}
  }),
  implement(contract.setPreference, async (ctx, { quiet, ...rest }) => {
    await q.upsertPreference(ctx.tx, ctx.institution.id, ctx.actor.personId as string, { ...rest, quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null })
    return {}
  }),
  implement(contract.testMine, async (ctx) => {
    const { tx, institution, actor } = ctx
    const me = actor.personId as string
    const kept = await q.findPreference(tx, institution.id, me)
    const devices = await q.devicesOf(tx, institution.id, me, null)
    const address = await q.mailAddressOf(tx, institution.id, me)
    const channel = devices.length && (kept?.push ?? true) ? ('push' as const) : mailSettings() && address && (kept?.mail ?? true) ? ('mail' as const) : ('none' as const)
    // Once a minute: what is urgent is not held back, and nobody's mailbox is to be filled.
    await tell(ctx, { key: `test ${me} ${ctx.now.toISOString().slice(0, 16)}`, kind: 'test', title: { zh: '测试提醒', en: 'A test' }, line: { zh: '看到这条，说明提醒可以送到您。', en: 'If you see this, messages reach you.' }, path: '/m/me', tag: 'test', urgent: true, personIds: [me] })
    return { channel, drill: institution.drill }
  }),
  implement(contract.opened, async (ctx, { deliveryId }) => {
    if (!(await markOpened(ctx.tx, ctx.institution.id, ctx.actor.personId as string, deliveryId, ctx.now))) throw notFound()
    return {}
  }),

  implement(contract.overview, async (ctx) => {
    const { tx, institution, now } = ctx
    const whole = ctx.scope === null
    const settings = mailSettings()
    return {
      asOf: now.toISOString(), drill: institution.drill, whole, mail: { on: settings !== null, from: settings?.from ?? null }, address: publicAddress(), push: await q.countDevices(tx, institution.id), robots: await q.listRobots(tx, institution.id, ctx.scope),
      messages: whole ? await q.recentMessages(tx, institution.id, recentMost) : [], failures: whole ? await q.recentFailures(tx, institution.id, new Date(now.getTime() - failuresDays * 86_400_000), 10) : [],
    }
  }),
  implement(contract.connectRobot, async (ctx, { address, secret, ...input }) => {
    const { tx, institution } = ctx
    const { service, key } = robotAt(address)
    if (!(await unitBriefs(tx, institution.id, [input.unitId])).has(input.unitId)) throw notFound()
    if ((await q.countRobots(tx, institution.id, input.unitId)) >= mostRobots) throw refused('too-many', `一个单位最多接入 ${mostRobots} 个机器人。`, `A unit connects at most ${mostRobots} robots.`)
    if (secret && !services[service].signed) throw badInput(`${services[service].zh}机器人没有加签密钥。`, `${services[service].en} robots have no signing secret.`)
    const { robotId } = input
    await q.insertRobot(tx, institution.id, { ...input, name: named(input.name), service, address: seal(key, placeOfAddress(robotId)), ending: endingOf(key), secret: secret ? seal(secret, placeOfSecret(robotId)) : null, madeBy: ctx.actor.personId }, ctx.now)
    ctx.log({ subjectKind: 'unit', subjectId: input.unitId, detail: { robot: robotId, service } })
    return { robotId }
  }),
  implement(contract.changeRobot, async (ctx, { address, secret, ...input }) => {
    const { tx, institution } = ctx
    const robot = await getRobot(ctx, input.robotId)
    const found = address === undefined ? null : robotAt(address)
    const service = found?.service ?? robot.service
    if (secret && !services[service].signed) throw badInput(`${services[service].zh}机器人没有加签密钥。`, `${services[service].en} robots have no signing secret.`)
    await q.updateRobot(tx, institution.id, { ...input, name: named(input.name) })
    if (found) await q.setRobotAddress(tx, institution.id, input.robotId, { service, address: seal(found.key, placeOfAddress(input.robotId)), ending: endingOf(found.key) }, ctx.now)
    // A secret belongs to its address: with another robot it says nothing.
    if (secret !== undefined || found) await q.setRobotSecret(tx, institution.id, input.robotId, secret ? seal(secret, placeOfSecret(input.robotId)) : null)
    ctx.log({ subjectKind: 'unit', subjectId: robot.unit.unitId, detail: { robot: input.robotId, active: input.active, address: found !== null } })
    return {}
  }),
  implement(contract.testRobot, async (ctx, { robotId }) => {
    const { unit, name } = await getRobot(ctx, robotId)
    await tell(ctx, { key: `test ${ctx.requestId ?? newId()}`, kind: 'test', title: { zh: `测试消息：${unit.name}的“${name}”已接通。`, en: `A test: “${name}” of ${unit.name} is connected.` }, line: { zh: '', en: '' }, path: '/m/tasks', tag: 'test', urgent: true, robotId })
    ctx.log({ subjectKind: 'unit', subjectId: unit.unitId, detail: { robot: robotId } })
    return { drill: ctx.institution.drill }
  }),
  implement(contract.removeRobot, async (ctx, { robotId }) => {
    const { unit } = await getRobot(ctx, robotId)
    await q.deleteRobot(ctx.tx, ctx.institution.id, robotId)
    ctx.log({ subjectKind: 'unit', subjectId: unit.unitId, detail: { robot: robotId } })
    return {}
  }),
]

async function resolveRobots(tx: Tx, ids: string[]): Promise<(Ground | undefined)[]> {
  const units = await q.unitsOfRobots(tx, institutionIdOf(tx), ids)
  return ids.map((id) => {
    const unit = units.get(id)
    return unit ? { unitIds: [unit], personIds: [] } : undefined
  })
}
export const things: ThingResolver[] = [{ kind: 'robot', resolve: resolveRobots }]
