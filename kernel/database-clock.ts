/** One time for all servers of an installation: the database's. */
import type { Pool } from 'pg'
import type { Clock } from './clock.ts'

/** Smaller differences are the way of an answer. */
const tolerated = 50
const everyMs = 5000

export interface TimeSources {
  /** Asks the database's machine (ms since 1970). */
  ask(): Promise<number>
  /** This machine's clock, which somebody or something may set. */
  wall?(): number
  /** Runs on at the same pace whatever is set. */
  steady?(): number
}

/** What the database's clock says. */
export const databaseTime = (pool: Pool) => async (): Promise<number> => Number((await pool.query<{ ms: number }>('select extract(epoch from clock_timestamp()) * 1000 as ms')).rows[0]?.ms)

/**
 * The time of the database: all servers of an installation live by it, and jobs fall due by it, whatever the clock of this machine says. Where both
 * agree it is this machine's; where that one is set to another time, nothing jumps here until the database's has.
 */
export class DatabaseClock implements Clock {
  #ask: () => Promise<number>
  #wall: () => number
  #steady: () => number
  #offset = 0
  #tie: number
  #timer: NodeJS.Timeout | undefined
  constructor({ ask, wall = Date.now, steady = () => performance.now() }: TimeSources) {
    this.#ask = ask
    this.#wall = wall
    this.#steady = steady
    this.#tie = wall() - steady()
  }
  now(): number {
    const wall = this.#wall()
    const set = wall - this.#steady() - this.#tie
    if (Math.abs(set) > 1000) {
      this.#tie += set
      this.#offset -= set
      void this.look()
    }
    return Math.round(wall + this.#offset)
  }
  /** Compares; answers by how much this machine's clock is ahead of the database's (ms). Where the database cannot be asked, the time goes on. */
  async look(): Promise<number> {
    try {
      const [from, then] = [this.#steady(), await this.#ask()]
      const way = (this.#steady() - from) / 2
      const apart = then + way - this.now()
      if (Math.abs(apart) > way + tolerated) this.#offset += apart
      // Agreed again: exactly this machine's.
      if (Math.abs(this.#offset) <= way + tolerated) this.#offset = 0
    } catch {
      // It goes on at its own pace until the database answers again.
    }
    return -this.#offset
  }
  start(): void {
    this.#timer = setInterval(() => void this.look(), everyMs).unref()
  }
  stop(): void {
    clearInterval(this.#timer)
  }
}
