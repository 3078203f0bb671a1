import assert from 'node:assert/strict'
import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { test } from 'node:test'
import { browser } from './fixtures/carriers.ts'
import { encrypt, makePushKey, usableKey, vapid } from './push.ts'
import { pushManner, pushService, pushVerdict } from './rules/push.ts'

const bytes = (text: string) => Buffer.from(text, 'base64url')

test('the example of RFC 8291, section 5, byte by byte', () => {
  const text = Buffer.from('When I grow up, I want to be a watermelon')
  const made = encrypt(text, { publicKey: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'), secret: bytes('BTBZMqHH6r4Tts7J_aSIgg') }, { own: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'), salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'), size: text.length + 1 })
  assert.equal(made.toString('base64url'), 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN')
})

test('what is encrypted for one browser opens there only, and all bodies are of one length', () => {
  const [mine, other] = [browser(), browser()]
  const short = encrypt(Buffer.from('{"title":"短"}'), mine)
  const long = encrypt(Buffer.from(JSON.stringify({ title: '长'.repeat(80), body: '行'.repeat(160) })), mine)
  assert.equal(short.length, long.length)
  assert.ok(short.length < 4096)
  assert.equal(mine.open(short), '{"title":"短"}')
  assert.throws(() => other.open(short))
  assert.equal(usableKey(mine.publicKey), true)
  assert.equal(usableKey(Buffer.concat([Buffer.from([4]), randomBytes(64)])), false)
})

test('a push service can check who sends: for its own origin, for less than a day', () => {
  const key = makePushKey()
  const now = new Date('2026-11-20T02:00:00Z')
  const header = vapid(key, 'https://fcm.googleapis.com/fcm/send/abc', 'mailto:duty@example.edu.cn', now)
  const [, token = '', shown = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = bytes(shown)
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }, format: 'jwk' })
  assert.equal(verify('sha256', Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes(signature)), true)
  assert.deepEqual(JSON.parse(bytes(claims).toString()), { aud: 'https://fcm.googleapis.com', exp: now.getTime() / 1000 + 43_200, sub: 'mailto:duty@example.edu.cn' })
})

test('the server speaks to push services only, whatever a browser hands in', () => {
  for (const good of ['https://fcm.googleapis.com/fcm/send/x', 'https://updates.push.services.mozilla.com/wpush/v2/x', 'https://wns2-sg2p.notify.windows.com/w/?token=x', 'https://web.push.apple.com/Qx']) assert.ok(pushService(good), good)
  for (const bad of [
    'http://fcm.googleapis.com/x', 'https://fcm.googleapis.com.evil.example/x', 'https://evilfcm.googleapis.com/x', 'https://fcm.googleapis.com:8443/x', 'https://u:p@fcm.googleapis.com/x', 'https://127.0.0.1/x', 'https://notify.windows.com/x', 'https://push.apple.com.example.edu.cn/',
    'https://169.254.169.254/latest/meta-data', 'file:///etc/passwd', 'javascript:alert(1)', 'nonsense', '', 'https://evil.example/#https://fcm.googleapis.com/', 'https://a.notify.windows.com.evil.example/x', 'https://web.push.apple.com.evil.example/x', 'https://web.push.apple.com@evil.example/x', 'https://xpush.apple.com/x',
  ]) assert.equal(pushService(bad), null, bad)
})

test('what a push service answers, in words; only the browser itself ends a subscription', () => {
  assert.equal(pushVerdict(201, null).outcome, 'sent')
  assert.deepEqual([404, 410].map((status) => pushVerdict(status, null).outcome), ['gone', 'gone'])
  assert.deepEqual([429, 500, 503, 0].map((status) => pushVerdict(status, '120').outcome), ['later', 'later', 'later', 'later'])
  assert.deepEqual(pushVerdict(429, '120'), { outcome: 'later', seconds: 120, problem: { zh: '推送服务暂不接收（429）。', en: 'The push service does not take it now (429).' } })
  assert.equal((pushVerdict(429, 'Wed, 21 Oct 2026 07:28:00 GMT') as { seconds: unknown }).seconds, null)
  assert.deepEqual([301, 400, 403, 413].map((status) => pushVerdict(status, null).outcome), ['refused', 'refused', 'refused', 'refused'])
  assert.deepEqual(pushManner('call', true), { ttl: 1800, urgency: 'high' })
  assert.equal(pushManner('duty', false).urgency, 'normal')
})
