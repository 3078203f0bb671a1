/** Turns the text of a notice into header, clauses and drafted duties. Pure, deterministic, total. */
import { actorName } from './actors.ts'
import { findContacts } from './contacts.ts'
import { findDoubts } from './doubts.ts'
import type { Draft } from './draft.ts'
import { walkItems } from './duties.ts'
import type { Walk } from './weight.ts'
import { findHazards } from './hazards.ts'
import { readHead } from './head.ts'
import type { Head, Stretch } from './head.ts'
import { NOTICE_SIGNS } from './knowledge/titles.ts'
import { toIso } from './figures.ts'
import { findPoster, findPublished, layOut } from './layout.ts'
import type { Line } from './lines.ts'
import { cleanText, fold, isRepaired, narrow, originalSpan } from './normalise.ts'
import type { Folded } from './normalise.ts'
import { buildItems, joinLines } from './numbering.ts'
import type { Item } from './numbering.ts'
import { findReferences } from './references.ts'
import { maskQuotes } from './sentences.ts'
import { suggestMeasures } from './suggest.ts'
import { findForwarded, readTail } from './tail.ts'
import type { Tail } from './tail.ts'
import type { Clause, Doubt, Duty, NoticeReading } from './types.ts'
import { findTableOrders } from './tables.ts'
import { isUnitLine, withoutLatin } from './titles.ts'
import { unwrap } from './unwrap.ts'

/** A notice is a few pages. What lies behind this many characters is kept and masked, but not read. */
export const MAX_CHARS = 150_000
/** Personal data are looked for up to here. */
const MAX_MASKED = 1_000_000
/** Duties beyond this are not drafted: nobody confirms them. */
const MAX_DUTIES = 2_000

type Part = { addressees: string; head: Head; tail: Tail; items: Item[]; walk: Walk; forwarded: boolean }

export type ReadOptions = {
  /** ISO date of today; only used to ask about deadlines that are past, never to fill in a date. */
  today?: string
}

/** Reads a notice. Never throws on any string. */
export function readNotice(text: string, options: ReadOptions = {}): NoticeReading {
  const all = typeof text === 'string' ? text : ''
  const given = all.slice(0, MAX_CHARS)
  let folded = fold(given)
  let lines = layOut(folded)
  const joined = unwrap(folded, lines)
  if (joined !== folded) {
    folded = joined
    lines = layOut(folded)
  }
  const reading = askPast(assemble(folded, lines), options.today ?? null)
  if (all.length <= MAX_CHARS) return reading
  const rest = all.slice(MAX_CHARS, MAX_MASKED)
  const more = findContacts(narrow(rest)).map((contact) => ({ ...contact, start: contact.start + MAX_CHARS, end: contact.end + MAX_CHARS }))
  return { ...reading, contacts: [...reading.contacts, ...more], doubts: [tooLong(all.length), ...reading.doubts] }
}

/** Deadlines that lie before today are asked about: an old notice, or a year that was worked out wrongly. */
function askPast(reading: NoticeReading, today: string | null): NoticeReading {
  const past = today === null ? [] : reading.duties.filter((duty) => duty.dueAt !== null && duty.dueAt.slice(0, 10) < today)
  if (past.length === 0) return reading
  const doubt: Doubt = { code: 'past-deadline', weight: 55, zh: `${past.length} 项任务的时限已过（如“${past[0]?.text.slice(0, 20) ?? ''}”），请确认日期`, en: `The time of ${past.length} duties is past; please check the dates`, start: past[0]?.start ?? null, end: past[0]?.end ?? null }
  return { ...reading, doubts: [...reading.doubts, doubt].toSorted((a, b) => b.weight - a.weight) }
}

const tooLong = (length: number): Doubt => ({ code: 'too-long', weight: 99, zh: `文字有 ${length} 字，只读了前 ${MAX_CHARS} 字，请确认后面没有任务`, en: `The text has ${length} characters; only the first ${MAX_CHARS} were read. Please check that no duty follows`, start: MAX_CHARS, end: length })

