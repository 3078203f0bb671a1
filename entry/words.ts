/** Derives the Traditional Chinese table of the interface from the literals in `t('中文', 'English')` and `title: ['中文', 'English']`. */
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, type ESTree } from 'vite'
// The package ships no types.
import * as OpenCC from 'opencc-js'
import { asSaid } from './hant-usage.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
export const hantFile = join(root, 'ui/words.hant.json')

/** Where OpenCC takes the wrong of two readings: it cuts words by its dictionary, and 看表|格 or 天后 stand there too. Longer pieces first. */
const corrections: readonly (readonly [string, string])[] = [
  ['看錶格', '看表格'],
  ['天后', '天後'],
  ['隻', '只'],
  ['組織里', '組織裡'],
  ['銷燬', '銷毀'],
  ['移交併', '移交並'],
  ['周幾', '週幾'],
  ['盡快', '儘快'],
  ['拆、並、舍', '拆、併、捨'],
  ['汙', '污'],
]

/**
 * Words whose signs are written otherwise than each alone, as they stand in what people here write: names of responses, titles of notices, words of measures. No table holds those texts.
 */
const words = `台风 防御 抵御 批准 准许 准予 不准 核准 获准 准假 联系 关系 系数 公里 邻里 里程 干部 骨干 干燥 干旱 干净 饼干 若干 干扰 干预 干涉 头发 理发 面条 面粉 面包 复查 复诊 复杂 重复 复印 复核 反复 复习 复课 复学 恢复 答复 回复 日历 农历 历史 来历 制度 制定 制作 制剂 编制 机制 控制 印制 征集 征兆 特征
  象征 征求 征收 汇总 汇报 汇编 采取 采集 采样 采购 采用 采光 采访 周末 每周 周一 周二 周三 周四 周五 周六 周日 本周 下周 上周 两周 一周 周期 周围 周边 注册 备注 注射 注意 关注 占用 占比 占据 冲洗 冲突 冲击 合并 并发 吞并 并且 发布 公布 布置 布局 宣布 志愿 杂志 标志 旅游 游泳 上游 下游 中游 导游 症状 病症 症候 余下 剩余 多余 其余
  业余 云端 云南 谷物 山谷 谷歌 一只 只有 只能 只要 船只 松散 放松 松树 钟点 时钟 钟声 表格 报表 图表 表示 代表 后勤 之后 后续 午后 以后 前后 后来 后天 出台 台账 台阶 平台 后台 窗台 柜台 舞台 台湾 斗争 战斗 胡须 必须 须知 凶手 吉凶 熏蒸 卷入 试卷 问卷 席卷 卷宗 困难 围困 困倦 伙食 伙伴 宁波 安宁 尽管 尽量 尽快 详尽
  借助 借口 慰藉 克服 攻克 千克 丰富 咸味 面积 面临 方面 表面 面罩 正面 药方 药品 医药 签到 签字 签收 牙签 标签 折叠 打折 骨折 致病 细致 升级 提升 升华 胜利 胜任 向导 方向 一向 游戏 出游 别墅 特别 分别 淀粉 沉淀 秋季 术后 手术 吁请 呼吁 苏醒 苏州 涂抹 涂改 弦外 佣金 雇佣 御寒 御用 愿意 心愿 扎实 包扎 扎针 捆扎 姑娘
  蒙受 蒙古 万一 千万 才能 刚才 人才 辟谣 开辟 复辟 曲折 歌曲 板书 黑板 回升 迂回 党委 党员 郁闷 郁金香 浓郁 岳父 五岳 杰出 豪杰 踊跃 锻炼 炼钢 提炼 修炼 精炼 腊月 腊肉 蜡烛`.split(/\s+/)

const corrected = (traditional: string) => corrections.reduce((soFar, [wrong, right]) => soFar.replaceAll(wrong, right), traditional)

interface Node {
  type: string
  [key: string]: unknown
}

