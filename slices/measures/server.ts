/** Measures: drafting, switching on, coverage, gaps, asks. */
import type { Static } from 'typebox'
import { together, type Tx } from '#kernel/database.ts'
import { badInput, conflict, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context, type ThingResolver } from '#kernel/server.ts'
import { answeringRoles } from '#slices/directory/rules.ts'
import { childUnits, ownersOfPersons, ownersOfUnits, purposeOverSubject, purposeOverUnit, unitBriefs, type Owner } from '#slices/directory/server.ts'
import { findAttributes, onFacts, onRetiring, recordedHere, saveAttribute, type AttributeRow } from '#slices/facts/server.ts'
import { findResponse, onClosing, onErasing, onReadings } from '#slices/responses/server.ts'
import * as contract from './contract.ts'
import { observationsOf } from './counts.ts'
import { engineOf } from './engine.ts'
import { erasingPart, finalCalls } from './erasing.ts'
import { finish } from './escalation.ts'
import * as followUps from './queries-escalation.ts'
import { knownAtCalls } from './known-at.ts'
import { presetOf, presets } from './presets.ts'
import * as q from './queries.ts'
import * as counts from './queries-coverage.ts'
import { readings } from './queries-erasing.ts'
import { countSettled } from './queries-handing.ts'
import { leastQuestions } from './questions.ts'
import * as tasks from './queries-tasks.ts'
import { doubtCalls, doubtJobs, doubtThings, withAskedAgain } from './doubts.ts'
import { refuseMeasure } from './fields.ts'
import { gapPeopleCalls } from './gap-people.ts'
import { historyCalls, historyJobs } from './history.ts'
import { endMeasures, endWithResponse, jobs as ownJobs } from './jobs.ts'
import { burdenOf, listed, planningCalls, sponsored } from './planning.ts'
import { attributesOf, countsOf, failingAttributes, lookBacks, openCase, type RuleGroup } from './rules.ts'
import { tellReminded } from './telling.ts'
export { burdenOf } from './planning.ts'
export const jobs = [...ownJobs, ...doubtJobs, ...historyJobs]
export { presetOf } from './presets.ts'

type Ask = Static<typeof contract.Ask>
export type { MeasureRow } from './queries.ts'
export type { CountRow } from './queries-coverage.ts'

// ── For this slice and later ones ────────────────────────────────────────────────────────────────
export const listMeasures = q.listMeasures
/** Coverage of measures for any units: kept + excused + gap + unknown = population. */
export const coverageOf = (tx: Tx, institutionId: string, measureIds: string[], unitIds: string[], now: Date) => counts.coverageOfUnits(tx, institutionId, measureIds, unitIds, now)

// Nobody is asked any more the moment a response closes.
onClosing((ctx, responseId) => endWithResponse(ctx, responseId))
onErasing(erasingPart)
onReadings(readings)

// Standings move in the same transaction as the facts they stand on.
onFacts(async (ctx, changed) => {
  const measures = await q.listMeasures(ctx.tx, ctx.institution.id, { statuses: ['on'], attributes: [...new Set(changed.map((one) => one.attribute))] })
  if (!measures.length) return
  const engine = await engineOf(ctx)
  const inOrder = measures.toSorted((a, b) => (a.measureId < b.measureId ? -1 : 1))
  await together(inOrder.map((measure) => {
    const subjects = [...new Set(changed.filter((one) => measure.attributes.includes(one.attribute)).map((one) => one.subjectId))].toSorted()
    return q.recompute(ctx.tx, engine, measure, subjects, ctx.now)
  }))
})

// A question that a measure still needs is not taken away from under it.
onRetiring(async (ctx, key) => {
  const needing = await q.listMeasures(ctx.tx, ctx.institution.id, { statuses: ['draft', 'on'], attributes: [key] })
  if (!needing.length) return
  const names = (language: 'zh' | 'en') => needing.slice(0, 5).map((measure) => measure.name[language]).join(language === 'zh' ? '、' : ', ')
  throw refused('in-use', `还有 ${needing.length} 项措施要用它：${names('zh')}。请先停用或修改这些措施。`, `${needing.length} measures need it: ${names('en')}. End or change them first.`)
})

// Whether somebody has an open case is said by the case, not by an answer.
recordedHere(openCase.key)
/** Has the institution know the attribute that open cases are recorded under. */
export async function keepOpenCase({ tx, institution }: Pick<Context, 'tx' | 'institution'>): Promise<void> {
  if (!(await findAttributes(tx, institution.id, [openCase.key])).length) await saveAttribute(tx, institution.id, openCase)
}

