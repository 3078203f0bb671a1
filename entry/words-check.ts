/** What is missing among the texts of the interface: a half of a pair, a value, or a text that was never given a second language. */
import { parseSync } from 'vite'

interface Node {
  type: string
  [key: string]: unknown
}

const han = /[\u4e00-\u9fff]/
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** A text without values, however it is quoted; null for anything else. */
function literal(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  if (node.type === 'TemplateLiteral' && (node['expressions'] as unknown[]).length === 0) return (node['quasis'] as { value: { cooked: string } }[])[0]?.value.cooked ?? null
  return null
}

const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)(?::[^}]*)?\}/g)].map((found) => found[1]))].toSorted().join(' ')

/** The names that a language has for itself are written so in every language. */
const inEveryLanguage = new Set(['简体中文', '繁體中文', '简体', '繁體'])

/** A measure word (三 项) has nothing to answer it in English. */
const isMeasureWord = (zh: string) => [...zh].length === 1
/** A name or word given as an example within an English sentence. */
const isExample = (en: string) => en.replaceAll(/[^\u4e00-\u9fff]/g, '').length * 6 < en.length

function pairProblem(zh: string, en: string | null): string | null {
  if (en === '' && isMeasureWord(zh)) return null
  if (en === null || en.trim() === '') return `“${zh}” has no English`
  if (han.test(en) && !isExample(en)) return `“${zh}” has Chinese for English: ${en}`
  if (places(zh) !== places(en)) return `“${zh}” and “${en}” do not hold the same values`
  return null
}

/** Problems of one source file, each with its line. */
export function wordProblems(path: string, source: string): string[] {
  const problems: string[] = []
  const add = (node: Node, problem: string | null) => {
    if (problem) problems.push(`${path}:${source.slice(0, node['start'] as number).split('\n').length} ${problem}`)
  }
  const shown = (node: Node, text: string | null) => {
    if (text !== null && han.test(text) && !inEveryLanguage.has(text.trim())) add(node, `“${text.trim()}” is shown in Chinese only`)
  }
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (!isNode(value)) return
    if (value.type === 'CallExpression' && isNode(value['callee']) && value['callee'].type === 'Identifier' && value['callee']['name'] === 't') {
      const [zh, en] = value['arguments'] as unknown[]
      const words = literal(zh)
      if (words !== null && !han.test(words) && /[a-z]{3}/i.test(words.replaceAll(/\{\w+\}/g, ''))) add(value, `“${words}” stands where Chinese belongs`)
      else if (words !== null && han.test(words)) add(value, pairProblem(words, literal(en)))
      else if (words === null && isNode(zh) && zh.type === 'TemplateLiteral') add(value, 'a text with ${…} has no Traditional: write {name} and give the value')
    }
    if (value.type === 'ObjectExpression') {
      const named = new Map((value['properties'] as Node[]).filter((one) => one.type === 'Property').map((one) => [(one['key'] as Node)['name'], one['value']]))
      const zh = literal(named.get('zh'))
      // A text that is worked out has both halves worked out.
      if (zh !== null && han.test(zh) && (!named.has('en') || literal(named.get('en')) !== null)) add(value, pairProblem(zh, literal(named.get('en'))))
    }
    if (value.type === 'JSXText') shown(value, value['value'] as string)
    if (value.type === 'JSXAttribute') shown(value, literal(value['value']))
    if (value.type === 'JSXExpressionContainer') shown(value, literal(value['expression']))
    for (const key in value) if (key !== 'type' && key !== 'start' && key !== 'end') visit(value[key])
  }
  visit(parseSync(path, source, { lang: path.endsWith('x') ? 'tsx' : 'ts' }).program)
  return problems
}
