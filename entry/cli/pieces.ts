/** Sends a file piece by piece from the disk, never the whole in memory. */
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { Problem, tooLarge } from '#kernel/problems.ts'
import { progress } from './print.ts'

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
