/** An outline as font programs draw it: quadratic curves in font units, y upwards. */
export interface OutlineCommand {
  command: string
  args: number[]
}

export interface GlyphSource {
  codePoint: number
  advance: number
  commands: OutlineCommand[]
}

export interface FontSource {
  /** PostScript name. */
  name: string
  unitsPerEm: number
  ascent: number
  descent: number
  glyphs: GlyphSource[]
}

interface Point {
  x: number
  y: number
  on: boolean
}

/** The closed lines of an outline as TrueType points, rounded to whole units. */
function contoursOf(commands: OutlineCommand[]): Point[][] {
  const contours: Point[][] = []
  let current: Point[] = []
  const point = (x: number | undefined, y: number | undefined, on: boolean): Point => ({ x: Math.round(x ?? 0), y: Math.round(y ?? 0), on })
  const close = () => {
    const [first, last] = [current[0], current.at(-1)]
    // The line back to the start is implied.
    if (first && last && current.length > 1 && last.on && first.x === last.x && first.y === last.y) current.pop()
    if (current.length > 1) contours.push(current)
    current = []
  }
  for (const { command, args } of commands) {
    if (command === 'moveTo') {
      close()
      current.push(point(args[0], args[1], true))
    } else if (command === 'lineTo') current.push(point(args[0], args[1], true))
    else if (command === 'quadraticCurveTo') current.push(point(args[0], args[1], false), point(args[2], args[3], true))
    else if (command === 'closePath') close()
    else throw new Error(`A TrueType outline cannot hold ${command}`)
  }
  close()
  return contours
}

interface EncodedGlyph {
  bytes: Buffer
  box: [number, number, number, number]
  points: number
  contours: number
}

function encodeGlyph(commands: OutlineCommand[]): EncodedGlyph {
  const contours = contoursOf(commands)
  const points = contours.flat()
  if (points.length === 0) return { bytes: Buffer.alloc(0), box: [0, 0, 0, 0], points: 0, contours: 0 }
  const least = (pick: (p: Point) => number) => points.reduce((a, p) => Math.min(a, pick(p)), 32_767)
  const most = (pick: (p: Point) => number) => points.reduce((a, p) => Math.max(a, pick(p)), -32_768)
  const box: [number, number, number, number] = [least((p) => p.x), least((p) => p.y), most((p) => p.x), most((p) => p.y)]
  const bytes = Buffer.alloc(10 + contours.length * 2 + 2 + points.length * 5 + 4)
  let at = bytes.writeInt16BE(contours.length, 0)
  for (const edge of box) at = bytes.writeInt16BE(edge, at)
  let end = -1
  for (const contour of contours) at = bytes.writeUInt16BE((end += contour.length), at)
  at = bytes.writeUInt16BE(0, at)
  // 0x40 says that contours may overlap, as those of variable fonts do.
  for (const [index, p] of points.entries()) at = bytes.writeUInt8((p.on ? 1 : 0) | (index === 0 ? 0x40 : 0), at)
  for (const axis of ['x', 'y'] as const) {
    let before = 0
    for (const p of points) {
      at = bytes.writeInt16BE(p[axis] - before, at)
      before = p[axis]
    }
  }
  return { bytes: bytes.subarray(0, at + ((4 - (at % 4)) % 4)), box, points: points.length, contours: contours.length }
}

function table(size: number, write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(size)
  write(bytes)
  return bytes
}

function nameTable(name: string): Buffer {
  const text = Buffer.from(name, 'utf16le').swap16()
  const ids = [1, 4, 6]
  const head = table(6 + ids.length * 12, (bytes) => {
    bytes.writeUInt16BE(ids.length, 2)
    bytes.writeUInt16BE(6 + ids.length * 12, 4)
    ids.forEach((id, index) => [3, 1, 0x409, id, text.length, 0].forEach((value, field) => bytes.writeUInt16BE(value, 6 + index * 12 + field * 2)))
  })
  return Buffer.concat([head, text])
}

