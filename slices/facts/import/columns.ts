/** What the columns of a file of facts mean, whatever their order: whose row it is, when it was observed, which attribute stands where. */
import type { Bilingual } from '#kernel/words.ts'

export type Role = 'number' | 'name' | 'unit' | 'observed' | 'attribute' | 'value' | 'fact' | 'ignored'

export interface ColumnAttribute {
  key: string
  subjectKind: 'person' | 'unit'
  label: Bilingual
  unit: string | null
}

export interface ColumnRead {
  header: string
  role: Role
  /** The attribute of a `fact` column. */
  attribute: string | null
  /** The unit that the header names in brackets. */
  unit: string | null
  /** Taken because its words stand in the question, not because they are its name. */
  guessed: boolean
}

/** Full-width to plain, without blanks and signs of emphasis, in lower case. */
export const fold = (text: string): string => text.normalize('NFKC').replace(/[\s*＊:：'‘’`]/g, '').toLowerCase()

// Earlier names win where a file has several of a kind: who was sampled when counts before when the laboratory was done.
const names: Record<'number' | 'name' | 'unit' | 'observed' | 'attribute' | 'value' | 'ignored', RegExp> = {
  number: /^(学号|工号|学工号|学号\/工号|工号\/学号|学号或工号|人员编号|职工号|教工号|studentnumber|staffnumber|studentid|personnumber|number)$/,
  name: /^(姓名|名字|学生姓名|教工姓名|name|fullname)$/,
  unit: /^(单位|组织|组织路径|所在单位|部门|学院|院系|班级|行政班|unit|college|class|department)$/,
  observed: /^(观测时间|观察时间|填报时间|上报时间|采样时间|测量时间|登记时间|发生时间|检测时间|报告时间|时间|观测日期|采样日期|填报日期|上报日期|测量日期|登记日期|检测日期|日期|observedat|observed|time|date|timestamp)$/,
  attribute: /^(信息项|项目|指标|attribute|item)$/,
  value: /^(值|取值|填报值|结果值|value)$/,
  ignored: /^(行号|原因|序号|备注|说明|row|reason)$/,
}
const rank: Record<string, string[]> = {
  number: ['学工号', '学号', '工号'],
  unit: ['组织路径', '班级', '行政班', '学院', '院系', '部门', '单位'],
  observed: ['观测时间', '观察时间', '采样时间', '测量时间', '发生时间', '填报时间', '上报时间', '登记时间', '检测时间', '报告时间', '时间'],
}

/** Columns that a user named by hand are taken as named. '' as a choice: not read. */
export function readColumns(header: readonly string[], attributes: readonly ColumnAttribute[], chosen: Readonly<Record<string, string>> = {}): ColumnRead[] {
  const columns = header.map((title): ColumnRead => {
    const plain = fold(title)
    const bracket = /[([【（]([^)\]】）]{1,12})[)\]】）]$/.exec(title.trim())
    const bare = fold(title.trim().replace(/[([【（][^)\]】）]{1,12}[)\]】）]$/, ''))
    const made = (role: Role, attribute: string | null = null, guessed = false): ColumnRead => ({ header: title, role, attribute, unit: attribute ? (bracket?.[1]?.trim() ?? null) : null, guessed })
    const choice = Object.hasOwn(chosen, title.trim()) ? chosen[title.trim()] : undefined
    if (choice !== undefined) return attributes.some((one) => one.key === choice) ? made('fact', choice) : made((Object.hasOwn(names, choice) ? choice : 'ignored') as Role)
    if (plain === '') return made('ignored')
    const exact = attributes.filter((one) => [one.key, fold(one.label.zh), fold(one.label.en)].some((name) => name === plain || name === bare))
    if (exact.length === 1) return made('fact', exact[0]?.key ?? null)
    for (const [role, pattern] of Object.entries(names)) if (pattern.test(plain) || pattern.test(bare)) return made(role as Role)
    const asked = bare.length >= 2 && !/^[a-z]{1,3}$/.test(bare) ? attributes.filter((one) => fold(one.label.zh).includes(bare) || fold(one.label.en).includes(bare)) : []
    return asked.length === 1 ? made('fact', asked[0]?.key ?? null, true) : made('ignored')
  })
  // One column of a kind speaks; of the others nothing is read.
  for (const role of ['number', 'name', 'unit', 'observed', 'attribute', 'value'] as const) {
    const same = columns.filter((column) => column.role === role)
    const order = rank[role] ?? []
    const place = (column: ColumnRead) => (Object.hasOwn(chosen, column.header.trim()) ? -1 : (order.indexOf(fold(column.header)) + order.length + 1) % (order.length + 1))
    for (const other of same.toSorted((a, b) => place(a) - place(b)).slice(1)) other.role = 'ignored'
  }
  return columns
}