/** Offsets in the copy at which the original has blanks that the copy dropped. */
function blanksIn(folded: Folded): (from: number, to: number) => number[] {
  return (from, to) => {
    const out: number[] = []
    for (let i = from; i < to; i++) if ((folded.from[i] ?? 0) > (folded.to[i - 1] ?? 0)) out.push(i)
    return out
  }
}

function readPart(folded: Folded, masked: string, lines: Line[], first: number, last: number, frame: { date: string | null; year: number | null }, outer: Part | null): Part {
  const head = readHead(lines, first, last)
  const tail = readTail(lines, Math.min(head.bodyLine, last), last, blanksIn(folded))
  const signed = tail.date?.iso ?? frame.date
  const year = tail.date?.year ?? (signed === null ? null : Number(signed.slice(0, 4))) ?? frame.year
  const end = Math.max(head.bodyStart, tail.endOffset)
  const endLine = Math.min(last, tail.endOffset > (lines[tail.endLine]?.start ?? Infinity) ? tail.endLine + 1 : tail.endLine)
  const items = buildItems(folded.text, joinLines(lines, head.bodyLine, endLine, head.bodyStart, end))
  if (outer) for (const item of items) item.label = '转发件'
  const addressees = head.addressees.map((part) => cleanText(folded, part.start, part.end)).join('、') || (outer ? outer.head.addressees.map((part) => cleanText(folded, part.start, part.end)).join('、') : '')
  const numbered = items.filter((item) => item.marker !== null).length
  const walk = walkItems(folded.text, masked, items, { time: { date: signed, year, event: eventDay(folded.text, head.bodyStart, signed, year) }, blocked: (from, to) => isRepaired(folded, from, to), hasNumbers: numbered >= 2, forwarded: outer !== null, tables: findTableOrders(folded, lines, head.bodyLine, endLine) })
  return { addressees: addressees || '收文单位', head, tail, items, walk, forwarded: outer !== null }
}

function assemble(folded: Folded, lines: Line[]): NoticeReading {
  const masked = maskQuotes(folded.text)
  const published = findPublished(lines)
  const headGuess = readHead(lines, 0, lines.length)
  const titleText = headGuess.title.map((part) => folded.text.slice(part.start, part.end)).join('')
  const split = findForwarded(lines, headGuess.bodyLine, lines.length, titleText)
  const year = published === null ? yearOf(titleText, headGuess, folded) : Number(published.slice(0, 4))
  const outer = readPart(folded, masked, lines, 0, split ?? lines.length, { date: published, year }, null)
  const parts = [outer]
  if (split !== null) parts.push(readPart(folded, masked, lines, split, lines.length, { date: published, year }, outer))
  return compose(folded, parts, published, year, findPoster(lines))
}

/** A year out of title or document number, for notices whose date lacks one. */
function yearOf(title: string, head: Head, folded: Folded): number | null {
  const number = head.docNumber ? folded.text.slice(head.docNumber.start, head.docNumber.end) : ''
  const match = /((?:19|20)\d{2})/.exec(number) ?? /((?:19|20)\d{2})(?:年|-)/.exec(title)
  return match ? Number(match[1]) : null
}

/** The day for which a notice calls one event (定于5月12日开展演练): an hour written alone is of that day. */
function eventDay(text: string, from: number, signed: string | null, year: number | null): string | null {
  const days = [...text.slice(from, from + 1500).matchAll(/(?:定于|拟于|将于)(?:((?:19|20)\d{2})年)?(\d{1,2})月(\d{1,2})[日号](?![-~至到、])/g)].map((match) => (match[1] ?? year) === null ? null : toIso(Number(match[1] ?? year), Number(match[2]), Number(match[3])))
  const day = days[0] ?? null
  return days.length === 1 && day !== null && signed !== null && day >= signed ? day : null
}

/** 桐江学院学生处通知, ……委员会关于……的通知: unsigned, the title says who speaks. */
function titled(part: Part, folded: Folded): Stretch[] {
  const first = part.head.caption ?? part.head.title[0]
  if (!first) return []
  const text = folded.text.slice(first.start, first.end)
  const about = text.indexOf('关于')
  // ……防汛指挥部12小时行动指令
  const office = /^[\p{Script=Han}]{2,24}(?:指挥部|委员会|领导小组)(?=.{2,20}$)/u.exec(text)?.[0]
  const unit = office !== undefined && about <= 0 ? office : about > 0 ? text.slice(0, about) : text.replace(/(?:紧急|温馨|重要|安全|补充)?(?:通知|通告|公告|提示|提醒|预警)$/, '')
  return unit.length < text.length && unit.length >= 4 && isUnitLine(unit) && !/^(?:致|给|对)/.test(unit) ? [{ start: first.start, end: first.start + unit.length }] : []
}

