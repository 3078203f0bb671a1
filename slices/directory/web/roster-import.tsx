/** One import of a roster, wherever it stands: being sent, being checked, waiting for a yes, being applied, its receipt. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button, Steps } from '#ui/controls.tsx'
import { asProblem, client, useRead, useWrite } from '#ui/data.ts'
import { AskedButton, Progress, Receipt } from '#ui/feedback.tsx'
import { bytes, count, dateTime } from '#ui/format.ts'
import { FileDrop, type TakenFile } from '#ui/intake.tsx'
import { Panel, Stack } from '#ui/page.tsx'
import { parcel } from '#ui/sending.ts'
import { saveTableInParts } from '#ui/save-file.ts'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { say, t } from '#ui/words.ts'
import { applyRoster, applyRosterFile, checkRosterFile, dropRosterFile, previewRoster, rosterImport, rosterMarks, type RosterColumns } from '../contract.ts'
import { RosterColumnsPanel, saidOfColumns } from './roster-columns.tsx'
import { heldFile, hold, resumeRoster } from './roster-send.ts'
import { RosterPreview } from './roster-preview.tsx'

type Seen = Output<typeof rosterImport>
const readable = ['.csv', '.tsv', '.txt'] as const

export function OneRoster({ importId, onOpen }: { importId: string; onOpen: (importId: string | null) => void }) {
  const [working, setWorking] = useState(true)
  const read = useRead(rosterImport, { importId }, { topics: ['roster-files', 'directory'], refetchMs: working ? 1500 : 0, keep: false })
  const state = read.data?.import.state
  const busy = state === 'checking' || state === 'applying'
  if (state !== undefined && busy !== working) setWorking(busy)
  return (
    <>
      <Steps current={state === 'applied' ? 3 : state === 'receiving' ? 0 : state === 'applying' ? 2 : 1} items={[t('选择文件', 'Choose'), t('预览', 'Preview'), t('完成', 'Done')]} />
      <Ready read={read}>
        {(seen) => (
          <>
            {busy && <Working seen={seen} />}
            {state === 'receiving' && <Unfinished seen={seen} onDone={read.retry} onDrop={() => onOpen(null)} />}
            {state === 'refused' && <Refused seen={seen} onDone={read.retry} onClose={() => onOpen(null)} />}
            {state === 'checked' && <Checked seen={seen} onDone={read.retry} onDrop={() => onOpen(null)} />}
            {state === 'applied' && <Applied seen={seen} onAgain={() => onOpen(null)} />}
          </>
        )}
      </Ready>
    </>
  )
}

function Working({ seen }: { seen: Seen }) {
  const checking = seen.import.state === 'checking'
  return (
    <Panel title={checking ? t('正在核对“{name}”', 'Checking “{name}”', { name: seen.import.fileName }) : t('正在导入“{name}”', 'Importing “{name}”', { name: seen.import.fileName })} {...(seen.import.bytes === null ? {} : { note: bytes(seen.import.bytes) })}>
      <div className="d-import-step">
        <Progress done={Math.floor(seen.progress * 100)} total={100} label={t('已处理 {n} 行', '{n} {n:row|rows} done', { n: count(seen.rowsDone) })} note={t('在后台进行，可以离开此页，回来再看。', 'This goes on in the background: leave the page and come back.')} />
        <div className="d-pace">
          <span>{t('新来 {n}', '{n} arrive', { n: count(seen.summary.arrived) })}</span>
          <span>{t('调动 {n}', '{n} move', { n: count(seen.summary.moved) })}</span>
          <span>{t('变更 {n}', '{n} change', { n: count(seen.summary.changed) })}</span>
          <span>{t('未收下 {n}', '{n} refused', { n: count(seen.summary.refused) })}</span>
        </div>
        {checking && <p className="b-muted">{t('此时不会改动任何数据。', 'Nothing is changed meanwhile.')}</p>}
      </div>
    </Panel>
  )
}

/** The sending broke off, here or on another device: the same file goes on where it stopped. */
function Unfinished({ seen, onDone, onDrop }: { seen: Seen; onDone: () => void; onDrop: () => void }) {
  const { importId, fileName, bytes: size } = seen.import
  const [sent, setSent] = useState<number | null>(null)
  const [problem, setProblem] = useState<ReturnType<typeof asProblem> | null>(null)
  const [other, setOther] = useState(false)
  const total = size ?? 0
  const go = async (file: { name: string; bytes: Uint8Array }) => {
    if (file.bytes.length !== total) return setOther(true)
    setOther(false)
    setProblem(null)
    setSent(seen.received)
    try {
      await resumeRoster(parcel(importId, file, setSent), seen.received)
      onDone()
    } catch (error) {
      setProblem(asProblem(error))
    }
    setSent(null)
  }
  return (
    <Panel title={t('“{name}”没有传完', '“{name}” was not sent to the end', { name: fileName })} note={t('收到 {n} / {all}', '{n} of {all} came', { n: bytes(seen.received), all: bytes(total) })} tone="warn">
      <div className="d-import-step">
        {sent !== null ? <Progress done={Math.round((sent / total) * 100)} total={100} label={t('接着传送', 'Going on')} note={t('请不要关闭本页。', 'Keep this page open.')} /> : <FileDrop accept={readable} limit={total} title={t('再选一次同一个文件，从断开处接着传', 'Choose the same file again to go on where it stopped')} hint={t('{name}，{size}', '{name}, {size}', { name: fileName, size: bytes(total) })} onFile={(file) => void go(file)} />}
        {other && <Note tone="bad">{t('大小不同，不是同一个文件。改过的文件请重新导入。', 'Its size differs: not the same file. Import a changed file anew.')}</Note>}
        <WriteProblem problem={problem} />
        <Stack row><Drop importId={importId} onDrop={onDrop} /></Stack>
      </div>
    </Panel>
  )
}

