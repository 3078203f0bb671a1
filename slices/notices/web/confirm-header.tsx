/** What the notice says about itself, to be corrected: issuer, number, title, addressees with the units they match, date, hazards, where reports go. */
import { useState } from 'react'
import { hazards as allHazards } from '#slices/responses/rules.ts'
import { list as responses } from '#slices/responses/contract.ts'
import { Button, DateInput, Field, Pick, PickMany, TextInput } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { Note } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import { SavedText } from './duty-card.tsx'
import type { DraftHandle } from './use-draft.ts'
import { unitsInWords, type KnownUnits } from './use-units.ts'
import { hazardName, peopleName, type Draft } from './words.ts'

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
          <SavedText label={t('报送至', 'Report to')} value={header.reportTo ?? ''} onSave={(reportTo) => handle.setHeader({ reportTo: reportTo || null })} placeholder={t('原文没有写', 'Not said in the document')} />
        </Field>
        <Field label={t('灾种', 'Hazards')}>
          <PickMany value={header.hazards} onChange={(hazards) => handle.setHeader({ hazards: [...hazards] })} options={allHazards.map((value) => ({ value: value as string, label: hazardName(value) }))} placeholder={t('选择灾种', 'Choose')} />
        </Field>
        <Field label={t('所属应急响应', 'Response')} hint={notice.responseId ? undefined : t('挂接现成措施的任务需要一个进行中的响应', 'Duties joined to ready-made measures need an open response')}>
          <Pick clearable placeholder={t('不属于任何响应', 'None')} value={notice.responseId} onChange={(responseId) => handle.setHeader({ responseId })} options={(open.data?.responses ?? []).filter((one) => one.status === 'open').map((one) => ({ value: one.responseId, label: read(one.name) }))} />
        </Field>
        <Field label={t('经常性任务的截止日', 'Last day of recurring duties')} hint={t('不填则随响应结束而停止', 'Without it they end with the response')}>
          <DateInput value={notice.endsOn} onChange={(endsOn) => handle.setHeader({ endsOn })} />
        </Field>
      </div>
      <h3>{t('主送与本校组织的对应', 'Addressees, and the units they mean here')}</h3>
      {header.addressees.length === 0 && <Note tone="warn">{t('没有读到主送单位。没有写明主体的任务需要逐条指定责任单位。', 'No addressee was found. Duties that name nobody need an owner each.')}</Note>}
      <table className="b-plain">
        <thead className="sr-only"><tr><th>{t('主送', 'Addressee')}</th><th>{t('对应', 'Means')}</th><th>{t('操作', 'Acts')}</th></tr></thead>
        <tbody>
          {header.addressees.map((one) => {
            const found = draft.addressees.find((other) => other.word === one) ?? null
            const parts = found ? [found] : draft.addressees.filter((other) => one.includes(other.word))
            const unmatched = draft.unmatched.filter((other) => one.includes(other))
            return (
              <tr key={one}>
                <th scope="row">{read(one)}</th>
                <td>
                  {parts.map((part) => (
                    <div key={part.word}>
                      {read(unitsInWords(part.unitIds, known, names)) || say(part)}
                      {part.people && <span className="b-muted"> · {peopleName(part.people)}</span>}
                    </div>
                  ))}
                  {unmatched.map((other) => <Tag key={other} tone="bad">{t('“{word}”没有对应的单位', '“{word}” matches no unit', { word: other })}</Tag>)}
                  {parts.length === 0 && unmatched.length === 0 && <span className="b-muted">—</span>}
                </td>
                <td className="num">
                  <Button size="small" look="quiet" icon="close" hint={t('去掉“{word}”', 'Remove “{word}”', { word: one })} onClick={() => handle.setHeader({ addressees: header.addressees.filter((other) => other !== one) })} />
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
