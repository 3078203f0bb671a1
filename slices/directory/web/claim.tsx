/** The first start: whoever holds the token printed by the server founds the institution and its administrator. */
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { rememberInstitution, useRead, useWrite } from '#ui/data.ts'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { say, t, useLanguage } from '#ui/words.ts'
import { claim, status } from '../contract.ts'
import { vocabularies } from '../vocabularies.ts'
import { Entrance, GoButton, TextField } from './entrance.tsx'
import { NewPassword, passwordReady } from './new-password.tsx'
import { useMine } from './words.ts'

const codeForm = /^[a-z0-9][a-z0-9-]{1,39}$/

export function ClaimPage() {
  useLanguage()
  const state = useRead(status, {})
  return (
    <Entrance wide title={t('首次启用', 'Claim this system')} lead={t('建立您的单位和第一位管理员。没有默认账号：只有拿到一次性口令的人能做这一步。', 'Found your institution and its first administrator. There is no default account: only the holder of the one-time token can do this.')}>
      <Ready read={state}>
        {(data) =>
          data.needsClaim ? (
            <ClaimForm offered={data.vocabularies.map((one) => one.key)} taken={data.institutions.map((one) => one.code)} />
          ) : (
            <Note tone="good" action={<Link className="b-link" href="/sign-in">{t('去登录', 'Sign in')}</Link>}>
              {t('系统已经启用。', 'This system has been claimed already.')}
            </Note>
          )
        }
      </Ready>
    </Entrance>
  )
}

function ClaimForm({ offered, taken }: { offered: string[]; taken: string[] }) {
  const [, go] = useLocation()
  const { refresh } = useMine()
  const [token, setToken] = useState('')
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const [vocabulary, setVocabulary] = useState(offered[0] ?? 'cn-university')
  const [adminName, setAdminName] = useState('')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const claiming = useWrite(claim, {
    onDone: () => {
      rememberInstitution(code)
      refresh()
      go('/', { replace: true })
    },
  })
  const about = [login.trim(), adminName.trim(), code]
  const codeError = code === '' ? undefined : taken.includes(code) ? t('这个代码已被使用。', 'This code is taken.') : codeForm.test(code) ? undefined : t('2–40 个小写字母、数字或连字符，以字母或数字开头。', '2–40 lower-case letters, digits or hyphens; begins with a letter or digit.')
  const ready = token.trim().length >= 8 && name.trim() !== '' && codeForm.test(code) && !codeError && adminName.trim() !== '' && login.trim().length >= 2 && passwordReady(password, again, about)
  return (
    <form
      className="e-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void claiming.run({ token: token.trim(), code, name: name.trim(), vocabulary, adminName: adminName.trim(), login: login.trim(), password })
      }}
    >
      <TextField label={t('一次性口令', 'One-time token')} value={token} onChange={setToken} maxLength={100} autoComplete="off" autoFocus code hint={t('服务器首次启动时打印在终端里。', 'The server printed it on its terminal at the first start.')} />
      <div className="e-pair">
        <TextField label={t('单位名称', 'Name of the institution')} value={name} onChange={setName} maxLength={80} autoComplete="organization" />
        <TextField label={t('单位代码', 'Code')} value={code} onChange={(typed) => setCode(typed.toLowerCase())} maxLength={40} code hint={t('登录地址和命令行里用，如 jiangpan。以后不能改。', 'Used in addresses and on the command line, e.g. riverside. It cannot change later.')} {...(codeError ? { error: codeError } : {})} />
      </div>
      <fieldset className="e-options">
        <legend className="e-legend">{t('用语', 'Vocabulary')}</legend>
        {offered.map((key) => (
          <label key={key} className="e-option">
            <input type="radio" name="vocabulary" value={key} checked={vocabulary === key} onChange={() => setVocabulary(key)} />
            <b>{vocabularies[key] ? say(vocabularies[key].name) : key}</b>
            <p>{vocabularyText(key)}</p>
          </label>
        ))}
      </fieldset>
      <div className="e-pair">
        <TextField label={t('管理员姓名', "Administrator's name")} value={adminName} onChange={setAdminName} maxLength={40} autoComplete="name" />
        <TextField label={t('管理员账号', "Administrator's login")} value={login} onChange={setLogin} autoComplete="username" code {...(login !== '' && login.trim().length < 2 ? { error: t('至少 2 个字符。', 'At least 2 characters.') } : {})} />
      </div>
      <NewPassword value={password} again={again} onChange={setPassword} onAgain={setAgain} about={about} label={t('管理员密码', "Administrator's password")} />
      <WriteProblem problem={claiming.problem} />
      <GoButton busy={claiming.busy} disabled={!ready}>
        {t('启用', 'Claim')}
      </GoButton>
    </form>
  )
}

/** What choosing a vocabulary means, from the vocabulary itself. */
function vocabularyText(key: string): string {
  const vocabulary = vocabularies[key]
  if (!vocabulary) return ''
  const trees = Object.values(vocabulary.trees).map(say).join(t('、', ', '))
  const offices = vocabulary.offices.filter((office, at) => vocabulary.offices.findIndex((one) => one.role === office.role) === at).slice(0, 6).map((office) => t(office.title, office.en)).join(t('、', ', '))
  return t('组织树：{trees}。职务如{offices}等。{members}', 'Trees: {trees}. Offices such as {offices}. {members}', {
    trees, offices, members: vocabulary.politicalStatus ? t('登记政治面貌，用于联系户和党员岗位。', 'Party membership is kept, for links and volunteer posts.') : t('不登记政治面貌，导入时即丢弃。', 'Party membership is not kept; an import drops it.'),
  })
}
