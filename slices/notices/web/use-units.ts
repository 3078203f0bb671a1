/** The units a duty can be given to: two trees to the last unit, rooms left out. */
import { useMemo } from 'react'
import { units } from '#slices/directory/contract.ts'
import { useRead } from '#ui/data.ts'
import type { Output } from '#kernel/contract.ts'
import { t } from '#ui/words.ts'
import { kindName } from './words.ts'

export type UnitNode = Output<typeof units>['units'][number]

export interface KnownUnits {
  all: readonly UnitNode[]
  byId: ReadonlyMap<string, UnitNode>
  /** 各学院, 各部门, 各党总支…: whole kinds that may be chosen at once. */
  groups: readonly { kind: string; name: string; unitIds: string[] }[]
  ready: boolean
}

const grouped = ['college', 'department', 'general-branch', 'branch', 'class', 'building']

export function useUnits(enabled = true): KnownUnits {
  const options = { topics: ['directory'], enabled }
  const admin = useRead(units, { tree: 'admin', depth: 4 }, options)
  const party = useRead(units, { tree: 'party', depth: 4 }, options)
  const residence = useRead(units, { tree: 'residence', depth: 3 }, options)
  return useMemo(() => {
    const all = [...(admin.data?.units ?? []), ...(party.data?.units ?? []), ...(residence.data?.units ?? [])]
    const groups = grouped.flatMap((kind) => {
      const unitIds = all.filter((unit) => unit.kind === kind).map((unit) => unit.unitId)
      return unitIds.length > 0 ? [{ kind, name: t('各{kind}', 'All {kind}', { kind: kindName(kind).toLowerCase() }), unitIds }] : []
    })
    return { all, byId: new Map(all.map((unit) => [unit.unitId, unit])), groups, ready: admin.data !== undefined }
  }, [admin.data, party.data, residence.data])
}

/** 各学院（12）、教务处: units in few words. */
export function unitsInWords(unitIds: readonly string[], known: KnownUnits, names?: ReadonlyMap<string, string>): string {
  const left = new Set(unitIds)
  const words: string[] = []
  for (const group of known.groups) {
    if (group.unitIds.length < 2 || !group.unitIds.every((id) => left.has(id))) continue
    words.push(t('{name}（{n}）', '{name} ({n})', { name: group.name, n: group.unitIds.length }))
    for (const id of group.unitIds) left.delete(id)
  }
  const single = [...left].map((id) => known.byId.get(id)?.name ?? names?.get(id)).filter((name) => name !== undefined)
  words.push(...single.slice(0, 3))
  const more = left.size - Math.min(single.length, 3)
  if (more > 0) words.push(words.length > 0 ? t('等 {n} 个', '{n} more', { n: more }) : t('{n} 个单位', '{n} {n:unit|units}', { n: more }))
  return words.join(t('、', ', '))
}
