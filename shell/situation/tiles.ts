/** A rectangle divided among units by their size, each part as square as can be (squarified). Pure. */

export interface Tile {
  id: string
  x: number
  y: number
  width: number
  height: number
}

/** Sizes must be positive. The parts fill the box, the largest first at the upper left. */
export function tilesOf(items: readonly { id: string; size: number }[], width: number, height: number): Tile[] {
  const rest = items.filter((item) => item.size > 0).toSorted((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1))
  const whole = rest.reduce((sum, item) => sum + item.size, 0)
  if (whole === 0 || width <= 0 || height <= 0) return []
  const scale = (width * height) / whole
  const tiles: Tile[] = []
  let [x, y, w, h] = [0, 0, width, height]
  let at = 0
  while (at < rest.length) {
    const side = Math.min(w, h)
    // As many in this row as make its parts squarer.
    let end = at + 1
    let area = (rest[at]?.size ?? 0) * scale
    let bad = worst(area, rest[at]?.size ?? 0, rest[at]?.size ?? 0, scale, side)
    while (end < rest.length) {
      const more = area + (rest[end]?.size ?? 0) * scale
      const next = worst(more, rest[at]?.size ?? 0, rest[end]?.size ?? 0, scale, side)
      if (next > bad) break
      ;[bad, area, end] = [next, more, end + 1]
    }
    let along = 0
    for (const item of rest.slice(at, end)) {
      const long = (item.size * scale) / (area / side)
      tiles.push(w >= h ? { id: item.id, x, y: y + along, width: area / side, height: long } : { id: item.id, x: x + along, y, width: long, height: area / side })
      along += long
    }
    if (w >= h) [x, w] = [x + area / side, w - area / side]
    else [y, h] = [y + area / side, h - area / side]
    at = end
  }
  return tiles
}

/** How far from square the worst part of a row is, its largest and smallest member given. */
function worst(area: number, largest: number, smallest: number, scale: number, side: number): number {
  const thick = area / side
  return Math.max((largest * scale) / (thick * thick), (thick * thick) / (smallest * scale))
}
