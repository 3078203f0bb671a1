/** What a reading's words mean here, what was remembered of corrections, and taking both back. */
import { badInput, conflict, notFound } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { newId } from '#kernel/ids.ts'
import { unitBriefs } from '#slices/directory/server.ts'
import { phraseKey, resolveWords, together, type PeopleWanted } from './addressees.ts'
import * as contract from './contract.ts'
import { audienceOf } from './draft-duties.ts'
import { getDraft, getDuty, setting, shown } from './drafting.ts'
import { learntActors, withoutLesson } from './learning.ts'
import { showCorrection } from './corrections.ts'
import * as q from './queries.ts'
import * as d from './queries-duties.ts'
import { shapeIn } from './shapes.ts'

/** Reads the addressees and the duties of a draft anew where their words hold this one; what a person chose for a duty stays. */
async function readAgain(ctx: Context, noticeId: string, word: string): Promise<number> {
  const { tx, institution } = ctx
  const notice = await getDraft(ctx, noticeId)
  const all = await setting(ctx, noticeId)
  const words = learntActors(all.corrections)
  const { unmatched } = resolveWords(notice.addressees, all.units, words)
  await q.updateHeader(tx, institution.id, noticeId, { unmatched })
  const key = phraseKey(word)
  const changed = (await d.dutiesOf(tx, institution.id, noticeId)).flatMap((duty) => {
    if (duty.resolved.zh === '由人指定' || !phraseKey(duty.actor).includes(key)) return []
    const { learnt, ...audience } = audienceOf(duty.actor, all.units, words)
    const kept = duty.learnt.filter((one) => !one.made || !('unitIds' in one.made) || duty.learnt.some((other) => other === one && other.zh.includes('同样的话')))
    return [{ ...duty, ...audience, learnt: [...kept, ...learnt] }]
  })
  await d.saveDuties(tx, institution.id, noticeId, changed)
  for (const doubt of await q.findDoubts(tx, institution.id, noticeId)) {
    if (!['addressee-unmatched', 'actor-unmatched'].includes(doubt.code) || ![`"${word}"`, `“${word}”`].some((quoted) => doubt.zh.includes(quoted))) continue
    const duty = changed.find((one) => one.dutyId === doubt.dutyId)
    await q.settleDoubt(tx, institution.id, noticeId, doubt.doubtId, doubt.code === 'addressee-unmatched' ? !unmatched.includes(word) : duty ? !duty.unmatched.includes(word) : doubt.settled, ctx.now, ctx.actor.personId)
  }
  return changed.length
}

export const correctingCalls = [
  implement(contract.resolve, async (ctx, { words }) => {
    const all = await setting(ctx, '')
    const { resolved, unmatched } = resolveWords(words, all.units, learntActors(all.corrections))
    const briefs = await unitBriefs(ctx.tx, ctx.institution.id, together({ resolved, unmatched }).unitIds)
    return { resolved: resolved.map(({ unitIds, correctionId: _, ...one }) => ({ ...one, units: unitIds.flatMap((id) => briefs.get(id) ?? []) })), unmatched }
  }),
  implement(contract.mapWord, async (ctx, { noticeId, word, unitIds = [], people = null, none = false }) => {
    const { tx, institution } = ctx
    await getDraft(ctx, noticeId)
    const phrase = phraseKey(word)
    if (!phrase) throw badInput('请给出要对应的称谓。', 'Say which word is meant.')
    const wanted = [...new Set(unitIds)]
    const real = await q.unitsThatExist(tx, institution.id, wanted)
    if (real.size < wanted.length) throw badInput('所选单位中有的不存在或已撤销。', 'One of the units does not exist or was closed.')
    const before = resolveWords([word], (await setting(ctx, noticeId)).units)
    if (real.size || people || none) {
      const made = none ? { unitIds: [], people: null, none: true } : { unitIds: [...real], people: people as PeopleWanted | null }
      await q.remember(tx, institution.id, { correctionId: newId(), noticeId, kind: 'actor', phrase, proposed: { unitIds: together(before).unitIds }, made }, ctx.now, ctx.actor.personId)
    } else await q.forget(tx, institution.id, { kind: 'actor', phrase })
    const duties = await readAgain(ctx, noticeId, word)
    ctx.log({ subjectKind: 'notice', subjectId: noticeId, detail: { word: word.slice(0, 80), units: real.size, duties } })
    return { duties }
  }),
  implement(contract.corrections, async (ctx) => ({ corrections: (await q.listCorrections(ctx.tx, ctx.institution.id, false)).map(showCorrection) })),
  implement(contract.forgetCorrection, async (ctx, { correctionId, noticeId, again = false }) => {
    const { tx, institution } = ctx
    if (again) {
      if (!(await q.reuse(tx, institution.id, correctionId))) throw notFound()
      return {}
    }
    const known = (await q.listCorrections(tx, institution.id, true)).find((one) => one.correctionId === correctionId)
    if (!(await q.forget(tx, institution.id, { correctionId }))) throw notFound()
    if (!noticeId) return {}
    await getDraft(ctx, noticeId)
    const duties = await d.dutiesOf(tx, institution.id, noticeId)
    const back = duties.filter((duty) => duty.learnt.some((one) => one.correctionId === correctionId))
    await d.saveDuties(tx, institution.id, noticeId, back.map((duty) => withoutLesson(duty, correctionId)))
    if (known?.kind === 'actor') {
      const all = await setting(ctx, noticeId)
      const notice = await getDraft(ctx, noticeId)
      await q.updateHeader(tx, institution.id, noticeId, { unmatched: resolveWords(notice.addressees, all.units, learntActors(all.corrections)).unmatched })
    }
    return {}
  }),
  implement(contract.putBack, async (ctx, { dutyId }) => {
    const { tx, institution } = ctx
    const duty = await getDuty(ctx, dutyId)
    const shape = shapeIn(duty.proposal)
    if (!shape) throw conflict('这条任务没有合并或拆分过。', 'This duty was neither merged nor split.')
    if (shape.made) {
      const [other] = await d.findDuties(tx, institution.id, [shape.made])
      if (!other || shapeIn(other.proposal)) throw conflict('拆出的那条又改过形状，请先复原那一条。', 'The part that was split off has changed since; put that back first.')
      await d.deleteDuty(tx, institution.id, shape.made)
    }
    await d.saveDuties(tx, institution.id, duty.noticeId, shape.before)
    ctx.log({ subjectKind: 'duty', subjectId: dutyId, detail: { putBack: shape.how } })
    return { duties: await Promise.all(shape.before.map((one) => shown(ctx, one.dutyId))) }
  }),
]
