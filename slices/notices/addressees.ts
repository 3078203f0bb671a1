/** Resolves the words of a notice (各二级学院, 全体党员, 组织部) to the institution's units and people. Pure. */
import { Converter } from 'opencc-js/t2cn'

const toSimplified = Converter({ from: 't', to: 'cn' })

export interface KnownUnit {
  unitId: string
  tree: string
  kind: string
  name: string
  parentId: string | null
}
export interface PeopleWanted {
  kinds: ('student' | 'staff' | 'contractor' | 'family')[]
  members: boolean
  unitIds: string[]
}
export interface Resolved {
  word: string
  unitIds: string[]
  people: PeopleWanted | null
  zh: string
  en: string
  /** The correction that decided it. */
  correctionId?: string | null
}
export interface Resolution {
  resolved: Resolved[]
  unmatched: string[]
}
/** What this institution made of a word before. */
export interface LearntWord {
  unitIds: string[]
  people: PeopleWanted | null
  /** It means nobody here (附属中学). */
  none?: boolean
  correctionId?: string
}
export type Learnt = ReadonlyMap<string, LearntWord>

interface Group {
  /** Readable by anybody: which words mean which kinds of unit, and which people. First match wins. */
  words: RegExp
  kinds: string[]
  people?: Omit<PeopleWanted, 'unitIds'>
  zh: string
  en: string
}

const everybody = { kinds: ['student', 'staff'], members: false } satisfies Omit<PeopleWanted, 'unitIds'>
const groups: Group[] = [
  { words: /党支部/, kinds: ['branch'], zh: '各党支部', en: 'all branches' },
  { words: /党总支|分党委|(二级|院系|院\(系\)|学院)党(组织|委)|基层党(委|组织)|(各级|各)党(组织|委)|基层组织/, kinds: ['general-branch'], zh: '各党总支', en: 'all general branches' },
  { words: /党员/, kinds: ['general-branch'], people: { kinds: [], members: true }, zh: '党员；由各党总支负责落实', en: 'members; general branches answer for it' },
  { words: /教职(员工|工)|教工|教师|职工|教辅/, kinds: ['college', 'department'], people: { kinds: ['staff'], members: false }, zh: '教职工；由各学院、部门负责落实', en: 'staff; colleges and departments answer for it' },
  { words: /师生|任何(个)?人|每(一)?(个|位|名)?人|所有人员|全体人员|全员|个人/, kinds: ['college', 'department'], people: everybody, zh: '全体师生员工；由各学院、部门负责落实', en: 'everybody; colleges and departments answer for it' },
  { words: /(学院|院系).*(部门|部处|单位)|(部门|单位).*(学院|院系)|各(级)?单位|所属单位|院属单位|校内各单位|相关单位|有关单位|任何(单位|部门)/, kinds: ['college', 'department'], zh: '各学院、各部门', en: 'all colleges and departments' },
  { words: /学院|院系|院\(系\)|教学单位|培养单位|系部|书院/, kinds: ['college'], zh: '各学院', en: 'all colleges' },
  { words: /部门|部处|处室|机关|直属|科室/, kinds: ['department'], zh: '各部门', en: 'all departments' },
  { words: /(领导|党员)干部|负责(人|同志)|领导班子|班子/, kinds: ['college', 'department'], zh: '负责人；按各学院、部门落实', en: 'those in charge, by college and department' },
  { words: /辅导员|班主任|学工|导师/, kinds: ['college'], zh: '辅导员、班主任；由各学院负责落实', en: 'counsellors and advisers; colleges answer for it' },
  { words: /学生|同学|新生|毕业生|本科生|研究生|住宿生/, kinds: ['college'], people: { kinds: ['student'], members: false }, zh: '学生；由各学院负责落实', en: 'students; colleges answer for it' },
  { words: /(值班|工作|相关|有关|管理|服务|一线)人员/, kinds: ['college', 'department'], zh: '相关人员；按各学院、部门落实', en: 'those concerned, by college and department' },
  { words: /班级|各班/, kinds: ['class'], zh: '各班级', en: 'all classes' },
  { words: /楼长|楼栋|宿舍|公寓|宿管/, kinds: ['building'], zh: '各楼栋', en: 'all buildings' },
  { words: /校区/, kinds: ['campus'], zh: '各校区', en: 'all campuses' },
]
/** 学校, 我校, 校党委: the institution itself. */
const whole = /^(学校|我校|本校|全校|校方|校党委|党委|学校党委|指挥部|领导小组)$/

