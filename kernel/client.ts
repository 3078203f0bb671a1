/** The client of every call, for browser, phone, command line and drill: one function over the declarations. */
import type { Static, TSchema } from 'typebox'
import type { Call } from './contract.ts'
import { newId } from './ids.ts'
import type { Language } from './words.ts'

/** What a call answers when it could not be done. Status 0 (`offline`, `no-answer`): nothing is known of the outcome; the same request id again does nothing twice. */
export class CallProblem extends Error {
  readonly status: number
  readonly code: string
  readonly details: unknown
  readonly retryAfter: number | null
  constructor(status: number, code: string, message: string, details?: unknown, retryAfter: number | null = null) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
    this.retryAfter = retryAfter
  }
}

export interface CallOptions {
  /** Minted once when the form is opened and kept through retries: decides exactly-once. */
  requestId?: string
  file?: { name: string; bytes: Uint8Array }
  signal?: AbortSignal
}

export interface Client {
  call<I extends TSchema, O extends TSchema>(declaration: Call<I, O>, input: Static<I>, options?: CallOptions): Promise<Static<O>>
}

export interface ClientSettings {
  /** '' in the browser: same origin. */
  origin: string
  language: () => Language
  /** Session token, where there is no cookie. */
  token?: string | (() => string | undefined)
  /** After so many milliseconds without the whole answer a call that carries no file counts as not answered: a line that went dead says nothing for many minutes. Absent: as long as the system waits. */
  patience?: number
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function httpClient(settings: ClientSettings): Client {
  return {
    async call(declaration, input, options = {}) {
      const headers: Record<string, string> = { 'accept-language': settings.language() }
      const token = typeof settings.token === 'function' ? settings.token() : settings.token
      if (token) headers['authorization'] = `Bearer ${token}`
      if (declaration.kind !== 'read') headers['x-request-id'] = options.requestId ?? newId()
      let body: string | FormData
      if (options.file) {
        body = new FormData()
        body.set('input', JSON.stringify(input))
        body.set('file', new Blob([options.file.bytes as Uint8Array<ArrayBuffer>]), options.file.name)
      } else {
        headers['content-type'] = 'application/json'
        body = JSON.stringify(input)
      }
      const english = settings.language() === 'en'
      const stop = new AbortController()
      const obey = () => stop.abort(options.signal?.reason)
      if (options.signal?.aborted) obey()
      options.signal?.addEventListener('abort', obey)
      let late = false
      const timer = settings.patience === undefined || options.file ? undefined : setTimeout(() => { late = true; stop.abort() }, settings.patience)
      let response: Response | undefined
      let answer: unknown
      try {
        response = await fetch(`${settings.origin}/api/${declaration.name}`, { method: 'POST', headers, body, signal: stop.signal, credentials: 'same-origin' })
        answer = jsonOf(await response.text())
      } catch (error) {
        if (options.signal?.aborted) throw error
        if (late || response) throw new CallProblem(0, 'no-answer', english ? 'The server has not answered; whether it arrived is not known. What you entered is still here: try again, nothing is done twice.' : '服务器没有回应，还不知道是否送达。已填写的内容还在，再试一次，不会重复。')
        throw new CallProblem(0, 'offline', english ? 'No connection; it may not have arrived. What you entered is still here: try again when there is a network, nothing is done twice.' : '没有连上服务器，可能没有送达。已填写的内容还在，联网后再试一次，不会重复。')
      } finally {
        clearTimeout(timer)
        options.signal?.removeEventListener('abort', obey)
      }
      const retryAfter = Number(response.headers.get('retry-after')) || null
      if (response.ok && answer !== null) return answer as never
      const problem = (answer ?? {}) as { code?: string; message?: string; details?: unknown }
      throw new CallProblem(response.status, problem.code ?? 'unreadable-answer', problem.message ?? `HTTP ${response.status}`, problem.details, retryAfter)
    },
  }
}
