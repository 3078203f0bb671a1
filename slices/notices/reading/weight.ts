/** How concrete a segment is, and which drafts are kept for it. */
import { findRecurrence } from './recurrence.ts'
import type { DateFault, TimeHit } from './calendar.ts'
import type { Draft } from './draft.ts'
import { findReport } from './report.ts'
import type { Segment } from './said.ts'
import type { Piece } from './sentences.ts'
import type { Modality, SentenceKind } from './types.ts'

/** A sentence with what was drafted from it; `kind` says in which ink it is shown. */
export type Inked = Piece & { item: number; kind: SentenceKind; drafts: Draft[]; fallback: SentenceKind }
/** What a body has been found to order so far. */
export type Walk = { drafts: Draft[]; sentences: Inked[]; faults: DateFault[] }

/** From this weight on a segment is a duty; below it is exhortation. */
export const KEEP = 0.8
/** In a notice that holds hardly anything but exhortation, acts named in it count from here. */
export const KEEP_IN_EXHORTATION = 0.55

/** How concrete is this segment? The sum is explained in `why`. */
export function weigh(segment: Segment, text: string, hits: readonly TimeHit[], carried: Modality | null, preamble: boolean, why: string[]): number {
  const base = segment.verbClass === 'act' ? 1 : segment.verbClass === 'semi' ? 0.55 : segment.verbClass === 'vague' ? 0.35 : segment.verbClass === 'unknown' ? 0.35 : 0
  let weight = base
  const add = (value: number, reason: string): void => { weight += value; why.push(`${reason}（${value > 0 ? '+' : ''}${value}）`) }
  why.push(`动词“${segment.verb ?? '未识别'}”${segment.verbClass === 'act' ? '是实动词' : segment.verbClass === 'semi' ? '要看宾语' : segment.verbClass === 'vague' ? '偏表态' : '不在词表'}（${base}）`)
  if (segment.modality === 'must-not') add(1, `禁止词“${segment.modalWord ?? ''}”`)
  else if (segment.modality !== null && segment.modalWord !== null) add(segment.modalWord === '负责' ? 0.5 : segment.strong ? 0.3 : 0.2, `情态词“${segment.modalWord}”`)
  else if (carried !== null) add(0.1, '沿用前文情态')
  // 须测体温, 一律回港: whatever the act is called, it is ordered outright.
  if (segment.verbClass === 'unknown' && /^(必须|务必|务须|须|应当|一律|只许|只准|方可|方能|才可|才能|才准)$/.test(segment.modalWord ?? '') && !segment.abstractObject && segment.exhortation === null) add(0.15, '明令')
  if (segment.subject) add(segment.byPhrase ? 0.3 : 0.1, `写明主语“${text.slice(segment.subject.start, segment.subject.end)}”`)
  if (segment.bareAct) add(0.4, '写明谁做什么')
  // 居民小组长配合: that is all there is to do.
  if (segment.subject && /^(?:予以|给予|积极|全力)?(?:配合|协助|协同)[。;,]?$/.test(text.slice(segment.subject.end, segment.end))) add(0.3, '写明谁配合')
  if (segment.concreteObject !== null && segment.verbClass !== 'act') add(0.35, `宾语“${segment.concreteObject}”可以检查`)
  else if (segment.abstractObject && segment.verbClass !== 'act') add(-0.35, '宾语抽象')
  const body = text.slice(segment.start, segment.end)
  if (hits.some((hit) => hit.kind === 'absolute' || hit.kind === 'daily' || (hit.kind === 'relative' && hit.limit))) add(0.4, '有时限')
  else if (hits.some((hit) => hit.kind === 'anchored' && hit.limit)) add(0.25, '以某事为限')
  else if (hits.some((hit) => hit.kind === 'vague' && /立即|第一时间|马上|立刻/.test(hit.value))) add(0.15, '有“立即”类时限')
  if (findRecurrence(body) !== null) add(0.3, '有频次')
  if (/\d|[一二三四五六七八九十两]+(名|人|个|次|支|套|台)|一[人户生案班]一/.test(body)) add(0.15, '有数量')
  if (findReport(body) !== null) add(0.4, '写明报送对象')
  if (segment.exhortation !== null && segment.modality !== 'must-not') add(-0.6, `勉励语“${segment.exhortation}”`)
  else if (/(带头|充分|坚决|切实|千方百计|全力|不断|大力|广泛|牢牢|以.{1,12}(精神|态度|行动|责任))/.test(body) && segment.verbClass !== 'act') add(-0.2, '勉励语气')
  if (segment.role === 'outcome') add(-0.8, '说的是结果或目的')
  if (segment.modality === 'should' && segment.modalWord !== null && (/建议|提倡|倡导|鼓励|尽量|尽可能/.test(segment.modalWord) || /倡议[^书如,。:]/.test(body))) add(0.5, '明说的建议')
  if (preamble && (segment.modality !== 'must-not' || (segment.modalWord !== null && /暂|停|推迟|延/.test(segment.modalWord)))) add(segment.modalWord === '请' || segment.modalWord === '敬请' ? 0 : segment.modality === 'must' ? -0.3 : -2, '在开头的背景段')
  return Math.round(weight * 100) / 100
}

/** Drops drafts that are exhortation; in a notice of exhortations the bar lies lower. */
export function keepDrafts(walk: { drafts: Draft[]; sentences: Inked[] }): void {
  const length = walk.sentences.reduce((sum, sentence) => sum + sentence.end - sentence.start, 0)
  const firm = walk.drafts.filter((draft) => draft.weight >= KEEP)
  const hard = firm.filter((draft) => draft.modality === 'must-not' || (draft.hit !== null && draft.hit.kind !== 'vague') || draft.reportTo !== null)
  const exhorting = length > 500 && hard.length * 300 < length
  const bar = exhorting ? KEEP_IN_EXHORTATION : KEEP
  walk.drafts = walk.drafts.filter((draft) => draft.weight >= bar)
  for (const sentence of walk.sentences) {
    sentence.drafts = sentence.drafts.filter((draft) => draft.weight >= bar)
    if (sentence.drafts.some((draft) => draft.modality === 'must-not')) sentence.kind = 'prohibition'
    else if (sentence.drafts.some((draft) => draft.reportTo !== null)) sentence.kind = 'reporting'
    else if (sentence.drafts.length > 0) sentence.kind = 'duty'
    else sentence.kind = sentence.fallback
  }
}
