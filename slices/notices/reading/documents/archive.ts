/** Opens the zip of a .docx with every limit checked while inflating, and packs the parts we trust into a fresh one. */
import { createRequire } from 'node:module'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { ReadingRefused } from '../refused.ts'
import { LIMITS } from './limits.ts'
import { refuse } from './refusals.ts'

// yauzl brings no types; this is what is used of it.
type Entry = { fileName: string; compressedSize: number; isEncrypted(): boolean }
type Archive = { entryCount: number; eachEntry(): AsyncIterable<Entry>; openReadStreamPromise(entry: Entry): Promise<Readable> }
const yauzl = createRequire(import.meta.url)('yauzl') as { fromBufferPromise(buffer: Buffer, options: { validateEntrySizes: boolean }): Promise<Archive> }

/** The parts that hold text and its numbering. Pictures, fonts and embedded objects are counted, never inflated. */
const WANTED = /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:document|styles|numbering|footnotes|endnotes)\.xml|word\/_rels\/document\.xml\.rels)$/i

/** The wanted parts of a .docx by name, inflated under watch. */
export async function openDocx(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>()
  const names: string[] = []
  let room = LIMITS.inflatedBytes
  try {
    const archive = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { validateEntrySizes: true })
    if (archive.entryCount > LIMITS.zipEntries) throw refuse('zip-bomb')
    for await (const entry of archive.eachEntry()) {
      names.push(entry.fileName)
      if (names.length > LIMITS.zipEntries) throw refuse('zip-bomb')
      if (!WANTED.test(entry.fileName) || parts.has(entry.fileName)) continue
      if (entry.isEncrypted()) throw refuse('protected')
      const content = await inflate(archive, entry, room)
      room -= content.length
      if (content.includes('<!DOCTYPE') || content.includes('<!doctype') || content.includes('<!ENTITY') || (content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)) throw refuse('unsafe-docx')
      parts.set(entry.fileName, content)
    }
  } catch (problem) {
    if (problem instanceof ReadingRefused) throw problem
    throw refuse('broken-docx')
  }
  if (names.includes('OFD.xml')) throw refuse('ofd')
  if (!parts.has('word/document.xml')) throw refuse(names.some((name) => name.startsWith('word/')) ? 'broken-docx' : 'not-docx')
  return parts
}

async function inflate(archive: Archive, entry: Entry, room: number): Promise<Buffer> {
  const stream = await archive.openReadStreamPromise(entry)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > room || (size > 1_048_576 && size > Math.max(1, entry.compressedSize) * LIMITS.ratio)) {
      stream.destroy()
      throw refuse('zip-bomb')
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A plain archive of exactly the bytes that were counted: the next reader sees nothing else. */
export function packStored(parts: ReadonlyMap<string, Buffer>): Buffer {
  const body: Buffer[] = []
  const index: Buffer[] = []
  let offset = 0
  for (const [name, content] of parts) {
    const path = Buffer.from(name, 'utf8')
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(20, 4)
    header.writeUInt16LE(0x0800, 6)
    header.writeUInt16LE(0x21, 12)
    header.writeUInt32LE(crc32(content), 14)
    header.writeUInt32LE(content.length, 18)
    header.writeUInt32LE(content.length, 22)
    header.writeUInt16LE(path.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(20, 4)
    header.copy(central, 6, 4, 30)
    central.writeUInt32LE(offset, 42)
    index.push(central, path)
    body.push(header, path, content)
    offset += header.length + path.length + content.length
  }
  const directory = Buffer.concat(index)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...body, directory, end])
}
