/** Whoever is turned to for a help request is told that there is one: not by whom, nor about what. */
import type { Context } from '#kernel/server.ts'
import { tell } from '#slices/messages/server.ts'
import type { Urgency } from './rules.ts'

export async function tellAsked(ctx: Context, request: { requestId: string; urgency: Urgency }, ownerId: string | null, step: string): Promise<void> {
  const now = request.urgency === 'now'
  const line = now ? { zh: '紧急，请马上受理', en: 'Urgent: please take it at once' } : { zh: '请打开受理', en: 'Open it and take it' }
  if (ownerId) await tell(ctx, { key: `help ${request.requestId} ${step}`, tag: `help ${request.requestId}`, kind: 'help', urgent: now, title: { zh: '有新的求助', en: 'Somebody asks for help' }, line, path: `/m/tasks/help/${request.requestId}`, personIds: [ownerId] })
}
