/** The certificate of an erasure, with the counts that stay and its document to take away. */
import { useState } from 'react'
import { certificate } from '#slices/briefs/contract.ts'
import { FinalCoveragePanel } from '#slices/measures/web/final-coverage.tsx'
import { CertificatePage as Certificate } from '#slices/responses/web/certificate.tsx'
import { MenuButton } from '#ui/controls.tsx'
import { client } from '#ui/data.ts'
import { saveFile } from '#ui/save-file.ts'
import { useToast } from '#ui/toast.tsx'
import { language, t } from '#ui/words.ts'
import { useMe } from './session.tsx'

export function CertificatePage({ params }: { params: Record<string, string> }) {
  const responseId = params['responseId'] ?? ''
  const { me, can } = useMe()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const download = async (format: 'docx' | 'pdf') => {
    setBusy(true)
    try {
      const file = await client.call(certificate, { responseId, format, language: language() })
      saveFile(file.fileName, file.base64, file.mediaType)
    } catch (error) {
      toast((error as Error).message, { tone: 'bad' })
    }
    setBusy(false)
  }
  return (
    <Certificate
      params={params}
      actions={<MenuButton label={busy ? t('正在生成…', 'Making it…') : t('下载', 'Download')} icon="download" items={[{ label: 'Word（.docx）', run: () => void download('docx') }, { label: 'PDF（.pdf）', run: () => void download('pdf') }]} />}
      counts={can('coverage.read') && me?.homeUnitId && <FinalCoveragePanel responseId={responseId} unitId={me.homeUnitId} endless />}
    />
  )
}
