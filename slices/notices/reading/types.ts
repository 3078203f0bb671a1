/** Shapes of a reading. Offsets are UTF-16 offsets into the text as it was given, never into a normalised copy. */

export type Hazard =
  | 'covid-19' | 'influenza' | 'norovirus' | 'dengue' | 'chikungunya' | 'tuberculosis' | 'varicella' | 'measles' | 'mumps' | 'hand-foot-mouth'
  | 'pertussis' | 'food-poisoning'
  | 'flood' | 'rainstorm' | 'typhoon' | 'gale' | 'heat' | 'cold-wave' | 'snow' | 'smog' | 'sandstorm' | 'earthquake' | 'landslide'
  | 'fire' | 'gas-leak' | 'lab-accident' | 'power-cut' | 'water-supply' | 'crowd-crush'

export type SentenceKind = 'principle' | 'duty' | 'prohibition' | 'condition' | 'evaluation' | 'reporting' | 'context'

export type Modality = 'must' | 'must-not' | 'should'

export type ActorSource = 'subject' | 'heading' | 'addressee' | 'by-phrase'

export type DeadlineKind = 'absolute' | 'daily' | 'relative' | 'vague' | 'anchored'

export type MeasureKey =
  | 'whereabouts-known' | 'listed-area-observed' | 'stay-approved'
  | 'symptoms-followed' | 'everyone-owned' | 'zero-report'

/** A stretch of the original text. */
export type Span = { start: number; end: number }

/** One thing the reader is unsure of, as a question to the person who confirms. `weight` orders them, highest first. */
export type Doubt = { code: string; weight: number; zh: string; en: string; start: number | null; end: number | null }

export type Sentence = Span & { kind: SentenceKind }

export type Clause = Span & {
  /** Stable within the reading, e.g. "c3". */
  id: string
  /** The number as printed: 一, 1, 第三条; 前言 before the first number; 转发件 inside a forwarded notice. */
  number: string
  /** The number of the top level it counts under, e.g. "4#2" for the second item numbered 4. */
  label: string
  /** 1 for the top level. */
  level: number
  heading: string | null
  parentId: string | null
  sentences: Sentence[]
}

/** A ready-made measure, or the kind of thing it is where none is ready-made: a post or rota, a request, a drive. */
export type Suggestion = { measure?: MeasureKey; kind?: 'post' | 'request' | 'drive'; reason: { zh: string; en: string } }

export type Duty = Span & {
  id: string
  clauseId: string
  clause: string
  /** The stretch of the original, letter for letter, damage included. */
  text: string
  actor: string
  actorSource: ActorSource
  modality: Modality
  deadline: string | null
  deadlineKind: DeadlineKind | null
  /** ISO local date, or date-time, when it can be computed. */
  dueAt: string | null
  /** The rule by which a date was derived, when the text does not hold it in full. */
  derivation: string | null
  recurrence: string | null
  /** HH:MM of a rhythm, also where another time (a span's last day) is the deadline. */
  hour: string | null
  condition: string | null
  reportTo: string | null
  evidence: string | null
  suggestions: Suggestion[]
  /** The steps of the reading, for "why do you think so?". */
  why: string[]
}

export type Contact = Span & { kind: 'phone' | 'mobile' | 'email' | 'person' | 'id-number'; masked: string }

export type Repair = Span & { kind: 'pinyin' | 'gbk-shift' | 'look-alike'; repaired: string }

export type NoticeReading = {
  isNotice: boolean
  doubts: Doubt[]
  issuer: string | null
  issuers: string[]
  docNumber: string | null
  title: string | null
  addressees: string[]
  /** Date of signing, else of publication. */
  date: string | null
  publishedDate: string | null
  hazards: Hazard[]
  basis: string[]
  supersedes: string[]
  attachments: string[]
  contacts: Contact[]
  reportTo: string | null
  contact: boolean
  forwarded: boolean
  clauses: Clause[]
  duties: Duty[]
  repairs: Repair[]
}
