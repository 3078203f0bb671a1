/** The server's log: what failed and where. Never what people wrote or who they are. */
import pino from 'pino'

export const logger = pino(
  { level: process.env['BULWARK_LOG'] ?? 'info', base: null, redact: { paths: ['*.password', '*.token', '*.phone', '*.name', '*.value'], censor: '…' } },
  pino.destination({ dest: 2, sync: true }),
)

/** Reports an unexpected error. Of a database error only its code and constraint: its texts quote data. */
export function reporter(error: unknown, call: string): void {
  const { code, constraint, table } = (error ?? {}) as { code?: string; constraint?: string; table?: string }
  const known = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
  const stack = error instanceof Error ? error.stack?.split('\n').slice(1, 6).map((line) => line.trim()) : undefined
  // A message of PostgreSQL names columns and functions, but for errors of data (class 22, 23) it quotes values.
  const message = error instanceof Error && !(known && /^2[23]/.test(code)) ? error.message.slice(0, 500) : undefined
  logger.error({ call, code, constraint, table, message, stack }, 'failed')
}
