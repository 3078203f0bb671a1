import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { create } from 'fontkit'
import type { Font } from 'fontkit'
import decompress from 'woff2-encoder/decompress'
import { trueType } from './truetype.ts'
import type { GlyphSource } from './truetype.ts'

/** The letter forms of the PDF: Song at text and at title weight, Hei for headings. */
export type PdfFace = 'song' | 'bold' | 'hei'

/** A slice of a font that was cut up for the web: its file, and which characters are in it. */
interface Slice {
  file: string
  ranges: [number, number][]
}

interface Family {
  slices: Slice[]
}

function rangesOf(text: string): [number, number][] {
  return [...text.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/giu)].map((found) => {
    const first = Number.parseInt(found[1] ?? '', 16)
    return [first, found[2] === undefined ? first : Number.parseInt(found[2], 16)]
  })
}

/** Reads the slices of a font package from its style sheet. */
async function familyOf(sheet: string): Promise<Family> {
  const path = fileURLToPath(import.meta.resolve(sheet))
  const css = await readFile(path, 'utf8')
  const slices: Slice[] = []
  for (const rule of css.split('@font-face').slice(1)) {
    const file = /url\(["']?(\.[^"')]+\.woff2)/u.exec(rule)?.[1]
    const ranges = /unicode-range:([^;}]+)/u.exec(rule)?.[1]
    if (file !== undefined && ranges !== undefined) slices.push({ file: join(dirname(path), file), ranges: rangesOf(ranges) })
  }
  if (slices.length === 0) throw new Error(`No font slices in ${sheet}`)
  return { slices }
}

let families: Promise<{ serif: Family; sans: Family }> | undefined
const opened = new Map<string, Promise<Font>>()
/** Slices kept open between documents; a document in Chinese needs some sixty. */
const keepOpen = 200

async function openSlice(file: string): Promise<Font> {
  const cached = opened.get(file)
  if (cached) return cached
  if (opened.size >= keepOpen) opened.delete(opened.keys().next().value ?? '')
  const font = readFile(file).then(async (woff2) => create(Buffer.from(await decompress(woff2))) as Font)
  opened.set(file, font)
  font.catch(() => opened.delete(file))
  return font
}

/** The glyphs of these characters at a weight; characters that the family lacks are absent. */
async function glyphsOf(family: Family, characters: Iterable<number>, weight: number): Promise<Map<number, GlyphSource>> {
  const wanted = new Set(characters)
  const found = new Map<number, GlyphSource>()
  for (const { file, ranges } of family.slices) {
    const here = [...wanted].filter((code) => ranges.some(([first, last]) => code >= first && code <= last))
    if (here.length === 0) continue
    const font = (await openSlice(file)).getVariation({ wght: weight })
    for (const code of here) {
      if (!font.hasGlyphForCodePoint(code)) continue
      const glyph = font.glyphForCodePoint(code)
      found.set(code, { codePoint: code, advance: glyph.advanceWidth, commands: glyph.path.commands })
      wanted.delete(code)
    }
  }
  return found
}

const missingSign = 0x3013

export interface BuiltFont {
  bytes: Buffer
  /** Width of each character in thousandths of its size. */
  advances: Map<number, number>
  /** Characters that no font at hand can draw: 〓 stands for them, and copying them still gives the character. */
  missing: string[]
}

/** One small TrueType font for a face, holding just these characters. */
export async function buildFont(face: PdfFace, text: Iterable<string>): Promise<BuiltFont> {
  families ??= Promise.all([familyOf('@chinese-fonts/syst/dist/SourceHanSerifCN/result.css'), familyOf('@fontsource-variable/noto-sans-sc/wght.css')]).then(([serif, sans]) => ({ serif, sans }))
  const { serif, sans } = await families
  const codes = new Set([0x20, missingSign])
  for (const each of text) for (const character of each) codes.add(character.codePointAt(0) ?? 0x20)
  const glyphs = face === 'hei' ? await glyphsOf(sans, codes, 600) : await glyphsOf(serif, codes, face === 'bold' ? 800 : 400)
  const rest = () => [...codes].filter((code) => !glyphs.has(code))
  const other = face === 'hei' ? await glyphsOf(serif, rest(), 800) : await glyphsOf(sans, rest(), face === 'bold' ? 700 : 400)
  for (const [code, glyph] of other) glyphs.set(code, glyph)
  const sign = glyphs.get(missingSign)
  const missing = rest()
  for (const code of missing) glyphs.set(code, { codePoint: code, advance: sign?.advance ?? 1000, commands: sign?.commands ?? [] })
  const bytes = trueType({ name: `Bulwark-${face}`, unitsPerEm: 1000, ascent: 880, descent: -120, glyphs: [...glyphs.values()] })
  const advances = new Map([...glyphs.values()].map((glyph) => [glyph.codePoint, glyph.advance]))
  return { bytes, advances, missing: missing.map((code) => String.fromCodePoint(code)) }
}
