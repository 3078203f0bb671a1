/** Importing a roster: choose the file, look at what it would change, apply. Nothing changes before the last step. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { Button, Choices, Field, Form, Steps, TabView } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { Receipt } from '#ui/feedback.tsx'
import { bytes, count, presentMoment } from '#ui/format.ts'
import { FileDrop, PasteBox, cellsOf, type TakenFile } from '#ui/intake.tsx'
import { Page, Panel, Stack } from '#ui/page.tsx'
import { LoadingState, Note, WriteProblem } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
import { applyRoster, previewRoster } from '../contract.ts'
import { RosterPreview, type Covers, type Kind, type Preview } from './roster-preview.tsx'
import './directory.css'

const accept = ['.xlsx', '.xls', '.csv', '.tsv', '.txt'] as const

export function RosterPage() {
  const [search] = useSearchParams()
  const [kind, setKind] = useState<Kind | 'guess'>(() => (['people', 'offices', 'links'].includes(search.get('kind') ?? '') ? (search.get('kind') as Kind) : 'guess'))
  const [covers, setCovers] = useState<Covers>('none')
  const [file, setFile] = useState<TakenFile | null>(null)
  const [done, setDone] = useState<{ kind: Kind; summary: Preview['summary']; at: Date; importId: string } | null>(null)
  const previewing = useWrite(previewRoster)
  const applying = useWrite(applyRoster)
  const shown = previewing.result ?? null
  const look = (taken: TakenFile, asKind: Kind | 'guess', asCovers: Covers) => {
    setFile(taken)
    applying.reset()
    void previewing.run({ importId: newId(), ...(asKind === 'guess' ? {} : { kind: asKind }), ...(asCovers === 'none' ? {} : { covers: asCovers }) }, { file: taken })
  }
  const again = () => {
    setDone(null)
    setFile(null)
    previewing.reset()
    applying.reset()
  }
  const step = done ? 2 : shown || file ? 1 : 0
  return (
    <Page
      wide
      title={t('导入名册', 'Import a roster')}
      lead={t('先预览，再导入。重复导入只处理差异：新来的、调动的、变更的、离开的。', 'Preview first, then apply. Importing again is a difference: who arrived, moved, changed, left.')}
      breadcrumb={[{ label: t('组织', 'Units'), to: '/units' }]}
      actions={step > 0 && !applying.busy && <Button onClick={again}>{t('换一个文件', 'Another file')}</Button>}
    >
      <Steps current={step} items={[t('选择文件', 'Choose'), t('预览', 'Preview'), t('完成', 'Done')]} />
      {step === 0 && <Choose kind={kind} onKind={setKind} onFile={(taken) => look(taken, kind, covers)} />}
      {step === 1 && previewing.busy && !shown && file && (
        <Panel title={t('正在读取“{name}”', 'Reading “{name}”', { name: file.name })} note={bytes(file.bytes.length)}>
          <LoadingState rows={4} label={t('正在读取并与现有名册比对', 'Reading and comparing with what is known')} />
          <p className="b-muted">{t('正在核对每一行并与现有名册比对，上万人的名册需要一些时间。此时不会改动任何数据。', 'Checking every row against what is known; tens of thousands take a while. Nothing is changed meanwhile.')}</p>
        </Panel>
      )}
      {step === 1 && previewing.problem && (
        <Panel tone="bad" title={t('没有读成', 'This could not be read')}>
          <WriteProblem problem={previewing.problem} />
          <Stack row>
            <Button look="primary" onClick={again}>
              {t('换一个文件', 'Another file')}
            </Button>
            {file && (
              <Button busy={previewing.busy} onClick={() => look(file, kind, covers)}>
                {t('再试一次', 'Try again')}
              </Button>
            )}
          </Stack>
        </Panel>
      )}
      {step === 1 && shown && file && (
        <RosterPreview
          key={shown.importId}
          preview={shown}
          fileName={file.name}
          covers={covers}
          busy={previewing.busy}
          onCovers={(next) => {
            setCovers(next)
            look(file, kind, next)
          }}
          applying={applying}
          onApply={async (applyLeft) => {
            const answer = await applying.run({ importId: shown.importId, ...(applyLeft ? { applyLeft } : {}) })
            if (answer) setDone({ kind: shown.kind, summary: answer.summary, at: presentMoment(), importId: shown.importId })
          }}
        />
      )}
      {done && (
        <Receipt
          title={t('导入完成', 'Imported')}
          at={done.at}
          reference={done.importId.slice(-12)}
          lines={
            done.kind === 'people'
              ? [
                  { label: t('名册行数', 'Rows'), value: done.summary.rows },
                  { label: t('新来', 'Arrived'), value: done.summary.arrived },
                  { label: t('调动', 'Moved'), value: done.summary.moved },
                  { label: t('信息变更', 'Changed'), value: done.summary.changed },
                  { label: t('已登记离开', 'Marked as left'), value: done.summary.left },
                  { label: t('没有变化', 'Unchanged'), value: done.summary.unchanged },
                  { label: t('新建组织', 'Units made'), value: done.summary.newUnits },
                ]
              : [{ label: done.kind === 'offices' ? t('任职记录', 'Holdings') : t('联系户', 'Links'), value: count(done.summary.accepted) }]
          }
          actions={
            <>
              <Button onClick={again}>{t('再导入一份', 'Import another')}</Button>
              <Button look="primary" to="/units">
                {t('查看组织', 'See the units')}
              </Button>
            </>
          }
        />
      )}
    </Page>
  )
}

function Choose({ kind, onKind, onFile }: { kind: Kind | 'guess'; onKind: (kind: Kind | 'guess') => void; onFile: (file: TakenFile) => void }) {
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
        <TabView
          value={way}
          onChange={setWay}
          items={[
            { key: 'file', label: t('上传文件', 'A file'), content: <FileDrop accept={accept} limit={20 * 1048576} onFile={onFile} hint={t('.xlsx、.xls、.csv（UTF-8 或 GB18030），不超过 20 MB。列的顺序不限，标题行上方可以有说明。', '.xlsx, .xls, .csv (UTF-8 or GB18030), up to 20 MB. Columns in any order; there may be lines above the header.')} /> },
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
                    {rows > 0 && <span className="b-muted num">{t('{n} 行', '{n} rows', { n: count(rows) })}</span>}
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

function columnsHelp(kind: Kind): string {
  if (kind === 'people') return t('必须有学号或工号、姓名；可有学院、年级、班级、部门、党支部、校区、楼栋、房间、手机号等。', 'Needs a number and a name; may have college, grade, class, department, branch, campus, building, room, telephone and so on.')
  if (kind === 'offices') return t('列：树（行政、党组织、住宿）、组织路径（如 信息学院/2026级/软件1班）、职务、工号/学号、姓名、起、止、角色（代理）。', 'Columns: tree, path of the unit (for example College/2026/Class 1), office, number, name, from, to, capacity.')
  return t('列：联系人学工号、房间（或组织路径），或联系对象学工号。', "Columns: the member's number, and the room (or path of a unit) or the number of the person looked after.")
}
