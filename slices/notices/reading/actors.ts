/** Who must do it: finds the subject at the head of a stretch of text. */
import { ACTOR_ENDINGS, ACTOR_MODIFIERS, KNOWN_UNITS } from './knowledge/actors.ts'
import { ACTS, NOT_VERBS, SEMI, VAGUE } from './knowledge/verbs.ts'
import { MUST_NOT, MUST_STRONG, MUST_WEAK, SHOULD, STOPPED_THINGS, STOPPING } from './knowledge/modality.ts'
import { lexicon, words } from './knowledge/words.ts'

export const verbs = lexicon(ACTS, SEMI, VAGUE)
const units = lexicon(KNOWN_UNITS)
const modifiers = lexicon(ACTOR_MODIFIERS)
export const nouns = lexicon(NOT_VERBS)
const stoppedThings = lexicon(STOPPED_THINGS)
const endings = [...ACTOR_ENDINGS].toSorted((a, b) => b.length - a.length)
const maxEnding = endings[0]?.length ?? 0
const endingSet = new Set(endings)

const strictModals = lexicon(words('必须 务必 务须 应当 应该 不得 严禁 禁止 不准 不许 不要 请勿 切勿 须 一律 建议 鼓励 提倡 尽量'))

/** What may stand between subject and predicate. */
export const ADVERBS = lexicon(words(`
  发现 出现 接到 收到 接诊 遇有 今晚 今日 今天 明日 明天 次日 当日 当天 当晚 本周 认真 切实 坚决 严格 积极 主动 自觉 带头 千万 切 隔 隔日 隔天 隔周 逢 每逢 每隔 及时 立即 迅速 尽快 全面 全力 深入 持续 进一步 继续 统一 逐室 逐栋 逐楼 逐班 逐间 逐校 逐层 逐一 逐人 逐级 逐户 逐项 共同 密切 充分 妥善 科学 合理 有序 有效 如实 准确 按时 按期 按要求 按规定 按照 根据 依据 结合 通过 利用 以 从 在 于 对 将 把 向 与 同 为 给 由 就 均 都 也 还 又 再 并 且 则 即 就近 分别 各自 自行 随时 每日 每天 每晚 每周 每月 每 当 不断 加快 提前 第一时间 马上 立刻 定期 不定期 至少 尽量 尽可能 严 必 一律 一 不 未 无 凡 如 若 特别 尤其 首先 同时 近期 今后 日常 原则上 直接 亲自 全程 重点 着力 大力 广泛 耐心 细致 仔细 高度 牢固 时刻 始终 现场 集中 分批 分类 分组 错峰 互相 相互 轮流 联合 会同 配合 协同 连夜 迅即 多 少 勤 常 用 经 因 至 到 自 若因 确需 确因 确有 需 只 仅 仍 已 正 先 后 届时 一旦 遇 遇到 出现 有 应急 严肃 依法 依规 依托 借助 围绕 面向 针对 按 凭 持 随身 全员 晚 早 饭前 饭后 餐前 餐后 便后 课前 课后 睡前 上午 下午 夜里 夜间 白天 中午 早上 晚上 另 单独 即日起 务必 多渠道 多形式 多措并举 个人 强制 强行 变相
`))
const modals = lexicon(MUST_STRONG, MUST_WEAK, SHOULD, MUST_NOT, STOPPING)

/** Does a predicate open at `index`? */
export function opensPredicate(text: string, index: number, end: number): boolean {
  if (index >= end) return true
  const char = text.charAt(index)
  if (char === ',' || char === ':' || char === '(' || /\d/.test(char) || (char === '非' && /^非(?:必要|必须|紧急|特殊|因|经|工作)/.test(text.slice(index, index + 3)))) return true
  // 钥匙由保卫处|各管一把: each of them.
  if (char === '各' && /^各(?=[管查备带留出领配守抽看填签拿])/.test(text.slice(index, index + 2))) return true
  return modals.at(text, index) !== null || ADVERBS.at(text, index) !== null || (verbs.at(text, index) !== null && nouns.at(text, index) === null)
}

