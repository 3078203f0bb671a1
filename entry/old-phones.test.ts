import assert from 'node:assert/strict'
import { test } from 'node:test'

test('what older phones lack is made good, and does what the language says', async () => {
  const lacking: [object, string][] = [[Array.prototype, 'at'], [String.prototype, 'at'], [Array.prototype, 'findLast'], [Array.prototype, 'toSorted'], [Array.prototype, 'toReversed'], [Object, 'hasOwn'], [Map, 'groupBy'], [String.prototype, 'isWellFormed']]
  const taken = lacking.map(([target, name]) => [target, name, Object.getOwnPropertyDescriptor(target, name)] as const)
  const list = [3, 1, 2]
  const seen = () => [list.at(-1), 'abc'.at(-2), list.at(9), list.findLast((one) => one > 1), list.findLast((one) => one > 9), list.toSorted((a, b) => a - b), list.toReversed(), list, Object.hasOwn({ a: 1 }, 'a'), Object.hasOwn({}, 'toString'), [...Map.groupBy(list, (one) => one % 2)], '堡垒'.isWellFormed(), '\ud800'.isWellFormed()]
  const wanted = seen()
  // Node itself works with them; nothing is awaited while they are away but our own module.
  for (const [target, name] of lacking) Reflect.deleteProperty(target, name)
  try {
    await import('./old-phones.ts')
    assert.deepEqual(seen(), wanted)
    assert.ok(!Object.keys(list).includes('at'), 'not seen when a list is walked')
  } finally {
    for (const [target, name, was] of taken) if (was) Object.defineProperty(target, name, was)
  }
})
