/** From a file or pasted text to a reading, with refusals in words. */
import { createHash } from 'node:crypto'
import { badInput, Problem, refused } from '#kernel/problems.ts'
import type { Context } from '#kernel/server.ts'
import { extractDocument } from './reading/extract.ts'
import { readNotice } from './reading/read.ts'
import { ReadingRefused } from './reading/refused.ts'
import { toSummary } from './reading/summary.ts'
import type { NoticeReading } from './reading/types.ts'

export interface ReadDocument {
  text: string
  reading: NoticeReading
  summary: ReturnType<typeof toSummary>
  warnings: { zh: string; en: string }[]
}

const mostCharacters = 1_000_000

/** What the database can hold: no NUL, no half of a surrogate pair. The length stays. */
const storable = (text: string) => text.toWellFormed().replaceAll('\u0000', ' ')

/** Extracts and reads; nothing is stored. @throws Problem where there is nothing to read, or it is no notice. */
export async function readDocument(ctx: Context, pasted: string | undefined, anyway = false): Promise<ReadDocument> {
  if (ctx.file && pasted?.trim()) throw badInput('请只给一样：文件，或粘贴的文字。', 'Give either a file or pasted text, not both.')
  if (!ctx.file && !pasted?.trim()) throw refused('empty-document', '没有内容：请上传通知文件，或粘贴通知正文。', 'There is nothing to read: upload the notice or paste its text.')
  const { text, warnings } = ctx.file ? await extract(ctx.file.name, ctx.file.bytes) : { text: pasted ?? '', warnings: [] }
  const body = storable(text)
  if (!body.trim()) throw refused('empty-document', '文件里没有文字。', 'The file holds no text.')
  if (body.length > mostCharacters) throw refused('text-too-long', `文字超过${mostCharacters / 10_000}万字，不像一份通知。`, `The text has more than ${mostCharacters} characters; that is no notice.`)
  const reading = readNotice(body)
  if (!reading.isNotice && !anyway) {
    throw refused('not-a-notice', '这不像一份通知：没有找到标题、主送单位、落款或条款。如果确实是通知，请检查是否选错文件，或只粘贴通知正文。', 'This does not look like a notice: no title, addressee, signature or clauses were found. Check the file, or paste the body alone.')
  }
  return { text: body, reading, summary: toSummary(reading), warnings }
}

async function extract(name: string, bytes: Uint8Array): Promise<{ text: string; warnings: { zh: string; en: string }[] }> {
  try {
    return await extractDocument(bytes, name)
  } catch (error) {
    if (error instanceof Problem) throw error
    if (error instanceof ReadingRefused) throw refused(error.code, error.zh, error.en, { file: name })
    throw refused('unreadable-document', `文件"${name}"无法读取，可能已损坏。请重新导出，或把正文复制后粘贴。`, `The file "${name}" cannot be read; it may be damaged. Export it again, or paste its text.`)
  }
}

export const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()

/** The same notice copied from another place: white space and width do not count. */
export const bodyHash = (text: string): Buffer => sha256(text.normalize('NFKC').replace(/\s/g, ''))