function compose(folded: Folded, parts: Part[], published: string | null, year: number | null, poster: Stretch | null): NoticeReading {
  const outer = parts[0] as Part
  const name = (part: Stretch): string => withoutLatin(cleanText(folded, part.start, part.end)).replace(/[（(](?:盖章|公章|印章|章)[)）]$/, '').replace(/(?<=\p{Script=Han}{4}) \p{Script=Han}{1,3}(?:老师|主任|处长|院长|书记|干事|辅导员|医生)$/u, '').replace(/\s+/g, '')
  const issuers = outer.tail.issuers.map(name)
  if (issuers.length === 0 && poster !== null) issuers.push(name(poster))
  if (issuers.length === 0) issuers.push(...titled(outer, folded).map(name))
  // ……指挥部令 at the top, and only a commander's name below.
  if (issuers.length === 0 && outer.head.letterhead !== null && /令$/.test(name(outer.head.letterhead))) issuers.push(name(outer.head.letterhead).slice(0, -1))
  const signed = outer.tail.date
  const date = signed?.iso ?? (signed && signed.year === null && signed.month !== null && signed.day !== null && year !== null && !signed.damaged ? toIso(year, signed.month, signed.day) : null) ?? published
  const clauses: Clause[] = []
  const duties: Duty[] = []
  const numberFaults: { start: number; end: number; number: string; fault: string }[] = []
  for (const part of parts) addPart(folded, part, clauses, duties, numberFaults)
  const contacts = findContacts(folded)
  const title = outer.head.title.map((part) => cleanText(folded, part.start, part.end)).join('').replace(/[\p{So}\ufe0f\u200d]+$/u, '') || null
  const bodyText = folded.text.slice(outer.head.bodyStart, parts[parts.length - 1]?.tail.endOffset ?? folded.text.length)
  const titleFolded = parts.flatMap((part) => part.head.title).map((part) => folded.text.slice(part.start, part.end)).join('')
  const headings = parts.flatMap((part) => part.items).map((item) => (item.heading ? folded.text.slice(item.heading.start, item.heading.end) : '')).join('\n')
  const ordered = parts.flatMap((part) => part.walk.drafts).map((draft) => folded.text.slice(draft.start, draft.end)).join('\n')
  const references = findReferences(folded.text, outer.head.bodyStart, parts[parts.length - 1]?.tail.endOffset ?? folded.text.length)
  const reporting = [...new Set(duties.flatMap((duty) => (duty.reportTo === null ? [] : duty.reportTo.split('、'))))]
  // A mailbox given for returns at the foot of the notice is where the returns go.
  if (duties.length > 0 && !reporting.includes('email') && /(报送|反馈|回执|提交|接收|材料)[^,。\n]{0,6}(邮箱|E-?mail)/i.test(folded.text)) reporting.push('email')
  const attachments = parts.flatMap((part) => part.tail.attachments).map((part) => cleanText(folded, part.start, part.end).replace(/^附件?[\d一二三四五六七八九十]*[：:.、]\s*/, '').replace(/^\d{1,2}[.、]\s*/, ''))
  const signs = NOTICE_SIGNS.filter((word) => folded.text.includes(word)).length
  const score = (title ? 2 : 0) + (outer.head.addressees.length > 0 ? 2 : 0) + (issuers.length > 0 ? 1 : 0) + (signed ? 1 : 0) + (outer.items.some((item) => item.marker) ? 1 : 0) + Math.min(3, signs) * 0.5 + (duties.length > 0 ? 1 : 0)
  const reading = {
    isNotice: score >= 3, issuer: issuers.length > 0 ? issuers.join('、') : null, issuers, docNumber: outer.head.docNumber ? cleanText(folded, outer.head.docNumber.start, outer.head.docNumber.end) : null, title,
    addressees: outer.head.addressees.map((part) => withoutLatin(cleanText(folded, part.start, part.end))), date, publishedDate: published,
    hazards: findHazards(titleFolded, `${bodyText}\n${outer.tail.issuers.map((part) => folded.text.slice(part.start, part.end)).join('\n')}`, headings, ordered, date === null ? year : Number(date.slice(0, 4)), parts.flatMap((part) => part.walk.drafts).map((draft) => (draft.condition === null ? '' : folded.text.slice(draft.condition.start, draft.condition.end))).join('\n')),
    basis: references.basis.map(name), supersedes: references.supersedes.map(name), attachments, contacts,
    reportTo: reporting.length > 0 ? reporting.join('; ') : null, contact: contacts.some((contact) => contact.kind === 'phone' || contact.kind === 'mobile' || contact.kind === 'email'),
    forwarded: parts.length > 1, clauses, duties, repairs: folded.repairs
  }
  const faults = parts.flatMap((part) => part.walk.faults).map((fault) => ({ ...originalSpan(folded, fault.start, fault.end), text: fault.text }))
  return { ...reading, doubts: findDoubts({ ...reading, faults, numberFaults, signedDamaged: signed?.damaged === true, attachmentsOnly: attachments.length > 0 && bodyText.length < 120 && duties.length === 0, foreign: folded.text.length > 60 && (folded.text.match(/\p{Script=Han}/gu)?.length ?? 0) < folded.text.length / 20 }) }
}

