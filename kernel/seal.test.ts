import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Problem } from './problems.ts'
import { seal, unseal } from './seal.ts'

const kept = { secret: process.env['BULWARK_SECRET'], data: process.env['BULWARK_DATA'] }
let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-seal-'))
  delete process.env['BULWARK_SECRET']
  process.env['BULWARK_DATA'] = join(folder, 'data')
})
after(() => {
  for (const [name, value] of [['BULWARK_SECRET', kept.secret], ['BULWARK_DATA', kept.data]] as const) if (value === undefined) delete process.env[name]
  else process.env[name] = value
  rmSync(folder, { recursive: true, force: true })
})

test('what is sealed for one place opens there only, and not when a bit of it is changed', () => {
  const sealed = seal('https://oapi.dingtalk.com/robot/send?access_token=秘密', 'a robot')
  assert.equal(sealed.includes('dingtalk'), false)
  assert.equal(unseal(sealed, 'a robot'), 'https://oapi.dingtalk.com/robot/send?access_token=秘密')
  assert.equal(unseal(sealed, 'another robot'), null)
  for (const at of [0, 5, 20, sealed.length - 1]) {
    const bent = Buffer.from(sealed)
    bent[at] = (bent[at] ?? 0) ^ 1
    assert.equal(unseal(bent, 'a robot'), null, `byte ${at}`)
  }
  assert.equal(unseal(Buffer.alloc(3), 'a robot'), null)
  assert.notDeepEqual(seal('x', 'p'), seal('x', 'p'))
})

test('the key is made once, for its owner only; with another key nothing opens', () => {
  const sealed = seal('x', 'p')
  assert.equal(statSync(join(folder, 'data', 'secret.key')).mode & 0o777, 0o600)
  process.env['BULWARK_SECRET'] = 'one secret for all servers of this installation'
  assert.equal(unseal(sealed, 'p'), null)
  const shared = seal('y', 'p')
  process.env['BULWARK_DATA'] = join(folder, 'elsewhere')
  assert.equal(unseal(shared, 'p'), 'y', 'another machine with the same setting')
  delete process.env['BULWARK_SECRET']
  assert.equal(unseal(sealed, 'p'), null, 'another machine without the file')
  process.env['BULWARK_DATA'] = join(folder, 'data')
  assert.equal(unseal(sealed, 'p'), 'x')
})

test('a damaged key file is not replaced: what opens with it when it comes back is not lost', () => {
  const file = join(folder, 'data', 'secret.key')
  const sealed = seal('x', 'p')
  const key = readFileSync(file)
  for (const text of ['', 'half', `${key.toString()}\n${key.toString()}`]) {
    writeFileSync(file, text)
    assert.throws(() => seal('y', 'p'), (problem) => problem instanceof Problem && /密钥文件 .*secret\.key 已损坏/.test(problem.zh) && /damaged/.test(problem.en))
    assert.equal(unseal(sealed, 'p'), null)
    assert.equal(readFileSync(file, 'utf8'), text)
  }
  writeFileSync(file, key)
  assert.equal(unseal(sealed, 'p'), 'x')
})
