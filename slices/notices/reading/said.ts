/** What is known of a segment: what it is for, who does what when, and how the questions about its role see it. */
import type { Ban } from './bans.ts'
import type { TimeHit } from './calendar.ts'
import type { Piece } from './sentences.ts'
import type { Modality } from './types.ts'

export type SegmentRole = 'act' | 'condition' | 'time' | 'topic' | 'object' | 'context' | 'announcement' | 'evaluation' | 'exhortation' | 'outcome'

export type Segment = Piece & {
  role: SegmentRole
  subject: Piece | null
  byPhrase: boolean
  modality: Modality | null
  /** The word that decides the modality, as it stands. */
  modalWord: string | null
  strong: boolean
  verb: string | null
  verbClass: 'act' | 'semi' | 'vague' | 'unknown' | null
  /** Where the predicate begins, behind subject, time and modal. */
  predicate: number
  startsWithAnd: boolean
  /** 重点……, 特别是……: spells out what stands before. */
  emphasis: boolean
  running: boolean
  concreteObject: string | null
  abstractObject: boolean
  exhortation: string | null
  /** The state a ban hangs on, where it stands in the same segment. */
  hangsOn: Piece | null
  telling: boolean
  /** Somebody, and a predicate that no list knows. */
  bareAct: boolean
  hits: TimeHit[]
}

/** A segment as the questions about its role see it. */
export type Said = {
  segment: Segment
  masked: string
  /** The segment's own words, and the same without the mark at their end. */
  whole: string
  bare: string
  ban: Ban | null
  isLast: boolean
  /** The preposition that the predicate opens with. */
  beforeVerb: string | null
}
