/** Counts the figures of a brief as of one moment, each from the rows that are kept with it. */
import { localDay } from '#kernel/clock.ts'
import { newId } from '#kernel/ids.ts'
import type { Context } from '#kernel/server.ts'
import type { Bilingual } from '#kernel/words.ts'
import { hideSmall, themes, themeWords } from '#slices/issues/rules.ts'
import { dayOfResponse, levelWords } from '#slices/responses/rules.ts'
import { findResponse } from '#slices/responses/server.ts'
import type { FigureRow, Unit, UnitTable } from './queries.ts'
import { dateIn } from './document/words.ts'
import * as count from './queries-count.ts'
import { pack, type Kept } from './rows.ts'
import { addsUp, dutyCodes, dutyStates, dutyWords, hidesTotals, standingCodes, standingStates, standingWords, type Counts } from './rules.ts'

export interface Asked {
  unit: Unit
  subject: { kind: 'notice' | 'response'; id: string; name: string }
  responseId: string | null
  from: Date
  to: Date
}
export type NewFigure = Omit<FigureRow, 'briefId'>
export interface Composed {
  figures: NewFigure[]
  kept: Kept[]
  tables: UnitTable[]
}

const people: Bilingual = { zh: '人', en: 'people' }
const units: Bilingual = { zh: '个单位', en: 'units' }
const duties: Bilingual = { zh: '项', en: 'duties' }
const requests: Bilingual = { zh: '件', en: 'requests' }

type Draft = Pick<FigureRow, 'group' | 'key' | 'label' | 'value' | 'counts' | 'source'> & Partial<Pick<FigureRow, 'hidden' | 'words' | 'query' | 'frame' | 'mark' | 'codes'>>

/** Counts everything that a brief on this subject tells of this unit, as of now. */
export async function compose(ctx: Context, asked: Asked, previous: ReadonlyMap<string, number>): Promise<Composed> {
  const below = await count.unitsBelow(ctx.tx, ctx.institution.id, asked.unit.unitId)
  const parts = [await responsePart(ctx, asked), await dutyPart(ctx, asked, below), await coveragePart(ctx, asked, below), await helpPart(ctx, asked, below)]
  const base = { unitId: asked.unit.unitId, [asked.subject.kind === 'notice' ? 'noticeId' : 'responseId']: asked.subject.id }
  const figures = parts.flatMap((part) => part.drafts).map((draft, position): NewFigure => ({
    hidden: false, words: null, frame: null, mark: null, codes: null, ...draft, figureId: newId(), position, previous: previous.get(draft.key) ?? null, query: { ...base, ...draft.query },
  }))
  return { figures, kept: parts.flatMap((part) => part.kept), tables: parts.flatMap((part) => part.tables) }
}

interface Part {
  drafts: Draft[]
  kept: Kept[]
  tables: UnitTable[]
}

async function responsePart(ctx: Context, { responseId }: Asked): Promise<Part> {
  const response = responseId ? await findResponse(ctx.tx, ctx.institution.id, responseId) : undefined
  if (!response) return { drafts: [], kept: [], tables: [] }
  const source = (zh: string, en: string) => ({ source: { zh: `应急响应“${response.name}”${zh}`, en: `Response "${response.name}": ${en}` }, query: { responseId: response.responseId } })
  const day = dayOfResponse(response.openedAt, response.closedAt ? new Date(response.closedAt) : ctx.now, ctx.institution.timeZone)
  return {
    drafts: [
      { group: 'response', key: 'response/level', label: { zh: '响应级别', en: 'Level of the response' }, value: response.level, words: levelWords[response.level] ?? null, counts: { zh: '级', en: 'level' }, ...source('登记的级别', 'the level on record') },
      { group: 'response', key: 'response/day', label: { zh: '响应天数', en: 'Day of the response' }, value: day, counts: { zh: '天', en: 'days' }, ...source('自启动之日起第几天（启动当日为第1天）', 'which day since it was opened (the first is 1)') },
    ],
    kept: [], tables: [],
  }
}

