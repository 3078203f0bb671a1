/** Passwords (argon2id), tokens and codes. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { hashToken } from '#kernel/handle.ts'
import { refused } from '#kernel/problems.ts'
import { passwordFaults } from './rules/password.ts'

const derive = promisify(argon2)
// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
const cost = { memory: 19_456, passes: 2, parallelism: 1 }

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength: 32, ...cost })
  return `argon2id$${cost.memory}$${cost.passes}$${cost.parallelism}$${nonce.toString('base64url')}$${Buffer.from(tag).toString('base64url')}`
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [kind, memory, passes, parallelism, nonce = '', tag = ''] = stored.split('$')
  if (kind !== 'argon2id') return false
  const wanted = Buffer.from(tag, 'base64url')
  const got = await derive('argon2id', { message: password.normalize('NFKC'), nonce: Buffer.from(nonce, 'base64url'), tagLength: wanted.length, memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) })
  return timingSafeEqual(Buffer.from(got), wanted)
}

let decoy: Promise<string> | undefined
/** Spends the time of a check for an account that does not exist, so that both answer alike. */
export async function spendCheck(password: string): Promise<void> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'))
  await verifyPassword(password, await decoy)
}

/** @throws Problem where a password is too short, common, or says who the person is. */
export function checkPassword(password: string, about: string[]): void {
  const faults = passwordFaults(password, about)
  if (faults.includes('short')) throw refused('weak-password', '密码至少 12 个字符，可以是一句话。', 'A password needs at least 12 characters; a sentence will do.')
  if (faults.includes('long')) throw refused('weak-password', '密码最长 128 个字符。', 'A password has at most 128 characters.')
  if (faults.length) throw refused('weak-password', '密码不能包含姓名、学工号或常见密码。', 'A password must not contain your name or number, or be a common one.')
}

/** A session token: the institution in clear (to know which wall to stand in), then 256 random bits. */
export function newToken(institutionId: string): { token: string; hash: Buffer } {
  const token = `${institutionId}.${randomBytes(32).toString('base64url')}`
  return { token, hash: hashToken(token) }
}

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** A code that a person can read out and type: 16 letters in fours, 80 bits. */
export function newCode(): string {
  const bytes = randomBytes(16)
  return [...bytes].map((byte) => letters[byte % 32]).join('').replace(/(.{4})(?=.)/g, '$1-')
}
export const hashCode = (code: string) => hashToken(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
