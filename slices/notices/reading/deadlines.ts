/** Times in a text: absolute, daily, relative, vague, anchored to an event. */
import { addDays } from '#kernel/clock.ts'
import { ABSOLUTE, AHEAD, CLOCK, CLOCK_CN, CN_DAY, DAILY_CN, DAY_ALONE, DAY_CLOCK, DAY_ONLY, DAY_SPAN, FROM_DAY, HOURS_CN, MONTH_END, NEAR, PERIODIC, THIS_MONTH, THIS_WEEK, WEEKDAY, WEEKDAY_CLOCK, WITHIN } from './calendar-shapes.ts'
import { clock, damagedDates, dueOf, later, nearest, yearFor } from './calendar.ts'
import type { DateFault, TimeFrame, TimeHit } from './calendar.ts'
import { AMID, ANCHORED, AT_ANY, AT_EVENT, BEFORE_BAN, BEFORE_DONT, BEFORE_END, BEFORE_GOING, DAYS_AHEAD, DAYS_BEFORE, DEFERRED, EVERY, FROM_NOW, HEAD_EVENT, IN_TERM, KEEP, LASTING, LESSON, NTH_DAY, ONCE_DONE, PERIOD, SHORT_EVENT, SINCE, SPELL, TILL, TOLD, UNTIL, UNTIL_EVENT, VAGUE, WAITED } from './event-shapes.ts'
import { cnNumber, toIso } from './figures.ts'
import { dayIn } from './stages.ts'
import type { DeadlineKind } from './types.ts'

/** What stands before in the same paragraph: a rhythm named there goes on. */
function before(text: string, at: number, reach: number): string {
  const near = text.slice(Math.max(0, at - reach), at)
  return near.slice(near.lastIndexOf('\n') + 1)
}

