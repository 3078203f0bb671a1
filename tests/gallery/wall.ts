/** What the wall shows in days that the campus of the gallery does not have: the same answers of the server, with other figures in them. */
import type { Page } from 'playwright-core'
import type { Screen } from './screen.ts'
import { settled } from './show.ts'

type Answer = Record<string, unknown>
type Change = (answer: never) => Answer

/** Opens the page anew with changed answers to these calls, once. */
export const withAnswers = (changes: Record<string, Change>) => async (page: Page) => {
  for (const [call, change] of Object.entries(changes))
    await page.route(`**/api/${call}`, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: change((await response.json()) as never) })
    })
  await page.reload()
  await settled(page)
  // One that is under way is answered first.
  await page.unrouteAll({ behavior: 'wait' })
}
/** The wall keeps a look of its own: this time the light one. */
const inLight = async (page: Page) => {
  await page.keyboard.press('d')
  await page.evaluate(() => localStorage.removeItem('bulwark.wall.look'))
}

interface Cell { population: number; kept: number; gap: number; excused: number; unknown: number }
interface Coverage { total: Cell[]; rows: { unit: Answer; cells: Cell[] }[] }
interface Responses { responses: { responseId: string; level: number; name: string }[] }
interface Late { asOf: string; total: number; dayAgo: number; units: { unit: Answer; total: number }[] }

const noMeasure = { 'measures.coverage': (data: Coverage) => ({ ...data, measures: [], total: [], rows: data.rows.map((row) => ({ ...row, cells: [] })) }) }
const normalTimes: Record<string, Change> = {
  ...noMeasure,
  'responses.list': () => ({ responses: [] }),
  'notices.late': (data: Late) => ({ ...data, total: 0, dayAgo: 0, units: [] }),
  'notices.recent': (data: Answer) => ({ ...data, events: [] }),
  'issues.waiting': (data: Answer) => ({ ...data, total: 0, urgent: 0, overdue: 0, askedLastHour: 0, answeredLastHour: 0, dayAgo: 0, points: [] }),
  // No drill: the days of a school.
  'directory.me': (data: { institution: Answer }) => ({ ...data, institution: { ...data.institution, drill: false } }),
}
const times = (by: number) => (cell: Cell): Cell => ({ ...cell, population: cell.population * by, kept: cell.kept * by, gap: cell.gap * by, excused: cell.excused * by, unknown: cell.unknown * by })
const names = ['材料科学与工程学院', '水利水电与港口航道工程学院', '外国语学院', '马克思主义学院', '继续教育学院（江北校区）', '生命科学学院', '国际教育交流学院', '数学学院']
const large: Record<string, Change> = {
  'measures.coverage': (data: Coverage) => ({
    ...data,
    total: data.total.map(times(137)),
    rows: Array.from({ length: 48 }, (_, at) => ({ row: data.rows[at % data.rows.length], at })).flatMap(({ row, at }) => (row ? [{ ...row, unit: { ...row.unit, unitId: `${String(row.unit['unitId']).slice(0, -2)}${String(at + 10)}`, name: names[at % names.length] ?? '' }, cells: row.cells.map(times(1 + ((at * 7) % 40))) }] : [])),
  }),
  'notices.late': (data: Late) => ({
    ...data, total: 1284, dayAgo: 1302,
    units: Array.from({ length: 40 }, (_, at) => ({ text: '逐人核实学生去向，建立台账，并于每日17:00前报指挥部办公室', noticeTitle: '', oldestDueAt: new Date(Date.parse(data.asOf) - (at + 1) * 7_200_000).toISOString(), unit: { tree: 'admin', kind: 'college', parentId: null, unitId: `0192f000-0000-7000-8000-0000000000${String(at + 10)}`, name: names[at % names.length] }, total: 214 - at * 5 })),
  }),
}
const twoResponses: Record<string, Change> = {
  'responses.list': (data: Responses) => ({ responses: data.responses.flatMap((one) => [{ ...one, level: 1 }, { ...one, responseId: `${one.responseId.slice(0, -2)}00`, level: 4, name: '江畔大学2026年冬季低温雨雪冰冻灾害应急响应' }]) }),
}

const wall = (name: string, title: string, scene: string, act: (page: Page) => Promise<void>): Screen => ({ name, title, face: 'console', route: '/situation', who: 'duty', path: `/situation?wall=1&hold=1&scene=${scene}`, act, fold: true })
const afterwards = (...acts: ((page: Page) => Promise<void>)[]) => async (page: Page) => { for (const act of acts) await act(page) }

export const wallScreens: readonly Screen[] = [
  wall('wall-light', '大屏（浅色）', 'figures', inLight),
  wall('wall-map-light', '大屏：覆盖（浅色）', 'map', inLight),
  wall('wall-late-light', '大屏：逾期（浅色）', 'late', inLight),
  wall('wall-hour-light', '大屏：一小时（浅色）', 'hour', inLight),
  wall('wall-normal', '大屏：平时', 'figures', withAnswers(normalTimes)),
  wall('wall-late-none', '大屏：没有逾期', 'late', withAnswers(normalTimes)),
  wall('wall-hour-none', '大屏：没有动态', 'hour', afterwards(withAnswers(normalTimes), inLight)),
  wall('wall-two', '大屏：两次响应，一级与四级', 'figures', withAnswers(twoResponses)),
  wall('wall-large', '大屏：数字很大', 'figures', withAnswers(large)),
  wall('wall-map-many', '大屏：很多学院', 'map', withAnswers(large)),
  wall('wall-late-many', '大屏：很多逾期', 'late', withAnswers(large)),
]
