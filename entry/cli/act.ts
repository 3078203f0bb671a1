/** How a command runs: opens a session, does its work, prints, closes. */
import type { Command } from 'commander'
import type { GlobalOptions } from './options.ts'
import type { Session } from './session.ts'

export interface Act {
  session: Session
  options: GlobalOptions
  /** Prints data as JSON where asked, else as the text given. */
  print(data: unknown, text: () => string): void
}

export const globalOptions = (command: Command): GlobalOptions => command.optsWithGlobals<GlobalOptions>()

export function printer(options: GlobalOptions): Act['print'] {
  return (data, text) => process.stdout.write(`${options.json ? JSON.stringify(data, null, 2) : text()}\n`)
}

/** Runs work with an open session, closed whatever happens. */
export async function act(command: Command, work: (act: Act) => Promise<void>, where: { anyInstitution?: boolean } = {}): Promise<void> {
  const options = globalOptions(command)
  // The whole server is loaded only where a command needs it.
  const { openSession } = await import('./session.ts')
  const session = await openSession(options, where)
  try {
    await work({ session, options, print: printer(options) })
  } finally {
    await session.close()
  }
}
