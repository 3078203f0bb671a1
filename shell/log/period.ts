/** A period of days as the calls want it: from the first moment of the first day to the last of the last. */
import { useState } from 'react'
import { endOfDay, startOfDay } from '#slices/directory/web/days.ts'
import { useMe } from '../session.tsx'

type Period = readonly [string, string] | null

export function usePeriod(): { period: Period; setPeriod: (period: Period) => void; given: { from?: string; to?: string } } {
  const { me } = useMe()
  const [period, setPeriod] = useState<Period>(null)
  const zone = me?.institution.timeZone ?? 'Asia/Shanghai'
  // Days, or moments of which the day counts.
  return { period, setPeriod, given: period ? { from: startOfDay(period[0].slice(0, 10), zone), to: endOfDay(period[1].slice(0, 10), zone) } : {} }
}
