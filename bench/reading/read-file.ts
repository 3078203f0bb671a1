/** Prints the short form of a reading: node bench/reading/read-file.ts FILE */
import { readFile } from 'node:fs/promises'
import { readNotice } from '#slices/notices/reading/read.ts'
import { toSummary } from '#slices/notices/reading/summary.ts'

const file = process.argv[2]
if (file === undefined) {
  process.stderr.write('usage: read-file.ts FILE\n')
  process.exit(2)
}
const text = new TextDecoder('utf-8').decode(await readFile(file))
process.stdout.write(`${JSON.stringify(toSummary(readNotice(text)), null, 1)}\n`)
