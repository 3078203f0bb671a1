/** What is overdue by unit, and what happened lately: for whoever watches the whole. No persons. */
import { implement } from '#kernel/server.ts'
import * as contract from './contract.ts'
import { maskedWords } from './privacy.ts'
import * as r from './queries-recent.ts'

const minute = 60_000
const day = 1440 * minute
const quarters = 32

export const recentCalls = [
  implement(contract.late, async (ctx, { unitId }) => {
    const { tx, institution, now } = ctx
    const { total, rows } = await r.lateByUnit(tx, institution.id, unitId, now, 60)
    const moments = Array.from({ length: quarters }, (_, index) => new Date(now.getTime() - (quarters - index) * (day / 4)))
    const points = await r.lateAt(tx, institution.id, unitId, moments)
    return {
      asOf: now.toISOString(), total, dayAgo: points[quarters - 4] ?? 0, points: moments.map((at, index) => ({ at: at.toISOString(), total: points[index] ?? 0 })),
      units: rows.map((row) => ({ ...row, text: maskedWords(row.text) })),
    }
  }),
  implement(contract.recent, async (ctx, { unitId, minutes = 60 }) => {
    const from = new Date(ctx.now.getTime() - minutes * minute)
    return { asOf: ctx.now.toISOString(), from: from.toISOString(), events: await r.happened(ctx.tx, ctx.institution.id, unitId, from, ctx.now, 60) }
  }),
]
