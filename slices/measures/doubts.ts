/** Doubts: what came in and looks copied, impossible or entered for others in one go is shown to whoever answers for the unit. A person decides; the machine moves nothing. */
import type { Static } from 'typebox'
import { localDay } from '#kernel/clock.ts'
import { institutionIdOf } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { badInput, conflict, notFound, refused } from '#kernel/problems.ts'
import { implement, job, type Context, type JobHandler, type ThingResolver } from '#kernel/server.ts'
import { roles, rolesWith } from '#slices/directory/rules.ts'
import { ownersOfUnits, purposeOverUnit, unitBriefs } from '#slices/directory/server.ts'
import { findAttributes, listAttributes } from '#slices/facts/server.ts'
import * as contract from './contract.ts'
import { bodilyRange, countsPeople, enoughOf, thresholds } from './doubt-rules.ts'
import { knownOf, listMeasures } from './queries.ts'
import * as q from './queries-doubts.ts'

const second = 1000
const hour = 3600 * second
const day = 24 * hour
/** Looked at again each time, so that what falls between two looks is seen whole. */
const overlap = hour
/** The furthest back that is searched after a standstill. */
const furthest = 14 * day

/** Searches what was recorded since the last look, once a day also what did not move. Answers how many doubts are new. */
export async function searchDoubts(ctx: Context): Promise<number> {
  const { tx, institution: { id, timeZone }, now } = ctx
  const scan = await q.scanOf(tx, id)
  const from = new Date(Math.max(scan ? Date.parse(scan.scannedTo) - overlap : 0, now.getTime() - furthest))
  const today = localDay(now, timeZone)
  const attributes = await listAttributes(tx, id)
  const ofPeople = attributes.filter((one) => one.subjectKind === 'person')
  const self = ofPeople.filter((one) => one.askedOf === 'self').map((one) => one.key)
  const found: q.Found[] = []

  const instant = thresholds.sameInstant
  for (const one of await q.sameInstant(tx, id, from, now, self, instant.seconds, instant.wholeUnitFrom)) {
    if (!enoughOf(one.subjects.length, one.size, instant)) continue
    found.push({ kind: 'same-instant', mark: `same-instant ${one.unitId} ${one.attribute} ${one.from.slice(0, 16)}`, unitId: one.unitId, attribute: one.attribute, subjectKind: 'person', subjects: one.subjects, figures: { value: one.value, from: one.from, to: one.to, size: one.size }, recordedBy: null })
  }
  const proxy = thresholds.byProxy
  for (const one of await q.byProxy(tx, id, from, now, self, proxy.minutes * 60, proxy.wholeUnitFrom)) {
    if (!enoughOf(one.subjects.length, one.size, proxy)) continue
    found.push({ kind: 'by-proxy', mark: `by-proxy ${one.unitId} ${one.attribute} ${one.by} ${one.from.slice(0, 13)}`, unitId: one.unitId, attribute: one.attribute, subjectKind: 'person', subjects: one.subjects, figures: { from: one.from, to: one.to, size: one.size, values: one.values }, recordedBy: one.by })
  }
  const ranges = ofPeople.flatMap((one) => { const range = one.type === 'number' ? bodilyRange(one) : null; return range ? [{ attribute: one.key, ...range }] : [] })
  for (const one of await q.impossible(tx, id, from, now, ranges)) {
    const range = ranges.find((each) => each.attribute === one.attribute)
    found.push({ kind: 'impossible', mark: `impossible ${one.factId}`, unitId: one.unitId, attribute: one.attribute, subjectKind: 'person', subjects: [one.subjectId], figures: { value: one.value, least: range?.least, most: range?.most }, recordedBy: one.by })
  }
  const counts = attributes.filter((one) => one.subjectKind === 'unit' && one.type === 'number' && one.unit !== null && countsPeople.includes(one.unit)).map((one) => one.key)
  for (const one of await q.impossibleCounts(tx, id, from, now, counts))
    found.push({ kind: 'impossible', mark: `impossible ${one.factId}`, unitId: one.unitId, attribute: one.attribute, subjectKind: 'unit', subjects: [one.subjectId], figures: { value: one.value, size: one.size }, recordedBy: one.by })
  for (const one of await q.late(tx, id, from, now, thresholds.late.days * 86_400, timeZone))
    found.push({ kind: 'late', mark: `late ${one.unitId} ${one.attribute} ${one.recordedOn}`, unitId: one.unitId, attribute: one.attribute, subjectKind: 'person', subjects: one.subjects, figures: { days: one.days }, recordedBy: null })
  if (scan?.figuresOn !== today) found.push(...(await searchFigures(ctx, attributes)))

  const fresh = await q.keepDoubts(tx, id, found.map((one) => ({ ...one, doubtId: newId() })), now)
  await q.saveScan(tx, id, now, today)
  if (found.length) ctx.ping('doubts')
  return fresh
}

