/** From a reading to drafted duties and doubts, with the institution's units and earlier corrections. Pure. */
import { stableId } from '#kernel/ids.ts'
import { resolveWords, together, type KnownUnit, type Learnt } from './addressees.ts'
import { inChinese } from './reading/channels.ts'
import { applyLessons, lessonsFrom, type Lessons } from './learning.ts'
import type { NoticeReading } from './reading/types.ts'
import type { CorrectionRow, DoubtRow } from './queries.ts'
import { plainDuty, type DutyRow } from './queries-duties.ts'
import { blanksOf, cycleOf } from './rules.ts'
import { shapeOf } from './shapes.ts'
import { stepsOf } from './steps.ts'
import { inWords, instantOf } from './times.ts'

export interface Setting {
  noticeId: string
  units: readonly KnownUnit[]
  corrections: readonly CorrectionRow[]
  zone: string
  now: Date
}

/** Who is meant by a duty's actor words. */
export function audienceOf(actor: string, units: readonly KnownUnit[], words: Learnt): Pick<DutyRow, 'unitIds' | 'people' | 'resolved' | 'unmatched' | 'learnt'> {
  const of = (learnt: Learnt) => {
    const resolution = resolveWords(actor ? [actor] : [], units, learnt)
    const { unitIds, people, zh, en } = together(resolution)
    return { resolution, made: { unitIds, people, resolved: { zh, en }, unmatched: resolution.unmatched } }
  }
  const { resolution, made } = of(words)
  const applied = resolution.resolved.filter((one) => one.correctionId)
  // What the words came to without the correction, to take it back.
  const was = applied.length ? of(new Map([...words].filter(([, one]) => !applied.some((other) => other.correctionId === one.correctionId)))).made : undefined
  return {
    ...made,
    learnt: applied.map((one) => ({
      correctionId: one.correctionId ?? null, zh: one.unitIds.length || one.people ? `“${one.word}”按订正对应到${one.unitIds.length}个单位` : `“${one.word}”按订正不是本校单位`,
      en: one.unitIds.length || one.people ? `"${one.word}" goes to ${one.unitIds.length} units, as corrected` : `"${one.word}" is no unit here, as corrected`, made: { unitIds: made.unitIds, people: made.people }, ...(was ? { was } : {}),
    })),
  }
}

