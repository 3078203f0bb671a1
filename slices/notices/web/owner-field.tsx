/** Who answers for a duty: what the words were matched to, whole kinds of units in one press, single units from the trees, and whom it speaks to in person. */
import { useMemo, useState } from 'react'
import { Button, Pick } from '#ui/controls.tsx'
import { UnitsPicker } from '#ui/people.tsx'
import { read, say, t } from '#ui/words.ts'
import { suggestUnits } from './suggest-units.ts'
import { unitsInWords, type KnownUnits } from './use-units.ts'
import { peopleName, personKindName, type Duty, type People } from './words.ts'

export interface OwnerFieldProps {
  unitIds: readonly string[]
  people: People | null
  known: KnownUnits
  names: ReadonlyMap<string, string>
  /** How the words were matched. */
  resolved?: Duty['resolved']
  unmatched?: readonly string[]
  /** The units that the notice is addressed to. */
  addressed?: readonly string[]
  onUnits: (unitIds: string[]) => void
  onPeople?: (people: People | null) => void
}

const audiences = ['none', 'everybody', 'students', 'staff', 'members'] as const
type Audience = (typeof audiences)[number] | 'other'
const peopleOf: Record<Exclude<Audience, 'other'>, People | null> = {
  none: null, everybody: { kinds: ['student', 'staff'], members: false, unitIds: [] }, students: { kinds: ['student'], members: false, unitIds: [] }, staff: { kinds: ['staff'], members: false, unitIds: [] }, members: { kinds: [], members: true, unitIds: [] },
}
const audienceOf = (people: People | null): Audience => audiences.find((one) => JSON.stringify(sorted(peopleOf[one])) === JSON.stringify(sorted(people))) ?? 'other'
const sorted = (people: People | null) => people && [[...people.kinds].toSorted(), people.members, people.unitIds.length]

export function OwnerField({ unitIds, people, known, names, resolved, unmatched = [], addressed = [], onUnits, onPeople }: OwnerFieldProps) {
  const [choosing, setChoosing] = useState(false)
  const options = useMemo(() => known.all.map((unit) => ({ id: unit.unitId, parentId: unit.parentId, name: unit.name })), [known.all])
  const chosen = new Set(unitIds)
  const audience = audienceOf(people)
  const whole = (ids: readonly string[]) => ids.length > 0 && ids.every((id) => chosen.has(id))
  const toggle = (ids: readonly string[]) => onUnits(whole(ids) ? unitIds.filter((id) => !ids.includes(id)) : [...new Set([...unitIds, ...ids])])
  return (
    <div className="n-owner">
      {unitIds.length > 0 ? (
        <p className="n-owner-words">
          {read(unitsInWords(unitIds, known, names))}
          {resolved?.zh && <span className="b-muted"> · {say(resolved)}</span>}
        </p>
      ) : (
        <p className="b-bad">{unmatched.length > 0 ? t('原文“{words}”对不上本校任何单位，请指定。', '“{words}” matches no unit here: choose.', { words: unmatched.join('、') }) : t('还没有责任单位，请指定。', 'No owner yet: choose.')}</p>
      )}
      <div className="n-chips">
        {unitIds.length === 0 && unmatched.flatMap((word) => suggestUnits(word, known.all)).map((unit) => (
          <button key={unit.unitId} type="button" className="b-chip b-chip-on" onClick={() => onUnits([unit.unitId])}>{read(unit.name)}</button>
        ))}
        {addressed.length > 0 && (
          <button type="button" className="b-chip" aria-pressed={whole(addressed)} onClick={() => onUnits([...addressed])}>
            {t('主送的全部单位（{n}）', 'All addressees ({n})', { n: addressed.length })}
          </button>
        )}
        {known.groups.filter((group) => group.kind !== 'class' || whole(group.unitIds)).map((group) => (
          <button key={group.kind} type="button" className={whole(group.unitIds) ? 'b-chip b-chip-on' : 'b-chip'} aria-pressed={whole(group.unitIds)} onClick={() => toggle(group.unitIds)}>
            {group.name} <span className="num">{group.unitIds.length}</span>
          </button>
        ))}
        <Button size="small" look="quiet" icon="units" onClick={() => setChoosing(!choosing)}>
          {t('选择单位', 'Choose units')}
        </Button>
        {unitIds.length > 0 && (
          <Button size="small" look="quiet" onClick={() => onUnits([])}>
            {t('清空', 'Clear')}
          </Button>
        )}
      </div>
      {choosing && <UnitsPicker units={options} value={unitIds} onChange={onUnits} strict placeholder={t('输入名称或拼音首字母', 'Type a name or pinyin initials')} />}
      {onPeople && (
        <div className="n-inline">
          <span className="b-muted">{t('同时要求到人：', 'Also asked of persons:')}</span>
          <Pick
            label={t('要求到人', 'Asked of persons')}
            width={190}
            value={audience}
            onChange={(next) => next !== null && next !== 'other' && onPeople(peopleOf[next])}
            options={[
              { value: 'none', label: t('不到人', 'No person') },
              { value: 'everybody', label: t('全体师生', 'All students and staff') },
              { value: 'students', label: personKindName('student') },
              { value: 'staff', label: personKindName('staff') },
              { value: 'members', label: t('全体党员', 'All members') },
              ...(audience === 'other' && people ? [{ value: 'other' as const, label: peopleName(people) }] : []),
            ]}
          />
        </div>
      )}
    </div>
  )
}