/** A case was opened: whoever was asked to open one has done so. */
export async function caseOpened(ctx: Context, personId: string): Promise<void> {
  await followUps.closeCaseTasks(ctx.tx, ctx.institution.id, personId, '已建立个案', ctx.now)
}

async function getMeasure(ctx: Context, measureId: string): Promise<q.MeasureRow> {
  const [measure] = await q.listMeasures(ctx.tx, ctx.institution.id, { ids: [measureId] })
  if (!measure) throw notFound()
  return measure
}

async function checkMeasure(ctx: Context, measure: { responseId: string; subjectKind: 'person' | 'unit'; population: RuleGroup; condition: RuleGroup; followUp: string; endsAt: string | null }): Promise<void> {
  const response = await findResponse(ctx.tx, ctx.institution.id, measure.responseId)
  if (!response || response.status === 'closed') throw refused('no-open-response', '措施必须属于一个进行中的应急响应。', 'A measure belongs to an open response.')
  if (measure.endsAt && Date.parse(measure.endsAt) <= ctx.now.getTime()) throw badInput('措施的结束时间已经过去。', 'The end of the measure is in the past.')
  if (measure.subjectKind === 'unit' && measure.followUp === 'open-case') throw badInput('只有针对人员的措施才能请责任人建个案。', 'Only a measure of people can ask for a case.')
  await refuseMeasure(ctx, measure)
}

export async function draftMeasure(ctx: Context, input: Static<typeof contract.draft.input>): Promise<q.MeasureRow> {
  await checkMeasure(ctx, input)
  const measure: q.MeasureRow = { ...input, key: input.key ?? null, graceSeconds: input.graceSeconds ?? 0, status: 'draft', startsAt: ctx.now.toISOString(), attributes: attributesOf(input.condition) }
  if (measure.attributes.includes(openCase.key)) await keepOpenCase(ctx)
  if (!(await q.upsertDraft(ctx.tx, ctx.institution.id, measure, ctx.actor.personId))) throw conflict('措施已启用，不能再改；请停用后另起草。', 'The measure is on and cannot be changed; end it and draft another.')
  if (input.climbSeconds !== undefined) await followUps.setClimb(ctx.tx, ctx.institution.id, input.measureId, input.climbSeconds)
  ctx.log({ subjectKind: 'measure', subjectId: input.measureId })
  return measure
}

/** Drafts a ready-made measure and makes the attributes it needs where they are missing. */
export async function draftFromPreset(ctx: Context, input: Static<typeof contract.fromPreset.input>): Promise<q.MeasureRow> {
  const preset = presetOf(input.key)
  if (!preset) throw badInput('没有这个现成措施。', 'There is no such ready-made measure.')
  const existing = new Set((await findAttributes(ctx.tx, ctx.institution.id, preset.attributes.map((attribute) => attribute.key))).map((attribute) => attribute.key))
  for (const attribute of preset.attributes) if (!existing.has(attribute.key)) await saveAttribute(ctx.tx, ctx.institution.id, attribute)
  const { key, name, subjectKind, population, condition, graceSeconds, followUp, danger } = preset
  return draftMeasure(ctx, { measureId: input.measureId, responseId: input.responseId, key, name, subjectKind, population, condition, graceSeconds, followUp, danger, basis: input.basis, demandedBy: input.demandedBy ?? 'school', endsAt: input.endsAt ?? null })
}

export async function switchMeasureOn(ctx: Context, measureId: string, sponsor: string | null = null, more: { sponsorId?: string | undefined; replaces?: string | undefined } = {}): Promise<{ population: number; kept: number; gap: number; excused: number; unknown: number }> {
  const measure = await getMeasure(ctx, measureId)
  if (measure.status !== 'draft') throw conflict('措施已经启用或停用。', 'The measure is on or has ended.')
  await checkMeasure(ctx, measure)
  // First, so that people are not counted as asked twice.
  if (more.replaces) await endMeasure(ctx, more.replaces)
  const stand = await q.standFirst(ctx.tx, await engineOf(ctx), measure, ctx.now)
  const over = await sponsored(ctx, measure, stand, sponsor ? { reason: sponsor, personId: more.sponsorId ?? null } : null)
  await q.setStatus(ctx.tx, ctx.institution.id, [measureId], 'on', ctx.now, over ? sponsor : null)
  ctx.log({ subjectKind: 'measure', subjectId: measureId, detail: { on: true, ...(over ? { sponsor: over.personId, seconds: over.seconds, people: over.people, objections: over.objections } : {}), ...(more.replaces ? { replaces: more.replaces } : {}) } })
  ctx.enqueue({ kind: 'measures.tick', key: 'tick' })
  ctx.enqueue({ kind: 'measures.recount', key: measureId, payload: { measureId } }) // what was being written meanwhile did not know of it
  if (measure.endsAt) ctx.enqueue({ kind: 'measures.end', payload: { measureId }, at: new Date(measure.endsAt) })
  return stand
}

