/** Jobs: rows written in the transaction that wants them done; a worker claims and runs each in a transaction of its own. */
import { sql } from 'kysely'
import type { Clock } from './clock.ts'
import { inInstitution, type Tx } from './database.ts'
import { findInstitution } from './institutions.ts'
import { finish, Run, system, type Kernel } from './handle.ts'
import { call as declare, aboutInstitution, Nothing } from './contract.ts'
import { problemOfDatabase } from './problems.ts'
import type { Institution, JobHandler } from './server.ts'

/** Jobs of an institution that are due and not done. */
export async function countDueJobs(tx: Tx, institutionId: string, now: Date): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from kernel.job where institution_id = ${institutionId} and run_at <= ${now}::timestamptz`.execute(tx)).rows[0]?.n ?? 0
}

interface Claimed {
  institution_id: string
  job_id: string
  kind: string
  payload: Record<string, unknown>
  attempts: number
}

const backoffSeconds = (attempts: number) => Math.min(3600, 5 * 2 ** attempts)

/** A server that is killed keeps what it had claimed this long. While a job runs in its transaction its row is locked besides; one with strangers is not, and is held longer. */
const lease = '1 minute'
const leaseOutside = '5 minutes'

/** So many jobs with strangers at once; those above wait a moment. */
const mostOutside = 16

/**
 * Claims and runs due jobs once; answers how many ran. The job's row goes in the same transaction as its effect. Jobs with strangers are left running in `beside`, or waited for where there is none.
 */
export async function runDueJobs(kernel: Kernel, most = 20, beside?: Set<Promise<void>>): Promise<number> {
  const { db } = kernel.connection
  const claimed = (await sql<Claimed>`select * from kernel.claim_jobs(${most}, ${lease}::interval)`.execute(db)).rows
  const begun: Promise<void>[] = []
  for (const row of claimed) {
    try {
      const institution = await findInstitution(db, { id: row.institution_id })
      const handlers = kernel.registry.jobs.get(row.kind)
      if (!institution) continue
      if (!handlers) throw new Error(`No handler for job ${row.kind}`)
      const { outside } = handlers[0] ?? {}
      if (outside) {
        if (beside && beside.size >= mostOutside) {
          await putBack(kernel, row, 2, null)
          continue
        }
        const running: Promise<void> = runOutside(kernel, row, institution, outside).catch((error: unknown) => failed(kernel, row, error)).finally(() => beside?.delete(running))
        beside?.add(running)
        begun.push(running)
        continue
      }
      const run = await inInstitution(db, institution.id, 'write', async (tx) => {
        const [gone] = (await sql<{ runAt: string }>`delete from kernel.job where institution_id = ${institution.id} and job_id = ${row.job_id} returning run_at as "runAt"`.execute(tx)).rows
        if (!gone) return null
        const context = new Run(tx, institution, system, notBefore(gone.runAt, institution, kernel.clock), { language: 'zh-Hans' })
        for (const handler of handlers) await handler.run(context, row.payload as never)
        await context.settle(asCall(row.kind, context.entries.length > 0))
        return context
      })
      if (run) await finish(kernel, asCall(row.kind, true), run)
    } catch (error) {
      await failed(kernel, row, error)
    }
  }
  if (!beside) await Promise.all(begun)
  return claimed.length
}

/** A job that has fallen due by the database's clock does not find, by its own, that it is not yet time. */
const notBefore = (runAt: string, { clockOffsetMs }: Institution, clock: Clock): Clock => ({ now: () => Math.max(clock.now(), Date.parse(runAt) - clockOffsetMs) })

async function failed(kernel: Kernel, row: Claimed, error: unknown): Promise<void> {
  kernel.report(error, `job ${row.kind}`)
  await putBack(kernel, row, backoffSeconds(row.attempts), error instanceof Error ? error.message.slice(0, 300) : 'unknown')
}

/** What took the database away took this as well: the job is put back once it is there again, for otherwise its lease would have to end first. */
async function putBack(kernel: Kernel, row: Claimed, seconds: number, problem: string | null, tries = 0): Promise<void> {
  await inInstitution(kernel.connection.db, row.institution_id, 'write', (tx) =>
    sql`update kernel.job set run_at = run_at + make_interval(secs => ${seconds}), locked_until = now() + make_interval(secs => ${seconds}), last_error = coalesce(${problem}, last_error)
      where institution_id = ${row.institution_id} and job_id = ${row.job_id}`.execute(tx),
  ).catch((failure) => {
    if (tries === 0) kernel.report(failure, `job ${row.kind}`)
    if (problemOfDatabase(failure)?.status === 503 && tries < 200) setTimeout(() => void putBack(kernel, row, seconds, problem, tries + 1), 1000).unref()
  })
}

const anothers = Symbol('claimed by another process')

/** Prepares and commits, works without a transaction, records and takes the job's row away in one. */
async function runOutside(kernel: Kernel, row: Claimed, institution: Institution, outside: NonNullable<JobHandler['outside']>): Promise<void> {
  const step = async (takeAway: boolean, work: (context: Run) => Promise<unknown>) => {
    let answer: unknown
    const run = await inInstitution(kernel.connection.db, institution.id, 'write', async (tx) => {
      const context = new Run(tx, institution, system, kernel.clock, { language: 'zh-Hans' })
      if (takeAway) await sql`delete from kernel.job where institution_id = ${institution.id} and job_id = ${row.job_id}`.execute(tx)
      answer = await work(context)
      await context.settle(asCall(row.kind, context.entries.length > 0))
      return context
    })
    await finish(kernel, asCall(row.kind, true), run)
    return answer
  }
  const work = await step(false, async (context) => {
    // It may have waited for its turn until another process claimed it: then it is that one's.
    const held = await sql`update kernel.job set locked_until = now() + ${leaseOutside}::interval where institution_id = ${institution.id} and job_id = ${row.job_id} and attempts = ${row.attempts}`.execute(context.tx)
    return Number(held.numAffectedRows) === 1 ? outside.prepare(context, row.payload as never) : anothers
  })
  if (work === anothers) return
  if (work === null) return void (await step(true, async () => null))
  const result = await outside.work(work as never)
  await step(true, (context) => outside.record(context, result, row.payload as never))
}

/** A job logs only what its handler names: silent when it had nothing to do. */
function asCall(kind: string, logs: boolean) {
  return declare({ name: `job.${kind}`, kind: logs ? 'write' : 'read', needs: 'public', about: aboutInstitution, input: Nothing, output: Nothing, summary: ['', ''] })
}

/** Runs jobs until stopped: at once when woken, otherwise when the next falls due (looked at least once a second). */
export function startWorker(kernel: Kernel): { wake(): void; stop(): Promise<void> } {
  let stopped = false
  let wake: () => void = () => {}
  const beside = new Set<Promise<void>>()
  const loop = (async () => {
    while (!stopped) {
      const ran = await runDueJobs(kernel, 20, beside).catch((error) => {
        kernel.report(error, 'worker')
        return 0
      })
      if (ran > 0 || stopped) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    wake: () => wake(),
    async stop() {
      stopped = true
      wake()
      await loop
      await Promise.all(beside)
    },
  }
}
