/** Text and tables out of a .docx. */
import mammoth from 'mammoth'
import { openDocx, packStored } from './archive.ts'
import { flowOf } from './html.ts'
import type { Flow } from './html.ts'
import { writeNumbers } from './numbers.ts'
import { refuse } from './refusals.ts'

/** Reads a .docx; the zip was checked and only the parts that hold text are handed on. */
export async function readDocx(bytes: Uint8Array): Promise<Flow> {
  const parts = await openDocx(bytes)
  const text = (name: string): string => parts.get(name)?.toString('utf8') ?? ''
  parts.set('word/document.xml', Buffer.from(writeNumbers(text('word/document.xml'), text('word/numbering.xml'), text('word/styles.xml')), 'utf8'))
  let html: string
  try {
    const result = await mammoth.convertToHtml({ buffer: packStored(parts) }, { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })), includeDefaultStyleMap: true })
    html = result.value
  } catch {
    throw refuse('broken-docx')
  }
  return flowOf(html)
}
