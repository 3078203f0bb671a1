/** What the documents say is so: links lead somewhere, words of the glossary stand in the code, statements run, settings and commands exist, in three languages alike. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { Command } from 'commander'
import { Client } from 'pg'
import { briefCommands } from '../entry/cli/briefs.ts'
import { callCommands } from '../entry/cli/calls.ts'
import { directoryCommands } from '../entry/cli/directory.ts'
import { factCommands } from '../entry/cli/facts.ts'
import { measureCommands } from '../entry/cli/measures.ts'
import { noticeCommands } from '../entry/cli/notices.ts'
import { responseCommands } from '../entry/cli/responses.ts'
import { runCommands } from '../entry/cli/run.ts'
import { freshDatabase } from './postgres.ts'

const root = join(import.meta.dirname, '..')
const tracked = (...patterns: string[]) => execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], { cwd: root, encoding: 'utf8' }).split('\n').filter((path) => path && existsSync(join(root, path)))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const documents = tracked('*.md')
const sources = tracked('*.ts', '*.tsx', '*.sql', '*.mjs').filter((path) => !/\.test\.tsx?$/.test(path))
const code = sources.map(read).join('\n')
/** What is shown as code, in one line or in a block. */
const codeOf = (text: string) => [...text.matchAll(/```\w*\n([\s\S]*?)```|`([^`\n]+)`|^ {4}(\S.*)$/gm)].flatMap((match) => (match[1] ?? match[2] ?? match[3] ?? '').split('\n'))

test('every link to a file leads to one', () => {
  const links = documents.flatMap((path) => [...read(path).replace(/<!--[\s\S]*?-->/g, '').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => ({ path, to: match[1] ?? '' })))
  assert.ok(links.length > 60, `${links.length} links`)
  assert.deepEqual(links.filter(({ path, to }) => !/^(https?|mailto):/.test(to) && !existsSync(join(root, dirname(path), to))), [])
})

test('every word of the glossary is where it says', () => {
  const exported = (name: string, files: string[]) => files.some((path) => new RegExp(`export (const|(async )?function|class|interface|type) ${name}\\b`).test(read(path)))
  const table = (name: string) => new RegExp(`(create table|alter table)( if not exists)? ${name.replace('.', '\\.')}\\b`).test(code)
  const missing: string[] = []
  const words = read('GLOSSARY.md').split('\n').slice(3).flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''))
  assert.ok(words.length > 90)
  for (const word of words) {
    const [slice = '', name = '', column] = word.split('.')
    const good = word.includes('/') ? existsSync(join(root, word)) || existsSync(join(root, 'slices', word))
      : /\.tsx?$/.test(word) ? sources.some((path) => path.endsWith(`/${word}`))
      : column !== undefined ? table(`${slice}.${name}`) && new RegExp(`\\b${column}\\b`).test(code)
      : name ? table(word) || code.includes(`'${word}'`) || exported(name, sources.filter((path) => path.startsWith(`slices/${slice}/`)))
      : new RegExp(`\\b${word}\\b`).test(code)
    if (!good) missing.push(word)
  }
  assert.deepEqual(missing, [])
})

test('every table row of the map in architecture.md is a slice, and every slice has one and a README', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| `([a-z]+)` \|/gm)].map((match) => match[1])
  const { order } = JSON.parse(`{"order":${/order = (\[[^\]]+\])/.exec(read('slices/order.ts'))?.[1]?.replaceAll("'", '"') ?? '[]'}}`) as { order: string[] }
  assert.ok(order.length >= 10)
  assert.deepEqual(rows, order)
  for (const slice of order) assert.ok(existsSync(join(root, 'slices', slice, 'README.md')), slice)
})

test('every statement that operations.md gives runs on a database of now', async () => {
  const statements = codeOf(read('docs/operations.md')).filter((text) => /^select\b/i.test(text.trim()))
  assert.ok(statements.length >= 7, statements.join('\n'))
  const database = await freshDatabase()
  const client = new Client({ connectionString: database.ownerUrl })
  try {
    await client.connect()
    for (const statement of statements) await client.query(statement).catch((error: unknown) => assert.fail(`${statement}: ${String(error)}`))
  } finally {
    await client.end()
    await database.drop()
  }
})

test('every setting that a program reads is in the table of operations.md, and the other way round', () => {
  const told = new Set([...read('docs/operations.md').matchAll(/^\| (`[A-Z][^|]*) \|/gm)].flatMap((row) => [...(row[1] ?? '').matchAll(/`([A-Z][A-Z_]+)(?:=\w+)?`/g)].map((match) => match[1] ?? '')))
  const programs = sources.filter((path) => /^(kernel|slices|entry|drill)\//.test(path)).map(read).join('\n')
  const used = new Set([...programs.matchAll(/process\.env(?:\[')?\.?([A-Z][A-Z_]+)|\.env\('([A-Z_]+)'\)/g)].map((match) => match[1] ?? match[2] ?? ''))
  for (const theirs of ['LC_ALL', 'LANG', 'NODE_ENV']) used.delete(theirs)
  assert.ok(used.size > 12)
  assert.deepEqual([...used].filter((name) => !told.has(name)), [], 'read, but told nowhere')
  assert.deepEqual([...told].filter((name) => !programs.includes(name)), [], 'told, but read by nobody')
})

test('every command that a document names exists, with the options it names', () => {
  const program = new Command('bulwark')
  for (const add of [runCommands, noticeCommands, directoryCommands, factCommands, responseCommands, measureCommands, briefCommands, callCommands]) add(program)
  const { scripts } = JSON.parse(read('package.json')) as { scripts: object }
  const wrong: string[] = []
  let seen = 0
  for (const path of documents) {
    const text = read(path)
    for (const [, script = ''] of text.matchAll(/npm run ([a-z]+)/g)) if (!(script in scripts)) wrong.push(`${path}: npm run ${script}`)
    for (const [, line = ''] of codeOf(text).flatMap((one) => [...one.matchAll(/(?:^|npx )bulwark ([a-z][^#]*)/g)])) {
      seen++
      let command: Command = program
      for (const word of line.trim().split(/\s+/)) {
        const below = command.commands.find((one) => one.name() === word)
        if (below) command = below
        else if (command.commands.length && !word.startsWith('--')) wrong.push(`${path}: ${line}`)
        else if (/^--[a-z]/.test(word) && !['--json', '--help', '--server', '--token', '--language'].includes(word) && !command.options.some((option) => option.long === word)) wrong.push(`${path}: ${line} (${word})`)
      }
    }
  }
  assert.ok(seen > 15, `${seen}`)
  assert.deepEqual(wrong, [])
})

test('the three READMEs say the same commands, links and exit codes', () => {
  const told = (path: string) => {
    const text = read(path)
    return {
      lines: text.split('\n').length, links: [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]).slice(2).toSorted(), accounts: ['duty', 'counsellor', 'student', 'Ctrl+C', '800 MB', '.data/'].map((word) => text.includes(word)),
      commands: [...text.matchAll(/(npm (?:run \w+|test|start)|npx bulwark [a-z]+(?: [a-z]+)?)/g)].map((match) => match[1]).toSorted(), codes: [...text.matchAll(/\b(0|1|2|3|69|70) (?=[^ |]{2})/g)].map((match) => match[1]).toSorted(),
    }
  }
  const english = told('README.md')
  for (const path of ['README.zh-CN.md', 'README.zh-TW.md']) {
    const other = told(path)
    assert.deepEqual([other.links, other.accounts, other.commands], [english.links, english.accounts, english.commands], path)
    for (const exit of ['0', '1', '2', '3', '69', '70']) assert.ok(other.codes.includes(exit) && english.codes.includes(exit), `${path}: ${exit}`)
  }
})
