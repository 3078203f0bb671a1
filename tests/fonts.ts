/**
 * Chinese type for a machine that has none: the packaged web font, unpacked for the font system of the browser.
 * Nothing is added to the pages, so offline pages, service workers and strict content policies see the same type.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inflateSync } from 'node:zlib'

/** WOFF is an ordinary font with each table compressed: this undoes that. */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('Not a WOFF font.')
  const count = woff.readUInt16BE(12)
  const power = Math.floor(Math.log2(count))
  const head = Buffer.alloc(12 + 16 * count)
  woff.copy(head, 0, 4, 8)
  head.writeUInt16BE(count, 4)
  head.writeUInt16BE(2 ** power * 16, 6)
  head.writeUInt16BE(power, 8)
  head.writeUInt16BE((count - 2 ** power) * 16, 10)
  const parts = [head]
  let offset = head.length
  for (let table = 0; table < count; table++) {
    const entry = 44 + 20 * table
    const [start, packed, size] = [woff.readUInt32BE(entry + 4), woff.readUInt32BE(entry + 8), woff.readUInt32BE(entry + 12)]
    const data = woff.subarray(start, start + packed)
    const padded = Buffer.alloc((size + 3) & ~3)
    ;(packed < size ? inflateSync(data) : data).copy(padded)
    const target = 12 + 16 * table
    woff.copy(head, target, entry, entry + 4) // the tag
    woff.copy(head, target + 4, entry + 16, entry + 20) // the checksum
    head.writeUInt32BE(offset, target + 8)
    head.writeUInt32BE(size, target + 12)
    parts.push(padded)
    offset += padded.length
  }
  return Buffer.concat(parts)
}

const configuration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${folder}/cache</cachedir>
</fontconfig>
`

/** Writes the fonts and their configuration. @param final where the folder will stand in the end. @returns how many fonts. */
export function writeFonts(folder: string, final: string): number {
  const source = join(dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json')), 'files')
  const names = readdirSync(source).filter((name) => /-(400|500|700)-normal\.woff$/.test(name))
  mkdirSync(folder, { recursive: true })
  for (const name of names) writeFileSync(join(folder, name.replace(/woff$/, 'ttf')), unpackWoff(readFileSync(join(source, name))))
  writeFileSync(join(folder, 'fonts.conf'), configuration(final))
  return names.length
}
