import { InvalidArgumentError, Option } from 'commander'
import { Problem } from '#kernel/problems.ts'
import { languageOf, type Language } from '#kernel/words.ts'

export interface CliOptions {
  server?: string
  token?: string
  institution?: string
  language?: string
}

export interface GlobalOptions extends CliOptions {
  json?: boolean
}

/** Reads an option that is a whole number. @throws what the command line says as misuse. */
export const whole = (least: number, most: number) => (text: string): number => {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`应为 ${least} 到 ${most} 的整数 · a whole number from ${least} to ${most}`)
  return value
}

/** Where to listen; an environment that says nonsense is misuse too. */
export const portOption = (): Option => new Option('--port <port>', '端口 · port').env('PORT').argParser(whole(0, 65_535)).default(8080)

/** An option that is one of a few words. */
export const choice = (flags: string, description: string, words: readonly string[]): Option => new Option(flags, description).choices([...words])

/** Reads a moment, of this machine's clock where it names no offset. @throws what the command line says as misuse. */
export function moment(text: string): string {
  const at = new Date(text)
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})([T ]|$)/.exec(text) ?? []
  // Else "5" would be a year, and 31 February a day in March.
  const there = year !== undefined && new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  if (!there || Number.isNaN(at.getTime())) throw new InvalidArgumentError('应为时刻，如 2026-11-21 17:00（本机时区）或 2026-11-21T17:00+08:00 · a moment, such as 2026-11-21 17:00 (of this machine\'s clock) or 2026-11-21T17:00+08:00')
  return at.toISOString()
}

/** What a file's columns are said to be: header=meaning, where an empty meaning says that a column is not read. */
export function columnsSaid(pairs: readonly string[]): { header: string; meaning: string }[] {
  return pairs.map((pair) => {
    const at = pair.lastIndexOf('=')
    if (at < 1) throw new Problem(400, 'bad-input', `“${pair}”应写成 列名=含义。`, `"${pair}" should read header=meaning.`)
    return { header: pair.slice(0, at).trim(), meaning: pair.slice(at + 1).trim() }
  })
}

/** The address of a server. @throws what the command line says as misuse. */
export function address(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new InvalidArgumentError('应为服务器地址，如 https://bulwark.example.edu.cn · the address of a server, such as https://bulwark.example.edu.cn')
  return new URL(text).origin
}

/** The one asked for, else the terminal's; a bare one (`C`, `C.UTF-8`, none) says nothing about who reads. */
export function languageOfCli(options: CliOptions): Language {
  const terminal = (process.env['LC_ALL'] || process.env['LANG'] || '').replace('_', '-')
  return languageOf(options.language ?? (/^(C|POSIX)\b/.test(terminal) ? '' : terminal))
}
