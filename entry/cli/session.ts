/** Through what the command line calls: a server with a token, or the installation on this machine as its operator. */
import type { Static, TSchema } from 'typebox'
import { httpClient, type CallOptions, type Client } from '#kernel/client.ts'
import type { Call } from '#kernel/contract.ts'
import { handle, operator } from '#kernel/handle.ts'
import { findInstitution, listInstitutions, noInstitution } from '#kernel/institutions.ts'
import { runDueJobs } from '#kernel/jobs.ts'
import { Problem } from '#kernel/problems.ts'
import type { Language } from '#kernel/words.ts'
import { languageOfCli, type CliOptions } from './options.ts'
import { findDatabase, prepare, startKernel, type Running } from '../start.ts'

export interface Session extends Client {
  /** The institution's code, once chosen. */
  institution: string
  /** Where no server is in between: does jobs that are due, and says how many. */
  work?: () => Promise<number>
  close(): Promise<void>
}

/** Opens a session. Without a server the operator of this machine acts, recorded as such. */
export async function openSession(options: CliOptions, where: { anyInstitution?: boolean } = {}): Promise<Session> {
  const language = languageOfCli(options)
  if (options.server) {
    const client = httpClient({ origin: options.server, language: () => language, ...(options.token ? { token: options.token } : {}) })
    return { call: client.call, institution: options.institution ?? '', close: async () => {} }
  }
  const database = await findDatabase()
  await prepare(database)
  const running = await startKernel(database, { connections: 4 })
  try {
    const institutionId = where.anyInstitution ? noInstitution.id : await choose(running, options.institution)
    return localSession(running, institutionId, options.institution ?? '', language)
  } catch (error) {
    await running.close()
    throw error
  }
}

/** The operator of this machine, in one institution. */
export function localSession(running: Running, institutionId: string, code: string, language: Language): Session {
  return {
    institution: code,
    async call<I extends TSchema, O extends TSchema>(call: Call<I, O>, input: Static<I>, options: CallOptions = {}): Promise<Static<O>> {
      const answer = await handle(running.kernel, call.name, { who: { actor: operator, institutionId }, input, language, requestId: options.requestId, file: options.file })
      return answer.output as Static<O>
    },
    work: () => runDueJobs(running.kernel),
    close: () => running.close(),
  }
}

async function choose(running: Running, code: string | undefined): Promise<string> {
  const { db } = running.kernel.connection
  if (code) {
    const found = await findInstitution(db, { code })
    if (!found) throw new Problem(404, 'no-such-institution', `没有代码为“${code}”的单位。`, `There is no institution with the code "${code}".`)
    return found.id
  }
  const all = await listInstitutions(db)
  const real = all.filter((one) => !one.drill)
  const only = real.length === 1 ? real[0] : all.length === 1 ? all[0] : undefined
  if (only) return only.id
  const codes = all.map((one) => one.code).join(', ')
  if (all.length === 0) throw new Problem(409, 'nothing-yet', '还没有任何单位。请先运行 bulwark serve 并认领，或运行 bulwark demo。', 'There is no institution yet. Run bulwark serve and claim it, or bulwark demo.')
  throw new Problem(400, 'which-institution', `请用 --institution 指明单位：${codes}`, `Name the institution with --institution: ${codes}`)
}
