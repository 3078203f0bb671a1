/** Pure readers of single cells. Each answers with the value and, where it was not plain, with a doubt that says why. */

export type DoubtCode =
  | 'number-tidied' | 'digits-lost' | 'remark-in-number' | 'name-tidied' | 'remark-in-name'
  | 'phone-tidied' | 'phone-missing' | 'phone-odd' | 'phone-several' | 'phone-landline' | 'email-odd'
  | 'sex-read' | 'sex-unclear' | 'politics-read' | 'politics-unclear' | 'status-unclear' | 'kind-unclear' | 'yes-no-read' | 'yes-no-unclear'
  | 'class-read' | 'class-from-sheet' | 'grade-read' | 'counsellor-tidied' | 'room-read' | 'room-no-campus' | 'room-unclear'
  | 'dates-read' | 'year-assumed' | 'dates-unclear' | 'remark-matters' | 'text-cut' | 'cell-error'

/** `sure` doubts are tidied and lose nothing; the others want a look. */
export type Doubt = { code: DoubtCode; sure: boolean; zh: string; en: string }
export type Read<T> = { value: T | null; doubt?: Doubt; aside?: string }

export type Sex = 'male' | 'female'
export type PoliticalStatus = 'member' | 'probationary' | 'league' | 'masses' | 'other-party' | 'applicant'
export type Kind = 'student' | 'staff' | 'contractor'
export type PersonStatus =
  | 'enrolled' | 'suspended' | 'internship' | 'exchange' | 'withdrawn' | 'graduated'
  | 'employed' | 'on-leave' | 'seconded' | 'retired' | 'left'

/** Full-width letters, digits, signs and blanks to plain ones; Chinese characters are not touched. */
export function asciiWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0\u2000-\u200A\u202F]/g, ' ')
}

/**
 * A cell without what cannot be seen: control characters, zero-width and direction marks, half surrogates; every run of
 * blanks is one. No cell of a roster needs more than two thousand characters, and no pattern below meets longer ones.
 */
export function tidy(text: string): string {
  return text
    .slice(0, 2000)
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFD]/gu, '')
    .trim()
    // Systems write ="00123" so that a spreadsheet keeps the zeros.
    .replace(/^="([^"]*)"$/, '$1')
    // Set before a cell that was given back, so that no spreadsheet takes it for a formula.
    .replace(/^'(?=[=+\-@＝＋－＠])/, '')
}