/** What did not move for days: looked at once a day, over all that was reported in them. */
async function searchFigures(ctx: Context, attributes: Awaited<ReturnType<typeof listAttributes>>): Promise<q.Found[]> {
  const { tx, institution: { id, timeZone }, now } = ctx
  const found: q.Found[] = []
  const { days, zeroDays, others, othersMoved } = thresholds.neverMoves
  const daily = attributes.filter((one) => one.subjectKind === 'unit' && one.freshSeconds !== null && one.freshSeconds <= 2 * 86_400)
  const moving = daily.filter((one) => one.type === 'number').map((one) => one.key)
  const reporting = daily.filter((one) => one.type === 'number' || one.type === 'choice' || one.type === 'yes-no').map((one) => one.key)
  const still = [
    ...(await q.neverMoves(tx, id, moving, days, now, timeZone)).filter((one) => one.value !== 0),
    // Zero, "nothing", "no": what is honest for long while it is quiet.
    ...(await q.neverMoves(tx, id, reporting, zeroDays, now, timeZone)).filter((one) => one.value === 0 || typeof one.value !== 'number'),
  ]
  for (const one of still) {
    if (one.others < others || one.othersMoved < one.others * othersMoved) continue
    found.push({ kind: 'never-moves', mark: `never-moves ${one.unitId} ${one.attribute} ${one.since}`, unitId: one.unitId, attribute: one.attribute, subjectKind: 'unit', subjects: [one.unitId], figures: { value: one.value, days: one.days, others: one.others, othersMoved: one.othersMoved }, recordedBy: one.by })
  }
  const copied = thresholds.copiedForward
  const figures = attributes.filter((one) => one.subjectKind === 'person' && one.type === 'number' && one.askedOf === 'self' && one.freshSeconds !== null && one.freshSeconds <= 2 * 86_400).map((one) => one.key)
  for (const one of await q.copiedForward(tx, id, figures, copied.days, copied.wholeUnitFrom, now, timeZone)) {
    const people = one.subjects.length
    if (!enoughOf(people, one.size, copied) || people < one.reporters * copied.shareOfUnit) continue
    if (one.elsewhere < copied.people || one.elsewhereStill > one.elsewhere * copied.othersAtMost) continue
    const week = Math.floor(now.getTime() / (7 * day))
    found.push({ kind: 'copied-forward', mark: `copied-forward ${one.unitId} ${one.attribute} ${week}`, unitId: one.unitId, attribute: one.attribute, subjectKind: 'person', subjects: one.subjects, figures: { days: copied.days, size: one.size, elsewhere: one.elsewhere, elsewhereStill: one.elsewhereStill }, recordedBy: null })
  }
  return found
}

export const doubtJobs: JobHandler[] = [
  job('measures.doubts', async (ctx) => {
    await searchDoubts(ctx)
  }),
]
// ── For those who look at them ───────────────────────────────────────────────────────────────────
type Doubt = Static<typeof contract.Doubt>
const mostNames = 300

async function shown(ctx: Context, rows: readonly q.DoubtRow[]): Promise<Doubt[]> {
  const { tx, institution, now } = ctx
  const units = await unitBriefs(tx, institution.id, [...new Set(rows.map((row) => row.unitId))])
  const owners = await ownersOfUnits(tx, institution.id, [...units.keys()], now)
  const attributes = await findAttributes(tx, institution.id, [...new Set(rows.map((row) => row.attribute))])
  const doubts: Doubt[] = []
  for (const row of rows) {
    const unit = units.get(row.unitId)
    if (!unit) continue
    const attribute = attributes.find((one) => one.key === row.attribute)
    const { unitId: _, recordedBy, recorder, attribute: key, ...rest } = row
    doubts.push({
      ...rest, unit, owner: owners.get(row.unitId) ?? null, recordedBy: recorder, mine: recordedBy !== null && recordedBy === ctx.actor.personId,
      attribute: { key, label: attribute?.label ?? { zh: key, en: key }, unit: attribute?.unit ?? null, type: attribute?.type ?? 'text', options: attribute?.options ?? [], asked: attribute !== undefined && attribute.askedOf !== 'nobody' },
    })
  }
  return doubts
}

async function getDoubt(ctx: Context, doubtId: string) {
  const [row] = await q.findDoubts(ctx.tx, ctx.institution.id, [doubtId])
  if (!row) throw notFound()
  return row
}

/** Offices that answer for a unit and may see what its people answered. */
const lookers = [...rolesWith('person.facts').subtree].filter((role) => roles[role].answers !== 'no')

