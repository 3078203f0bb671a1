/** A one-time code for one person: shown once, to be handed over. */
import { useState, type ReactNode } from 'react'
import { AskedButton } from '#ui/feedback.tsx'
import { Button } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { date } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import { invite } from '../contract.ts'
import { useMine, type Person } from './words.ts'
import './directory.css'

/** The button that asks, and the sheet that shows the code once. */
export function useInvitation(person: Person | undefined): { button: ReactNode; sheet: ReactNode } {
  const { me } = useMine()
  const toast = useToast()
  const [seen, setSeen] = useState<string | null>(null)
  const inviting = useWrite(invite)
  if (!person) return { button: null, sheet: null }
  const made = inviting.result?.invitations.find((one) => one.personId === person.personId)
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setSeen(text)
    } catch {
      // Browsers refuse outside of https; the code can be selected by hand.
      toast(t('浏览器不允许复制，请手动选取。', 'The browser does not allow copying; select it by hand.'), { tone: 'bad' })
    }
  }
  const button = (
    <AskedButton
      label={t('发邀请码', 'Invite')}
      title={t('给{name}发邀请码？', 'A code for {name}?', { name: person.name })}
      text={<p>{t('凭此码可设置登录密码。若其已有密码，用码后旧密码失效，其他设备退出登录。', 'It lets them set a password. Where they have one, using the code replaces it and signs out their devices.')}</p>}
      action={t('生成', 'Make the code')}
      problem={inviting.problem}
      run={() => inviting.run({ personIds: [person.personId] })}
    />
  )
  if (!made) return { button, sheet: null }
  const link = `${location.origin}/redeem?institution=${encodeURIComponent(me?.institution.code ?? '')}&code=${made.code}`
  const sheet = (
    <Panel title={t('邀请码', 'Code')} note={t('只显示这一次', 'Shown this once')} tone="warn" actions={<Button size="small" look="quiet" icon="close" hint={t('收起', 'Put away')} onClick={inviting.reset} />}>
      <div className="d-code" role="status">
        <code>{made.code}</code>
        <Button size="small" onClick={() => void copy(made.code)}>
          {seen === made.code ? t('已复制', 'Copied') : t('复制邀请码', 'Copy the code')}
        </Button>
        <Button size="small" onClick={() => void copy(link)}>
          {seen === link ? t('已复制', 'Copied') : t('复制链接', 'Copy as a link')}
        </Button>
      </div>
      <p className="b-muted" style={{ marginTop: 10 }}>
        {t('{until}前有效，用过即失效。请当面或电话交给{name}本人，在登录页用它设置密码。', 'Valid until {until}, and for one use. Hand it to {name} in person or by telephone; they set a password with it on the sign-in page.', { until: date(made.until), name: person.name })}
      </p>
    </Panel>
  )
  return { button, sheet }
}
