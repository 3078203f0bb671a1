import PdfDocument from 'pdfkit'
import type { BuiltFont, PdfFace } from './fonts.ts'
import type { Line, Span, Style } from './lines.ts'
import { breakLines } from './lines.ts'
import type { Outline } from './outline.ts'

export const points = (millimetres: number) => (millimetres * 72) / 25.4
/** The type area of GB/T 9704-2012 on A4: 156 x 225 mm. */
export const area = { left: points(28), top: points(37), width: points(156), height: points(225) }
export const lineHeight = area.height / 22
export const red = '#ff0000'

type Alignment = 'left' | 'center' | 'right' | 'justify'

/** Pages being filled from top to bottom. */
export class Pages {
  readonly doc: PDFKit.PDFDocument
  readonly #fonts: Record<PdfFace, BuiltFont>
  readonly #outline: Outline
  #number = 0
  /** Where the next thing goes, from the top edge of the page. */
  y = area.top

  constructor(outline: Outline, fonts: Record<PdfFace, BuiltFont>) {
    this.#fonts = fonts
    this.#outline = outline
    const language = { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW', en: 'en' }[outline.words.language]
    const keywords = outline.drill ? outline.words.drillMark : ''
    this.doc = new PdfDocument({
      autoFirstPage: false,
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      lang: language,
      displayTitle: true,
      info: { Title: outline.title, Author: outline.author, Subject: outline.subject, Keywords: keywords, Creator: 'Bulwark' },
    })
    for (const face of Object.keys(fonts) as PdfFace[]) this.doc.registerFont(face, fonts[face].bytes)
    this.add()
  }

  get bottom(): number {
    return area.top + area.height
  }

  /** Whether nothing has been set on this page yet. */
  get isFresh(): boolean {
    return this.y <= area.top
  }

  measure = (text: string, style: Style): number => {
    const { advances } = this.#fonts[style.face]
    let sum = 0
    let count = 0
    for (const character of text) {
      sum += advances.get(character.codePointAt(0) ?? 0) ?? 1000
      count += 1
    }
    return (sum * style.size) / 1000 + count * (style.tracking ?? 0)
  }

  /** A new page, with its number at the outer foot and, in a drill, the mark that it is one. */
  add(): void {
    this.doc.addPage()
    this.#number += 1
    this.y = area.top
    if (this.#outline.drill) this.#markDrill()
    const text = `— ${this.#number} —`
    const style: Style = { face: 'song', size: 14 }
    const x = this.#number % 2 === 1 ? area.left + area.width - 14 - this.measure(text, style) : area.left + 14
    // 7 mm under the type area.
    this.write(text, x, this.bottom + points(7) + 11, style)
  }

  #markDrill(): void {
    const { drillBanner, drillMark } = this.#outline.words
    const { doc } = this
    const mark: Style = { face: 'hei', size: 78, color: red }
    const [middleX, middleY] = [doc.page.width / 2, doc.page.height / 2]
    doc.save().rotate(-45, { origin: [middleX, middleY] }).fillOpacity(0.1)
    this.write(drillMark, middleX - this.measure(drillMark, mark) / 2, middleY + 26, mark)
    doc.restore()
    const style: Style = { face: 'hei', size: 16, color: red }
    const top = points(16)
    doc.save().lineWidth(1.5).strokeColor(red).rect(area.left, top, area.width, 27).stroke().restore()
    this.write(drillBanner, area.left + (area.width - this.measure(drillBanner, style)) / 2, top + 19, style)
  }

  /** Goes to a new page unless there is room for this height. */
  ensure(height: number): void {
    if (this.y + height > this.bottom + 0.5 && !this.isFresh) this.add()
  }

  write(text: string, x: number, baseline: number, style: Style, tracking = style.tracking ?? 0): void {
    if (text === '') return
    this.doc
      .font(style.face)
      .fontSize(style.size)
      .fillColor(style.color ?? '#000000')
      .text(text, x, baseline - (style.rise ?? 0), { lineBreak: false, baseline: 'alphabetic', characterSpacing: tracking })
  }

  /** One line of text in a box of this width; `baseline` from the top of the page. */
  drawLine(line: Line, x: number, width: number, baseline: number, alignment: Alignment): void {
    const slack = width - line.width
    const size = line.atoms[0]?.style.size ?? 12
    const spaces = line.atoms.slice(0, -1).filter((atom) => atom.text === ' ').length
    const gaps = line.atoms.length - 1
    // Lines of words are stretched at their blanks, lines of characters between these. A line that would be torn apart stays short.
    const atSpaces = spaces >= gaps / 3
    const extra = alignment === 'justify' && !line.isLast && gaps > 0 ? slack / (atSpaces ? spaces : gaps) : 0
    const stretch = extra > size * (atSpaces ? 1 : 0.3) ? 0 : extra
    let at = alignment === 'center' ? x + slack / 2 : alignment === 'right' ? x + slack : x
    let run: { text: string; x: number; style: Style; tracking: number } | undefined
    const flush = () => {
      if (run) this.write(run.text, run.x, baseline, run.style, run.tracking)
      run = undefined
    }
    for (const atom of line.atoms) {
      const added = !atSpaces || atom.text === ' ' ? stretch : 0
      const single = [...atom.text].length === 1
      const tracking = (atom.style.tracking ?? 0) + (single ? added : 0)
      if (run && single && run.style === atom.style && Math.abs(run.tracking - tracking) < 1e-9) run.text += atom.text
      else {
        flush()
        run = { text: atom.text, x: at, style: atom.style, tracking }
        if (!single) flush()
      }
      if (atom.style.leadsTo !== undefined) this.doc.goTo(at, baseline - size, atom.width, size * 1.2, atom.style.leadsTo)
      at += atom.width + added
    }
    flush()
  }

  /** A paragraph that goes on over pages. */
  paragraph(spans: Span[], options: { alignment?: Alignment; indent?: number; height?: number; left?: number; right?: number; /** Its last two lines leave so much room below them, or go to the next page with what follows. */ keep?: number } = {}): void {
    const { alignment = 'justify', indent = 0, height = lineHeight, left = 0, right = 0, keep = 0 } = options
    const width = area.width - left - right
    const size = spans[0]?.style.size ?? 16
    const lines = breakLines(spans, this.measure, width, indent)
    for (const [index, line] of lines.entries()) {
      this.ensure(keep > 0 && index === Math.max(0, lines.length - 2) ? height * Math.min(2, lines.length) + keep : height)
      const own = index === 0 ? indent : 0
      this.drawLine(line, area.left + left + own, width - own, this.y + (height - size) / 2 + size * 0.86, alignment)
      this.y += height
    }
  }

  rule(y: number, width: number, color: string): void {
    this.doc.save().lineWidth(width).strokeColor(color).moveTo(area.left, y).lineTo(area.left + area.width, y).stroke().restore()
  }

  /** The finished file. */
  async finish(): Promise<Uint8Array> {
    const chunks: Buffer[] = []
    const done = new Promise<void>((resolve, reject) => {
      this.doc.on('data', (chunk: Buffer) => chunks.push(chunk))
      this.doc.on('end', resolve)
      this.doc.on('error', reject)
    })
    this.doc.end()
    await done
    return new Uint8Array(Buffer.concat(chunks))
  }
}
