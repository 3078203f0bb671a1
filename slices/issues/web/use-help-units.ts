/** Which unit's requests are shown, and the units of the three trees to choose from. */
import type { Output } from '#kernel/contract.ts'
import { units, type me as meCall } from '#slices/directory/contract.ts'
import { useRead } from '#ui/data.ts'
import { useSession } from '#ui/session.tsx'

export type Me = Output<typeof meCall>

export function useHelpUnits(enabled = true) {
  const { me } = useSession<Me>()
  const options = { topics: ['directory'], enabled: enabled && me !== undefined }
  const admin = useRead(units, { tree: 'admin', depth: 5 }, options)
  const party = useRead(units, { tree: 'party', depth: 4 }, options)
  const residence = useRead(units, { tree: 'residence', depth: 3 }, options)
  const all = [admin, party, residence].flatMap((tree) => tree.data?.units ?? [])
  return { me, options: all.map((unit) => ({ id: unit.unitId, parentId: unit.parentId, name: unit.name })) }
}
