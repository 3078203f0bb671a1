/** Reporting a duty done: one photo or a line. Kept on the phone at once, sent when it can be. */
import { useRef, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { asProblem, client } from '#ui/data.ts'
import { bytes } from '#ui/format.ts'
import { TextField } from '#ui/pocket/fields.tsx'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { BigButton } from '#ui/pocket/parts.tsx'
import { shrinkPhoto, type SmallPhoto } from '#ui/pocket/photo.ts'
import { PhotoField, usePicture } from '#ui/pocket/PhotoField.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { Note } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as asRead, t } from '#ui/words.ts'
import { evidence, report } from '../contract.ts'
import { takeEvidence } from '../evidence-file.ts'
import { isPicture } from '../rules.ts'
import type { AssignmentShape } from './pocket-duty-rows.tsx'

type Paper = { name: string; bytes: Uint8Array }
/** More would not arrive on a poor line, and what waits behind it would wait too: two minutes at 300 kbit/s. */
const largestPaper = 4 * 1048576

export function ReportActs({ one }: { one: AssignmentShape }) {
  const [open, setOpen] = useState(false)
  const keep = useReporting(one)
  // What is asked for once is not answered by “nothing to report” with one press.
  const recurs = one.cycle !== 'once'
  return (
    <>
      <div className={recurs ? 'p-half-row' : undefined}>
        {recurs && (
          <BigButton look="plain" busy={keep.busy} onPress={() => void keep.run({ zero: true })}>
            {t('零报告', 'Zero report')}
          </BigButton>
        )}
        <BigButton icon="camera" look={one.state === 'sent' ? 'plain' : 'main'} onPress={() => setOpen(true)}>
          {one.state === 'sent-back' ? t('补正再报', 'Report again') : t('上报', 'Report')}
        </BigButton>
      </div>
      <ReportSheet one={one} open={open} onClose={() => setOpen(false)} keep={keep} />
    </>
  )
}

function ReportSheet({ one, open, onClose, keep }: { one: AssignmentShape; open: boolean; onClose: () => void; keep: Reporting }) {
  const [words, setWords] = useState('')
  const [photo, setPhoto] = useState<SmallPhoto | null>(null)
  const [paper, setPaper] = useState<Paper | null>(null)
  const file = photo ?? paper
  const send = async () => {
    const kept = await keep.run(words.trim() ? { text: words.trim() } : {}, file ? { name: file.name, bytes: file.bytes } : undefined)
    if (kept) onClose()
  }
  return (
    <Sheet
      open={open} title={t('上报办理情况', 'Report')} onClose={onClose}
      foot={
        <BigButton busy={keep.busy} disabled={words.trim() === '' && !file} onPress={() => void send()}>
          {file || words.trim() ? t('上报', 'Report') : t('一张照片或一句话即可', 'A photo or a line is enough')}
        </BigButton>
      }
    >
      {one.evidence && <p className="p-hint">{t('要求：{what}', 'Asked for: {what}', { what: asRead(one.evidence) })}</p>}
      {!paper && <PhotoField label={t('现场照片', 'A photo')} value={photo} onChange={setPhoto} />}
      <TextField label={t('一句话说明', 'A line')} value={words} onChange={setWords} lines={2} maxLength={4000} placeholder={t('例如：已检查 6 个楼层，通道畅通', 'For example: six floors checked, ways clear')} />
      {!photo && <PaperField value={paper} onChange={setPaper} onPhoto={setPhoto} />}
    </Sheet>
  )
}

/** A table or a scan instead of a photo: goes as it is. What the server would not take is said now, not hours later in the outbox. */
function PaperField({ value, onChange, onPhoto }: { value: Paper | null; onChange: (paper: Paper | null) => void; /** A picture was chosen after all. */ onPhoto: (photo: SmallPhoto) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    setProblem(null)
    if (isPicture(file.name) || file.type.startsWith('image/')) return void shrinkPhoto(file).then(onPhoto, () => setProblem(t('这个文件不是能打开的照片，请换一张。', 'This is no photo that can be opened; choose another.')))
    if (file.size > largestPaper) return setProblem(t('文件有 {size}，手机上最多 4 MB。请拍照上报，或到电脑上附。', 'The file has {size}; a phone sends at most 4 MB. Take a photo instead, or attach it at a computer.', { size: bytes(file.size) }))
    const content = new Uint8Array(await file.arrayBuffer())
    const taken = takeEvidence(file.name, content)
    if (!taken) return setProblem(t('这种文件不能作为佐证。请附 PDF、Word、Excel、文本或压缩包。', 'This kind of file is not taken as evidence: PDF, Word, Excel, text or .zip.'))
    onChange({ name: taken.name, bytes: taken.bytes })
  }
  return (
    <>
      <input ref={input} type="file" hidden aria-hidden tabIndex={-1} data-paper="" accept=".pdf,.docx,.xlsx,.doc,.xls,.wps,.et,.csv,.txt,.zip" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      {value ? (
        <p className="p-paper">
          <span>{value.name} · {bytes(value.bytes.length)}</span>
          <button type="button" className="p-small" onClick={() => onChange(null)}>{t('去掉', 'Remove')}</button>
        </p>
      ) : (
        <button type="button" className="p-quiet" onClick={() => input.current?.click()}>{t('附文档或表格', 'A document or table instead')}</button>
      )}
      {problem && <Note tone="bad">{problem}</Note>}
    </>
  )
}

interface Reporting {
  busy: boolean
  /** Answers whether it is safe on the phone. */
  run: (what: { text?: string; zero?: true }, file?: Paper) => Promise<boolean>
}

function useReporting(one: AssignmentShape): Reporting {
  const { send } = useOutbox()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  return {
    busy,
    async run(what, file) {
      setBusy(true)
      const reportId = newId()
      const label = what.zero ? t('零报告：{what}', 'Zero report: {what}', { what: short(one) }) : file && isPicture(file.name) ? t('照片上报：{what}', 'Report with a photo: {what}', { what: short(one) }) : t('上报：{what}', 'Report: {what}', { what: short(one) })
      try {
        await send(report, { assignmentId: one.assignmentId, reportId, ...what }, { id: reportId, label, topics: ['assignments'], ...(file ? { file } : {}) })
        toast(navigator.onLine ? t('已上报', 'Reported') : t('已保存在本机，联网后自动发送', 'Kept on this phone; sent when the network is back'), { tone: 'good' })
        return true
      } catch (error) {
        toast(t('没有记下：{why}', 'Not recorded: {why}', { why: asProblem(error).message }), { tone: 'bad' })
        return false
      } finally {
        setBusy(false)
      }
    },
  }
}

const short = (one: AssignmentShape) => {
  const words = asRead(one.text)
  return words.length > 18 ? `${words.slice(0, 18)}…` : words
}

/** What was handed in with a report: fetched when it is wanted, never kept on the phone. */
export function ReportFile({ assignmentId, reportId, file }: { assignmentId: string; reportId: string; file: { name: string; size: number } }) {
  const [found, setFound] = useState<{ bytes: Uint8Array; type: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const url = usePicture(found, found?.type)
  const picture = isPicture(file.name)
  const load = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const got = await client.call(evidence, { assignmentId, reportId })
      setFound({ type: got.type, bytes: Uint8Array.from(atob(got.base64), (one) => one.charCodeAt(0)) })
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }
  if (found && url)
    return picture ? (
      <img className="p-evidence" src={url} alt={t('佐证照片', 'The photo handed in')} />
    ) : (
      <a className="p-button p-button-plain" href={url} download={file.name}>{t('保存 {name}', 'Save {name}', { name: file.name })}</a>
    )
  return (
    <>
      <BigButton look="plain" icon={picture ? 'picture' : 'file'} busy={busy} onPress={() => void load()}>
        {picture ? t('看照片（{size}）', 'See the photo ({size})', { size: bytes(file.size) }) : `${file.name} · ${bytes(file.size)}`}
      </BigButton>
      {problem && <Note tone="bad">{problem}</Note>}
    </>
  )
}
