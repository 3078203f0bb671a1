/** Text and tables out of a .docx. */
import mammoth from 'mammoth'
import { openDocx, packStored } from './archive.ts'
import { flowOf } from './html.ts'
import type { Flow, Note } from './html.ts'
import { writeNumbers } from './numbers.ts'
import { refuse } from './refusals.ts'

const hidden = /<w:vanish(?: w:val="(?:1|true|on)")?\s?\/>/

/** Runs that the page does not show: nobody was told what stands in them. */
function withoutHidden(document: string): { shown: string; any: boolean } {
  let any = false
  const shown = document.split(/(?=<w:r[ >])/).map((piece) => {
    const properties = piece.indexOf('</w:rPr>')
    const text = piece.indexOf('<w:t')
    if (!piece.startsWith('<w:r') || properties < 0 || text < properties || !hidden.test(piece.slice(0, properties))) return piece
    const end = piece.indexOf('</w:r>')
    any = true
    return end < 0 ? piece : piece.slice(0, end).replace(/<w:t(?: [^>]{0,200})?>[^<]*<\/w:t>/g, '') + piece.slice(end)
  }).join('')
  return { shown, any }
}

/** Marks of footnotes stand in the middle of sentences. */
const withoutMarks = (html: string): string => html.replace(/<sup><a href="#(?:foot|end)note-[^"]{1,40}"[^>]{0,80}>\[\d{1,4}\]<\/a><\/sup>/g, '').replace(/ ?<a href="#(?:foot|end)note-ref-[^"]{1,40}">↑<\/a>/g, '')

/** Reads a .docx; the zip was checked and only the parts that hold text are handed on. */
export async function readDocx(bytes: Uint8Array): Promise<Flow> {
  const parts = await openDocx(bytes)
  const text = (name: string): string => parts.get(name)?.toString('utf8') ?? ''
  const { shown, any } = withoutHidden(text('word/document.xml'))
  const notes: Note[] = [...(/<w:(?:ins|del|moveFrom|moveTo) /.test(shown) ? ['tracked' as const] : []), ...(/<w:commentReference /.test(shown) ? ['comments' as const] : []), ...(any ? ['hidden' as const] : [])]
  parts.set('word/document.xml', Buffer.from(writeNumbers(shown, text('word/numbering.xml'), text('word/styles.xml')), 'utf8'))
  let html: string
  try {
    const result = await mammoth.convertToHtml({ buffer: packStored(parts) }, { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })), includeDefaultStyleMap: true })
    html = result.value
  } catch {
    throw refuse('broken-docx')
  }
  return { ...flowOf(withoutMarks(html)), notes }
}
