/** Sending mail: in the background, again after a wait, and told when it failed for good. */
import { deliver, mailSettings } from '#kernel/mail.ts'
import { job } from '#kernel/server.ts'
import { findBrief, findSending, setSending } from './queries.ts'
import { fileOf, type Documents } from './render.ts'
import { mailAttempts, mailWaitSeconds } from './rules.ts'

interface Sending extends Record<string, unknown> {
  sendId: string
}

export const jobs = [
  job<Sending>('briefs.send', async (ctx, { sendId }) => {
    const { tx, institution, now } = ctx
    const sending = await findSending(tx, institution.id, sendId)
    if (!sending || sending.state !== 'waiting') return
    const brief = await findBrief(tx, institution.id, sending.briefId)
    const settings = mailSettings()
    if (!brief?.content) return
    const files = []
    if (settings) for (const format of sending.formats) files.push(await fileOf(brief.content as Documents, format, sending.language, null))
    const english = sending.language === 'en'
    const drill = institution.drill ? (english ? '[DRILL] ' : '【演练】') : ''
    const lines = english
      ? [`${brief.unit.name}: ${brief.title}`, `Data as of ${brief.asOf}. Signed by ${brief.signedName}.`, institution.drill ? 'This is an exercise, not a real event.' : '']
      : [`${brief.unit.name}报送：${brief.title}`, `数据截至 ${brief.asOf}，签发人：${brief.signedName}。`, institution.drill ? '本件为演练，并非真实情况。' : '']
    const failure = settings
      ? await deliver(settings, { id: sendId, to: sending.to, subject: `${drill}${brief.title}`, text: `${lines.filter(Boolean).join('\n')}\n`, files })
      : { lasting: true, problem: { zh: '邮件未配置。请下载后另行报送。', en: 'Mail is not set up any more. Download and send it otherwise.' } }
    const attempts = sending.attempts + 1
    const again = failure !== null && !failure.lasting && attempts < mailAttempts
    // What will not go by mail goes by hand.
    const problem = failure && !again && settings ? { zh: `${failure.problem.zh}请下载后另行报送。`, en: `${failure.problem.en} Download and send it otherwise.` } : (failure?.problem ?? null)
    await setSending(tx, institution.id, sendId, { state: failure === null ? 'sent' : again ? 'waiting' : 'failed', problem }, now)
    if (again) ctx.enqueue({ kind: 'briefs.send', payload: { sendId }, at: new Date(now.getTime() + mailWaitSeconds(attempts) * 1000) })
    ctx.log({ subjectKind: 'brief', subjectId: sending.briefId, detail: { sending: sendId, attempts, outcome: failure === null ? 'sent' : again ? 'waiting' : 'failed' } })
    ctx.ping('briefs')
  }),
]
