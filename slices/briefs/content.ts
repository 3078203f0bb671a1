/** A brief as an official document: from its figures and texts to sections, in Chinese or English. Pure. */
import { localDay } from '#kernel/clock.ts'
import type { Bilingual } from '#kernel/words.ts'
import type { Block, BriefContent, Cell, Figure, Run, Section, TableBlock } from './document/types.ts'
import { dutyStates, dutyWords, coverageShare, hideTable, standingStates, standingWords } from './rules.ts'

type Tongue = 'zh' | 'en'
export interface ContentFigure {
  figureId: string
  key: string
  label: Bilingual
  value: number | null
  words: Bilingual | null
  counts: Bilingual
  previous: number | null
  source: Bilingual
  asOf: string
}
export interface ContentTable {
  measureId: string
  name: Bilingual
  subjectKind: 'person' | 'unit'
  rows: { unit: { name: string } | null; counts: Record<'population' | (typeof standingStates)[number], number> }[]
}
export interface ContentBrief {
  institutionName: string
  timeZone: string
  drill: boolean
  unitName: string
  isRoot: boolean
  kind: 'regular' | 'zero'
  subject: { kind: 'notice' | 'response'; name: string }
  title: string
  edition: number
  reason: string | null
  addressee: string | null
  from: string
  to: string
  asOf: string
  situation: string
  problems: string
  nextSteps: string
  figures: ContentFigure[]
  tables: ContentTable[]
  previousAsOf: string | null
  /** null: a draft. */
  signer: { name: string; title: string; at: string } | null
}

const hiddenWords: Bilingual = { zh: '不予显示', en: 'withheld' }
const hiddenNote: Bilingual = { zh: '人数不足5的格子及由其可推算出的格子按规定不予显示。', en: 'Cells below five, and those from which they could be worked out, are withheld.' }

/** The rows of a coverage table with what is too small to leave the unit taken out: population, kept, gap, excused, unknown. */
export function safeRows(table: Pick<ContentTable, 'subjectKind' | 'rows'>): (number | null)[][] {
  const plain = table.rows.map(({ counts }) => [...standingStates.map((state) => counts[state]), counts.population])
  if (table.subjectKind === 'unit') return plain.map((row) => [row.at(-1) ?? 0, ...row.slice(0, -1)])
  const cells = hideTable(plain.map((row) => row.slice(0, -1)))
  // A population that is itself small, or whose hidden parts add up to few, is not told either.
  return plain.map((row, index) => {
    const parts = cells[index] ?? []
    const hidden = parts.map((cell, at) => (cell === null ? (row[at] ?? 0) : 0))
    const few = parts.includes(null) && hidden.reduce((sum, count) => sum + count, 0) < 5
    return [few ? null : (row.at(-1) ?? 0), ...parts]
  })
}

