/** Who answers for a measure that was switched on over a warning. */
import { useEffect, useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { people } from '#slices/directory/contract.ts'
import { Field, Pick, TextInput } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { count, date } from '#ui/format.ts'
import { useSession } from '#ui/session.tsx'
import { read, t } from '#ui/words.ts'
import type { list } from '../contract.ts'
import { secondsText } from './planning-words.ts'
import type { Me } from '#slices/directory/web/unit-choice.ts'

export type Sponsored = Output<typeof list>['measures'][number]['sponsor']

/** 书记 书甲 担责启用：省里要求，只有三天. Shown wherever the measure is. */
export function SponsorLine({ sponsor }: { sponsor: Sponsored }) {
  if (!sponsor) return null
  return (
    <p className="m-sponsor">
      <b>{sponsor.over.people > 0 ? t('超出负担上限', 'Over the budget') : t('条件有疑问', 'Doubtful conditions')}</b>{' '}
      {sponsor.office && `${read(sponsor.office)} `}
      <span translate="no">{sponsor.name ?? t('系统运维', 'the operator')}</span> {t('{when}担责启用', 'answers for it since {when}', { when: date(sponsor.at) })}
      {sponsor.over.people > 0 && t('（{n} 人每天超出，最多 {s} 秒）', ' ({n} {n:person|people} over it, up to {s} s)', { n: count(sponsor.over.people), s: secondsText(sponsor.over.seconds) })}
      {t('：', ': ')}
      {sponsor.reason}
    </p>
  )
}

export interface Sponsorship {
  personId: string | null
  reason: string
}

/** Names who answers for it, oneself unless another is chosen, and asks why. */
export function SponsorFields({ value, onChange }: { value: Sponsorship; onChange: (value: Sponsorship) => void }) {
  const { me, can } = useSession<Me>()
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed])
  const found = useRead(people, { text: text || '-', most: 20 }, { enabled: text !== '' && can('person.find') })
  const own = me ? [{ value: me.person.personId, label: t('{name}（本人）', '{name} (myself)', { name: me.person.name }) }] : []
  const options = [...own, ...(found.data?.people ?? []).filter((one) => one.personId !== me?.person.personId).map((one) => ({ value: one.personId, label: `${one.name}　${one.number}`, note: one.unit ? read(one.unit.name) : '' }))]
  return (
    <>
      <Field label={t('由谁担责', 'Who answers for it')} required hint={t('须现任书记、院长、部门负责人或指挥部职务；姓名和理由显示在措施和覆盖页上。', 'Holds an office that leads a unit or the command; name and reason are shown with the measure.')}>
        <Pick label={t('由谁担责', 'Who answers for it')} value={value.personId ?? me?.person.personId ?? null} options={options} onSearch={setTyped} loading={found.fetching} placeholder={t('输入姓名或学工号', 'Type a name or a number')} onChange={(personId) => onChange({ ...value, personId })} />
      </Field>
      <Field label={t('理由', 'Why')} required>
        <TextInput label={t('理由', 'Why')} value={value.reason} onChange={(reason) => onChange({ ...value, reason })} maxLength={200} />
      </Field>
    </>
  )
}
