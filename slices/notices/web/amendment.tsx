/** The difference between an amendment and the notice it amends: clause by clause, and which assignments it touches. */
import { useRead } from '#ui/data.ts'
import { Ready } from '#ui/states.tsx'
import { Tag, type Tone } from '#ui/tags.tsx'
import { read, t } from '#ui/words.ts'
import { amendment } from '../contract.ts'
import { clauseName } from './words.ts'

const changeTag = (change: 'same' | 'changed' | 'new' | 'gone'): { name: string; tone: Tone } =>
  change === 'same' ? { name: t('未变', 'Same'), tone: 'neutral' } : change === 'changed' ? { name: t('有改动', 'Changed'), tone: 'warn' } : change === 'new' ? { name: t('新增', 'New'), tone: 'good' } : { name: t('删去', 'Gone'), tone: 'bad' }
const thenWords = (then: 'continues' | 'starts-anew' | 'begins' | 'ends') =>
  then === 'continues' ? t('接着办', 'goes on') : then === 'starts-anew' ? t('重新下发', 'starts anew') : then === 'begins' ? t('开始', 'begins') : t('终止', 'ends')

export function AmendmentView({ noticeId }: { noticeId: string }) {
  const answer = useRead(amendment, { noticeId }, { topics: ['notice-drafts', 'assignments'] })
  return (
    <Ready read={answer}>
      {(data) => (
        <div className="n-changes">
          <h3>{t('涉及的任务', 'Duties it touches')}</h3>
          <table className="b-plain">
            <thead><tr><th>{t('任务', 'Duty')}</th><th>{t('变化', 'Change')}</th><th>{t('未办', 'Open')}</th><th>{t('已办', 'Done')}</th><th>{t('签发后', 'After issue')}</th></tr></thead>
            <tbody>
              {data.duties.map((one) => (
                <tr key={one.afterId ?? one.beforeId}>
                  <th scope="row">{read(one.text)}{one.before && one.before !== one.text && <div className="n-before">{read(one.before)}</div>}</th>
                  <td><Tag tone={changeTag(one.change).tone}>{changeTag(one.change).name}</Tag></td>
                  <td className="num">{one.open}</td><td className="num">{one.done}</td><td>{thenWords(one.then)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <h3>{t('逐条对照', 'Clause by clause')}</h3>
          {data.clauses.filter((one) => one.change !== 'same').length === 0 && <p className="b-muted">{t('条款文字没有变化。', 'No clause was changed.')}</p>}
          {data.clauses.map((one) => one.change !== 'same' && (
            <section key={`${one.before?.clauseId}/${one.after?.clauseId}`} className="n-change">
              <h4>{clauseName((one.after ?? one.before)?.label ?? '')} <Tag tone={changeTag(one.change).tone}>{changeTag(one.change).name}</Tag></h4>
              <div className="n-change-pair">
                {one.before && <del cite="">{read(one.before.text)}</del>}
                {one.after && <ins cite="">{read(one.after.text)}</ins>}
              </div>
            </section>
          ))}
          {data.clauses.some((one) => one.change === 'same') && <p className="b-muted">{t('{n} 个条款未变。', '{n} clauses are the same.', { n: data.clauses.filter((one) => one.change === 'same').length })}</p>}
        </div>
      )}
    </Ready>
  )
}
