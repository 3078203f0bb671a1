/** Who is told of a case, and how little: what travels through strangers says nothing about anybody's health. */
import type { Context } from '#kernel/server.ts'
import { tell } from '#slices/messages/server.ts'

/** The person themselves: something was arranged for them or has changed. */
export async function tellPerson(ctx: Context, one: { caseId: string; personId: string }, what: 'opened' | 'changed' | 'released'): Promise<void> {
  const title = { opened: { zh: '学校为您作了一项安排', en: 'Something was arranged for you' }, changed: { zh: '您的一项安排有变动', en: 'An arrangement of yours has changed' }, released: { zh: '您的一项安排已解除', en: 'An arrangement of yours has ended' } }[what]
  await tell(ctx, { key: `case ${one.caseId} ${what} ${ctx.now.toISOString()}`, tag: `case ${one.caseId}`, kind: 'personal', urgent: what === 'opened', title, line: { zh: '请打开查看', en: 'Open it to read' }, path: '/m/case', personIds: [one.personId] })
}

/** Whoever answers: a case is theirs, was handed over to them, or somebody should look. */
export async function tellAnswerer(ctx: Context, caseId: string, personId: string | null, what: 'yours' | 'offered' | 'look'): Promise<void> {
  if (!personId) return
  const title = { yours: { zh: '有一件个人事项由您负责', en: 'A personal matter is with you' }, offered: { zh: '有一件事项移交给您，请确认', en: 'Something was handed over to you: please confirm' }, look: { zh: '您负责的人有新情况', en: 'Somebody you answer for has told something' } }[what]
  await tell(ctx, { key: `case ${caseId} ${what} ${ctx.now.toISOString()}`, tag: `case ${caseId} ${what}`, kind: 'personal', urgent: what === 'look', title, line: { zh: '请打开查看', en: 'Open it to read' }, path: `/m/tasks/case/${caseId}`, personIds: [personId], ...(what === 'look' ? { spareMinutes: 30 } : {}) })
}
