/** The server's log: what failed and where. Never what people wrote or who they are. */
import pino from 'pino'

const wanted = process.env['BULWARK_LOG'] ?? 'info'
const levelKnown = wanted in pino.levels.values || wanted === 'silent'

export const logger = pino(
  { level: levelKnown ? wanted : 'info', base: null, redact: { paths: ['*.password', '*.token', '*.phone', '*.name', '*.value'], censor: '…' } },
  pino.destination({ dest: 2, sync: true }),
)

if (!levelKnown) logger.warn(`BULWARK_LOG knows no level "${wanted}": ${Object.keys(pino.levels.values).join(', ')}, silent`)

/** Reports an unexpected error. Of a database error only its code and constraint: its texts quote data. */
export function reporter(error: unknown, call: string): void {
  const { code, constraint, table } = (error ?? {}) as { code?: string; constraint?: string; table?: string }
  const known = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
  const stack = error instanceof Error ? error.stack?.split('\n').slice(1, 6).map((line) => line.trim()) : undefined
  // A message of PostgreSQL names columns and functions, but for errors of data (class 22, 23) it quotes values.
  const message = error instanceof Error && !(known && /^2[23]/.test(code)) ? error.message.slice(0, 500) : undefined
  const missed = missedSince(`${call} ${code} ${message}`)
  if (missed !== null) logger.error({ call, code, constraint, table, message, stack, ...(missed ? { alsoBefore: missed } : {}) }, 'failed')
}

const told = new Map<string, { at: number; missed: number }>()
/** The same failure is told once a minute, with how often it was not: what fails every second must not fill a disk. null: not now. */
function missedSince(key: string): number | null {
  const before = told.get(key)
  const now = performance.now()
  if (before && now - before.at < 60_000) {
    before.missed++
    return null
  }
  if (told.size > 1000) told.clear()
  told.set(key, { at: now, missed: 0 })
  return before?.missed ?? 0
}