/** The document of a brief in one language. */
export function contentOf(brief: ContentBrief, tongue: Tongue): BriefContent {
  const t = (zh: string, en: string) => (tongue === 'zh' ? zh : en)
  const by = new Map(brief.figures.map((figure) => [figure.key, figure]))
  const date = (iso: string) => moment(iso, brief.timeZone, tongue)
  /** A figure as it stands in a sentence. */
  const run = (key: string): Run[] => {
    const figure = by.get(key)
    if (!figure) return [{ text: t('无', 'none') }]
    if (figure.value === null) return [{ text: t(hiddenWords.zh, hiddenWords.en) }]
    return [{ text: figure.words?.[tongue] ?? String(figure.value), figureId: figure.figureId }]
  }
  const cell = (key: string): Cell => {
    const figure = by.get(key)
    if (!figure) return null
    return figure.value === null ? t(hiddenWords.zh, hiddenWords.en) : { value: figure.value, figureId: figure.figureId }
  }
  const say = (...parts: (string | Run[])[]): Block => ({ kind: 'text', runs: parts.flatMap((part) => (typeof part === 'string' ? [{ text: part }] : part)) })
  const passage = (text: string): Block[] => text.split(/\n+/).flatMap((line) => (line.trim() ? [{ kind: 'text', runs: [{ text: line.trim() }] } as Block] : []))

  const overall: Block[] = []
  if (by.has('response/level')) {
    overall.push(
      tongue === 'zh'
        ? say(`截至${date(brief.asOf)}，`, run('response/level'), '应急响应处于第', run('response/day'), `天。本报告期为${date(brief.from)}至${date(brief.to)}。`)
        : say(`As of ${date(brief.asOf)} the response stands at `, run('response/level'), ', day ', run('response/day'), `. This report covers ${date(brief.from)} to ${date(brief.to)}.`),
    )
  } else overall.push(say(t(`本报告期为${date(brief.from)}至${date(brief.to)}，数据截至${date(brief.asOf)}。`, `This report covers ${date(brief.from)} to ${date(brief.to)}; data as of ${date(brief.asOf)}.`)))
  if (brief.kind === 'zero') overall.push(say(t('本期无新增需报告情况，实行零报告。', 'Nothing to report in this period: zero report.')))
  if (brief.reason) overall.push(say(t(`本版为第${brief.edition}版，更正原因：${brief.reason}。前版保留备查。`, `This is edition ${brief.edition}; reason for the correction: ${brief.reason}. Earlier editions are kept.`)))
  overall.push(...passage(brief.situation))

  const sections: Section[] = [{ heading: t('总体情况', 'Situation'), blocks: overall }]
  if (by.has('duties/total')) sections.push({ heading: t('任务落实情况', 'Duties'), blocks: dutyBlocks() })
  const coverage = coverageBlocks()
  if (coverage.length) sections.push({ heading: t('覆盖情况', 'Coverage'), blocks: coverage })
  if (by.has('help/asked')) sections.push({ heading: t('求助办理情况', 'Help requests'), blocks: helpBlocks() })
  const compared = comparison()
  if (compared) sections.push({ heading: t('与上期比较', 'Compared with the previous report'), blocks: [compared] })
  if (brief.problems.trim()) sections.push({ heading: t('存在问题', 'Problems'), blocks: passage(brief.problems) })
  if (brief.nextSteps.trim()) sections.push({ heading: t('下一步打算', 'Next steps'), blocks: passage(brief.nextSteps) })

  const office = brief.isRoot ? brief.institutionName : `${brief.institutionName}${tongue === 'zh' ? '' : ' '}${brief.unitName}`
  const day = localDay(brief.signer?.at ?? brief.asOf, brief.timeZone)
  return {
    letterhead: `${office}${t('情况报告', ' Report')}`,
    docNumber: brief.signer ? t(`签发人：${brief.signer.name}（${brief.signer.title}）`, `Signed by ${brief.signer.name} (${brief.signer.title})`) : t('草稿，未签发', 'DRAFT, not signed'),
    title: `${brief.signer ? '' : t('【草稿】', '[DRAFT] ')}${brief.title}`,
    edition: brief.edition, asOf: brief.asOf, unitName: brief.unitName, ...(brief.addressee ? { addressee: brief.addressee } : {}),
    sections, signature: office, date: day, drill: brief.drill, lang: tongue === 'zh' ? 'zh-Hans' : 'en', timeZone: brief.timeZone, figures: brief.figures.flatMap(appendix),
  }

  function appendix(figure: ContentFigure): Figure[] {
    if (figure.value === null) return []
    const name = /^coverage\/([^/]+)\//.exec(figure.key)?.[1]
    const measure = brief.tables.find((table) => table.measureId === name)
    const label = `${measure ? `${measure.name[tongue]}${t('：', ': ')}` : ''}${figure.label[tongue]}`
    const rows = figure.key.startsWith('response/') ? 1 : figure.value
    // What all assignments are is said once.
    const whole = figure.key === 'duties/total' ? undefined : by.get('duties/total')
    const query = whole ? figure.source[tongue].replace(whole.source[tongue], t(`“${whole.label.zh}”`, `${whole.label.en.toLowerCase()} as above`)) : figure.source[tongue]
    return [{ id: figure.figureId, value: figure.words?.[tongue] ?? figure.value, label, query, asOf: figure.asOf, rows }]
  }

  function dutyBlocks(): Block[] {
    const parts = dutyStates.flatMap((state, index): (string | Run[])[] => [index === 0 ? '' : t('，', ', '), `${dutyWords[state][tongue]}${t('', ': ')}`, run(`duties/${state}`), t('项', '')])
    return [
      tongue === 'zh'
        ? say(brief.subject.kind === 'notice' ? '通知明确任务' : '所发通知明确任务', run('duties/duties'), '项，分解为单位任务', run('duties/total'), '项，其中', ...parts, '；以上各项中逾期', run('duties/overdue'), '项，涉及', run('units/overdue'), '个单位。')
        : say('Duties ordered: ', run('duties/duties'), '; assignments to units: ', run('duties/total'), ', of which ', ...parts, '; overdue among all of these: ', run('duties/overdue'), ', in ', run('units/overdue'), ' units.'),
    ]
  }

  function coverageBlocks(): Block[] {
    if (!brief.tables.length) return []
    const columns = [t('措施', 'Measure'), ...(['population', ...standingStates] as const).map((state) => standingWords[state][tongue]), t('达标率', 'Share')].map((title) => ({ title }))
    const rows = brief.tables.map(({ measureId, name }): Cell[] => {
      const value = (state: string) => by.get(`coverage/${measureId}/${state}`)?.value ?? null
      const [population, kept, excused] = [value('population'), value('kept'), value('excused')]
      const share = population === null || kept === null || excused === null ? null : coverageShare({ population, kept, excused })
      return [name[tongue], ...(['population', ...standingStates] as const).map((state) => cell(`coverage/${measureId}/${state}`)), { value: share, percent: true }]
    })
    const all: TableBlock = { kind: 'table', caption: t('各项措施覆盖情况', 'Coverage by measure'), columns, rows, note: t('达标＋缺口＋免除＋未知＝应覆盖；达标率按应覆盖减免除计。', 'Kept + gap + excused + unknown = population; the share is of all but the excused.') + (rows.flat().includes(t(hiddenWords.zh, hiddenWords.en)) ? t('', ' ') + hiddenNote[tongue] : '') }
    const open = openByUnit()
    return open ? [all, open] : [all]
  }

  /** Who has what left to do, in one table: gap and unknown together, of the units that have any and are large enough to be told apart. */
  function openByUnit(): TableBlock | null {
    const measured = brief.tables.filter((table) => table.rows.length > 1).slice(0, 8)
    const rows = new Map<string, (number | null)[]>()
    for (const [column, table] of measured.entries()) {
      const safe = safeRows(table)
      table.rows.forEach((row, index) => {
        const [population = null, , gap = null, , unknown = null] = safe[index] ?? []
        if (population === null) return
        const name = row.unit?.name ?? t('本级', 'Directly')
        const cells = rows.get(name) ?? measured.map(() => 0)
        cells[column] = gap === null || unknown === null ? null : gap + unknown
        rows.set(name, cells)
      })
    }
    const open = [...rows].filter(([, cells]) => cells.some((cell) => cell !== null && cell > 0))
    if (!open.length) return null
    return {
      kind: 'table', caption: t('各单位缺口与未知合计', 'Gap and unknown by unit'), columns: [{ title: t('单位', 'Unit') }, ...measured.map((table) => ({ title: table.name[tongue], align: 'right' as const }))],
      rows: open.map(([name, cells]): Cell[] => [name, ...cells.map((cell): Cell => cell ?? '—')]),
      note: t('没有缺口和未知的单位、人数或件数过少的单位不列。', 'Units without either, and those too small to be told apart, are left out. ') + (open.some(([, cells]) => cells.includes(null)) ? t(`“—”：${hiddenNote.zh}`, `—: ${hiddenNote.en.charAt(0).toLowerCase()}${hiddenNote.en.slice(1)}`) : ''),
    }
  }

  function helpBlocks(): Block[] {
    const themes = brief.figures.filter((figure) => figure.key.startsWith('help/theme/'))
    const parts = [['help/asked', '本期收到求助', 'Help requests in this period: '], ['help/waiting', '尚未答复', 'not answered yet: '], ['help/danger', '其中标为危急', 'of them urgent: ']] as const
    const told = parts.filter(([key]) => by.get(key)?.value !== null)
    // A number that is withheld makes no sentence.
    const sentence = say(
      ...told.flatMap(([key, zh, en], index): (string | Run[])[] => [index > 0 ? t('，', '; ') : '', t(zh, index > 0 ? en : en.charAt(0).toUpperCase() + en.slice(1)), run(key), t('件', '')]), told.length ? t('。', '.') : '',
      told.length < parts.length ? (told.length ? t('其余件数不足5件或可由此推算，按规定不予显示。', ' The other numbers are withheld: below five, or worked out from those.') : t('本期收到的求助件数不足5件或可由此推算，按规定不予显示。', 'The numbers of help requests in this period are withheld: below five, or worked out from those.')) : '',
    )
    if (!themes.some((figure) => figure.value !== null)) return [sentence]
    const withheld = themes.some((figure) => figure.value === null)
    return [sentence, { kind: 'table', caption: t('求助主题', 'Help requests by theme'), columns: [{ title: t('主题', 'Theme') }, { title: t('件数', 'Requests') }], rows: themes.map((figure): Cell[] => [figure.label[tongue], cell(figure.key)]), ...(withheld ? { note: hiddenNote[tongue] } : {}) }]
  }

  /** What changed since the previous signed brief; null where there is none to compare with. */
  function comparison(): Block | null {
    if (!brief.previousAsOf) return null
    const rows = brief.figures.flatMap((figure): Cell[][] => {
      if (figure.previous === null || figure.value === null || figure.key.startsWith('response/') || figure.key.startsWith('help/theme/')) return []
      const measure = brief.tables.find((table) => figure.key.startsWith(`coverage/${table.measureId}/`))
      const change = figure.value - figure.previous
      if (change === 0) return []
      return [[`${measure ? `${measure.name[tongue]}${t('：', ': ')}` : ''}${figure.label[tongue]}`, figure.previous, { value: figure.value, figureId: figure.figureId }, change > 0 ? `+${change}` : String(change)]]
    })
    if (!rows.length) return say(t(`与截至${date(brief.previousAsOf)}的报告相比，各项数字没有变化。`, `No figure has changed since the report as of ${date(brief.previousAsOf)}.`))
    return {
      kind: 'table', note: t('没有变化的不列。', 'What has not changed is left out.'), caption: t(`与截至${date(brief.previousAsOf)}的报告比较`, `Compared with the report as of ${date(brief.previousAsOf)}`), rows,
      columns: [{ title: t('项目', 'Item') }, { title: t('上期', 'Before'), align: 'right' }, { title: t('本期', 'Now'), align: 'right' }, { title: t('增减', 'Change'), align: 'right' }],
    }
  }
}

