/** Builds the web pages into dist/web: the console at `/`, the pocket at `/m/`. Does nothing where the sources are unchanged. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, gzipSync } from 'node:zlib'
import { writeHantTable } from './words.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'dist/web')

export interface BuildOptions {
  /** Build even where nothing changed. */
  force?: boolean
  report?: (line: string) => void
}

interface ManifestEntry {
  file: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
  assets?: string[]
  src?: string
}
type Manifest = Record<string, ManifestEntry>

/** What `dist/web/build.json` says of a build. */
export interface BuildRecord {
  /** The hash of all sources. */
  sources: string
  builtAt: string
  /** What a first visit loads before anything is shown, compressed. */
  firstLoad: { console: number; pocket: number }
  /** What the phone keeps for opening without a network. */
  precache: string[]
}

/** Returns the folder to serve. */
export async function build(options: BuildOptions = {}): Promise<string> {
  const report = options.report ?? (() => undefined)
  await writeHantTable()
  const sources = await hashOfSources()
  if (!options.force && (await findRecord())?.sources === sources) return target
  report('构建网页 · building the web pages')
  const started = Date.now()
  const fresh = join(root, `dist/.web-${process.pid}-${started}`)
  try {
    await bundle(fresh)
    const record = await finish(fresh, sources)
    await swap(fresh)
    report(`网页已构建 · built in ${((Date.now() - started) / 1000).toFixed(1)} s: 控制台 console ${kilobytes(record.firstLoad.console)}，手机端 pocket ${kilobytes(record.firstLoad.pocket)}`)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  return target
}

/** The record of the present build, if there is one. */
export async function findRecord(): Promise<BuildRecord | null> {
  try {
    return JSON.parse(await readFile(join(target, 'build.json'), 'utf8')) as BuildRecord
  } catch {
    return null
  }
}

const kilobytes = (size: number) => `${Math.round(size / 1024)} kB`

/** One after the other: what only the console uses of a shared file must not travel to the phone. */
async function bundle(outDir: string): Promise<void> {
  await bundleFace(outDir, 'console', { console: join(root, 'entry/console.html') })
  await bundleFace(outDir, 'pocket', { pocket: join(root, 'entry/pocket.html'), sw: join(root, 'entry/sw.ts') })
}

/** What My day needs at once, in one file: on a slow line every further request costs more than its content. */
const firstOfPocket = /\/node_modules\/(?!@vant\/area-data)|\/kernel\/|\/entry\/(no-shapes|old-phones)\.ts|\/ui\/(?!words\.hant|pocket\/(PhotoField|photo|NumberPad)\.)|\/slices\/[^/]+\/(contract|rules)\.ts|\/slices\/[^/]+\/web\/(asking|contacts|use-my-doubts|values|pocket-(answer|why|confirm))\.|\/shell\/(?!pocket\/)|\/shell\/pocket\/(arrive|routes|MyDay|AskCard|Exceptions|asking|people|reminded|work)\./

/** On a slow line React alone takes the second that the first visit may last: the phone is drawn by Preact, under React's names. */
const lightly = [
  { find: /^typebox$/, replacement: join(root, 'entry/no-shapes.ts') },
  { find: /^react(-dom)?$/, replacement: 'preact/compat' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
]

/** The phone needs of a call its name, its kind and what it touches; shapes and words about it stay at the server. */
const withoutShapes = {
  name: 'without-shapes',
  transform: {
    order: 'post' as const,
    handler(this: { parse(code: string): unknown }, code: string, id: string) {
      if (!/\/slices\/[^/]+\/contract\.ts$/.test(id)) return null
      const cuts: [number, number][] = []
      const look = (node: unknown): void => {
        if (Array.isArray(node)) return node.forEach(look)
        if (typeof node !== 'object' || node === null) return
        const { type, callee, arguments: given } = node as { type?: string; callee?: { name?: string }; arguments?: { properties?: { key?: { name?: string }; value: { start: number; end: number } }[] }[] }
        if (type === 'CallExpression' && callee?.name === 'call') for (const one of given?.[0]?.properties ?? []) if (['input', 'output', 'summary'].includes(one.key?.name ?? '')) cuts.push([one.value.start, one.value.end])
        Object.values(node).forEach(look)
      }
      look(this.parse(code))
      return cuts.toSorted((a, b) => b[0] - a[0]).reduce((text, [from, to]) => `${text.slice(0, from)}void 0${text.slice(to)}`, code)
    },
  },
}

async function bundleFace(outDir: string, face: 'console' | 'pocket', input: Record<string, string>): Promise<void> {
  const [{ build: viteBuild }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  await viteBuild({
    root,
    configFile: false,
    publicDir: face === 'console' ? join(root, 'entry/public') : false,
    logLevel: 'error',
    plugins: [react(), ...(face === 'pocket' ? [withoutShapes] : [])],
    ...(face === 'pocket' ? { resolve: { alias: lightly } } : {}),
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: face === 'console',
      manifest: `manifest-${face}.json`,
      // The webviews of WeCom and DingTalk on phones of the last five years.
      target: ['chrome91', 'safari15'],
      chunkSizeWarningLimit: 4000,
      cssCodeSplit: face === 'console',
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input,
        output: {
          entryFileNames: (chunk) => (chunk.name === 'sw' ? 'm/sw.js' : 'assets/[name]-[hash].js'),
          chunkFileNames: 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
          ...(face === 'pocket' ? { codeSplitting: { groups: [{ name: 'day', test: firstOfPocket }] } } : {}),
        },
        treeshake: {
          // Declarations of calls are data: those a page does not use need not travel.
          manualPureFunctions: ['call', 'shape', 'about', 'nullable', 'oneOf', 'Type'],
        },
      },
    },
  })
}

/** Moves the pages to where they are served, and tells the service worker what to keep. */
async function finish(folder: string, sources: string): Promise<BuildRecord> {
  await mkdir(join(folder, 'm'), { recursive: true })
  await rename(join(folder, 'entry/console.html'), join(folder, 'index.html'))
  await rename(join(folder, 'entry/pocket.html'), join(folder, 'm/index.html'))
  await rm(join(folder, 'entry'), { recursive: true, force: true })
  const [consoleManifest, manifest] = await Promise.all(['console', 'pocket'].map(async (face) => JSON.parse(await readFile(join(folder, `manifest-${face}.json`), 'utf8')) as Manifest)) as [Manifest, Manifest]
  const pocket = reach(manifest, 'entry/pocket.html', true)
  const precache = ['/m/', '/m/manifest.webmanifest', '/icons/mark.svg', '/icons/mark-192.png', ...[...pocket].toSorted().map((file) => `/${file}`)]
  const record: BuildRecord = {
    sources,
    builtAt: new Date().toISOString(),
    firstLoad: {
      console: await compressedSize(folder, reach(consoleManifest, 'entry/console.html', false)),
      pocket: await compressedSize(folder, reach(manifest, 'entry/pocket.html', false)),
    },
    precache,
  }
  const worker = join(folder, 'm/sw.js')
  const code = await readFile(worker, 'utf8')
  if (!code.includes('__PRECACHE_JSON__') || !code.includes('__VERSION__')) throw new Error('The service worker has no place for its list of files.')
  await writeFile(worker, code.replace('__PRECACHE_JSON__', () => JSON.stringify(precache)).replace('__VERSION__', sources.slice(0, 16)))
  await writeFile(join(folder, 'build.json'), JSON.stringify(record, null, 1))
  await precompress(folder)
  return record
}

/** Lays a .br and a .gz beside every text file, so that the server sends them without working for each phone. */
async function precompress(folder: string): Promise<void> {
  const [squeeze, zip] = [promisify(brotliCompress), promisify(gzip)]
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg|json|webmanifest)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const plain = await readFile(path)
    if (plain.length < 1024) continue
    // Quality 9: within a few per cent of the best, at a tenth of its time.
    const [br, gz] = await Promise.all([squeeze(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }), zip(plain, { level: 9 })])
    await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
  }
}

