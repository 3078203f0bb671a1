/** Who is signed in. The shell hands in the call; the design system knows no slice. */
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { CallProblem } from '#kernel/client.ts'
import type { Output } from '#kernel/contract.ts'
import { useRead, type AnyCall } from './data.ts'

export interface Session<M = unknown> {
  state: 'loading' | 'in' | 'out' | 'unreachable'
  /** The answer of the call; undefined unless state is `in`. */
  me: M | undefined
  problem: CallProblem | null
  /** Whether the signed-in person holds the permission somewhere (the server decides for the thing itself). */
  can: (permission: string) => boolean
  refresh: () => void
}

const SessionContext = createContext<Session | null>(null)

export interface SessionProviderProps<C extends AnyCall> {
  /** A read call with empty input; answers 401 when nobody is signed in. */
  call: C
  /** The permissions in the answer. */
  permissions: (me: Output<C>) => readonly string[]
  /** True where the answer says that nobody is signed in, if it does so without a problem. */
  signedOut?: (me: Output<C>) => boolean
  /** A remembered answer, shown while the network has not answered (phones). */
  remembered?: Output<C>
  children: ReactNode
}

export function SessionProvider<C extends AnyCall>({ call, permissions, signedOut, remembered, children }: SessionProviderProps<C>) {
  const read = useRead(call, {} as never, { topics: ['session'], keep: true })
  const session = useMemo<Session>(() => {
    const out = read.problem?.status === 401 || (read.data !== undefined && (signedOut?.(read.data) ?? false))
    const me = out ? undefined : (read.data ?? remembered)
    const state = out ? 'out' : me !== undefined ? 'in' : read.problem ? 'unreachable' : 'loading'
    const held = new Set(me === undefined ? [] : permissions(me))
    return { state, me, problem: read.problem, can: (permission) => held.has(permission), refresh: read.retry }
  }, [read.data, read.problem, read.retry, permissions, signedOut, remembered])
  return <SessionContext value={session}>{children}</SessionContext>
}

export function useSession<M = unknown>(): Session<M> {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession needs a SessionProvider above it')
  return session as Session<M>
}
