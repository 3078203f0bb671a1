/**
 * Time and disk against people × days: runs each size on a fresh database, prints the table and writes bench/growth.svg.
 * node bench/engine/growth.ts [--sizes 30000x7,100000x7,300000x7] [--measures 6] [--rounds 20] [--out bench/growth.svg] [--keep bench/growth.json]
 * Larger: --sizes 30000x7,100000x7,300000x7,1000000x14 (12 GB of disk, half an hour). Sizes that stand in the kept file are not run again.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Grown } from './growth-size.ts'
import { plot } from './plot.ts'
import { machine } from './stage.ts'

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '30000x7,100000x7,300000x7' }, measures: { type: 'string', default: '6' }, rounds: { type: 'string', default: '20' }, out: { type: 'string', default: 'bench/growth.svg' }, keep: { type: 'string' } } })
const sizes = values.sizes.split(',').map((size) => size.split('x').map(Number) as [number, number])
const kept: Grown[] = values.keep && existsSync(values.keep) ? (JSON.parse(readFileSync(values.keep, 'utf8')) as Grown[]) : []

console.log(`# ${machine()}, ${values.measures} measures on; a board, a page of gaps and My day: p95 of ${values.rounds}`)
console.log('people × days | facts | stored s | a measure on s | board of everybody ms | first gaps of everybody ms | My day ms | looking back s | database MB | facts MB | known MB | standings MB | tally MB | directory MB')
const grown: Grown[] = []
for (const [people, days] of sizes) {
  const before = kept.find((one) => one.people === people && one.days === days && one.measures === Number(values.measures))
  const one = before ?? (JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'growth-size.ts'), '--people', String(people), '--days', String(days), '--measures', values.measures, '--rounds', values.rounds], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 24 }).trim().split('\n').at(-1) ?? '') as Grown)
  grown.push(one)
  if (values.keep) writeFileSync(values.keep, `${JSON.stringify([...kept.filter((old) => !grown.includes(old)), ...grown], null, 1)}\n`)
  const { disk } = one
  console.log([`${people} × ${days}`, people * days, (one.storing / 1000).toFixed(1), (one.switchingOn / 1000).toFixed(2), ...[one.board, one.gapPage, one.myDay].map(Math.round), (one.lookBack / 1000).toFixed(1), ...[disk.database, disk.facts, disk.profile, disk.standings, disk.tally, disk.directory].map((bytes) => Math.round(bytes / 2 ** 20))].join(' | '))
}

const line = (name: string, colour: string, of: (one: Grown) => number) => ({ name, colour, points: grown.map((one): [number, number] => [one.people * one.days, of(one)]).toSorted((a, b) => a[0] - b[0]) })
const time = (ms: number) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`)
const size = (mb: number) => (mb >= 1000 ? `${mb / 1000} GB` : `${mb} MB`)
writeFileSync(values.out, plot([
  { title: 'Time / 时间', x: 'facts stored (people × days) / 已存填报数', y: time, lines: [
    line('storing', '#5b6770', (one) => one.storing), line('a measure on', '#9a3412', (one) => one.switchingOn), line('gaps, p95', '#1d4ed8', (one) => one.gapPage), line('board, p95', '#0f766e', (one) => one.board), line('My day, p95', '#7c3aed', (one) => one.myDay), line('looking back', '#be185d', (one) => one.lookBack),
  ] },
  { title: 'Disk / 磁盘', x: 'facts stored (people × days) / 已存填报数', y: size, lines: [
    line('database', '#111827', (one) => one.disk.database / 1e6), line('facts', '#1d4ed8', (one) => one.disk.facts / 1e6), line('known', '#0f766e', (one) => one.disk.profile / 1e6), line('standings', '#9a3412', (one) => one.disk.standings / 1e6), line('directory', '#7c3aed', (one) => one.disk.directory / 1e6),
  ] },
], 'Time and disk against people × days, both axes logarithmic; what grows in proportion runs along the dashed lines.'))
console.log(`plot: ${values.out}`)
