import { createRequire } from 'node:module'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { limits, RosterRefused } from './refusal.ts'

// yauzl ships no types; this is the part of it that is used here.
type ZipEntry = { fileName: string; isEncrypted(): boolean }
type ZipFile = {
  entryCount: number
  eachEntry(): AsyncIterable<ZipEntry>
  openReadStreamPromise(entry: ZipEntry): Promise<Readable>
}
const yauzl = createRequire(import.meta.url)('yauzl') as {
  fromBufferPromise(buffer: Buffer, options: { validateEntrySizes: boolean }): Promise<ZipFile>
}

export type Part = { name: string; content: Buffer }

/**
 * Unpacks the parts of a workbook that hold its tables, counting every inflated byte as it comes; the sizes that the
 * archive declares are not believed. Pictures and the like are never inflated; links to other files are never followed.
 */
export async function unpackWorkbook(bytes: Uint8Array, bounds: UnpackBounds = limits): Promise<Part[]> {
  let archive: ZipFile
  const parts: Part[] = []
  const names: string[] = []
  let total = 0
  try {
    archive = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      validateEntrySizes: true,
    })
    if (archive.entryCount > bounds.entries) throw tooManyEntries(bounds.entries)
    for await (const entry of archive.eachEntry()) {
      names.push(entry.fileName)
      if (names.length > bounds.entries) throw tooManyEntries(bounds.entries)
      if (/vbaProject\.bin$/i.test(entry.fileName)) throw macros()
      if (!isNeeded(entry.fileName)) continue
      if (entry.isEncrypted()) throw isProtected()
      const content = await inflate(archive, entry, bounds.inflatedBytes - total, bounds)
      total += content.length
      refuseUnsafe(entry.fileName, content)
      parts.push({ name: entry.fileName, content })
    }
  } catch (problem) {
    if (problem instanceof RosterRefused) throw problem
    throw brokenWorkbook(problem)
  }
  refuseOtherKinds(names)
  return parts
}

export type UnpackBounds = { entries: number; inflatedBytes: number }

async function inflate(archive: ZipFile, entry: ZipEntry, room: number, bounds: UnpackBounds): Promise<Buffer> {
  const stream = await archive.openReadStreamPromise(entry)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > room) {
      stream.destroy()
      throw bomb(bounds.inflatedBytes)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The table reader insists on every part that the list of contents names; pictures and printer settings are no such parts. */
function isNeeded(name: string): boolean {
  return /\.(xml|rels)$/i.test(name)
}

function refuseUnsafe(name: string, content: Buffer): void {
  const utf16 = (content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)
  if (utf16 || content.includes('<!DOCTYPE') || content.includes('<!doctype') || content.includes('<!ENTITY')) {
    throw new RosterRefused(
      'unsafe',
      `工作簿内的 ${name} 含有不允许的声明（DOCTYPE），可能是恶意文件。`,
      `Inside the workbook, ${name} carries a declaration that is not allowed (DOCTYPE); it may be hostile.`,
    )
  }
  if (/content_types/i.test(name) && content.includes('macroEnabled.main+xml')) throw macros()
}

function refuseOtherKinds(names: readonly string[]): void {
  if (names.some((name) => /^xl\/workbook\.xml$/i.test(name))) return
  const kind = names.some((name) => name.startsWith('word/'))
    ? { zh: '这是 Word 文档，不是表格', en: 'This is a Word document, not a spreadsheet' }
    : names.some((name) => name.startsWith('ppt/'))
      ? { zh: '这是演示文稿，不是表格', en: 'This is a slide show, not a spreadsheet' }
      : names.some((name) => name === 'content.xml' || name === 'xl/workbook.bin')
        ? { zh: '这种工作簿格式（.ods、.xlsb）不能直接读取', en: 'This kind of workbook (.ods, .xlsb) cannot be read' }
        : { zh: '这是压缩包，不是表格', en: 'This is an archive, not a spreadsheet' }
  throw new RosterRefused(
    'not-a-sheet',
    `${kind.zh}。请用 Excel 或 WPS 另存为 .xlsx 后再试。`,
    `${kind.en}. Save it as .xlsx with Excel or WPS and try again.`,
  )
}

/**
 * Packs parts into a plain archive without compression. The table reader gets this one, not the one that was sent, so
 * that it sees exactly the bytes that were counted (two readers of one crooked archive may disagree about what is in it).
 */
export function packStored(parts: readonly Part[]): Buffer {
  const out: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content } of parts) {
    const path = Buffer.from(name, 'utf8')
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0) // version needed
    shared.writeUInt16LE(0x0800, 2) // names are UTF-8
    shared.writeUInt16LE(0x21, 8) // 1 January 1980: time is of no interest
    shared.writeUInt32LE(crc32(content), 10)
    shared.writeUInt32LE(content.length, 14)
    shared.writeUInt32LE(content.length, 18)
    shared.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, path])
    const central = Buffer.alloc(14)
    central.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, central, path)
    out.push(local, content)
    offset += local.length + content.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...out, index, end])
}

function tooManyEntries(most: number): RosterRefused {
  return new RosterRefused(
    'bomb',
    `文件内部的部件超过 ${most} 个，不像普通工作簿，已拒绝打开。`,
    `The file holds more than ${most} parts, which no ordinary workbook does; it was not opened.`,
  )
}

function bomb(most: number): RosterRefused {
  const megabytes = Math.round(most / 1024 / 1024)
  return new RosterRefused(
    'bomb',
    `文件解压后超过 ${megabytes} MB，已停止读取。若确是名册，请删去多余的工作表和格式后再试。`,
    `Unpacked, the file exceeds ${megabytes} MB; reading stopped. If it is a roster, remove spare sheets and formatting and try again.`,
  )
}

function macros(): RosterRefused {
  return new RosterRefused(
    'macros',
    '工作簿含有宏，出于安全不予打开。请另存为不含宏的 .xlsx 后再试。',
    'The workbook contains macros and is not opened, for safety. Save it as .xlsx without macros.',
  )
}

/** Workbooks and archives that want a password. */
export function isProtected(): RosterRefused {
  return new RosterRefused(
    'protected',
    '文件设有打开密码。请去掉密码后再试。',
    'The file is protected by a password. Remove it and try again.',
  )
}

/** The file claims to be a workbook but cannot be read as one. */
export function brokenWorkbook(cause?: unknown): RosterRefused {
  const refusal = new RosterRefused(
    'broken',
    '工作簿已损坏或没有传完整，无法打开。请重新保存或上传后再试。',
    'The workbook is damaged or incomplete and cannot be opened. Save or upload it again.',
  )
  refusal.cause = cause
  return refusal
}
