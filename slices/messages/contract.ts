/** Calls about how people and working chat groups are told that something waits for them. */
import { Type } from 'typebox'
import { about, aboutScope, aboutSelf, call, Id, Instant, Nothing, nullable, oneOf, shape } from '#kernel/contract.ts'
import { TwoTongues, UnitBrief } from '#slices/directory/contract.ts'

const Tongue = oneOf('zh-Hans', 'zh-Hant', 'en')
const Name = Type.String({ minLength: 1, maxLength: 60 })
const Hour = Type.Integer({ minimum: 0, maximum: 23 })
export const Quiet = shape({ from: Hour, to: Hour })
export const Preference = shape({ push: Type.Boolean(), mail: Type.Boolean(), /** Hours of the institution's day in which only what is urgent comes; null: none. */ quiet: nullable(Quiet), language: Tongue })
export const Device = shape({ deviceId: Id, name: Type.String(), madeAt: Instant, toldAt: nullable(Instant), /** The one that asks. */ here: Type.Boolean() })

// ── Mine ─────────────────────────────────────────────────────────────────────────────────────────
export const mine = call({
  name: 'messages.mine', kind: 'read', needs: 'signed-in', about: aboutSelf, input: Nothing,
  output: shape({
    drill: Type.Boolean(), devices: Type.Array(Device), /** Whom browsers connect to; null before the first device. */ publicKey: nullable(Type.String()),
    /** The server can send mail; where mine would go. */
    mail: shape({ on: Type.Boolean(), address: nullable(Type.String()) }), preference: Preference, timeZone: Type.String(),
  }),
  summary: ['我的提醒方式', 'How I am told'],
})
export const told = call({
  name: 'messages.told', kind: 'read', needs: 'signed-in', about: aboutSelf, input: Nothing,
  output: shape({
    messages: Type.Array(shape({
      deliveryId: Id, title: TwoTongues, line: TwoTongues, path: Type.String(), channel: oneOf('push', 'mail', 'none'), /** none: there was no way to tell; drill: an exercise sends nothing outside. */ state: oneOf('waiting', 'sent', 'failed', 'none', 'drill'),
      madeAt: Instant, doneAt: nullable(Instant), openedAt: nullable(Instant),
    })),
  }),
  summary: ['发给我的提醒', 'Messages that were sent to me'],
})
export const preparePush = call({
  name: 'messages.preparePush', kind: 'write', needs: 'signed-in', about: aboutSelf, input: Nothing, output: shape({ publicKey: Type.String() }),
  summary: ['取得推送公钥（首次使用时生成）', 'The public key that browsers connect to; made where there is none'],
})
export const connectDevice = call({
  name: 'messages.connectDevice', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['messages'],
  input: shape({
    deviceId: Id, endpoint: Type.String({ minLength: 10, maxLength: 1000 }), publicKey: Type.String({ pattern: '^[\\w-]{86,88}$' }), secret: Type.String({ pattern: '^[\\w-]{21,24}$' }), name: Name, language: Tongue,
  }),
  output: shape({ deviceId: Id }), summary: ['在这台设备上接收推送', 'Push to this device'],
})
export const disconnectDevice = call({
  name: 'messages.disconnectDevice', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['messages'], input: shape({ deviceId: Id }), output: Nothing,
  summary: ['停止向一台设备推送', 'No more push to a device'],
})
export const setPreference = call({
  name: 'messages.setPreference', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['messages'], input: Preference, output: Nothing,
  summary: ['设置我的提醒方式', 'Set how I am told'],
})
export const testMine = call({
  name: 'messages.testMine', kind: 'write', needs: 'signed-in', about: aboutSelf, touches: ['messages'], input: Nothing, output: shape({ channel: oneOf('push', 'mail', 'none'), drill: Type.Boolean() }),
  summary: ['给自己发一条测试提醒', 'Send a test to myself'],
})
export const opened = call({
  name: 'messages.opened', kind: 'write', needs: 'signed-in', about: aboutSelf, input: shape({ deliveryId: Id }), output: Nothing,
  summary: ['一条提醒被点开', 'A message was opened'],
})

