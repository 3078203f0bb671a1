import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typed } from './number-keys.ts'

const after = (keys: string, decimals: number, signed = false) => [...keys].reduce((text, key) => typed(text, key === '<' ? 'erase' : key, decimals, signed), '')

test('what the keys make of a number', () => {
  assert.equal(after('368', 0), '368')
  assert.equal(after('36.85', 1), '36.8', 'no more digits than asked for')
  assert.equal(after('36..5', 1), '36.5')
  assert.equal(after('.5', 1), '0.5')
  assert.equal(after('007', 0), '7')
  assert.equal(after('3.6', 0), '36', 'no point where whole numbers are asked')
  assert.equal(after('12<<<', 0), '')
  assert.equal(after('5-', 0, true), '-5')
  assert.equal(after('5-', 0), '5')
})
