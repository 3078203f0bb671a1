/** One's own: what I must do through the offices I hold, and the notices that concern me. */
import { notFound } from '#kernel/problems.ts'
import { implement, implementBatch, type Context } from '#kernel/server.ts'
import { gatekeeper, officesOf, ownersOfUnits } from '#slices/directory/server.ts'
import * as contract from './contract.ts'
import { showAssignments } from './cascade.ts'
import { brief, getNotice } from './drafting.ts'
import { masked, maskedWords } from './privacy.ts'
import type { NoticeReading } from './reading/types.ts'
import * as q from './queries.ts'
import * as c from './queries-cascade.ts'
import * as d from './queries-duties.ts'
import * as f from './queries-follow.ts'
import * as later from './queries-later.ts'
import { openStates, type AssignmentState } from './rules.ts'
import { answering } from './sending.ts'
import { inWords } from './times.ts'

/** Units whose duties fall to me: those of my offices (as holder or deputy), and those below them that have nobody nearer. */
async function unitsToActFor(ctx: Context, personId: string): Promise<string[]> {
  const { tx, institution, now } = ctx
  const held = [...new Set((await officesOf(tx, institution.id, personId, now)).map((office) => office.unit.unitId))]
  const reach = await gatekeeper.scope(tx, ctx.actor, 'duty.act', now)
  const own = reach === null ? held : held.filter((id) => reach.includes(id))
  if (!own.length) return []
  const orphans = await c.orphanUnits(tx, institution.id, own, answering, now)
  const owners = await ownersOfUnits(tx, institution.id, orphans, now)
  return [...new Set([...own, ...orphans.filter((id) => owners.get(id)?.person.personId === personId)])]
}

const words = {
  must: { zh: (text: string) => `您需要：${text}`, en: (text: string) => `You must: ${text}` },
  'must-not': { zh: (text: string) => `对您的禁止性要求：${text}`, en: (text: string) => `Forbidden to you: ${text}` },
  should: { zh: (text: string) => `建议您：${text}`, en: (text: string) => `Recommended to you: ${text}` },
}
const kindsInWords: Record<string, [string, string]> = { student: ['学生', 'students'], staff: ['教职工', 'staff'], contractor: ['外聘人员', 'contractors'], family: ['家属', 'family'] }

function meaning(duty: d.DutyRow, zone: string, unitName: string | null) {
  const text = maskedWords(duty.text)
  const due = duty.dueAt ? inWords(duty.dueAt, zone) : null
  const daily = duty.cycle === 'daily' ? ['每天', 'every day'] : duty.cycle === 'weekdays' ? ['每个工作日', 'every working day'] : duty.cycle === 'weekly' ? ['每周', 'every week'] : duty.cycle === 'monthly' ? ['每月', 'every month'] : null
  // What is forbidden until a day is not to be done by it.
  const when = due && duty.modality === 'must-not' ? { zh: `（至${due.zh}）`, en: ` (until ${due.en})` } : due ? { zh: `（${due.zh}前）`, en: ` (by ${due.en})` } : daily ? { zh: `（${daily[0]}${duty.cycleTime ? `${duty.cycleTime}前` : ''}）`, en: ` (${daily[1]}${duty.cycleTime ? ` by ${duty.cycleTime}` : ''})` } : duty.deadline ? { zh: `（${duty.deadline}）`, en: ` (${duty.deadline})` } : { zh: '', en: '' }
  const people = duty.people
  const kinds = people?.kinds.length ? people.kinds.map((kind) => kindsInWords[kind] ?? [kind, kind]) : []
  const why = unitName
    ? { zh: `下达给${unitName}，由其负责人落实`, en: `Sent to ${unitName}; those in charge carry it out` }
    : { zh: `因为您是${people?.members ? '党员' : kinds.map((one) => one[0]).join('、') || '本校人员'}（原文：“${duty.actor}”）`, en: `Because you are among ${people?.members ? 'the members' : kinds.map((one) => one[1]).join(', ') || 'everybody here'} (the notice says "${duty.actor}")` }
  return { dutyId: duty.dutyId, clause: duty.clause, modality: duty.modality, zh: words[duty.modality].zh(text) + when.zh, en: words[duty.modality].en(text) + when.en, text, dueAt: duty.dueAt, deadline: duty.deadline, why, measureId: duty.measureId }
}

async function concern(ctx: Context, personId: string, noticeId: string | null) {
  const units = await f.unitsAbove(ctx.tx, ctx.institution.id, personId)
  return { units, rows: await f.concerning(ctx.tx, ctx.institution.id, personId, units.map((unit) => unit.unitId), noticeId) }
}