async function dutyPart(ctx: Context, asked: Asked, below: Unit[]): Promise<Part> {
  const { tx, institution, now } = ctx
  const { subject, unit } = asked
  const noticeIds = subject.kind === 'notice' ? [subject.id] : await count.noticesOfResponse(tx, institution.id, subject.id)
  if (!noticeIds.length) return { drafts: [], kept: [], tables: [] }
  const places = below.map((one) => one.unitId)
  const days = { from: localDay(asked.from, institution.timeZone), to: localDay(asked.to, institution.timeZone) }
  const written = (day: string) => dateIn('zh-Hans', day, institution.timeZone)
  const rows = await count.assignmentsWithin(tx, institution.id, unit.unitId, noticeIds, places, days, now)
  const dutyRows = [...new Map(rows.map((row) => [row.dutyId, { id: row.dutyId, place: 0 }])).values()]
  const late = [...new Map(rows.filter((row) => row.overdue).map((row) => [row.unitId, { id: row.unitId, place: row.place }])).values()]
  const of = subject.kind === 'notice' ? { zh: `《${subject.name}》`, en: `"${subject.name}"` } : { zh: `“${subject.name}”所发通知（${noticeIds.length}份）`, en: `the ${noticeIds.length} notices of "${subject.name}"` }
  const scope = { zh: `${of.zh}分解到${unit.name}及其下级的单位任务（一项任务、一个单位、一期计一项，不含已撤回；周期性任务计${written(days.from)}至${written(days.to)}各期）`, en: `assignments of ${of.en} to ${unit.name} and below (one duty, one unit, one period each; none withdrawn; recurring ones of ${days.from} to ${days.to})` }
  const about = (zh: string, en: string) => ({ source: { zh: `${scope.zh}${zh}`, en: `${scope.en}${en}` } })
  const query = { noticeIds, days }
  return {
    drafts: [
      { group: 'duties', key: 'duties/duties', label: { zh: '任务', en: 'Duties' }, value: dutyRows.length, counts: duties, ...about('所属的任务数', ', by distinct duty'), query, frame: 'duties' },
      { group: 'duties', key: 'duties/total', label: { zh: '单位任务', en: 'Assignments' }, value: rows.length, counts: duties, ...about('', ''), query, frame: 'assignments' },
      ...dutyStates.map((state): Draft => ({
        group: 'duties', key: `duties/${state}`, label: dutyWords[state], value: rows.filter((row) => row.state === state).length, counts: duties,
        ...about(`中状态为“${dutyWords[state].zh}”的`, `, those ${dutyWords[state].en.toLowerCase()}`), query: { ...query, state }, frame: 'assignments', mark: 'state', codes: [dutyCodes[state]],
      })),
      { group: 'duties', key: 'duties/overdue', label: { zh: '逾期', en: 'Overdue' }, value: rows.filter((row) => row.overdue).length, counts: duties, ...about('中过了时限还没有上报的', ', past their time and not reported'), query: { ...query, overdue: true }, frame: 'assignments', mark: 'overdue', codes: [1] },
      { group: 'units', key: 'units/overdue', label: { zh: '有逾期任务的单位', en: 'Units with overdue duties' }, value: late.length, counts: units, ...about('中逾期的，按单位计', ', overdue ones by distinct unit'), query: { ...query, overdue: true }, frame: 'late-units' },
    ],
    kept: [
      pack('assignments', 'assignment', rows, places, { state: (row) => dutyCodes[row.state], overdue: (row) => Number(row.overdue) }),
      pack('duties', 'duty', dutyRows, places, {}),
      pack('late-units', 'unit', late, places, {}),
    ],
    tables: [],
  }
}

async function coveragePart(ctx: Context, asked: Asked, below: Unit[]): Promise<Part> {
  const { tx, institution, now } = ctx
  const { subject, unit } = asked
  const all = await count.measuresFor(tx, institution.id, subject.kind === 'notice' ? { noticeId: subject.id } : { responseId: subject.id })
  const places = below.map((one) => one.unitId)
  const part: Part = { drafts: [], kept: [], tables: [] }
  for (const kind of ['person', 'unit'] as const) {
    const measures = all.filter((measure) => measure.subjectKind === kind)
    if (!measures.length) continue
    const rows = await count.standingsWithin(tx, institution.id, unit.unitId, measures, places, now)
    const frame = kind === 'person' ? 'people' : 'subject-units'
    const codeOf = rows.map((row) => {
      const codes = new Uint8Array(measures.length)
      for (const code of row.codes) codes[code >> 3] = code & 7
      return { ...row, byMeasure: codes }
    })
    part.kept.push(pack(frame, kind, codeOf, places, Object.fromEntries(measures.map((measure, index) => [measure.measureId, (row: { byMeasure: Uint8Array }) => row.byMeasure[index] ?? 0]))))
    measures.forEach((measure, index) => {
      const table = tableOf(measure, index, codeOf, below)
      part.tables.push(table)
      part.drafts.push(...coverageDrafts(measure, table, unit, frame))
    })
  }
  return part
}