function Drop({ importId, onDrop }: { importId: string; onDrop: () => void }) {
  const dropping = useWrite(dropRosterFile, { onDone: onDrop })
  return <AskedButton label={t('放弃', 'Give up')} title={t('放弃这次导入？', 'Give this import up?')} text={t('传来的文件和核对结果将被删除；名册没有改动。', 'The file and what was found are deleted; the roster was not changed.')} action={t('删除', 'Delete')} danger run={() => dropping.run({ importId })} problem={dropping.problem} />
}

function Refused({ seen, onClose, onDone }: { seen: Seen; onClose: () => void; onDone: () => void }) {
  const { importId } = seen.import
  const checking = useWrite(checkRosterFile, { onDone })
  return (
    <>
    <Panel tone="bad" title={t('“{name}”不能读取', '“{name}” cannot be read', { name: seen.import.fileName })}>
      <div className="d-import-step">
        <p>{seen.refusal ? say(seen.refusal) : ''}</p>
        <p className="b-muted">{t('没有导入任何内容。', 'Nothing was imported.')}</p>
        <Stack row>
          <Button look="primary" onClick={onClose}>{t('换一个文件', 'Another file')}</Button>
          <Drop importId={importId} onDrop={onClose} />
        </Stack>
      </div>
    </Panel>
    {seen.summary.headings && <RosterColumnsPanel key={JSON.stringify(seen.summary.headings)} headings={seen.summary.headings} busy={checking.busy} onAgain={(columns) => void checking.run({ importId, columns })} />}
    <WriteProblem problem={checking.problem} />
    </>
  )
}

function Checked({ seen, onDone, onDrop }: { seen: Seen; onDone: () => void; onDrop: () => void }) {
  const { importId, way, kind, fileName, covers } = seen.import
  const whole = useWrite(applyRoster, { onDone })
  const pieces = useWrite(applyRosterFile, { onDone })
  const applying = way === 'whole' ? whole : pieces
  const checking = useWrite(checkRosterFile, { onDone })
  const reading = useWrite(previewRoster, { onDone })
  const file = heldFile(importId)
  const read = async (taken: TakenFile, columns: RosterColumns) => {
    if (await reading.run({ importId, kind: 'people', ...(covers ? { covers } : {}), columns }, { file: taken })) hold(importId, taken)
  }
  const again =
    way === 'pieces' ? { busy: checking.busy, onAgain: (columns: RosterColumns) => void checking.run({ importId, columns }) }
    : { busy: reading.busy, onAgain: (columns: RosterColumns) => { if (file) void read(file, columns) }, missing: file ? undefined : { name: fileName, size: seen.import.bytes, onFile: (taken: TakenFile, columns: RosterColumns) => void read(taken, columns) } }
  return (
    <>
    <WriteProblem problem={checking.problem ?? reading.problem} />
    <RosterPreview
      again={again}
      preview={{ importId, kind, summary: seen.summary }}
      fileName={fileName}
      covers={covers}
      applying={applying}
      aside={<>{seen.marks > 0 && <MarksButton importId={importId} rows={seen.marks} />}{way === 'pieces' && <Drop importId={importId} onDrop={onDrop} />}</>}
      onApply={(applyLeft) => applying.run({ importId, ...(applyLeft ? { applyLeft } : {}) })}
    />
    </>
  )
}

