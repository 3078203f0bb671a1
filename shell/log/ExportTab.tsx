/** Exporting the log: with a purpose, which is logged. */
import { useState } from 'react'
import { exportFile } from '#slices/log/contract.ts'
import { Button, Choices, Field, Form, PeriodInput, TextInput } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { Receipt } from '#ui/feedback.tsx'
import { presentMoment } from '#ui/format.ts'
import { saveTable } from '#ui/save-file.ts'
import { Note, WriteProblem } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
import { usePeriod } from './period.ts'

export function ExportTab() {
  const [what, setWhat] = useState<'looks' | 'events'>('looks')
  const [purpose, setPurpose] = useState('')
  const [actor, setActor] = useState('')
  const [person, setPerson] = useState('')
  const { period, setPeriod, given } = usePeriod()
  const exporting = useWrite(exportFile, {
    onDone: (made) => {
      saveTable(made.fileName, made.csv)
      setPurpose('')
    },
  })
  const ready = purpose.trim().length >= 4
  return (
    <div className="l-list">
      <Form columns={2} onSubmit={() => { if (ready) void exporting.run({ what, ...given, ...(actor.trim() ? { actor: actor.trim() } : {}), ...(what === 'looks' && person.trim() ? { person: person.trim() } : {}), purpose: purpose.trim() }) }}>
        <Field label={t('导出什么', 'What')}>
          <Choices value={what} onChange={setWhat} options={[{ value: 'looks', label: t('谁看过', 'Who looked') }, { value: 'events', label: t('做了什么', 'What was done') }]} />
        </Field>
        <Field label={t('时间', 'Period')} hint={t('不选则为近 7 天', 'Without it, the last 7 days')}>
          <PeriodInput value={period} onChange={setPeriod} />
        </Field>
        <Field label={t('谁：学工号（可不填）', 'Who: number (may be empty)')}>
          <TextInput value={actor} onChange={setActor} maxLength={40} />
        </Field>
        {what === 'looks' && (
          <Field label={t('被看的人：学工号（可不填）', 'Looked at: number (may be empty)')}>
            <TextInput value={person} onChange={setPerson} maxLength={40} />
          </Field>
        )}
        <Field label={t('用途', 'Purpose')} required hint={t('为什么导出、给谁。会记入操作记录。', 'Why, and for whom. It is logged.')}>
          <TextInput value={purpose} onChange={setPurpose} maxLength={200} placeholder={t('如：季度个人信息保护检查，交纪委存档', 'For example: quarterly review, for the audit office')} />
        </Field>
        <Button look="primary" submit busy={exporting.busy} disabled={!ready}>{t('导出 .csv', 'Export .csv')}</Button>
      </Form>
      <WriteProblem problem={exporting.problem} />
      {exporting.result && <Receipt title={t('已导出', 'Exported')} at={presentMoment()} lines={[{ label: t('文件', 'File'), value: exporting.result.fileName }, { label: t('行数', 'Rows'), value: exporting.result.rows }]}>{exporting.result.cut && <Note tone="warn">{t('行数太多，只导出了最近的部分。请缩短时间再导出其余。', 'Too many rows: only the latest are in it. Shorten the period for the rest.')}</Note>}</Receipt>}
    </div>
  )
}
