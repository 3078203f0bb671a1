import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesOf, sections, splitPlaces } from './passages.ts'

const text = '一、要求\n各学院要排查。不得瞒报，\n并每日上报。\n落款'
const sentence = (words: string, kind: 'duty' | 'prohibition') => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length, kind })
const layers = {
  sentences: [sentence('各学院要排查。', 'duty'), sentence('不得瞒报，\n并每日上报。', 'prohibition')],
  duties: [{ id: 'a', start: text.indexOf('要排查'), end: text.indexOf('要排查') + 3 }, { id: 'b', start: text.indexOf('不得瞒报'), end: text.indexOf('不得瞒报') + 4 }],
  doubts: [], repairs: [],
}

test('no character of the document is lost, moved or doubled', () => {
  const lines = linesOf(text, layers)
  assert.equal(lines.map((line) => line.pieces.map((piece) => piece.text).join('')).join('\n'), text)
  for (const line of lines) for (const piece of line.pieces) assert.equal(text.slice(piece.start, piece.end), piece.text)
})

test('pieces know their ink and their duties; a sentence over two lines is signed on both', () => {
  const lines = linesOf(text, layers)
  assert.deepEqual(lines[1]?.pieces.map((piece) => [piece.text, piece.kind, piece.opens, piece.dutyIds.join()]), [['各学院', 'duty', true, ''], ['要排查', 'duty', false, 'a'], ['。', 'duty', false, ''], ['不得瞒报', 'prohibition', true, 'b'], ['，', 'prohibition', false, '']])
  assert.deepEqual(lines[2]?.pieces.map((piece) => [piece.text, piece.opens]), [['并每日上报。', true]])
  assert.equal(lines[0]?.pieces[0]?.kind, null)
})

test('in a sentence that forbids and orders, only the forbidding words are red', () => {
  const words = '学院要登记，不得瞒报，要上报。'
  const whole = { start: 0, end: words.length, kind: 'prohibition' as const }
  const [line] = linesOf(words, { sentences: [whole], duties: [{ id: 'a', start: 2, end: 5, forbids: false }, { id: 'b', start: 6, end: 10, forbids: true }], doubts: [], repairs: [] })
  assert.deepEqual(line?.pieces.map((piece) => [piece.text, piece.kind, piece.opens]), [['学院', 'duty', true], ['要登记', 'duty', false], ['，', 'duty', false], ['不得瞒报', 'prohibition', true], ['，要上报。', 'duty', false]])
})

test('sections cover the text around the clauses', () => {
  const clause = { clauseId: 'c1', parentId: null, start: 0, end: text.indexOf('落款') }
  // A heading whose text is in the clauses below it takes them along.
  const heading = { clauseId: 'c1', parentId: null, start: 0, end: 4 }
  assert.deepEqual(sections(text, [heading, { clauseId: 'c2', parentId: 'c1', start: 5, end: text.indexOf('落款') }]).map((one) => one.end), [text.indexOf('落款'), text.length])
  assert.deepEqual(sections(text, [clause, { clauseId: 'c2', parentId: 'c1', start: 2, end: 4 }]).map((one) => [one.clause?.clauseId ?? null, text.slice(one.start, one.end).trim().slice(-2)]), [['c1', '报。'], [null, '落款']])
})

test('a duty splits behind its punctuation, never at its ends', () => {
  assert.deepEqual(splitPlaces('做好登记，报送名单。').map((place) => place.before), ['做好登记，'])
})
