/** The list of screens keeps up with the routes. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { screens } from './screens.ts'

/** The routes' files import pages that only a bundler reads, so they are read as text; further lists that they take in, too. */
async function routesIn(file: string): Promise<string[]> {
  const text = await readFile(new URL(file, shell), 'utf8')
  const own = [...text.matchAll(/^\s*\{\s*path: '([^']+)'/gm)].map((found) => found[1] ?? '')
  const further = [...text.matchAll(/^import \{ \w+ \} from '(\.[^']*routes\.tsx)'/gm)].map((found) => routesIn(new URL(found[1] ?? '', new URL(file, shell)).pathname.slice(shell.pathname.length)))
  return [...own, ...(await Promise.all(further)).flat()]
}
const shell = new URL('../../shell/', import.meta.url)

for (const [face, files] of [['console', ['routes.tsx', 'first-run/routes.tsx']], ['pocket', ['pocket/routes.tsx']]] as const)
  test(`every route of the ${face} has a picture, and every picture a route`, async () => {
    const routes = (await Promise.all(files.map(routesIn))).flat()
    assert.ok(routes.length > 10, `${files.join()} was not understood`)
    const shown = new Set(screens.filter((screen) => screen.face === face).map((screen) => screen.route))
    assert.deepEqual(routes.filter((route) => !shown.has(route)), [], 'without a line in tests/gallery/screens.ts')
    assert.deepEqual([...shown].filter((route) => !routes.includes(route)), [], 'in tests/gallery/screens.ts, but no route')
  })

test('names are names of files, once each, and a screen with parameters says its address', () => {
  const names = screens.map((screen) => screen.name)
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at || !/^[a-z][a-z0-9-]+$/.test(name)), [])
  assert.deepEqual(screens.filter((screen) => screen.route.includes(':') && !screen.path).map((screen) => screen.name), [])
})
