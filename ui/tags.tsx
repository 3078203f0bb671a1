/** Small signs: each carries a word or a glyph besides its colour. */
import type { ReactNode } from 'react'
import { language, t } from './words.ts'

export type Ink = 'principle' | 'duty' | 'prohibition' | 'condition' | 'evaluation' | 'reporting' | 'context'
export type StandingState = 'kept' | 'excused' | 'gap' | 'unknown'
export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'muted'
export type ResponseLevel = 1 | 2 | 3 | 4

const inkWords: Record<Ink, readonly [string, string, string, string]> = {
  principle: ['原则', 'Principle', '则', 'P'],
  duty: ['任务', 'Duty', '任', 'D'],
  prohibition: ['禁止', 'Must not', '禁', '✕'],
  condition: ['条件', 'Condition', '若', 'if'],
  evaluation: ['考核', 'Evaluation', '评', 'E'],
  reporting: ['报告', 'Reporting', '报', '↑'],
  context: ['背景', 'Context', '注', 'i'],
}

export function inkName(ink: Ink): string {
  return t(inkWords[ink][0], inkWords[ink][1])
}

/** The kind of a clause: a sealed sign and its name. `bare` shows the sign alone (its name is read aloud). */
export function InkTag({ ink, bare }: { ink: Ink; bare?: boolean }) {
  const words = inkWords[ink]
  const sign = language() === 'en' ? words[3] : t(words[2], words[3])
  return (
    <span className={`b-ink b-ink-${ink}`} title={inkName(ink)}>
      <span className="b-ink-sign" aria-hidden>
        {sign}
      </span>
      {bare ? <span className="sr-only">{inkName(ink)}</span> : <span>{inkName(ink)}</span>}
    </span>
  )
}

/** A passage in the ink of its kind: coloured rule at the left, sign, text. */
export function InkText({ ink, children }: { ink: Ink; children: ReactNode }) {
  return (
    <div className={`b-inktext b-ink-${ink}`}>
      <InkTag ink={ink} bare />
      <div>{children}</div>
    </div>
  )
}

const standingWords: Record<StandingState, readonly [string, string]> = {
  kept: ['达标', 'Kept'],
  excused: ['免除', 'Excused'],
  gap: ['缺口', 'Gap'],
  unknown: ['未知', 'Unknown'],
}
export const standingStates: readonly StandingState[] = ['kept', 'excused', 'gap', 'unknown']

export function standingName(state: StandingState): string {
  return t(standingWords[state][0], standingWords[state][1])
}

/** The shape of a standing: ● kept, ◐ excused, ▲ gap, ? unknown. Shape and colour both differ. */
export function StandingSign({ state, size = 14 }: { state: StandingState; size?: number }) {
  return (
    <svg className={`b-sign b-${state}`} width={size} height={size} viewBox="0 0 14 14" aria-hidden focusable="false">
      {state === 'kept' && (
        <>
          <circle cx="7" cy="7" r="6.5" fill="currentColor" />
          <path d="M4 7.2 6.2 9.4 10 5" fill="none" stroke="var(--sheet)" strokeWidth="1.6" />
        </>
      )}
      {state === 'excused' && (
        <>
          <circle cx="7" cy="7" r="5.7" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M4 7h6" stroke="currentColor" strokeWidth="1.6" />
        </>
      )}
      {state === 'gap' && (
        <>
          <path d="M7 .8 13.6 13H.4z" fill="currentColor" />
          <path d="M7 5v4M7 10.600v.8" stroke="var(--sheet)" strokeWidth="1.5" />
        </>
      )}
      {state === 'unknown' && (
        <>
          <rect x="1.3" y="1.3" width="11.4" height="11.4" rx="2" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.2 1.6" />
          <text x="7" y="10.3" textAnchor="middle" fontSize="9.5" fontWeight="700" fill="currentColor">
            ?
          </text>
        </>
      )}
    </svg>
  )
}

export function StandingTag({ state, label }: { state: StandingState; label?: ReactNode }) {
  return (
    <span className={`b-tag b-standing b-${state}`}>
      <StandingSign state={state} />
      {label ?? standingName(state)}
    </span>
  )
}

/** A plain tag. */
export function Tag({ tone = 'neutral', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return (
    <span className={`b-tag b-tone-${tone}`} title={title}>
      {children}
    </span>
  )
}

const levelWords: Record<ResponseLevel, readonly [string, string]> = { 1: ['Ⅰ级', 'Level I'], 2: ['Ⅱ级', 'Level II'], 3: ['Ⅲ级', 'Level III'], 4: ['Ⅳ级', 'Level IV'] }

/** A response's level: Ⅰ red, Ⅱ orange, Ⅲ yellow, Ⅳ blue as on official signs, always with its numeral. */
export function LevelTag({ level, children }: { level: ResponseLevel; children?: ReactNode }) {
  return (
    <span className={`b-tag b-level b-level-${level}`}>
      <b className={`b-level-sign b-level-sign-${level}`}>{t(levelWords[level][0], levelWords[level][1])}</b>
      {children}
    </span>
  )
}

/** Marks what belongs to an exercise. */
export function DrillTag() {
  return <span className="b-tag b-drill">{t('演练', 'Drill')}</span>
}
