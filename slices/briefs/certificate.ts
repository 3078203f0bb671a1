/** The certificate of an erasure as an official document. Pure. */
import type { Static } from 'typebox'
import { localDay } from '#kernel/clock.ts'
import type { Certificate } from '#slices/responses/contract.ts'
import type { Block, BriefContent, Section } from './document/types.ts'
import { momentIn } from './document/words.ts'
import type { Documents } from './render.ts'

type Paper = Static<typeof Certificate>

function contentOf(paper: Paper, tongue: 'zh' | 'en'): BriefContent {
  const t = (zh: string, en: string) => (tongue === 'zh' ? zh : en)
  const when = (iso: string) => momentIn(tongue === 'zh' ? 'zh-Hans' : 'en', iso, paper.timeZone)
  const text = (words: string): Block => ({ kind: 'text', runs: [{ text: words }] })
  const list = (items: string[]): Block => ({ kind: 'list', items: items.map((one) => [{ text: one }]) })
  const rule = paper.days === 0 ? t('结束次日擦除', 'erased the day after it closes') : t(`结束后${paper.days}天擦除`, `erased ${paper.days} days after it closes`)
  const some = paper.erased.filter((one) => one.rows > 0)
  const none = paper.erased.filter((one) => one.rows === 0)
  const sections: Section[] = [
    {
      heading: t('依据与时间', 'Rule and time'),
      blocks: [
        text(t(`“${paper.response}”应急响应于${when(paper.openedAt)}启动，${when(paper.closedAt)}结束（决定：${paper.closedBy}）。`, `The response “${paper.response}” was opened on ${when(paper.openedAt)} and closed on ${when(paper.closedAt)} (decided by ${paper.closedBy}).`)),
        text(t(`规则：${rule}，应于${when(paper.dueAt)}擦除。${paper.basis ? `依据：${paper.basis}。` : ''}`, `Rule: ${rule}, due on ${when(paper.dueAt)}.${paper.basis ? ` Basis: ${paper.basis}.` : ''}`)),
        text(t(`擦除于${when(paper.startedAt)}开始，${when(paper.finishedAt)}完成。`, `The erasure began on ${when(paper.startedAt)} and was done on ${when(paper.finishedAt)}.`)),
      ],
    },
    ...(paper.holds.length
      ? [{ heading: t('暂缓经过', 'Held back'), blocks: [list(paper.holds.map((one) => t(`${when(one.placedAt)}起暂缓至${when(one.until)}：${one.reason}（决定：${one.decidedBy}）${one.liftedAt ? `；${when(one.liftedAt)}解除：${one.liftedReason}` : ''}`, `From ${when(one.placedAt)} until ${when(one.until)}: ${one.reason} (decided by ${one.decidedBy})${one.liftedAt ? `; lifted on ${when(one.liftedAt)}: ${one.liftedReason}` : ''}`)))] }]
      : []),
    {
      heading: t('擦除的内容', 'What was erased'),
      blocks: [
        { kind: 'table', caption: t('各类内容及行数', 'Kinds and rows'), columns: [{ title: t('内容', 'What'), align: 'left' }, { title: t('方式', 'How') }, { title: t('行数', 'Rows'), align: 'right' }], rows: some.map((one) => [one.name[tongue], one.how === 'erased' ? t('删除', 'erased') : t('清空文字', 'emptied'), one.rows]) },
        ...(none.length ? [text(t(`以下各类没有内容：${none.map((one) => one.name.zh).join('、')}。`, `None of: ${none.map((one) => one.name.en).join(', ')}.`))] : []),
        ...paper.still.map((one) => text(t(`“${one.name}”当时仍需要其中${one.attributes}个信息项，这些填报随那次响应擦除。`, `“${one.name}” still needed ${one.attributes} attributes of these; those answers go with it.`))),
      ],
    },
    { heading: t('保留的统计', 'Counts that stay'), blocks: [list(paper.counts.filter((one) => one.n !== 0).map((one) => `${one.name[tongue]}${t('：', ': ')}${one.n === null ? t('少于5', 'under 5') : one.n}`))] },
    { heading: t('保留的内容及理由', 'What was kept, and why'), blocks: [list(paper.kept.map((one) => `${one.what[tongue]}${t('：', ': ')}${one.why[tongue]}`))] },
    { heading: t('校验', 'Mark'), blocks: [text(`SHA-256 ${paper.sha256}`)] },
  ]
  return {
    letterhead: t(`${paper.institution}应急响应`, `${paper.institution}: emergency response`), title: t(`关于“${paper.response}”个人信息擦除的证明`, `Certificate of erasure of personal data: “${paper.response}”`), edition: 1, asOf: paper.finishedAt, unitName: paper.institution,
    sections, signature: paper.institution, date: localDay(paper.finishedAt, paper.timeZone), drill: paper.drill, figures: [], lang: tongue === 'zh' ? 'zh-Hans' : 'en', timeZone: paper.timeZone,
  }
}

export const certificateDocuments = (paper: Paper): Documents => ({ zh: contentOf(paper, 'zh'), en: contentOf(paper, 'en'), tables: { zh: [], en: [] } })
