/** A reading as people read it on a terminal: header, duties under their clauses with what is to be known of each, the doubts. */
import { inChinese } from '#slices/notices/reading/channels.ts'
import type { Duty, NoticeReading } from '#slices/notices/reading/types.ts'
import { hazardWords } from '#slices/responses/rules.ts'
import { widthOf } from './print.ts'

const modalityWords = { must: '必须', 'must-not': '不得', should: '鼓励' }
const hazardName = (hazard: string) => (hazardWords as Record<string, { zh: string } | undefined>)[hazard]?.zh ?? hazard

/** Breaks a line at the width of the terminal; what follows stands under its own beginning. */
export function wrapped(text: string, indent: string, width: number): string {
  const lines: string[] = []
  let line = ''
  // Latin words and dates are not torn apart; a closing mark does not begin a line.
  for (const piece of text.replace(/\s+/g, ' ').match(/[\w./:〔〕@-]+[，。；、）”]*|.[，。；：、）”？！]*/gu) ?? []) {
    if (line !== '' && widthOf(line) + widthOf(piece) + widthOf(indent) > width) {
      lines.push(line)
      line = piece.trimStart()
    } else line += piece
  }
  return [...lines, line].map((one, at) => (at === 0 ? one : indent + one)).join('\n')
}

/** 2026-11-25T12:00 → 11月25日 12:00 */
const when = (at: string) => {
  const [, year, month, day, time] = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(at) ?? []
  return year ? `${year}年${Number(month)}月${Number(day)}日${time ? ` ${time}` : ''}` : at
}

function known(duty: Duty): string {
  // What the text says; behind it, what that comes to, where the text does not say the date itself.
  const due = !duty.dueAt || !duty.deadline ? duty.deadline : /^\d{4}-/.test(duty.deadline) ? when(duty.dueAt) : `${duty.deadline}（${when(duty.dueAt)}）`
  return [
    ['谁办', duty.actor || '（未写明）'], ['时限', due], ['频次', duty.recurrence], ['条件', duty.condition], ['要交', duty.evidence], ['报给', duty.reportTo && inChinese(duty.reportTo).replaceAll(/\s*;\s*/g, '、')], ['可挂接', duty.suggestions.map((one) => one.reason.zh).join('；')],
  ].flatMap(([label, value]) => (value ? [`${label} ${value}`] : [])).join(' · ')
}

/** The whole of it; `width` is that of the terminal. */
export function readable(reading: NoticeReading, width: number): string {
  const fields: [string, string | null][] = [
    ['标题 title', reading.title], ['文号 number', reading.docNumber], ['发文 issuer', reading.issuer], ['主送 to', reading.addressees.join('、')], ['日期 date', reading.date && when(reading.date)],
    ['灾种 hazards', reading.hazards.map(hazardName).join('、')], ['报送 report to', inChinese(reading.reportTo)?.replaceAll(/\s*;\s*/g, '、') ?? null], ['废止 replaces', reading.supersedes.join('、')], ['附件 attached', reading.attachments.join('、')],
  ]
  const label = (text: string) => text + ' '.repeat(Math.max(1, 16 - widthOf(text)))
  const always = 7
  const head = fields.flatMap(([name, value], at) => (value || at < always ? [label(name) + wrapped(value || '—', ' '.repeat(16), width)] : []))
  const bans = reading.duties.filter((duty) => duty.modality === 'must-not').length
  const clauses = new Map(reading.clauses.map((clause) => [clause.id, clause]))
  const top = (clauseId: string): string => {
    const clause = clauses.get(clauseId)
    return clause?.parentId ? top(clause.parentId) : clause ? [clause.number, clause.heading].filter(Boolean).join(' ') : ''
  }
  const body: string[] = []
  let under: string | null = null
  for (const [at, duty] of reading.duties.entries()) {
    const heading = top(duty.clauseId) || duty.clause
    if (heading !== under) body.push('', wrapped(`── ${heading}`, '   ', width))
    under = heading
    const lead = `${String(at + 1).padStart(3)}. ${duty.modality === 'must-not' ? '✗' : ' '} `
    body.push(`${lead}${wrapped(`${modalityWords[duty.modality]} ${duty.text}`, ' '.repeat(12), width - 7)}`, ' '.repeat(12) + wrapped(known(duty), ' '.repeat(12), width))
  }
  const doubts = reading.doubts.map((doubt) => `  ? ${wrapped(doubt.zh, '    ', width)}`)
  return [
    ...head, '', `${reading.duties.length} 条任务，其中禁止 ${bans} 条 · ${reading.duties.length} duties, ${bans} prohibitions`, ...body,
    ...(doubts.length ? ['', `疑问 ${doubts.length} 处，重要的在前 · ${doubts.length} doubts, the most important first`, ...doubts] : ['', '没有疑问 · no doubts']),
  ].join('\n')
}
