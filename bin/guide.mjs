/** `npm run guide`: docs/guide with its pictures, taken anew; see tests/gallery/guide.ts. */
import { join } from 'node:path'
import { become, ensureNode, ensurePackages, failed, root } from './bootstrap.mjs'

try {
  await ensurePackages({ development: true })
  await become(await ensureNode(), [join(root, 'tests/gallery/guide.ts'), ...process.argv.slice(2)])
} catch (error) {
  failed(error)
}
