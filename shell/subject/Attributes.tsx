/** The catalogue of what may be known, with the measures that need each. */
import { list } from '#slices/measures/contract.ts'
import { AttributesPage } from '#slices/facts/web/attributes.tsx'
import { useRead } from '#ui/data.ts'
import { say } from '#ui/words.ts'
import { useMe } from '../session.tsx'

export function AttributesWithUses() {
  const { can } = useMe()
  const measures = useRead(list, {}, { topics: ['measures'], enabled: can('coverage.read') })
  return <AttributesPage uses={measures.data ? (key) => (measures.data?.measures ?? []).filter((one) => one.attributes.includes(key)).map((one) => say(one.name)) : null} />
}
