/** Takes the text out of the document people have: .docx, .pdf with text, .html, .txt, old .doc. */
import { Worker } from 'node:worker_threads'
import { decodeText, looksLikeText } from './documents/encoding.ts'
import { LIMITS } from './documents/limits.ts'
import { isRefusalCode, refuse } from './documents/refusals.ts'
import { sniff } from './documents/sniff.ts'
import type { Answer, Errand } from './documents/worker.ts'

export type Warning = { code: string; zh: string; en: string }

export type Extracted = {
  text: string
  format: 'docx' | 'pdf' | 'html' | 'txt' | 'doc'
  /** Tables of data with the offset at which they stand in the text. */
  tables: { offset: number; rows: string[][] }[]
  warnings: Warning[]
}

const FORMATS = { zip: 'docx', pdf: 'pdf', ole: 'doc', html: 'html' } as const

const WARNINGS = {
  encoding: (name: string): Warning => ({ code: 'encoding-guessed', zh: `文件没有注明编码，按 ${name.toUpperCase()} 读取，请看看有没有乱码`, en: `The file does not state its encoding; it was read as ${name.toUpperCase()}. Please check for garbled characters` }),
  misnamed: (name: string, format: string): Warning => ({ code: 'misnamed', zh: `文件名是 ${name}，内容其实是 ${format}，已按内容读取`, en: `The file is named ${name} but holds ${format}; it was read by its content` }),
  tracked: { code: 'tracked-changes', zh: '文件里有修订痕迹，按接受全部修订后的文字读取，请核对', en: 'The file holds tracked changes; it was read as if all were accepted. Please check' } as Warning,
  comments: { code: 'comments-left-out', zh: '文件里的批注没有读取', en: 'The comments in the file were not read' } as Warning,
  hidden: { code: 'hidden-left-out', zh: '文件里有隐藏的文字，没有读取', en: 'The file holds hidden text, which was not read' } as Warning,
  pdf: { code: 'pdf-layout', zh: 'PDF 的换行是按版面推断的，请核对段落与编号', en: 'Line breaks of a PDF are inferred from the page; please check paragraphs and numbers' } as Warning,
  doc: { code: 'old-doc', zh: '旧版 .doc 只取文字，自动编号和表格可能丢失；最好另存为 .docx', en: 'From an old .doc only the text is taken; automatic numbers and tables may be lost. A .docx is better' } as Warning
}

/** Text of a document. Throws ReadingRefused with what is wrong and what to do; never crashes, memory and time are bounded. */
export async function extractDocument(bytes: Uint8Array, fileName: string): Promise<Extracted> {
  if (bytes.length > LIMITS.fileBytes) throw refuse('too-large')
  const seen = sniff(bytes, fileName)
  if ('refused' in seen) throw refuse(seen.refused)
  if (seen.kind === 'text') return plainText(bytes)
  const answer = await inWorker({ kind: seen.kind, bytes, fileName })
  const text = checked(answer.flow.text, seen.kind === 'pdf' ? 'scanned-pdf' : 'no-text')
  const format = FORMATS[seen.kind]
  const warnings: Warning[] = []
  const ending = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  const usual: Record<string, string> = { docx: 'docx', pdf: 'pdf', doc: 'doc', wps: 'doc', html: 'html', htm: 'html', xhtml: 'html' }
  if (ending !== '' && usual[ending] !== format) warnings.push(WARNINGS.misnamed(fileName, format))
  for (const note of answer.flow.notes ?? []) warnings.push(WARNINGS[note])
  if (answer.encoding !== null) warnings.push(WARNINGS.encoding(answer.encoding))
  if (format === 'pdf') warnings.push(WARNINGS.pdf)
  if (format === 'doc') warnings.push(WARNINGS.doc)
  return { text, format, tables: answer.flow.tables, warnings }
}

function plainText(bytes: Uint8Array): Extracted {
  const decoded = decodeText(bytes)
  if (!looksLikeText(decoded.text)) throw refuse('binary')
  const text = checked(decoded.text.replace(/\r\n?/g, '\n'), 'empty')
  return { text, format: 'txt', tables: [], warnings: decoded.sure || decoded.encoding === 'utf-8' ? [] : [WARNINGS.encoding(decoded.encoding)] }
}

function checked(text: string, empty: 'scanned-pdf' | 'no-text' | 'empty'): string {
  // Blanks and signs that take no room are no text.
  if (!/[\p{L}\p{N}]/u.test(text)) throw refuse(empty)
  if (text.length > LIMITS.textChars) throw refuse('text-too-long')
  return text
}

/** Runs a parser in a thread with its own heap limit and a wall clock; whatever goes wrong there becomes a refusal. */
function inWorker(errand: Errand): Promise<Extract<Answer, { flow: unknown }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./documents/worker.ts', import.meta.url), { workerData: errand, resourceLimits: { maxOldGenerationSizeMb: LIMITS.heapMb, maxYoungGenerationSizeMb: 64 }, stdout: true, stderr: true })
    const timer = setTimeout(() => finish(() => reject(refuse('too-slow'))), LIMITS.wallMs)
    let done = false
    const finish = (settle: () => void): void => {
      if (done) return
      done = true
      clearTimeout(timer)
      void worker.terminate()
      settle()
    }
    const broken = errand.kind === 'zip' ? 'broken-docx' : errand.kind === 'pdf' ? 'broken-pdf' : errand.kind === 'ole' ? 'broken-doc' : 'no-text'
    worker.once('message', (answer: Answer) => finish(() => {
      if ('flow' in answer) resolve(answer)
      else if ('refused' in answer && isRefusalCode(answer.refused)) reject(refuse(answer.refused))
      else reject(refuse(broken))
    }))
    worker.once('error', (problem: Error & { code?: string }) => finish(() => reject(refuse(problem.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-slow' : broken))))
    worker.once('exit', () => finish(() => reject(refuse(broken))))
  })
}
