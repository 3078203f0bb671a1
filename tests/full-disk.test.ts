/** A disk that is full: writes are refused in words, what was acknowledged stays, and with room again everything goes on by itself. On a small file system in memory, where one may be mounted. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { CallProblem } from '#kernel/client.ts'
import { ensureEmbedded, reviveEmbedded } from '#kernel/embedded.ts'
import { newId } from '#kernel/ids.ts'
import { migrate } from '#kernel/migrate.ts'
import { imports, startImport, sendPiece } from '#slices/facts/contract.ts'
import { units } from '#slices/directory/contract.ts'
import { openScene } from './scene.ts'

const folder = mkdtempSync(join(tmpdir(), 'bulwark-full-'))
function mounted(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=450m,mode=755', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const small = mounted()

test('full, and with room again', { skip: !small && 'no file system can be mounted here' }, async (context) => {
  const database = await ensureEmbedded(join(folder, 'data', 'postgres'), { max_wal_size: '64MB', min_wal_size: '32MB' })
  context.after(async () => {
    await database.stop()
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  await migrate(database.ownerUrl)
  const scene = await openScene({ database: { ...database, drop: async () => {} } })
  try {
    const duty = scene.as('duty')
    const filler = join(folder, 'filler')
    const piece = Buffer.alloc(1_000_000, '学号,姓名\n')
    const send = async (importId: string) => {
      await duty.call(startImport, { importId, fileName: 'a.csv', bytes: piece.length })
      await duty.call(sendPiece, { importId, starts: 0 }, { file: { name: 'a.csv', bytes: piece } })
    }
    const acknowledged: string[] = []
    const refusals: CallProblem[] = []
    const attempt = async () => {
      const importId = newId()
      await send(importId).then(() => acknowledged.push(importId), (error: unknown) => (error instanceof CallProblem ? refusals.push(error) : Promise.reject(error as Error)))
    }
    await attempt()
    assert.equal(acknowledged.length, 1)
    const { bavail, bsize } = statfsSync(folder)
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 20 * 1048576))
    for (let tries = 0; tries < 60 && refusals.length < 3; tries++) await attempt()
    assert.ok(refusals.length >= 3, 'it was never full')
    if (refusals.every((one) => one.status === 507)) assert.ok((await duty.call(units, { tree: 'admin', depth: 1 })).units.length > 0, 'reading goes on')
    rmSync(filler)
    for (const end = Date.now() + 60_000; ; await sleep(200)) {
      await reviveEmbedded(database.data)
      const [stored, failed] = [acknowledged.length, refusals.length]
      await attempt()
      if (acknowledged.length > stored) break
      assert.ok(Date.now() < end && refusals.length > failed, `it does not come back: ${refusals.at(-1)?.message}`)
    }
    // Which of both comes first: a table that cannot grow is refused by name; without room for its log PostgreSQL ends, and is started again once there is room.
    for (const refusal of refusals) assert.ok((refusal.status === 507 && /磁盘已满，没有保存这次改动/.test(refusal.message)) || refusal.code === 'busy', `${refusal.status} ${refusal.code} ${refusal.message}`)
    const stored = new Set((await duty.call(imports, {})).imports.map((one) => one.importId))
    assert.deepEqual(acknowledged.filter((id) => !stored.has(id)), [], 'what was acknowledged is there')
  } finally {
    await scene.close()
  }
})
