import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cut, fit, gather, latest, mostAttempts, quietUntil, usualQuiet, waitSeconds, type Said } from './rules.ts'
import { addressOf, endingOf, gapMs, robotOf, robotVerdict, services, type Service } from './rules/robots.ts'
import { groupText, letterText } from './words.ts'

const at = (local: string) => new Date(`2026-11-20T${local}:00+08:00`)
const zone = 'Asia/Shanghai'

test('quiet hours hold what is not urgent until they end, over midnight, in the institution’s time', () => {
  assert.equal(quietUntil(at('23:10'), zone, usualQuiet).toISOString(), '2026-11-20T23:00:00.000Z')
  assert.equal(quietUntil(at('00:00'), zone, usualQuiet).toISOString(), '2026-11-19T23:00:00.000Z')
  assert.equal(quietUntil(at('06:59'), zone, usualQuiet).toISOString(), '2026-11-19T23:00:00.000Z')
  assert.equal(quietUntil(at('07:00'), zone, usualQuiet).toISOString(), at('07:00').toISOString())
  assert.equal(quietUntil(at('21:59'), zone, usualQuiet).toISOString(), at('21:59').toISOString())
  assert.equal(quietUntil(at('12:30'), zone, { from: 12, to: 14 }).toISOString(), at('14:00').toISOString())
  assert.equal(quietUntil(at('12:30'), zone, null).toISOString(), at('12:30').toISOString())
  assert.equal(quietUntil(at('12:30'), zone, { from: 5, to: 5 }).toISOString(), at('12:30').toISOString())
})

test('whatever the hours and the zone, what is held comes within a day, outside the quiet and not before', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 366 * 1440 }), fc.constantFrom(zone, 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'), (from, to, minutes, timeZone) => {
    const now = new Date(Date.UTC(2026, 0, 1) + minutes * 60_000)
    const until = quietUntil(now, timeZone, { from, to })
    const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(until))
    assert.ok(until >= now && until.getTime() - now.getTime() <= 25 * 3_600_000)
    if (from !== to) assert.ok(from > to ? hour < from && hour >= to : hour < from || hour >= to, `${hour} for ${from} to ${to}`)
  }), { numRuns: 300 })
})

const said = (n: number, more: Partial<Said> = {}): Said => ({ messageId: `m${n}`, title: { zh: `事项${n}`, en: `Thing ${n}` }, line: { zh: `时限${n}`, en: `due ${n}` }, path: `/m/${n}`, tag: `t${n}`, urgent: false, kind: 'duty', ...more })

test('after a quiet night the phone rings once; what is urgent rings by itself; a later word replaces the earlier', () => {
  assert.deepEqual(gather([1, 2, 3].map((n) => said(n))).map((one) => one.tag), ['t1', 't2', 't3'])
  const many = gather([said(1), said(2), said(3), said(4), said(5, { urgent: true, kind: 'call' }), said(6, { tag: 't1' })])
  assert.deepEqual(many.map((one) => [one.tag, one.of.map((of) => of.messageId)]), [['t5', ['m5']], ['digest', ['m2', 'm3', 'm4', 'm1', 'm6']]])
  assert.equal(many[1]?.title.zh, '有 4 件事等您处理')
  assert.deepEqual(latest([said(1), said(2), said(3, { tag: 't1' })]).map((one) => one.messageId), ['m2', 'm3'])
})

test('nothing that waits is lost by going together', () => {
  fc.assert(fc.property(fc.array(fc.record({ tag: fc.integer({ min: 0, max: 6 }), urgent: fc.boolean() }), { maxLength: 30 }), (all) => {
    const waiting = all.map((one, n) => said(n, { tag: `t${one.tag}`, urgent: one.urgent }))
    const envelopes = gather(waiting)
    assert.deepEqual(envelopes.flatMap((one) => one.of.map((of) => of.messageId)).toSorted(), waiting.map((one) => one.messageId).toSorted())
    assert.ok(envelopes.filter((one) => !one.urgent).length <= 3)
  }))
})

test('a failure is tried again later each time, as the other side asks, and not for ever', () => {
  assert.deepEqual([1, 2, 3, 4].map((n) => waitSeconds(n, null)), [15, 60, 240, 960])
  assert.equal(waitSeconds(1, 120), 120)
  assert.equal(waitSeconds(1, 10 ** 9), 3600)
  assert.ok(Array.from({ length: mostAttempts }, (_, n) => waitSeconds(n + 1, null)).reduce((sum, one) => sum + one) > 3600)
})

test('texts are cut at whole characters and whole lines', () => {
  assert.equal(cut('🏠'.repeat(5), 3), '🏠🏠…')
  const { text, used } = fit(['一'.repeat(30), '二'.repeat(30), '三'.repeat(30)], 210, (n) => `另有${n}条`)
  assert.equal(used, 2)
  assert.equal(text, `${'一'.repeat(30)}\n${'二'.repeat(30)}\n另有1条`)
  assert.ok(Buffer.byteLength(fit(['字'.repeat(5000)], 100, String).text) <= 100)
})

