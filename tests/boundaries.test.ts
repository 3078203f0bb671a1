import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { order } from '#slices/order.ts'
import { browserFiles, purity, readSources, sizes, slicesUnknown, sliceOrder, sqlPlaces, sqlSchemas, type Finding } from './boundaries.ts'

const root = join(import.meta.dirname, '..')
const rooms = ['kernel', 'slices', 'ui', 'shell', 'entry', 'drill', 'tests', 'bench', 'bin']
const browserEntries = ['entry/console.tsx', 'entry/pocket.tsx', 'entry/sw.ts']

function* projectFiles(): Generator<[string, string]> {
  for (const room of rooms.filter((name) => existsSync(join(root, name)))) {
    for (const name of readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })) {
      const path = `${room}/${name.replaceAll('\\', '/')}`
      if (/\.(tsx?|mjs|css|sql)$/.test(path) && statSync(join(root, path)).isFile()) yield [path, readFileSync(join(root, path), 'utf8')]
    }
  }
}

const project = readSources(projectFiles())

function holds(finding: Finding, atLeast = 1): void {
  assert.deepEqual(finding.violations, [])
  assert.ok(finding.looked >= atLeast, `looked at ${finding.looked}, which is too little to say anything`)
}

describe('the rules of the house, on this project', () => {
  test('1: a slice imports only slices before it, by their doors', () => holds(sliceOrder(project, order)))
  test('1: slices/order.ts names the folders of slices/, each with its contract', () => {
    const folders = readdirSync(join(root, 'slices'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && readdirSync(join(root, 'slices', entry.name)).length > 0)
    for (const { name } of folders) assert.ok((order as readonly string[]).includes(name), `${name} is not in slices/order.ts`)
    // A slice that serves or shows something says so in a contract.
    for (const path of project.keys()) {
      const slice = /^slices\/(\w+)\/(server\.ts|queries\.ts|web\/)/.exec(path)?.[1]
      if (slice) assert.ok(project.has(`slices/${slice}/contract.ts`), `slices/${slice}/contract.ts is missing, but there is ${path}`)
    }
  })
  test('2: contracts and rules neither read nor write', () => holds(purity(project), 4))
  test('3: SQL stands only in queries.ts and the kernel', () => holds(sqlPlaces(project)))
  test('3: the SQL of a slice names its own and earlier schemas, and writes its own', () => holds(sqlSchemas(project, order), 4))
  test('4: what a browser loads reaches no server file', () => {
    for (const entry of browserEntries) assert.ok(project.has(entry), `${entry} is missing`)
    holds(browserFiles(project, browserEntries), browserEntries.length)
  })
  test('4: kernel and ui know no slice', () => holds(slicesUnknown(project, order)))
  test('5: no file of code over 600 lines, no barrels', () => holds(sizes(project), 20))
})

describe('each rule catches what it is for', () => {
  const slices = ['low', 'high']
  const cases: [string, Record<string, string>, (files: ReturnType<typeof readSources>) => Finding, RegExp][] = [
    ['a lower slice that imports a higher one', { 'slices/low/server.ts': `import type { A } from '#slices/high/contract.ts'` }, (files) => sliceOrder(files, slices), /high comes after low/],
    ['a slice entered by the window', { 'slices/high/server.ts': `import { find } from '#slices/low/queries.ts'` }, (files) => sliceOrder(files, slices), /enter a slice by/],
    ['a slice entered by the window, relatively', { 'slices/high/server.ts': `export { find } from '../low/queries.ts'` }, (files) => sliceOrder(files, slices), /enter a slice by/],
    ['a drill that goes behind the interface', { 'drill/play.ts': `import { answer } from '#slices/low/server.ts'` }, (files) => sliceOrder(files, slices), /enter a slice by/],
    ['a slice nobody ordered', { 'slices/other/rules.ts': '' }, (files) => sliceOrder(files, slices), /other is not named/],
    ['a contract that reads files', { 'slices/low/contract.ts': `import { a } from './a.ts'`, 'slices/low/a.ts': `import fs from 'node:fs'` }, purity, /a\.ts imports node:fs/],
    ['rules that reach the database', { 'slices/low/rules.ts': `import { connect } from '#kernel/database.ts'` }, purity, /database\.ts is reached/],
    ['a server that imports the builder', { 'slices/low/server.ts': `import { sql } from 'kysely'` }, sqlPlaces, /imports kysely/],
    ['a server that writes SQL', { 'slices/low/server.ts': 'export const a = (run: Function) => run(`select a\n from low.thing`)' }, sqlPlaces, /holds SQL/],
    ['SQL on a table of a later slice', { 'slices/low/queries.ts': 'export const a = sql`select 1 from low.a join high.b using (id)`' }, (files) => sqlSchemas(files, slices), /names high\.b/],
    ['SQL that writes a table of an earlier slice', { 'slices/high/queries.ts': 'export const a = sql`with x as (select 1) update low.a set b = 1`' }, (files) => sqlSchemas(files, slices), /writes low\.a/],
    ['SQL on the log', { 'slices/high/queries.ts': 'export const a = sql`select 1 from kernel.log`' }, (files) => sqlSchemas(files, slices), /functions of the kernel/],
    ['SQL that looks at the clock', { 'slices/high/queries.ts': 'export const a = sql`select 1 from high.a where until < now()`' }, (files) => sqlSchemas(files, slices), /says now\(\)/],
    ['views on a later slice', { 'slices/low/views.sql': 'create view low.v as select * from high.b;' }, (files) => sqlSchemas(files, slices), /names high\.b/],
    ['a page that loads a server file, deep down', { 'entry/console.tsx': `const p = () => import('#ui/a.tsx')`, 'ui/a.tsx': `import { b } from '#slices/low/server.ts'` }, (files) => browserFiles(files, browserEntries), /server\.ts is a server file/],
    ['a worker that loads a module of Node', { 'entry/sw.ts': `new Worker(new URL('./w.ts', import.meta.url))`, 'entry/w.ts': `import 'node:path'` }, (files) => browserFiles(files, browserEntries), /w\.ts imports node:path/],
    ['a kernel that knows a slice', { 'kernel/a.ts': `import { b } from '#slices/low/contract.ts'` }, (files) => slicesUnknown(files, slices), /imports #slices/],
    ['a kernel that asks the tables of a slice', { 'kernel/a.ts': 'export const a = sql`select 1 from low.thing`' }, (files) => slicesUnknown(files, slices), /names low\.thing/],
    ['a file that is too long', { 'kernel/a.ts': 'export const a = 1\n'.repeat(601) }, sizes, /601 lines/],
    ['a barrel by name or by nature', { 'ui/parts.ts': `export * from './a.ts'\nexport { b } from './b.ts'` }, sizes, /is a barrel/],
  ]
  for (const [name, files, rule, expected] of cases) test(name, () => assert.match(rule(readSources(Object.entries(files))).violations.join('\n'), expected))

  test('what is allowed passes', () => {
    const files = readSources(
      Object.entries({
        'slices/low/contract.ts': `import { Type } from 'typebox'\nimport type { Tx } from '#kernel/database.ts'`,
        'slices/high/server.ts': `import { may } from '#slices/low/server.ts'\nimport { find } from './queries.ts'\nexport const label = 'Select one from the list'`,
        'slices/high/queries.ts': 'import { sql } from "kysely"\nexport const a = sql`insert into high.b select id from low.a, kernel.institution`',
        'slices/high/web/page.tsx': `import { Card } from '#slices/low/web/cards.tsx'`,
        'entry/console.tsx': `import type { A } from '#slices/low/server.ts'\nimport { Page } from '#slices/low/web/page.tsx'`,
      }),
    )
    for (const finding of [sliceOrder(files, slices), purity(files), sqlPlaces(files), sqlSchemas(files, slices), browserFiles(files, browserEntries), sizes(files)]) holds(finding)
  })
  test('nothing to check is a failure', () => {
    const nothing = readSources([])
    for (const finding of [sliceOrder(nothing, slices), purity(nothing), sqlPlaces(nothing), sqlSchemas(nothing, slices), browserFiles(nothing, browserEntries), slicesUnknown(nothing, slices), sizes(nothing)]) assert.throws(() => holds(finding), /too little/)
  })
})
