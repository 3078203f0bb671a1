/** Text out of an old binary .doc. */
import { createRequire } from 'node:module'
import { refuse } from './refusals.ts'

// word-extractor brings no types; this is what is used of it.
type Extractor = { extract(source: Buffer): Promise<{ getBody(): string }> }
const WordExtractor = createRequire(import.meta.url)('word-extractor') as new () => Extractor

/** The body text of a .doc (or of a .wps that is one inside). */
export async function readWord97(bytes: Uint8Array, fileName: string): Promise<string> {
  const wps = /\.wps$/i.test(fileName)
  try {
    const document = await new WordExtractor().extract(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    return document.getBody().replace(/\r\n?/g, '\n')
  } catch {
    throw refuse(wps ? 'wps' : 'broken-doc')
  }
}