/** Why rows cannot be read with these columns; null where they can. */
export function refuseColumns(columns: readonly ColumnRead[], observedGiven: boolean, attributes: readonly ColumnAttribute[]): (Bilingual & { code: string }) | null {
  const has = (role: Role) => columns.some((column) => column.role === role)
  const facts = columns.filter((column) => column.role === 'fact')
  if (!has('number') && !has('name') && !has('unit')) return { code: 'no-person', zh: '找不到说明是谁的列：需要“学号/工号”，或“姓名”加“班级/单位”。', en: 'No column says whose row it is: it needs a number, or a name with a unit.' }
  if (facts.length === 0 && !(has('attribute') && has('value'))) {
    if (attributes.length === 0) return { code: 'no-attribute', zh: '本单位还没有信息项，文件没有可写入之处。请先启用措施（所需信息项随之建立），或在“设置 · 信息项”中新建。', en: 'There are no attributes yet to enter anything into. Switch a measure on (it brings its own), or make one in Settings, Attributes.' }
    const days = columns.filter(({ header }) => /^(\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?$/.test(header.trim())).map(({ header }) => header.trim())
    if (days.length > 1) return { code: 'no-attribute', zh: `日期是横着排的（${days.slice(0, 3).join('、')}…）。请改成一人一天一行：日期写在一列，数值写在以信息项命名的一列。`, en: `The days lie across (${days.slice(0, 3).join(', ')}…). Give each person and day a row of its own: the day in one column, the value in a column named after its attribute.` }
    const some = (language: 'zh' | 'en') => attributes.slice(0, 12).map((one) => one.label[language]).join(language === 'zh' ? '、' : ', ')
    return { code: 'no-attribute', zh: `找不到信息项的列：列名写信息项的名称或代码，或用“信息项”“值”两列，或指定某一列是哪个信息项。现有信息项：${some('zh')}。`, en: `No column holds an attribute: name a column after one, use the two columns "attribute" and "value", or say which column is which attribute. There are: ${some('en')}.` }
  }
  const twice = facts.find((one) => facts.some((other) => other !== one && other.attribute === one.attribute))
  if (twice) return { code: 'attribute-twice', zh: `有两列都读作信息项“${twice.attribute}”，请留下一列。`, en: `Two columns are read as the attribute "${twice.attribute}"; keep one.` }
  if (!has('observed') && !observedGiven) return { code: 'no-time', zh: '没有时间列（如“采样时间”“日期”），请指定这份文件的观测时间。', en: 'No column says when it was observed; give the time for the whole file.' }
  return null
}

/** The row among the first that reads most like a header; -1 where none does. */
export function findHeader(rows: readonly string[][], attributes: readonly ColumnAttribute[], chosen: Readonly<Record<string, string>> = {}): number {
  let best = -1
  let most = 1
  rows.forEach((row, index) => {
    const score = new Set(readColumns(row, attributes, chosen).filter((column) => column.role !== 'ignored').map((column) => `${column.role} ${column.attribute ?? ''}`)).size
    if (score > most) [best, most] = [index, score]
  })
  return best
}
