/**
 * `npm run guide`: takes the pictures that the pages of docs/guide name, in the language of the page, into docs/guide/images/ (not kept in git).
 * A picture is named as in the gallery: screen, size, look, and the language where it is not Simplified Chinese.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { screens, type Screen } from './screens.ts'
import type { GalleryLanguage } from './show.ts'
import { openStage } from './stage.ts'
import { pictureName, takePictures } from './take.ts'

export const guideFolder = join(import.meta.dirname, '../../docs/guide')
const languages: Record<string, GalleryLanguage> = { zh: 'zh-Hans', en: 'en' }

export interface Picture {
  screen: Screen
  size: 'desk' | 'phone'
  look: 'light' | 'dark'
  language: GalleryLanguage
}

/** The pages of a language folder of the guide, and the pictures that each names. @throws where a name is no picture of the gallery. */
export function picturesOf(folder: string): { page: string; pictures: Picture[] }[] {
  const language = languages[folder]
  if (!language) throw new Error(`No language has the folder ${folder}`)
  return readdirSync(join(guideFolder, folder)).filter((name) => name.endsWith('.md')).toSorted().map((page) => {
    const named = [...readFileSync(join(guideFolder, folder, page), 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((found) => found[1] ?? '')
    return { page, pictures: named.map((path) => pictureAt(path, language, `${folder}/${page}`)) }
  })
}

function pictureAt(path: string, language: GalleryLanguage, page: string): Picture {
  for (const screen of screens) for (const size of ['desk', 'phone'] as const) for (const look of ['light', 'dark'] as const)
    if (path === `../images/${pictureName(screen, size, look, language)}`) return { screen, size, look, language }
  throw new Error(`${page} shows ${path}, which is no picture of the gallery in its language`)
}

if (import.meta.main) {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const wanted = Object.keys(languages).flatMap(picturesOf).flatMap(({ pictures }) => pictures)
  const stage = await openStage({ students: 720, report: say })
  const problems: string[] = []
  try {
    for (const [, alike] of Map.groupBy(wanted, ({ size, look, language }) => `${size} ${look} ${language}`)) {
      const [one] = alike
      if (one) problems.push(...(await takePictures(stage, { screens: [...new Set(alike.map(({ screen }) => screen))], sizes: [one.size], looks: [one.look], language: one.language, folder: join(guideFolder, 'images'), windowsHigh: 1.5 }, say)))
    }
  } finally {
    await stage.close()
  }
  for (const problem of problems) say(`! ${problem}`)
  process.exit(problems.length ? 1 : 0)
}
