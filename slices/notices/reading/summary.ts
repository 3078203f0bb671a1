/** The short form of a reading that the command line prints with --json. */
import type { Hazard, Modality, NoticeReading } from './types.ts'

export type NoticeSummary = {
  issuer: string | null
  docNumber: string | null
  title: string | null
  addressees: string[]
  date: string | null
  hazard: Hazard[]
  headings: string[]
  duties: { clause: string; text: string; actor: string; modality: Modality; deadline: string | null; recurrence: string | null }[]
  reportTo: string | null
  contact: boolean
}

/** A reading as the ten fields of the annotation. */
export function toSummary(reading: NoticeReading): NoticeSummary {
  return {
    issuer: reading.issuer,
    docNumber: reading.docNumber,
    title: reading.title,
    addressees: reading.addressees,
    date: reading.date,
    hazard: reading.hazards,
    headings: reading.clauses.flatMap((clause) => (clause.level === 1 && clause.label !== '转发件' && clause.heading !== null ? [clause.heading] : [])),
    duties: reading.duties.map(({ clause, text, actor, modality, deadline, recurrence }) => ({ clause, text, actor, modality, deadline, recurrence })),
    reportTo: reading.reportTo,
    contact: reading.contact
  }
}
