import { InvalidArgumentError } from 'commander'
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

/** The one asked for, else the terminal's; a bare one (`C`, `C.UTF-8`, none) says nothing about who reads. */
export function languageOfCli(options: CliOptions): Language {
  const terminal = (process.env['LC_ALL'] || process.env['LANG'] || '').replace('_', '-')
  return languageOf(options.language ?? (/^(C|POSIX)\b/.test(terminal) ? '' : terminal))
}
