/** A notice, alive: clause by clause how far it is carried out, and by whom not. */
import { together } from '#kernel/database.ts'
import { notFound } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { ownersOfUnits, rootUnits } from '#slices/directory/server.ts'
import { coverageOf } from '#slices/measures/server.ts'
import * as contract from './contract.ts'
import { showAssignments } from './cascade.ts'
import { brief, getNotice, headerOf } from './drafting.ts'
import { masked, maskedWords } from './privacy.ts'
import type { NoticeReading } from './reading/types.ts'
import * as q from './queries.ts'
import * as c from './queries-cascade.ts'
import * as d from './queries-duties.ts'
import * as f from './queries-follow.ts'
import * as later from './queries-later.ts'
import { addProgress, isPicture, noProgress, type Progress } from './rules.ts'
import { answering } from './sending.ts'

const plain = ({ total, done, reported, underWay, waiting, overdue, nobody }: Progress): Progress => ({ total, done, reported, underWay, waiting, overdue, nobody })
const sumOf = (rows: Progress[]): Progress => rows.reduce((sum, row) => addProgress(sum, plain(row)), noProgress())

/** What the actor sees of a notice: everything, or within the units held; narrowed to one unit where asked. @throws Problem where it does not reach there. */
async function viewOf(ctx: Context, noticeId: string, unitId: string | undefined): Promise<readonly string[] | null> {
  const { tx, institution } = ctx
  let scope = ctx.scope
  if (unitId) {
    if (scope !== null && !(await f.liesWithin(tx, institution.id, unitId, scope))) throw notFound()
    scope = [unitId]
  }
  if (ctx.scope !== null && !(await f.reachesInto(tx, institution.id, noticeId, ctx.scope))) throw notFound()
  return scope
}

async function getIssued(ctx: Context, noticeId: string): Promise<q.NoticeRow> {
  const notice = await getNotice(ctx, noticeId)
  if (notice.status === 'draft') throw notFound()
  return notice
}

async function alive(ctx: Context, noticeId: string, unitId: string | undefined) {
  const { tx, institution, now } = ctx
  const notice = await getIssued(ctx, noticeId)
  const scope = await viewOf(ctx, noticeId, unitId)
  const [stored, every, progress, missing, roots, clauses, opened, rounds, events, ended] = await together([
    q.noticeText(tx, institution.id, noticeId), d.dutiesOf(tx, institution.id, noticeId), f.progressOf(tx, institution.id, { noticeIds: [noticeId] }, scope, answering, now), f.missingOf(tx, institution.id, noticeId, scope, answering, now, 5),
    rootUnits(tx, institution.id), q.findClauses(tx, institution.id, noticeId), f.countOpened(tx, institution.id, noticeId), later.findRounds(tx, institution.id, { noticeId }), c.latestEvents(tx, institution.id, noticeId, scope, 50),
    notice.status === 'issued' ? Promise.resolve(0) : c.countEnded(tx, institution.id, noticeId, scope),
  ])
  const { body, reading } = stored as unknown as { body: string; reading: NoticeReading }
  const duties = every.filter((duty) => duty.status === 'confirmed')
  const measureIds = [...new Set(duties.flatMap((duty) => duty.measureId ?? []))]
  const coverUnit = scope?.[0] ?? roots.find((unit) => unit.tree === 'admin')?.unitId
  const [owners, coverage] = await together([
    ownersOfUnits(tx, institution.id, [...new Set(missing.map((one) => one.unit.unitId))], now),
    measureIds.length && coverUnit ? coverageOf(tx, institution.id, measureIds, [coverUnit], now) : Promise.resolve([]),
  ])
  const of = (dutyId: string, top: boolean) => sumOf(progress.filter((row) => row.dutyId === dutyId && row.top === top))
  const shown = duties.map((duty) => {
    const counts = coverage.find((row) => row.measureId === duty.measureId)
    const { dutyId, clauseId, clause, start, end, text, actor, modality, deadline, dueAt, cycle, cycleTime, cycleWeekday, condition, evidence, reportTo, review } = duty
    return {
      dutyId, clauseId, clause, start, end, text: maskedWords(text), actor, modality, deadline, dueAt, cycle, cycleTime, cycleWeekday, condition, evidence, reportTo, review, units: duty.unitIds.length, progress: of(dutyId, true), below: of(dutyId, false),
      period: progress.find((row) => row.dutyId === dutyId)?.period ?? null,
      measure: duty.measureId && counts ? { measureId: duty.measureId, name: duty.measureName ?? { zh: '', en: '' }, counts: { population: counts.population, kept: counts.kept, gap: counts.gap, excused: counts.excused, unknown: counts.unknown } } : null,
      missing: missing.filter((one) => one.dutyId === dutyId).map(({ dutyId: _, ...one }) => ({ ...one, owner: owners.get(one.unit.unitId) ?? null })),
    }
  })
  const within = (clauseId: string, of: string | null): boolean => of !== null && (of === clauseId || within(clauseId, clauses.find((one) => one.clauseId === of)?.parentId ?? null))
  return {
    asOf: now.toISOString(), notice: brief(notice), header: headerOf(notice, reading, institution.name), text: masked(body, reading.contacts), clauses: clauses.map((clause) => ({ ...clause, heading: clause.heading && maskedWords(clause.heading), progress: sumOf(shown.filter((duty) => within(clause.clauseId, duty.clauseId)).map((duty) => duty.progress)) })),
    duties: shown, progress: sumOf(shown.map((duty) => duty.progress)), below: sumOf(shown.map((duty) => duty.below)), receipts: { people: notice.reached, opened },
    rounds: rounds.map(({ unitIds: _, ...round }) => round), events, ended,
  }
}

