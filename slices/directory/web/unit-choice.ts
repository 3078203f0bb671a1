/** Which unit a page shows: from the address, else where the person's office is. */
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { roles, type Permission, type Role } from '../rules.ts'
import { units as unitsCall, type me as meCall } from '../contract.ts'
import { useRead } from '#ui/data.ts'
import { useSession } from '#ui/session.tsx'
import { read, say } from '#ui/words.ts'

export type Me = Output<typeof meCall>
export type TreeKey = Me['trees'][number]['key']

/** Whether an office of the reader carries a permission over others; what everybody may do to themselves does not count. */
export function useMayOver(): (permission: Permission) => boolean {
  const { me } = useSession<Me>()
  return (permission) => me?.offices.some((office) => (roles as Record<string, Role>)[office.role]?.permissions.includes(permission)) ?? false
}

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true })
/** Units stand by name, never by how they do. */
export const byName = (a: { name: string }, b: { name: string }) => collator.compare(a.name, b.name)

/** Reads and writes single words of the address, without a new entry in the history for each. */
export function useAddress(): { get: (key: string) => string | null; set: (changes: Record<string, string | null>, options?: { push?: boolean }) => void } {
  const [search, setSearch] = useSearchParams()
  const get = useCallback((key: string) => search.get(key), [search])
  const set = useCallback(
    (changes: Record<string, string | null>, options: { push?: boolean } = {}) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before)
          for (const [key, value] of Object.entries(changes)) if (value === null) next.delete(key); else next.set(key, value)
          return next
        },
        { replace: !options.push },
      ),
    [setSearch],
  )
  return { get, set }
}

/** The unit of the address or of the office, the units of its tree for a picker, and the trees there are. */
export function useUnitChoice(address: ReturnType<typeof useAddress>) {
  const { me } = useSession<Me>()
  const asked = address.get('unit')
  // Where the reader's offices are; the administrative tree comes first.
  const usual = !me || me.offices.length === 0 || me.offices.some((office) => office.unit.tree === 'admin' || (roles as Record<string, Role>)[office.role]?.over === 'institution') ? 'admin' : (me.offices[0]?.unit.tree ?? 'admin')
  const tree = (address.get('tree') ?? usual) as TreeKey
  const whole = me?.offices.some((office) => { const role = (roles as Record<string, Role>)[office.role]; return role?.over === 'institution' && role.permissions.includes('gap.read') }) ?? false
  const known = useRead(unitsCall, { tree, depth: tree === 'residence' ? 4 : 8 }, { topics: ['directory'], enabled: me !== undefined })
  const listed = known.data?.units ?? []
  // In another tree than that of the office: the unit of an office there, else its root.
  const held = me?.offices.find((office) => office.unit.tree === tree)?.unit.unitId
  const homeTree = me?.offices.find((office) => office.unit.unitId === me.homeUnitId)?.unit.tree
  const home = tree === 'admin' && (homeTree === undefined || homeTree === 'admin') ? (me?.homeUnitId ?? null) : (held ?? listed.find((unit) => unit.tree === tree && unit.parentId === null)?.unitId ?? null)
  const unitId = asked ?? home
  const options = listed.filter((unit) => unit.tree === tree).map((unit) => ({ id: unit.unitId, parentId: unit.parentId, name: unit.name }))
  const unit = listed.find((one) => one.unitId === unitId)
  return {
    me, tree, unitId, home, unit, options, ready: known.data !== undefined,
    trees: (me?.trees ?? []).map((one) => ({ value: one.key, label: say(one.name) })),
    /** The units of this tree whose people the reader looks after, where no unit was asked for. */
    mine: asked === null && !whole ? [...new Set((me?.offices ?? []).filter((office) => office.unit.tree === tree && (roles as Record<string, Role>)[office.role]?.over === 'subtree').map((office) => office.unit.unitId))] : [],
    choose: (id: string | null) => address.set({ unit: id, owner: null }, { push: true }),
    chooseTree: (next: string) => address.set({ tree: next === usual ? null : next, unit: null, owner: null }, { push: true }),
    nameOf: (id: string) => read(listed.find((one) => one.unitId === id)?.name ?? ''),
  }
}
