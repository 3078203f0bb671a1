/** Who is told what of gaps, outside the system: never of whom, nor what is asked. */
import type { Context } from '#kernel/server.ts'
import { groupsAbove, tell } from '#slices/messages/server.ts'
import { countOpenFollowUps, type NewTask } from './queries-escalation.ts'

/** Subjects are people, or units whose owners are meant. */
export const tellReminded = (ctx: Context, key: string, subjectIds: readonly string[]) =>
  tell(ctx, { key: `gap ${key}`, tag: 'gap', kind: 'remind', title: { zh: '请尽快填报', en: 'Please answer soon' }, line: { zh: '只问还不知道的，一分钟即可', en: 'Only what is not known yet; it takes a minute' }, path: '/m/', personIds: subjectIds, unitIds: subjectIds })

/** New follow-ups: those they went to, at most once in half an hour; working groups hear a number, at most once an hour. */
export async function tellFollowUps(ctx: Context, made: readonly Pick<NewTask, 'kind' | 'ownerId' | 'ownerUnitId'>[]): Promise<void> {
  if (!made.length) return
  const at = ctx.now.toISOString()
  const owners = (decision: boolean) => [...new Set(made.flatMap((one) => (one.ownerId && (one.kind === 'ask-decision') === decision ? [one.ownerId] : [])))]
  const [following, deciding] = [owners(false), owners(true)]
  if (following.length) await tell(ctx, { key: `follow-ups ${at}`, tag: 'follow-ups', kind: 'task', title: { zh: '有人到期未报，请联系', en: 'People have not answered in time' }, line: { zh: '打开查看名单', en: 'Open it to see whom to call' }, path: '/m/tasks', personIds: following, spareMinutes: 30 })
  if (deciding.length) await tell(ctx, { key: `decisions ${at}`, tag: 'decisions', kind: 'decision', title: { zh: '有事项等您决定', en: 'Something waits for your decision' }, line: { zh: '请打开查看', en: 'Open it to see' }, path: '/m/tasks', personIds: deciding, spareMinutes: 30 })
  const units = await groupsAbove(ctx, [...new Set(made.flatMap((one) => one.ownerUnitId ?? []))], 'task')
  if (!units.length) return
  for (const { unitId, people } of await countOpenFollowUps(ctx.tx, ctx.institution.id, units)) {
    await tell(ctx, { key: `open follow-ups ${unitId} ${at.slice(0, 13)}`, tag: 'open follow-ups', kind: 'task', title: { zh: `${people}人到期未报，尚未联系上`, en: `${people} people have not been reached` }, line: { zh: '请责任人打开查看名单', en: 'Whoever answers for them finds the names inside' }, path: '/m/tasks', groupsOf: [unitId] })
  }
}
