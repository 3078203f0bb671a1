import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Problem, tooLarge } from '#kernel/problems.ts'

/** A file of the user's, or a refusal in words. */
export async function userFile(path: string, limit = 20 * 1048576): Promise<{ name: string; bytes: Uint8Array }> {
  const size = await stat(path).then((found) => (found.isFile() ? found.size : -1), () => -1)
  if (size < 0) throw new Problem(400, 'no-such-file', `找不到文件“${path}”。`, `There is no file "${path}".`)
  if (size > limit) throw tooLarge(limit)
  return { name: basename(path), bytes: await readFile(path) }
}
