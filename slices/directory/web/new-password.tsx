/** Choosing a password: the rules are shown while it is typed, before the server has to refuse it. */
import { t } from '#ui/words.ts'
import { passwordFaults, passwordLength, type PasswordFault } from '../rules/password.ts'
import { RuleLine, SecretField } from './entrance.tsx'

export interface NewPasswordProps {
  value: string
  again: string
  onChange: (value: string) => void
  onAgain: (value: string) => void
  /** What the password must not contain, as far as the page knows it: login, name, number. */
  about: readonly string[]
  label?: string
}

export function NewPassword({ value, again, onChange, onAgain, about, label }: NewPasswordProps) {
  const faults = passwordFaults(value, about)
  const state = (...which: PasswordFault[]) => (value === '' ? 'open' : which.some((fault) => faults.includes(fault)) ? 'broken' : 'kept')
  return (
    <>
      <SecretField label={label ?? t('新密码', 'New password')} value={value} onChange={onChange} autoComplete="new-password">
        <ul className="e-rules" aria-live="polite">
          <RuleLine state={state('short', 'long')}>{t('至少 {least} 个字符，一句话最好记（现有 {n} 个）', 'At least {least} characters; a sentence is easiest ({n} now)', { least: passwordLength.least, n: [...value].length })}</RuleLine>
          <RuleLine state={state('personal')}>{t('不包含姓名、学工号或账号', 'Does not contain your name, number or login')}</RuleLine>
          <RuleLine state={state('plain')}>{t('不是常见密码，也不是几个字符的重复', 'Neither a common password nor a few characters repeated')}</RuleLine>
        </ul>
      </SecretField>
      <SecretField label={t('再输入一次', 'Once more')} value={again} onChange={onAgain} autoComplete="new-password" {...(again !== '' && !value.startsWith(again) ? { error: t('两次输入不一致。', 'The two differ.') } : {})} />
    </>
  )
}

/** Whether the page may send it. */
export const passwordReady = (value: string, again: string, about: readonly string[]) => value === again && passwordFaults(value, about).length === 0
