/** Large files on the command line: sent piece by piece from the disk, never the whole in memory; followed while a job works on them; the rows that come back written beside them. */
import { open, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { wholeTable } from '#kernel/parts.ts'
import { Problem, tooLarge } from '#kernel/problems.ts'
import type { Act } from './act.ts'
import { inWords, progress, say } from './print.ts'

interface Way {
  most: number
  piece: number
  announce(fileName: string, bytes: number): Promise<unknown>
  send(starts: number, file: { name: string; bytes: Uint8Array<ArrayBuffer> }): Promise<unknown>
}

/** @throws Problem where there is no such file, it is empty or too large. */
export async function sendInPieces(path: string, way: Way): Promise<void> {
  const file = await open(path).catch(() => null)
  try {
    const found = await file?.stat()
    if (!file || !found?.isFile()) throw new Problem(400, 'no-such-file', `找不到文件“${path}”。`, `There is no file "${path}".`)
    if (found.size === 0) throw new Problem(422, 'empty', '文件是空的，没有任何内容。', 'The file is empty.')
    if (found.size > way.most) throw tooLarge(way.most)
    const name = basename(path)
    await way.announce(name.slice(-200), found.size)
    const bar = progress('传送 sending')
    const buffer = Buffer.alloc(way.piece)
    for (let starts = 0; starts < found.size; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, starts)
      if (bytesRead === 0) throw new Problem(422, 'file-changed', '文件在读取时变短了，没有写入任何内容。', 'The file became shorter while it was read; nothing was entered.')
      await way.send(starts, { name, bytes: buffer.subarray(0, bytesRead) })
      starts += bytesRead
      bar.to(starts, found.size)
    }
    bar.end(`${(found.size / 1048576).toFixed(1)} MB`)
  } finally {
    await file?.close()
  }
}

/** Follows the job to its end; where no server is at this database, does the work itself. */
export async function follow<T extends { state: string; progress: number }>(session: Act['session'], label: string, look: () => Promise<T>, rows: (now: T) => number): Promise<T> {
  const bar = progress(label)
  for (let pause = 50; ; pause = Math.min(1000, pause * 1.5)) {
    const worked = (await session.work?.()) ?? 0
    const now = await look()
    bar.to(now.progress * 1000, 1000, `${rows(now)} 行 rows`)
    if (now.state !== 'checking' && now.state !== 'applying') {
      bar.end(`${rows(now)} 行 rows`)
      return now
    }
    if (worked === 0) await sleep(pause)
  }
}

/** Writes rows that come in parts to one .csv: where it is wished, else beside the file they come from. Answers where. */
export async function writeRows(path: string, wanted: string | undefined, partAfter: Parameters<typeof wholeTable>[0]): Promise<string> {
  const { fileName, csv } = await wholeTable(partAfter)
  const name = wanted || join(dirname(path), basename(fileName))
  await writeFile(name, `\ufeff${csv}`).catch((error: unknown) => {
    throw inWords(error)
  })
  say(`→ ${name}`)
  return name
}
