/** What the notice says about itself, to be corrected: issuer, number, title, addressees with the units they match, date, hazards, where reports go. */
import { useState } from 'react'
import { hazardChoices } from '#slices/responses/web/words.ts'
import { list as responses } from '#slices/responses/contract.ts'
import { Button, DateInput, Field, Pick, PickMany, TextInput } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { Note } from '#ui/states.tsx'
import { read, t } from '#ui/words.ts'
import { demands } from '../demand.ts'
import { reportName } from './report-name.ts'
import { SavedText } from './saved-text.tsx'
import type { DraftHandle } from './use-draft.ts'
import type { KnownUnits } from './use-units.ts'
import { WordUnits, wordsOf } from './word-units.tsx'
import { demandNames, type Draft } from './words.ts'

export function HeaderForm({ draft, handle, known, names }: { draft: Draft; handle: DraftHandle; known: KnownUnits; names: ReadonlyMap<string, string> }) {
  const { header, notice } = draft
  const open = useRead(responses, {}, { topics: ['responses'] })
  const [word, setWord] = useState('')
  const addWord = () => {
    if (!word.trim()) return
    handle.setHeader({ addressees: [...header.addressees, word.trim()] })
    setWord('')
  }
  return (
    <div className="n-header-form">
      <div className="b-form n-form">
        <Field label={t('标题', 'Title')} required {...(header.title ? {} : { error: t('没有读到标题', 'No title was found') })}>
          <SavedText label={t('标题', 'Title')} value={header.title ?? ''} onSave={(title) => handle.setHeader({ title: title || null })} />
        </Field>
        <Field label={t('发文单位', 'Issuer')}>
          <SavedText label={t('发文单位', 'Issuer')} value={header.issuer ?? ''} onSave={(issuer) => handle.setHeader({ issuer: issuer || null })} placeholder={t('原文未署名', 'Not signed')} />
        </Field>
        <Field label={t('文号', 'Number')}>
          <SavedText label={t('文号', 'Number')} value={header.docNumber ?? ''} onSave={(docNumber) => handle.setHeader({ docNumber: docNumber || null })} placeholder={t('原文没有文号', 'None in the document')} />
        </Field>
        <Field label={t('成文日期', 'Date')} hint={header.date ? undefined : t('原文没有日期，时限推算以此为准', 'The document has none; deadlines count from it')}>
          <DateInput value={header.date} onChange={(date) => handle.setHeader({ date })} />
        </Field>
        <Field label={t('报送至', 'Report to')}>
          <SavedText label={t('报送至', 'Report to')} value={header.reportTo ? reportName(header.reportTo) : ''} onSave={(reportTo) => handle.setHeader({ reportTo: reportTo || null })} placeholder={t('原文没有写', 'Not said in the document')} />
        </Field>
        <Field label={t('灾种', 'Hazards')}>
          <PickMany value={header.hazards} onChange={(hazards) => handle.setHeader({ hazards: [...hazards] })} options={hazardChoices() as readonly { value: string; label: string; note: string }[]} placeholder={t('选择灾种', 'Choose')} />
        </Field>
        <Field label={t('所属应急响应', 'Response')} hint={notice.responseId ? undefined : t('挂接现成措施的任务需要一个进行中的响应', 'Duties joined to ready-made measures need an open response')}>
          <Pick clearable placeholder={t('不属于任何响应', 'None')} value={notice.responseId} onChange={(responseId) => handle.setHeader({ responseId })} options={(open.data?.responses ?? []).filter((one) => one.status === 'open').map((one) => ({ value: one.responseId, label: read(one.name) }))} />
        </Field>
        <Field label={t('谁提出的要求', 'Demanded by')} hint={t('按发文单位推定；由通知启用的措施照此标明', 'As the issuer says; measures switched on by the notice are marked so')}>
          <Pick value={header.demandedBy} onChange={(demandedBy) => demandedBy && handle.setHeader({ demandedBy })} options={demands.map((value) => ({ value, label: demandNames()[value] }))} />
        </Field>
        <Field label={t('经常性任务的截止日', 'Last day of recurring duties')} hint={t('不填则随响应结束而停止', 'Without it they end with the response')}>
          <DateInput value={notice.endsOn} onChange={(endsOn) => handle.setHeader({ endsOn })} />
        </Field>
      </div>
      <h3>{t('主送与本校组织的对应', 'Addressees, and the units they mean here')}</h3>
      {header.addressees.length === 0 && <Note tone="warn">{t('没有读到主送单位。没有写明主体的任务需要逐条指定责任单位。', 'No addressee was found. Duties that name nobody need an owner each.')}</Note>}
      <table className="b-plain n-words">
        <thead className="sr-only"><tr><th>{t('主送', 'Addressee')}</th><th>{t('对应', 'Means')}</th><th>{t('操作', 'Acts')}</th></tr></thead>
        <tbody>
          {wordsOf(draft).map(({ word, found }) => {
            const own = header.addressees.find((one) => one === word)
            return (
              <tr key={word}>
                <th scope="row">{read(word)}</th>
                <td><WordUnits key={`${word}/${found?.unitIds.length ?? '—'}`} word={word} found={found} handle={handle} known={known} names={names} /></td>
                <td className="num">
                  {own && <Button size="small" look="quiet" icon="close" hint={t('去掉“{word}”', 'Remove “{word}”', { word })} onClick={() => handle.setHeader({ addressees: header.addressees.filter((other) => other !== own) })} />}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="n-inline n-addword">
        <TextInput label={t('补充主送', 'Add an addressee')} placeholder={t('如：各二级学院、信息学院', 'such as: all colleges')} value={word} onChange={setWord} onEnter={addWord} />
        <Button onClick={addWord} disabled={!word.trim()}>{t('补充主送', 'Add')}</Button>
      </div>
      {(header.basis.length > 0 || header.supersedes.length > 0 || header.attachments.length > 0) && (
        <dl className="b-details b-details-2">
          {header.basis.length > 0 && <div><dt>{t('依据', 'Rests on')}</dt><dd>{header.basis.map((one) => <div key={one}>{read(one)}</div>)}</dd></div>}
          {header.supersedes.length > 0 && <div><dt>{t('废止', 'Replaces')}</dt><dd>{header.supersedes.map((one) => <div key={one}>{read(one)}</div>)}</dd></div>}
          {header.attachments.length > 0 && <div><dt>{t('附件（仅有名称）', 'Attachments (named only)')}</dt><dd>{header.attachments.map((one) => <div key={one}>{read(one)}</div>)}</dd></div>}
        </dl>
      )}
    </div>
  )
}