/** What came in, what was refused, by whom and when; and what to do next. */
function Applied({ seen, onAgain }: { seen: Seen; onAgain: () => void }) {
  const { import: one, summary } = seen
  const people = one.kind === 'people'
  const said = saidOfColumns(summary.headings)
  return (
    <Receipt
      title={t('导入完成', 'Imported')}
      at={one.appliedAt ?? one.madeAt}
      reference={one.importId.slice(-12)}
      lines={[
        { label: t('文件', 'File'), value: one.fileName },
        { label: t('经办', 'By'), value: <span translate="no">{one.appliedBy ?? one.madeBy ?? t('命令行', 'the command line')}</span> },
        { label: t('行数', 'Rows'), value: summary.rows },
        ...(said === null ? [] : [{ label: t('指定的列', 'Columns as said'), value: <span translate="no">{said}</span> }]),
        ...(people
          ? [
              { label: t('新来', 'Arrived'), value: summary.arrived },
              { label: t('调动', 'Moved'), value: summary.moved },
              { label: t('信息变更', 'Changed'), value: summary.changed },
              { label: t('已登记离开', 'Marked as left'), value: summary.left },
              { label: t('没有变化', 'Unchanged'), value: summary.unchanged },
              { label: t('新建组织', 'Units made'), value: summary.newUnits },
            ]
          : [{ label: one.kind === 'offices' ? t('任职记录', 'Holdings') : t('联系户', 'Links'), value: summary.accepted }]),
        { label: t('未收下', 'Refused'), value: summary.refused, ...(summary.refused ? { tone: 'bad' as const } : {}) },
        ...(summary.doubtful ? [{ label: t('有疑点，按预览采用', 'Doubtful, taken as previewed'), value: summary.doubtful }] : []),
      ]}
      actions={
        <>
          {seen.marks > 0 && <MarksButton importId={one.importId} rows={seen.marks} />}
          <Button onClick={onAgain}>{t('再导入一份', 'Import another')}</Button>
          <Button to="/units">{t('查看组织', 'See the units')}</Button>
          {people && <Button look="primary" to="/start/offices">{t('接着确认职务', 'Next: offices')}</Button>}
        </>
      }
    >
      {summary.refused + summary.doubtful > 0 && seen.marks === 0 && <p className="b-muted">{t('退回的行保留 30 天，已按期删除。', 'Rows given back are kept for 30 days and have been deleted.')}</p>}
      <p className="b-muted">{t('由 {who} 于 {when} 上传。以后可在“导入记录”里再打开。', 'Uploaded by {who}, {when}. It can be opened again under “Imports so far”.', { who: one.madeBy ?? t('命令行', 'the command line'), when: dateTime(one.madeAt) })}</p>
    </Receipt>
  )
}

/** The rows to be mended, as a file: the same columns, and why. */
function MarksButton({ importId, rows }: { importId: string; rows: number }) {
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const take = async () => {
    setBusy(true)
    try {
      await saveTableInParts((after) => client.call(rosterMarks, { importId, ...(after ? { after } : {}) }))
    } catch (error) {
      toast(asProblem(error).message, { tone: 'bad' })
    }
    setBusy(false)
  }
  return (
    <Button icon="download" busy={busy} onClick={() => void take()}>
      {t('未收下和有疑点的 {n} 行', 'The {n} {n:row|rows} refused or doubtful', { n: count(rows) })}
    </Button>
  )
}