/** Every file that the browser may show texts from. */
export async function findWebSources(): Promise<string[]> {
  const found: string[] = []
  for (const folder of ['ui', 'shell', 'entry', 'kernel', 'slices']) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.(test|d)\.ts$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      const inside = path.slice(root.length).replaceAll('\\', '/')
      if (inside.startsWith('slices/') && !inside.includes('/web/') && !/\/(contract|rules|presets|vocabularies)\.ts$/.test(inside)) continue
      // The corrections are no texts.
      if (inside === 'entry/words.ts' || inside === 'entry/hant-usage.ts') continue
      if (inside.startsWith('kernel/') && !inside.startsWith('kernel/phone/')) continue
      found.push(path)
    }
  }
  return found.toSorted()
}

function literal(node: unknown): string | null {
  const it = node as Node | undefined
  if (it?.type === 'Literal' && typeof it['value'] === 'string') return it['value']
  if (it?.type === 'TemplateLiteral' && (it['expressions'] as unknown[]).length === 0) {
    const quasi = (it['quasis'] as { value: { cooked: string } }[])[0]
    return quasi?.value.cooked ?? null
  }
  return null
}

const han = /[\u4e00-\u9fff]/

/** The Chinese halves of all bilingual literals in one source text. */
export function textsOf(path: string, source: string): string[] {
  const parsed = parseSync(path, source, { lang: path.endsWith('x') ? 'tsx' : 'ts' })
  const found: string[] = []
  const take = (value: string | null) => {
    if (value !== null && han.test(value)) found.push(value)
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const it = node as Node
    // t('中文', 'English'), and the pairs ['中文', 'English'] and {zh, en} that reach t() or say() later.
    if (it.type === 'CallExpression' && (it['callee'] as Node).type === 'Identifier' && (it['callee'] as Node)['name'] === 't') take(literal((it['arguments'] as unknown[])[0]))
    if (it.type === 'ArrayExpression' && (it['elements'] as unknown[]).length === 2) take(literal((it['elements'] as unknown[])[0]))
    if (it.type === 'Property' && (it['key'] as Node)['name'] === 'zh') take(literal(it['value']))
    for (const key in it) if (key !== 'type' && key !== 'start' && key !== 'end') visit(it[key])
  }
  visit(parsed.program as ESTree.Program)
  return found
}

/** The table as it should be now. */
export async function makeHantTable(): Promise<{ phrases: Record<string, string>; words: Record<string, string>; characters: [string, string] }> {
  const convert = OpenCC.Converter({ from: 'cn', to: 'tw' })
  const characters: [string, string] = ['', '']
  for (let code = 0x4e00; code <= 0x9fff; code++) {
    const simplified = String.fromCharCode(code)
    const traditional = corrected(convert(simplified))
    if (traditional !== simplified && [...traditional].length === 1) {
      characters[0] += simplified
      characters[1] += traditional
    }
  }
  const byCharacter = new Map([...characters[0]].map((character, at) => [character, [...characters[1]][at] ?? character]))
  const eachAlone = (text: string) => [...text].map((character) => byCharacter.get(character) ?? character).join('')
  const together = Object.fromEntries([...new Set(words)].toSorted().map((word) => [word, convert(word)] as const).filter(([word, traditional]) => traditional !== eachAlone(word)))
  const texts = new Set<string>()
  for (const path of await findWebSources()) for (const text of textsOf(path, await readFile(path, 'utf8'))) texts.add(text)
  const phrases: Record<string, string> = {}
  // Only what the map of characters gets wrong (皇后 against 後) or readers say otherwise needs a line of its own.
  for (const text of [...texts].toSorted()) {
    const traditional = asSaid(corrected(convert(text)))
    if (traditional !== eachAlone(text)) phrases[text] = traditional
  }
  return { phrases, words: together, characters }
}

/** Writes the table where it changed; says whether it did. */
export async function writeHantTable(): Promise<boolean> {
  const wanted = `${JSON.stringify(await makeHantTable(), null, 1)}\n`
  const present = await readFile(hantFile, 'utf8').catch(() => '')
  if (present === wanted) return false
  await writeFile(hantFile, wanted)
  return true
}

if (import.meta.main) console.log((await writeHantTable()) ? 'ui/words.hant.json written' : 'ui/words.hant.json is current')
