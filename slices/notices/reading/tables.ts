/** Orders that stand in the cells of a table: 岗位职责, 工作任务, 措施 beside who and by when. */
import { TABLE_ACTOR, TABLE_TASK, TABLE_TIME } from './knowledge/tables.ts'
import type { Line } from './lines.ts'
import type { Folded } from './normalise.ts'
import type { Piece } from './sentences.ts'

/** One cell with orders, and the cells of its row that say who and by when. */
export type TableOrder = Piece & { head: Piece; row: Piece; actor: Piece | null; time: Piece | null }

/** The cells of a row, in folded offsets; a row of the original is cut at its tabs. */
function cellsOf(folded: Folded, line: Line, gapWidth = /[ \u3000]{3,}|\u3000{2}/): Piece[] {
  const cells: Piece[] = []
  let from = line.start
  for (let i = line.start; i <= line.end; i++) {
    const gap = i < line.end && i > line.start ? folded.original.slice(folded.to[i - 1] ?? 0, folded.from[i] ?? 0) : ''
    const cuts = i === line.end ? 1 : gap.split('\t').length - 1 || (gapWidth.test(gap) ? 1 : 0)
    // Two tabs with nothing between them are an empty cell.
    for (let cut = 0; cut < cuts; cut++) {
      cells.push({ start: from, end: i })
      from = i
    }
  }
  return cells
}

const SAYS_SO = /不得|严禁|禁止|不准|不许|请勿|切勿|必须|务必|应当|须(?!知)|一律/

/** Cells that hold orders: those of a column whose head says so, in tables that also name who or by when. */
export function findTableOrders(folded: Folded, lines: readonly Line[], first: number, last: number): TableOrder[] {
  const orders: TableOrder[] = []
  for (let i = first; i < last; i++) {
    const head = lines[i]
    if (head?.role !== 'table' || lines[i - 1]?.role === 'table') continue
    const names = cellsOf(folded, head).map((cell) => folded.text.slice(cell.start, cell.end))
    const column = (pattern: RegExp): number => names.findIndex((name) => name.length <= 12 && pattern.test(name))
    const [task, actor, time] = [column(TABLE_TASK), column(TABLE_ACTOR), column(TABLE_TIME)]
    if (task < 0 || task === actor) continue
    // Without who and by when the cell must say itself that it orders.
    const bare = actor < 0 && time < 0
    for (let k = i + 1; k < last && lines[k]?.role === 'table'; k++) {
      const row = lines[k] as Line
      // A name that fills its column leaves one blank before the next.
      const narrow = cellsOf(folded, row, /\u3000/)
      const cells = narrow.length === names.length ? narrow : cellsOf(folded, row)
      const filled = (at: number): Piece | null => { const cell = at < 0 ? undefined : cells[at]; return cell && cell.end > cell.start ? cell : null }
      const cell = filled(task)
      // Empty cells at the end of a row leave no trace; a row that lacks one before its actor is another kind of row.
      const whole = cells.length === names.length || (cells.length > Math.max(task, actor) && cells.length < names.length && (actor < 0 || filled(actor) !== null))
      if (cell && whole && (!bare || SAYS_SO.test(folded.text.slice(cell.start, cell.end)))) orders.push({ ...cell, head, row, actor: filled(actor), time: filled(time) })
    }
  }
  return orders
}
