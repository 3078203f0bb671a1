/** The duty officer of the drill: opens the response, imports the notice, confirms what the reader drafted, fills the blanks, issues. */
import type { Client } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import type { Output } from '#kernel/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { hazardKind, hazards, type HazardName } from '#slices/responses/rules.ts'
import { units } from '#slices/directory/contract.ts'

export interface Issued {
  responseId: string
  noticeId: string
  title: string
  drafted: number
  dropped: number
  receipt: Output<typeof notices.issue>
}

/** Carries one document to the units and people it addresses, as an officer would in the console. */
export async function issueNotice(officer: Client, file: { name: string; bytes: Uint8Array }, now: () => Date): Promise<Issued> {
  const noticeId = newId()
  const imported = await officer.call(notices.importNotice, { noticeId }, { file })
  const draft = await officer.call(notices.draft, { noticeId })
  const responseId = newId()
  const found = draft.header.hazards.filter((hazard): hazard is HazardName => (hazards as readonly string[]).includes(hazard))
  await officer.call(open, {
    responseId, name: responseName(found), hazards: found.length ? found : ['other'], level: 3, basis: '《中华人民共和国突发事件应对法》、学校总体应急预案', decidedBy: draft.header.issuer ?? '校应急指挥部',
    plannedEnd: new Date(now().getTime() + 30 * 86_400_000).toISOString(),
  })
  await officer.call(notices.setHeader, { noticeId, responseId })
  const everybody = (await officer.call(units, { tree: 'admin', depth: 2 })).units.filter((unit) => unit.kind === 'college' || unit.kind === 'department').map((unit) => unit.unitId)
  const joined = new Set<string>()
  for (const duty of draft.duties) {
    const preset = duty.suggestions.find((one) => one.preset && !joined.has(one.preset))?.preset
    if (preset && !duty.measure) {
      joined.add(preset)
      await officer.call(notices.joinMeasure, { dutyId: duty.dutyId, preset })
    }
    const past = duty.dueAt !== null && Date.parse(duty.dueAt) <= now().getTime()
    await officer.call(notices.saveDuty, {
      dutyId: duty.dutyId, confirm: true,
      ...(duty.unitIds.length || duty.people ? {} : { unitIds: everybody }),
      ...(duty.modality !== 'must-not' && duty.cycle === 'once' && (duty.dueAt === null || past) ? { dueAt: new Date(now().getTime() + 2 * 86_400_000).toISOString() } : {}),
      ...(duty.modality !== 'must-not' && duty.evidence === null ? { evidence: '文字说明' } : {}), ...(duty.reportTo === null ? { reportTo: draft.header.reportTo ?? '指挥部办公室' } : {}),
    })
  }
  for (const doubt of draft.doubts) await officer.call(notices.settleDoubt, { noticeId, doubtId: doubt.doubtId })
  const preview = await officer.call(notices.preview, { noticeId })
  const receipt = await officer.call(notices.issue, { noticeId, acknowledgePast: preview.past.map((one) => one.dutyId), acceptBlanks: true, sponsor: '演练值班员：演练期间按最高频次采集' })
  return { responseId, noticeId, title: imported.title, drafted: draft.duties.length, dropped: 0, receipt }
}

function responseName(found: readonly HazardName[]): string {
  const flood = found.some((hazard) => ['flood', 'rainstorm', 'typhoon'].includes(hazard))
  const epidemic = found.some((hazard) => hazardKind[hazard] === 'illness')
  return epidemic && flood ? '疫情防控与防汛应急响应' : flood ? '防汛应急响应' : epidemic ? '传染病防控应急响应' : '应急响应'
}
