/** Whether what stands on the wall may be trusted. Pure. */

export type Freshness = 'fresh' | 'behind' | 'offline' | 'none'

/** Older than this is said loudly: every read comes once a minute. */
export const behindAfter = 150_000

export function freshnessOf({ asOf, now, online, lost, failed }: { asOf: string | undefined; now: number; online: boolean; lost: boolean; failed: boolean }): Freshness {
  if (!online) return 'offline'
  if (asOf === undefined) return failed || lost ? 'none' : 'fresh'
  const age = now - new Date(asOf).getTime()
  return age > behindAfter || (lost && age > 20_000) || (failed && age > 60_000) ? 'behind' : 'fresh'
}