/** How offices write "nothing here". */
export function isBlank(text: string): boolean {
  return /^(?:[/\\\-—–_.·*、]+|无|暂无|没有|空|null|none|nil|n\/a|#n\/a|nan|undefined)?$/i.test(asciiWidth(text).replace(/\s/g, ''))
}

const sure = (code: DoubtCode, zh: string, en: string): Doubt => ({ code, sure: true, zh, en })
const look = (code: DoubtCode, zh: string, en: string): Doubt => ({ code, sure: false, zh, en })

/** A resident's identity number: place, day of birth, order, check. Nobody's number at a university looks like one by chance. */
export const isIdentityNumber = (raw: string): boolean => /^[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/i.test(asciiWidth(raw).replace(/[\s'’]/g, ''))

/** Rows that are given back are kept for a while: not with these in them. */
export const withoutIdentityNumbers = (cells: readonly string[]): string[] => cells.map((cell) => (isIdentityNumber(cell) ? '（身份证号）' : cell))

/** Student or staff number. Null means: no number can be read from it. */
export function readNumber(raw: string): Read<string> {
  if (isIdentityNumber(raw)) return { value: null }
  let text = asciiWidth(raw).replace(/^['‘’`]+/, '').replace(/\s/g, '')
  let aside: string | undefined
  const note = /^(.*?)[([【](.*?)[)\]】]?$/.exec(text)
  if (note?.[1] && note[2] && /\p{Script=Han}/u.test(note[2])) [text, aside] = [note[1], note[2]]
  const scientific = /^(\d)(?:\.(\d+))?E\+?(\d{1,2})$/i.exec(text)
  if (scientific) {
    const value = fromScientific(scientific[1] ?? '', scientific[2] ?? '', Number(scientific[3]))
    // A number without its last digits is somebody else's number.
    if (value === null) return { value, doubt: look('digits-lost', '号码被表格软件写成了科学计数法，末尾几位已经丢失，请从原表重新导出', 'the number was turned into scientific notation and its last digits are lost; export it again from the source') }
    return { value, ...(aside === undefined ? {} : { aside }), doubt: sure('number-tidied', '表格软件把号码写成了科学计数法，位数完整，已还原', 'written in scientific notation with all digits present; restored') }
  }
  text = text.replace(/^(\d+)\.0+$/, '$1').toUpperCase()
  if (!/^(?=.*\d)[A-Z0-9][A-Z0-9._-]{0,31}$/.test(text)) return { value: null }
  if (aside) return { value: text, aside, doubt: look('remark-in-number', `学号里夹有说明“${aside}”，已移到备注`, `the number carried a remark "${aside}", moved to remarks`) }
  if (text !== raw) return { value: text, doubt: sure('number-tidied', '已去掉空格、全角等，数字未变', 'blanks or full-width forms removed; the digits are the same') }
  return { value: text }
}

/** 2.0990101001E+10 has ten decimals and exponent ten: complete. 2.09901E+10 has lost its last digits for good. */
function fromScientific(lead: string, decimals: string, exponent: number): string | null {
  if (exponent > 31 || decimals.length < exponent || /[1-9]/.test(decimals.slice(exponent))) return null
  return (lead + decimals).slice(0, exponent + 1)
}

/** A person's name; null if there is none or it cannot be one. */
export function readName(raw: string): Read<string> {
  let text = asciiWidth(raw).replace(/\s+/g, ' ').replace(/[•‧∙⋅・﹒･●.](?=\p{Script=Han})|(?<=\p{Script=Han} ?)[•‧∙⋅・﹒･●.](?= \p{Script=Han})/gu, '·').trim()
  let aside: string | undefined
  const note = /^(.+?) ?[([【](.*?)[)\]】]?$/.exec(text)
  if (note?.[1] && note[2]) [text, aside] = [note[1], note[2]]
  text = text.replace(/(?<=[\p{Script=Han}·]) (?=[\p{Script=Han}·])/gu, '').normalize('NFC')
  if (isBlank(text) || !/\p{L}/u.test(text) || /[\d<>@=|{}\\;$%#^~+"`]/.test(text) || text.length > 60) return { value: null }
  if (aside) return { value: text, aside, doubt: look('remark-in-name', `姓名里夹有说明“${aside}”，已移到备注`, `the name carried a remark "${aside}", moved to remarks`) }
  if (text !== raw) return { value: text, doubt: sure('name-tidied', '已去掉姓名中的空格等', 'blanks inside the name removed') }
  return { value: text }
}

/** A mobile number in plain digits. */
export function readPhone(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null, doubt: look('phone-missing', '没有电话，紧急时联系不上', 'no phone: cannot be reached in an emergency') }
  const plain = asciiWidth(raw).replace(/^['‘’`]+/, '').replace(/^(\d+)\.0+$/, '$1').replace(/^(\d)\.(\d+)E\+?(\d{1,2})$/i, (all, lead: string, decimals: string, exponent: string) => fromScientific(lead, decimals, Number(exponent)) ?? all)
  const several = plain.split(/[/、,;|]|(?<=\d{11}) +(?=1)/).map((part) => digitsOf(part)).filter((part) => part !== '')
  const mobiles = several.filter((part) => /^1[3-9]\d{9}$/.test(part))
  // 13800000001（660001）: the mobile and the short number of the house.
  const first = mobiles[0] ?? (/[(（]/.test(plain) ? plain.split(/[()（）]/).map((part) => digitsOf(part)).find((part) => /^1[3-9]\d{9}$/.test(part)) : undefined)
  if (first !== undefined && (several.length > 1 || mobiles.length === 0)) return { value: first, doubt: look('phone-several', '一格里有几个号码，取第一个手机号', 'several numbers in one cell; the first mobile is taken') }
  if (first !== undefined) return first === raw ? { value: first } : { value: first, doubt: sure('phone-tidied', '已去掉空格、横线、区号或全角', 'blanks, hyphens, country code or full-width forms removed') }
  const line = several[0] ?? ''
  if (/^0\d{9,11}$/.test(line)) return { value: line, doubt: look('phone-landline', '是固定电话，收不到短信', 'a landline: it gets no text messages') }
  if (/^\+\d{6,15}$/.test(line)) return { value: line, doubt: look('phone-odd', '境外号码，请核对', 'a number abroad, please check') }
  return { value: null, doubt: look('phone-odd', '不像电话号码（位数不对或已丢失），未采用', 'no phone number (wrong count of digits, or digits lost); not taken') }
}

function digitsOf(text: string): string {
  const digits = text.replace(/[\s()\-—–.·]/g, '').replace(/^(手机|电话|tel|mobile):?/i, '')
  return digits.replace(/^(\+?0{0,2}86)(?=1[3-9]\d{9}$)/, '').replace(/^00(?=[1-9])/, '+')
}

/** A mail address, lower case. */
export function readEmail(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null }
  const text = asciiWidth(raw).replace(/\s/g, '').toLowerCase()
  if (/^[^@\s]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text) && text.length <= 254) return { value: text }
  return { value: null, doubt: look('email-odd', '不像邮箱地址，未采用', 'no mail address; not taken') }
}

/** 男/女, M/F, or the codes 1 and 2 of GB/T 2261.1. */
export function readSex(raw: string): Read<Sex> {
  if (isBlank(raw)) return { value: null }
  const text = asciiWidth(raw).replace(/\s/g, '').toLowerCase()
  const value = /^(男|男性|男生|m|male|1|先生)$/.test(text) ? 'male' : /^(女|女性|女生|f|female|2|女士)$/.test(text) ? 'female' : null
  if (value === null) return /^[09]$|^(未知|不详|保密)$/.test(text) ? { value } : { value, doubt: look('sex-unclear', '看不出性别，未采用', 'sex cannot be told; not taken') }
  if (raw === '男' || raw === '女') return { value }
  const word = value === 'male' ? '男' : '女'
  return { value, doubt: sure('sex-read', `按“${word}”读取`, `read as ${value}`) }
}

const politics: readonly (readonly [RegExp, PoliticalStatus, string])[] = [
  [/预备/, 'probationary', '中共预备党员'],
  // 是 stands under 是否党员.
  [/^(中共|共产)?(正式)?党员$|^中国共产党(正式)?党员$|^中共$|^共产党员$|^01$|^partymember$|^是$/, 'member', '中共党员'],
  [/积极分子|发展对象/, 'applicant', '入党积极分子'],
  [/团员|^共青团$|^03$|^leaguemember$/, 'league', '共青团员'],
  [/民革|民盟|民建|民进|农工|致公|九三|台盟|民主党派/, 'other-party', '民主党派'],
  [/^群众$|^普通群众$|无党派|^13$|^12$|^masses$/, 'masses', '群众'],
]

/** 政治面貌 in any of its usual forms. "无" is read as 群众 and flagged; "/" is a blank. */
export function readPolitics(raw: string): Read<PoliticalStatus> {
  const text = asciiWidth(raw).replace(/\s/g, '').toLowerCase()
  if (text === '无') return { value: 'masses', doubt: look('politics-read', '“无”按“群众”读取', '"无" (none) read as no affiliation (群众)') }
  if (isBlank(raw) || text === '否') return { value: null }
  const found = politics.find(([pattern]) => pattern.test(text))
  if (!found) return { value: null, doubt: look('politics-unclear', '看不出是哪种政治面貌，未采用', 'political status cannot be told; not taken') }
  const [, value, word] = found
  const usual = text === word || text === '中共党员' || text === '团员' || text === '党员' || text === '预备党员'
  return usual ? { value } : { value, doubt: sure('politics-read', `按“${word}”读取`, `read as ${word}`) }
}

const statuses: readonly (readonly [RegExp, PersonStatus])[] = [
  [/休学|保留学籍|保留入学/, 'suspended'],
  [/实习|见习/, 'internship'],
  [/交换|交流|出国|出境|访学/, 'exchange'],
  [/退学|开除|转学|注销|死亡|取消学籍/, 'withdrawn'],
  [/毕业|结业|肄业/, 'graduated'],
  [/退休|离休/, 'retired'],
  [/离职|辞职|调离|解聘|离校/, 'left'],
  [/病假|产假|事假|请假|休假|长休|脱产|进修/, 'on-leave'],
  [/借调|挂职|援派|支教/, 'seconded'],
  [/^(在籍|在读|在校|注册|已注册|正常|有学籍|复学|enrolled|active)$/, 'enrolled'],
  [/^(在职|在岗|在编|聘用|在聘|返聘|employed)$/, 'employed'],
]

/** 学籍状态 of students and the state of employment of staff. */
export function readStatus(raw: string): Read<PersonStatus> {
  if (isBlank(raw)) return { value: null }
  const text = asciiWidth(raw).replace(/\s/g, '').toLowerCase()
  const found = statuses.find(([pattern]) => pattern.test(text))
  return found ? { value: found[1] } : { value: null, doubt: look('status-unclear', '看不出是什么状态，未采用', 'the status cannot be told; not taken') }
}

/** 人员类别. */
export function readKind(raw: string): Read<Kind> {
  if (isBlank(raw)) return { value: null }
  const text = asciiWidth(raw).replace(/\s/g, '').toLowerCase()
  if (/外聘|派遣|外包|合同工|临时|保安|保洁|食堂|物业|施工|contractor|第三方/.test(text)) return { value: 'contractor' }
  if (/教师|教职|职工|教工|教员|干部|辅导员|教辅|行政|管理|科研|博士后|工勤|staff|在编|事业编|人事代理|聘用|聘任/.test(text)) return { value: 'staff' }
  if (/学生|本科|专科|硕士|博士|研究生|留学|预科|高职|student/.test(text)) return { value: 'student' }
  return { value: null, doubt: look('kind-unclear', '看不出是学生还是教职工', 'cannot tell student from staff') }
}

/** 是/否/√/×/同意/在校 and their like. */
export function readYesNo(raw: string): Read<boolean> {
  const text = asciiWidth(raw).replace(/\s/g, '').toLowerCase()
  if (text === '') return { value: null }
  if (/^(否|不|不是|×|x|✗|✘|不同意|不在校|不在|离校|已离校|校外|离岗|n|no|false|0|f)$/.test(text)) return { value: false }
  const yes = /^(是|√|✓|✔|☑|v|同意|在校|在|在岗|留校|有|y|yes|true|1|t)$/.test(text)
  if (yes) return text === '是' ? { value: true } : { value: true, doubt: sure('yes-no-read', '按“是”读取', 'read as yes') }
  if (isBlank(raw)) return { value: null }
  return { value: null, doubt: look('yes-no-unclear', '看不出是“是”还是“否”，未采用', 'neither yes nor no; not taken') }
}

/** 软件2099-1, 软件20991班 and 软件2099-1班 are one class. */
export function readClass(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null }
  const text = asciiWidth(raw).replace(/\s/g, '').replace(/[—–－_]/g, '-').replace(/^(\d{1,4})\.0+$/, '$1')
  const parts = /^(.*?\D)((?:19|20)\d\d)级?-?(\d{1,2})班?$/.exec(text)
  if (!parts) return { value: text }
  const value = `${parts[1] ?? ''}${parts[2] ?? ''}-${parts[3] ?? ''}班`
  if (value === raw) return { value }
  return { value, doubt: sure('class-read', `按“${value}”读取`, `read as ${value}`) }
}

/** 2099, 2099级, 99级. The value is the four digits where they can be told. */
export function readGrade(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null }
  const text = asciiWidth(raw).replace(/\s/g, '').replace(/^((?:19|20)\d\d)\.0$/, '$1')
  const four = /^((?:19|20)\d\d)(年?级|届|年)?$/.exec(text)
  if (four?.[1]) return { value: four[1] }
  const two = /^(\d\d)级$/.exec(text)
  if (two?.[1]) return { value: `20${two[1]}`, doubt: look('grade-read', `按 20${two[1]} 级读取`, `read as 20${two[1]}`) }
  return { value: text }
}

/** Name of a counsellor; a phone number beside it is left out. */
export function readCounsellor(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null }
  const text = readName(raw.replace(/[(（:：]?\s*\+?[\d０-９][\d０-９ -]{6,}[)）]?/g, '')).value
  if (text === null) return { value: null, doubt: look('counsellor-tidied', '看不出辅导员姓名，未采用', 'no name of a counsellor in it; not taken') }
  return text === raw ? { value: text } : { value: text, doubt: sure('counsellor-tidied', '只取姓名', 'only the name is taken') }
}

/** Words in a remark that may make the row wrong: somebody should read them before the row is applied. */
export function readRemark(raw: string): Read<string> {
  if (isBlank(raw)) return { value: null }
  const told = /离校|退学|休学|转专业|转学|转班|重复|已毕业|离职|调离|退休|入伍|参军|死亡|去世|作废|更正|有误/.exec(raw)
  return told ? { value: raw, doubt: look('remark-matters', `备注提到“${told[0]}”，导入前请看一眼`, `the remark mentions "${told[0]}"; read it before applying`) } : { value: raw }
}
