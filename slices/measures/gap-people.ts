/** Gaps, a line a person, and what is done about them by hand: called, noted, taken back, handed over. */
import type { Tx } from '#kernel/database.ts'
import { badInput, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { ladder, ownersOfPersons, ownersOfUnits, purposeOverSubject, purposeOverUnits, rolesWith, unitBriefs } from '#slices/directory/server.ts'
import * as contract from './contract.ts'
import { stepsOf } from './queries-escalation.ts'
import { coverageOfUnits } from './queries-coverage.ts'
import * as people from './queries-gap-people.ts'
import * as h from './queries-handing.ts'
import { listMeasures } from './queries.ts'

const mostUnits = 300
/** A list of names is for those who can reach them: a whole university, not a whole city. */
const mostPeople = 60_000
const undoMinutes = 10
const mostDeeds = 200
const mostRooms = 800
const daySeconds = 86_400_000

/** Hands follow-ups back to whoever answers without anybody's hand. */
async function regularOwner(ctx: Context, task: h.HandedTask): Promise<{ person: string | null; unit: string | null }> {
  const owner = await ladder(ctx.tx, ctx.institution.id, ctx.now, { acts: 'gap.act' }).from(task.leafUnitId, [task.subjectId])
  return { person: owner?.person.personId ?? null, unit: owner?.unit.unitId ?? task.leafUnitId }
}

async function namesOf(tx: Tx, institutionId: string, measureIds: string[]) {
  const measures = await listMeasures(tx, institutionId, { ids: [...new Set(measureIds)] })
  return (ids: string[]) => ids.flatMap((id) => measures.find((measure) => measure.measureId === id)?.name ?? [])
}

export const gapPeopleCalls = [
  implement(contract.gapPeople, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const unitIds = [...new Set([input.unitId, ...(input.andUnits ?? [])])]
    const purpose = await purposeOverUnits(ctx, unitIds, 'gap.read', 'gaps')
    if (await people.morePeopleThan(tx, institution.id, unitIds, mostPeople)) throw refused('list-too-long', '这里的人太多，不列名单。请选下级组织，或到“覆盖”逐级看数字。', 'Too many people for a list of names. Choose a unit below, or see the figures under Coverage.')
    const measures = await listMeasures(tx, institution.id, { statuses: ['on'] })
    const { page = 1, size = 100 } = input
    const chosen = (some: typeof measures) => ({ measureIds: some.map((measure) => measure.measureId), dangers: some.map((measure) => measure.danger), graces: some.map((measure) => measure.graceSeconds) })
    const filter: people.PeopleFilter = {
      ...chosen(measures.filter((measure) => !input.measureId || measure.measureId === input.measureId)), state: input.state ?? null, reach: input.reach?.length ? input.reach : null, danger: input.danger ?? null,
      overdue: input.overdue ?? false, within: input.within ?? null, text: input.text?.trim() || null, sort: input.sort ?? 'unit', down: input.down ?? false,
    }
    const { total, rows } = await people.peopleWithGaps(tx, institution.id, unitIds, filter, (page - 1) * size, size, now)
    const personIds = rows.filter((row) => row.subject.kind === 'person').map((row) => row.subject.id)
    ctx.looked(personIds, purpose)
    const facets = input.facets ? await people.gapFacets(tx, institution.id, unitIds, { ...filter, ...chosen(measures) }, now) : null
    const shownUnits = facets?.units.slice(0, mostUnits) ?? []
    const persons = await ownersOfPersons(tx, institution.id, personIds, now)
    const units = await ownersOfUnits(tx, institution.id, [...new Set([...rows.filter((row) => row.subject.kind === 'unit').map((row) => row.ownUnitId), ...shownUnits.map((one) => one.unitId)])], now)
    const briefs = await unitBriefs(tx, institution.id, shownUnits.map((one) => one.unitId))
    return {
      asOf: now.toISOString(), total, measures: measures.map(({ measureId, name, danger, basis }) => ({ measureId, name, danger, basis })),
      people: rows.map(({ ownUnitId, ...row }) => ({ ...row, owner: (row.subject.kind === 'person' ? persons.get(row.subject.id)?.[0] : units.get(ownUnitId)) ?? null })),
      facets: facets && {
        ...facets, moreUnits: Math.max(0, facets.units.length - mostUnits),
        units: shownUnits.flatMap(({ unitId, count }) => { const unit = briefs.get(unitId); return unit ? [{ unit, owner: units.get(unitId) ?? null, count }] : [] }),
      },
    }
  }),

  implement(contract.contactMany, async (ctx, { items, how, outcome, note }) => {
    const noted = await h.insertContacts(ctx.tx, ctx.institution.id, items, { how, outcome, note: note ?? '', by: ctx.actor.personId }, ctx.now)
    for (const subjectId of new Set(items.map((one) => one.subjectId))) ctx.log({ subjectKind: 'subject', subjectId, detail: { how, outcome, measures: items.filter((one) => one.subjectId === subjectId).map((one) => one.measureId) } })
    return { noted }
  }),
  implement(contract.undoContact, async (ctx, { items }) => {
    const undone = await h.deleteContacts(ctx.tx, ctx.institution.id, items, ctx.actor.personId, new Date(ctx.now.getTime() - undoMinutes * 60_000))
    if (!undone) throw refused('too-late', '只能撤回自己十分钟内的记录。', 'Only what you noted within the last ten minutes can be taken back.')
    for (const subjectId of new Set(items.map((one) => one.subjectId))) ctx.log({ subjectKind: 'subject', subjectId, detail: { undone: true } })
    return { undone }
  }),

  implement(contract.receivers, async (ctx, { subjectIds }) => ({
    receivers: (await h.holdersOver(ctx.tx, ctx.institution.id, subjectIds, rolesWith('gap.act'), ctx.now)).map(({ distance: _, ...one }) => one),
  })),
  implement(contract.handOver, async (ctx, { items, officeId, personId, reason }) => {
    const { tx, institution, actor, now } = ctx
    if (reason.trim().length < 2) throw badInput('请写明转交的理由，至少两个字。', 'Say why it is handed over, in two characters at least.')
    const subjectIds = [...new Set(items.map((one) => one.subjectId))]
    const to = (await h.holdersOver(tx, institution.id, subjectIds, rolesWith('gap.act'), now)).find((one) => one.officeId === officeId && one.person.personId === personId)
    if (!to) throw refused('cannot-receive', '对方现在不任此职，或无权处理其中的人。请另选一位。', 'They do not hold this office now, or may not act on everybody chosen. Choose another.')
    await h.openTasks(tx, institution.id, items, actor.personId, now)
    const open = await h.lockOpenTasks(tx, institution.id, items)
    const settled = await h.countSettled(tx, institution.id, items, now)
    const moving = open.filter((task) => task.ownerId !== personId || task.ownerUnitId !== to.unit.unitId)
    if (moving.length) await h.handTasks(tx, institution.id, moving.map((task) => ({ task, action: 'hand-over', toPerson: personId, toUnit: to.unit.unitId })), reason.trim(), actor.personId, now)
    for (const subjectId of subjectIds) ctx.log({ subjectKind: 'subject', subjectId, detail: { handedTo: personId, office: officeId } })
    return { handed: new Set(moving.map((task) => task.subjectId)).size, settled }
  }),
  implement(contract.takeBack, async (ctx, { items, words }) => {
    const { tx, institution, actor, now } = ctx
    const open = await h.lockOpenTasks(tx, institution.id, items)
    const handed = await h.handedNow(tx, institution.id, open.map((task) => task.taskId))
    const back: h.Handing[] = []
    for (const task of open.filter((one) => handed.has(one.taskId))) {
      const owner = await regularOwner(ctx, task)
      back.push({ task, action: 'take-back', toPerson: owner.person, toUnit: owner.unit })
    }
    if (!back.length) throw notFound()
    await h.handTasks(tx, institution.id, back, words?.trim() ?? '', actor.personId, now)
    for (const subjectId of new Set(back.map((one) => one.task.subjectId))) ctx.log({ subjectKind: 'subject', subjectId, detail: { takenBack: true } })
    return { taken: new Set(back.map((one) => one.task.subjectId)).size }
  }),

  implement(contract.trail, async (ctx, { subjectId }) => {
    const { tx, institution, now } = ctx
    ctx.looked([subjectId], await purposeOverSubject(ctx, subjectId, 'gap.read', 'trail'))
    const deeds = await h.deedsOf(tx, institution.id, subjectId, now, mostDeeds)
    const tasks = await h.tasksOfSubject(tx, institution.id, subjectId)
    const steps = await stepsOf(tx, institution.id, tasks.map((task) => task.taskId))
    const names = await namesOf(tx, institution.id, [...deeds.flatMap((deed) => deed.measureIds), ...tasks.map((task) => task.measureId)])
    const ofSteps = steps.map(({ taskId, ...step }) => ({ at: step.at, kind: 'step' as const, measures: names(tasks.filter((task) => task.taskId === taskId).map((task) => task.measureId)), by: step.by, words: step.words, until: null, how: null, outcome: null, step }))
    return { deeds: [...deeds.map(({ measureIds, ...deed }) => ({ ...deed, measures: names(measureIds), step: null })), ...ofSteps].toSorted((a, b) => (a.at < b.at ? 1 : -1)) }
  }),
  implement(contract.rooms, async (ctx, { unitId, measureId }) => {
    const { tx, institution, now } = ctx
    const measures = await listMeasures(tx, institution.id, { statuses: ['on'] })
    const all = await h.roomsBelow(tx, institution.id, unitId)
    const shown = all.slice(0, mostRooms)
    const ids = measures.filter((measure) => !measureId || measure.measureId === measureId).map((measure) => measure.measureId)
    const byRoom = Map.groupBy(ids.length && shown.length ? await coverageOfUnits(tx, institution.id, ids, shown.map((room) => room.unitId), now) : [], (row) => row.unitId)
    const sum = (id: string, state: 'population' | 'kept' | 'gap' | 'excused' | 'unknown') => (byRoom.get(id) ?? []).reduce((total, row) => total + row[state], 0)
    return {
      asOf: now.toISOString(), measures: measures.map(({ measureId: id, name }) => ({ measureId: id, name })), more: all.length - shown.length,
      rooms: shown.map((room) => ({ ...room, population: sum(room.unitId, 'population'), kept: sum(room.unitId, 'kept'), gap: sum(room.unitId, 'gap'), excused: sum(room.unitId, 'excused'), unknown: sum(room.unitId, 'unknown') })),
    }
  }),
  implement(contract.settledByDay, async (ctx, { unitId, days = 7 }) => ({
    days: await h.settledByDay(ctx.tx, ctx.institution.id, unitId, ctx.institution.timeZone, new Date(ctx.now.getTime() - days * daySeconds), ctx.now),
  })),
]