function tableOf(measure: count.MeasureRow, index: number, rows: { place: number; byMeasure: Uint8Array }[], below: Unit[]): UnitTable {
  const none = (): Counts => ({ population: 0, kept: 0, gap: 0, excused: 0, unknown: 0 })
  const total = none()
  const byPlace = new Map<number, Counts>()
  for (const row of rows) {
    const state = standingStates[(row.byMeasure[index] ?? 0) - 1]
    if (!state) continue
    const place = byPlace.get(row.place) ?? none()
    byPlace.set(row.place, place)
    for (const counts of [total, place]) {
      counts.population++
      counts[state]++
    }
  }
  if (!addsUp(total)) throw new Error(`The figures of measure ${measure.measureId} do not add up`)
  const tableRows = [...below.map((unit, at) => ({ unit, counts: byPlace.get(at + 1) })), { unit: null, counts: byPlace.get(0) }].flatMap(({ unit, counts }) => (counts ? [{ unit, counts }] : []))
  return { measureId: measure.measureId, name: measure.name, subjectKind: measure.subjectKind, total, rows: tableRows }
}

function coverageDrafts(measure: count.MeasureRow, { total }: UnitTable, unit: Unit, frame: string): Draft[] {
  const counts = measure.subjectKind === 'person' ? people : units
  const safe = hidesTotals(measure.sensitive, total.population) ? hideSmall(standingStates.map((state) => total[state])) : { cells: standingStates.map((state) => total[state]), total: total.population }
  const source = (zh: string, en: string) => ({ zh: `${unit.name}及其下级中，措施“${measure.name.zh}”${zh}`, en: `In ${unit.name} and below: ${en} by the measure "${measure.name.en}"` })
  const asks = { zh: { kept: '已达标的', gap: '确知未达标的', excused: '经批准免除的', unknown: '因缺少信息或信息过期而不知是否达标的' }, en: { kept: 'those who satisfy', gap: 'those known not to satisfy', excused: 'those excused from', unknown: 'those not known to satisfy, for want of a fresh answer, what is asked' } }
  return [
    { group: 'coverage', key: `coverage/${measure.measureId}/population`, label: standingWords.population, value: total.population, hidden: safe.total === null, counts, source: source('所要求的全部对象', 'everyone concerned'), query: { measureId: measure.measureId }, frame, mark: measure.measureId, codes: [1, 2, 3, 4] },
    ...standingStates.map((state, index): Draft => ({
      group: 'coverage', key: `coverage/${measure.measureId}/${state}`, label: standingWords[state], value: total[state], hidden: safe.cells[index] === null, counts, source: source(asks.zh[state], asks.en[state]), query: { measureId: measure.measureId, state },
      frame, mark: measure.measureId, codes: [standingCodes[state]],
    })),
  ]
}

async function helpPart(ctx: Context, asked: Asked, below: Unit[]): Promise<Part> {
  const { unit, from, to } = asked
  const places = below.map((one) => one.unitId)
  const rows = await count.helpWithin(ctx.tx, ctx.institution.id, unit.unitId, places, from, to)
  const perTheme = themes.map((theme) => rows.filter((row) => row.theme === theme).length)
  const safe = hideSmall(perTheme)
  const waiting = rows.filter((row) => row.waiting).length
  const danger = rows.filter((row) => row.danger).length
  const small = (value: number) => (value > 0 && value < 5) || safe.total === null
  const period = { from: from.toISOString(), to: to.toISOString() }
  const source = (zh: string, en: string): Bilingual => ({ zh: `本期内${unit.name}人员提出或由其受理的求助${zh}`, en: `Help requests of the period by people of ${unit.name} or handled there${en}` })
  const common = { group: 'help' as const, counts: requests, frame: 'help' }
  return {
    drafts: [
      { ...common, key: 'help/asked', label: { zh: '求助', en: 'Help requests' }, value: rows.length, hidden: safe.total === null, source: source('', ''), query: period },
      { ...common, key: 'help/waiting', label: { zh: '尚未答复', en: 'Not answered yet' }, value: waiting, hidden: small(waiting) || small(rows.length - waiting), source: source('，截至时未答复的', ', not answered at that moment'), query: { ...period, waiting: true }, mark: 'waiting', codes: [1, 2] },
      { ...common, key: 'help/danger', label: { zh: '危急且未答复', en: 'Urgent and not answered' }, value: danger, hidden: small(danger), source: source('，标为危急且截至时未答复的', ', marked as danger and not answered at that moment'), query: { ...period, danger: true }, mark: 'waiting', codes: [2] },
      ...themes.flatMap((theme, index): Draft[] =>
        perTheme[index] === 0 ? [] : [{ ...common, key: `help/theme/${theme}`, label: themeWords[theme], value: perTheme[index] ?? 0, hidden: safe.cells[index] === null, source: source(`，主题为“${themeWords[theme].zh}”的`, ` about ${themeWords[theme].en.toLowerCase()}`), query: { ...period, theme }, mark: 'theme', codes: [index + 1] }],
      ),
    ],
    kept: [pack('help', 'help-request', rows, places, { theme: (row) => themes.findIndex((theme) => theme === row.theme) + 1, waiting: (row) => (row.danger ? 2 : row.waiting ? 1 : 0) })],
    tables: [],
  }
}