async function endMeasure(ctx: Context, measureId: string): Promise<void> {
  const measure = await getMeasure(ctx, measureId)
  if (measure.status === 'ended') throw conflict('措施已经停用。', 'The measure has ended.')
  await endMeasures(ctx, [measureId])
  ctx.log({ subjectKind: 'measure', subjectId: measureId, detail: { on: false } })
}

/** Nobody is reminded of the same thing twice within an hour; a reminder is shown for so many days. */
const remindSeconds = 3600
const remindedDays = 3

// ── Asks ─────────────────────────────────────────────────────────────────────────────────────────
/** The least set of questions that settles the measures open for these subjects, the most dangerous first. */
async function asksFor(ctx: Context, subjects: { kind: 'person' | 'unit'; id: string; name: string }[], askedOf: readonly AttributeRow['askedOf'][], /** Also what is known and amiss, for whoever puts it right. */ amiss = false): Promise<{ asks: Ask[]; measures: q.MeasureRow[]; attributes: AttributeRow[]; known: Record<string, unknown> }> {
  const { tx, institution, now } = ctx
  const open = (await q.standingsOf(tx, institution.id, subjects.map((one) => one.id), now)).filter((standing) => standing.state === 'unknown' || standing.state === 'gap')
  const found = open.length ? await q.listMeasures(tx, institution.id, { ids: [...new Set(open.map((standing) => standing.measureId))] }) : []
  // What is known and amiss is no question, but for a count that falls short: another answer adds to it.
  const counting = new Set(found.filter((one) => countsOf(one.condition).length > 0).map((one) => one.measureId))
  const standings = open.filter((standing) => standing.state === 'unknown' || amiss || counting.has(standing.measureId))
  const measures = found.filter((one) => standings.some((standing) => standing.measureId === one.measureId))
  const backs = lookBacks(measures.map((one) => one.condition))
  const keys = [...new Set(measures.flatMap((measure) => measure.attributes))]
  const ids = subjects.map((one) => one.id)
  const [attributes, rows, observed, reminders] = await together([
    findAttributes(tx, institution.id, keys), q.knownOf(tx, institution.id, ids, keys, now), q.observedOf(tx, institution.id, ids, [...backs.keys()], new Date(now.getTime() - Math.max(0, ...backs.values()) * 3_600_000)),
    q.lastReminders(tx, institution.id, ids, measures.map((measure) => measure.measureId), new Date(now.getTime() - remindedDays * 86_400_000)),
  ])
  const knownOf = (id: string | undefined) => ({
    ...Object.fromEntries(rows.filter((row) => row.subjectId === id && row.fresh).map((row) => [row.attribute, row.value])),
    ...Object.fromEntries(observed.filter((row) => row.subjectId === id).map((row) => [observationsOf(row.attribute), row.seen])),
  })
  const asks: Ask[] = []
  for (const subject of subjects) {
    const mine = rows.filter((row) => row.subjectId === subject.id)
    const known = knownOf(subject.id)
    const concerned = measures.filter((one) => standings.some((standing) => standing.measureId === one.measureId && standing.subjectId === subject.id))
    const askable = (key: string) => attributes.some((one) => one.key === key && askedOf.includes(one.askedOf))
    const questions = leastQuestions(concerned.map((one) => one.condition), { known, now, timeZone: institution.timeZone, askable })
    for (const [index, measure] of concerned.entries()) {
      for (const key of [...(questions[index] ?? []), ...(amiss ? failingAttributes(measure.condition, known, now, institution.timeZone) : [])]) {
        const because = { measureId: measure.measureId, name: measure.name, basis: measure.basis, until: measure.endsAt }
        const existing = asks.find((ask) => ask.attribute.key === key && ask.subject.id === subject.id)
        const reminder = reminders.find((row) => row.measureId === measure.measureId && row.subjectId === subject.id)
        const reminded = reminder ? { at: reminder.at, by: reminder.by, note: reminder.note } : null
        if (existing) {
          existing.because.push(because)
          if (reminded && (!existing.reminded || reminded.at > existing.reminded.at)) existing.reminded = reminded
          continue
        }
        const attribute = attributes.find((one) => one.key === key)
        if (!attribute || !askedOf.includes(attribute.askedOf)) continue
        const last = mine.find((row) => row.attribute === key)
        asks.push({ attribute, subject, because: [because], last: last ? { value: last.value, observedAt: last.observedAt } : null, reminded })
      }
    }
  }
  await withAskedAgain(ctx, subjects, askedOf, asks)
  return { asks, measures, attributes, known: knownOf(subjects[0]?.id) }
}

