/** From a figure back to its rows, as of its moment. */
import type { Static } from 'typebox'
import { notFound, refused } from '#kernel/problems.ts'
import type { Context } from '#kernel/server.ts'
import { purposeOverUnit, unitBriefs } from '#slices/directory/server.ts'
import { hideSmall, themes } from '#slices/issues/rules.ts'
import { safeRows } from './content.ts'
import type * as contract from './contract.ts'
import { getBrief } from './drafting.ts'
import * as q from './queries.ts'
import { findFrame, namesOf, type Frame } from './queries-count.ts'
import { open, type Opened } from './rows.ts'
import { dutyCodes, dutyStates, standingStates } from './rules.ts'

type Trace = Static<typeof contract.Trace>
type TraceRow = Static<typeof contract.TraceRow>

interface Found {
  figure: q.FigureRow
  brief: q.BriefRow
  frame: Frame | undefined
  rows: Opened[]
}

async function find(ctx: Context, figureId: string): Promise<Found> {
  const figure = await q.findFigure(ctx.tx, ctx.institution.id, figureId)
  if (!figure) throw notFound()
  const brief = await getBrief(ctx, figure.briefId)
  const found = figure.frame ? await findFrame(ctx.tx, ctx.institution.id, figure.briefId, figure.frame, figure.mark) : undefined
  return { figure, brief, frame: found, rows: found ? [...open(found, found.codes, figure.codes)] : [] }
}

/** A figure as people see it. */
export const shownFigure = ({ briefId: _, position: __, frame, mark: ___, codes: ____, ...figure }: q.FigureRow, asOf: string, erased: boolean) => ({
  ...figure, value: figure.hidden ? null : figure.value, asOf, traceable: frame !== null && !erased,
})

/** Where a figure comes from, and how it divides among the units just below, without names. */
export async function traceOf(ctx: Context, figureId: string): Promise<Trace> {
  const { figure, brief, frame, rows } = await find(ctx, figureId)
  const erased = brief.erasedAt !== null
  const base = { figure: shownFigure(figure, brief.asOf, erased), briefId: brief.briefId, unit: brief.unit, erased, responseId: brief.responseId, byName: frame?.rowKind === 'person' }
  if (figure.hidden || !frame) return { ...base, rows: figure.hidden ? null : figure.frame && !erased ? 0 : null, byUnit: [] }
  const [group, measureId, state] = figure.key.split('/')
  const table = group === 'coverage' ? brief.tables.find((one) => one.measureId === measureId) : undefined
  if (table) {
    const column = ['population', ...standingStates].indexOf(state ?? '')
    const safe = safeRows(table)
    return { ...base, rows: rows.length, byUnit: table.rows.map(({ unit }, index) => ({ unit, count: safe[index]?.[column] ?? null })) }
  }
  const counts = new Map<string | null, number>()
  for (const row of rows) counts.set(row.placeUnit, (counts.get(row.placeUnit) ?? 0) + 1)
  const units = await unitBriefs(ctx.tx, ctx.institution.id, [...counts.keys()].filter((id) => id !== null))
  const places = [...counts.entries()]
  const cells = frame.rowKind === 'help-request' ? hideSmall(places.map(([, count]) => count)).cells : places.map(([, count]) => count)
  return { ...base, rows: rows.length, byUnit: places.map(([id], index) => ({ unit: (id ? units.get(id) : null) ?? null, count: cells[index] ?? null })) }
}

function stateOf(frame: Frame, mark: string | null, code: number): string {
  if (frame.rowKind === 'assignment') return mark === 'overdue' ? 'overdue' : (dutyStates.find((state) => dutyCodes[state] === code) ?? '')
  if (frame.rowKind === 'help-request') return mark === 'theme' ? (themes[code - 1] ?? '') : mark === 'waiting' ? (code === 0 ? 'answered' : 'waiting') : ''
  return mark ? (standingStates[code - 1] ?? '') : ''
}

/** The rows behind a figure by name. */
export async function namedRows(ctx: Context, figureId: string, unitId: string | null, page: number, size: number): Promise<{ asOf: string; total: number; rows: TraceRow[]; erased: boolean }> {
  const { figure, brief, frame, rows } = await find(ctx, figureId)
  if (frame?.rowKind === 'help-request' && figure.hidden) throw refused('withheld', '件数过少，不予展开。求助由有权办理的人在求助队列中查看。', 'Too few to be opened here; those who act on help requests see them in their queue.')
  const purpose = frame?.rowKind === 'person' ? await purposeOverUnit(ctx, unitId ?? brief.unit.unitId, 'gap.read', 'brief') : null
  const within = unitId === null ? rows : rows.filter((row) => row.placeUnit === unitId)
  const some = within.slice((page - 1) * size, page * size)
  const names = new Map((frame ? await namesOf(ctx.tx, ctx.institution.id, frame.rowKind, some.map((row) => row.id), brief.unit.tree) : []).map((row) => [row.id, row]))
  if (purpose) ctx.looked(some.map((row) => row.id), purpose)
  return {
    asOf: brief.asOf, total: within.length, erased: brief.erasedAt !== null,
    rows: some.map(({ id, code }) => {
      const known = names.get(id)
      return { kind: frame?.rowKind ?? 'person', id, name: known?.name ?? '', number: known?.number ?? null, unit: known?.unit ?? null, state: frame ? stateOf(frame, figure.mark, code) : '', gone: known === undefined }
    }),
  }
}
