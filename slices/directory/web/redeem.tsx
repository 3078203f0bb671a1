/** Setting a password with a one-time code, on first use or after forgetting. */
import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { institutionCode, rememberInstitution, useRead, useWrite } from '#ui/data.ts'
import { deviceName } from '#ui/device.ts'
import { WriteProblem } from '#ui/states.tsx'
import { useLanguage, read as inScript, t } from '#ui/words.ts'
import { redeem, status } from '../contract.ts'
import { useArriving } from './arriving.ts'
import { Entrance, GoButton, PickField, TextField } from './entrance.tsx'
import { NewPassword, passwordReady } from './new-password.tsx'
import { safeNext } from './sign-in.tsx'

/** 16 letters in fours, however they were typed. */
export const tidyCode = (typed: string) => typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '').slice(0, 16).replaceAll(/(.{4})(?=.)/g, '$1-')

export function RedeemPage() {
  useLanguage()
  const [search] = useSearchParams()
  const arrive = useArriving()
  const state = useRead(status, {})
  const [chosen, setChosen] = useState(institutionCode() ?? '')
  const [code, setCode] = useState(tidyCode(search.get('code') ?? ''))
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const institutions = state.data?.institutions ?? []
  const institution = institutions.some((one) => one.code === chosen) ? chosen : institutions.length === 1 ? (institutions[0]?.code ?? '') : ''
  const redeeming = useWrite(redeem, {
    onDone: () => {
      if (institution) rememberInstitution(institution)
      // Whoever was invited on a phone wants the phone's pages.
      if (search.get('next') === null && matchMedia('(max-width: 640px)').matches) return location.assign('/m/')
      arrive(safeNext(search.get('next')))
    },
  })
  const about = [login.trim()]
  const ready = code.length === 19 && (login.trim() === '' || login.trim().length >= 2) && passwordReady(password, again, about) && (institutions.length < 2 || institution !== '')
  return (
    <Entrance title={t('用邀请码设置密码', 'Set a password with your code')} lead={t('邀请码由管理员或辅导员发给您，只能用一次。', 'The code was given to you by an administrator; it works once.')}>
      {state.problem && !state.data && <WriteProblem problem={state.problem} />}
      <form
        className="e-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) void redeeming.run({ ...(institution ? { institution } : {}), code, password, device: deviceName(), ...(login.trim() ? { login: login.trim() } : {}) })
        }}
      >
        {institutions.length > 1 && (
          <PickField label={t('单位', 'Institution')} value={institution} onChange={setChosen} options={institutions.map((one) => ({ value: one.code, label: `${inScript(one.name)}${one.drill ? ` · ${t('演练', 'Drill')}` : ''}` }))} />
        )}
        <TextField label={t('邀请码', 'Code')} value={code} onChange={(typed) => setCode(tidyCode(typed))} placeholder="XXXX-XXXX-XXXX-XXXX" maxLength={24} autoComplete="one-time-code" autoFocus code {...(code !== '' && code.length < 19 ? { hint: t('共 16 位，大小写不限。', '16 letters and digits; case does not matter.') } : {})} />
        <NewPassword value={password} again={again} onChange={setPassword} onAgain={setAgain} about={about} />
        <TextField label={t('登录账号（可不填）', 'Login (may be left empty)')} value={login} onChange={setLogin} autoComplete="username" code hint={t('不填则用学工号登录。', 'Left empty, you sign in with your number.')} />
        <WriteProblem problem={redeeming.problem} />
        <GoButton busy={redeeming.busy} disabled={!ready}>
          {t('设置密码并登录', 'Set the password and sign in')}
        </GoButton>
      </form>
      <div className="e-also">
        <Link className="b-link" href={`/sign-in${location.search}`}>
          {t('已有密码，去登录', 'I have a password: sign in')}
        </Link>
      </div>
    </Entrance>
  )
}
