/** One photo: taken now or chosen, made small at once, shown before it is sent. */
import { useEffect, useId, useRef, useState } from 'react'
import { bytes as bytesWords } from '../format.ts'
import { Icon } from '../icons.tsx'
import { t } from '../words.ts'
import { PhotoProblem, shrinkPhoto, type SmallPhoto } from './photo.ts'

export interface PhotoFieldProps {
  label: string
  value: SmallPhoto | null
  onChange: (photo: SmallPhoto | null) => void
}

export function PhotoField({ label, value, onChange }: PhotoFieldProps) {
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const url = usePicture(value)
  const [camera, album] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  const take = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    // The same picture may be chosen again after it was taken away.
    input.value = ''
    if (!file) return
    setBusy(true)
    setProblem(null)
    try {
      onChange(await shrinkPhoto(file))
    } catch (error) {
      setProblem(whyNot(error))
    }
    setBusy(false)
  }
  return (
    <div className={`p-field${problem ? ' p-field-bad' : ''}`} role="group" aria-labelledby={id}>
      <span id={id} className="p-label">{label}</span>
      {/* Without `capture` a phone offers its album too; both are offered where the webview would show only one. */}
      <input ref={camera} type="file" accept="image/*" capture="environment" hidden aria-hidden data-photo="camera" tabIndex={-1} onChange={(event) => void take(event.currentTarget)} />
      <input ref={album} type="file" accept="image/*" hidden aria-hidden data-photo="album" tabIndex={-1} onChange={(event) => void take(event.currentTarget)} />
      {value && url ? (
        <figure className="p-photo">
          <img src={url} alt={t('已选的照片', 'The chosen photo')} width={value.width} height={value.height} />
          <figcaption>
            <span>{t('已压缩到 {size}，不含拍摄地点', 'Made small: {size}, without the place', { size: bytesWords(value.bytes.length) })}</span>
            <button type="button" className="p-small" onClick={() => onChange(null)}>{t('去掉', 'Remove')}</button>
          </figcaption>
        </figure>
      ) : (
        <div className="p-half-row">
          <button type="button" className="p-pill p-photo-take" disabled={busy} onClick={() => camera.current?.click()}>
            <Icon name="camera" size={20} />
            {t('拍照', 'Take one')}
          </button>
          <button type="button" className="p-pill p-photo-take" disabled={busy} onClick={() => album.current?.click()}>
            <Icon name="picture" size={20} />
            {t('从相册选', 'Choose one')}
          </button>
        </div>
      )}
      <p className="p-about" role="status">{busy ? t('正在处理照片', 'Making the photo small') : null}</p>
      {problem && <p className="p-about" role="alert">{problem}</p>}
    </div>
  )
}

function whyNot(error: unknown): string {
  const why = error instanceof PhotoProblem ? error.why : 'failed'
  if (why === 'too-large') return t('这张照片太大，请换一张或直接拍照。', 'This photo is too large; choose another or take one now.')
  if (why === 'no-picture') return t('这个文件不是能打开的照片，请换一张。', 'This is no photo that can be opened; choose another.')
  return t('手机没能处理这张照片，已写的内容还在。请换一张再试。', 'The phone could not work on this photo; what you wrote is still there. Try another.')
}

/** An address for the bytes, as long as they are shown. */
export function usePicture(photo: { bytes: Uint8Array } | null, type = 'image/jpeg'): string | null {
  const [url, setUrl] = useState<string | null>(null)
  const bytes = photo?.bytes
  useEffect(() => {
    if (!bytes) return setUrl(null)
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes, type])
  return url
}
