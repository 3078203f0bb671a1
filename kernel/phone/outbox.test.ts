import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CallProblem } from '../client.ts'
import { outcomeOf, pauseBefore, startOutbox, type OutboxStore } from './outbox.ts'
import type { OutboxItem } from './store.ts'

/** A store that outlives the outbox, as the phone's database outlives the page. */
function memory(): OutboxStore & { items: OutboxItem[] } {
  let order = 0
  const items: OutboxItem[] = []
  return {
    items,
    all: async () => items.map((item) => ({ ...item })),
    async add(item) {
      const present = items.find((one) => one.id === item.id)
      if (present) return present
      items.push({ ...item, order: ++order })
      return { ...item, order }
    },
    async put(item) {
      const at = items.findIndex((one) => one.order === item.order)
      if (at >= 0) items[at] = { ...item }
    },
    async remove(item) {
      const at = items.findIndex((one) => one.order === item.order)
      if (at >= 0) items.splice(at, 1)
    },
  }
}

/** A clock that stands until it is turned, with the alarms set on it. */
function world(store = memory()) {
  const state = { now: 1_000_000, person: 'p1' as string | null, answers: [] as (CallProblem | 'ok')[], sent: [] as string[], inputs: [] as unknown[] }
  let alarms: { at: number; run: () => void }[] = []
  const settle = async () => {
    for (let round = 0; round < 30; round++) await new Promise(setImmediate)
  }
  return {
    state,
    store,
    settle,
    start: (confirm?: () => Promise<string | null>, clock: { assumed?: () => { offset: number; heard: number }; apart?: () => number | null } = {}) =>
      startOutbox({
        store,
        person: () => state.person,
        ...(confirm ? { confirm } : {}),
        ...clock,
        now: () => state.now,
        random: () => 1,
        later(run, milliseconds) {
          const alarm = { at: state.now + milliseconds, run }
          alarms.push(alarm)
          return () => {
            alarms = alarms.filter((one) => one !== alarm)
          }
        },
        async send(item) {
          state.sent.push(item.id)
          state.inputs.push(item.input)
          const answer = state.answers.shift() ?? 'ok'
          if (answer !== 'ok') throw answer
        },
      }),
    async pass(milliseconds: number) {
      state.now += milliseconds
      const due = alarms.filter((alarm) => alarm.at <= state.now)
      alarms = alarms.filter((alarm) => alarm.at > state.now)
      for (const alarm of due) alarm.run()
      await settle()
    },
  }
}

const answer = (id: string) => ({ id, call: 'facts.answer', input: { value: id }, label: '今日情况' })
const offline = () => new CallProblem(0, 'offline', '没有网络')
const busy = (retryAfter: number | null = null) => new CallProblem(503, 'busy', '系统繁忙', undefined, retryAfter)
const bad = () => new CallProblem(422, 'too-late', '这一轮已经结束。')

test('items go in order, each once, and leave a receipt without their content', async () => {
  const { start, state, settle, store } = world()
  const outbox = await start()
  await outbox.enqueue(answer('a'))
  await outbox.enqueue(answer('b'))
  await settle()
  assert.deepEqual(state.sent, ['a', 'b'])
  assert.deepEqual(store.items.map((item) => [item.id, item.state, item.input]), [['a', 'sent', null], ['b', 'sent', null]])
})

test('without a network nothing is lost and nothing overtakes; a killed page sends after its restart under the same id', async () => {
  const first = world()
  first.state.answers = [offline()]
  const outbox = await first.start()
  await outbox.enqueue(answer('a'))
  await outbox.enqueue(answer('b'))
  await first.settle()
  assert.deepEqual(first.state.sent, ['a'])
  outbox.stop()

  const second = world(first.store)
  second.state.now += 600_000
  const again = await second.start()
  await again.flush()
  await second.settle()
  assert.deepEqual(second.state.sent, ['a', 'b'])
})

test('the same id twice is one item', async () => {
  const { start, state, settle } = world()
  state.answers = [offline()]
  const outbox = await start()
  await outbox.enqueue(answer('a'))
  await outbox.enqueue(answer('a'))
  await settle()
  assert.equal(outbox.items().length, 1)
})

test('a refusal stays with the words of the server and holds nobody up', async () => {
  const { start, state, settle } = world()
  state.answers = [bad()]
  const outbox = await start()
  await outbox.enqueue(answer('a'))
  await outbox.enqueue(answer('b'))
  await settle()
  const [refused, sent] = outbox.items()
  assert.equal(refused?.state, 'refused')
  assert.equal(refused?.problem?.message, '这一轮已经结束。')
  assert.deepEqual(refused?.input, { value: 'a' })
  assert.equal(sent?.state, 'sent')
  await outbox.retry('a')
  await settle()
  assert.deepEqual(state.sent, ['a', 'b', 'a'])
})

