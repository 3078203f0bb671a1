/** The first start: whoever holds the token printed by the server founds the institution and its administrator, or looks around in a drill first. */
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { rememberInstitution, useRead, useWrite } from '#ui/data.ts'
import { deviceName } from '#ui/device.ts'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { language, say, t, useLanguage } from '#ui/words.ts'
import { claim, status } from '../contract.ts'
import { vocabularies } from '../vocabularies.ts'
import { Entrance, GoButton, PickField, TextField } from './entrance.tsx'
import { NewPassword, passwordReady } from './new-password.tsx'
import { timeZones } from './time-zones.ts'

const codeForm = /^[a-z0-9][a-z0-9-]{1,39}$/

export function ClaimPage() {
  useLanguage()
  const state = useRead(status, {})
  return (
    <Entrance wide title={t('首次启用', 'Claim this system')} lead={t('建立您的单位和第一位管理员。没有默认账号：只有拿到一次性口令的人能做这一步。', 'Found your institution and its first administrator. There is no default account: only the holder of the one-time token can do this.')}>
      <Ready read={state}>
        {(data) =>
          data.needsClaim ? (
            <>
              <Note tone="info" action={<Link className="b-link" href="/try">{t('先试演练校园', 'Try a drill first')}</Link>}>
                {t('还没准备好？可以先在虚拟校园里走一遍，不影响以后启用。', 'Not ready yet? Walk through a synthetic campus first; it does not get in the way.')}
              </Note>
              <ClaimForm offered={data.vocabularies.map((one) => one.key)} taken={data.institutions.map((one) => one.code)} />
            </>
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

/** A code out of a name: letters as they are, characters by their pinyin (江畔大学: jiangpan). */
async function codeOf(name: string): Promise<string> {
  const short = name.replace(/(职业技术学院|师范大学|大学|学院|学校|University|College)$/i, '') || name
  const { pinyin } = await import('pinyin-pro')
  const spoken = pinyin(short, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }).join('').toLowerCase()
  return spoken.normalize('NFKD').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 24)
}

function ClaimForm({ offered, taken }: { offered: string[]; taken: string[] }) {
  const [token, setToken] = useState('')
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  // Also from the moment somebody goes to write it: a code made up that comes then would stand before what they type.
  const ownCode = useRef(false)
  const [vocabulary, setVocabulary] = useState(offered[0] ?? 'cn-university')
  const [adminName, setAdminName] = useState('')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [timeZone, setTimeZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai')
  const [tongue, setTongue] = useState<string>(language())
  const claiming = useWrite(claim, {
    onDone: () => {
      rememberInstitution(code)
      // Loaded anew: everything that was asked while nobody was signed in is out of date.
      location.assign('/start')
    },
  })
  useEffect(() => {
    if (ownCode.current || name.trim().length < 2) return
    let current = true
    void codeOf(name.trim()).then((made) => { if (current && !ownCode.current && made.length >= 2) setCode(made) }, () => undefined)
    return () => { current = false }
  }, [name])
  const about = [login.trim(), adminName.trim(), code]
  const codeError = code === '' ? undefined : taken.includes(code) ? t('这个代码已被使用。', 'This code is taken.') : codeForm.test(code) ? undefined : t('2–40 个小写字母、数字或连字符，以字母或数字开头。', '2–40 lower-case letters, digits or hyphens; begins with a letter or digit.')
  const ready = token.trim().length >= 8 && name.trim() !== '' && codeForm.test(code) && !codeError && adminName.trim() !== '' && login.trim().length >= 2 && passwordReady(password, again, about)
  return (
    <form
      className="e-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void claiming.run({ token: token.trim(), code, name: name.trim(), vocabulary, adminName: adminName.trim(), login: login.trim(), password, timeZone, language: tongue as 'zh-Hans', device: deviceName() })
      }}
    >
      <TextField label={t('一次性口令', 'One-time token')} value={token} onChange={setToken} maxLength={100} autoComplete="off" autoFocus code hint={t('服务器启动时打印在终端里；每次重启换新，旧的作废。', 'The server prints it on its terminal when it starts; each start prints a new one.')} />
      <h2 className="e-part">{t('单位', 'Institution')}</h2>
      <div className="e-pair">
        <TextField label={t('单位名称', 'Name of the institution')} value={name} onChange={setName} maxLength={80} autoComplete="organization" />
        <TextField label={t('单位代码', 'Code')} value={code} onFocus={() => { ownCode.current ||= code === '' }} onChange={(typed) => { ownCode.current = true; setCode(typed.toLowerCase()) }} maxLength={40} code hint={t('2–40 个小写字母、数字或连字符，以字母或数字开头；用在登录地址和命令行里，以后不能改。', '2–40 lower-case letters, digits or hyphens, beginning with a letter or digit. Used in addresses and on the command line; it cannot change later.')} {...(codeError ? { error: codeError } : {})} />
      </div>
      <div className="e-pair">
        <PickField label={t('时区', 'Time zone')} value={timeZone} onChange={setTimeZone} options={timeZones(timeZone)} hint={t('“今天 17:00 前”按它计算。', '“By 17:00 today” is reckoned by it.')} />
        <PickField label={t('默认语言', 'Usual language')} value={tongue} onChange={setTongue} options={[{ value: 'zh-Hans', label: '简体中文' }, { value: 'zh-Hant', label: '繁體中文' }, { value: 'en', label: 'English' }]} hint={t('系统发出的消息用它；每人可另选。', 'For messages the system sends; everybody may choose otherwise.')} />
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
      <h2 className="e-part">{t('第一位管理员', 'The first administrator')}</h2>
      <div className="e-pair">
        <TextField label={t('管理员姓名', "Administrator's name")} value={adminName} onChange={setAdminName} maxLength={40} autoComplete="name" />
        <TextField label={t('管理员账号', "Administrator's login")} value={login} onChange={setLogin} autoComplete="username" code hint={t('请用本人工号：以后导入名册，认得出是同一个人。', 'Use your own staff number: a later roster then knows it is you.')} {...(login !== '' && login.trim().length < 2 ? { error: t('至少 2 个字符。', 'At least 2 characters.') } : {})} />
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