/** Coverage by unit, measure by measure in full: for the workbook, too long for paper. */
export function unitTables(tables: readonly ContentTable[], tongue: Tongue): TableBlock[] {
  const t = (zh: string, en: string) => (tongue === 'zh' ? zh : en)
  return tables.filter((table) => table.rows.length > 1).map((table): TableBlock => {
    const safe = safeRows(table)
    return {
      kind: 'table', caption: t(`“${table.name.zh}”各单位情况`, `"${table.name.en}" by unit`), columns: [{ title: t('单位', 'Unit') }, ...(['population', ...standingStates] as const).map((state) => ({ title: standingWords[state][tongue] }))],
      rows: table.rows.map((row, index): Cell[] => [row.unit?.name ?? t('本级', 'Directly'), ...(safe[index] ?? []).map((count): Cell => count ?? '—')]),
      ...(safe.some((row) => row.includes(null)) ? { note: hiddenNote[tongue] } : {}),
    }
  })
}

function moment(iso: string, timeZone: string, tongue: Tongue): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
  const at = Object.fromEntries(format.formatToParts(new Date(iso)).map((part) => [part.type, part.value]))
  if (tongue === 'zh') return `${at.year}年${at.month}月${at.day}日${at.hour}时${at.minute === '00' ? '' : `${Number(at.minute)}分`}`
  return `${at.year}-${String(at.month).padStart(2, '0')}-${String(at.day).padStart(2, '0')} ${String(at.hour).padStart(2, '0')}:${at.minute}`
}
