/** The calls of notices, and what their permissions hang on. What each does stands in the file named for it. */
import type { Tx } from '#kernel/database.ts'
import type { ThingResolver } from '#kernel/server.ts'
import { cascadeCalls } from './cascade.ts'
import { correctingCalls } from './correcting.ts'
import { draftingCalls } from './drafting.ts'
import { followingCalls } from './following.ts'
import { issuingCalls } from './issuing.ts'
import { ownCalls } from './own.ts'
import { recentCalls } from './recent.ts'
import { roundCalls } from './rounds.ts'
import { onErasing } from '#slices/responses/server.ts'
import * as q from './queries.ts'
import { groundsOfAssignments } from './queries-cascade.ts'
import { dutiesOf } from './queries-duties.ts'
import { keepOpened, noticeErasables } from './queries-erasing.ts'
import { missingOf, progressOf } from './queries-follow.ts'
import { answering } from './sending.ts'
export { jobs } from './jobs.ts'

export const calls = [...draftingCalls, ...correctingCalls, ...issuingCalls, ...followingCalls, ...cascadeCalls, ...ownCalls, ...roundCalls, ...recentCalls]

/** Whoever may draft or issue may so for the whole institution: notices and duties stand at its roots. */
async function atTheRoots(tx: Tx, kind: 'notice' | 'duty', ids: string[]) {
  const [known, unitIds] = [await q.thatExist(tx, kind, ids), await q.rootIds(tx)]
  return ids.map((id) => (known.has(id) ? { unitIds, personIds: [] } : undefined))
}

onErasing({
  erasables: noticeErasables,
  kept: [
    { what: { zh: '通知、任务及其办理状态、时间、数字', en: 'Notices, duties, their states, times and figures' }, why: { zh: '公文与履职记录；上报的文字和佐证已删去。', en: 'Official documents and the record of office; words and evidence from the field are gone.' } },
    { what: { zh: '叫应对象（在任负责人）是否确认', en: 'Which office holders confirmed when called' }, why: { zh: '履职与追责的证据。', en: 'Evidence of office.' } },
  ],
  begin: async (ctx, scope) => {
    const { notices, opened, reports, evidence } = await keepOpened(ctx.tx, scope)
    return [
      { name: { zh: '签发的通知', en: 'Notices issued' }, n: notices }, { name: { zh: '通知打开人次', en: 'Openings of notices' }, n: opened },
      { name: { zh: '任务上报', en: 'Reports of duties' }, n: reports }, { name: { zh: '附佐证的上报', en: 'Reports with evidence' }, n: evidence },
    ]
  },
})

export const things: ThingResolver[] = [
  { kind: 'notice', resolve: (tx, ids) => atTheRoots(tx, 'notice', ids) },
  { kind: 'duty', resolve: (tx, ids) => atTheRoots(tx, 'duty', ids) },
  {
    kind: 'assignment',
    async resolve(tx, ids) {
      const units = await groundsOfAssignments(tx, ids)
      return ids.map((id) => { const unitId = units.get(id); return unitId ? { unitIds: [unitId], personIds: [] } : undefined })
    },
  },
]

// ── For later slices ─────────────────────────────────────────────────────────────────────────────
/** A notice by id; undefined where there is none. */
export const findNotice = async (tx: Tx, institutionId: string, noticeId: string) => (await q.findNotices(tx, institutionId, [noticeId]))[0]
/** Its confirmed duties with their progress: units addressed (`top`) and handed down, of the latest occurrence. */
export async function dutyProgress(tx: Tx, institutionId: string, noticeId: string, scope: readonly string[] | null, now: Date) {
  return { duties: (await dutiesOf(tx, institutionId, noticeId)).filter((duty) => duty.status === 'confirmed'), progress: await progressOf(tx, institutionId, { noticeIds: [noticeId] }, scope, answering, now), missing: await missingOf(tx, institutionId, noticeId, scope, answering, now, 1000) }
}
