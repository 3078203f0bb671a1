import type { Cell } from './types.ts'

/** One sheet: lines above the table, the table, a note under it. */
export interface Sheet {
  name: string
  head: { text: string; style: 'drill' | 'title' | 'plain' }[]
  columns: string[]
  widths: number[]
  rows: Cell[][]
  /** Lines of text in each row: not every program finds the height by itself. */
  lines: number[]
  note?: string
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

// Positions in cellXfs below. A text keeps its type when somebody edits it (number format @, apostrophe kept).
const style = { plain: 0, header: 1, text: 2, number: 3, percent: 4, title: 5, drill: 6 }

export const stylesXml = `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><fonts count="4">${[
  '<sz val="11"/><name val="宋体"/>',
  '<b/><sz val="11"/><name val="宋体"/>',
  '<b/><sz val="14"/><name val="宋体"/>',
  '<b/><sz val="14"/><color rgb="FFFF0000"/><name val="宋体"/>',
]
  .map((font) => `<font>${font}</font>`)
  .join('')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color auto="1"/></${side}>`).join('')}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" quotePrefix="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment vertical="center"/></xf><xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="center"/></xf><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="3" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/** 0 → A, 26 → AA. */
export function columnName(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26)
}

function textCell(reference: string, text: string, styleId: number): string {
  // 32 767 is the most that a cell can hold.
  return `<c r="${reference}" s="${styleId}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, 32_767).toWellFormed())}</t></is></c>`
}

function cellXml(reference: string, cell: Cell): string {
  const value = typeof cell === 'object' && cell !== null ? cell.value : cell
  if (value === null) return `<c r="${reference}" s="${style.number}"/>`
  if (typeof value === 'string') return textCell(reference, value, style.text)
  const styleId = typeof cell === 'object' && cell?.percent ? style.percent : style.number
  return `<c r="${reference}" s="${styleId}"><v>${value}</v></c>`
}

/** The row in which the column titles stand, counted from 1. */
const headerRow = (sheet: Sheet) => sheet.head.length + 1

/** A sheet whose column titles stay in sight, and are printed on every page. */
export function sheetXml(sheet: Sheet): string {
  const header = headerRow(sheet)
  const rows = [
    ...sheet.head.map((line, index) => `<row r="${index + 1}" ht="21" customHeight="1">${textCell(`A${index + 1}`, line.text, style[line.style])}</row>`),
    `<row r="${header}">${sheet.columns.map((title, index) => textCell(columnName(index) + header, title, style.header)).join('')}</row>`,
    ...sheet.rows.map((row, at) => `<row r="${header + 1 + at}" ht="${(sheet.lines[at] ?? 1) * 15 + 1}" customHeight="1">${sheet.columns.map((_, index) => cellXml(`${columnName(index)}${header + 1 + at}`, row[index] ?? null)).join('')}</row>`),
  ]
  if (sheet.note !== undefined) rows.push(`<row r="${header + 1 + sheet.rows.length}">${textCell(`A${header + 1 + sheet.rows.length}`, sheet.note, style.plain)}</row>`)
  const columns = sheet.widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')
  const view = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${header}" topLeftCell="A${header + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
  return `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>${view}<sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>${rows.join('')}</sheetData><pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`
}

export function workbookXml(sheets: Sheet[]): string {
  const list = sheets.map((sheet, index) => `<sheet name="${escaped(sheet.name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')
  const titles = sheets.map((sheet, index) => `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${escaped(sheet.name)}'!$${headerRow(sheet)}:$${headerRow(sheet)}</definedName>`).join('')
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${list}</sheets><definedNames>${titles}</definedNames></workbook>`
}

export function workbookRelationships(sheets: number): string {
  const list = Array.from({ length: sheets }, (_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')
  return `${declaration}<Relationships xmlns="${packages}/relationships">${list}<Relationship Id="rId${sheets + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`
}

export const relationships = `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

export function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const list = Array.from({ length: sheets }, (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')
  return `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${list}</Types>`
}

export function coreProperties(title: string, creator: string, keywords: string, language: string): string {
  return `${declaration}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(creator)}</dc:creator><cp:keywords>${escaped(keywords)}</cp:keywords><dc:language>${language}</dc:language></cp:coreProperties>`
}
