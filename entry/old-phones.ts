/**
 * What the phone's pages use of the language that the webviews of older phones lack (iOS 15 and 16, chat apps on Android that carry a Chromium of
 * 2021 to 2023). The build only lowers syntax. First of all imports; it defines only what is missing.
 */
function add(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true })
}

const integer = (at: number | undefined) => Math.trunc(at ?? 0) || 0

for (const list of [Array.prototype, String.prototype, Uint8Array.prototype])
  add(list, 'at', function (this: ArrayLike<unknown>, at?: number) {
    const index = integer(at)
    return this[index < 0 ? this.length + index : index]
  })
add(Array.prototype, 'findLast', function (this: unknown[], test: (one: unknown, at: number, all: unknown[]) => unknown) {
  for (let at = this.length - 1; at >= 0; at--) if (test(this[at], at, this)) return this[at]
  return undefined
})
add(Array.prototype, 'toSorted', function (this: unknown[], order?: (a: unknown, b: unknown) => number) {
  return [...this].sort(order)
})
add(Array.prototype, 'toReversed', function (this: unknown[]) {
  return [...this].reverse()
})
add(Object, 'hasOwn', (target: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(target, key))
add(Map, 'groupBy', (items: Iterable<unknown>, keyOf: (one: unknown, at: number) => unknown) => {
  const groups = new Map<unknown, unknown[]>()
  let at = 0
  for (const one of items) {
    const key = keyOf(one, at++)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
})
add(String.prototype, 'isWellFormed', function (this: string) {
  try {
    encodeURIComponent(this)
    return true
  } catch {
    return false
  }
})