/** The font as a TrueType file, with just what a PDF needs. Glyph 0 is the empty one for what is missing. */
export function trueType(font: FontSource): Buffer {
  const sorted = font.glyphs.toSorted((a, b) => a.codePoint - b.codePoint)
  const glyphs = [encodeGlyph([]), ...sorted.map((glyph) => encodeGlyph(glyph.commands))]
  const advances = [font.unitsPerEm, ...sorted.map((glyph) => Math.round(glyph.advance))]
  const box = glyphs.reduce((all, { box }) => [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])] as const, [0, 0, 0, 0] as readonly [number, number, number, number])
  const loca = Buffer.alloc((glyphs.length + 1) * 4)
  let glyfEnd = 0
  for (const [index, glyph] of glyphs.entries()) loca.writeUInt32BE((glyfEnd += glyph.bytes.length), (index + 1) * 4)
  const tables: Record<string, Buffer> = {
    cmap: table(28 + sorted.length * 12, (bytes) => {
      const header: [number, number][] = [[0, 0], [2, 1], [4, 3], [6, 10]]
      for (const [at, value] of header) bytes.writeUInt16BE(value, at)
      bytes.writeUInt32BE(12, 8)
      bytes.writeUInt16BE(12, 12)
      bytes.writeUInt32BE(16 + sorted.length * 12, 16)
      bytes.writeUInt32BE(sorted.length, 24)
      sorted.forEach((glyph, index) => [glyph.codePoint, glyph.codePoint, index + 1].forEach((value, field) => bytes.writeUInt32BE(value, 28 + index * 12 + field * 4)))
    }),
    glyf: Buffer.concat(glyphs.map((glyph) => glyph.bytes)),
    head: table(54, (bytes) => {
      bytes.writeUInt32BE(0x10000, 0)
      bytes.writeUInt32BE(0x5f0f3cf5, 12)
      bytes.writeUInt16BE(font.unitsPerEm, 18)
      box.forEach((edge, index) => bytes.writeInt16BE(edge, 36 + index * 2))
      bytes.writeUInt16BE(8, 46)
      bytes.writeInt16BE(2, 48)
      bytes.writeInt16BE(1, 50)
    }),
    hhea: table(36, (bytes) => {
      bytes.writeUInt32BE(0x10000, 0)
      bytes.writeInt16BE(font.ascent, 4)
      bytes.writeInt16BE(font.descent, 6)
      bytes.writeUInt16BE(Math.max(...advances), 10)
      bytes.writeInt16BE(1, 18)
      bytes.writeUInt16BE(glyphs.length, 34)
    }),
    hmtx: table(glyphs.length * 4, (bytes) =>
      advances.forEach((advance, index) => {
        bytes.writeUInt16BE(advance, index * 4)
        bytes.writeInt16BE(glyphs[index]?.box[0] ?? 0, index * 4 + 2)
      }),
    ),
    loca,
    maxp: table(32, (bytes) => {
      bytes.writeUInt32BE(0x10000, 0)
      bytes.writeUInt16BE(glyphs.length, 4)
      bytes.writeUInt16BE(glyphs.reduce((most, glyph) => Math.max(most, glyph.points), 0), 6)
      bytes.writeUInt16BE(glyphs.reduce((most, glyph) => Math.max(most, glyph.contours), 0), 8)
      bytes.writeUInt16BE(2, 14)
    }),
    name: nameTable(font.name),
    post: table(32, (bytes) => bytes.writeUInt32BE(0x30000, 0)),
  }
  return fileOf(tables)
}

function fileOf(tables: Record<string, Buffer>): Buffer {
  const entries = Object.entries(tables)
  const power = Math.floor(Math.log2(entries.length))
  const head = Buffer.alloc(12 + entries.length * 16)
  head.writeUInt32BE(0x10000, 0)
  const search = 2 ** power * 16
  ;[entries.length, search, power, entries.length * 16 - search].forEach((value, index) => head.writeUInt16BE(value, 4 + index * 2))
  let offset = head.length
  const parts: Buffer[] = [head]
  entries.forEach(([tag, bytes], index) => {
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
    let sum = 0
    for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0
    head.write(tag, 12 + index * 16, 'latin1')
    ;[sum, offset, bytes.length].forEach((value, field) => head.writeUInt32BE(value, 16 + index * 16 + field * 4))
    parts.push(padded)
    offset += padded.length
  })
  return Buffer.concat(parts)
}
