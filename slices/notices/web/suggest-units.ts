/** Units whose names are like a word that matched none: 保卫处 → 党委保卫部（保卫处）, 武装保卫处. */
export interface Named {
  unitId: string
  name: string
  kind: string
}

/** What says only that it is an office; it likens nothing. */
const endings = /(办公室|管理|工作|中心|学院|委员会|处|部|科|室|组|办|院|系|局|所|馆|队)/g
/** 教育系统, 卫生战线: says a field of work, never one office of it. */
const fieldOfWork = /(系统|战线|领域|行业|界)$/
const kinds = new Set(['school', 'college', 'department', 'office', 'committee', 'general-branch', 'building', 'campus'])

/** At most so many, the most alike first; none where nothing but an ending is shared. */
export function suggestUnits<U extends Named>(word: string, units: readonly U[], most = 3): U[] {
  const core = (text: string) => text.normalize('NFKC').replace(/[\s()]/g, '').replace(endings, '')
  const wanted = [...core(word)]
  if (wanted.length === 0 || fieldOfWork.test(word)) return []
  const scored = units.flatMap((unit) => {
    if (!kinds.has(unit.kind)) return []
    const name = core(unit.name)
    const shared = new Set(wanted.filter((char) => name.includes(char))).size
    const pair = wanted.some((char, at) => at > 0 && name.includes(`${wanted[at - 1]}${char}`))
    const score = (2 * shared) / (new Set(wanted).size + new Set(name).size || 1) + (pair ? 0.5 : 0)
    return pair || (shared === wanted.length && wanted.length <= 2) ? [{ unit, score }] : []
  })
  return scored.toSorted((a, b) => b.score - a.score || a.unit.name.length - b.unit.name.length).slice(0, most).map((one) => one.unit)
}
