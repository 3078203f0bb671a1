/** Before anything is claimed: with the one-time token, a look around in a drill campus. The token stays good for claiming later. */
import { useState } from 'react'
import { Link } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { tryOut } from '#slices/drills/contract.ts'
import { Entrance, GoButton, PickField, TextField } from '#slices/directory/web/entrance.tsx'
import { rememberInstitution, useWrite } from '#ui/data.ts'
import { WriteProblem } from '#ui/states.tsx'
import { t, useLanguage } from '#ui/words.ts'
import { drillMorning } from './build-drill.ts'
import { sizeOptions } from './DrillsPage.tsx'

export function TryPage() {
  useLanguage()
  const [token, setToken] = useState('')
  const [size, setSize] = useState('small')
  const [institutionId] = useState(newId)
  const code = `drill-${institutionId.slice(-6)}`
  const trying = useWrite(tryOut, {
    onDone: () => {
      rememberInstitution(code)
      location.assign(`/drill?build=${size}`)
    },
  })
  return (
    <Entrance title={t('先试演练校园', 'Try a drill campus')} lead={t('生成一座虚拟校园，换不同身份走一遍。全部人员与数据均为虚构，随时可以删除；口令仍可用来正式启用。', 'Makes a synthetic campus to walk through as different people. Everybody in it is made up, and it can be deleted; the token stays good for claiming.')}>
      <form
        className="e-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (token.trim().length >= 8) void trying.run({ token: token.trim(), institutionId, code, name: t('江畔大学（演练）', 'Riverside University (drill)'), startsAt: drillMorning().toISOString() })
        }}
      >
        <TextField label={t('一次性口令', 'One-time token')} value={token} onChange={setToken} maxLength={100} autoComplete="off" autoFocus code hint={t('服务器启动时打印在终端里。', 'The server prints it on its terminal when it starts.')} />
        <PickField label={t('规模', 'Size')} value={size} onChange={setSize} options={sizeOptions().map((one) => ({ value: one.value, label: `${one.label} · ${one.note}` }))} />
        <WriteProblem problem={trying.problem} />
        <GoButton busy={trying.busy} disabled={token.trim().length < 8}>
          {t('生成并进入', 'Make it and go in')}
        </GoButton>
      </form>
      <div className="e-also">
        <Link className="b-link" href="/claim">{t('直接启用本单位', 'Claim for my institution')}</Link>
        <Link className="b-link" href="/sign-in">{t('已有账号，去登录', 'I have an account: sign in')}</Link>
      </div>
    </Entrance>
  )
}
