import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pointed, typed } from './number-keys.ts'

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

test('the point sets itself where only one place for it makes sense', () => {
  assert.equal(pointed('365', 1, 34, 43), '36.5')
  assert.equal(pointed('36', 1, 34, 43), '36')
  assert.equal(pointed('36.5', 1, 34, 43), '36.5')
  assert.equal(pointed('99', 1, 34, 43), '99', 'a slip stays a slip')
  assert.equal(pointed('365', 0, 34, 43), '365')
  assert.equal(pointed('365', 1, 20, 300), '365', 'it might be 36.5 or 365')
})
