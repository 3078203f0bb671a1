/** Through what the command line calls: a server with a token, or the installation on this machine as its operator. */
import type { Static, TSchema } from 'typebox'
import { CallProblem, httpClient, type CallOptions, type Client } from '#kernel/client.ts'
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
    return { call: saysWhere(client, options.server, language), institution: options.institution ?? '', close: async () => {} }
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

/** What a page says of its network and its sign-in is nothing to somebody at a terminal: here the address and the token are given. */
function saysWhere(client: Client, server: string, language: Language): Client['call'] {
  const words = (zh: string, en: string) => (language === 'en' ? en : zh)
  return (call, input, options) =>
    client.call(call, input, options).catch((error: unknown) => {
      if (!(error instanceof CallProblem)) throw error
      const { code, status } = error
      if (status === 0) {
        throw new CallProblem(0, code, call.kind === 'read'
          ? words(`连不上 ${server}，或连接中断。请核对 --server 和服务是否在运行，再运行一次。`, `${server} cannot be reached, or the connection broke. See that --server is right and the server runs, then run this again.`)
          : words(`连不上 ${server}，或连接中断，不知道是否已经办成。请核对 --server 和服务是否在运行；再运行之前先看一眼，以免办两次。`, `${server} cannot be reached, or the connection broke before it was known whether this was done. See that --server is right and the server runs, and look before you run this again.`))
      }
      if (code === 'signed-out') throw new CallProblem(status, code, words(`${server} 不认这个会话口令：没有给出、不对或已过期。没有改动任何数据。请在浏览器中登录，把 cookie “bulwark” 的值给 --token 或 BULWARK_TOKEN。`, `${server} does not know this session token: none was given, it is wrong, or it has ended. Nothing was changed. Sign in with a browser and give the value of the cookie "bulwark" to --token or BULWARK_TOKEN.`))
      if (code === 'unreadable-answer') throw new CallProblem(status, code, words(`${server} 的回应看不懂（HTTP ${status}）：那里多半不是堡垒，或中间的代理拦下了。请核对 --server。`, `The answer of ${server} cannot be read (HTTP ${status}): it is probably no Bulwark, or a proxy stands in between. See that --server is right.`))
      throw error
    })
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
