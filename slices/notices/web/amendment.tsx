/** The difference between an amendment and the notice it amends: what issuing it touches, then clause by clause. */
import type { Output } from '#kernel/contract.ts'
import { useRead } from '#ui/data.ts'
import { count } from '#ui/format.ts'
import { Note, Ready } from '#ui/states.tsx'
import { Tag, type Tone } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import { amendment } from '../contract.ts'
import { difference } from './text-difference.ts'
import { clauseName } from './words.ts'

type Answer = Output<typeof amendment>
type Change = Answer['duties'][number]['change']

const changeTag = (change: Change): { name: string; tone: Tone } =>
  change === 'same' ? { name: t('未变', 'Same'), tone: 'neutral' } : change === 'changed' ? { name: t('有改动', 'Changed'), tone: 'warn' } : change === 'new' ? { name: t('新增', 'New'), tone: 'good' } : { name: t('删去', 'Gone'), tone: 'bad' }
const thenWords = (then: Answer['duties'][number]['then']) =>
  then === 'continues' ? t('接着办，已签收、已上报的都算数', 'goes on; what was acknowledged and reported counts') : then === 'starts-anew' ? t('重新下发，要重新签收', 'sent anew, to be acknowledged anew') : then === 'begins' ? t('新下发', 'sent') : t('终止，痕迹保留', 'ends, the trace stays')
const orderWords = (order: Answer['duties'][number]['order'][number]) => (order === 'deadline' ? t('时限', 'deadline') : order === 'actor' ? t('责任单位', 'owner') : order === 'modality' ? t('语气', 'modality') : t('频次', 'rhythm'))

/** One text with what went out struck through and what came in underlined. */
function Difference({ before, after }: { before: string; after: string }) {
  return difference(before, after).map((run, index) => {
    const key = `${index}${run.kind}`
    return run.kind === 'same' ? <span key={key}>{read(run.text)}</span> : run.kind === 'out' ? <del key={key}>{read(run.text)}</del> : <ins key={key}>{read(run.text)}</ins>
  })
}

export function AmendmentView({ noticeId }: { noticeId: string }) {
  const answer = useRead(amendment, { noticeId }, { topics: ['notice-drafts', 'assignments'] })
  return <Ready read={answer}>{(data) => <Changes data={data} />}</Ready>
}

/** What issuing an amendment does, in sentences: assignments, acknowledgements, measures. */
export function Touched({ data }: { data: Answer }) {
  const { touched, measures } = data
  const of = (change: Change) => data.duties.filter((one) => one.change === change).length
  const left = measures.filter((one) => one.then === 'left')
  const stay = measures.filter((one) => one.then === 'goes-on')
  return (
    <div className="n-touched">
      <p>
        <b>{t('任务：', 'Duties: ')}</b>
        {t('{same} 条不变，{changed} 条有改动，{fresh} 条新增，{gone} 条删去。', '{same} the same, {changed} changed, {fresh} new, {gone} gone.', { same: of('same'), changed: of('changed'), fresh: of('new'), gone: of('gone') })}
      </p>
      <p>
        <b>{t('已下发的：', 'Already sent: ')}</b>
        {t('{go} 项接着办，{end} 项终止', '{go} {go:assignment goes|assignments go} on, {end} {end:ends|end}', { go: count(touched.continue), end: count(touched.end) })}
        {touched.end > 0 && of('changed') > 0 && t('（有改动的按新版重新下发）', ' (what was changed is sent anew)')}
        {t('。', '.')}
        {touched.acknowledgeAnew > 0 && <span className="b-bad"> {t('其中 {n} 项单位已经签收，改后要重新签收。', '{n} of them {n:was|were} acknowledged and must be acknowledged anew.', { n: count(touched.acknowledgeAnew) })}</span>}
      </p>
      <p>
        <b>{t('告知：', 'Told: ')}</b>
        {t('新版送达 {n} 个单位；原通知已有 {m} 人看过，新版的已阅从零计。', 'The new version reaches {n} {n:unit|units}; {m} {m:person|people} opened the earlier one, receipts begin anew.', { n: count(touched.unitsTold), m: count(touched.opened) })}
      </p>
      {stay.length > 0 && <p><b>{t('措施：', 'Measures: ')}</b>{t('{names} 继续运行。', '{names} stay on.', { names: stay.map((one) => `“${say(one.name)}”`).join(t('、', ', ')) })}</p>}
      {left.length > 0 && <Note tone="warn">{t('{names} 随原通知启用，新版里没有任务再用到；签发时可以一并停用。', '{names} came on with the earlier notice and no duty of the new version uses it; it can be ended when issuing.', { names: left.map((one) => `“${say(one.name)}”`).join(t('、', ', ')) })}</Note>}
    </div>
  )
}

function Changes({ data }: { data: Answer }) {
  const touched = data.duties.filter((one) => one.change !== 'same')
  const changed = data.clauses.filter((one) => one.change !== 'same')
  const still = data.duties.length - touched.length
  return (
    <div className="n-changes">
      <h3>{t('签发新版会怎样', 'What issuing it does')}</h3>
      <Touched data={data} />
      <h3>{t('涉及的任务', 'Duties it touches')}</h3>
      {touched.length === 0 && <p className="b-muted">{t('没有任务受影响。', 'No duty is touched.')}</p>}
      {touched.map((one) => (
        <section key={one.afterId ?? one.beforeId} className="n-change">
          <p>
            <Tag tone={changeTag(one.change).tone}>{changeTag(one.change).name}</Tag>{' '}
            {one.order.length > 0 && <Tag>{t('{what}变了', '{what} changed', { what: one.order.map(orderWords).join(t('、', ', ')) })}</Tag>}{' '}
            {one.measure && <Tag tone="accent">{say(one.measure)}</Tag>}
          </p>
          <p className={one.change === 'gone' ? 'n-diff n-before' : 'n-diff'}>{one.before && one.before !== one.text ? <Difference before={one.before} after={one.text} /> : read(one.text)}</p>
          <p className="n-small b-muted">
            {one.change !== 'new' && t('已下发：未办 {open}（已签收 {ack}）、已办 {done}', 'Sent: {open} open ({ack} acknowledged), {done} done', { open: one.open, ack: one.acknowledged, done: one.done })}
            {one.change !== 'new' && ' · '}
            {thenWords(one.then)}
          </p>
        </section>
      ))}
      {still > 0 && <p className="b-muted">{t('{n} 条任务未变，接着办。', '{n} {n:duty is the same and goes|duties are the same and go} on.', { n: still })}</p>}
      <h3>{t('逐条对照', 'Clause by clause')}</h3>
      {changed.length === 0 && <p className="b-muted">{t('条款文字没有变化。', 'No clause was changed.')}</p>}
      {changed.map((one) => (
        <section key={`${one.before?.clauseId}/${one.after?.clauseId}`} className="n-change">
          <h4>
            {clauseName((one.after ?? one.before)?.label ?? '')} <Tag tone={changeTag(one.change).tone}>{changeTag(one.change).name}</Tag>
          </h4>
          <p className="n-diff">{one.before && one.after ? <Difference before={one.before.text} after={one.after.text} /> : one.after ? <ins>{read(one.after.text)}</ins> : <del>{read(one.before?.text ?? '')}</del>}</p>
        </section>
      ))}
      {data.clauses.length > changed.length && <p className="b-muted">{t('{n} 个条款未变。', '{n} {n:clause|clauses} {n:is|are} the same.', { n: data.clauses.length - changed.length })}</p>}
    </div>
  )
}
