/** A plain plot of lines over two logarithmic axes, as SVG. */

export interface Line {
  name: string
  colour: string
  points: [x: number, y: number][]
}
export interface Panel {
  title: string
  /** What stands along the axes. */
  x: string
  y: (value: number) => string
  lines: Line[]
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const count = (n: number) => (n >= 1e6 ? `${n / 1e6} M` : n >= 1e3 ? `${n / 1e3} k` : String(n))
const powers = (low: number, high: number) => Array.from({ length: Math.round(Math.log10(high / low)) + 1 }, (_, n) => low * 10 ** n)
const width = 620
const height = 440
const frame = { left: 74, right: 132, top: 46, bottom: 54 }

function drawn(panel: Panel, at: number): string {
  const all = panel.lines.flatMap((line) => line.points)
  const range = (values: number[]) => [10 ** Math.floor(Math.log10(Math.min(...values))), 10 ** Math.ceil(Math.log10(Math.max(...values) * 1.0001))] as const
  const [x0, x1] = range(all.map(([x]) => x))
  const [y0, y1] = range(all.map(([, y]) => y))
  const px = (x: number) => at + frame.left + ((Math.log10(x) - Math.log10(x0)) / (Math.log10(x1) - Math.log10(x0))) * (width - frame.left - frame.right)
  const py = (y: number) => height - frame.bottom - ((Math.log10(y) - Math.log10(y0)) / (Math.log10(y1) - Math.log10(y0))) * (height - frame.top - frame.bottom)
  const left = px(x0)
  const right = px(x1)
  const text = (x: number, y: number, words: string, more = '') => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(words)}</text>`
  const grid = [
    ...powers(x0, x1).map((x) => `<line class="grid" x1="${px(x).toFixed(1)}" x2="${px(x).toFixed(1)}" y1="${py(y0)}" y2="${py(y1)}"/>${text(px(x), py(y0) + 18, count(x), 'text-anchor="middle"')}`),
    ...powers(y0, y1).map((y) => `<line class="grid" x1="${left.toFixed(1)}" x2="${right.toFixed(1)}" y1="${py(y).toFixed(1)}" y2="${py(y).toFixed(1)}"/>${text(left - 8, py(y) + 4, panel.y(y), 'text-anchor="end"')}`),
  ]
  // Slope one: what is linear runs along these.
  const guides = Array.from({ length: Math.round(Math.log10(y1 / y0) + Math.log10(x1 / x0)) + 1 }, (_, n) => {
    const from = y0 * 10 ** (n - Math.round(Math.log10(x1 / x0)))
    const start = Math.max(x0, (x0 * y0) / from)
    const end = Math.min(x1, (x0 * y1) / from)
    return start < end ? `<line class="guide" x1="${px(start).toFixed(1)}" y1="${py((from * start) / x0).toFixed(1)}" x2="${px(end).toFixed(1)}" y2="${py((from * end) / x0).toFixed(1)}"/>` : ''
  })
  // Names at the ends of the lines, kept apart.
  const ends = panel.lines.map((line) => ({ line, y: py(line.points.at(-1)?.[1] ?? y0) })).toSorted((a, b) => a.y - b.y)
  ends.forEach((end, n) => { end.y = Math.max(end.y, (ends[n - 1]?.y ?? -Infinity) + 15) })
  const lines = ends.map(({ line, y }) => {
    const last = line.points.at(-1) ?? [x0, y0]
    const path = line.points.map(([x, v], n) => `${n ? 'L' : 'M'}${px(x).toFixed(1)} ${py(v).toFixed(1)}`).join('')
    return `<path d="${path}" fill="none" stroke="${line.colour}" stroke-width="2"/>${line.points.map(([x, v]) => `<circle cx="${px(x).toFixed(1)}" cy="${py(v).toFixed(1)}" r="3.2" fill="${line.colour}"/>`).join('')}`
      + `<line x1="${(px(last[0]) + 4).toFixed(1)}" y1="${py(last[1]).toFixed(1)}" x2="${(right + 6).toFixed(1)}" y2="${y.toFixed(1)}" stroke="${line.colour}" stroke-width="0.6"/>${text(right + 9, y + 4, line.name, `fill="${line.colour}"`)}`
  })
  return [text(at + frame.left, 26, panel.title, 'class="title"'), ...grid, ...guides, ...lines, text((left + right) / 2, height - 14, panel.x, 'text-anchor="middle"')].join('\n')
}

/** Panels side by side. Dashed: what grows in proportion runs along these. */
export function plot(panels: Panel[], words: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width * panels.length} ${height}" width="${width * panels.length}" height="${height}" role="img" aria-label="${escaped(words)}">
<style>text{font:12px system-ui,sans-serif}.title{font-size:15px;font-weight:600}.grid{stroke:#e3e6ea}.guide{stroke:#9aa4b0;stroke-dasharray:4 4;stroke-width:.9}</style>
<rect width="100%" height="100%" fill="#fff"/>
${panels.map((panel, n) => drawn(panel, n * width)).join('\n')}
</svg>
`
}
