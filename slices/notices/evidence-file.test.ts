import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindOfEvidence, takeEvidence } from './evidence-file.ts'

const text = (words: string) => new TextEncoder().encode(words)
const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const segment = (marker: number, body: Uint8Array) => join([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255], body)

/** An Exif as a camera writes it: how it was held, and a directory of the place behind. */
const exif = (turned: number) => segment(0xe1, join(text('Exif\0\0'), text('II'), [42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, turned, 0, 0, 0, 0, 0, 0, 0], text('GPS 30.6, 104.0 Phone-7')))
const scan = join([0xff, 0xda, 0, 4, 1, 0], [1, 2, 0xff, 0, 3, 0xff, 0xd0, 4])
const jpeg = (turned: number) => join([0xff, 0xd8], segment(0xe0, text('JFIF\0')), exif(turned), segment(0xfe, text('taken at home')), segment(0xdb, Uint8Array.of(0xff, 0xd9, 9)), scan, segment(0xc4, Uint8Array.of(7, 0xff, 0xd9, 8)), scan, [0xff, 0xd9], text('a film behind the picture'))

test('a photo is kept without its place, its device and what hangs behind it, and stays upright', () => {
  const taken = takeEvidence('../IMG\u202E_1.JPG', jpeg(6))
  assert.ok(taken)
  assert.equal(taken.name, 'IMG_1.JPG')
  const kept = Buffer.from(taken.bytes).toString('latin1')
  for (const word of ['GPS', 'Phone-7', 'home', 'film']) assert.ok(!kept.includes(word), word)
  assert.ok(kept.includes('JFIF') && kept.includes('Exif'), 'which way is up is still said')
  assert.ok(kept.endsWith('\xff\xd9') && kept.includes('\x07\xff\xd9\x08'), 'the end of the picture is not looked for inside a table')
  assert.ok(!Buffer.from(takeEvidence('a.jpg', jpeg(1))?.bytes ?? []).toString('latin1').includes('Exif'))
  assert.deepEqual(takeEvidence('a.jpg', taken.bytes)?.bytes, taken.bytes, 'nothing more is lost the second time')
})

test('a picture whose parts do not hold together is left as it is', () => {
  const broken = join([0xff, 0xd8], [0xff, 0xe1, 0xff, 0xff], text('Exif'))
  assert.deepEqual(takeEvidence('a.jpg', broken)?.bytes, broken)
  for (let length = 3; length < jpeg(3).length; length += 7) assert.ok(takeEvidence('a.jpg', jpeg(3).subarray(0, length)))
})

test('texts of a .png go, its picture stays', () => {
  const chunk = (name: string, body: Uint8Array) => join([0, 0, 0, body.length], text(name), body, [0, 0, 0, 0])
  const png = join([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], chunk('IHDR', new Uint8Array(13)), chunk('tEXt', text('Location 104')), chunk('eXIf', text('II*')), chunk('IDAT', text('pixels')), chunk('IEND', new Uint8Array()))
  const kept = Buffer.from(takeEvidence('现场.png', png)?.bytes ?? []).toString('latin1')
  assert.ok(kept.includes('pixels') && kept.includes('IEND') && !kept.includes('Location') && !kept.includes('eXIf'))
})

test('what it is, is judged by its bytes: programs and pages are not taken, whatever their name', () => {
  const taken = (name: string, bytes: Uint8Array) => takeEvidence(name, bytes)?.name ?? null
  assert.equal(taken('a.jpg', text('MZ\x90\0\x03\0\0\0')), null)
  assert.equal(taken('台账.html', text('<html><script>alert(1)</script></html>')), null)
  assert.equal(taken('a.svg', text('<svg onload="alert(1)"/>')), null)
  assert.equal(taken('宏.xlsm', text('PK\x03\x04....')), null)
  assert.equal(taken('台账.xlsx', text('PK\x03\x04....')), '台账.xlsx')
  assert.equal(taken('名单.txt', text('张三,李四')), '名单.txt')
  assert.equal(taken('扫描件.exe', text('%PDF-1.7')), '扫描件.pdf')
  assert.equal(taken('照片', jpeg(1)), '照片.jpg')
  assert.equal(kindOfEvidence(Uint8Array.of(0, 0, 0, 24, ...text('ftypheic'))), null)
})
