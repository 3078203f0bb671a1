/** Every persona has a page in both languages, with the same pictures, all of which the gallery can take. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { guideFolder, picturesOf } from './guide.ts'

test('the guide shows in each language the same screens, and the gallery can take them', () => {
  const [zh, en] = [picturesOf('zh'), picturesOf('en')].map((pages) => pages.map(({ page, pictures }) => ({ page, shown: pictures.map(({ screen, size, look }) => `${screen.name} ${size} ${look}`) })))
  assert.ok((zh?.length ?? 0) >= 11, 'a page is missing')
  assert.deepEqual(zh, en)
  for (const { page, shown } of zh ?? []) assert.ok(shown.length >= 2, `${page} has too few pictures`)
})

test('the first page of the guide leads to every other', () => {
  const contents = readFileSync(join(guideFolder, 'README.md'), 'utf8')
  for (const folder of ['zh', 'en']) for (const { page } of picturesOf(folder)) assert.ok(contents.includes(`(${folder}/${page})`), `${folder}/${page} is not in the contents`)
})
