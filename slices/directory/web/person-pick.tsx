/** A person, found by typing name, pinyin initials or number. */
import { useEffect, useState } from 'react'
import { Pick } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { read as inScript, t } from '#ui/words.ts'
import { people } from '../contract.ts'
import { ClosedNames } from './cards.tsx'

/** The value as it was so many milliseconds ago, so that a search is not asked for every stroke. */
export function useSettled<V>(value: V, ms = 250): V {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}

export function PersonPick({ value, onChange, label }: { value: string | null; onChange: (personId: string | null) => void; label?: string }) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<{ value: string; label: string; note: string } | null>(null)
  const text = useSettled(typed.trim())
  const found = useRead(people, { text: text || '-', most: 20 }, { enabled: text !== '' })
  const options = text === '' ? [] : (found.data?.people ?? []).map((person) => ({ value: person.personId, label: `${person.name}　${person.number}`, note: person.unit ? inScript(person.unit.name) : '' }))
  const shown = chosen && chosen.value === value && !options.some((option) => option.value === value) ? [chosen, ...options] : options
  return (
    <>
      <Pick
        value={value}
        options={shown}
        onSearch={setTyped}
        loading={found.fetching}
        clearable
        placeholder={t('输入姓名、拼音首字母或学工号', 'Type a name, pinyin initials or a number')}
        {...(label ? { label } : {})}
        onChange={(next) => {
          setChosen(options.find((option) => option.value === next) ?? null)
          onChange(next)
        }}
      />
      {text !== '' && value === null && found.data && found.data.closed.length > 0 && <ClosedNames closed={found.data.closed} onGiven={found.retry} />}
    </>
  )
}
