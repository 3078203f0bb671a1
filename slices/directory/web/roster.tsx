/** Importing a roster: choose the file, look at what it would change, apply, keep the receipt. Nothing changes before the last step; leaving loses nothing. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { Button, Choices, Field, Form, MenuButton, Steps, TabView } from '#ui/controls.tsx'
import { asProblem, client, useRead } from '#ui/data.ts'
import { Progress } from '#ui/feedback.tsx'
import { bytes, count, dateTime } from '#ui/format.ts'
import { FileDrop, PasteBox, cellsOf, type TakenFile } from '#ui/intake.tsx'
import { Page, Panel, RowLink, Stack } from '#ui/page.tsx'
import { saveFile } from '#ui/save-file.ts'
import { useSending } from '#ui/sending.ts'
import { Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import { rosterFileLimit, rosterImports, rosterTemplate, type RosterColumns, type RosterHeadings } from '../contract.ts'
import { RosterColumnsPanel } from './roster-columns.tsx'
import { OneRoster } from './roster-import.tsx'
import { StateTag } from './roster-state.tsx'
import type { Covers, Kind } from './roster-preview.tsx'
import { limitOf, sendRoster, wholeLimit } from './roster-send.ts'
import './directory.css'
import './setup.css'

const accept = ['.xlsx', '.xls', '.csv', '.tsv', '.txt'] as const

export function RosterPage() {
  const [search, setSearch] = useSearchParams()
  const importId = search.get('import')
  const open = (id: string | null) => setSearch(id ? { import: id } : {})
  return (
    <Page
      wide
      title={t('导入名册', 'Import a roster')}
      lead={t('先预览，再导入。重复导入只处理差异：新来的、调动的、变更的、离开的。', 'Preview first, then apply. Importing again is a difference: who arrived, moved, changed, left.')}
      breadcrumb={[{ label: t('组织', 'Units'), to: '/units' }]}
      actions={importId ? <Button onClick={() => open(null)}>{t('换一个文件', 'Another file')}</Button> : <Templates />}
    >
      {importId ? <OneRoster key={importId} importId={importId} onOpen={open} /> : <Start onOpen={open} />}
    </Page>
  )
}

/** Workbooks to fill in, in the institution's own words. */
function Templates() {
  const toast = useToast()
  const take = async (kind: 'students' | 'staff' | 'offices' | 'links') => {
    try {
      const made = await client.call(rosterTemplate, { kind })
      saveFile(made.fileName, made.base64, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    } catch (error) {
      toast(asProblem(error).message, { tone: 'bad' })
    }
  }
  return (
    <MenuButton
      icon="download"
      label={t('下载模板', 'Templates')}
      items={[
        { label: t('学生名册（.xlsx）', 'Students (.xlsx)'), run: () => void take('students') },
        { label: t('教职工名册（.xlsx）', 'Staff (.xlsx)'), run: () => void take('staff') },
        'line',
        { label: t('任职表（.xlsx）', 'Offices (.xlsx)'), run: () => void take('offices') },
        { label: t('联系户表（.xlsx）', 'Links (.xlsx)'), run: () => void take('links') },
      ]}
    />
  )
}

function Start({ onOpen }: { onOpen: (importId: string) => void }) {
  const [search] = useSearchParams()
  const [kind, setKind] = useState<Kind | 'guess'>(() => (['people', 'offices', 'links'].includes(search.get('kind') ?? '') ? (search.get('kind') as Kind) : 'guess'))
  const [covers, setCovers] = useState<Covers>('none')
  const [file, setFile] = useState<TakenFile | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const sending = useSending(sendRoster)
  const latest = useRead(rosterImports, {}, { topics: ['roster-files', 'directory'] })
  const take = async (taken: TakenFile, columns?: RosterColumns) => {
    const limit = limitOf(taken.name, kind)
    if (taken.bytes.length > limit) return setRefusal(tooLarge(taken, limit))
    setRefusal(null)
    setFile(taken)
    const importId = await sending.send(taken, { kind, covers, ...(columns ? { columns } : {}) })
    if (importId) onOpen(importId)
  }
  const past = latest.data?.imports ?? []
  // Refused for its columns: somebody can say what they are.
  const headings = (sending.problem?.details as { headings?: RosterHeadings } | undefined)?.headings
  return (
    <>
      <Steps current={0} items={[t('选择文件', 'Choose'), t('预览', 'Preview'), t('完成', 'Done')]} />
      {file && (sending.busy || sending.problem) ? (
        <Panel title={sending.problem ? t('“{name}”没有读成', '“{name}” could not be read', { name: file.name }) : t('正在读取“{name}”', 'Reading “{name}”', { name: file.name })} note={bytes(file.bytes.length)} {...(sending.problem ? { tone: 'bad' as const } : {})}>
          <div className="d-import-step">
            {sending.busy && <Progress done={Math.round((sending.sent / file.bytes.length) * 100)} total={100} label={sending.sent < file.bytes.length ? t('正在传送', 'Sending') : t('正在核对', 'Checking')} note={t('传完之前请不要关闭本页；断开后可以接着传。此时不会改动任何数据。', 'Keep this page open until it is sent; what breaks off can go on. Nothing is changed meanwhile.')} />}
            <WriteProblem problem={sending.problem} />
            {headings && <RosterColumnsPanel key={JSON.stringify(headings)} headings={headings} busy={sending.busy} onAgain={(columns) => void take(file, columns)} />}
            {sending.problem && (
              <Stack row>
                {!headings && <Button look="primary" onClick={() => void take(file)}>{sending.sent > 0 ? t('从断开处继续', 'Go on where it stopped') : t('再试一次', 'Try again')}</Button>}
                <Button onClick={() => { setFile(null); sending.reset() }}>{t('换一个文件', 'Another file')}</Button>
              </Stack>
            )}
          </div>
        </Panel>
      ) : (
        <Choose kind={kind} onKind={setKind} covers={covers} onCovers={setCovers} refusal={refusal} onFile={(taken) => void take(taken)} />
      )}
      {past.length > 0 && (
        <Panel flush title={t('导入记录', 'Imports so far')} note={t('回执一直保留；退回的行保留 30 天', 'Receipts are kept; rows given back for 30 days')}>
          {past.map((one) => (
            <RowLink
              key={one.importId} to={`/roster?import=${one.importId}`} title={one.fileName}
              text={[dateTime(one.appliedAt ?? one.madeAt), one.appliedBy ?? one.madeBy, one.rows > 0 && t('{n} 行', '{n} {n:row|rows}', { n: count(one.rows) }), one.refused > 0 && t('{n} 行未收下', '{n} refused', { n: count(one.refused) })].filter(Boolean).join(' · ')}
              end={<StateTag state={one.state} />}
            />
          ))}
        </Panel>
      )}
    </>
  )
}

function tooLarge(file: TakenFile, limit: number): string {
  const workbook = /\.xlsx?$/i.test(file.name)
  const size = { name: file.name, size: bytes(file.bytes.length), limit: bytes(limit) }
  return workbook
    ? t('“{name}”有 {size}，工作簿不能超过 {limit}。请在 Excel 里另存为 .csv（不限行数）再放到这里；或按学院拆成几份，分次导入。没有导入任何内容。', '“{name}” has {size}; a workbook may have {limit}. Save it as .csv (any number of rows) and drop that here, or split it by college and import one after another. Nothing was imported.', size)
    : t('“{name}”有 {size}，超过 {limit}。请拆成几份，分次导入；或在服务器上用命令行 bulwark roster import。没有导入任何内容。', '“{name}” has {size}, more than {limit}. Split it and import one after another, or use the command line on the server: bulwark roster import. Nothing was imported.', size)
}

interface ChooseProps {
  kind: Kind | 'guess'
  onKind: (kind: Kind | 'guess') => void
  covers: Covers
  onCovers: (covers: Covers) => void
  refusal: string | null
  onFile: (file: TakenFile) => void
}

function Choose({ kind, onKind, covers, onCovers, refusal, onFile }: ChooseProps) {
  const [way, setWay] = useState<'file' | 'paste'>('file')
  const [text, setText] = useState('')
  const rows = text.trim() === '' ? 0 : cellsOf(text).length
  return (
    <Panel>
      <Form>
        <Field label={t('这是什么表', 'What table is this')}>
          <Choices
            value={kind}
            onChange={onKind}
            options={[
              { value: 'guess', label: t('自动识别', 'Find out by itself') },
              { value: 'people', label: t('人员名册', 'People') },
              { value: 'offices', label: t('任职表', 'Offices') },
              { value: 'links', label: t('联系户表', 'Links') },
            ]}
          />
        </Field>
        {kind !== 'guess' && <Note>{columnsHelp(kind)}</Note>}
        {(kind === 'guess' || kind === 'people') && <CoversField value={covers} onChange={onCovers} />}
        {refusal && <Note tone="bad">{refusal}</Note>}
        <TabView
          value={way}
          onChange={setWay}
          items={[
            { key: 'file', label: t('上传文件', 'A file'), content: <FileDrop accept={accept} limit={rosterFileLimit} onFile={onFile} hint={t('.csv 不限行数（UTF-8 或 GB18030，{most} 以内）；.xlsx、.xls 不超过 {whole}。列的顺序不限，标题行上方可以有说明。', '.csv of any length (UTF-8 or GB18030, up to {most}); .xlsx and .xls up to {whole}. Columns in any order; there may be lines above the header.', { most: `${rosterFileLimit / 1048576} MB`, whole: `${wholeLimit / 1048576} MB` })} /> },
            {
              key: 'paste',
              label: t('从 Excel 粘贴', 'Paste from Excel'),
              content: (
                <Stack>
                  <PasteBox value={text} onChange={setText} rows={10} limit={900_000} label={t('在 Excel 中选中（含标题行），复制，粘贴到这里', 'Select in Excel with the header row, copy, paste here')} />
                  <Stack row>
                    <Button look="primary" disabled={rows < 2} onClick={() => onFile({ name: t('粘贴的表格.txt', 'pasted.txt'), bytes: new TextEncoder().encode(text) })}>
                      {t('预览', 'Preview')}
                    </Button>
                    {rows > 0 && <span className="b-muted num">{t('{n} 行', '{n} {n:row|rows}', { n: count(rows) })}</span>}
                  </Stack>
                </Stack>
              ),
            },
          ]}
        />
      </Form>
    </Panel>
  )
}

/** Whom the file is complete of: only then does it say who has left. */
export function CoversField({ value, onChange, disabled }: { value: Covers; onChange: (covers: Covers) => void; disabled?: boolean }) {
  return (
    <Field label={t('这份名册包含了全部', 'This roster lists all')} hint={t('只有当名册是完整的，才能据此看出谁已离开。', 'Only a complete roster can tell who has left.')}>
      <Choices
        value={value} onChange={onChange} disabled={disabled ?? false}
        options={[{ value: 'none', label: t('不完整，缺席不代表离开', 'Not complete: missing does not mean left') }, { value: 'student', label: t('学生', 'Students') }, { value: 'staff', label: t('教职工', 'Staff') }, { value: 'contractor', label: t('外聘人员', 'Contractors') }]}
      />
    </Field>
  )
}

function columnsHelp(kind: Kind): string {
  if (kind === 'people') return t('必须有学号或工号、姓名；可有学院、年级、班级、部门、党支部、校区、楼栋、房间、手机号等。', 'Needs a number and a name; may have college, grade, class, department, branch, campus, building, room, telephone and so on.')
  if (kind === 'offices') return t('列：树（行政、党组织、住宿）、组织路径（如 信息学院/2026级/软件1班）、职务、工号/学号、姓名、起、止、角色（代理）。', 'Columns: tree, path of the unit (for example College/2026/Class 1), office, number, name, from, to, capacity.')
  return t('列：联系人学工号、房间（或组织路径），或联系对象学工号。', "Columns: the member's number, and the room (or path of a unit) or the number of the person looked after.")
}
