/** COPY over a client's own connection, as streams: whole tables go in and out without being held in memory. */
import { once } from 'node:events'
import type { Client, Connection } from 'pg'

/** What the driver asks of something it runs. */
interface Submitted {
  submit(connection: Connection): void
  handleCopyData?(message: { chunk: Buffer }, connection: Connection): void
  handleCopyInResponse?(connection: Connection): void
  handleCommandComplete(message: { text: string }): void
  handleReadyForQuery(): void
  handleError(error: Error): void
  handleRowDescription?(): void
  handleEmptyQuery?(): void
}
interface Wire {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
  stream: import('node:net').Socket
}
const wire = (connection: Connection) => connection as unknown as Wire
const rowsOf = (text: string) => Number(/\d+$/.exec(text)?.[0] ?? 0)

/** Runs `copy … to stdout`; each chunk is taken before the next is asked for. Answers how many rows came. */
export function copyOut(client: Client, text: string, take: (chunk: Buffer) => Promise<void> | void): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0
    let failed: Error | null = null
    let waiting = Promise.resolve()
    let open = 0
    const submitted: Submitted = {
      submit: (connection) => wire(connection).query(text),
      handleCopyData({ chunk }, connection) {
        const { stream } = wire(connection)
        // The driver's buffer is used again.
        const own = Buffer.from(chunk)
        if (++open > 64) stream.pause()
        waiting = waiting.then(() => (failed ? undefined : take(own))).catch((error: unknown) => void (failed ??= error as Error)).then(() => void (--open < 16 && stream.resume()))
      },
      handleCommandComplete: (message) => void (rows = rowsOf(message.text)),
      // The driver forgets what it was running when it fails: nothing more is said to us.
      handleError: (error) => void waiting.then(() => reject((failed ??= error))),
      handleReadyForQuery: () => void waiting.then(() => (failed ? reject(failed) : resolve(rows))),
    }
    client.query(submitted as never)
  })
}

/** Runs `copy … from stdin` with these chunks. Answers how many rows went in. */
export function copyIn(client: Client, text: string, chunks: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0
    let failed: Error | null = null
    const submitted: Submitted = {
      submit: (connection) => wire(connection).query(text),
      handleCopyInResponse(connection) {
        void (async () => {
          try {
            for await (const chunk of chunks) {
              if (failed) break
              wire(connection).sendCopyFromChunk(chunk)
              if (wire(connection).stream.writableNeedDrain) await Promise.race([once(wire(connection).stream, 'drain'), once(wire(connection).stream, 'close')])
            }
            wire(connection).endCopyFrom()
          } catch (error) {
            failed ??= error as Error
            wire(connection).sendCopyFail('the source broke off')
          }
        })()
      },
      handleCommandComplete: (message) => void (rows = rowsOf(message.text)),
      handleError: (error) => reject((failed ??= error)),
      handleReadyForQuery: () => (failed ? reject(failed) : resolve(rows)),
    }
    client.query(submitted as never)
  })
}
