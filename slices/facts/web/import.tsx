/** Facts from a file: choose it, see every row checked, enter the good ones. Nothing is entered before the last step; closing the page loses nothing. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { Button, Steps, TabView } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { AskedButton, Confirm, Progress, Receipt } from '#ui/feedback.tsx'
import { Figure } from '#ui/figures.tsx'
import { bytes, count, dateTime } from '#ui/format.ts'
import { FileDrop, PasteBox, cellsOf, type TakenFile } from '#ui/intake.tsx'
import { Page, Panel, RowLink, Stack } from '#ui/page.tsx'
import { useSending } from '#ui/sending.ts'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag, type Tone } from '#ui/tags.tsx'
import { say, t } from '#ui/words.ts'
import { applyImport, checkImport, dropImport, findImport, importLimit, imports } from '../contract.ts'
import { BadRowsButton, Columns, MarkedRows, type Import, type Seen } from './import-parts.tsx'
import { sendFacts } from './import-send.ts'
import './import.css'

const accept = ['.csv', '.xlsx', '.xls', '.tsv', '.txt'] as const

export function FactImportPage() {
  const [search, setSearch] = useSearchParams()
  const importId = search.get('import')
  const open = (id: string | null) => setSearch(id ? { import: id } : {})
  return (
    <Page
      wide
      title={t('从文件导入上报', 'Facts from a file')}
      lead={t('检测结果、测温记录、缺勤登记等。先逐行检查，再写入；有误的行退回，改好可再导入。同一份文件重复导入不会重复。', 'Test results, temperatures, absence logs. Every row is checked first; wrong rows come back to be mended. The same file twice changes nothing.')}
      breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]}
      actions={importId && <Button onClick={() => open(null)}>{t('换一个文件', 'Another file')}</Button>}
    >
      {importId ? <OneImport key={importId} importId={importId} onClose={() => open(null)} /> : <Start onOpen={open} />}
    </Page>
  )
}

function Start({ onOpen }: { onOpen: (importId: string) => void }) {
  const [file, setFile] = useState<TakenFile | null>(null)
  const [way, setWay] = useState<'file' | 'paste'>('file')
  const [text, setText] = useState('')
  const sending = useSending(sendFacts)
  const latest = useRead(imports, {}, { topics: ['fact-imports'] })
  const take = async (taken: TakenFile) => {
    setFile(taken)
    const importId = await sending.send(taken, undefined)
    if (importId) onOpen(importId)
  }
  const rows = text.trim() === '' ? 0 : cellsOf(text).length
  const past = latest.data?.imports.filter((one) => one.state !== 'receiving') ?? []
  return (
    <>
      <Steps current={0} items={[t('选择文件', 'Choose'), t('检查', 'Check'), t('写入', 'Enter')]} />
      {file && (sending.busy || sending.problem) ? (
        <Panel title={t('正在传送“{name}”', 'Sending “{name}”', { name: file.name })} {...(sending.problem ? { tone: 'bad' as const } : {})}>
          <Progress done={Math.round((sending.sent / file.bytes.length) * 100)} total={100} label={bytes(file.bytes.length)} note={t('请不要关闭本页；断开后可以继续。', 'Keep this page open; what breaks off can go on.')} />
          <WriteProblem problem={sending.problem} />
          {sending.problem && (
            <Stack row>
              <Button look="primary" onClick={() => void take(file)}>
                {t('从断开处继续', 'Go on where it stopped')}
              </Button>
              <Button onClick={() => setFile(null)}>{t('换一个文件', 'Another file')}</Button>
            </Stack>
          )}
        </Panel>
      ) : (
        <Panel>
          <Stack>
            <Note>{t('每行一人：学工号（或姓名加班级）、时间，其余各列是信息项，列名写信息项的名称；也可以用“信息项”“值”两列。列的顺序不限。', 'A row for each person: the number (or name and class), the time, and columns named after attributes, or the two columns “attribute” and “value”. In any order.')}</Note>
            <TabView
              value={way}
              onChange={setWay}
              items={[
                { key: 'file', label: t('文件', 'File'), content: <FileDrop accept={accept} limit={importLimit} onFile={(taken) => void take(taken)} hint={t('.csv（行数不限，UTF-8 或 GB18030）、.xlsx（20 MB 以内）', '.csv of any length (UTF-8 or GB18030), .xlsx up to 20 MB')} /> },
                {
                  key: 'paste', label: t('粘贴', 'Paste'),
                  content: (
                    <Stack>
                      <PasteBox value={text} onChange={setText} rows={10} limit={900_000} label={t('在 Excel 中选中（含标题行），复制，粘贴到这里', 'Select in Excel with the header row, copy, paste here')} />
                      <Stack row>
                        <Button look="primary" disabled={rows < 2} onClick={() => void take({ name: t('粘贴的表格.txt', 'pasted.txt'), bytes: new TextEncoder().encode(text) })}>
                          {t('检查', 'Check')}
                        </Button>
                      </Stack>
                    </Stack>
                  ),
                },
              ]}
            />
          </Stack>
        </Panel>
      )}
      {past.length > 0 && (
        <Panel flush title={t('导入记录', 'Imports so far')} note={t('回执一直保留；退回的行保留 30 天', 'Receipts are kept; rows given back for 30 days')}>
          {past.map((one) => (
            <RowLink key={one.importId} to={`/facts/import?import=${one.importId}`} title={one.fileName} text={`${dateTime(one.changedAt)} · ${one.madeBy ? `${one.madeBy} · ` : ''}${t('{n} 行，{bad} 行有误', '{n} {n:row|rows}, {bad} wrong', { n: count(one.counts.rows), bad: count(one.counts.bad) })}`} end={<StateTag state={one.state} />} />
          ))}
        </Panel>
      )}
    </>
  )
}

function StateTag({ state }: { state: Import['state'] }) {
  const words: Record<Import['state'], [string, Tone]> = {
    receiving: [t('传送中', 'Being sent'), 'neutral'], checking: [t('检查中', 'Being checked'), 'accent'], checked: [t('待写入', 'Waits for you'), 'warn'],
    applying: [t('写入中', 'Being entered'), 'accent'], applied: [t('已写入', 'Entered'), 'good'], refused: [t('不能读取', 'Cannot be read'), 'bad'],
  }
  return <Tag tone={words[state][1]}>{words[state][0]}</Tag>
}

function OneImport({ importId, onClose }: { importId: string; onClose: () => void }) {
  const [working, setWorking] = useState(true)
  const read = useRead(findImport, { importId }, { topics: ['fact-imports'], refetchMs: working ? 2000 : 0 })
  const state = read.data?.import.state
  const busy = state === 'checking' || state === 'applying'
  if (state !== undefined && busy !== working) setWorking(busy)
  const step = state === 'applying' ? 2 : state === 'applied' ? 3 : 1
  return (
    <>
      <Steps current={step} items={[t('选择文件', 'Choose'), t('检查', 'Check'), t('写入', 'Enter')]} />
      <Ready read={read}>
        {(seen) =>
          busy ? (
            <Panel title={state === 'checking' ? t('正在检查“{name}”', 'Checking “{name}”', { name: seen.import.fileName }) : t('正在写入“{name}”', 'Entering “{name}”', { name: seen.import.fileName })} note={bytes(seen.import.bytes)}>
              <Progress done={Math.floor(seen.import.progress * 100)} total={100} label={t('已处理 {n} 行', '{n} {n:row|rows} done', { n: count(seen.import.counts.rows) })} note={seen.import.counts.bad ? t('{n} 行有误', '{n} wrong', { n: count(seen.import.counts.bad) }) : ''} />
              <p className="b-muted">{t('在后台进行，可以离开此页，回来再看。', 'This goes on in the background: leave the page and come back.')}</p>
            </Panel>
          ) : (
            <Result seen={seen} onClose={onClose} />
          )
        }
      </Ready>
    </>
  )
}

function Result({ seen, onClose }: { seen: Seen; onClose: () => void }) {
  const one = seen.import
  const { importId, counts, state } = one
  const [asking, setAsking] = useState(false)
  const checking = useWrite(checkImport)
  const applying = useWrite(applyImport, { onDone: () => setAsking(false) })
  const dropping = useWrite(dropImport, { onDone: onClose })
  const drop = <AskedButton label={t('放弃', 'Give up')} title={t('放弃这次导入？', 'Give this import up?')} text={t('文件和检查结果将被删除；没有写入任何内容。', 'The file and what was found are deleted; nothing was entered.')} action={t('删除', 'Delete')} danger run={() => dropping.run({ importId })} problem={dropping.problem} />
  if (state === 'applied')
    return (
      <>
        <Receipt
          title={t('已写入', 'Entered')}
          at={one.changedAt}
          reference={importId.slice(-12)}
          lines={[
            { label: t('文件', 'File'), value: one.fileName },
            { label: t('经办', 'By'), value: <span translate="no">{one.madeBy ?? t('命令行', 'the command line')}</span> },
            { label: t('行数', 'Rows'), value: counts.rows },
            { label: t('收下的行', 'Rows taken'), value: counts.good },
            { label: t('其中信息', 'Facts in them'), value: counts.facts },
            { label: t('成为最新情况', 'Now the latest known'), value: counts.stored },
            { label: t('较旧，记入历次上报', 'Older, kept in the history'), value: counts.older },
            { label: t('原来就有', 'Known before'), value: counts.repeated },
            { label: t('有误，退回', 'Wrong, given back'), value: counts.bad, ...(counts.bad ? { tone: 'bad' as const } : {}) },
          ]}
          actions={
            <>
              {counts.bad > 0 && <BadRowsButton importId={importId} bad={counts.bad} />}
              <Button look="primary" onClick={onClose}>
                {t('再导入一份', 'Import another')}
              </Button>
            </>
          }
        />
        {counts.bad > 0 && <MarkedRows seen={seen} />}
      </>
    )
  return (
    <>
      {one.refusal && (
        <Panel tone="bad" title={t('还不能读取', 'This cannot be read yet')}>
          <p>{say(one.refusal)}</p>
        </Panel>
      )}
      {!one.refusal && (
        <Panel title={t('检查结果', 'What was found')} note={`${one.fileName} · ${bytes(one.bytes)}`}>
          <div className="f-figures">
            <Figure label={t('行数', 'Rows')} value={counts.rows} />
            <Figure label={t('可以收下', 'Can be taken')} value={counts.good} tone={counts.good ? 'good' : 'plain'} />
            <Figure label={t('其中信息', 'Facts in them')} value={counts.facts} />
            <Figure label={t('有误', 'Wrong')} value={counts.bad} tone={counts.bad ? 'bad' : 'plain'} />
            <Figure label={t('存疑', 'Doubtful')} value={counts.doubtful} tone={counts.doubtful ? 'warn' : 'plain'} />
          </div>
        </Panel>
      )}
      {one.columns.length > 0 && <Columns key={JSON.stringify(one.columns)} one={one} busy={checking.busy} onAgain={(columns, observedAt) => void checking.run({ importId, columns: Object.entries(columns).map(([header, meaning]) => ({ header, meaning })), observedAt })} />}
      <WriteProblem problem={checking.problem} />
      {!one.refusal && (counts.bad > 0 || counts.doubtful > 0) && <MarkedRows seen={seen} />}
      <Stack row align="between">
        <span className="b-muted">{t('到目前为止没有写入任何内容。', 'Nothing has been entered so far.')}</span>
        <Stack row>
          {drop}
          {counts.bad > 0 && <BadRowsButton importId={importId} bad={counts.bad} />}
          <Button look="primary" size="large" disabled={counts.good === 0 || one.refusal !== null || checking.busy} onClick={() => setAsking(true)}>
            {t('写入 {n} 行…', 'Enter {n} {n:row|rows}…', { n: count(counts.good) })}
          </Button>
        </Stack>
      </Stack>
      <Confirm open={asking} title={t('写入“{name}”', 'Enter “{name}”', { name: one.fileName })} action={t('确认写入', 'Enter')} busy={applying.busy} problem={applying.problem} onClose={() => setAsking(false)} onConfirm={() => void applying.run({ importId })}>
        <p>
          {t('{good} 行、{facts} 条信息将记为由您导入，本人在“我的数据”里能看到。{bad} 行有误，不会写入。', '{good} {good:row|rows} with {facts} {facts:fact|facts} {facts:is|are} recorded as brought in by you; the people see it in “my data”. {bad} wrong {bad:row|rows} {bad:is|are} left out.', { good: count(counts.good), facts: count(counts.facts), bad: count(counts.bad) })}
        </p>
      </Confirm>
    </>
  )
}
