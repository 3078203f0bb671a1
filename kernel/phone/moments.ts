/**
 * Moments that a phone wrote down by a clock that may be wrong. Just before the first sending the server tells its time; what differs is put
 * right then, once, and noted. Nothing a person did is refused because of the clock in their pocket.
 */

/** What the phone assumed when something was done. */
export interface ClockAssumed {
  /** How far it thought the server's clock was ahead of its own (ms). */
  offset: number
  /** The latest moment of the server it had heard of (ms since 1970, 0: none): what is done afterwards is not earlier. */
  heard: number
}

/** Smaller differences are the way of an answer through a slow network. */
export const tolerated = 60_000

/** The input with its moments of observation put right, and by how much (ms) at most; the input itself where nothing is to be put right. */
export function rightMoments(input: unknown, assumed: ClockAssumed | undefined, apart: number, deviceNow: number): { input: unknown; shift: number } {
  const serverNow = deviceNow + apart
  const drift = apart - (assumed?.offset ?? 0)
  let shift = 0
  const right = (written: string): string => {
    const at = Date.parse(written)
    if (Number.isNaN(at)) return written
    let moment = Math.abs(drift) > tolerated ? at + drift : at
    // Set right between then and now, the phone's clock tells nothing more: then it was at the latest just now, at the earliest when the server was last heard.
    if (moment < (assumed?.heard ?? 0) - tolerated) moment = assumed?.heard ?? 0
    if (moment > serverNow) moment = serverNow
    if (Math.abs(moment - at) <= tolerated) return written
    if (Math.abs(moment - at) > Math.abs(shift)) shift = moment - at
    return new Date(moment).toISOString()
  }
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return key === 'observedAt' ? right(value) : value
    if (Array.isArray(value)) return value.map((one) => walk(one, key))
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]))
    return value
  }
  const righted = walk(input, '')
  return shift === 0 ? { input, shift } : { input: righted, shift }
}