/** The drafted duties of a reading, in order. `measures`: it belongs to a response, so that measures joined before may be joined again. */
export function draftDuties(reading: NoticeReading, setting: Setting, body = '', measures = false): DutyRow[] {
  const lessons = lessonsFrom(setting.corrections)
  const alive = new Set(setting.units.map((unit) => unit.unitId))
  const drafted = reading.duties.map((duty, position) => {
    const rhythm = cycleOf(duty.recurrence)
    const daily = duty.deadlineKind === 'daily' && /^\d{1,2}:\d{2}$/.test(duty.deadline ?? '')
    const cycle = daily && rhythm.cycle === 'once' ? 'daily' : rhythm.cycle
    const hour = duty.hour ?? /(?:^|T)(\d{2}:\d{2})/.exec(duty.dueAt ?? duty.deadline ?? '')?.[1] ?? null
    const plain = audienceOf(duty.actor, setting.units, new Map())
    const drop = duty.modality === 'must-not' ? undefined : lessons.of('drop', duty.text)
    const cycleTime = cycle === 'once' ? null : hour === '24:00' ? null : hour
    const cycleWeekday = rhythm.weekday
    // Where the notice names several receivers, none of them is this duty's for sure.
    const reportTo = inChinese(duty.reportTo ?? (/[;；、]/.test(reading.reportTo ?? '') ? null : reading.reportTo))
    const raw = plainDuty({
      dutyId: stableId(setting.noticeId, duty.id), noticeId: setting.noticeId, position, origin: 'read', status: drop ? 'dropped' : 'proposed', clauseId: duty.clauseId, clause: duty.clause,
      start: duty.start, end: Math.max(duty.end, duty.start + 1), text: duty.text.slice(0, 4000) || '…', actor: duty.actor, modality: duty.modality, deadline: duty.deadline,
      dueAt: cycle === 'once' && duty.dueAt ? instantOf(duty.dueAt, setting.zone) : null, derivation: duty.derivation, recurrence: duty.recurrence, cycle, cycleTime, cycleWeekday,
      condition: duty.condition, evidence: duty.evidence, reportTo, review: duty.modality === 'must' && cycle === 'once',
      learnt: drop ? [{ correctionId: drop.correctionId, zh: '以往舍去过同样的话，这次也先舍去', en: 'The same words were dropped before, so they are dropped here too', made: { status: 'dropped' }, was: { status: 'proposed' } }] : [],
      suggestions: duty.suggestions.map((one) => ({ preset: one.measure ?? null, ...one.reason })), why: duty.why,
      proposal: {
        text: duty.text, actor: duty.actor, actorSource: duty.actorSource, modality: duty.modality, deadline: duty.deadline, deadlineKind: duty.deadlineKind, recurrence: duty.recurrence, unitIds: plain.unitIds, people: plain.people, unmatched: plain.unmatched,
        cycle, cycleTime, cycleWeekday, condition: duty.condition, evidence: duty.evidence, reportTo, preset: null,
      },
    })
    const doer = applyLessons(raw, lessons, alive, ['doer'])
    const audience = audienceOf(doer.actor, setting.units, lessons.words)
    return applyLessons({ ...doer, ...audience, learnt: [...doer.learnt, ...audience.learnt] }, lessons, alive, ['owner', 'modality', 'rhythm', 'condition', 'evidence', 'report-to', ...(measures ? (['measure'] as const) : [])])
  })
  return withMissed(drafted, reading, setting, lessons, body)
}

/** Sentences that a person once added by hand, where the same words stand again and no duty was drafted of them. */
function withMissed(drafted: DutyRow[], reading: NoticeReading, setting: Setting, lessons: Lessons, body: string): DutyRow[] {
  const added = lessons.all('missed').flatMap((lesson) => {
    const words = String(lesson.made['text'] ?? '')
    const start = words.length < 6 ? -1 : body.indexOf(words)
    const end = start + words.length
    if (start < 0 || drafted.some((one) => one.start !== null && one.end !== null && one.start < end && one.end > start)) return []
    const clause = reading.clauses.filter((one) => one.start <= start && one.end >= end).at(-1)
    const before = drafted.filter((one) => one.start !== null && one.start < start).length
    const actor = String(lesson.made['actor'] || reading.addressees.join('、'))
    const { learnt: _, ...audience } = audienceOf(actor, setting.units, lessons.words)
    return [plainDuty({
      dutyId: stableId(setting.noticeId, `missed-${lesson.correctionId}`), noticeId: setting.noticeId, position: before - 0.5, origin: 'read', clauseId: clause?.id ?? null, clause: clause?.label ?? '', start, end, text: words, actor,
      modality: lesson.made['modality'] === 'must-not' ? 'must-not' : lesson.made['modality'] === 'should' ? 'should' : 'must', ...audience, proposal: { text: words, actor, modality: 'must', unitIds: audience.unitIds, people: audience.people, unmatched: audience.unmatched },
      learnt: [{ correctionId: lesson.correctionId, zh: '以往由人补上过同样的话，这次也列为任务', en: 'The same words were added by hand before, so they are a duty here too', made: { status: 'proposed' }, was: { status: 'dropped' } }],
    })]
  })
  return [...drafted, ...added]
}

