/** What the command line prints: JSON for programs, tables for people; progress on standard error. */
import { CallProblem } from '#kernel/client.ts'
import { messageOf } from '#kernel/messages.ts'
import { Problem, problemOfDatabase } from '#kernel/problems.ts'
import type { Language } from '#kernel/words.ts'

/** Width on a terminal: Chinese characters take two places. */
export const widthOf = (text: string) => [...text].reduce((sum, char) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char) ? 2 : 1), 0)
const pad = (text: string, width: number, right: boolean) => (right ? ' '.repeat(Math.max(0, width - widthOf(text))) + text : text + ' '.repeat(Math.max(0, width - widthOf(text))))

export function table(head: string[], rows: (string | number | null)[][]): string {
  const texts = rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  const right = head.map((_, index) => rows.length > 0 && rows.every((row) => typeof row[index] === 'number' || row[index] === null))
  const widths = head.map((title, index) => Math.max(widthOf(title), ...texts.map((row) => widthOf(row[index] ?? ''))))
  const line = (cells: string[]) => cells.map((cell, index) => pad(cell, widths[index] ?? 0, right[index] ?? false)).join('  ').trimEnd()
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...texts.map(line)].join('\n')
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** A progress line that rewrites itself on a terminal; elsewhere a line every fifteen seconds. */
export function progress(label: string): { to(done: number, total: number, note?: string): void; end(note?: string): void } {
  const started = Date.now()
  const tty = process.stderr.isTTY
  let last = tty ? 0 : started
  return {
    to(done, total, note = '') {
      if (Date.now() - last < (tty ? 100 : 15_000)) return
      last = Date.now()
      const share = total ? Math.min(1, done / total) : 1
      if (!tty) return say(`  ${label} ${Math.round(share * 100)}% ${note}`)
      process.stderr.write(`\r\u001b[K${label} ${'█'.repeat(Math.round(share * 24)).padEnd(24, '░')} ${Math.round(share * 100)}% ${note}`)
    },
    end(note = '') {
      process.stderr.write(`${tty ? '\r\u001b[K' : ''}✓ ${label} ${note} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
    },
  }
}

const fileTroubles: Record<string, [zh: string, en: string] | undefined> = {
  ENOENT: ['没有这个文件或文件夹', 'there is no such file or folder'], ENOTDIR: ['路径中有一段不是文件夹', 'a part of the path is no folder'], EISDIR: ['这是文件夹', 'it is a folder'], EACCES: ['没有权限', 'not permitted'], EPERM: ['没有权限', 'not permitted'],
  EROFS: ['所在位置只读', 'it lies on something that can only be read'], ENOSPC: ['磁盘已满', 'the disk is full'], EEXIST: ['已经存在', 'it exists already'], ENAMETOOLONG: ['名字太长', 'its name is too long'], EMFILE: ['打开的文件太多', 'too many files are open'],
}
/** Trouble with a file that somebody named, in words; other errors as they are. */
export function inWords(error: unknown): unknown {
  const { code, path } = (error ?? {}) as { code?: string; path?: unknown }
  const words = fileTroubles[code ?? '']
  return words && typeof path === 'string' ? new Problem(422, 'file-trouble', `“${path}”：${words[0]}（${code}）。`, `"${path}": ${words[1]} (${code}).`) : error
}

/** The words of a failure and the exit code that goes with it: 1 refused, 69 not reachable, 70 our fault. */
export function failure(what: unknown, language: Language, json: boolean): number {
  const error = problemOfDatabase(what) ?? inWords(what)
  const [code, message, details] =
    error instanceof Problem ? [error.code, messageOf(error, language), error.details]
    : error instanceof CallProblem ? [error.code, error.message, error.details]
    : ['internal', error instanceof Error ? error.message : String(error), undefined]
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message, ...(details === undefined ? {} : { details }) } }, null, 2)}\n`)
  else say(`✗ ${message}`)
  if (code === 'offline' || code === 'no-answer' || code === 'busy' || code === 'cannot-run') return 69
  return error instanceof Problem || error instanceof CallProblem ? 1 : 70
}