const contacted = (row: q.ContactRow | undefined) => (row ? { how: row.how, outcome: row.outcome, note: row.note, by: row.by, at: row.at } : null)

export const calls = [
  ...knownAtCalls,
  ...historyCalls,
  ...finalCalls,
  implement(contract.presets, async () => ({ presets: presets.map(({ key, name, explains, subjectKind, attributes }) => ({ key, name, explains, subjectKind, attributes: attributes.map((attribute) => attribute.key) })) })),
  implement(contract.list, async (ctx, input) => ({ measures: await listed(ctx, await q.listMeasures(ctx.tx, ctx.institution.id, { responseId: input.responseId, ...(input.ended ? {} : { statuses: ['draft', 'on'] }) })) })),
  implement(contract.draft, (ctx, input) => draftMeasure(ctx, input)),
  implement(contract.fromPreset, (ctx, input) => draftFromPreset(ctx, input)),
  implement(contract.burden, (ctx, input) => burdenOf(ctx, input.measureId)),
  implement(contract.switchOn, (ctx, input) => switchMeasureOn(ctx, input.measureId, input.sponsor ?? null, input)),
  implement(contract.end, async (ctx, { measureId }) => {
    await endMeasure(ctx, measureId)
    return {}
  }),
  ...planningCalls,
  ...doubtCalls,
  ...gapPeopleCalls,

  implement(contract.coverage, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const unit = (await unitBriefs(tx, institution.id, [input.unitId])).get(input.unitId)
    if (!unit) throw notFound()
    const measures = await q.listMeasures(tx, institution.id, { responseId: input.responseId, statuses: ['on'], ...(input.measureId ? { ids: [input.measureId] } : {}) })
    const ids = measures.map((measure) => measure.measureId)
    const found = ids.length ? await counts.coverageBelow(tx, institution.id, ids, input.unitId, now) : []
    const children = await childUnits(tx, institution.id, input.unitId)
    const owners = await ownersOfUnits(tx, institution.id, children.map((child) => child.unitId), now)
    const byPlace = new Map(found.map((row) => [`${row.unitId} ${row.measureId}`, row]))
    const cell = ({ unitId: _, ...row }: counts.CountRow) => row
    const empty = (measureId: string) => ({ measureId, population: 0, kept: 0, gap: 0, excused: 0, unknown: 0 })
    const at = (unitId: string) => ids.map((measureId) => { const row = byPlace.get(`${unitId} ${measureId}`); return row ? cell(row) : empty(measureId) })
    return {
      asOf: now.toISOString(), unit, measures: measures.map(({ measureId, name, subjectKind }) => ({ measureId, name, subjectKind })), total: at(input.unitId),
      rows: children.map((child) => ({ unit: child, owner: owners.get(child.unitId) ?? null, cells: at(child.unitId) })),
    }
  }),

  implement(contract.gaps, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const purpose = await purposeOverUnit(ctx, input.unitId, 'gap.read', 'gaps')
    const measures = await q.listMeasures(tx, institution.id, { responseId: input.responseId, statuses: ['on'], ...(input.measureId ? { ids: [input.measureId] } : {}) })
    const filter: counts.GapFilter = { measureIds: measures.map((measure) => measure.measureId), state: input.state ?? null, within: input.within }
    const { page = 1, size = 100 } = input
    const { rows, byUnit, units: many, total } = await counts.gapPage(tx, institution.id, input.unitId, filter, (page - 1) * size, size, now)
    const people = rows.filter((row) => row.subject.kind === 'person').map((row) => row.subject.id)
    ctx.looked(people, purpose)
    const [persons, units, contacts, briefs] = await together([
      ownersOfPersons(tx, institution.id, people, now), ownersOfUnits(tx, institution.id, [...new Set([...byUnit.map((row) => row.unitId), ...rows.map((row) => row.ownUnitId)])], now),
      q.lastContacts(tx, institution.id, [...new Set(rows.map((row) => row.subject.id))]), unitBriefs(tx, institution.id, byUnit.map((row) => row.unitId)),
    ])
    const names = new Map(measures.map((measure) => [measure.measureId, measure.name]))
    return {
      asOf: now.toISOString(), total,
      gaps: rows.map(({ ownUnitId, ...row }) => ({
        ...row, measure: names.get(row.measureId) ?? { zh: '', en: '' }, owner: (row.subject.kind === 'person' ? persons.get(row.subject.id)?.[0] : units.get(ownUnitId)) ?? null,
        lastContact: contacted(contacts.find((contact) => contact.measureId === row.measureId && contact.subjectId === row.subject.id && contact.at >= row.since)),
      })),
      byOwner: groupByOwner(byUnit, units, briefs), moreUnits: many - byUnit.length,
    }
  }),

  implement(contract.excuse, async (ctx, input) => {
    if (input.until && Date.parse(input.until) <= ctx.now.getTime()) throw badInput('免除的截止时间已经过去。', 'The end of the excuse is in the past.')
    if (input.subjectId === ctx.actor.personId) throw refused('own-excuse', '不能免除自己。', 'Nobody excuses themselves.')
    await q.insertExcuse(ctx.tx, ctx.institution.id, { ...input, by: ctx.actor.personId }, ctx.now)
    ctx.log({ subjectKind: 'subject', subjectId: input.subjectId, detail: { measure: input.measureId } })
    return {}
  }),
  implement(contract.endExcuse, async (ctx, input) => {
    if (!(await q.closeExcuse(ctx.tx, ctx.institution.id, input.measureId, input.subjectId, ctx.now))) throw notFound()
    ctx.log({ subjectKind: 'subject', subjectId: input.subjectId, detail: { measure: input.measureId } })
    return {}
  }),
  implement(contract.contact, async (ctx, input) => {
    await q.insertContact(ctx.tx, ctx.institution.id, { ...input, note: input.note ?? '', by: ctx.actor.personId }, ctx.now)
    ctx.log({ subjectKind: 'subject', subjectId: input.subjectId, detail: { measure: input.measureId, how: input.how, outcome: input.outcome } })
    return {}
  }),

  implement(contract.remind, async (ctx, { items, note }) => {
    const settled = await countSettled(ctx.tx, ctx.institution.id, items, ctx.now)
    const reminded = await q.insertReminders(ctx.tx, ctx.institution.id, items, note ?? '', ctx.actor.personId, new Date(ctx.now.getTime() - remindSeconds * 1000), ctx.now)
    for (const subjectId of new Set(items.map((one) => one.subjectId))) ctx.log({ subjectKind: 'subject', subjectId, detail: { reminded: true } })
    if (reminded.length) await tellReminded(ctx, ctx.requestId ?? ctx.now.toISOString(), [...new Set(reminded)])
    return { reminded: reminded.length, left: items.length - reminded.length, settled, people: new Set(reminded).size }
  }),
  implement(contract.excuseMany, async (ctx, { items, reason, until }) => {
    if (until && Date.parse(until) <= ctx.now.getTime()) throw badInput('免除的截止时间已经过去。', 'The end of the excuse is in the past.')
    if (items.some((one) => one.subjectId === ctx.actor.personId)) throw refused('own-excuse', '不能免除自己。', 'Nobody excuses themselves.')
    const excused = await q.insertExcuses(ctx.tx, ctx.institution.id, items, reason, ctx.actor.personId, until, ctx.now)
    for (const { subjectId, measureId } of items) ctx.log({ subjectKind: 'subject', subjectId, detail: { measure: measureId } })
    return { excused }
  }),
  implement(contract.endExcuseMany, async (ctx, { items }) => {
    const ended = await q.closeExcuses(ctx.tx, ctx.institution.id, items, ctx.now)
    for (const { subjectId, measureId } of items) ctx.log({ subjectKind: 'subject', subjectId, detail: { measure: measureId } })
    return { ended }
  }),

  implement(contract.asks, async (ctx) => {
    const personId = ctx.actor.personId as string
    const { tx, institution, now } = ctx
    const self = await q.subjectOf(tx, institution.id, personId)
    if (!self) throw notFound()
    const [own, forUnits, owners] = await together([
      asksFor(ctx, [self], ['self']),
      q.unitsAnsweredFor(tx, institution.id, personId, [...answeringRoles('direct'), ...answeringRoles('escalation')], now).then(async (units) => (units.length ? (await asksFor(ctx, units.map((unit) => ({ kind: 'unit', ...unit })), ['self', 'owner'])).asks : [])),
      ownersOfPersons(tx, institution.id, [personId], now),
    ])
    return {
      asOf: now.toISOString(), asks: [...own.asks, ...forUnits],
      measures: own.measures.map(({ measureId, name, basis, danger, endsAt, condition }) => ({ measureId, name, basis, danger, endsAt, condition })), attributes: own.attributes.filter((attribute) => attribute.askedOf === 'self'), known: own.known,
      visibleTo: owners.get(personId) ?? [],
    }
  }),
  implement(contract.asksOf, async (ctx, { subjectId }) => {
    const subject = await q.subjectOf(ctx.tx, ctx.institution.id, subjectId)
    if (!subject) throw notFound()
    // The last answers come with the questions: whoever counts says why first.
    if (subject.kind === 'person') ctx.looked([subjectId], await purposeOverSubject(ctx, subjectId, 'person.answer-for', 'asks'))
    return { asks: (await asksFor(ctx, [subject], subjectId === ctx.actor.personId ? ['self'] : ['self', 'owner'], true)).asks }
  }),
  implement(contract.standings, async (ctx, { subjectId }) => {
    ctx.looked([subjectId], await purposeOverSubject(ctx, subjectId, 'person.facts', 'standings'))
    const rows = await q.standingsOf(ctx.tx, ctx.institution.id, [subjectId], ctx.now)
    const measures = await q.listMeasures(ctx.tx, ctx.institution.id, { ids: rows.map((row) => row.measureId) })
    return { standings: rows.map(({ subjectId: _, ...row }) => ({ ...row, name: measures.find((measure) => measure.measureId === row.measureId)?.name ?? { zh: '', en: '' } })) }
  }),
  implement(contract.tasks, async (ctx) => {
    const personId = ctx.actor.personId as string
    const rows = await tasks.openTasksOf(ctx.tx, ctx.institution.id, personId, 200, ctx.now)
    const contacts = await q.lastContacts(ctx.tx, ctx.institution.id, [...new Set(rows.map((row) => row.subject.id))])
    const measures = await q.listMeasures(ctx.tx, ctx.institution.id, { ids: [...new Set(rows.map((row) => row.measureId))] })
    const steps = Map.groupBy(await followUps.stepsOf(ctx.tx, ctx.institution.id, rows.map((row) => row.taskId)), (step) => step.taskId)
    ctx.looked(rows.filter((row) => row.subject.number !== null).map((row) => row.subject.id), 'tasks')
    return {
      total: await tasks.countOpenTasks(ctx.tx, ctx.institution.id, personId, ctx.now),
      tasks: rows.map((row) => ({
        ...row, measure: measures.find((measure) => measure.measureId === row.measureId)?.name ?? { zh: '', en: '' }, steps: (steps.get(row.taskId) ?? []).map(({ taskId: _, ...step }) => step),
        lastContact: contacted(contacts.find((contact) => contact.measureId === row.measureId && contact.subjectId === row.subject.id && contact.at >= row.gapSince)),
      })),
    }
  }),
  implement(contract.followUp, async (ctx, { measureId, subjectId }) => {
    ctx.looked([subjectId], await purposeOverSubject(ctx, subjectId, 'gap.read', 'follow-up'))
    const found = await followUps.followUpOf(ctx.tx, ctx.institution.id, measureId, subjectId)
    if (!found) return { followUp: null }
    const { taskId, ...followUp } = found
    return { followUp: { ...followUp, steps: (await followUps.stepsOf(ctx.tx, ctx.institution.id, [taskId])).map(({ taskId: _, ...step }) => step) } }
  }),
  implement(contract.finishTask, async (ctx, input) => {
    if (!(await finish(ctx, input.taskId, ctx.actor.personId as string, input.outcome))) throw notFound()
    return {}
  }),
]

/** One line for each owner and unit they answer for. */
function groupByOwner(counts: { unitId: string; count: number }[], owners: Map<string, Owner>, briefs: Awaited<ReturnType<typeof unitBriefs>>) {
  return counts.flatMap(({ unitId, count }) => {
    const unit = briefs.get(unitId)
    return unit ? [{ owner: owners.get(unitId) ?? null, unit, count }] : []
  })
}

export const things: ThingResolver[] = [...doubtThings]