export const doubtCalls = [
  implement(contract.doubts, async (ctx, { unitId, settled, page = 1, size = 50 }) => {
    const { rows, total } = await q.doubtsBelow(ctx.tx, ctx.institution.id, unitId, settled ?? false, (page - 1) * size, size)
    return { asOf: ctx.now.toISOString(), total, doubts: await shown(ctx, rows) }
  }),
  implement(contract.myDoubts, async (ctx) => ({ doubts: await shown(ctx, await q.doubtsOf(ctx.tx, ctx.institution.id, ctx.actor.personId as string, lookers, ctx.now, 50)) })),
  implement(contract.doubt, async (ctx, { doubtId }) => {
    const row = await getDoubt(ctx, doubtId)
    const subjects = await q.subjectsOfDoubt(ctx.tx, ctx.institution.id, doubtId, mostNames)
    if (row.subjectKind === 'person') {
      // What is one's own to look at needs no reason; of others one says why.
      const own = (await q.doubtsOf(ctx.tx, ctx.institution.id, ctx.actor.personId as string, lookers, ctx.now, 50)).some((one) => one.doubtId === doubtId)
      ctx.looked(subjects.map((one) => one.id), own ? 'doubt' : await purposeOverUnit(ctx, row.unitId, 'gap.read', 'doubt'))
    }
    const { subjects: _, ...plain } = row
    const [doubt] = await shown(ctx, [plain])
    if (!doubt) throw notFound()
    return { doubt, subjects }
  }),
  implement(contract.dismissDoubt, async (ctx, { doubtId, reason }) => {
    const row = await getDoubt(ctx, doubtId)
    // Who entered it explains it to whoever is above.
    if (row.recordedBy !== null && row.recordedBy === ctx.actor.personId) throw refused('own-doubt', '这些是您自己填的，请由他人核实后处理。', 'You entered these yourself; somebody else has to look at it.')
    if (!(await q.settleDoubt(ctx.tx, ctx.institution.id, doubtId, 'dismissed', reason, ctx.actor.personId, ctx.now))) throw conflict('已由他人处理。', 'Somebody else has settled it.')
    ctx.log({ subjectKind: 'doubt', subjectId: doubtId, detail: { kind: row.kind, dismissed: true } })
    return {}
  }),
  implement(contract.askAgain, async (ctx, { doubtId, subjectIds, note }) => {
    const row = await getDoubt(ctx, doubtId)
    const [attribute] = await findAttributes(ctx.tx, ctx.institution.id, [row.attribute])
    if (!attribute || attribute.askedOf === 'nobody') throw refused('not-asked', '这一项不由人填报，不能请人重填。', 'Nobody is asked for this; it cannot be asked again.')
    const whom = [...new Set(subjectIds ?? row.subjects)]
    if (whom.some((id) => !row.subjects.includes(id))) throw badInput('名单中有与此疑点无关的人。', 'Somebody named has nothing to do with this doubt.')
    if (!(await q.settleDoubt(ctx.tx, ctx.institution.id, doubtId, 'asked', note, ctx.actor.personId, ctx.now))) throw conflict('已由他人处理。', 'Somebody else has settled it.')
    const asked = await q.askAgain(ctx.tx, ctx.institution.id, doubtId, row.attribute, whom, note, ctx.actor.personId, ctx.now)
    ctx.log({ subjectKind: 'doubt', subjectId: doubtId, detail: { kind: row.kind, askedAgain: asked } })
    return { asked }
  }),
]

export const doubtThings: ThingResolver[] = [
  {
    kind: 'doubt',
    async resolve(tx, ids) {
      const units = await q.unitsOfDoubts(tx, institutionIdOf(tx), ids)
      return ids.map((id) => { const unitId = units.get(id); return unitId ? { unitIds: [unitId], personIds: [] } : undefined })
    },
  },
]

type Ask = Static<typeof contract.Ask>

/** Adds the questions that were opened anew for these subjects: what is known of them stays until it is answered again. */
export async function withAskedAgain(ctx: Context, subjects: readonly { kind: 'person' | 'unit'; id: string; name: string }[], askedOf: readonly string[], asks: Ask[]): Promise<void> {
  const { tx, institution } = ctx
  const rows = await q.askedAgainOf(tx, institution.id, subjects.map((one) => one.id))
  if (!rows.length) return
  const attributes = await findAttributes(tx, institution.id, [...new Set(rows.map((row) => row.attribute))])
  const measures = await listMeasures(tx, institution.id, { ids: [...new Set(rows.flatMap((row) => row.measureIds))] })
  const known = await knownOf(tx, institution.id, rows.map((row) => row.subjectId), rows.map((row) => row.attribute), ctx.now)
  for (const row of rows) {
    const reminded = { at: row.at, by: row.by, note: row.note }
    const open = asks.find((ask) => ask.subject.id === row.subjectId && ask.attribute.key === row.attribute)
    if (open) {
      open.reminded = reminded
      continue
    }
    const [attribute, subject] = [attributes.find((one) => one.key === row.attribute), subjects.find((one) => one.id === row.subjectId)]
    if (!attribute || !subject || !askedOf.includes(attribute.askedOf)) continue
    const last = known.find((one) => one.subjectId === row.subjectId && one.attribute === row.attribute)
    const because = measures.filter((one) => row.measureIds.includes(one.measureId)).map(({ measureId, name, basis, endsAt }) => ({ measureId, name, basis, until: endsAt }))
    asks.unshift({ attribute, subject, because, last: last ? { value: last.value, observedAt: last.observedAt } : null, reminded, again: true })
  }
}