/** Does the stretch end like a person or unit? */
export function namesActor(text: string, from: number, to: number): boolean {
  return endsActor(text, from, to)
}

function endsActor(text: string, from: number, to: number): boolean {
  for (let size = Math.min(maxEnding, to - from); size > 0; size--) if (endingSet.has(text.slice(to - size, to))) return true
  return /[)）]$/.test(text.slice(to - 1, to)) && to - from > 3 && endsActor(text, from, text.lastIndexOf('(', to - 1) > from ? text.lastIndexOf('(', to - 1) : to - 1)
}

/** Not a person or unit though it ends like one. */
const NOT_ACTOR = /^凡?未经|(?:教|阅览|浴|地下)室$|^没有|^刚(?!性)|^或者?|^[到在]|^[一二三四五六七八九十\d]+[、月日]|[举开督交主承合停缓补代协申牵不]办$|(方式|场所|处所|过程中|校园|情况下|工作中|一方|多方|各方|方面|岗位|等方|内部|全部|大部|局部|外部|组织$.{3,}|的组织|全处|随处|[高低口角弯层道梯洼墙水险远]处|他人|别人|病人|联系|关系|体系|人$(?<=有人|无人|每人|本人除外|专人除外))$/

/** The subject that begins at `start`, or null. Lists (教务处、学生处和各学院) are one subject. */
export function findSubject(text: string, start: number, end: number): { start: number; end: number } | null {
  return subjectAt(text, start, Math.min(end, start + 120), end, { left: 60 })
}

/** How things are with somebody, or whose thing it is: no act. */
const STATIVE = /^(?:初步|怀疑|推测|估计|是|有|在(?!家|校|岗|门)|为(?!主)|属|系|已|正|曾|均已|将|会|能|可|很|较|十分|非常|更|最|也|都|仍|还|不|未|没|无|的|等|之|工作|安全|健康|情绪|思想|身体|生活|心理|防控|疫情|形势|情况|人数|数量|总数|压力|需求|需要|反映|表示|认为|觉得|觉|感|处于|位于|来自|达|约|共|近|超|因|由|与|和|及|或|所|里|内|外(?!出)|中(?!止)|上(?!门|报|交|传|岗|课|好|锁)|下(?!载|班|沉|楼)|前(?!往)|后|旁|楼|周边|宿舍|教室|名单|电话|联系方式|微信|发病|患病|感染|死亡|受伤|受灾|增|减|下降|上升|占|最|普遍|大多|多数|总体|整体|基本|陆续(?!返|撤)|纷纷|先后|连续|全力|积极|认真|高度|深入|充分|主要|成为|代表|一致|深受|受|获|赢|获得|取得|出现|发生|出于|担心|害怕|喜欢|希望|盼|想|习惯|容易|易|难|常见|常常|往往|经常|一般|通常|平时|流动|聚集|密度|覆盖|名额|范围|类别|岗位|职责|分工|标准|制度|负|资料|信息|数据|材料|档案|涉及|来|这|那|从|设在|位|咨询|门诊|大厅|操场|校园|院内|场地|设施|设备|环境|条件|多(?=[年数为是次处么])|就|照常|保留|愿|可|仅|只有|一律|占)/
/** 情绪稳定, 反应良好: a state closes the sentence. */
const STATE_END = /(?:[较很太偏稍略]\p{Script=Han}{1,2}|的|了|过|着|稳定|良好|正常|较大|严重|充足|紧张|困难|不便|密集|频繁|齐全|完好|不足|不够|不一|有限|安全|健康|满意|集中|薄弱|突出|增多|减少|上升|下降|为主|居多|以上|以下|左右|之一|以内|之间|期间|过程|时候|等等|^\p{Script=Han}{0,3}[楼层旁侧边]|^[^放摆贴挂堆停]{2,6}在\p{Script=Han}{1,6}|不动)$/u

/** Does this say how things are? */
export const stative = (said: string): boolean => STATIVE.test(said) || STATE_END.test(said)

/**
 * 后勤处|备双份早餐: somebody at the head whose predicate no list knows. The name must be known, or end in two signs that only people
 * and units have, and what follows must look like an act.
 */
