/** The server: calls over HTTP, live updates, the worker of jobs, the built pages. Stateless: several may run on one database. */
import type { FastifyInstance } from 'fastify'
import { httpServer } from '#kernel/http.ts'
import { noInstitution } from '#kernel/institutions.ts'
import { startWorker } from '#kernel/jobs.ts'
import type { Live } from '#kernel/live.ts'
import { cannotRun } from '#kernel/problems.ts'
import { logger, reporter } from '#kernel/report.ts'
import { checkSecret } from '#kernel/seal.ts'
import { prepare, startKernel, type DatabaseAddress, type Running } from './start.ts'

export interface Serving {
  origin: string
  running: Running
  close(): Promise<void>
}

/** Serves on the wished port, or on the next free one where `strict` is not set. */
export async function serve(database: DatabaseAddress, options: { port: number; host: string; dist?: string; strict?: boolean; report?: (line: string) => void }): Promise<Serving> {
  checkSecret()
  let told = false
  await prepare(database, () => {
    if (!told) options.report?.('升级数据库结构 · bringing the schema up to date')
    told = true
  })
  // What was just committed, here or in another process, may have left a job to do.
  let wake: () => void = () => {}
  const running = await startKernel(database, { onChange: () => wake() })
  const live = running.live
  if (!live) throw new Error('A server needs live updates')
  const app = await httpServer(running.kernel, live, options.dist ? { dist: options.dist } : {})
  await listen(app, options).catch(async (error: unknown) => {
    await running.close()
    throw error
  })
  void hearsItself(live).then((yes) => {
    if (!yes) reporter(new Error('Live updates do not come back from the database: a pooler that shares connections cannot listen. Set DATABASE_LISTEN_URL to the server itself.'), 'live')
  })
  // One failure that nobody waited for is no reason to hang up on everybody else.
  const stray = (reason: unknown) => reporter(reason, 'unawaited')
  process.on('unhandledRejection', stray)
  const worker = startWorker(running.kernel)
  wake = worker.wake
  const watch = watchDatabase(database)
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  const host = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host
  logger.debug({ port }, 'serving')
  return {
    origin: `http://${host}:${port}`,
    running,
    async close() {
      clearInterval(watch)
      await app.close()
      await worker.stop()
      await running.close()
      process.off('unhandledRejection', stray)
    },
  }
}

/** On the wished port, or the next free one where that is allowed. @throws in words. */
async function listen(app: FastifyInstance, options: { port: number; host: string; strict?: boolean }): Promise<void> {
  for (let port = options.port; ; port++) {
    try {
      await app.listen({ port, host: options.host })
      return
    } catch (error) {
      const { code } = error as { code?: string }
      const taken = code === 'EADDRINUSE'
      if (taken && !options.strict && port < options.port + 20) continue
      if (taken) throw cannotRun(`端口 ${port} 已被占用。请换一个：--port，或停掉占用它的程序。`, `Port ${port} is taken. Name another with --port, or stop what uses it.`)
      if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw cannotRun(`不能在 ${options.host}:${port} 上监听（${code}）。请检查 --host 与 --port；1024 以下的端口需要权限。`, `Cannot listen on ${options.host}:${port} (${code}). Check --host and --port; ports below 1024 need a permission.`)
      throw error
    }
  }
}

/** Whether what is said to all processes reaches this one. */
function hearsItself(live: Live): Promise<boolean> {
  return new Promise((settle) => {
    const done = (yes: boolean) => {
      unsubscribe()
      clearTimeout(timer)
      settle(yes)
    }
    const unsubscribe = live.subscribe(noInstitution.id, () => done(true))
    const timer = setTimeout(() => done(false), 10_000).unref()
    live.ping(noInstitution.id, ['hello'])
  })
}

/** Nobody else looks after the embedded database: killed for want of memory, it is back within seconds. */
function watchDatabase({ revive }: DatabaseAddress): NodeJS.Timeout | undefined {
  if (!revive) return undefined
  let looking = false
  // Where it cannot start (a full disk), less and less often, so that trying does no harm of its own.
  let [pause, next] = [0, 0]
  return setInterval(() => {
    if (looking || Date.now() < next) return
    looking = true
    revive()
      .then(() => (pause = 0), (error: unknown) => {
        pause = Math.min(15_000, Math.max(1000, pause * 2))
        reporter(error, 'database')
      })
      .finally(() => {
        looking = false
        next = Date.now() + pause
      })
  }, 1000).unref()
}
