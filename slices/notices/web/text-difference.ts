/** What was taken out of a text and what came in, by characters and whole figures, joined to readable runs. Pure. */
export interface Run {
  text: string
  kind: 'same' | 'out' | 'in'
}

const most = 2_000_000

/** Characters; figures and Latin words whole: 30厘米 → 20厘米 is another figure, not another digit. */
const piecesOf = (text: string): string[] => text.match(/\d+|[A-Za-z]+|./gsu) ?? []

/** The runs in order; texts too long for a table are shown as one taken out and one put in. */
export function difference(before: string, after: string): Run[] {
  const [a, b] = [piecesOf(before), piecesOf(after)]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)]
  const middle: Run[] = x.length * y.length > most ? [{ text: x.join(''), kind: 'out' }, { text: y.join(''), kind: 'in' }] : joined(common(x, y))
  return merged([{ text: a.slice(0, head).join(''), kind: 'same' }, ...middle, { text: a.slice(a.length - tail).join(''), kind: 'same' }])
}

/** The longest common subsequence, piece by piece. */
function common(x: readonly string[], y: readonly string[]): Run[] {
  const width = y.length + 1
  const table = new Uint32Array((x.length + 1) * width)
  for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--) table[i * width + j] = x[i] === y[j] ? (table[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0)
  const runs: Run[] = []
  for (let i = 0, j = 0; i < x.length || j < y.length; ) {
    if (i < x.length && j < y.length && x[i] === y[j]) {
      runs.push({ text: x[i++] as string, kind: 'same' })
      j++
    } else if (j >= y.length || (i < x.length && (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))) runs.push({ text: x[i++] as string, kind: 'out' })
    else runs.push({ text: y[j++] as string, kind: 'in' })
  }
  return runs
}

/** A lone character that happens to be the same between changes is part of the change: 3月5日 → 11月25日 reads whole. */
function joined(runs: readonly Run[]): Run[] {
  const all = merged(runs)
  const out: Run[] = []
  for (const [at, run] of all.entries()) {
    const island = run.kind === 'same' && run.text.length < 2 && at > 0 && at < all.length - 1
    if (island) out.push({ text: run.text, kind: 'out' }, { text: run.text, kind: 'in' })
    else out.push(run)
  }
  return merged(gathered(out))
}

/** Between what stays: first all that goes, then all that comes. */
function gathered(runs: readonly Run[]): Run[] {
  const out: Run[] = []
  let [gone, come] = ['', '']
  const flush = () => {
    if (gone) out.push({ text: gone, kind: 'out' })
    if (come) out.push({ text: come, kind: 'in' })
    gone = come = ''
  }
  for (const run of runs) {
    if (run.kind === 'out') gone += run.text
    else if (run.kind === 'in') come += run.text
    else {
      flush()
      out.push(run)
    }
  }
  flush()
  return out
}

const merged = (runs: readonly Run[]): Run[] => {
  const out: Run[] = []
  for (const run of runs) {
    const last = out.at(-1)
    if (run.text === '') continue
    if (last?.kind === run.kind) last.text += run.text
    else out.push({ ...run })
  }
  return out
}