export function findBareSubject(text: string, start: number, end: number): { start: number; end: number } | null {
  let best = 0
  for (let next = start + 2; next <= Math.min(end - 3, start + 16); next++) {
    if (/[,。;:!?、“”()]/.test(text.charAt(next - 1))) break
    const name = text.slice(start, next)
    const known = units.at(text, start)
    if (known !== name && !(endsActor(text, start, next) && endings.some((ending) => ending.length >= 2 && name.endsWith(ending))) && !(/^(?:各|每个|每|全体)/.test(name) && endsActor(text, start, next))) continue
    if (NOT_ACTOR.test(name) || hasPredicateInside(text, start, next) || /[的是有在和与及零\d]|^[只仅接受向愿同让使令叫把]|^(?:学校|学院|我校|我院|本校|我市|全市)$/.test(name)) continue
    if (endings.some((ending) => ending.length >= 2 && text.startsWith(ending, next))) continue
    best = next
  }
  if (best === 0 || end - best > 34) return null
  const rest = text.slice(best, end).replace(/[。;!?,:\s]+$/, '')
  return rest.length < 3 || rest.length > 30 || !/^[\p{Script=Han}]{2}/u.test(rest) || !/[,。;!]/.test(text.slice(end - 1, end + 1)) || endsActor(text, best, best + rest.length) || stative(rest) ? null : { start, end: best }
}

/** 督查办, 转运组, 采样队: a verb makes the name of a unit. */
const VERB_UNIT = /^(?:办(?![理])|组(?!织|建|成)|队(?!员|伍)|小组|专班|机构)/

/** 学生|资助中心要, 食堂|管理科应: a verb that a unit's ending and a predicate follow is part of the name. */
function isInsideName(text: string, at: number, end: number): boolean {
  // 宿舍|管理员: the verb makes the name of somebody.
  if (/^(?:管理|值班|工作|服务|保洁|维修)(?:人员|员)/.test(text.slice(at, at + 4))) return true
  const verb = verbs.at(text, at)
  const ending = verb === null ? null : /^(?:处|部|室|科|站|中心|办公室|委员会)(?=[要应须]|负责|会同|牵头)/.exec(text.slice(at + verb.length, at + verb.length + 8))
  return verb !== null && ending !== null && at + verb.length + ending[0].length < end
}

/** `budget` keeps a page of nothing but unit names from being tried in every combination. */
function subjectAt(text: string, start: number, limit: number, end: number, budget: { left: number }): { start: number; end: number } | null {
  if (--budget.left < 0) return null
  // 发现人应当立即报告: whoever finds it; in 发现人员聚集 it is the verb.
  const finder = /^(?:首先|最先)?发现[人者](?![员数体有群])/.exec(text.slice(start, start + 6))
  if (finder && opensPredicate(text, start + finder[0].length, end)) return { start, end: start + finder[0].length }
  const known = units.at(text, start)
  // 停课班级教师: which teachers.
  const which = text.charAt(start) === '停' && stoppedThings.at(text, start + 2) !== null
  if (known === null && modifiers.at(text, start) === null && !which) {
    const verb = verbs.at(text, start)
    if (verb !== null && nouns.at(text, start) === null && !(verb.length >= 2 && !/^(组织|安排|成立|组建|设立|抽调|选派|召集)/.test(verb) && VERB_UNIT.test(text.slice(start + verb.length, start + verb.length + 3)))) return null
    if ((ADVERBS.at(text, start)?.length ?? 0) >= 2) return null
    const modal = modals.at(text, start)
    if (modal !== null || /^[对将把在按以从向与为因于由经每不未无凡如若当其这该并且]/.test(text.charAt(start))) return null
  }
  const prefix = modifiers.at(text, start)?.length ?? 0
  const begin = start
  let depth = 0
  for (let i = start; i < limit; i++) {
    const char = text.charAt(i)
    if (char === '(' || char === '“') depth++
    if (char === ')' || char === '”') depth--
    if (depth > 0) continue
    if (/[,。;:!?]/.test(char) && i > begin) break
    const next = i + 1
    if (next - begin <= prefix || !endsActor(text, begin, next)) continue
    const after = text.charAt(next)
    // Between the members of a list.
    if (/[、和及与或]/.test(after)) {
      const more = subjectAt(text, next + 1, limit, end, budget)
      if (more && !hasPredicateInside(text, begin, next) && !(/[与和]/.test(after) && !opensPredicate(text, more.end, end))) return { start, end: more.end }
      if (after !== '与') continue
    }
    if (after === '等') {
      const rest = /^等(?:相关|有关|各|职能)?(?:部门|单位|人员|处室|同志|群体)?/.exec(text.slice(next, next + 10))
      const to = next + (rest?.[0].length ?? 1)
      if (opensPredicate(text, to, end)) return { start, end: to }
      continue
    }
    if (after === '(') {
      const close = text.indexOf(')', next)
      if (close > 0 && close < next + 24 && opensPredicate(text, close + 1, end) && !hasPredicateInside(text, begin, next)) return { start, end: close + 1 }
    }
    if (!opensPredicate(text, next, end)) continue
    if (isInsideName(text, next, end)) continue
    // 学生宿舍|管理员: a longer ending begins right here.
    if (next < end && endings.some((ending) => ending.length >= 2 && text.startsWith(ending, next))) continue
    // 学生组织, 各单位工作: the verb opens a longer name.
    if (next < end && units.at(text, begin) !== null && (units.at(text, begin) ?? '').length > next - begin) continue
    const name = text.slice(begin, next)
    // 病例所在班级
    if (NOT_ACTOR.test(name) || name.length > 40 || (name.endsWith('所') && after === '在')) continue
    // A verb inside the name (“组织各学院”) means that the name is an object.
    if (hasPredicateInside(text, begin, next)) continue
    return { start, end: next }
  }
  return null
}

