/**
 * Logins that nobody has answer wrong passwords as those do that somebody has: five tries, then a rest that doubles. Otherwise the rest would tell
 * who has an account. Kept by each process for itself: it protects no account, it only keeps a secret.
 */
const most = 10_000
const tries = new Map<string, { failures: number; until: number }>()

/** Counts one try. @returns whether it is answered with a rest. */
export function unknownRests(institutionId: string, login: string, now: Date): boolean {
  const key = `${institutionId} ${login}`
  const { failures, until } = tries.get(key) ?? { failures: 0, until: 0 }
  if (until > now.getTime()) return true
  // The oldest makes room.
  if (tries.size >= most) for (const first of tries.keys()) { tries.delete(first); break }
  tries.delete(key)
  tries.set(key, { failures: failures + 1, until: failures + 1 >= 5 ? now.getTime() + Math.min(900, 5 * 2 ** (failures - 4)) * 1000 : 0 })
  return false
}