// ── Channels ─────────────────────────────────────────────────────────────────────────────────────
export const RobotKind = oneOf('duty', 'overdue', 'task', 'level')
export const Robot = shape({
  robotId: Id, unit: UnitBrief, service: oneOf('wecom', 'dingtalk', 'feishu', 'lark'), name: Type.String(), /** The last characters of its address; the rest is never shown. */ ending: Type.String(), signed: Type.Boolean(),
  kinds: Type.Array(RobotKind), language: Tongue, active: Type.Boolean(), madeAt: Instant, toldAt: nullable(Instant), problem: nullable(TwoTongues), problemAt: nullable(Instant), waiting: Type.Integer(),
})
export const MessageFigures = shape({
  messageId: Id, kind: Type.String(), title: TwoTongues, line: TwoTongues, urgent: Type.Boolean(), madeAt: Instant,
  /** To how many people and groups; of these: taken by the carrier, opened where that is known, failed, on the way, without any way, in an exercise. */
  told: Type.Integer(), sent: Type.Integer(), opened: Type.Integer(), failed: Type.Integer(), waiting: Type.Integer(), none: Type.Integer(), drill: Type.Integer(),
})
export const overview = call({
  name: 'messages.overview', kind: 'read', needs: 'message.manage', about: aboutScope, input: Nothing,
  output: shape({
    asOf: Instant, drill: Type.Boolean(), /** The reader manages the whole institution's. */ whole: Type.Boolean(),
    mail: shape({ on: Type.Boolean(), from: nullable(Type.String()) }), /** What links in mails and groups begin with. */ address: nullable(Type.String()),
    push: shape({ devices: Type.Integer(), people: Type.Integer() }), robots: Type.Array(Robot),
    /** Only for the whole institution. */
    messages: Type.Array(MessageFigures), failures: Type.Array(shape({ channel: oneOf('push', 'mail', 'robot'), problem: TwoTongues, times: Type.Integer(), lastAt: Instant })),
  }),
  summary: ['消息渠道与最近的发送情况', 'Channels and what was sent lately'],
})
const robotFields = { name: Name, kinds: Type.Array(RobotKind, { maxItems: 8 }), language: Tongue }
const Address = Type.String({ minLength: 10, maxLength: 500 })
const Secret = Type.String({ pattern: '^[\\x21-\\x7e]{8,200}$' })
const aboutRobot = about<{ robotId: string }>('robot', (input) => input.robotId)
export const connectRobot = call({
  name: 'messages.connectRobot', kind: 'write', needs: 'message.manage', about: about<{ unitId: string }>('unit', (input) => input.unitId), touches: ['messages'],
  input: shape({ robotId: Id, unitId: Id, address: Address, /** Where the service signs. */ secret: Type.Optional(Secret), ...robotFields }), output: shape({ robotId: Id }),
  summary: ['接入工作群机器人', "Connect the robot of a unit's working group"],
})
export const changeRobot = call({
  name: 'messages.changeRobot', kind: 'write', needs: 'message.manage', about: aboutRobot, touches: ['messages'],
  input: shape({ robotId: Id, ...robotFields, active: Type.Boolean(), /** Absent: as it is. */ address: Type.Optional(Address), secret: Type.Optional(nullable(Secret)) }), output: Nothing,
  summary: ['修改工作群机器人', 'Change a robot'],
})
export const testRobot = call({
  name: 'messages.testRobot', kind: 'write', needs: 'message.manage', about: aboutRobot, touches: ['messages'], input: shape({ robotId: Id }), output: shape({ drill: Type.Boolean() }),
  summary: ['向工作群发一条测试消息', 'Send a test into the group'],
})
export const removeRobot = call({
  name: 'messages.removeRobot', kind: 'write', needs: 'message.manage', about: aboutRobot, touches: ['messages'], input: shape({ robotId: Id }), output: Nothing,
  summary: ['移除工作群机器人', 'Remove a robot'],
})