export const ownCalls = [
  implement(contract.todo, async (ctx, { size = 50 }) => {
    const { tx, institution, now } = ctx
    const personId = ctx.actor.personId as string
    const mine = await unitsToActFor(ctx, personId)
    const reach = await gatekeeper.scope(tx, ctx.actor, 'duty.review', now)
    const held = (await officesOf(tx, institution.id, personId, now)).map((office) => office.unit.unitId)
    const pile = async (choice: Partial<c.Choice>) => {
      const { total, rows } = await c.chooseAssignments(tx, institution.id, { scope: null, show: 'all', answering, ...choice }, now, 0, size)
      return { total, items: await showAssignments(ctx, rows) }
    }
    const nothing = { total: 0, items: [] }
    const states = (some: AssignmentState[]) => (mine.length ? pile({ unitIds: mine, states: some }) : nothing)
    const calls = (await later.targetsOf(tx, institution.id, { personId })).map(({ targetId, roundId, message, unit, sentAt, noticeId }) => ({ targetId, roundId, message, unit, sentAt, noticeId }))
    return {
      asOf: now.toISOString(), toAcknowledge: await states(['sent']), toDo: await states(openStates.filter((state) => state !== 'sent')),
      toReview: reach === null || reach.length ? await pile({ show: 'reported', reviewer: { personId, whole: reach === null, unitIds: reach ?? held } }) : nothing,
      toConfirm: calls, told: (await later.nudgesTo(tx, institution.id, personId, size)).map((one) => ({ ...one, text: maskedWords(one.text) })),
    }
  }),
  implement(contract.mine, async (ctx, { page = 1, size = 20 }) => {
    const { tx, institution } = ctx
    const { rows } = await concern(ctx, ctx.actor.personId as string, null)
    const some = rows.slice((page - 1) * size, page * size)
    const notices = await q.findNotices(tx, institution.id, some.map((row) => row.noticeId))
    const duties = new Map((await d.findDuties(tx, institution.id, some.flatMap((row) => row.forMe))).map((duty) => [duty.dutyId, duty]))
    return {
      total: rows.length, unopened: rows.filter((row) => row.openedAt === null).length,
      notices: some.flatMap((row) => {
        const notice = notices.find((one) => one.noticeId === row.noticeId)
        return notice ? [{ ...brief(notice), openedAt: isoOf(row.openedAt), forMe: row.forMe.flatMap((id) => { const duty = duties.get(id); return duty ? [meaning(duty, institution.timeZone, null)] : [] }), forMyUnits: row.forUnits.length }] : []
      }),
    }
  }),
  implement(contract.view, async (ctx, { noticeId }) => {
    const { tx, institution } = ctx
    const { units, rows } = await concern(ctx, ctx.actor.personId as string, noticeId)
    const row = rows[0]
    if (!row) throw notFound()
    const stored = (await q.noticeText(tx, institution.id, noticeId)) as { body: string; reading: unknown }
    const duties = new Map((await d.dutiesOf(tx, institution.id, noticeId)).map((duty) => [duty.dutyId, duty]))
    const unitOf = (id: string) => { const unit = units.find((one) => one.unitId === id); return unit && { unitId: unit.unitId, tree: unit.tree, kind: unit.kind, name: unit.name, parentId: unit.parentId } }
    return {
      notice: brief(await getNotice(ctx, noticeId)), text: masked(stored.body, (stored.reading as NoticeReading).contacts), clauses: await q.findClauses(tx, institution.id, noticeId), openedAt: isoOf(row.openedAt),
      forMe: row.forMe.flatMap((id) => { const duty = duties.get(id); return duty ? [meaning(duty, institution.timeZone, null)] : [] }),
      forMyUnits: row.forUnits.flatMap(({ dutyId, unitId }) => { const [duty, unit] = [duties.get(dutyId), unitOf(unitId)]; return duty && unit ? [{ ...meaning(duty, institution.timeZone, unit.name), unit }] : [] }),
    }
  }),
  // Everybody opens a notice in the same minutes: they share a commit.
  implementBatch(contract.opened, async (ctx, items) => {
    const openings = await f.recordOpenings(ctx.tx, ctx.institution.id, items.map(({ actor, input }) => ({ noticeId: input.noticeId, personId: actor.personId as string })), ctx.now)
    return openings.map((openedAt) => (openedAt === null ? notFound() : { openedAt }))
  }),
]
const isoOf = (at: string | null) => (at === null ? null : new Date(at).toISOString())
