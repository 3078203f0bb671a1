/** From a reading to drafted duties and doubts, with the institution's units and earlier corrections. Pure. */
import { stableId } from '#kernel/ids.ts'
import { phraseKey, resolveWords, together, type KnownUnit, type Learnt } from './addressees.ts'
import type { NoticeReading } from './reading/types.ts'
import type { CorrectionRow, DoubtRow } from './queries.ts'
import { plainDuty, type DutyRow } from './queries-duties.ts'
import { blanksOf, cycleOf } from './rules.ts'
import { inWords, instantOf } from './times.ts'

export interface Setting {
  noticeId: string
  units: readonly KnownUnit[]
  corrections: readonly CorrectionRow[]
  zone: string
  now: Date
}

export function learntActors(corrections: readonly CorrectionRow[]): Learnt {
  return new Map(corrections.filter((one) => one.kind === 'actor').map((one) => [one.phrase, { unitIds: (one.made.unitIds as string[] | undefined) ?? [], people: (one.made.people as never) ?? null }]))
}

/** Who is meant by a duty's actor words. */
export function audienceOf(actor: string, setting: Pick<Setting, 'units' | 'corrections'>): Pick<DutyRow, 'unitIds' | 'people' | 'resolved' | 'unmatched' | 'learnt'> {
  const learnt = learntActors(setting.corrections)
  const resolution = resolveWords(actor ? [actor] : [], setting.units, learnt)
  const { unitIds, people, zh, en } = together(resolution)
  const applied = resolution.resolved.filter((one) => learnt.has(phraseKey(one.word)))
  return {
    unitIds, people, resolved: { zh, en }, unmatched: resolution.unmatched,
    learnt: applied.map((one) => ({ zh: `"${one.word}"按以往订正对应到${one.unitIds.length}个单位`, en: `"${one.word}" goes to ${one.unitIds.length} units, as corrected before` })),
  }
}

/** The drafted duties of a reading, in order. */
export function draftDuties(reading: NoticeReading, setting: Setting): DutyRow[] {
  const dropped = new Map(setting.corrections.filter((one) => one.kind === 'drop').map((one) => [one.phrase, one]))
  return reading.duties.map((duty, position) => {
    const rhythm = cycleOf(duty.recurrence)
    const daily = duty.deadlineKind === 'daily' && /^\d{1,2}:\d{2}$/.test(duty.deadline ?? '')
    const cycle = daily && rhythm.cycle === 'once' ? 'daily' : rhythm.cycle
    const hour = /(?:^|T)(\d{2}:\d{2})/.exec(duty.dueAt ?? duty.deadline ?? '')?.[1] ?? null
    const audience = audienceOf(duty.actor, setting)
    const drop = dropped.get(phraseKey(duty.text))
    return plainDuty({
      dutyId: stableId(setting.noticeId, duty.id), noticeId: setting.noticeId, position, origin: 'read', status: drop ? 'dropped' : 'proposed', clauseId: duty.clauseId, clause: duty.clause,
      start: duty.start, end: Math.max(duty.end, duty.start + 1), text: duty.text.slice(0, 4000) || '…', actor: duty.actor, modality: duty.modality, deadline: duty.deadline,
      dueAt: cycle === 'once' && duty.dueAt ? instantOf(duty.dueAt, setting.zone) : null, derivation: duty.derivation, recurrence: duty.recurrence, cycle, cycleTime: cycle === 'once' ? null : hour === '24:00' ? null : hour, cycleWeekday: cycle === 'weekly' ? rhythm.weekday : null,
      condition: duty.condition, evidence: duty.evidence, reportTo: duty.reportTo ?? reading.reportTo, review: duty.modality === 'must' && cycle === 'once', ...audience,
      learnt: [...audience.learnt, ...(drop ? [{ zh: '以往舍去过同样的话，这次也先舍去', en: 'The same words were dropped before, so they are dropped here too' }] : [])],
      suggestions: duty.suggestions.map((one) => ({ preset: one.measure ?? null, ...one.reason })), why: duty.why,
      proposal: { text: duty.text, actor: duty.actor, modality: duty.modality, deadline: duty.deadline, recurrence: duty.recurrence, unitIds: audience.unitIds },
    })
  })
}

/** What to ask the person who confirms: the reader's own doubts, words that matched nobody, deadlines that have passed. */
export function draftDoubts(reading: NoticeReading, duties: readonly DutyRow[], unmatched: readonly string[], setting: Setting): Omit<DoubtRow, 'settled'>[] {
  const over = (start: number | null, end: number | null) => (start === null ? null : (duties.find((duty) => duty.start !== null && duty.end !== null && duty.start < (end ?? start + 1) && duty.end > start)?.dutyId ?? null))
  const doubts: Omit<DoubtRow, 'settled' | 'doubtId'>[] = reading.doubts.map((one) => ({ code: one.code, weight: one.weight, zh: one.zh, en: one.en, start: one.start, end: one.end, dutyId: over(one.start, one.end) }))
  for (const word of unmatched) doubts.push({ code: 'addressee-unmatched', weight: 80, zh: `主送"${word}"在本校组织中没有对应，请指明是哪些单位。`, en: `The addressee "${word}" matches no unit here; say which units are meant.`, start: null, end: null, dutyId: null })
  for (const duty of duties) {
    if (duty.status === 'dropped') continue
    for (const word of duty.unmatched) doubts.push({ code: 'actor-unmatched', weight: 70, zh: `"${word}"对不上任何单位，这条任务还没有责任单位。`, en: `"${word}" matches no unit; this duty has no owner yet.`, start: duty.start, end: duty.end, dutyId: duty.dutyId })
    if (duty.dueAt && Date.parse(duty.dueAt) < setting.now.getTime()) {
      const at = inWords(duty.dueAt, setting.zone)
      doubts.push({ code: 'past-deadline', weight: 60, zh: `时限${at.zh}已经过去。`, en: `The deadline ${at.en} has passed.`, start: duty.start, end: duty.end, dutyId: duty.dutyId })
    }
  }
  return doubts.map((one, doubtId) => ({ ...one, doubtId }))
}

/** A duty as the contract shows it. */
export function showDuty(duty: DutyRow, now: Date, nameOfPreset: (key: string) => { zh: string; en: string }) {
  const { noticeId: _, position: __, measureId, measureName, preset, proposal: ___, continues: ____, ...rest } = duty
  const measure = measureId ? { measureId, preset: null, name: measureName ?? { zh: '', en: '' } } : preset ? { measureId: null, preset, name: nameOfPreset(preset) } : null
  return {
    ...rest, measure, pastDue: duty.dueAt !== null && Date.parse(duty.dueAt) < now.getTime(),
    blanks: blanksOf({ unitIds: duty.unitIds, people: duty.people, dueAt: duty.dueAt, cycle: duty.cycle, modality: duty.modality, evidence: duty.evidence, reportTo: duty.reportTo, measured: measure !== null }),
  }
}