/** What to ask the person who confirms: the reader's own doubts, words that matched nobody, deadlines that have passed. */
export function draftDoubts(reading: NoticeReading, duties: readonly DutyRow[], unmatched: readonly string[], setting: Setting): Omit<DoubtRow, 'settled'>[] {
  const over = (start: number | null, end: number | null) => (start === null ? null : (duties.find((duty) => duty.start !== null && duty.end !== null && duty.start < (end ?? start + 1) && duty.end > start)?.dutyId ?? null))
  const doubts: Omit<DoubtRow, 'settled' | 'doubtId'>[] = reading.doubts.map((one) => ({ code: one.code, weight: one.weight, zh: one.zh, en: one.en, start: one.start, end: one.end, dutyId: over(one.start, one.end) }))
  for (const word of unmatched) doubts.push({ code: 'addressee-unmatched', weight: 80, zh: `主送“${word}”在本校组织中没有对应，请指明是哪些单位。`, en: `The addressee "${word}" matches no unit here; say which units are meant.`, start: null, end: null, dutyId: null })
  for (const duty of duties) {
    if (duty.status === 'dropped') continue
    // The words of the addressees are asked about once, above.
    if (duty.unitIds.length === 0) for (const word of duty.unmatched) if (!unmatched.includes(word)) doubts.push({ code: 'actor-unmatched', weight: 70, zh: `“${word}”对不上任何单位，这条任务还没有责任单位。`, en: `"${word}" matches no unit; this duty has no owner yet.`, start: duty.start, end: duty.end, dutyId: duty.dutyId })
    // 24小时值班 runs on, 每次…… waits for its event; anything else that keeps coming back should be followed so.
    if (duty.recurrence && duty.cycle === 'once' && !/24小时|昼夜|全天候|每次|每批|每趟|每车|每客|每航|一客/.test(duty.recurrence))
      doubts.push({ code: 'rhythm-unscheduled', weight: 50, zh: `“${duty.recurrence}”不能自动排期，请选最接近的频次，或给出时限。`, en: `"${duty.recurrence}" cannot be scheduled as it stands: choose the nearest rhythm, or a deadline.`, start: duty.start, end: duty.end, dutyId: duty.dutyId })
    // 每周一、三、五 is followed on its first day; the other days are asked about.
    if (duty.recurrence && duty.cycle === 'weekly' && /(?:周|星期|礼拜)[一二三四五六日天](?:[、和及与至到-](?:周|星期|礼拜)?[一二三四五六日天])+/.test(duty.recurrence))
      doubts.push({ code: 'rhythm-unscheduled', weight: 50, zh: `“${duty.recurrence}”一周不止一天，现只按其中第一天排期：请改选频次，或另拆出其余各天。`, en: `"${duty.recurrence}" names several days a week and is followed on the first only: choose another rhythm, or split off the other days.`, start: duty.start, end: duty.end, dutyId: duty.dutyId })
    if (duty.dueAt && Date.parse(duty.dueAt) < setting.now.getTime()) {
      const at = inWords(duty.dueAt, setting.zone)
      doubts.push({ code: 'past-deadline', weight: 60, zh: `时限${at.zh}已经过去。`, en: `The deadline ${at.en} has passed.`, start: duty.start, end: duty.end, dutyId: duty.dutyId })
    }
  }
  return doubts.map((one, doubtId) => ({ ...one, doubtId }))
}

/** A duty as the contract shows it. */
export function showDuty(duty: DutyRow, now: Date, nameOfPreset: (key: string) => { zh: string; en: string }) {
  const { noticeId: _, position: __, measureId, measureName, preset, proposal, continues: ____, learnt, ...rest } = duty
  const measure = measureId ? { measureId, preset: null, name: measureName ?? { zh: '', en: '' } } : preset ? { measureId: null, preset, name: nameOfPreset(preset) } : null
  return {
    ...rest, measure, learnt: learnt.map(({ correctionId = null, zh, en }) => ({ correctionId, zh, en })), steps: stepsOf(duty), shaped: shapeOf(proposal), pastDue: duty.dueAt !== null && Date.parse(duty.dueAt) < now.getTime(),
    blanks: blanksOf({ unitIds: duty.unitIds, people: duty.people, dueAt: duty.dueAt, cycle: duty.cycle, modality: duty.modality, evidence: duty.evidence, reportTo: duty.reportTo, measured: measure !== null }),
  }
}