/** Endings that make a name out of a verb: 管理+处, 值班+人员. */
const MAKES_NAME = new Set(words('处 部 室 组 队 员 人 科 站 点 办 中心 人员 小组 委员会 公司 单位 部门 专班 领导 负责人 办公室 教师 集团 领导小组 机构 工作组 指挥部 企业 车 车队 热线'))

/** Does the stretch hold a modal, a time or a verb that is no part of a name? Then it is a clause, not a subject. */
function hasPredicateInside(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const unit = units.at(text, i)
    if (unit !== null && i + unit.length <= end) { i += unit.length - 1; continue }
    const noun = nouns.at(text, i)
    if (noun !== null && i + noun.length <= end) { i += noun.length - 1; continue }
    if (text.charAt(i) === '由' && !/[自理]/.test(text.charAt(i - 1)) && text.charAt(i + 1) !== '于') return true
    const modal = strictModals.at(text, i)
    if (modal !== null && i + modal.length <= end) return true
    if (text.charAt(i) === '报' && i > start && !/[告道纸]/.test(text.charAt(i + 1)) && !/[情海简]/.test(text.charAt(i - 1))) return true
    // 名单(含临时工)交医务室
    if (text.charAt(i) === '交' && i > start && /[)单表匙卡证章据册款品件书料本袋签前后]/.test(text.charAt(i - 1)) && !/[流通往界]/.test(text.charAt(i + 1))) return true
    const verb = verbs.at(text, i)
    if (verb === null || verb.length < 2 || i + verb.length > end) continue
    const rest = text.slice(i + verb.length, end)
    if (/^停/.test(verb) && stoppedThings.at(rest, 0) !== null) { i += verb.length - 1; continue }
    if (rest === '' || rest.startsWith('的') || [...MAKES_NAME].some((ending) => rest.startsWith(ending))) { i += verb.length - 1; continue }
    return true
  }
  return /(的时候|通知如下|发现|出现|根据|按照|今晚|今日|明日|随时|及时|一律|立即|小时|分钟|期间)/.test(text.slice(start, end))
}

/** Shortens a subject to its name: 凡, 其他 and brackets off. */
export function actorName(text: string): string {
  return text.replace(/^(凡是|凡|请(?!假)|請(?!假)|由|并由|同时|其中|如|若|当前|另外|此外|因此)/, '').replace(/\n/g, '')
}
