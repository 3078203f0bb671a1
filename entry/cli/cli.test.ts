/** How the command line ends: with an honest code, in words, and without keeping anybody waiting. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshDatabase } from '../../tests/postgres.ts'

function cli(args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../cli.ts'), ...args], { env: { ...process.env, ...env }, timeout: 60_000 })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('close', (code) => resolve({ code, said }))
  })
}

test('misuse ends with 2, of whatever command, before anything is touched', async () => {
  const id = '0190c8a4-0000-7000-8000-000000000000'
  const misused: [string[], RegExp][] = [
    [['demo', '--students', 'abc'], /60 到 60000 的整数/], [['drill', 'wipe'], /missing required argument/], [['serve', '--port', '99999'], /整数/], [['no-such-command'], /unknown command/],
    [['gaps', '--page', 'x'], /整数/], [['gaps', '--size', '0'], /整数/], [['units', 'family'], /admin, party, residence/], [['units', '--depth', '9'], /整数/], [['roster', 'import', 'a.csv', '--kind', 'cats'], /people, offices, links/],
    [['coverage', '--at', 'yesterday'], /应为时刻/], [['coverage', '--at', '2026-02-30 10:00'], /应为时刻/], [['facts', 'import', 'a.csv', '--observed', '5'], /应为时刻/], [['response', 'hold', id, '--reason', '申诉', '--decided-by', '校长', '--until', 'soon'], /应为时刻/],
    [['response', 'open', '甲', '--hazards', 'flood,rain', '--level', '2', '--basis', '防洪法', '--decided-by', '校长'], /没有灾种“rain”/], [['response', 'level', id, '7', '--reason', '重', '--decided-by', '校长'], /整数/], [['response', 'rule', 'x', '--basis', '办法', '--decided-by', '校长'], /整数/],
    [['brief', 'download', id, '--format', 'odt'], /docx, pdf, xlsx/], [['units', '--server', 'nonsense'], /服务器地址/],
  ]
  for (const [args, words] of misused) {
    const { code, said } = await cli(args, { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
    assert.equal(code, 2, `${args.join(' ')}: ${said}`)
    assert.match(said, words, args.join(' '))
  }
})

test('a server that is not there, is another program, or does not know the token is named, with what to do', async () => {
  const nobody = createServer().listen(0, '127.0.0.1')
  const port = await new Promise<number>((settle) => nobody.once('listening', () => { const { port } = nobody.address() as AddressInfo; nobody.close(() => settle(port)) }))
  const away = `http://127.0.0.1:${port}`
  assert.deepEqual(await cli(['units', '--server', away]), { code: 69, said: `✗ 连不上 ${away}，或连接中断。请核对 --server 和服务是否在运行，再运行一次。\n` })
  const { code, said } = await cli(['response', 'close', '0190c8a4-0000-7000-8000-000000000000', '--reason', '结束', '--decided-by', '校长', '--server', away])
  assert.equal(code, 69)
  assert.match(said, /不知道是否已经办成.*先看一眼/)
  let answer = ''
  const other = createServer((socket) => void socket.once('data', () => socket.end(answer))).listen(0, '127.0.0.1')
  await new Promise((settle) => other.once('listening', settle))
  const there = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  answer = 'HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\ncontent-length: 4\r\nconnection: close\r\n\r\n<p/>'
  assert.match((await cli(['units', '--server', there])).said, /看不懂（HTTP 404）：那里多半不是堡垒/)
  const body = '{"code":"signed-out","message":"x"}'
  answer = `HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`
  const unknown = await cli(['units', '--server', there, '--language', 'en'])
  assert.deepEqual([unknown.code, /does not know this session token.*--token or BULWARK_TOKEN/.test(unknown.said)], [1, true], unknown.said)
  other.close()
})

test('an environment that says nonsense is misuse, or is said and passed over', async () => {
  const { code, said } = await cli(['serve', '--no-pages'], { PORT: 'abc', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
  assert.deepEqual([code, /整数/.test(said), /PORT/.test(said)], [2, true, true], said)
  const loud = await cli(['units'], { BULWARK_LOG: 'loud', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
  assert.deepEqual([loud.code, /knows no level .*loud.*trace, debug, info/.test(loud.said), /连接不上/.test(loud.said)], [69, true, true], loud.said)
})

test('a server that cannot start says why in the language of whoever reads, and ends', async () => {
  const [database, other] = [await freshDatabase(), createServer()]
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
  const port = String((other.address() as AddressInfo).port)
  const given = { DATABASE_OWNER_URL: database.ownerUrl, DATABASE_URL: database.appUrl, LC_ALL: '', LANG: 'C.UTF-8' }
  const serve = ['serve', '--no-pages', '--strict-port', '--port', port]
  try {
    const taken = await cli(serve, given)
    assert.deepEqual([taken.code, /端口 \d+ 已被占用/.test(taken.said)], [69, true], taken.said)
    const english = await cli([...serve, '--language', 'en'], given)
    assert.deepEqual([english.code, /is taken/.test(english.said)], [69, true], english.said)
    const away = await cli(serve, { ...given, DATABASE_OWNER_URL: '', DATABASE_URL: 'postgres://somebody:secret@127.0.0.1:1/bulwark' })
    assert.deepEqual([away.code, /连接不上/.test(away.said), /secret/.test(away.said)], [69, true, false], away.said)
  } finally {
    other.close()
    await database.drop()
  }
})
