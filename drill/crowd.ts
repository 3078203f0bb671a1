/** The synthetic people as clients: each acts through the public interface with a session of their own. */
import { httpClient, CallProblem, type Client } from '#kernel/client.ts'
import { actAs } from '#slices/drills/contract.ts'

export interface Crowd {
  /** The client of a person, by roster number. */
  as(number: string): Client
  personId(number: string): string
}

/** Borrows sessions for everybody, in a drill only. */
export async function gather(conductor: Client, origin: string, numbers: readonly string[], report: (done: number) => void = () => {}): Promise<Crowd> {
  const known = new Map<string, { personId: string; token: string }>()
  for (let at = 0; at < numbers.length; at += 5000) {
    const { actors } = await conductor.call(actAs, { numbers: numbers.slice(at, at + 5000) })
    for (const { number, personId, token } of actors) known.set(number, { personId, token })
    report(known.size)
  }
  const of = (number: string) => {
    const actor = known.get(number)
    if (!actor) throw new Error(`Nobody in the drill has the number ${number}`)
    return actor
  }
  return {
    as: (number) => httpClient({ origin, language: () => 'zh-Hans', token: of(number).token }),
    personId: (number) => of(number).personId,
  }
}

/** Runs work over items, so many at a time; answers how many failed. A busy server is asked again, as a phone would. */
export async function together<T>(items: readonly T[], width: number, work: (item: T) => Promise<unknown>, report: (done: number) => void = () => {}): Promise<{ failed: number; problems: Map<string, number> }> {
  let next = 0
  let done = 0
  let failed = 0
  const problems = new Map<string, number>()
  const lane = async () => {
    while (next < items.length) {
      const item = items[next++] as T
      for (let attempt = 1; ; attempt++) {
        try {
          await work(item)
          break
        } catch (error) {
          const again = error instanceof CallProblem && (error.code === 'busy' || error.code === 'offline')
          if (again && attempt < 8) {
            await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt))
            continue
          }
          failed++
          const code = error instanceof CallProblem ? `${error.code}: ${error.message}` : String(error)
          problems.set(code, (problems.get(code) ?? 0) + 1)
          break
        }
      }
      report(++done)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
  return { failed, problems }
}
