/**
 * `npm run guide`: takes the pictures that the pages of docs/guide name, in the language of the page, and writes the pages with them into docs/guide/illustrated/
 * (not kept in git). A picture is named as in the gallery: screen, size, look, and the language where it is not Simplified Chinese.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { guideContents, guidePage, picturesIn, titleOf } from './guide-page.ts'
import type { Screen } from './screen.ts'
import { screens } from './screens.ts'
import type { GalleryLanguage } from './show.ts'
import { openStage } from './stage.ts'
import { pictureName, takePictures } from './take.ts'

export const guideFolder = join(import.meta.dirname, '../../docs/guide')
const illustrated = join(guideFolder, 'illustrated')
const languages = { zh: 'zh-Hans', en: 'en' } as const satisfies Record<string, GalleryLanguage>
type Folder = keyof typeof languages
const folders = ['zh', 'en'] as const satisfies Folder[]

export interface Picture {
  screen: Screen
  size: 'desk' | 'phone'
  look: 'light' | 'dark'
  language: GalleryLanguage
}

const pagesOf = (folder: Folder) => readdirSync(join(guideFolder, folder)).filter((name) => name.endsWith('.md')).toSorted().map((page) => ({ page, markdown: readFileSync(join(guideFolder, folder, page), 'utf8') }))

/** The pages of a language folder of the guide, and the pictures that each names. @throws where a name is no picture of the gallery. */
export const picturesOf = (folder: Folder): { page: string; markdown: string; pictures: Picture[] }[] =>
  pagesOf(folder).map(({ page, markdown }) => ({ page, markdown, pictures: picturesIn(markdown).map(({ path }) => pictureAt(path, languages[folder], `${folder}/${page}`)) }))

function pictureAt(path: string, language: GalleryLanguage, page: string): Picture {
  for (const screen of screens) for (const size of ['desk', 'phone'] as const) for (const look of ['light', 'dark'] as const)
    if (path === `../images/${pictureName(screen, size, look, language)}`) return { screen, size, look, language }
  throw new Error(`${page} shows ${path}, which is no picture of the gallery in its language`)
}

/** The pages with their pictures, and the first page that leads to them. */
function write(): void {
  for (const folder of folders) {
    mkdirSync(join(illustrated, folder), { recursive: true })
    for (const { page, markdown } of pagesOf(folder)) writeFileSync(join(illustrated, folder, page.replace(/md$/, 'html')), guidePage(markdown, folder))
  }
  const english = new Map(pagesOf('en').map(({ page, markdown }) => [page, titleOf(markdown)]))
  writeFileSync(join(illustrated, 'index.html'), guideContents(pagesOf('zh').map(({ page, markdown }) => ({ path: page.replace(/\.md$/, ''), zh: titleOf(markdown), en: english.get(page) ?? '' }))))
}

if (import.meta.main) {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const wanted = folders.flatMap(picturesOf).flatMap(({ pictures }) => pictures)
  const stage = await openStage({ students: 720, report: say })
  const problems: string[] = []
  try {
    for (const [, alike] of Map.groupBy(wanted, ({ size, look, language }) => `${size} ${look} ${language}`)) {
      const [one] = alike
      if (one) problems.push(...(await takePictures(stage, { screens: [...new Set(alike.map(({ screen }) => screen))], sizes: [one.size], looks: [one.look], language: one.language, folder: join(illustrated, 'images'), windowsHigh: 1.5 }, say)))
    }
  } finally {
    await stage.close()
  }
  write()
  say(join(illustrated, 'index.html'))
  for (const problem of problems) say(`! ${problem}`)
  process.exit(problems.length ? 1 : 0)
}
