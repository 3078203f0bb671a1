/** A building or a floor of the residences, room by room: who is not known or not in order, and where. */
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { rooms as roomsCall } from '#slices/measures/contract.ts'
import { Pick } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { DataAge } from '#ui/figures.tsx'
import { FloorMap, type Floor, type RoomTone } from '#ui/floor-map.tsx'
import { Panel } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { read as inScript, say, t } from '#ui/words.ts'

type Room = Output<typeof roomsCall>['rooms'][number]
const toneOf = (room: Room): RoomTone => (room.population === 0 ? 'empty' : room.gap > 0 ? 'gap' : room.unknown > 0 ? 'unknown' : room.kept > 0 ? 'kept' : 'excused')
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true })

export function UnitFloors({ unit, below }: { unit: { unitId: string; name: string }; below: readonly { unitId: string; name: string }[] }) {
  const [measureId, setMeasureId] = useState('')
  const [, go] = useLocation()
  const read = useRead(roomsCall, { unitId: unit.unitId, ...(measureId ? { measureId } : {}) }, { topics: ['coverage', 'measures'] })
  const floors = useMemo((): Floor[] => {
    const byFloor = Map.groupBy(read.data?.rooms ?? [], (room) => room.parentId)
    const named = new Map([[unit.unitId, unit.name], ...below.map((one) => [one.unitId, one.name] as const)])
    return [...byFloor.entries()]
      .map(([id, list]) => ({
        id, name: inScript(named.get(id) ?? ''),
        rooms: list.toSorted((a, b) => collator.compare(a.name, b.name)).map((room) => ({
          id: room.unitId, name: inScript(room.name), tone: toneOf(room), ...(room.gap + room.unknown > 0 ? { mark: String(room.gap + room.unknown) } : {}),
          about: t('{n} 人；缺口 {gap} 项，未知 {unknown} 项', '{n} {n:person|people}; {gap} {gap:gap|gaps}, {unknown} unknown', { n: room.members, gap: room.gap, unknown: room.unknown }),
        })),
      }))
      .toSorted((a, b) => collator.compare(a.name, b.name))
  }, [read.data, unit, below])
  return (
    <Panel title={t('逐间情况', 'Room by room')} note={read.data && <DataAge at={read.data.asOf} />} actions={read.data && read.data.measures.length > 1 && <Pick label={t('措施', 'Measure')} value={measureId} onChange={(id) => setMeasureId(id ?? '')} width={220} options={[{ value: '', label: t('全部措施', 'All measures') }, ...read.data.measures.map((one) => ({ value: one.measureId, label: say(one.name) }))]} />}>
      <Ready read={read} rows={5} empty={{ when: (data) => data.rooms.length === 0, show: <EmptyState icon="units" title={t('下面没有房间', 'There are no rooms below')} /> }}>
        {(data) => (
          <>
            <FloorMap label={t('{unit}逐间情况', '{unit}, room by room', { unit: inScript(unit.name) })} floors={floors} onOpen={(room) => go(`/units/${room.id}`)} />
            {data.more > 0 && <p className="b-muted">{t('另有 {n} 间未画出，请到下级组织查看。', '{n} more {n:room|rooms} {n:is|are} not drawn; open a unit below.', { n: data.more })}</p>}
          </>
        )}
      </Ready>
    </Panel>
  )
}
