/** The geometry of a sparkline, apart from drawing it. */
/** Runs of known values as points within the box. A single one stays a dot. */
export function runsOf(values: readonly (number | null)[], width: number, height: number, fromZero: boolean): { x: number; y: number }[][] {
  const known = values.filter((value): value is number => value !== null)
  const least = fromZero ? Math.min(0, ...known) : Math.min(...known)
  const most = Math.max(...known)
  const span = most - least || 1
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const runs: { x: number; y: number }[][] = [[]]
  values.forEach((value, index) => {
    if (value === null) runs.push([])
    else runs.at(-1)?.push({ x: Math.round(index * step * 10) / 10, y: Math.round((height - ((value - least) / span) * height) * 10) / 10 })
  })
  return runs.filter((run) => run.length > 0)
}
