/** What was handed in to show that something was done: a photo is seen at once, anything else is downloaded. */
import { useEffect, useRef, useState } from 'react'
import { Button } from '#ui/controls.tsx'
import { client, useRead } from '#ui/data.ts'
import { bytes, count, dateTime } from '#ui/format.ts'
import { saveFile } from '#ui/save-file.ts'
import { useToast } from '#ui/toast.tsx'
import { read, t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { isPicture } from '../rules.ts'
import './evidence.css'

interface Which {
  assignmentId: string
  reportId: string
  name: string
  size: number
}

/** The file of one report. */
export function EvidenceFile({ file }: { file: Which }) {
  const toast = useToast()
  const { assignmentId, reportId, name, size } = file
  const save = () => client.call(contract.evidence, { assignmentId, reportId }).then((found) => saveFile(found.name, found.base64, found.type), (error: Error) => toast(error.message, { tone: 'bad' }))
  // A picture from a phone is made small there; one that is not is not worth the waiting.
  if (isPicture(name) && size <= 3 * 1048576) return <Picture file={file} caption={`${name} · ${bytes(size)}`} />
  return <Button size="small" icon="download" onClick={() => void save()}>{name} · {bytes(size)}</Button>
}

/** All pictures and papers of a duty, unit by unit; nothing where there are none. */
export function DutyEvidence({ dutyId }: { dutyId: string }) {
  const [all, setAll] = useState(false)
  const found = useRead(contract.evidenceOf, { dutyId, size: all ? 100 : 6 }, { topics: ['assignments'] })
  if (!found.data || found.data.total === 0) return null
  const { total, files } = found.data
  return (
    <div className="n-evidence">
      <p className="n-small b-muted">{t('佐证 {n} 件', '{n} {n:piece|pieces} of evidence', { n: count(total) })}</p>
      <ul>
        {files.map((file) => (
          <li key={file.reportId}>
            <EvidenceFile file={file} />
            <span className="n-small"><b>{read(file.unit.name)}</b> <span className="b-muted num">{dateTime(file.madeAt)}</span></span>
          </li>
        ))}
      </ul>
      {total > files.length && <button type="button" className="b-link n-small" onClick={() => setAll(true)}>{t('全部 {n} 件', 'All {n}', { n: count(total) })}</button>}
    </div>
  )
}

/** Small, and as large as the window when pressed. */
function Picture({ file, caption }: { file: Which; caption: string }) {
  const found = useRead(contract.evidence, { assignmentId: file.assignmentId, reportId: file.reportId }, { topics: [] })
  const [open, setOpen] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
  }, [open])
  if (found.problem) return <span className="n-small b-bad">{found.problem.message}</span>
  if (!found.data) return <span className="n-picture b-skeleton" role="status" aria-label={t('正在加载', 'Loading')} />
  const url = `data:${found.data.type};base64,${found.data.base64}`
  return (
    <>
      <button type="button" className="n-picture" aria-label={t('放大：{what}', 'Enlarge: {what}', { what: caption })} title={caption} onClick={() => setOpen(true)}>
        <img src={url} alt="" />
      </button>
      {open && (
        <dialog ref={dialog} className="n-large" aria-label={caption} onClose={() => setOpen(false)} onClick={() => dialog.current?.close()}>
          <img src={url} alt={caption} />
          <p>{caption} <button type="button" className="b-link" onClick={() => saveFile(file.name, found.data?.base64 ?? '', found.data?.type)}>{t('下载', 'Download')}</button></p>
        </dialog>
      )}
    </>
  )
}
