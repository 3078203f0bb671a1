/** `npm run gallery [-- --only gaps --look dark --size phone]`: a picture of every screen into gallery/; see tests/gallery/README.md. */
import { join } from 'node:path'
import { become, ensureNode, ensurePackages, failed, root } from './bootstrap.mjs'

try {
  await ensurePackages({ development: true })
  await become(await ensureNode(), [join(root, 'tests/gallery/take.ts'), ...process.argv.slice(2)])
} catch (error) {
  failed(error)
}
