/** What the palette finds on the server: people (looked up as everywhere else, and so noted), units, notices, measures. */
import { useEffect, useState } from 'react'
import { findUnits, people } from '#slices/directory/contract.ts'
import { personKind } from '#slices/directory/web/words.ts'
import { list as measuresCall } from '#slices/measures/contract.ts'
import { list as noticesCall } from '#slices/notices/contract.ts'
import { useRead } from '#ui/data.ts'
import { useNameMatch } from '#ui/pinyin.ts'
import { read, say, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import type { IconName } from '#ui/icons.tsx'
import { best } from './match.ts'

export interface Choice {
  key: string
  title: string
  hint: string
  icon: IconName
  to?: string
  run?: () => void
  keys?: string
  person?: boolean
}
export interface ChoiceGroup {
  key: string
  title: string
  choices: Choice[]
}

const pause = 110

/** What stands in the field for a moment; nobody is looked up by half a word. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => settle(text), text === '' ? 0 : pause)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

export function useFound(typed: string): { groups: ChoiceGroup[]; busy: boolean } {
  const { can } = useMe()
  const matches = useNameMatch()
  const text = typed.trim()
  const settled = useSettled(text)
  const asks = settled !== ''
  const persons = useRead(people, { text: settled || '-', most: 8 }, { topics: [], enabled: asks && can('person.find') })
  const units = useRead(findUnits, { text: settled || '-', most: 6 }, { topics: [], enabled: asks && can('unit.read') })
  const notices = useRead(noticesCall, { text: settled || '-', size: 5 }, { topics: [], enabled: asks && can('notice.read') })
  const measures = useRead(measuresCall, {}, { topics: [], enabled: asks && can('coverage.read') })
  if (text === '') return { groups: [], busy: false }
  const groups: ChoiceGroup[] = [
    {
      key: 'people', title: t('人员', 'People'),
      choices: (asks ? (persons.data?.people ?? []) : []).map((one) => ({ key: `person ${one.personId}`, title: one.name, hint: [one.number, personKind(one.kind), one.unit && read(one.unit.name)].filter(Boolean).join(' · '), icon: 'me', to: `/people/${one.personId}`, person: true })),
    },
    {
      // Whoever counts says why before names are opened: on the page that asks.
      key: 'closed', title: t('先说明事由', 'With a reason'),
      choices: (asks ? (persons.data?.closed ?? []) : []).map((one) => ({ key: `page closed ${one.unitId}`, title: t('{unit}：{n} 人', '{unit}: {n} {n:person|people}', { unit: read(one.unit), n: one.people }), hint: t('说明事由后查看姓名', 'names open with a reason'), icon: 'people', to: `/people?${new URLSearchParams({ q: text })}` })),
    },
    {
      key: 'units', title: t('组织', 'Units'),
      choices: (asks ? (units.data?.units ?? []) : []).map((one) => ({ key: `unit ${one.unitId}`, title: read(one.name), hint: one.within.map((name) => read(name)).join(' / '), icon: 'units', to: `/units/${one.unitId}` })),
    },
    {
      key: 'notices', title: t('通知', 'Notices'),
      choices: (asks ? (notices.data?.notices ?? []) : []).map((one) => ({ key: `notice ${one.noticeId}`, title: read(one.title), hint: [one.docNumber, one.issuer && read(one.issuer)].filter(Boolean).join(' · '), icon: 'notices', to: `/notices/${one.noticeId}` })),
    },
    {
      key: 'measures', title: t('措施', 'Measures'),
      choices: best((measures.data?.measures ?? []).filter((one) => one.status === 'on'), text, (one) => ({ title: say(one.name), more: `${one.name.zh} ${one.name.en} ${one.basis}` }), matches, 4)
        .map((one) => ({ key: `measure ${one.measureId}`, title: say(one.name), hint: read(one.basis), icon: 'check', to: can('gap.read') ? `/gaps?measure=${one.measureId}` : '/measures' })),
    },
  ]
  return { groups: groups.filter((group) => group.choices.length > 0), busy: settled !== text || [persons, units, notices].some((one) => one.fetching) }
}
