/**
 * `npm test`: brings what is missing, then type check, lint, the web pages, and every test.
 * `npm test -- coverage rules` runs the test files whose path contains one of the words.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { become, ensureNode, ensurePackages, failed, root, say } from './bootstrap.mjs'

const rooms = ['kernel', 'slices', 'ui', 'shell', 'drill', 'tests', 'entry', 'bench']

function testFiles(patterns) {
  const all = rooms
    .filter((room) => existsSync(join(root, room)))
    .flatMap((room) => readdirSync(join(root, room), { recursive: true }).map((name) => join(room, name)))
    .filter((path) => /\.test\.tsx?$/.test(path) && !path.includes('node_modules'))
    .toSorted()
  return patterns.length === 0 ? all : all.filter((path) => patterns.some((pattern) => path.includes(pattern)))
}

/** Runs one step in a child; its output is ours. */
function step(name, script, args) {
  return new Promise((resolve) => {
    const started = Date.now()
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' })
    child.once('error', (error) => resolve(say(`${name} could not run: ${error.message}`) ?? false))
    child.once('exit', (code) => {
      say(code === 0 ? `${name}: good (${((Date.now() - started) / 1000).toFixed(1)} s)` : `${name}: FAILED, see above. No test was run.`)
      resolve(code === 0)
    })
  })
}

async function buildPages() {
  const entry = join(root, 'entry/build.ts')
  if (!existsSync(entry)) return
  const { build } = await import(pathToFileURL(entry).href)
  await build({ report: say })
}

/** Runs the files, each in a process of its own. @returns those in which something failed, or null where not one test ran. */
async function runTests(files, concurrency = 2) {
  const [{ run }, { spec: Spec }] = await Promise.all([import('node:test'), import('node:test/reporters')])
  process.chdir(root)
  const stream = run({ files: files.map((file) => join(root, file)), concurrency, timeout: 900_000, execArgv: ['--disable-warning=ExperimentalWarning'] })
  let counts = null
  const failed = new Set()
  stream.on('test:fail', ({ file }) => failed.add(file ? relative(root, file) : ''))
  stream.on('test:summary', (summary) => {
    if (summary.file === undefined) counts = summary.counts
  })
  const printed = stream.compose(new Spec())
  printed.pipe(process.stdout)
  await new Promise((resolve, reject) => printed.once('end', resolve).once('error', reject))
  if (!counts || counts.passed + counts.failed === 0) {
    say('FAILED: not one test ran.')
    return null
  }
  if (failed.size === 0 && counts.failed + counts.cancelled > 0) failed.add('')
  return [...failed]
}

const journeys = join('tests', 'journeys', '/')

/** A browser beside other tests may wait longer than a test does: the few journeys that fail are walked once more with the machine to themselves. @returns whether all passed. */
async function passed(files) {
  const failed = await runTests(files)
  if (failed === null || failed.length === 0 || failed.length > 3 || !failed.every((file) => file.startsWith(journeys))) return failed?.length === 0
  say(`failed, and walked once more alone · 失败，单独再走一遍: ${failed.join(', ')}`)
  const again = await runTests(failed, 1)
  if (again?.length !== 0) return false
  say(`UNSTEADY, passed only alone · 不稳定，单独时才通过: ${failed.join(', ')}`)
  return true
}

/** Nothing of ours goes on running after the tests, unless other tests use it. */
async function stopServer() {
  const { stopTestServer } = await import(pathToFileURL(join(root, 'tests/postgres.ts')).href)
  await stopTestServer().catch((error) => say(`the test database could not be stopped: ${error.message}`))
}

try {
  await ensurePackages({ development: true })
  const node = await ensureNode()
  if (node !== process.execPath) await become(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)])
  const patterns = process.argv.slice(2)
  const files = testFiles(patterns)
  if (files.length === 0) {
    say(patterns.length > 0 ? `FAILED: no test file has ${patterns.join(' or ')} in its path.` : 'FAILED: there are no test files.')
    process.exit(1)
  }
  if (!(await step('type check', 'typescript/bin/tsc', ['--noEmit']))) process.exit(1)
  if (!(await step('lint', 'oxlint/bin/oxlint', ['--deny-warnings']))) process.exit(1)
  await buildPages()
  say(`${files.length} test files, first ${relative(root, join(root, files[0]))}`)
  process.exitCode = 1 // until told otherwise: an early end is a failure
  const good = await passed(files)
  await stopServer()
  if (good) process.exitCode = 0
} catch (error) {
  failed(error)
}
