/** Jobs are rows, written in the transaction that wants them done. */
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { newId } from './ids.ts'
import type { JobRequest } from './server.ts'

export async function enqueueJobs(tx: Tx, institutionId: string, jobs: JobRequest[], now: Date): Promise<void> {
  if (!jobs.length) return
  await sql`insert into kernel.job (institution_id, job_id, kind, key, payload, run_at)
    select ${institutionId}, job_id, kind, key, payload, run_at
    from unnest(${jobs.map(() => newId())}::uuid[], ${jobs.map((job) => job.kind)}::text[], ${jobs.map((job) => job.key ?? null)}::text[],
      ${jobs.map((job) => JSON.stringify(job.payload ?? {}))}::jsonb[], ${jobs.map((job) => job.at ?? now)}::timestamptz[]) as t(job_id, kind, key, payload, run_at)
    on conflict do nothing`.execute(tx)
}
