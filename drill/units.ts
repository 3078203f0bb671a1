/** How the synthetic units carry out a notice: acknowledge, report, and how the officer reviews. */
import type { Client } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { acknowledge, handDown, report, review, todo } from '#slices/notices/contract.ts'

const words = ['已部署到各班级和科室，责任到人，留有记录。', '已完成排查，发现的问题已整改，清单附后备查。', '已通知到人并逐一核实，台账齐全。', '按要求落实，安排了值班，电话畅通。']

export const stepUnits = {
  /** Acknowledges everything that waits; hands one duty down to the units below. Answers how many steps were taken. */
  async acknowledge(client: Client): Promise<number> {
    const { toAcknowledge } = await client.call(todo, { size: 100 })
    if (!toAcknowledge.items.length) return 0
    await client.call(acknowledge, { assignmentIds: toAcknowledge.items.map((one) => one.assignmentId) })
    const down = toAcknowledge.items.find((one) => one.unit.kind === 'college' && one.cycle === 'once')
    if (down) await client.call(handDown, { assignmentId: down.assignmentId })
    return toAcknowledge.items.length + (down ? 1 : 0)
  },
  /** Reports on most of what is to be done; `thin`: the first report says too little and will be sent back. */
  async report(client: Client, thin: boolean): Promise<number> {
    const { toDo } = await client.call(todo, { size: 100 })
    let steps = 0
    for (const [index, one] of toDo.items.entries()) {
      if (one.state === 'reported' || index % 7 === 6) continue
      await client.call(report, { assignmentId: one.assignmentId, reportId: newId(), ...(one.cycle !== 'once' ? { zero: true } : { text: thin && index === 0 ? '已办。' : (words[index % words.length] ?? '') }) })
      steps++
    }
    return steps
  },
  /** The officer accepts what says enough and sends back what does not. */
  async review(client: Client): Promise<number> {
    const { toReview } = await client.call(todo, { size: 100 })
    let steps = 0
    for (const one of toReview.items) {
      if (!one.lastReport) continue
      const enough = one.lastReport.zero || one.lastReport.text.length > 6
      await client.call(review, { assignmentId: one.assignmentId, reportId: one.lastReport.reportId, ...(enough ? { verdict: 'accepted' as const } : { verdict: 'sent-back' as const, note: '请补充具体做法和时间。' }) })
      steps++
    }
    return steps
  },
}
