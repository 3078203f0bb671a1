/** `npm run bench [-- answers million import fanout reading]`: the measurements, one after another; each also runs by itself, see bench/README.md. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { become, ensureNode, ensurePackages, failed, root, say } from './bootstrap.mjs'

/** Sizes that fit into about a quarter of an hour; the million stands in bench/README.md with its command. */
const parts = {
  answers: ['bench/engine/answers.ts', '--people', '30000', '--stored', '900000'],
  million: ['bench/engine/million.ts', '--people', '100000', '--units', '2000', '--days', '14'],
  import: ['bench/engine/import.ts', '--people', '100000'],
  fanout: ['bench/engine/fanout.ts', '--people', '100000'],
  reading: ['bench/reading/score.ts'],
}

try {
  await ensurePackages()
  const node = await ensureNode()
  if (node !== process.execPath) await become(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)])
} catch (error) {
  failed(error)
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in parts))
if (unknown.length) failed(new Error(`There is no measurement ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`))
for (const [name, [script, ...args]] of Object.entries(parts)) {
  if (wanted.length && !wanted.includes(name)) continue
  say(`── ${name}: node ${script} ${args.join(' ')}`)
  const code = await new Promise((resolve) => spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], { cwd: root, stdio: 'inherit' }).once('exit', resolve))
  if (code !== 0) process.exitCode = 1
}
