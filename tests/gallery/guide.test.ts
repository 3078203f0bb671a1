/** Every persona has a page in both languages, with the same pictures, all of which the gallery can take. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { guidePage } from './guide-page.ts'
import { guideFolder, picturesOf } from './guide.ts'

test('the guide shows in each language the same screens, and the gallery can take them', () => {
  const [zh, en] = (['zh', 'en'] as const).map(picturesOf).map((pages) => pages.map(({ page, pictures }) => ({ page, shown: pictures.map(({ screen, size, look }) => `${screen.name} ${size} ${look}`) })))
  assert.ok((zh?.length ?? 0) >= 11, 'a page is missing')
  assert.deepEqual(zh, en)
  for (const { page, shown } of zh ?? []) assert.ok(shown.length >= 2, `${page} has too few pictures`)
})

test('the first page of the guide leads to every other', () => {
  const contents = readFileSync(join(guideFolder, 'README.md'), 'utf8')
  for (const folder of ['zh', 'en'] as const) for (const { page } of picturesOf(folder)) assert.ok(contents.includes(`(${folder}/${page})`), `${folder}/${page} is not in the contents`)
})

test('a page shows no picture that the repository does not hold, and the illustrated one shows each, with nothing left of its Markdown', () => {
  for (const folder of ['zh', 'en'] as const)
    for (const { page, markdown, pictures } of picturesOf(folder)) {
      assert.doesNotMatch(markdown.replaceAll(/<!--[^]*?-->/g, ''), /!\[/, `${folder}/${page} shows a picture that is not there`)
      const html = guidePage(markdown, folder)
      assert.equal(html.match(/<img src="\.\.\/images\/[^"]+" alt="[^"]+"/g)?.length ?? 0, pictures.length, `${folder}/${page} has lost a picture`)
      assert.doesNotMatch(html.slice(html.indexOf('<body>')), /\*\*|<!-- |`|\]\(|^\d+\. |README/m, `${folder}/${page} shows Markdown`)
    }
})
