/** Which emergencies a notice orders something about, the main one first. */
import { COVID_CIRCUMSTANCES, HAZARD_WORDS } from './knowledge/hazards.ts'
import type { Hazard } from './types.ts'

const weather: readonly Hazard[] = ['flood', 'rainstorm', 'typhoon', 'cold-wave', 'snow', 'gale', 'heat', 'smog', 'sandstorm', 'earthquake', 'landslide', 'fire', 'gas-leak', 'lab-accident', 'power-cut', 'water-supply', 'crowd-crush', 'food-poisoning']

function count(text: string, words: readonly string[]): number {
  let sum = 0
  for (const word of words) {
    let at = text.indexOf(word)
    while (at >= 0 && sum < 50) {
      sum++
      at = text.indexOf(word, at + word.length)
    }
  }
  return sum
}

/** Named in the first lines and again below, and orders are given. */
function opensWith(body: string, words: readonly string[], ordered: string, how: 'opening' | 'again'): boolean {
  return ordered !== '' && count(openingOf(body), words) >= 1 && (how === 'opening' || count(body, words) >= 2 || count(ordered, words) >= 1)
}

/** The lines above the first number, where a notice says what has happened. */
function openingOf(body: string): string {
  const first = body.slice(0, 260)
  const number = first.search(/\n(?:[一1①壹甲■▶→]|\([一1a]\))/)
  return number > 0 ? first.slice(0, number) : first
}
/** 412通风橱内钠屑遇水起火: something went wrong in a laboratory. */
const LAB = /(?:实验[室楼]|通风橱|试剂|化学品|培养物)[^。]{0,40}(?:起火|爆[炸裂燃]|泄漏|洩漏|渗漏|火情|跌破|灼伤)|(?:起火|爆炸|泄漏|火情)[^。]{0,20}实验室/

/** `ordered` is the text of the duties; a hazard that only colours the background does not count. */
export function findHazards(title: string, body: string, headings: string, ordered: string, year: number | null, conditions: string = ''): Hazard[] {
  // 防汛防台领导小组办公室 is a name: who signs says nothing about what is ordered.
  // 如遇大雨，演练顺延: what might befall an event is no hazard ordered about.
  // 超低温冰箱: a thing of the laboratory.
  const named = (text: string): string => text.replace(/超?低温(?:冰箱|冷库|保存|冷藏|冷冻|设备)|超低温/g, '').replace(/如?遇[^,。]{0,3}雨[^,。]{0,4}(?=[,。])/g, '').replace(/(防汛|防台)[\p{Script=Han}]{0,4}(领导小组|指挥部|办公室|办(?=[,。:(、]))/gu, '')
  const [inTitle, inBody, inOrders] = [named(title), named(body), named(ordered)]
  const scored: { hazard: Hazard; score: number }[] = []
  const opening = inTitle + openingOf(inBody)
  const disease = HAZARD_WORDS.some((entry) => entry.hazard !== 'covid-19' && !weather.includes(entry.hazard) && count(inTitle + inBody, entry.strong) >= 1)
  const otherYears = year !== null && (year < 2020 || year > 2022)
  for (const entry of HAZARD_WORDS) {
    const strong = otherYears ? entry.strong.filter((word) => !COVID_CIRCUMSTANCES.includes(word)) : entry.strong
    // 消防, 停电, 中暑 are spoken of in many notices: the title or the first lines must be about it.
    if (entry.titled && count(inTitle, [...strong, ...entry.weak]) === 0 && !(entry.hazard === 'lab-accident' && LAB.test(opening)) && (entry.titled === 'title' || !opensWith(inBody, strong, inOrders, entry.titled))) continue
    // A cut in supply comes of something else as a rule, which it must not drown.
    let score = count(inTitle, strong) * (entry.titled === 'title' ? 2 : 8) + count(headings, strong) * 3 + count(inOrders, strong) * 2 + count(inBody, strong)
    let weak = count(inTitle, entry.weak) * 4 + count(inBody, entry.weak)
    // “疫情” alone means the coronavirus in its years, unless another disease is named.
    if (entry.hazard === 'covid-19' && ((disease && score === 0) || otherYears)) weak = 0
    if (entry.hazard === 'covid-19') score += weak
    else if (score > 0) score += Math.min(weak, 3) * 0.5
    else if (entry.titled) score += count(inTitle, entry.weak) * 4
    else if (weak >= 3 && entry.hazard === 'norovirus') score += 1
    if (entry.hazard === 'lab-accident' && score === 0 && LAB.test(opening)) score = 2
    if (score > 0) scored.push({ hazard: entry.hazard, score })
  }
  // In the years of the coronavirus a closed campus needed no reason named.
  if (scored.length === 0 && year !== null && year >= 2020 && year <= 2022 && /封闭管理|堂食|消杀|测体?温|体温|防控/.test(body)) scored.push({ hazard: 'covid-19', score: 1 })
  scored.sort((a, b) => b.score - a.score)
  const top = scored[0]?.score ?? 0
  // 因疫情……留校生每日测温: in its years the word and a measure against it are enough.
  if (!disease && year !== null && year >= 2020 && year <= 2022 && /疫情|防疫/.test(inBody) && /测温|体温|冷链|口罩|核酸|隔离|健康码|发热/.test(inOrders)) {
    const known = scored.find((entry) => entry.hazard === 'covid-19')
    const least = Math.max(...scored.map((entry) => entry.score), 1) * 0.2
    if (known) known.score = Math.max(known.score, least)
    else scored.push({ hazard: 'covid-19', score: least })
  }
  // 暴雨红色预警生效期间停止……, 遇暴雨蓝色及以上预警，应……: orders that hang on its warning are orders about it.
  for (const entry of scored) if (HAZARD_WORDS.find((one) => one.hazard === entry.hazard)?.strong.some((word) => new RegExp(`${word}(?:[红橙黄蓝]色)?(?:及以上)?(?:[红橙黄蓝]色)?预警`).test(inOrders + conditions))) entry.score = Math.max(entry.score, top * 0.17)
  // Two diseases of one mosquito are fought by the same acts.
  const carried = (hazard: Hazard): boolean => (hazard === 'dengue' || hazard === 'chikungunya') && scored.some((entry) => (entry.hazard === 'dengue' || entry.hazard === 'chikungunya') && entry.score >= top * 0.17)
  return scored.filter((entry) => entry.score >= Math.max(1, carried(entry.hazard) ? 1 : top * 0.17)).map((entry) => entry.hazard)
}
