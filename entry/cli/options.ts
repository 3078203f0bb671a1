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

export const languageOfCli = (options: CliOptions): Language => languageOf(options.language ?? process.env['LC_ALL'] ?? process.env['LANG']?.replace('_', '-') ?? 'zh-CN')
