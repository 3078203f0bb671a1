/** Derives the Traditional Chinese table of the interface from the literals in `t('中文', 'English')` and `title: ['中文', 'English']`. */
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, type ESTree } from 'vite'
// The package ships no types.
import * as OpenCC from 'opencc-js'

const root = fileURLToPath(new URL('..', import.meta.url))
export const hantFile = join(root, 'ui/words.hant.json')

/** Where OpenCC takes the wrong of two readings: it cuts words by its dictionary, and 看表|格 or 天后 stand there too. Longer pieces first. */
const corrections: readonly (readonly [string, string])[] = [
  ['看錶格', '看表格'],
  ['天后', '天後'],
  ['隻', '只'],
  ['組織里', '組織裡'],
  ['銷燬', '銷毀'],
  ['移交併', '移交並'],
]

interface Node {
  type: string
  [key: string]: unknown
}

/** Every file that the browser may show texts from. */
export async function findWebSources(): Promise<string[]> {
  const found: string[] = []
  for (const folder of ['ui', 'shell', 'entry', 'kernel', 'slices']) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.(test|d)\.ts$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      const inside = path.slice(root.length).replaceAll('\\', '/')
      if (inside.startsWith('slices/') && !inside.includes('/web/') && !/\/(contract|rules)\.ts$/.test(inside)) continue
      // The corrections are no texts.
      if (inside === 'entry/words.ts') continue
      if (inside.startsWith('kernel/') && !inside.startsWith('kernel/phone/')) continue
      found.push(path)
    }
  }
  return found.toSorted()
}

function literal(node: unknown): string | null {
  const it = node as Node | undefined
  if (it?.type === 'Literal' && typeof it['value'] === 'string') return it['value']
  if (it?.type === 'TemplateLiteral' && (it['expressions'] as unknown[]).length === 0) {
    const quasi = (it['quasis'] as { value: { cooked: string } }[])[0]
    return quasi?.value.cooked ?? null
  }
  return null
}

const han = /[\u4e00-\u9fff]/

/** The Chinese halves of all bilingual literals in one source text. */
export function textsOf(path: string, source: string): string[] {
  const parsed = parseSync(path, source, { lang: path.endsWith('x') ? 'tsx' : 'ts' })
  const found: string[] = []
  const take = (value: string | null) => {
    if (value !== null && han.test(value)) found.push(value)
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const it = node as Node
    // t('中文', 'English'), and the pairs ['中文', 'English'] and {zh, en} that reach t() or say() later.
    if (it.type === 'CallExpression' && (it['callee'] as Node).type === 'Identifier' && (it['callee'] as Node)['name'] === 't') take(literal((it['arguments'] as unknown[])[0]))
    if (it.type === 'ArrayExpression' && (it['elements'] as unknown[]).length === 2) take(literal((it['elements'] as unknown[])[0]))
    if (it.type === 'Property' && (it['key'] as Node)['name'] === 'zh') take(literal(it['value']))
    for (const key in it) if (key !== 'type' && key !== 'start' && key !== 'end') visit(it[key])
  }
  visit(parsed.program as ESTree.Program)
  return found
}

/** The table as it should be now. */
export async function makeHantTable(): Promise<{ phrases: Record<string, string>; characters: [string, string] }> {
  const convert = OpenCC.Converter({ from: 'cn', to: 'tw' })
  const characters: [string, string] = ['', '']
  for (let code = 0x4e00; code <= 0x9fff; code++) {
    const simplified = String.fromCharCode(code)
    const traditional = convert(simplified)
    if (traditional !== simplified && [...traditional].length === 1) {
      characters[0] += simplified
      characters[1] += traditional
    }
  }
  const byCharacter = new Map([...characters[0]].map((character, at) => [character, [...characters[1]][at] ?? character]))
  const texts = new Set<string>()
  for (const path of await findWebSources()) for (const text of textsOf(path, await readFile(path, 'utf8'))) texts.add(text)
  const phrases: Record<string, string> = {}
  // Only what the map of characters gets wrong needs a line of its own (皇后 against 後).
  for (const text of [...texts].toSorted()) {
    const traditional = corrections.reduce((soFar, [wrong, right]) => soFar.replaceAll(wrong, right), convert(text))
    if (traditional !== [...text].map((character) => byCharacter.get(character) ?? character).join('')) phrases[text] = traditional
  }
  return { phrases, characters }
}

/** Writes the table where it changed; says whether it did. */
export async function writeHantTable(): Promise<boolean> {
  const wanted = `${JSON.stringify(await makeHantTable(), null, 1)}\n`
  const present = await readFile(hantFile, 'utf8').catch(() => '')
  if (present === wanted) return false
  await writeFile(hantFile, wanted)
  return true
}

if (import.meta.main) console.log((await writeHantTable()) ? 'ui/words.hant.json written' : 'ui/words.hant.json is current')