const wecom = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=c0ffee00-0000-4000-8000-000000000000'
const dingtalk = 'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef'
const feishu = 'https://open.feishu.cn/open-apis/bot/v2/hook/00000000-aaaa-bbbb-cccc-000000001234'

test('an address is a known robot’s or is refused; only its key is kept, and the same address comes out again', () => {
  assert.deepEqual([wecom, dingtalk, feishu, feishu.replace('feishu.cn', 'larksuite.com')].map((one) => robotOf(` ${one}\n`)?.service), ['wecom', 'dingtalk', 'feishu', 'lark'])
  for (const address of [wecom, dingtalk, feishu]) {
    const { service, key } = robotOf(address) as { service: Service; key: string }
    assert.equal(addressOf(service, key), address)
    assert.equal(endingOf(key).length, 4)
  }
  for (const bad of [
    wecom.replace('https', 'http'), wecom.replace('qyapi.weixin.qq.com', 'qyapi.weixin.qq.com.evil.example'), wecom.replace('qyapi.weixin.qq.com', '127.0.0.1'), wecom.replace('.com/', '.com:444/'), wecom.replace('https://', 'https://a:b@'), wecom.replace('send?', 'upload_media?'), wecom.replace('key=', 'token='),
    `${feishu}/../../x`, `${feishu}%2f..`, `${dingtalk}%0d%0aHost:x`, 'https://hooks.slack.com/services/T/B/x', 'x', `${wecom}${'0'.repeat(600)}`,
  ]) assert.equal(robotOf(bad), null, bad)
})

test('what robots answer, in words that say what to do', () => {
  const of = (service: Service, body: object, status = 200) => robotVerdict(service, status, body)
  const told = (verdict: ReturnType<typeof of>) => (verdict.outcome === 'sent' ? 'sent' : `${verdict.outcome}: ${verdict.problem.zh}`)
  assert.equal(told(of('wecom', { errcode: 0, errmsg: 'ok' })), 'sent')
  assert.equal(told(of('feishu', { code: 0, msg: 'success', data: {} })), 'sent')
  assert.equal(told(of('feishu', { StatusCode: 0, StatusMessage: 'success' })), 'sent')
  assert.match(told(of('wecom', { errcode: 93000, errmsg: 'invalid webhook url, hint: [key]' })), /^refused: 机器人已被移除/)
  assert.match(told(of('wecom', { errcode: 45009 })), /^later: 发送太频繁/)
  assert.match(told(of('dingtalk', { errcode: 310000, errmsg: 'keywords not in content' })), /^refused: 未通过钉钉的安全设置.*加签密钥.*关键词/)
  assert.deepEqual([of('dingtalk', { errcode: 130101 })].map((one) => one.outcome === 'later' && one.seconds), [600])
  assert.match(told(of('feishu', { code: 9499, msg: 'Bad Request' })), /^refused: 飞书认为请求不合格式/)
  assert.match(told(of('lark', { code: 19021 })), /^refused: 签名校验未通过/)
  assert.match(told(of('feishu', { code: 19024 })), /关键词/)
  assert.match(told(of('feishu', { code: 11232 })), /^later: /)
  assert.match(told(of('dingtalk', { errcode: 77 })), /错误码 77/)
  assert.match(told(robotVerdict('wecom', 200, null)), /^refused: .*无法识别/)
  assert.match(told(robotVerdict('wecom', 302, null)), /^refused: .*HTTP 302/)
  for (const status of [0, 429, 502]) assert.equal(robotVerdict('wecom', status, null).outcome, 'later')
})

test('no robot is spoken to more often than its maker allows', () => {
  for (const service of Object.keys(services) as Service[]) assert.ok(Math.floor(60_000 / gapMs(service)) <= services[service].perMinute - 1)
  assert.ok(1000 / gapMs('feishu') < 5)
})

test('what a group reads begins with the product’s name, fits, and says how much was left out', () => {
  const one = groupText([said(1)], '江畔大学', 'zh-Hans', 'https://bulwark.example.edu.cn', 2048)
  assert.equal(one, '【堡垒】江畔大学\n事项1 时限1\nhttps://bulwark.example.edu.cn/m/tasks')
  assert.equal(groupText([said(1)], '江畔大学', 'en', null, 2048), '【Bulwark】江畔大学\nThing 1 due 1')
  const many = groupText(Array.from({ length: 60 }, (_, n) => said(n, { title: { zh: '新任务'.repeat(20), en: 'x' } })), '江畔大学', 'zh-Hans', null, 2048)
  assert.ok(Buffer.byteLength(many) <= 2048)
  assert.match(many, /另有 \d+ 条，请打开系统查看。$/)
})

test('a letter of one thing is named for it, of several by their number', () => {
  assert.equal(letterText([said(1)], '江畔大学', 'zh-Hans', null).subject, '[江畔大学] 事项1')
  const many = letterText([said(1), said(2)], '江畔大学', 'zh-Hant', 'https://b.example.edu.cn')
  assert.equal(many.subject, '[江畔大学] 有 2 件事等您處理')
  assert.match(many.text, /^事項1\n時限1\nhttps:\/\/b\.example\.edu\.cn\/m\/1\n\n事項2/)
  assert.match(many.text, /關閉/)
})
