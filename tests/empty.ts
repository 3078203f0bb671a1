/** A server on a fresh database that nobody has claimed yet, as somebody finds it who never saw it. */
import { freshClaimToken } from '#kernel/claim.ts'
import { build } from '../entry/build.ts'
import { serve } from '../entry/serve.ts'
import { freshDatabase } from './postgres.ts'

export interface EmptyServer {
  origin: string
  /** The one-time token with which it is claimed. */
  token: string
  close(): Promise<void>
}

export async function openEmpty(): Promise<EmptyServer> {
  const dist = await build()
  const database = await freshDatabase()
  const server = await serve(database, { port: 0, host: '127.0.0.1', dist })
  const token = (await freshClaimToken(database.ownerUrl)) ?? ''
  return { origin: server.origin, token, close: async () => { await server.close(); await database.drop() } }
}