export const followingCalls = [
  implement(contract.list, async (ctx, { page = 1, size = 50, ...filter }) => {
    const { tx, institution, now, scope } = ctx
    const { total, ids, duties } = await f.listIssued(tx, institution.id, { ...filter, scope }, (page - 1) * size, size)
    const rows = await q.findNotices(tx, institution.id, ids)
    const progress = ids.length ? await f.progressOf(tx, institution.id, { noticeIds: ids }, scope, answering, now) : []
    return { total, notices: ids.flatMap((id) => rows.filter((row) => row.noticeId === id)).map((row) => ({ ...brief(row), duties: duties.get(row.noticeId) ?? 0, progress: sumOf(progress.filter((one) => one.noticeId === row.noticeId && one.top)) })) }
  }),
  implement(contract.get, (ctx, { noticeId, unitId }) => alive(ctx, noticeId, unitId)),
  implement(contract.duty, async (ctx, { dutyId, unitId, show = 'all', level = 'all', period, page = 1, size = 50 }) => {
    const { tx, institution, now } = ctx
    const [duty] = await d.findDuties(tx, institution.id, [dutyId])
    if (!duty) throw notFound()
    await getIssued(ctx, duty.noticeId)
    const scope = await viewOf(ctx, duty.noticeId, unitId)
    const { total, rows } = await c.chooseAssignments(tx, institution.id, { scope, show, answering, dutyId, level, ...(period ? { period } : {}) }, now, (page - 1) * size, size)
    const periods = duty.cycle === 'once' ? [] : (await f.progressOf(tx, institution.id, { dutyId, everyPeriod: true }, scope, answering, now)).filter((row) => row.top && row.period).map((row) => ({ period: row.period as string, progress: plain(row) }))
    return { asOf: now.toISOString(), total, assignments: await showAssignments(ctx, rows), periods: periods.slice(0, 120) }
  }),
  implement(contract.evidenceOf, async (ctx, { dutyId, unitId, page = 1, size = 50 }) => {
    const [duty] = await d.findDuties(ctx.tx, ctx.institution.id, [dutyId])
    if (!duty) throw notFound()
    await getIssued(ctx, duty.noticeId)
    const { total, rows } = await c.evidenceOfDuty(ctx.tx, ctx.institution.id, dutyId, await viewOf(ctx, duty.noticeId, unitId), (page - 1) * size, size)
    return { total, files: rows.map((row) => ({ ...row, picture: isPicture(row.name) })) }
  }),
]
