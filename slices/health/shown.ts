/** Cases as people see them: who answers now, where it stands, which checks are missing. */
import type { Static } from 'typebox'
import { localDay } from '#kernel/clock.ts'
import type { Context } from '#kernel/server.ts'
import { ladder, type Owner } from '#slices/directory/server.ts'
import type * as contract from './contract.ts'
import * as q from './queries.ts'
import { daysMissed, stateOf, wantsCheck } from './rules.ts'

type CaseLine = Static<typeof contract.CaseLine>
type Case = Static<typeof contract.Case>

export const todayOf = ({ institution, now }: Context): string => localDay(now, institution.timeZone)

/** Who each case is with: whoever holds its office, else the nearest above who answers. */
async function ownersNow(ctx: Context, rows: readonly q.CaseRow[]): Promise<Map<string, { owner: Owner | null; fell: boolean }>> {
  const way = ladder(ctx.tx, ctx.institution.id, ctx.now, { acts: 'case.act', may: 'case.act' })
  const found = new Map<string, { owner: Owner | null; fell: boolean }>()
  for (const { caseId, answers, releasedAt, unit, person } of rows) {
    if (answers || releasedAt) {
      found.set(caseId, { owner: answers, fell: false })
      continue
    }
    const rung = await way.from(unit?.unitId ?? null, [person.personId])
    found.set(caseId, { owner: rung ? { person: rung.person, officeTitle: rung.officeTitle, unit: rung.unit, capacity: rung.capacity, direct: rung.distance === 0, phone: rung.phone } : null, fell: true })
  }
  return found
}

export async function shownLines(ctx: Context, rows: readonly q.CaseRow[]): Promise<CaseLine[]> {
  const today = todayOf(ctx)
  const owners = await ownersNow(ctx, rows)
  return rows.map(({ responseClosed, releasedAt, releasedBy, releaseReason, checkedDays, offeredOfficeId: _, ...row }) => {
    const { owner = null, fell = false } = owners.get(row.caseId) ?? {}
    const wanted = wantsCheck({ releasedAt, responseClosed })
    const days = new Set(checkedDays)
    const opened = localDay(row.openedAt, ctx.institution.timeZone)
    return {
      ...row, state: stateOf({ untilDay: row.untilDay, releasedAt, responseClosed }, today), released: releasedAt ? { at: releasedAt, by: releasedBy, reason: releaseReason ?? '' } : null, answers: owner, fell,
      missingToday: wanted && !days.has(today), daysMissed: wanted ? daysMissed(opened, days, today) : 0,
    }
  })
}

export async function shownCases(ctx: Context, rows: readonly q.CaseRow[]): Promise<Case[]> {
  const ids = rows.map((row) => row.caseId)
  const lines = await shownLines(ctx, rows)
  const checks = Map.groupBy(await q.checksOf(ctx.tx, ctx.institution.id, ids), (one) => one.caseId)
  const steps = Map.groupBy(await q.stepsOf(ctx.tx, ctx.institution.id, ids), (one) => one.caseId)
  return lines.map((line) => ({ ...line, checks: (checks.get(line.caseId) ?? []).map(({ caseId: _, ...one }) => one), steps: (steps.get(line.caseId) ?? []).map(({ caseId: _, ...one }) => one) }))
}
