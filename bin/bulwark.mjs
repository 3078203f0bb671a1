#!/usr/bin/env node
/** The command line: brings what is missing, then runs entry/cli.ts. */
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { become, ensureNode, ensurePackages, failed, root } from './bootstrap.mjs'

try {
  await ensurePackages()
  const node = await ensureNode()
  if (node !== process.execPath) await become(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)])
} catch (error) {
  failed(error)
}

// Running TypeScript still warns on some versions; that is nothing to the person at the terminal.
const warn = process.emitWarning
process.emitWarning = (warning, ...rest) => {
  const name = typeof rest[0] === 'object' ? rest[0]?.type : rest[0]
  if (name !== 'ExperimentalWarning') warn.call(process, warning, ...rest)
}
await import(pathToFileURL(join(root, 'entry/cli.ts')).href)
