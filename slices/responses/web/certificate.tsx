/** The certificate of an erasure: what went, by which rule, when, what was held back, what stays and why. */
import type { ReactNode } from 'react'
import { useRead } from '#ui/data.ts'
import { count, date } from '#ui/format.ts'
import { Page, Panel, TextLink } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { DrillTag } from '#ui/tags.tsx'
import { language, read as inScript, say, t } from '#ui/words.ts'
import { erasure, get } from '../contract.ts'
import { ruleWords, RowsTable } from './erasure.tsx'
import './certificate.css'

/** As on paper: with the year, and never “today”. */
const stamp = (timeZone: string, iso: string, time = false): string => new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language() === 'zh-Hant' ? 'zh-TW' : 'zh-CN', { timeZone, dateStyle: 'long', ...(time ? { timeStyle: 'short' } : {}) }).format(new Date(iso))

/** @param actions how to take it away as a document, which a later slice makes. */
export function CertificatePage({ params, actions, counts }: { params: Record<string, string>; actions?: ReactNode; counts?: ReactNode }) {
  const responseId = params['responseId'] ?? ''
  const read = useRead(erasure, { responseId }, { topics: ['responses'], keep: false })
  const response = useRead(get, { responseId }, { topics: ['responses'] })
  const certificate = read.data?.certificate
  const name = inScript(certificate?.response ?? response.data?.response.name ?? '')
  return (
    <Page title={t('擦除证明', 'Certificate of erasure')} breadcrumb={[{ label: t('应急响应', 'Responses'), to: '/responses' }, { label: name, to: `/responses/${responseId}` }]} actions={certificate && actions}>
      <Ready
        read={read}
        empty={{
          when: (data) => data.certificate === null,
          show: <Panel><EmptyState icon="file" title={t('还没有证明', 'There is no certificate yet')}>{read.data?.on ? t('个人明细将于 {when} 擦除，完成后在这里出具证明。', 'The personal rows are erased on {when}; the certificate stands here once that is done.', { when: date(read.data.on) }) : t('响应还在进行中。', 'The response is open.')}</EmptyState></Panel>,
        }}
      >
        {({ certificate: paper }) =>
          paper && (
            <article className="rs-certificate b-document">
              <header>
                {paper.drill && <DrillTag />}
                <h2>{t('个人信息擦除证明', 'Certificate of erasure of personal data')}</h2>
                <p>{inScript(paper.institution)}</p>
              </header>
              <p>
                {t('“{name}”应急响应于 {opened} 启动、{closed} 结束（决定：{who}）。与之有关的个人明细已于 {started} 至 {finished} 按规则擦除。', 'The response “{name}” was opened on {opened} and closed on {closed} (decided by {who}). What was personal about it was erased by rule from {started} to {finished}.', {
                  name: inScript(paper.response), opened: stamp(paper.timeZone, paper.openedAt), closed: stamp(paper.timeZone, paper.closedAt), who: inScript(paper.closedBy), started: stamp(paper.timeZone, paper.startedAt, true), finished: stamp(paper.timeZone, paper.finishedAt, true),
                })}
              </p>
              <p>{t('规则：{rule}；应于 {due}。', 'Rule: {rule}; due on {due}.', { rule: ruleWords(paper.days), due: stamp(paper.timeZone, paper.dueAt) })}{paper.basis && t('依据：{basis}。', ' Basis: {basis}.', { basis: inScript(paper.basis) })}</p>
              {paper.holds.length > 0 && (
                <>
                  <h3>{t('暂缓经过', 'Held back')}</h3>
                  <ul>
                    {paper.holds.map((one) => (
                      <li key={one.holdId}>
                        {t('{from} 至 {to}：{why}（决定：{who}）', '{from} to {to}: {why} (decided by {who})', { from: stamp(paper.timeZone, one.placedAt), to: stamp(paper.timeZone, one.until), why: inScript(one.reason), who: inScript(one.decidedBy) })}
                        {one.liftedAt && t('；{when} 解除：{why}', '; lifted {when}: {why}', { when: stamp(paper.timeZone, one.liftedAt), why: inScript(one.liftedReason ?? '') })}
                      </li>
                    ))}
                  </ul>
                </>
              )}
              <h3>{t('擦除了什么', 'What was erased')}</h3>
              <RowsTable rows={paper.erased} />
              {paper.still.map((one) => <p key={one.name}>{t('“{name}”当时仍需要其中 {n} 个信息项，这些填报随那次响应擦除。', '“{name}” still needed {n} {n:attribute|attributes} of these; those answers go with it.', { name: inScript(one.name), n: one.attributes })}</p>)}
              <h3>{t('保留的统计', 'Counts that stay')}</h3>
              <dl className="rs-counts">{paper.counts.filter((one) => one.n !== 0).map((one) => <div key={one.name.zh}><dt>{say(one.name)}</dt><dd className="num">{one.n === null ? t('少于 5', 'under 5') : count(one.n)}</dd></div>)}</dl>
              <h3>{t('保留了什么、为什么', 'What was kept, and why')}</h3>
              <ul>{paper.kept.map((one) => <li key={one.what.zh}><b>{say(one.what)}</b>{t('：', ': ')}{say(one.why)}</li>)}</ul>
              <footer className="b-muted">
                <p>{t('校验值（SHA-256，同样记在操作记录里）', 'Mark (SHA-256; the log holds it too)')} <code className="num">{paper.sha256}</code></p>
                <p>{t('备份中可能仍有擦除前的内容，按备份保留期限自然消失。', 'Backups may hold what was there before; it dies with them.')} <TextLink to="/settings/retention">{t('保留与删除', 'Keeping and erasing')}</TextLink></p>
              </footer>
            </article>
          )
        }
      </Ready>
      {certificate && counts}
    </Page>
  )
}
