/** Finding units by what somebody types, and the views a person keeps. */
import { notFound, refused } from '#kernel/problems.ts'
import { implement, job, type Context, type JobHandler } from '#kernel/server.ts'
import * as contract from './contract.ts'
import { pinyinOf } from './names.ts'
import * as q from './queries-find.ts'

const mostViews = 40
const atOnce = 2000

export const findingCalls = [
  implement(contract.findUnits, async (ctx, { text, tree, most = 20 }) => ({ units: await q.findUnitsByText(ctx.tx, ctx.institution.id, text, tree ?? null, most) })),
  implement(contract.views, async (ctx) => ({ views: await q.viewsOf(ctx.tx, ctx.institution.id, ctx.actor.personId as string) })),
  implement(contract.saveView, async (ctx, view) => {
    const personId = ctx.actor.personId as string
    const kept = await q.viewsOf(ctx.tx, ctx.institution.id, personId)
    if (kept.length >= mostViews && !kept.some((one) => one.viewId === view.viewId)) throw refused('too-many-views', `最多保存 ${mostViews} 个视图，请先删除不用的。`, `At most ${mostViews} views are kept; delete one first.`)
    if (!(await q.upsertView(ctx.tx, ctx.institution.id, personId, { ...view, name: view.name.trim() || view.address }, ctx.now))) throw notFound()
    return {}
  }),
  implement(contract.dropView, async (ctx, { viewId }) => {
    if (!(await q.deleteView(ctx.tx, ctx.institution.id, ctx.actor.personId as string, viewId))) throw notFound()
    return {}
  }),
]

/** Names of units as they are spoken, for whoever types pinyin. */
async function nameUnits(ctx: Context): Promise<void> {
  const units = await q.unspokenUnits(ctx.tx, ctx.institution.id, atOnce)
  if (!units.length) return
  await q.setUnitPinyin(ctx.tx, ctx.institution.id, units.map((unit) => ({ ...unit, pinyin: pinyinOf(unit.name) })))
  if (units.length === atOnce) ctx.enqueue({ kind: 'directory.names', key: 'all' })
}

export const findingJobs: JobHandler[] = [job('directory.changed', nameUnits), job('directory.names', nameUnits)]
