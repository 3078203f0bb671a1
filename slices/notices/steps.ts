/** "Why do you think so?": each step of the reading of a duty with what it rests on. Pure. */
import type { DutyRow } from './queries-duties.ts'
import { MUST_NOT, MUST_STRONG, MUST_WEAK, SHOULD } from './reading/knowledge/modality.ts'
import { lexicon } from './reading/knowledge/words.ts'
import type { StepName } from './rules.ts'

export interface ReadingStep {
  step: StepName
  zh: string
  en: string
  /** The reader's own words for it, in Chinese. */
  grounds: string[]
}

const forbidding = lexicon(MUST_NOT)
const obliging = lexicon(MUST_STRONG, MUST_WEAK)
const advising = lexicon(SHOULD)

/** Which step a line of the reader's grounds belongs to. */
function stepOf(line: string): StepName {
  if (/^执行者|主语|取自标题/.test(line)) return 'actor'
  if (/时限|另行通知/.test(line)) return 'deadline'
  if (/频次/.test(line)) return 'rhythm'
  if (/情态/.test(line)) return 'modality'
  if (/报送对象/.test(line)) return 'report-to'
  return 'kind'
}

/** The steps of a duty as they stand; empty for what a person wrote. */
export function stepsOf(duty: DutyRow): ReadingStep[] {
  if (duty.origin === 'added' || duty.proposal === null) return []
  const raw = duty.proposal
  const grounds = Map.groupBy(duty.why, stepOf)
  const lines = (step: StepName) => grounds.get(step) ?? []
  const steps: ReadingStep[] = []
  const add = (step: StepName, zh: string, en: string) => steps.push({ step, zh, en, grounds: lines(step) })
  const changed = (key: keyof DutyRow) => key in raw && JSON.stringify(raw[key] ?? null) !== JSON.stringify(duty[key] ?? null)

  add('kind', duty.modality === 'must-not' ? '句中禁止一个具体行为，读作禁止性要求' : '句中有可以检查的具体动作，读作任务', duty.modality === 'must-not' ? 'The sentence forbids an act that can be told: a prohibition' : 'The sentence names an act that can be checked: a duty')
  const source = raw['actorSource']
  const whom = duty.actor || '（未写明）'
  add('actor', changed('actor') ? `由人改为“${whom}”` : source === 'subject' ? `“${whom}”是这句话（或前文沿用）的主语` : source === 'by-phrase' ? `句中写明“由${whom}”` : source === 'heading' ? `取自所在标题的“${whom}”` : `没有写明谁办，取主送单位“${whom}”`,
    changed('actor') ? `changed to "${whom}" by a person` : source === 'subject' ? `"${whom}" is the subject (here or carried over)` : source === 'by-phrase' ? `the sentence says by whom: "${whom}"` : source === 'heading' ? `taken from the heading: "${whom}"` : `nobody is named: the addressees "${whom}"`)
  const cue = (duty.modality === 'must-not' ? forbidding : duty.modality === 'should' ? advising : obliging).find(duty.text)?.word
  const said = { 'must-not': ['不得', 'must not'], should: ['鼓励', 'should'], must: ['必须', 'must'] }[duty.modality] as [string, string]
  add('modality', changed('modality') ? `由人改为“${said[0]}”` : cue ? `句中有“${cue}”，读作“${said[0]}”` : `没有情态词，按前文和动词读作“${said[0]}”`, changed('modality') ? `changed to "${said[1]}" by a person` : cue ? `"${cue}" in the sentence: ${said[1]}` : `no modal word: ${said[1]} by what precedes and the verb`)
  const kinds: Record<string, [string, string]> = { absolute: ['写明的时间', 'a time that is named'], daily: ['每天的钟点', 'an hour of each day'], relative: ['相对的时间，要从发文或事发时算起', 'relative to the notice or an event'], vague: ['含糊的时间，没有换算成日期', 'vague: not turned into a date'], anchored: ['以一件事为准，没有换算成日期', 'tied to an event: not turned into a date'] }
  const kind = kinds[String(raw['deadlineKind'] ?? '')]
  if (duty.deadline) add('deadline', `原文“${duty.deadline}”：${kind?.[0] ?? '时间'}${duty.derivation ? `；换算：${duty.derivation}` : ''}`, `"${duty.deadline}" in the text: ${kind?.[1] ?? 'a time'}${duty.derivation ? `; worked out: ${duty.derivation}` : ''}`)
  else add('deadline', duty.dueAt ? '原文没有时限，由人填写' : '这句话里没有时限', duty.dueAt ? 'None in the text; filled in by a person' : 'No time in this sentence')
  if (duty.recurrence || duty.cycle !== 'once') add('rhythm', duty.recurrence ? (duty.cycle === 'once' ? `原文“${duty.recurrence}”：不间断，按一项任务办理` : `原文“${duty.recurrence}”：按期重复`) : '由人设为重复', duty.recurrence ? (duty.cycle === 'once' ? `"${duty.recurrence}": without a break, one duty` : `"${duty.recurrence}": repeats`) : 'set to repeat by a person')
  if (duty.condition) add('condition', `只在“${duty.condition}”时办理`, `only where "${duty.condition}"`)
  if (duty.evidence) add('evidence', changed('evidence') ? '由人填写' : `要交的是“${duty.evidence}”`, changed('evidence') ? 'filled in by a person' : `what is to be handed in: "${duty.evidence}"`)
  if (duty.reportTo) add('report-to', changed('reportTo') ? '由人填写' : lines('report-to').length ? `句中写明报送“${duty.reportTo}”` : `取自句中或全文写明的报送去向“${duty.reportTo}”`, changed('reportTo') ? 'filled in by a person' : `the notice says where: "${duty.reportTo}"`)
  const ready = duty.suggestions.find((one) => one.preset !== null)
  const label = duty.suggestions[0]
  if (ready) add('measure', `与现成的做法对应：${ready.zh}`, `corresponds to: ${ready.en}`)
  else if (label) add('measure', `没有现成的措施；${label.zh}`, `No ready-made measure. ${label.en}`)
  else add('measure', '没有读到对应的现成措施，由各单位上报', 'No ready-made measure corresponds: units report')
  return steps
}
