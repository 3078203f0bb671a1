/**
 * What the server must be able to read again but nobody else: addresses that are passwords, private keys. They lie sealed in the database (AES-256-GCM), the key outside it:
 * in BULWARK_SECRET (the same for all servers of an installation), or in `secret.key` of the data folder, made when it is first needed. A backup of the database alone opens nothing.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { cannotRun, Problem } from './problems.ts'

const keyFile = () => join(resolve(process.env['BULWARK_DATA'] ?? join(import.meta.dirname, '..', '.data')), 'secret.key')

const damaged = (file: string) =>
  new Problem(409, 'key-damaged', `服务器上的密钥文件 ${file} 已损坏。请从备份取回；没有备份就删除它，之后机器人地址须重新填写。没有保存任何改动。`, `The server's key file ${file} is damaged. Bring it back from where you keep it, or delete it: robots' addresses are then entered again. Nothing was changed.`)

/** `damaged`: there is one, and it is none. Another made in its place would lose what is sealed. */
function readKeyFile(): Buffer | 'damaged' | null {
  try {
    const text = readFileSync(keyFile(), 'utf8').trim()
    return /^[\w-]{43}$/.test(text) ? Buffer.from(text, 'base64url') : 'damaged'
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  }
}

/** Two servers that start at once end with the same key: the first link wins. */
function makeKeyFile(): Buffer {
  const file = keyFile()
  mkdirSync(dirname(file), { recursive: true })
  const own = `${file}.${process.pid}`
  try {
    writeFileSync(own, randomBytes(32).toString('base64url'), { mode: 0o600 })
    linkSync(own, file)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  } finally {
    rmSync(own, { force: true })
  }
  const made = readKeyFile()
  if (!Buffer.isBuffer(made)) throw damaged(file)
  return made
}

/** The key of this server, if it has one. */
function findKey(): Buffer | 'damaged' | null {
  const given = process.env['BULWARK_SECRET'] ?? ''
  return given.length >= 32 ? Buffer.from(hkdfSync('sha256', given, '', 'bulwark seal', 32)) : readKeyFile()
}

/** @throws Problem where the key file is damaged. */
function keyToSealWith(): Buffer {
  const key = findKey() ?? makeKeyFile()
  if (key === 'damaged') throw damaged(keyFile())
  return key
}

/** @throws Error where the setting is there but too short to be one: said at the start, not when the first secret is kept. */
export function checkSecret(): void {
  const { length } = process.env['BULWARK_SECRET'] ?? ''
  if (length > 0 && length < 32) throw cannotRun('BULWARK_SECRET 至少要 32 个字符。', 'BULWARK_SECRET needs at least 32 characters.')
}

const nameOf = (key: Buffer) => createHash('sha256').update(key).digest().subarray(0, 4)

/** Seals a text. `place` says what it is and whose; sealed for one place it cannot be read in another. */
export function seal(text: string, place: string): Buffer {
  const key = keyToSealWith()
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  return Buffer.concat([nameOf(key), nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** The sealed text; null where the key of this server is another, or it was sealed for another place. */
export function unseal(sealed: Uint8Array, place: string): string | null {
  const key = findKey()
  if (!Buffer.isBuffer(key) || sealed.length < 32 || !nameOf(key).equals(sealed.subarray(0, 4))) return null
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(4, 16)).setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(sealed.length - 16))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(16, sealed.length - 16)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
