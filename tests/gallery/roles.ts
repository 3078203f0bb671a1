/** Whose screens are shown, and how their sessions are come by. */
import type { Client } from '#kernel/client.ts'
import type { Campus } from '#drill/campus-model.ts'
import type { Place } from '../journeys/page.ts'

/** Those whose screens are shown. `calm` is a student of whom nothing is asked, `ill` one whose isolation is due to end. */
export const roles = ['duty', 'secretary', 'counsellor', 'head', 'logistics', 'doctor', 'dataProtection', 'organisation', 'buildingManager', 'floorHead', 'branchSecretary', 'administrator', 'student', 'calm', 'ill'] as const
export type Role = (typeof roles)[number]

/** The people on a campus, and their sessions. */
export interface Folk extends Place {
  token(who: string): string
  as(who: Role): Client
  /** Roster number and person id of a role. */
  number(who: Role): string
  person(who: Role): string
  /** By name, in whichever tree; the first of several. */
  unit(name: string): string
  campus: Campus
  close(): Promise<void>
}
