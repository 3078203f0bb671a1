/** What the scenario tests of notices share: a notice imported, confirmed, issued. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CallProblem } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { open } from '#slices/responses/contract.ts'
import type { Scene } from '../../tests/scene.ts'
import * as n from './contract.ts'

export const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
export const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
export const hours = (count: number) => count * 3_600_000

/** A local moment so many days ahead, in the words of a notice and as an instant. */
export function ahead(scene: Scene, days: number, hour = 17): { words: string; at: string } {
  const day = new Date(scene.now().getTime() + days * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' })
  const [year, month, date] = day.split('-').map(Number)
  return { words: `${year}年${month}月${date}日${hour}:00`, at: new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`).toISOString() }
}
/** A notice whose dates lie ahead of the scene's clock. */
export function noticeText(scene: Scene, name = 'notice-first.txt'): string {
  const today = new Date(scene.now()).toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' }).split('-').map(Number)
  return fixture(name).replaceAll('{{三天后}}', ahead(scene, 3).words).replaceAll('{{五天后}}', ahead(scene, 5).words).replaceAll('{{昨天}}', ahead(scene, -1).words).replaceAll('{{今天}}', `${today[0]}年${today[1]}月${today[2]}日`)
}

export async function openResponse(scene: Scene): Promise<string> {
  const responseId = newId()
  await scene.as('duty').call(open, { responseId, name: '秋季传染病与防汛', hazards: ['influenza', 'flood'], level: 3, basis: '突发事件应对法', decidedBy: '校指挥部', plannedEnd: null })
  return responseId
}

export interface Issued {
  noticeId: string
  /** The duty whose words hold these. */
  duty(words: string): string
}
/** Imports, fills what is empty, confirms everything and issues. */
export async function issueNotice(scene: Scene, options: { text?: string; responseId?: string; amends?: string; before?: (noticeId: string) => Promise<void> } = {}): Promise<Issued> {
  const duty = scene.as('duty')
  const noticeId = newId()
  await duty.call(n.importNotice, { noticeId, text: options.text ?? noticeText(scene), ...(options.responseId ? { responseId: options.responseId } : {}), ...(options.amends ? { amends: options.amends } : {}) })
  await options.before?.(noticeId)
  await duty.call(n.fillBlanks, { noticeId, dueAt: ahead(scene, 6).at, evidence: '文字说明', reportTo: '指挥部办公室' })
  await duty.call(n.confirmDuties, { noticeId })
  await duty.call(n.issue, { noticeId })
  const { duties } = await duty.call(n.get, { noticeId })
  return { noticeId, duty: (words) => duties.find((one) => one.text.includes(words))?.dutyId ?? `no duty says ${words}` }
}
