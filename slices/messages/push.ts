/** Web push: encryption for one browser (RFC 8291 over RFC 8188) and the proof who sends (VAPID, RFC 8292), with Node's own cryptography. */
import { createCipheriv, createECDH, createHash, createPrivateKey, generateKeyPairSync, hkdfSync, randomBytes, sign } from 'node:crypto'
import { post, type Posted } from './outside.ts'

export interface PushKey {
  /** The uncompressed point, base64url. */
  publicKey: string
  /** The scalar, base64url. */
  privateKey: string
}

export function makePushKey(): PushKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' })
  return { publicKey: Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64url'), privateKey: d }
}

/** The header by which a push service knows who sends; good for the origin of one service, for twelve hours. */
export function vapid(key: PushKey, endpoint: string, contact: string, now: Date): string {
  const point = Buffer.from(key.publicKey, 'base64url')
  const jwk = { kty: 'EC', crv: 'P-256', d: key.privateKey, x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33, 65).toString('base64url') }
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = `${part({ typ: 'JWT', alg: 'ES256' })}.${part({ aud: new URL(endpoint).origin, exp: Math.floor(now.getTime() / 1000) + 12 * 3600, sub: contact })}`
  const signature = sign('sha256', Buffer.from(claims), { key: createPrivateKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' })
  return `vapid t=${claims}.${signature.toString('base64url')}, k=${key.publicKey}`
}

const recordSize = 4096
/** All bodies are of the same length: it tells nothing. */
const plainSize = 1024

/** One record for one browser. `own` and `salt` are given by tests only. @throws Error where the browser's key is no point of the curve. */
export function encrypt(text: Uint8Array, device: { publicKey: Uint8Array; secret: Uint8Array }, given: { own?: Uint8Array; salt?: Uint8Array; size?: number } = {}): Buffer<ArrayBuffer> {
  const pair = createECDH('prime256v1')
  if (given.own) pair.setPrivateKey(given.own)
  else pair.generateKeys()
  const own = pair.getPublicKey()
  const salt = given.salt ?? randomBytes(16)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), device.publicKey, own])
  const material = Buffer.from(hkdfSync('sha256', pair.computeSecret(device.publicKey), device.secret, info, 32))
  const key = Buffer.from(hkdfSync('sha256', material, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', material, salt, 'Content-Encoding: nonce\0', 12))
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  // 2 ends the last record, zeros fill it up.
  const plain = Buffer.concat([text, Buffer.from([2]), Buffer.alloc(Math.max(0, (given.size ?? plainSize) - text.length - 1))])
  const head = Buffer.alloc(5)
  head.writeUInt32BE(recordSize, 0)
  head[4] = own.length
  return Buffer.concat([salt, head, own, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Whether a browser's key can be used at all. */
export function usableKey(publicKey: Uint8Array): boolean {
  try {
    const pair = createECDH('prime256v1')
    pair.generateKeys()
    pair.computeSecret(publicKey)
    return true
  } catch {
    return false
  }
}

export interface Push {
  endpoint: string
  publicKey: Uint8Array
  secret: Uint8Array
  payload: object
  ttl: number
  urgency: 'high' | 'normal'
  /** A later one with the same tag takes the place of one that still waits at the service. */
  tag: string
}

/** Who sends, proved once for each service and turn. */
export function signer(key: PushKey, contact: string, now: Date): (endpoint: string) => string {
  const made = new Map<string, string>()
  return (endpoint) => {
    const { origin } = new URL(endpoint)
    const header = made.get(origin) ?? vapid(key, endpoint, contact, now)
    made.set(origin, header)
    return header
  }
}

export function sendPush(authorization: string, push: Push): Promise<Posted> {
  const headers = {
    authorization, 'content-encoding': 'aes128gcm', 'content-type': 'application/octet-stream',
    ttl: String(push.ttl), urgency: push.urgency, topic: createHash('sha256').update(push.tag).digest('base64url').slice(0, 32),
  }
  return post(push.endpoint, headers, encrypt(Buffer.from(JSON.stringify(push.payload)), push))
}
