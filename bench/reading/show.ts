/** Prints a reading for the eye: node bench/reading/show.ts FILE */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { extractDocument } from '#slices/notices/reading/extract.ts'
import { readNotice } from '#slices/notices/reading/read.ts'

const file = process.argv[2]
if (file === undefined) {
  process.stderr.write('usage: show.ts FILE\n')
  process.exit(2)
}
const document = await extractDocument(new Uint8Array(await readFile(file)), basename(file))
const reading = readNotice(document.text)
const { issuer, docNumber, title, addressees, date, publishedDate, hazards, basis, supersedes, attachments, reportTo, contact, forwarded } = reading
console.log({ format: document.format, issuer, docNumber, title, addressees, date, publishedDate, hazards, basis, supersedes, attachments, reportTo, contact, forwarded })
for (const clause of reading.clauses) {
  console.log(`${'  '.repeat(clause.level - 1)}[${clause.number}] ${clause.heading ?? ''}`)
  for (const sentence of clause.sentences) console.log(`${'  '.repeat(clause.level)}${sentence.kind.padEnd(11)} ${document.text.slice(sentence.start, sentence.end).replace(/\s+/g, ' ').slice(0, 60)}`)
}
for (const duty of reading.duties) console.log(`${duty.id.padEnd(4)} [${duty.clause}] ${duty.modality.padEnd(8)} ${duty.actor} (${duty.actorSource}) | ${duty.text.replace(/\s+/g, ' ')} | ${duty.deadline ?? '-'} ${duty.recurrence ?? ''} ${duty.reportTo === null ? '' : `→ ${duty.reportTo}`} ${duty.suggestions.map((entry) => entry.measure).join(',')}`)
for (const doubt of reading.doubts) console.log(`? ${doubt.weight} ${doubt.zh}`)
