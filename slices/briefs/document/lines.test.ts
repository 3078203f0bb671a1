import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { breakLines } from './lines.ts'
import type { Style } from './lines.ts'
import { columnShares, squares, titleLines } from './measure.ts'

const style: Style = { face: 'song', size: 10 }
const measure = (text: string) => squares(text) * 10
const linesOf = (text: string, width: number) => breakLines([{ text, style }], measure, width).map((line) => line.atoms.map((atom) => atom.text).join(''))

test('closing marks do not begin a line and opening ones do not end it', () => {
  assert.deepEqual(linesOf('一二三四五，六七', 50), ['一二三四', '五，六七'])
  // Its blank half may stick out.
  assert.deepEqual(linesOf('一二三四五，六七', 55), ['一二三四五，', '六七'])
  assert.deepEqual(linesOf('一二三四（五）', 50), ['一二三四', '（五）'])
  assert.deepEqual(linesOf('一二三四五。）六', 50), ['一二三四', '五。）六'])
})

test('numbers and words are not torn, unless longer than a line', () => {
  assert.deepEqual(linesOf('共有14124人', 40), ['共有', '14124人'])
  assert.deepEqual(linesOf('W'.repeat(20), 50), ['W'.repeat(10), 'W'.repeat(10)])
  assert.deepEqual(linesOf('one two three', 40), ['one two', 'three'])
})

test('no text is lost in breaking, and no line is wider than allowed', () => {
  const character = fc.constantFrom(...'一二三，。（）“”ab1 %A、《》—…')
  fc.assert(
    fc.property(fc.array(character, { maxLength: 80 }), fc.integer({ min: 40, max: 200 }), (characters, width) => {
      const text = characters.join('')
      const lines = breakLines([{ text, style }], measure, width)
      assert.equal(lines.flatMap((line) => line.atoms.map((atom) => atom.text)).join('').replaceAll(' ', ''), text.replaceAll(' ', ''))
      for (const line of lines) assert.ok(line.width <= width + 10.01 || line.atoms.length === 1, `${line.width} > ${width}`)
    }),
  )
})

test('a long title has few lines of like length, broken between words', () => {
  assert.deepEqual(titleLines('关于全校暴雨红色预警期间师生去向摸排与隐患处置情况的专报', 20), ['关于全校暴雨红色预警期间师生', '去向摸排与隐患处置情况的专报'])
  for (const line of titleLines('【演练】【草稿】关于贯彻落实《关于同时做好流感等传染病防控和防汛救灾工作的通知》情况的专报', 20)) assert.doesNotMatch(line, /《$/, 'what opens goes with what it opens')
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'关于做好校园防汛工作的通知AB《》，'), minLength: 1, maxLength: 90 }), (title) => {
      const lines = titleLines(title, 20)
      assert.equal(lines.join('').replaceAll(' ', ''), title.replaceAll(' ', ''))
      for (const line of lines) assert.ok(squares(line) <= 20)
    }),
  )
})

test('shares of columns add up to one, and none is starved', () => {
  const shares = columnShares([['学院', '长'.repeat(200), '1']], 3, 36)
  assert.ok(Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-9)
  assert.ok(Math.min(...shares) > 0.04)
})