function addPart(folded: Folded, part: Part, clauses: Clause[], duties: Duty[], numberFaults: { start: number; end: number; number: string; fault: string }[]): void {
  const base = clauses.length
  const bySentence = new Map<number, { start: number; end: number; kind: Clause['sentences'][number]['kind'] }[]>()
  for (const sentence of part.walk.sentences) {
    const list = bySentence.get(sentence.item) ?? []
    list.push({ ...originalSpan(folded, sentence.start, sentence.end), kind: sentence.kind })
    bySentence.set(sentence.item, list)
  }
  part.items.forEach((item, i) => {
    const span = originalSpan(folded, item.start, item.end)
    clauses.push({
      id: `c${base + i + 1}`, number: part.forwarded && item.marker === null ? '转发件' : item.number, label: item.label, level: item.level,
      heading: item.heading ? cleanText(folded, item.heading.start, item.heading.end) : null, ...span, parentId: item.parent === null ? null : `c${base + item.parent + 1}`, sentences: bySentence.get(i) ?? []
    })
    for (const fault of item.faults) numberFaults.push({ start: span.start, end: span.start + (item.marker?.length ?? 1), number: item.number, fault })
  })
  for (const draft of part.walk.drafts.slice(0, MAX_DUTIES)) duties.push(toDuty(folded, part, draft, base, duties.length + 1))
}

function toDuty(folded: Folded, part: Part, draft: Draft, base: number, number: number): Duty {
  const words = draft.deadlineWords.map((piece) => cleanText(folded, piece.start, piece.end)).join('')
  const span = originalSpan(folded, draft.start, draft.end)
  const item = part.items[draft.item] as Item
  const text = folded.text.slice(draft.start, draft.end)
  return {
    id: `d${number}`, clauseId: `c${base + draft.item + 1}`, clause: item.label, ...span, text: folded.original.slice(span.start, span.end),
    actor: draft.actorAt ? actorName(cleanText(folded, draft.actorAt.start, draft.actorAt.end)) : part.addressees, actorSource: draft.actorSource, modality: draft.modality, deadline: words !== '' ? words : draft.deadline, deadlineKind: draft.deadlineKind,
    dueAt: draft.hit?.dueAt ?? null, derivation: draft.hit?.derivation ?? null, recurrence: draft.recurrence, hour: draft.hour,
    condition: draft.condition ? cleanText(folded, draft.condition.start, draft.condition.end).replace(/[，,。；;]$/, '') : null,
    reportTo: draft.reportTo, evidence: draft.evidence, suggestions: suggestMeasures(text, draft.modality), why: draft.why
  }
}