const squeeze = (word: string) => word.normalize('NFKC').replace(/[\s“”"'《》。：:；;]/g, '')
/** 各, 全体, 有关: says how many, not who. */
const bare = (word: string) => word.replace(/^(请|由|要求)/, '').replace(/^(任何|各级|各有关|各相关|有关|相关|所有|全校|全体|全院|校属|院属|广大|全部|校内|各)+/, '')

/** Offices that universities call differently; a word of a row means the institution's unit of the same row, where it has exactly one. */
const sameOffice = [
  ['学生处', '学工处', '学工部', '学生部', '学生工作部', '学生工作处', '学生工作部(处)', '学生工作部处'], ['后勤处', '后勤管理处', '后勤保障处', '后勤保障部', '后勤集团', '后勤服务中心', '总务处', '后勤与基建处', '后勤基建处'],
  ['保卫处', '保卫部', '安全保卫处', '保卫部(处)', '安保处'], ['校医院', '医院', '卫生所', '医务室', '门诊部', '卫生科'], ['信息中心', '网络中心', '网络信息中心', '信息化办公室', '现代教育技术中心', '网络与信息中心'],
  ['研究生院', '研究生处', '研究生工作部', '研工部'], ['党政办公室', '党委办公室', '学校办公室', '校长办公室', '党办', '校办', '党政办'], ['国际交流处', '国际合作与交流处', '外事处', '国际处', '港澳台办公室'], ['基建处', '基本建设处', '校园建设处'], ['食堂', '学生食堂', '饮食服务中心', '膳食服务中心', '膳食科', '餐饮服务中心', '餐饮中心', '伙食科', '伙食中心'],
  ['指挥部办公室', '指挥部', '疫情防控指挥部', '防控办', '疫防办', '防汛办', '防汛指挥部', '应急办', '应急指挥部', '疫情防控工作领导小组办公室', '防控指挥部', '疫情防控指挥部办公室', '防汛指挥部办公室'],
].map((row) => new Set(row))
/** A college by its kind or, where a roster listed it among the departments, by its name. */
const isCollege = (unit: KnownUnit) => unit.kind === 'college' || (unit.kind === 'department' && /(学院|书院|系)$/.test(unit.name))
const isOf = (unit: KnownUnit, kinds: readonly string[]) => (isCollege(unit) ? kinds.includes('college') : kinds.includes(unit.kind))
/** Words that name a kind of unit, never one of them. */
const generic = /^(各|全体|所有)|^(二级)?(学院|院系|书院|部门|单位|处室|党总支|党支部|分党委|党委|基层党委|基层党组织|党组织|支部|班级|班|机关|校区|公寓|宿舍)$/

/** Are the characters of `short` found in `long` in order, its first and last included? 学工处 in 学生工作处. */
function abbreviates(short: string, long: string): boolean {
  if (short.length < 3 || short.length >= long.length || short[0] !== long[0]) return false
  let at = 0
  for (const char of long) if (char === short[at]) at++
  return at === short.length && short.at(-1) === long.at(-1)
}

const shortName = (name: string) => name.replace(/[（(].*?[)）]/g, '')
/** 党委组织部 is known as 组织部, 校团委 as 团委. */
const plain = (name: string) => shortName(name).replace(/^(中共|校党委|党委|学校|校)/, '')

/** 江畔大学教务处 for 教务处: in front stands nothing but the institution. */
const behindPrefix = (word: string, name: string) => name.length >= 2 && word.endsWith(name) && /(大学|学院|学校|党委|委员会|校|本科部)$/.test(word.slice(0, word.length - name.length)) && !/[和与及、]/.test(word.slice(0, word.length - name.length))

/** The unit that a word names, or nothing. Ambiguous words name nobody. */
export function findNamedUnit(word: string, units: readonly KnownUnit[]): { unit: KnownUnit; how: 'name' | 'short' } | undefined {
  const wanted = squeeze(word)
  if (wanted.length < 2) return undefined
  const only = (found: KnownUnit[]) => (found.length === 1 ? found[0] : undefined)
  const exact = only(units.filter((unit) => squeeze(unit.name) === wanted)) ?? only(units.filter((unit) => squeeze(shortName(unit.name)) === wanted))
  if (exact) return { unit: exact, how: 'name' }
  if (generic.test(wanted)) return undefined
  const offices = units.filter((unit) => ['college', 'department', 'office', 'committee', 'general-branch', 'building', 'campus'].includes(unit.kind))
  const key = plain(wanted)
  const loose = only(offices.filter((unit) => plain(squeeze(unit.name)) === key)) ?? only(offices.filter((unit) => key.length >= 3 && (plain(squeeze(unit.name)).endsWith(key) || behindPrefix(key, plain(squeeze(unit.name)))))) ?? only(offices.filter((unit) => sameOffice.some((row) => row.has(key) && row.has(plain(squeeze(unit.name)))))) ?? only(offices.filter((unit) => abbreviates(key, plain(squeeze(unit.name)))))
  return loose ? { unit: loose, how: 'short' } : undefined
}

/** As it is written; else in Simplified characters (各二級學院), in which the words of this table and most units' names stand. */
function resolveOne(word: string, units: readonly KnownUnit[], learnt: Learnt): Resolved | undefined {
  const found = resolveWritten(word, units, learnt)
  if (found) return found
  const simplified = toSimplified(word)
  const other = simplified === word ? undefined : resolveWritten(simplified, units, learnt)
  return other && { ...other, word }
}

function resolveWritten(word: string, units: readonly KnownUnit[], learnt: Learnt): Resolved | undefined {
  const known = learnt.get(phraseKey(word))
  if (known) {
    const alive = known.unitIds.filter((id) => units.some((unit) => unit.unitId === id))
    const correctionId = known.correctionId ?? null
    if (alive.length || known.people) return { word, unitIds: alive, people: known.people, zh: `按订正：“${word}”`, en: `as corrected: "${word}"`, correctionId }
    if (known.none) return { word, unitIds: [], people: null, zh: `按订正：“${word}”不是本校单位`, en: `as corrected: "${word}" is no unit here`, correctionId }
  }
  const named = findNamedUnit(word, units)
  if (named) {
    const note = named.how === 'name' ? { zh: named.unit.name, en: named.unit.name } : { zh: `“${word}”即${named.unit.name}`, en: `"${word}" is ${named.unit.name}` }
    return { word, unitIds: [named.unit.unitId], people: null, ...note }
  }
  const plainWord = squeeze(word)
  if (whole.test(plainWord)) {
    const tree = /党委/.test(plainWord) ? 'party' : 'admin'
    const root = units.find((unit) => unit.parentId === null && unit.tree === tree) ?? units.find((unit) => unit.parentId === null && unit.tree === 'admin')
    return root && { word, unitIds: [root.unitId], people: null, zh: root.name, en: root.name }
  }
  // A named college that is not ours must not become all colleges.
  const many = bare(plainWord) !== plainWord || /^(学生|师生|党员|教职|教师|学院|部门|单位|院系|同学|领导干部|辅导员|班主任|负责|机关|新生|毕业生|住宿生|党支部|党总支|院\(系\)|基层|二级|班级|楼长|每|个人|直属|职能)/.test(plainWord) || /(学生|师生|党员|员工|干部|人员|辅导员|班主任|教师|新生|同学)$/.test(plainWord)
  const group = many ? groups.find((one) => one.words.test(plainWord)) : undefined
  if (!group) return undefined
  const found = units.filter((unit) => isOf(unit, group.kinds))
  // An institution without Party organisation: its colleges and departments answer.
  const answering = found.length ? found : group.kinds.includes('general-branch') ? units.filter((unit) => isOf(unit, ['college', 'department'])) : []
  if (!answering.length && !group.people) return undefined
  return { word, unitIds: answering.map((unit) => unit.unitId), people: group.people ? { ...group.people, unitIds: [] } : null, zh: group.zh, en: group.en }
}

/** The single words of a list such as 教务处、学生工作部和各二级学院. A name that holds 与 or 和 stays whole where a unit is called so. */
export function resolveWords(words: readonly string[], units: readonly KnownUnit[], learnt: Learnt = new Map()): Resolution {
  const resolved: Resolved[] = []
  const unmatched: string[] = []
  const take = (word: string, depth: number): void => {
    const text = word.trim().replace(/[：:]$/, '')
    if (!text) return
    const found = resolveOne(text, units, learnt)
    const parts = depth === 0 ? text.split(/[、，,；;]/) : depth === 1 ? text.split(/以及|和|及|与|與|(?<=[部处院])\//) : [text]
    // 各学院、各部门 is a list of two, though one pattern would take it whole.
    if (found && (depth === 2 || parts.length === 1 || learnt.has(phraseKey(text)) || findNamedUnit(text, units))) {
      if (!resolved.some((one) => one.word === found.word)) resolved.push(found)
    } else if (depth < 2) for (const part of parts) take(part, depth + 1)
    else if (!unmatched.includes(text)) unmatched.push(text)
  }
  for (const word of words.slice(0, 200)) take(word.slice(0, 400), 0)
  return { resolved, unmatched }
}

/** All of a resolution together: each unit once, the people of all. */
export function together(resolution: Resolution): { unitIds: string[]; people: PeopleWanted | null; zh: string; en: string } {
  const { resolved } = resolution
  const people = resolved.map((one) => one.people).filter((one) => one !== null)
  return {
    unitIds: [...new Set(resolved.flatMap((one) => one.unitIds))],
    people: people.length ? { kinds: people.some((one) => one.kinds.length === 0) ? [] : [...new Set(people.flatMap((one) => one.kinds))], members: people.every((one) => one.members), unitIds: [...new Set(people.flatMap((one) => one.unitIds))] } : null,
    zh: resolved.map((one) => one.zh).join('；'), en: resolved.map((one) => one.en).join('; '),
  }
}

export const phraseKey = (text: string): string => squeeze(text).replace(/[、，,！!？?（）()〔〕[\]【】…—-]/g, '').slice(0, 200)
