/** Personal data in a notice: numbers, mailboxes, names beside them; found so that a screen can mask them. */
import type { Folded } from './normalise.ts'
import { originalSpan } from './normalise.ts'
import type { Contact } from './types.ts'

const EMAIL = /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/g
const MOBILE = /(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g
const PHONE = /(?<![\d.])(?:\(?0\d{2,3}\)?[- ]?)\d{7,8}(?:[-转]\d{1,6})?(?!\d)|(?<=(?:电话|热线|传真|手机|短号|拨打)[^\d\n]{0,8})\d{3,8}(?!\d|年|月|日|:)|(?<=(?:电话|热线|传真|手机)[^。\n]{0,40}[、,;/])\d{5,8}(?!\d|年|月|日)/g
const ID = /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g
const PERSON = /(?<=(?:联系人|联络人|负责人|值班员|咨询人|填报人|报送人)(?:及电话|及联系方式|电话)?:)[\p{Script=Han}]{1,4}(?:某{1,2})?(?:老师|同志|主任|处长|科长)?|(?!电话|手机|热线|值班|咨询|联系|号码|传真|方式|系方|话号)[\p{Script=Han}]{2,4}(?=(?:老师|同志)?[(:,]?(?:电话|手机)?:?1[3-9]\d{9})/gu

function mask(kind: Contact['kind'], text: string): string {
  if (kind === 'email') return text.replace(/^(.).*?(@.*)$/, '$1***$2')
  if (kind === 'person') return `${text.slice(0, 1)}${'*'.repeat(Math.max(1, text.length - 1))}`
  if (text.length <= 4) return '*'.repeat(text.length)
  return `${text.slice(0, 3)}${'*'.repeat(Math.max(1, text.length - 5))}${text.slice(-2)}`
}

/** All personal data with offsets into the original. */
export function findContacts(folded: Folded): Contact[] {
  const found: Contact[] = []
  const taken = new Uint8Array(folded.text.length)
  const scan = (pattern: RegExp, kind: Contact['kind']): void => {
    pattern.lastIndex = 0
    for (let match = pattern.exec(folded.text); match; match = pattern.exec(folded.text)) {
      const from = match.index
      const to = from + match[0].length
      if (match[0] === '') { pattern.lastIndex++; continue }
      if (taken[from] === 1 || taken[to - 1] === 1) continue
      taken.fill(1, from, to)
      if (found.length < 5000) found.push({ ...originalSpan(folded, from, to), kind, masked: mask(kind, match[0]) })
    }
  }
  if (folded.text.includes('@')) scan(EMAIL, 'email')
  scan(ID, 'id-number')
  scan(MOBILE, 'mobile')
  scan(PHONE, 'phone')
  scan(PERSON, 'person')
  return found.toSorted((a, b) => a.start - b.start)
}
