/**
 * Word keeps automatic numbers (一、（一）1.) out of the text, and plain text extraction loses them. This writes them back into the
 * paragraphs of document.xml before the text is taken out.
 */

type Level = { format: string; text: string; start: number }

const DIGITS = '零一二三四五六七八九'

/** A number in Chinese, up to 99. */
export function chineseNumber(n: number): string {
  if (n < 10) return DIGITS.charAt(n)
  if (n < 20) return `十${n === 10 ? '' : DIGITS.charAt(n - 10)}`
  if (n < 100) return `${DIGITS.charAt(Math.floor(n / 10))}十${n % 10 === 0 ? '' : DIGITS.charAt(n % 10)}`
  return String(n)
}

function format(n: number, kind: string): string {
  if (/chinese|ideograph|japaneseCounting|taiwanese/i.test(kind)) return chineseNumber(n)
  if (/decimalEnclosedCircle/i.test(kind)) return n >= 1 && n <= 20 ? String.fromCodePoint(0x245f + n) : String(n)
  if (/lowerLetter/i.test(kind)) return String.fromCharCode(96 + Math.min(26, n))
  if (/upperLetter/i.test(kind)) return String.fromCharCode(64 + Math.min(26, n))
  return String(n)
}

const attribute = (xml: string, name: string): string | null => new RegExp(`${name}="([^"]{0,200})"`).exec(xml)?.[1] ?? null

function readLevels(numbering: string): Map<string, Map<number, Level>> {
  const abstracts = new Map<string, Map<number, Level>>()
  for (const block of numbering.split('<w:abstractNum ').slice(1, 400)) {
    const id = attribute(block, 'w:abstractNumId')
    if (id === null) continue
    const levels = new Map<number, Level>()
    for (const lvl of block.split('</w:abstractNum>')[0]?.split('<w:lvl ').slice(1, 12) ?? []) {
      const depth = Number(attribute(lvl, 'w:ilvl') ?? '0')
      const text = /<w:lvlText [^>]{0,80}?w:val="([^"]{0,60})"/.exec(lvl)?.[1] ?? ''
      levels.set(depth, { format: /<w:numFmt [^>]{0,80}?w:val="([^"]{0,40})"/.exec(lvl)?.[1] ?? 'decimal', text, start: Number(/<w:start w:val="(\d{1,4})"/.exec(lvl)?.[1] ?? '1') })
    }
    abstracts.set(id, levels)
  }
  const byNum = new Map<string, Map<number, Level>>()
  for (const block of numbering.split('<w:num ').slice(1, 2000)) {
    const id = attribute(block, 'w:numId')
    const abstract = /<w:abstractNumId w:val="(\d{1,9})"/.exec(block)?.[1]
    const levels = abstract === undefined ? undefined : abstracts.get(abstract)
    if (id !== null && levels) byNum.set(id, levels)
  }
  return byNum
}

/** Paragraph styles that carry a number of their own. */
function readStyles(styles: string): Map<string, { num: string; level: number }> {
  const out = new Map<string, { num: string; level: number }>()
  for (const block of styles.split('<w:style ').slice(1, 2000)) {
    const id = attribute(block, 'w:styleId')
    const num = /<w:numId w:val="(\d{1,9})"/.exec(block)?.[1]
    if (id !== null && num !== undefined) out.set(id, { num, level: Number(/<w:ilvl w:val="(\d)"/.exec(block)?.[1] ?? '0') })
  }
  return out
}

const escape = (text: string): string => text.replace(/[&<>]/g, (char) => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;'))

/** document.xml with the automatic numbers written out. */
export function writeNumbers(document: string, numbering: string, styles: string): string {
  if (numbering === '') return document
  const byNum = readLevels(numbering)
  const byStyle = readStyles(styles)
  const counters = new Map<string, number[]>()
  const pieces = document.split('<w:pPr>')
  return pieces.map((piece, i) => {
    if (i === 0) return piece
    const close = piece.indexOf('</w:pPr>')
    if (close < 0) return `<w:pPr>${piece}`
    const properties = piece.slice(0, close)
    const style = /<w:pStyle w:val="([^"]{0,100})"/.exec(properties)?.[1]
    const own = /<w:numPr>[\s\S]{0,400}?<\/w:numPr>/.exec(properties)?.[0]
    const inherited = style === undefined ? undefined : byStyle.get(style)
    const num = (own ? /<w:numId w:val="(\d{1,9})"/.exec(own)?.[1] : undefined) ?? inherited?.num
    const level = own && /<w:ilvl/.test(own) ? Number(/<w:ilvl w:val="(\d)"/.exec(own)?.[1] ?? '0') : (inherited?.level ?? 0)
    const levels = num === undefined || num === '0' ? undefined : byNum.get(num)
    const shape = levels?.get(level)
    if (!levels || !shape || num === undefined || shape.format === 'bullet' || shape.format === 'none' || shape.text === '') return `<w:pPr>${piece}`
    const counts = counters.get(num) ?? []
    counts[level] = (counts[level] ?? shape.start - 1) + 1
    counts.length = level + 1
    counters.set(num, counts)
    const printed = shape.text.replace(/%(\d)/g, (_, depth: string) => {
      const k = Number(depth) - 1
      const other = levels.get(k)
      return format(counts[k] ?? other?.start ?? 1, shape.format === 'decimal' && k < level ? 'decimal' : (other?.format ?? 'decimal'))
    })
    const bare = properties.replace(/<w:numPr>[\s\S]{0,400}?<\/w:numPr>/, '')
    return `<w:pPr>${bare}</w:pPr><w:r><w:t xml:space="preserve">${escape(printed)}</w:t></w:r>${piece.slice(close + '</w:pPr>'.length)}`
  }).join('')
}
