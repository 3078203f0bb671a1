/** Signing in. One page for desk and phone. */
import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { institutionCode, rememberInstitution, useRead, useWrite } from '#ui/data.ts'
import { deviceName } from '#ui/device.ts'
import { Note, WriteProblem } from '#ui/states.tsx'
import { useLanguage, useUsualLanguage, read as inScript, t } from '#ui/words.ts'
import { signIn, status } from '../contract.ts'
import { useArriving } from './arriving.ts'
import { Entrance, GoButton, PickField, SecretField, TextField } from './entrance.tsx'

/** Only an address of this site: never send a person who just signed in elsewhere. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) && !/^\/(sign-in|redeem|claim)\b/.test(next) ? next : '/'
}

export function SignInPage() {
  useLanguage()
  const [search] = useSearchParams()
  const arrive = useArriving()
  const state = useRead(status, {})
  const [chosen, setChosen] = useState(institutionCode() ?? '')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const institutions = state.data?.institutions ?? []
  // Beside drills the institution itself is meant, until another is chosen.
  const real = institutions.filter((one) => !one.drill)
  const code = institutions.some((one) => one.code === chosen) ? chosen : ((institutions.length === 1 ? institutions : real.length === 1 ? real : [])[0]?.code ?? '')
  const signing = useWrite(signIn, {
    onDone: () => {
      if (code) rememberInstitution(code)
      arrive(safeNext(search.get('next')))
    },
  })
  const one = institutions.find((institution) => institution.code === code)
  useUsualLanguage(one?.language)
  // Whoever came to a drill signs in to it first.
  const unclaimed = state.data?.needsClaim && (
    <Note tone="info" action={<span className="b-actions"><Link className="b-link" href="/try">{institutions.length === 0 ? t('先试演练', 'Try a drill') : t('另建演练', 'Another drill')}</Link><Link className="b-link" href="/claim">{t('去启用', 'Claim it')}</Link></span>}>
      {institutions.length === 0 ? t('这个系统还没有启用。', 'This system has not been claimed yet.') : t('这里只有演练。演示的账号打印在启动它的终端里。', 'There are only drills here. The terminal that began the demonstration printed its accounts.')}
    </Note>
  )
  return (
    <Entrance title={t('登录', 'Sign in')} lead={one && `${institutions.length === 1 ? inScript(one.name) : ''}${institutions.length === 1 && one.drill ? ' · ' : ''}${one.drill ? t('演练：人员与数据均为虚构', 'Drill: all people and data are synthetic') : ''}`}>
      {state.problem && !state.data && <WriteProblem problem={state.problem} />}
      {institutions.length === 0 && unclaimed}
      <form
        className="e-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (login.trim() && password) void signing.run({ ...(code ? { institution: code } : {}), login: login.trim(), password, device: deviceName() })
        }}
      >
        {institutions.length > 1 && (
          <PickField label={t('单位', 'Institution')} value={code} onChange={setChosen} options={institutions.map((institution) => ({ value: institution.code, label: `${inScript(institution.name)}${institution.drill ? ` · ${t('演练', 'Drill')}` : ''}` }))} />
        )}
        <TextField label={t('学工号或账号', 'Number or login')} value={login} onChange={setLogin} autoComplete="username" autoFocus code />
        <SecretField label={t('密码', 'Password')} value={password} onChange={setPassword} autoComplete="current-password" />
        <WriteProblem problem={signing.problem} />
        <GoButton busy={signing.busy} disabled={login.trim() === '' || password === '' || (institutions.length > 1 && code === '')}>
          {t('登录', 'Sign in')}
        </GoButton>
      </form>
      {institutions.length > 0 && unclaimed}
      <div className="e-also">
        <Link className="b-link" href={`/redeem${location.search}`}>
          {t('第一次使用？用邀请码设置密码', 'First time? Set a password with your code')}
        </Link>
        <span className="b-muted">{t('忘记密码：请向本单位管理员重新索取邀请码。', 'Forgotten: ask your administrator for a new code.')}</span>
      </div>
    </Entrance>
  )
}
