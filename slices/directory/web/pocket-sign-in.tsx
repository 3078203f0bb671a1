/** Signing in on the phone, or setting a password with an invitation code. No heavy components: it is the first thing a person waits for. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { institutionCode, rememberInstitution, useRead, useWrite } from '#ui/data.ts'
import { deviceName } from '#ui/device.ts'
import { Mark } from '#ui/icons.tsx'
import { ChoiceList, TextField } from '#ui/pocket/fields.tsx'
import { BigButton } from '#ui/pocket/parts.tsx'
import { Note, WriteProblem } from '#ui/states.tsx'
import { read as asRead, setLanguage, t, useLanguage, useUsualLanguage } from '#ui/words.ts'
import { redeem, signIn, status } from '../contract.ts'
import { useArriving } from './arriving.ts'
import { passwordLength } from '../rules/password.ts'

export function PocketSignInPage() {
  const spoken = useLanguage()
  const [search] = useSearchParams()
  const arrive = useArriving()
  const invited = search.get('code')
  const [mode, setMode] = useState<'sign-in' | 'redeem'>(invited ? 'redeem' : 'sign-in')
  const known = useRead(status, {})
  const institutions = known.data?.institutions ?? []
  const [chosen, setChosen] = useState<string | null>(institutionCode() ?? null)
  // The only real one is meant where nothing was chosen; a drill is always chosen.
  const real = institutions.filter((one) => !one.drill)
  const institution = institutions.some((one) => one.code === chosen) ? chosen : institutions.length === 1 ? (institutions[0]?.code ?? null) : real.length === 1 ? (real[0]?.code ?? null) : null
  const asks = institutions.length > 1
  useUsualLanguage(institutions.find((one) => one.code === institution)?.language)
  const arrived = () => {
    if (institution) rememberInstitution(institution)
    const next = search.get('next') ?? '/'
    arrive(next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/sign-in') ? next : '/')
  }
  return (
    <div className="p-sign">
      <header className="p-sign-head">
        <Mark size={56} />
        <h1>{t('堡垒', 'Bulwark')}</h1>
        <p>{institution && institutions.length > 0 ? asRead(institutions.find((one) => one.code === institution)?.name ?? '') : t('把通知落实到每一个人', 'Carries a notice to every person and back')}</p>
      </header>
      {search.has('ended') && <Note tone="warn">{t('登录已失效，请重新登录。没发出的内容还在这台手机上，登录后自动发送。', 'You were signed out; please sign in again. What was not sent yet is still on this phone and goes out then.')}</Note>}
      {asks && <ChoiceList label={t('单位', 'Institution')} value={institution} onChange={setChosen} options={institutions.map((one) => ({ value: one.code, label: asRead(one.name), ...(one.drill ? { note: t('演练', 'Drill') } : {}) }))} />}
      <div className="p-seg" role="group" aria-label={t('登录方式', 'How to sign in')}>
        <button type="button" aria-pressed={mode === 'sign-in'} onClick={() => setMode('sign-in')}>
          {t('登录', 'Sign in')}
        </button>
        <button type="button" aria-pressed={mode === 'redeem'} onClick={() => setMode('redeem')}>
          {t('用邀请码', 'With a code')}
        </button>
      </div>
      {mode === 'sign-in' ? <SignIn institution={institution} onDone={arrived} /> : <Redeem institution={institution} code={invited ?? ''} onDone={arrived} />}
      <div className="p-seg" role="group" aria-label={t('语言', 'Language')}>
        {(['zh-Hans', 'zh-Hant', 'en'] as const).map((one) => (
          <button key={one} type="button" lang={one} aria-pressed={spoken === one} onClick={() => void setLanguage(one)}>
            {one === 'en' ? 'English' : one === 'zh-Hant' ? '繁體' : '简体'}
          </button>
        ))}
      </div>
    </div>
  )
}

function SignIn({ institution, onDone }: { institution: string | null; onDone: () => void }) {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const write = useWrite(signIn, { onDone })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (login.trim() && password) void write.run({ login: login.trim(), password, device: deviceName(), ...(institution ? { institution } : {}) })
      }}
    >
      <TextField label={t('学工号或账号', 'Number or login')} value={login} onChange={setLogin} maxLength={60} autoComplete="username" />
      <TextField label={t('密码', 'Password')} type="password" value={password} onChange={setPassword} autoComplete="current-password" />
      <WriteProblem problem={write.problem} />
      <BigButton submit busy={write.busy} disabled={!login.trim() || !password}>
        {t('登录', 'Sign in')}
      </BigButton>
      <p className="p-note" style={{ marginTop: 12 }}>{t('忘了密码：请辅导员或管理员再发一个邀请码。', 'Forgotten? Ask your counsellor or administrator for a new code.')}</p>
    </form>
  )
}

function Redeem({ institution, code: given, onDone }: { institution: string | null; code: string; onDone: () => void }) {
  const [code, setCode] = useState(given)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const write = useWrite(redeem, { onDone })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim() && password) void write.run({ code: code.trim(), password, device: deviceName(), ...(login.trim() ? { login: login.trim() } : {}), ...(institution ? { institution } : {}) })
      }}
    >
      <TextField label={t('邀请码', 'Invitation code')} value={code} onChange={setCode} maxLength={100} autoComplete="one-time-code" hint={t('由辅导员或管理员发给您，只能用一次', 'From your counsellor or administrator; it works once')} />
      <TextField label={t('设置密码', 'Choose a password')} type="password" value={password} onChange={setPassword} autoComplete="new-password" hint={t('至少 {n} 位，不要含学号和姓名', 'At least {n} characters, without your number or name', { n: passwordLength.least })} />
      <TextField label={t('账号（可不填，默认学工号）', 'Login (optional; your number otherwise)')} value={login} onChange={setLogin} maxLength={60} autoComplete="username" />
      <WriteProblem problem={write.problem} />
      <BigButton submit busy={write.busy} disabled={code.trim().length < 8 || !password}>
        {t('设置密码并登录', 'Set the password and sign in')}
      </BigButton>
    </form>
  )
}