/** The files a page needs: at once, or (deep) also those that it may load later. */
function reach(manifest: Manifest, entry: string, deep: boolean): Set<string> {
  const files = new Set<string>()
  const seen = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk || seen.has(name)) return
    seen.add(name)
    files.add(chunk.file)
    for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file)
    for (const next of chunk.imports ?? []) visit(next)
    if (deep) for (const next of chunk.dynamicImports ?? []) visit(next)
  }
  visit(entry)
  return files
}

async function compressedSize(folder: string, files: Set<string>): Promise<number> {
  let size = 0
  for (const file of files) size += gzipSync(await readFile(join(folder, file)), { level: 9 }).length
  return size
}

async function swap(fresh: string): Promise<void> {
  const old = `${fresh}-old`
  await mkdir(join(root, 'dist'), { recursive: true })
  if (existsSync(target)) await rename(target, old)
  await rename(fresh, target)
  await rm(old, { recursive: true, force: true })
}

/** A hash over everything that can change the pages. */
async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const path of await sourceFiles()) hash.update(path).update('\0').update(await readFile(join(root, path))).update('\0')
  return hash.digest('hex')
}

async function sourceFiles(): Promise<string[]> {
  const found = ['package-lock.json', 'package.json']
  for (const folder of ['ui', 'shell', 'entry', 'kernel', 'slices']) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => [])) {
      if (!entry.isFile() || /\.(test\.tsx?|md|sql)$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/')
      const inSlice = path.startsWith('slices/')
      if (inSlice && !path.includes('/web/') && !/\/(contract|rules|order)\.ts$/.test(path) && !/\/rules\//.test(path)) continue
      found.push(path)
    }
  }
  return found.toSorted()
}

if (import.meta.main) await build({ force: process.argv.includes('--force'), report: (line) => console.log(line) })
