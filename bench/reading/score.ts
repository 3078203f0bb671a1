/**
 * Scores the reader on annotated notices: node bench/reading/score.ts [FOLDER ...] [-v] [--only 03,07]
 * Without a folder it takes the sets beside it (notices, held, fresh, unseen, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, thirteenth, fourteenth, fifteenth, sixteenth, seventeenth, eighteenth). -v shows every miss.
 */
import { readFile, readdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readNotice } from '#slices/notices/reading/read.ts'
import { toSummary } from '#slices/notices/reading/summary.ts'
import type { NoticeSummary } from '#slices/notices/reading/summary.ts'

type GoldDuty = NoticeSummary['duties'][number]
type Tally = { files: number; gold: number; got: number; matched: number; coveredGold: number; coveredGot: number; bans: number; bansFound: number; bansSeen: number; modality: number; deadlines: number; deadlinesRight: number; recurrences: number; recurrencesRight: number; header: number; headerRight: number; headingsRight: number; ms: number }

const PINYIN = /\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6}\)/gi
const norm = (text: string | null): string => (text ?? '').normalize('NFKC').replace(PINYIN, '').replace(/\s+/g, '').replace(/[,，。.;；:：、!！?？"“”‘’'()（）]/g, '')

/** Characters covered by the longest common blocks, in order. */
function covered(a: string, b: string): number {
  if (a === '' || b === '') return 0
  let best = 0
  let atA = 0
  let atB = 0
  let row = Array.from({ length: b.length + 1 }, () => 0)
  for (let i = 0; i < a.length; i++) {
    const next = Array.from({ length: b.length + 1 }, () => 0)
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue
      const run = (row[j] ?? 0) + 1
      next[j + 1] = run
      if (run > best) { best = run; atA = i - run + 1; atB = j - run + 1 }
    }
    row = next
  }
  if (best === 0) return 0
  return best + covered(a.slice(0, atA), b.slice(0, atB)) + covered(a.slice(atA + best), b.slice(atB + best))
}

function spans(duties: readonly GoldDuty[], raw: string): [number, number][] {
  let from = 0
  return duties.map((duty) => {
    let at = raw.indexOf(duty.text, from)
    if (at < 0) at = raw.indexOf(duty.text)
    if (at < 0) return [-1, -1]
    from = at
    return [at, at + duty.text.length]
  })
}

const VAGUE = new Set(['及时', '尽快', '定期', '第一时间', '立即'])

function scoreFile(name: string, raw: string, gold: NoticeSummary, tally: Tally, verbose: boolean): void {
  const started = performance.now()
  const got = toSummary(readNotice(raw))
  tally.ms += performance.now() - started
  const notes: string[] = []
  const used = new Set<number>()
  for (const duty of gold.duties) {
    let best = 0
    let index = -1
    got.duties.forEach((other, i) => {
      if (used.has(i)) return
      const a = norm(other.text)
      const b = norm(duty.text)
      const share = (covered(a, b) / Math.max(1, b.length)) * (a.length > 3.5 * b.length + 30 ? 0.5 : 1)
      if (share > best) { best = share; index = i }
    })
    if (duty.modality === 'must-not') tally.bans++
    const other = got.duties[index]
    if (best < 0.6 || !other) { notes.push(`  missed   [${duty.clause}] ${duty.modality === 'must-not' ? '禁 ' : ''}${duty.text}`); continue }
    used.add(index)
    tally.matched++
    if (other.modality === duty.modality) tally.modality++
    else notes.push(`  modality [${duty.clause}] ${duty.text}: ${other.modality}, should be ${duty.modality}`)
    if (duty.modality === 'must-not' && other.modality === 'must-not') tally.bansFound++
    if (duty.deadline !== null && !VAGUE.has(duty.deadline)) {
      tally.deadlines++
      const a = norm(other.deadline)
      const b = norm(duty.deadline)
      if (a !== '' && (a.includes(b) || b.includes(a))) tally.deadlinesRight++
      else notes.push(`  deadline [${duty.clause}] ${duty.text}: ${other.deadline ?? 'none'}, should be ${duty.deadline}`)
    }
    if (duty.recurrence !== null) {
      tally.recurrences++
      if (other.recurrence !== null) tally.recurrencesRight++
      else notes.push(`  recurs   [${duty.clause}] ${duty.text}: should be ${duty.recurrence}`)
    }
  }
  got.duties.forEach((duty, i) => { if (!used.has(i)) notes.push(`  extra    [${duty.clause}] ${duty.modality === 'must-not' ? '禁 ' : ''}${duty.text}`) })
  const gs = spans(gold.duties, raw)
  const ps = spans(got.duties, raw)
  const cover = (list: [number, number][]): Set<number> => new Set(list.flatMap(([a, b]) => Array.from({ length: Math.max(0, b - a) }, (_, k) => a + k)))
  // Seen: some of its words stand in a proposed ban, however that was cut.
  gold.duties.forEach((duty, i) => { if (duty.modality === 'must-not' && got.duties.some((other, k) => other.modality === 'must-not' && (ps[k]?.[0] ?? 0) < (gs[i]?.[1] ?? 0) && (ps[k]?.[1] ?? 0) > (gs[i]?.[0] ?? 0))) tally.bansSeen++ })
  const inGold = cover(gs)
  const inGot = cover(ps)
  const share = ([a, b]: [number, number], set: Set<number>): number => (b <= a ? 0 : Array.from({ length: b - a }, (_, k) => a + k).filter((k) => set.has(k)).length / (b - a))
  tally.coveredGold += gs.filter((span) => share(span, inGot) >= 0.6).length
  tally.coveredGot += ps.filter((span) => share(span, inGold) >= 0.4).length
  tally.gold += gold.duties.length
  tally.got += got.duties.length
  const fields: [string, string, string][] = [['issuer', norm(got.issuer), norm(gold.issuer)], ['docNumber', norm(got.docNumber), norm(gold.docNumber)], ['title', norm(got.title), norm(gold.title)], ['date', norm(got.date), norm(gold.date)], ['addressees', got.addressees.map(norm).join('|'), gold.addressees.map(norm).join('|')], ['hazard', [...got.hazard].toSorted().join(), [...gold.hazard].toSorted().join()]]
  for (const [field, a, b] of fields) {
    tally.header++
    if (a === b) tally.headerRight++
    else notes.push(`  ${field}: ${a || 'none'}, should be ${b || 'none'}`)
  }
  const a = got.headings.map(norm).join('|')
  const b = gold.headings.map(norm).join('|')
  if (a === b) tally.headingsRight++
  else notes.push(`  headings: ${a || 'none'}, should be ${b || 'none'}`)
  tally.files++
  if (verbose) process.stdout.write(`${name}\n${notes.join('\n')}\n`)
}

const args = process.argv.slice(2)
const verbose = args.includes('-v')
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : null
const here = import.meta.dirname
const given = args.filter((arg, i) => !arg.startsWith('-') && args[i - 1] !== '--only')
const folders = given.length > 0 ? given : ['notices', 'held', 'fresh', 'unseen', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth'].map((name) => join(here, name)).filter((folder) => existsSync(folder))
for (const folder of folders) {
  const tally: Tally = { files: 0, gold: 0, got: 0, matched: 0, coveredGold: 0, coveredGot: 0, bans: 0, bansFound: 0, bansSeen: 0, modality: 0, deadlines: 0, deadlinesRight: 0, recurrences: 0, recurrencesRight: 0, header: 0, headerRight: 0, headingsRight: 0, ms: 0 }
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()) {
    const name = file.slice(0, -5)
    if (only && !only.includes(name)) continue
    const gold = JSON.parse(await readFile(join(folder, file), 'utf8')) as NoticeSummary
    scoreFile(name, await readFile(join(folder, `${name}.txt`), 'utf8'), gold, tally, verbose)
  }
  if (tally.files === 0) throw new Error(`nothing to score in ${folder}`)
  const f = (p: number, r: number): string => ((2 * p * r) / Math.max(1e-9, p + r)).toFixed(3)
  const rate = (a: number, b: number): string => `${a}/${b} = ${(a / Math.max(1, b)).toFixed(3)}`
  process.stdout.write([
    `${folder}: ${tally.files} notices, ${(tally.ms / tally.files).toFixed(1)} ms each`,
    `  duties strict    F1 ${f(tally.matched / Math.max(1, tally.got), tally.matched / Math.max(1, tally.gold))}  precision ${rate(tally.matched, tally.got)}  recall ${rate(tally.matched, tally.gold)}`,
    `  duties tolerant  F1 ${f(tally.coveredGot / Math.max(1, tally.got), tally.coveredGold / Math.max(1, tally.gold))}  precision ${rate(tally.coveredGot, tally.got)}  recall ${rate(tally.coveredGold, tally.gold)}`,
    `  prohibitions ${rate(tally.bansFound, tally.bans)} (seen, however cut: ${tally.bansSeen})  modality ${rate(tally.modality, tally.matched)}  deadlines ${rate(tally.deadlinesRight, tally.deadlines)}  recurrence ${rate(tally.recurrencesRight, tally.recurrences)}`,
    `  header ${rate(tally.headerRight, tally.header)}  headings ${rate(tally.headingsRight, tally.files)}`, ''
  ].join('\n'))
}
