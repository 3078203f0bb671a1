/** How the people with gaps divide: by who answers for them, unit, measure, danger, or how long. One press narrows the list. */
import { useMemo } from 'react'
import { Pick } from '#ui/controls.tsx'
import { count } from '#ui/format.ts'
import { Tag } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import { dial } from './gap-line.tsx'
import type { PeopleAnswer } from './gap-people.ts'
import { dangerName } from './gap-reach.ts'
import { byName } from '#slices/directory/web/unit-choice.ts'

export type GroupBy = 'owner' | 'unit' | 'measure' | 'danger' | 'overdue'
export const groupings: readonly GroupBy[] = ['owner', 'unit', 'measure', 'danger', 'overdue']
type Facets = NonNullable<PeopleAnswer['facets']>

export interface OwnerGroup {
  key: string
  owner: Facets['units'][number]['owner']
  units: { id: string; name: string; count: number }[]
  count: number
}

/** Those who can reach them. Nobody's come first, then by name: no ranking by number. */
export function ownerGroups(byUnit: Facets['units']): OwnerGroup[] {
  const groups = new Map<string, OwnerGroup>()
  for (const { owner, unit, count: n } of byUnit) {
    const key = owner?.person.personId ?? 'nobody'
    const group = groups.get(key) ?? { key, owner, units: [], count: 0 }
    group.units.push({ id: unit.unitId, name: unit.name, count: n })
    group.count += n
    groups.set(key, group)
  }
  return [...groups.values()].toSorted((a, b) => Number(b.key === 'nobody') - Number(a.key === 'nobody') || Number(a.owner?.direct ?? false) - Number(b.owner?.direct ?? false) || (a.owner?.person.name ?? '').localeCompare(b.owner?.person.name ?? '', 'zh-Hans-CN'))
}

export interface GapGroupsProps {
  facets: Facets
  measures: ReadonlyMap<string, PeopleAnswer['measures'][number]>
  by: GroupBy
  onBy: (by: GroupBy) => void
  chosen: string | null
  onChoose: (key: string | null) => void
}

export function GapGroups({ facets, measures, by, onBy, chosen, onChoose }: GapGroupsProps) {
  const owners = useMemo(() => ownerGroups(facets.units), [facets.units])
  const lines: { key: string; name: string; note?: string | undefined; tag?: string | undefined; phone?: string | null | undefined; nobody?: boolean; count: number; own?: boolean }[] = {
    owner: () => owners.map((group) => ({
      key: group.key, own: true, nobody: group.key === 'nobody', name: group.owner?.person.name ?? t('无人负责', 'Nobody'), count: group.count, phone: group.owner?.phone, tag: group.owner && !group.owner.direct ? t('上级代管', 'Fell to them') : undefined,
      note: group.units.slice(0, 3).map((unit) => read(unit.name)).join(t('、', ', ')) + (group.units.length > 3 ? t(' 等 {n} 个', ' and more: {n}', { n: group.units.length }) : ''),
    })),
    unit: () => facets.units.map(({ unit, owner, count: n }) => ({ key: unit.unitId, name: read(unit.name), count: n, note: owner?.person.name ?? t('无人负责', 'nobody answers'), nobody: owner === null })).toSorted(byName),
    measure: () => facets.measures.flatMap(({ key, count: n }) => { const measure = measures.get(key); return measure ? [{ key, name: say(measure.name), note: read(measure.basis), count: n }] : [] }),
    danger: () => facets.danger.map(({ key, count: n }) => ({ key: String(key), name: dangerName(key), count: n })),
    overdue: () => (facets.overdue ? [{ key: 'yes', name: t('已超时', 'Overdue'), count: facets.overdue, nobody: true }] : []),
  }[by]()
  const title: Record<GroupBy, string> = { owner: t('按责任人', 'By who answers'), unit: t('按组织', 'By unit'), measure: t('按措施', 'By measure'), danger: t('按要紧程度', 'By danger'), overdue: t('按是否超时', 'By overdue') }
  return (
    <nav className="g-owners" aria-label={t('分组', 'Groups')}>
      <div className="g-groups-head"><Pick label={t('分组方式', 'Group by')} value={by} onChange={(next) => next && onBy(next)} options={groupings.map((value) => ({ value, label: title[value] }))} /></div>
      <ul>
        <li>
          <button type="button" className="g-owner" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
            <span className="g-owner-name"><b>{t('全部', 'All')}</b></span>
            <span className="num">{count(facets.all)}</span>
          </button>
        </li>
        {lines.map((line) => (
          <li key={line.key}>
            <button type="button" className={`g-owner${line.nobody ? ' g-nobody' : ''}`} aria-pressed={chosen === line.key} onClick={() => onChoose(chosen === line.key ? null : line.key)}>
              <span className="g-owner-name">
                <b {...(line.own ? { translate: 'no' as const } : {})}>{line.name}</b>
                {line.note && <small className="b-muted">{line.note}</small>}
                {line.tag && <Tag tone="warn">{line.tag}</Tag>}
              </span>
              <span className="num">{count(line.count)}</span>
            </button>
            {line.phone && <a className="g-owner-call" href={dial(line.phone)} aria-label={t('拨打责任人 {name} {phone}', 'Call {name}, who answers: {phone}', { name: line.name, phone: line.phone })}>{line.phone}</a>}
          </li>
        ))}
      </ul>
      {facets.moreUnits > 0 && (by === 'owner' || by === 'unit') && <p className="b-muted">{t('另有 {n} 个组织未列出，请按组织缩小范围。', '{n} more {n:unit|units} {n:is|are} not listed; narrow by unit.', { n: count(facets.moreUnits) })}</p>}
    </nav>
  )
}
