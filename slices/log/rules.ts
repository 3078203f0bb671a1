/** What in the looks of officers is odd enough to be asked about. Pure: counts in, doubts out. */

/** People one actor looked at within one hour. */
export interface HourOfLooks {
  actorId: string
  at: string
  /** Hour of the day where the institution is. */
  hour: number
  people: number
  calls: string[]
}
/** One actor looked at one person so many times in a day. */
export interface Repeats {
  actorId: string
  at: string
  times: number
  calls: string[]
  unit: string | null
}
export interface OddLook {
  kind: 'many' | 'again' | 'night'
  actorId: string
  at: string
  count: number
  usual: number
  limit: number
  calls: string[]
  unit: string | null
}

/** Below this nobody has to explain an hour, whatever is usual: a counsellor has 200 students. */
export const manyPeople = 300
/** And so many times what an hour of theirs usually has. */
export const manyTimes = 3
export const nightPeople = 50
export const sameTimes = 15
const isNight = (hour: number) => hour < 5

/** The middle of what their hours have, this one left out. */
export function usualOf(hours: readonly HourOfLooks[], but: HourOfLooks): number {
  const others = hours.filter((one) => one !== but).map((one) => one.people).toSorted((a, b) => a - b)
  return others[Math.floor(others.length / 2)] ?? 0
}

/** Doubts, the latest first; an hour is named once, for the strongest reason. */
export function oddLooks(hours: readonly HourOfLooks[], repeats: readonly Repeats[]): OddLook[] {
  const found: OddLook[] = []
  for (const [actorId, own] of Map.groupBy(hours, (one) => one.actorId)) {
    for (const one of own) {
      const usual = usualOf(own, one)
      const limit = Math.max(manyPeople, usual * manyTimes)
      const { at, people, calls } = one
      if (people >= limit) found.push({ kind: 'many', actorId, at, count: people, usual, limit, calls, unit: null })
      else if (isNight(one.hour) && people >= nightPeople) found.push({ kind: 'night', actorId, at, count: people, usual, limit: nightPeople, calls, unit: null })
    }
  }
  for (const { actorId, at, times, calls, unit } of repeats) if (times >= sameTimes) found.push({ kind: 'again', actorId, at, count: times, usual: 0, limit: sameTimes, calls, unit })
  return found.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
