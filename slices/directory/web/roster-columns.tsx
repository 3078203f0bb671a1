/** What each column of a roster is read as, changeable: the file is checked anew with what is said here. */
import { useState } from 'react'
import { Button, Pick } from '#ui/controls.tsx'
import { bytes } from '#ui/format.ts'
import { FileDrop, type TakenFile } from '#ui/intake.tsx'
import { Panel, Stack } from '#ui/page.tsx'
import { Note } from '#ui/states.tsx'
import { say, t } from '#ui/words.ts'
import type { RosterColumns, RosterHeadings } from '../contract.ts'
import { fields } from '../roster/fields.ts'
import { fieldName } from './roster-fields.ts'

type Heading = RosterHeadings[number]

export interface RosterColumnsProps {
  headings: RosterHeadings
  busy: boolean
  onAgain: (columns: RosterColumns) => void
  /** The file is no longer at hand and must be chosen once more. */
  missing?: { name: string; size: number | null; onFile: (file: TakenFile, columns: RosterColumns) => void } | undefined
  /** Told while something chosen here was not checked yet. */
  onPending?: (pending: boolean) => void
}

export function RosterColumnsPanel({ headings, busy, onAgain, missing, onPending }: RosterColumnsProps) {
  const [said, setSaid] = useState<ReadonlyMap<string, string>>(new Map())
  const [other, setOther] = useState(false)
  const options = [{ value: '', label: t('不读取', 'Not read') }, ...fields.map((field) => ({ value: field as string, label: fieldName(field) }))]
  const columns = headings.flatMap(({ header, field, how }): RosterColumns => {
    const meaning = (said.get(header) ?? field ?? '') as RosterColumns[number]['meaning']
    return said.has(header) || how === 'chosen' || how === 'remembered' || how === 'likely' ? [{ header, meaning }] : []
  })
  const before = headings.some(({ how }) => how === 'chosen' || how === 'remembered')
  const pending = said.size > 0 || headings.some(({ how }) => how === 'likely')
  const choose = (header: string, meaning: string) => {
    const next = new Map(said)
    const now = headings.find((one) => one.header === header)
    if (meaning === (now?.field ?? '') && now?.how !== 'likely') next.delete(header)
    else next.set(header, meaning)
    setSaid(next)
    onPending?.(next.size > 0)
  }
  return (
    <Panel title={t('每一列读作什么', 'What each column is read as')} note={t('读错了可以改，改后重新核对', 'Change what is wrong; the file is checked again')}>
      <Stack>
        {headings.some(({ how }) => how === 'remembered') && <Note>{t('表头与上次的文件相同，按上次的选择读取。', 'The columns are those of an earlier file: they are read as was said then.')}</Note>}
        <div className="d-columns">
          {headings.map((one) => (
            <div key={one.header} className="d-column">
              <span title={one.header}>
                <span translate="no">{one.header}</span>
                <small className="b-muted">{said.has(one.header) ? '' : noteOf(one)}</small>
              </span>
              <span aria-hidden>→</span>
              {one.never ? (
                <span className="b-muted">{t('不读取', 'Not read')}</span>
              ) : (
                <Pick label={t('“{header}”读作', '“{header}” is read as', { header: one.header })} value={said.get(one.header) ?? one.field ?? ''} options={options} disabled={busy} onChange={(value) => choose(one.header, value ?? '')} />
              )}
            </div>
          ))}
        </div>
        {pending && missing && (
          <>
            <FileDrop accept={['.xlsx', '.xls', '.csv', '.tsv', '.txt']} limit={20 * 1048576} title={t('再选一次同一个文件，按新的选择核对', 'Choose the same file again to check it by what you said')} hint={missing.size === null ? missing.name : t('{name}，{size}', '{name}, {size}', { name: missing.name, size: bytes(missing.size) })} onFile={(file) => (missing.size !== null && file.bytes.length !== missing.size ? setOther(true) : missing.onFile(file, columns))} />
            {other && <Note tone="bad">{t('大小不同，不是同一个文件。改过的文件请重新导入。', 'Its size differs: not the same file. Import a changed file anew.')}</Note>}
          </>
        )}
        {(pending || before) && (
          <Stack row>
            {pending && !missing && <Button look="primary" busy={busy} onClick={() => onAgain(columns)}>{t('按选择重新核对', 'Check again by this')}</Button>}
            {before && !pending && !missing && <Button busy={busy} onClick={() => onAgain([])}>{t('不按选择，由系统识别', 'Forget what was said: let it be recognised')}</Button>}
          </Stack>
        )}
      </Stack>
    </Panel>
  )
}

function noteOf({ how, why, field }: Heading): string {
  if (how === 'guessed') return t('猜的，请核对', 'a guess, please check')
  if (how === 'likely') return t('内容像学工号，请核对', 'looks like numbers of people, please check')
  if (how === 'chosen') return t('您指定的', 'as you said')
  if (how === 'remembered') return t('按上次的选择', 'as said last time')
  if (field !== null) return ''
  return why ? say(why) : t('不认识', 'not recognised')
}

/** In a receipt: what was said of the columns. */
export function saidOfColumns(headings: RosterHeadings | undefined): string | null {
  const said = (headings ?? []).filter(({ how }) => how === 'chosen' || how === 'remembered')
  return said.length ? said.map(({ header, field }) => `${header} → ${field === null ? t('不读取', 'not read') : fieldName(field)}`).join(t('；', '; ')) : null
}