/** All times in text[start, end). `blocked` says where no date may be read (repaired bytes). */
export function findTimes(text: string, start: number, end: number, frame: TimeFrame, blocked: (from: number, to: number) => boolean): { hits: TimeHit[]; faults: DateFault[] } {
  const hits: TimeHit[] = []
  const faults: DateFault[] = []
  const slice = text.slice(start, end)
  const free = (from: number, to: number): boolean => !hits.some((hit) => hit.start < to && hit.end > from) && !faults.some((fault) => fault.start < to && fault.end > from)
  const each = (pattern: RegExp, take: (match: RegExpExecArray, from: number, to: number) => unknown): void => {
    pattern.lastIndex = 0
    for (let match = pattern.exec(slice); match; match = pattern.exec(slice)) {
      if (match[0] === '') { pattern.lastIndex++; continue }
      const from = start + match.index
      if (free(from, from + match[0].length) && !blocked(from, from + match[0].length)) take(match, from, from + match[0].length)
    }
  }
  /** The day named before `at` in this paragraph, where nothing between says that it is another. */
  const dayNamed = (at: number): string | null => {
    const said = before(text, at, 90)
    const last = hits.findLast((hit) => hit.kind === 'absolute' && hit.end <= at && at - hit.end <= 70 && /^\d{4}-/.test(hit.value))
    const written = [...said.matchAll(/(\d{1,2})月(\d{1,2})[日号]/g)].at(-1)
    const gap = last ? text.slice(last.end, at) : written ? said.slice((written.index ?? 0) + written[0].length) : null
    if (gap === null && frame.event) return frame.event
    if (gap === null || gap.length > 60 || /每|发现|接到|收到|发生|出现|遇|报告后|[返离到入出][校岗]$|检测|后$|逢/.test(gap)) return null
    if (last) return last.value.slice(0, 10)
    const year = written ? yearFor(frame, Number(written[1]), undefined) : null
    return written && year ? toIso(year.year, Number(written[1]), Number(written[2])) : null
  }
  for (const fault of damagedDates(slice)) faults.push({ start: start + fault.index, end: start + fault.index + fault.text.length, text: fault.text })
  // 1224日12:00前: the words stay, the hour is of no other day.
  for (const fault of faults) {
    const rest = /^(?:(?:上午|下午|中午|晚上?)?\d{1,2}(?::\d{2}|[时点])|下班)?(?:之|以)?前/.exec(text.slice(fault.end, Math.min(end, fault.end + 14)))
    if (rest) hits.push({ start: fault.start, end: fault.end + rest[0].length, kind: 'relative', value: text.slice(fault.start, fault.end + rest[0].length), dueAt: null, derivation: null, limit: true, opening: false })
  }
  each(ABSOLUTE, (match, from, to) => {
    const g = match.groups ?? {}
    const month = g.cmo !== undefined ? cnNumber(g.cmo) : Number(g.mo3 ?? g.mo2 ?? g.mo ?? g.pmo ?? g.imo)
    const day = g.cd !== undefined ? cnNumber(g.cd) : Number(g.d3 ?? g.d2 ?? g.d ?? g.pd ?? g.id)
    if (g.each !== undefined) { hits.push({ start: from, end: to, kind: 'daily', value: match[0], dueAt: null, derivation: null, limit: g.limit !== undefined, opening: false }); return }
    if (month > 12 || day > 31 || month === 0 || day === 0) { faults.push({ start: from, end: to, text: match[0] }); return }
    const year = yearFor(frame, month, g.y ?? g.iy)
    const time = clock(g)
    const limit = g.limit !== undefined
    const opening = g.open !== undefined
    const written = year === null ? null : toIso(year.year, month, day)
    const date = written !== null && g.nx !== undefined && g.h3 !== undefined ? addDays(written, 1) : written
    if (year !== null && date === null) { faults.push({ start: from, end: to, text: match[0] }); return }
    // 9月5日起: a start that can be worked out is a day, but nothing is due then.
    if (date !== null && opening && /起$/.test(match[0])) { hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: null, derivation: [year?.rule ?? null, '写的是开始的时间'].filter((rule) => rule !== null).join('；'), limit, opening }); return }
    // 7月20日18:00后: the words, and the moment they count from.
    if (date === null || opening) { hits.push({ start: from, end: to, kind: 'absolute', value: match[0], dueAt: null, derivation: null, limit, opening, ...(date === null ? {} : { begin: time === null ? date : `${date}T${time}` }) }); return }
    const opens = g.h3 === undefined ? null : clock({ ...g, h3: undefined })
    const first = opens === null || year === null || g.mo === undefined ? null : toIso(year.year, Number(g.mo), Number(g.d))
    const begin = first === null || g.d2 !== undefined ? null : `${first}T${opens}`
    const rules = [year?.rule ?? null, (g.d3 ?? g.d2) === undefined ? null : '日期区间取最后一天'].filter((rule) => rule !== null)
    hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: dueOf(date, time), derivation: rules.length > 0 ? rules.join('；') : null, limit, opening, ...(begin === null ? {} : { begin }) })
  })
  each(PERIODIC, (match, from, to) => hits.push({ start: from, end: to, kind: 'daily', value: match[0], dueAt: null, derivation: null, limit: match.groups?.limit !== undefined, opening: false }))
  each(FROM_DAY, (match, from, to) => {
    const g = match.groups ?? {}
    const last = g.d2 === undefined ? null : Number(g.d2)
    const first = frame.date === null || Number(g.d) > 31 || Number(g.d) === 0 ? null : nearest(frame.date, Number(g.d))
    const date = last === null || first === null ? first : nearest(first, last)
    if (date === null) return
    const time = last === null ? clock(g) : null
    hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: last === null ? null : date, derivation: `只写了日，月份取落款后最近的一个；${last === null ? '写的是开始的时间' : '日期区间取最后一天'}`, limit: false, opening: last === null })
  })
  for (const pattern of [DAY_ONLY, CN_DAY]) each(pattern, (match, from, to) => {
    const g = match.groups ?? {}
    const day = cnNumber(g.d ?? '')
    if (frame.date === null || day > 31 || day === 0) { hits.push({ start: from, end: to, kind: 'absolute', value: match[0], dueAt: null, derivation: null, limit: true, opening: false }); return }
    const date = nearest(frame.date, day)
    const time = clock(g)
    if (date !== null) hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: dueOf(date, time), derivation: '只写了日，月份取落款后最近的一个', limit: true, opening: false })
  })
  each(DAY_CLOCK, (match, from, to) => {
    const g = match.groups ?? {}
    const day = frame.date === null || Number(g.d) > 31 || Number(g.d) === 0 ? null : nearest(frame.date, Number(g.d))
    const last = day === null || g.d3 === undefined ? day : nearest(day, Number(g.d3))
    const date = last !== null && g.nx !== undefined ? addDays(last, 1) : last
    const time = clock(g)
    if (date !== null && time !== null) hits.push({ start: from, end: to, kind: 'absolute', value: `${date}T${time}`, dueAt: dueOf(date, time), derivation: '只写了日，月份取落款后最近的一个', limit: false, opening: false, ...(g.h3 === undefined ? {} : { begin: `${day}T${clock({ ...g, h3: undefined })}` }) })
  })
  each(DAY_SPAN, (match, from, to) => {
    const [first, last] = [Number(match.groups?.d), Number(match.groups?.d2)]
    const date = frame.date === null || last <= first || last > 31 ? null : nearest(frame.date, last)
    if (date !== null) hits.push({ start: from, end: to, kind: 'absolute', value: date, dueAt: date, derivation: '只写了日，月份取落款后最近的一个；日期区间取最后一天', limit: false, opening: false })
  })
  each(DAY_ALONE, (match, from, to) => {
    const day = Number(match.groups?.d ?? match.groups?.d2)
    const date = frame.date === null || day > 31 || day === 0 ? null : nearest(frame.date, day)
    if (date !== null) hits.push({ start: from, end: to, kind: 'absolute', value: date, dueAt: date, derivation: '只写了日，月份取落款后最近的一个', limit: false, opening: false })
  })
  each(NEAR, (match, from, to) => {
    const g = match.groups ?? {}
    const word = g.day ?? ''
    // 今晚10点 is ten at night.
    const time = clock(/[晚夜]/.test(word) && g.part === undefined ? { ...g, part: '晚', cpart: '晚' } : g)
    const around = before(text, from, 60)
    if (/^[次翌]/.test(word)) {
      // The day after what? The event stands in the sentence, the signature is not it.
      hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: true, opening: false })
      return
    }
    if (/^当/.test(word)) {
      // 24日18时起禁止停入，已停车辆于当日17时前驶离: the day named just before, unless something sets it off or repeats.
      const day = time !== null && (g.limit !== undefined || frame.event) && !EVERY.test(around) ? dayNamed(from) : null
      if (day !== null) { hits.push({ start: from, end: to, kind: 'absolute', value: `${day}T${time}`, dueAt: dueOf(day, time), derivation: `“${word}”指前面写的那一天`, limit: true, opening: false }); return }
      // 当日 repeats whatever the sentence repeats; it is no calendar day.
      if (time !== null) hits.push({ start: from, end: to, kind: EVERY.test(around) ? 'daily' : 'anchored', value: EVERY.test(around) ? time : match[0], dueAt: null, derivation: null, limit: g.limit !== undefined, opening: false })
      else if (g.limit !== undefined || /当[日天晚夜](?:上午|中午|下午|晚上)?$/.test(match[0])) hits.push({ start: from, end: to, kind: g.limit !== undefined && EVERY.test(around) ? 'daily' : 'relative', value: match[0], dueAt: null, derivation: null, limit: g.limit !== undefined, opening: false })
      return
    }
    const said = text.slice(Math.max(start, from - 60), from)
    const shift = /^今/.test(word) ? 0 : /^后/.test(word) ? 2 : 1
    if (frame.date === null || EVERY.test(said)) { hits.push({ start: from, end: to, kind: EVERY.test(said) ? 'daily' : 'relative', value: match[0], dueAt: null, derivation: null, limit: g.limit !== undefined, opening: false }); return }
    const date = addDays(frame.date, shift)
    const at = time === null && /今[晚夜]/.test(word) ? null : time
    hits.push({ start: from, end: to, kind: 'absolute', value: at === null ? date : `${date}T${at}`, dueAt: dueOf(date, at), derivation: `“${word}”按落款日期推算`, limit: g.limit !== undefined, opening: false })
  })
  each(WITHIN, (match, from, to) => {
    if (/^(每|前|近|过去)/.test(text.slice(from - 1, from)) || /24小时(值班|在岗|畅通)/.test(text.slice(from, to + 2))) return
    // “险情发生后,1小时内电话报告”: the event is the condition, the limit stands with the act.
    // 退热满48小时后: what the hours are counted from.
    const since = /(?:退热|退烧|热退|停药|症状(?:完全)?消失|体温(?:恢复)?正常)满?$/.exec(text.slice(Math.max(start, from - 9), from))
    if (since && /后$/.test(match[0]) && free(from - since[0].length, from)) { hits.push({ start: from - since[0].length, end: to, kind: 'anchored', value: since[0] + match[0], dueAt: null, derivation: null, limit: false, opening: false }); return }
    const lead = match[0].includes(',') ? match[0].lastIndexOf(',') + 1 + match[0].slice(match[0].lastIndexOf(',') + 1).search(/[^的在]/) : match[0].search(/[^的在]/)
    hits.push({ start: from + lead, end: to, kind: 'relative', value: match[0].slice(lead), dueAt: null, derivation: null, limit: true, opening: false })
  })
  each(AHEAD, (match, from, to) => hits.push({ start: from, end: to, kind: 'relative', value: match[0].replace(/^(至少|需|应|须)/, ''), dueAt: null, derivation: null, limit: true, opening: false }))
  const calendar = (words: string, from: number, to: number): boolean => {
    if (frame.date === null || /每[^,。;]{0,6}$/.test(text.slice(Math.max(start, from - 8), from))) return false
    // 3月底 alone in the cell of a table is as good as 3月底前.
    const named = /前$/.test(words) || (from === start && to === end) ? MONTH_END.exec(words) : null
    const month = named ? cnNumber(named.groups?.mo ?? '') : 0
    if (named && month >= 1 && month <= 12) {
      const year = yearFor(frame, month, undefined)
      const last = year ? new Date(Date.UTC(year.year, month, 0)).toISOString().slice(0, 10) : null
      if (year === null || last === null || last < frame.date) return false
      hits.push({ start: from, end: to, kind: 'absolute', value: last, dueAt: last, derivation: [year.rule, '月底取当月最后一天'].filter((rule) => rule !== null).join('；'), limit: true, opening: false })
      return true
    }
    const found = THIS_WEEK.exec(words)
    if (!found && !THIS_MONTH.test(words)) return false
    const signed = new Date(`${frame.date}T00:00:00Z`)
    const g = found?.groups ?? {}
    const monday = addDays(frame.date, -((signed.getUTCDay() + 6) % 7) + (g.week === '下' ? 7 : 0))
    const date = found ? addDays(monday, '一二三四五六日'.indexOf(g.day === '天' ? '日' : g.day ?? '一')) : new Date(Date.UTC(signed.getUTCFullYear(), signed.getUTCMonth() + 1, 0)).toISOString().slice(0, 10)
    // 本周一 in a notice signed on a Friday is over: the words stay.
    if (date < frame.date) return false
    const time = clock(g)
    hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: dueOf(date, time), derivation: `“${words}”按落款日期推算`, limit: true, opening: false })
    return true
  }
  each(WEEKDAY_CLOCK, (match, from, to) => calendar(match[0], from, to) || hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: true, opening: false }))
  for (const pattern of [CLOCK, CLOCK_CN]) each(pattern, (match, from, to) => {
    const g = match.groups ?? {}
    // 下午1点、5点: the part of the day goes on.
    const part = g.part === undefined && Number(g.h) < 12 ? /(下午|傍晚|晚上?)(\d{1,2})(?:[点时]半?|:\d{2})[、和及]$/.exec(text.slice(Math.max(start, from - 10), from)) : null
    const time = clock(part !== null && Number(part[2]) < Number(g.h) ? { ...g, part: part[1] } : g)
    if (time === null) return
    const limit = match.groups?.limit !== undefined
    const around = before(text, from, 40) + text.slice(from, to + 12)
    if (EVERY.test(around)) hits.push({ start: from, end: to, kind: 'daily', value: time, dueAt: null, derivation: null, limit, opening: false })
    else if (limit && /(?:当[日天晚]|头一?天|前一[天日]|第二天)[^,。;]{0,10}$/.test(text.slice(Math.max(start, from - 16), from))) hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit, opening: false })
    else if (limit && frame.date !== null) {
      // “7月27日18时前清场。读者在17:30前离馆”: the day named just before, where it is still to come.
      const named = [...before(text, from, 70).matchAll(/(\d{1,2})月(\d{1,2})[日号]/g)].at(-1)
      const year = named ? yearFor(frame, Number(named[1]), undefined) : null
      const day = named && year ? toIso(year.year, Number(named[1]), Number(named[2])) : null
      // “19日7:30前清出车道，9点前清出门口”; “第二步（28日20时至29日2时）” above.
      const own = hits.filter((hit) => hit.kind === 'absolute' && !hit.opening && hit.end <= from && from - hit.end <= 40 && /^\d{4}-/.test(hit.value) && (hit.limit || hit.value.length > 10) && !/每|后|[。;]/.test(text.slice(hit.end, from))).toSorted((a, b) => b.end - a.end)[0]
      const given = own?.value.slice(0, 10) ?? (frame.stage && !frame.event ? dayIn(frame.stage, time) : undefined)
      if (given !== undefined && given >= frame.date) { hits.push({ start: from, end: to, kind: 'absolute', value: `${given}T${time}`, dueAt: dueOf(given, time), derivation: '只写了时刻，日期取前面写的那一天', limit, opening: false }); return }
      const signed = frame.event ?? (time === '00:00' ? addDays(frame.date, 1) : frame.date)
      const near = day !== null && day > frame.date && day <= addDays(frame.date, 21) ? day : signed
      hits.push({ start: from, end: to, kind: 'absolute', value: `${near}T${time}`, dueAt: dueOf(near, time), derivation: near === signed ? (frame.event ? '只写了时刻，日期取通知所定的那一天' : '只写了时刻，日期取落款当天') : '只写了时刻，日期取前面写的那一天', limit, opening: false })
    }
    // 12点起关停浴室, below a line that names the day.
    else if (frame.stage && !frame.event && frame.stage.from.slice(0, 10) === frame.stage.to.slice(0, 10) && !/[-~至到]/.test(match[0])) hits.push({ start: from, end: to, kind: 'absolute', value: `${frame.stage.from.slice(0, 10)}T${time}`, dueAt: dueOf(frame.stage.from.slice(0, 10), time), derivation: '只写了时刻，日期取前面写的那一天', limit, opening: false })
    else if (frame.event && from === start) hits.push({ start: from, end: to, kind: 'absolute', value: `${frame.event}T${time}`, dueAt: dueOf(frame.event, time), derivation: '只写了时刻，日期取通知所定的那一天', limit, opening: false })
    else hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit, opening: false })
  })
  each(HOURS_CN, (match, from, to) => hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: false, opening: false }))
  each(DAILY_CN, (match, from, to) => {
    const time = clock(match.groups ?? {})
    if (time !== null) hits.push({ start: from, end: to, kind: 'daily', value: time, dueAt: null, derivation: null, limit: match.groups?.limit !== undefined, opening: false })
  })
  each(WEEKDAY, (match, from, to) => calendar(match[0], from, to) || hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: !/月(?:底|末|中旬|上旬|下旬|初)$/.test(match[0]), opening: false }))
  for (const pattern of [FROM_NOW, SINCE]) each(pattern, (match, from, to) => hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: false, opening: true }))
  for (const pattern of [DEFERRED, DAYS_AHEAD, DAYS_BEFORE, BEFORE_BAN, SPELL]) each(pattern, (match, from, to) => hits.push({ start: from, end: to, kind: 'anchored', value: match[0], dueAt: null, derivation: null, limit: pattern === BEFORE_BAN || pattern === DAYS_AHEAD, opening: false }))
  each(ANCHORED, (match, from, to) => {
    const lead = /^[在于自]/.test(match[0]) ? 1 : 0
    const words = match[0].slice(lead)
    if (/^(以|之|从)/.test(words)) return
    // 各学院开学前: who stands before the event.
    const daily = /^[\p{Script=Han}]*每[日天晚](?=[\p{Script=Han}]{2})/u.exec(words)?.[0].length ?? 0
    if (daily > 0) { hits.push({ start: from + lead + daily, end: to, kind: 'anchored', value: words.slice(daily), dueAt: null, derivation: null, limit: /前|内/.test(words), opening: false }); return }
    const who = /^(?:各|全体|全校|所有)[\p{Script=Han}]{0,4}?(?:院|单位|部门|处室|班级|师生|学生|教师|人员|院系|系部|校|食堂)(?=[\p{Script=Han}]{2})/u.exec(words)
    if (who) { hits.push({ start: from + lead + who[0].length, end: to, kind: 'anchored', value: words.slice(who[0].length), dueAt: null, derivation: null, limit: /前|内/.test(words), opening: false }); return }
    // 制定停课期间线上学习预案: which plan; 提醒学生停课期间不……: when they, not the one who reminds, do.
    const told = TOLD.exec(words)
    if (told && /(?:期间|时期)$/.test(words) && told[1] !== undefined) return
    if (told && told[0].length < words.length - 2) { hits.push({ start: from + lead + told[0].length, end: to, kind: 'anchored', value: words.slice(told[0].length), dueAt: null, derivation: null, limit: /前|内/.test(words), opening: false }); return }
    hits.push({ start: from + lead, end: to, kind: 'anchored', value: words, dueAt: null, derivation: null, limit: /前|内/.test(words), opening: false })
  })
  for (const pattern of [NTH_DAY, TILL, LESSON, WAITED, UNTIL, HEAD_EVENT, BEFORE_DONT, BEFORE_END, LASTING, IN_TERM, BEFORE_GOING, AMID, SHORT_EVENT, AT_EVENT, AT_ANY, ONCE_DONE]) each(pattern, (match, from, to) => /期间$/.test(match[0]) && TOLD.exec(match[0])?.[1] !== undefined ? 0 : hits.push({ start: from, end: to, kind: 'anchored', value: match[0], dueAt: null, derivation: null, limit: /前$/.test(match[0]), opening: false }))
  each(PERIOD, (match, from, to) => TOLD.exec(match[0])?.[1] !== undefined ? 0 : hits.push({ start: from, end: to, kind: 'anchored', value: match[0], dueAt: null, derivation: null, limit: false, opening: false }))
  each(KEEP, (match, from, to) => {
    if (/(保存|留存|保管|隔离|观察|监测|储备)[\p{Script=Han}]{0,6}$/u.test(text.slice(Math.max(start, from - 10), from))) hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: false, opening: false })
  })
  each(VAGUE, (match, from, to) => hits.push({ start: from, end: to, kind: 'vague', value: match[0], dueAt: null, derivation: null, limit: false, opening: false }))
  // 在校期间 is one word.
  for (const hit of hits) if (/^[校岗馆园院]期间/.test(hit.value) && text.charAt(hit.start - 1) === '在') Object.assign(hit, { start: hit.start - 1, value: `在${hit.value}` })
  hits.sort((a, b) => a.start - b.start)
  // 原定29日举行的典礼推迟: the day that no longer holds.
  for (let i = hits.length - 1; i >= 0; i--) if (/原(?:定|订|计划|拟|安排)(?:于|在)?$/.test(text.slice(Math.max(start, (hits[i]?.start ?? 0) - 5), hits[i]?.start))) hits.splice(i, 1)
  // 3月8日8:00至3月9日20:00: one span, and its end counts.
  for (let i = hits.length - 1; i > 0; i--) {
    const [first, last] = [hits[i - 1], hits[i]]
    if (!first || !last || !(first.kind === 'absolute' || first.opening) || last.kind !== 'absolute' || !(/^[起]?[-~至到]+$/.test(text.slice(first.end, last.start)) || (!first.limit && !last.limit && !first.opening && text.slice(first.end, last.start) === '、'))) continue
    hits.splice(i - 1, 2, { ...last, start: first.start, begin: first.begin ?? first.value, derivation: [last.derivation, '日期区间取最后一天'].filter((rule) => rule !== null).join('；') })
  }
  // 12日8时起至预警解除: until when it lasts.
  for (const hit of hits) {
    const until = hit.kind === 'absolute' && hit.opening ? UNTIL_EVENT.exec(text.slice(hit.end, Math.min(end, hit.end + 20))) : null
    if (!until) continue
    for (let i = hits.length - 1; i >= 0; i--) if ((hits[i]?.start ?? 0) >= hit.end && (hits[i]?.start ?? 0) < hit.end + until[0].length) hits.splice(i, 1)
    Object.assign(hit, { end: hit.end + until[0].length, kind: 'anchored', value: until[1], dueAt: null, derivation: null, limit: true, opening: false })
  }
  // 20日18:00后一小时内: counted from a moment that is known.
  for (let i = hits.length - 1; i > 0; i--) {
    const [first, last] = [hits[i - 1], hits[i]]
    if (!first || !last || first.kind !== 'absolute' || last.kind !== 'relative' || !last.limit || !/^(?:(?:以|之)?后)?的?在?$/.test(text.slice(first.end, last.start)) || !/后的?在?$/.test(text.slice(first.start, last.start))) continue
    const value = later(first.begin ?? first.value, last.value)
    if (value !== null) hits.splice(i - 1, 2, { ...last, start: first.start, kind: 'absolute', value, dueAt: value, derivation: [first.derivation, '从写明的时间往后推算'].filter((rule) => rule !== null).join('；') })
    else hits.splice(i - 1, 2, { ...last, start: first.start, value: text.slice(first.start, last.end) })
  }
  return { hits, faults }
}

/** The time that is this duty's deadline: a limit before a moment, the concrete before the vague. */
export function chooseDeadline(hits: readonly TimeHit[]): TimeHit | null {
  const order = (hit: TimeHit): number => {
    const base: Record<DeadlineKind, number> = { absolute: 0, daily: 1, relative: 2, anchored: 3, vague: 6.5 }
    return base[hit.kind] + (hit.limit ? 0 : 2.5) + (hit.opening ? 3 : 0) + (hit.kind === 'daily' && hit.limit && /^\d{2}:/.test(hit.value) ? -2 : 0) + (hit.kind === 'vague' && /^(持续|按时|抓紧|同步|不定期|全天候)$/.test(hit.value) ? 3 : 0)
  }
  let best: TimeHit | null = null
  for (const hit of hits) if (best === null || order(hit) < order(best)) best = hit
  return best !== null && order(best) >= 9.5 ? null : best
}
