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

/** The one asked for, else the terminal's; a bare one (`C`, `C.UTF-8`, none) says nothing about who reads. */
export function languageOfCli(options: CliOptions): Language {
  const terminal = (process.env['LC_ALL'] || process.env['LANG'] || '').replace('_', '-')
  return languageOf(options.language ?? (/^(C|POSIX)\b/.test(terminal) ? '' : terminal))
}