test('an unsent item cannot be thrown away', async () => {
  const { start, state, settle } = world()
  state.answers = [offline()]
  const outbox = await start()
  await outbox.enqueue(answer('a'))
  await settle()
  await outbox.discard('a')
  assert.equal(outbox.items().length, 1)
})

test('Retry-After is kept, also when the network comes back earlier', async () => {
  const { start, state, settle, pass } = world()
  state.answers = [busy(60)]
  const outbox = await start()
  await outbox.enqueue(answer('a'))
  await settle()
  await pass(30_000)
  await outbox.flush()
  await settle()
  assert.deepEqual(state.sent, ['a'], 'too early')
  await pass(46_000)
  assert.deepEqual(state.sent, ['a', 'a'])
})

test('pauses double, stay within five minutes, and are spread', () => {
  assert.equal(pauseBefore(1, () => 1), 2000)
  assert.equal(pauseBefore(3, () => 1), 8000)
  assert.equal(pauseBefore(3, () => 0), 4000)
  assert.equal(pauseBefore(40, () => 1), 300_000)
})

test('what one person did is never sent under the name of another', async () => {
  const { start, state, settle, store } = world()
  state.answers = [offline()]
  let signedIn = 'p2'
  const outbox = await start(async () => signedIn)
  await outbox.enqueue(answer('a'))
  await settle()
  assert.deepEqual(state.sent, [], 'the server says somebody else is signed in')
  state.person = 'p2'
  await outbox.reload()
  await settle()
  assert.deepEqual(outbox.items(), [], 'nor shown to them')
  assert.equal(store.items.length, 1, 'nor lost')
  state.person = 'p1'
  signedIn = 'p1'
  state.answers = []
  await outbox.reload()
  await settle()
  assert.deepEqual(state.sent, ['a'])
})

test('only a definite refusal in our own words ends the trying', () => {
  assert.equal(outcomeOf(bad()), 'refused')
  assert.equal(outcomeOf(new CallProblem(409, 'conflict', '')), 'refused')
  assert.equal(outcomeOf(new CallProblem(401, 'signed-out', '')), 'signed-out')
  for (const status of [0, 408, 429, 500, 502, 503, 507]) assert.equal(outcomeOf(new CallProblem(status, 'x', '')), 'later')
  assert.equal(outcomeOf(new CallProblem(403, 'unreadable-answer', 'HTTP 403')), 'later', 'a log-in page of a hotel')
  assert.equal(outcomeOf(new CallProblem(200, 'unreadable-answer', 'HTTP 200')), 'later')
  assert.equal(outcomeOf(new TypeError('x')), 'later')
})

test('signed out: it waits, and goes on after signing in', async () => {
  const { start, state, settle } = world()
  state.answers = [new CallProblem(401, 'signed-out', '请先登录')]
  const outbox = await start()
  await outbox.enqueue(answer('a'))
  await settle()
  assert.equal(outbox.items()[0]?.state, 'waiting')
  await outbox.reload()
  await settle()
  assert.deepEqual(state.sent, ['a', 'a'])
})

test('a clock three days ahead blocks nobody: the moment is put right once, before the first sending, and stays through every repetition', async () => {
  const day = 86_400_000
  const { start, state, settle, pass, store } = world()
  state.now = Date.parse('2099-03-13T08:00:00Z')
  let apart: number | null = null
  state.answers = [offline()]
  const outbox = await start(undefined, { assumed: () => ({ offset: 0, heard: 0 }), apart: () => apart })
  await outbox.enqueue({ ...answer('a'), input: { answers: [{ observedAt: '2099-03-13T08:00:00.000Z' }] } })
  await settle()
  assert.deepEqual(state.inputs, [{ answers: [{ observedAt: '2099-03-13T08:00:00.000Z' }] }], 'nothing is known of the server yet')
  apart = -3 * day
  state.answers = [busy(), offline()]
  await pass(10_000)
  apart = -3 * day + 900
  await pass(20_000)
  await pass(60_000)
  assert.deepEqual(state.inputs.slice(1), Array.from({ length: 3 }, () => ({ answers: [{ observedAt: '2099-03-10T08:00:00.000Z' }] })), 'the same body each time: once stored, it is known again')
  assert.deepEqual([store.items[0]?.state, store.items[0]?.shift], ['sent', -3 * day], 'and noted')
})

test('a photo travels with its item, waits with it and is not kept once it has arrived', async () => {
  const { start, state, settle, pass, store } = world()
  const photo = { name: '现场.jpg', bytes: Uint8Array.of(0xff, 0xd8, 0xff) }
  state.answers = [offline()]
  const outbox = await start()
  await outbox.enqueue({ ...answer('a'), file: photo })
  await settle()
  assert.deepEqual([outbox.items()[0]?.state, outbox.items()[0]?.file], ['waiting', photo])
  await pass(10_000)
  assert.deepEqual([store.items[0]?.state, store.items[0]?.file], ['sent', undefined], 'the receipt holds no picture')
})
