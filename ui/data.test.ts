import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'node:test'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { refreshTopics } from './data.ts'

test('an answer arrives although pings come faster than it does, and the last ping is not missed', async () => {
  const cache = new QueryClient()
  let truth = 0
  let asked = 0
  const seen: number[] = []
  const observer = new QueryObserver(cache, {
    queryKey: ['call', 'slow', {}],
    meta: { topics: ['coverage'] },
    queryFn: async ({ signal }) => {
      asked++
      const answer = truth
      await wait(80, undefined, { signal })
      return answer
    },
  })
  const stop = observer.subscribe((result) => {
    if (result.data !== undefined && seen.at(-1) !== result.data) seen.push(result.data)
  })
  while (seen.length === 0) await wait(10)
  for (let ping = 1; ping <= 20; ping++) {
    truth = ping
    void refreshTopics(cache, ['coverage'])
    await wait(20)
  }
  assert.ok(seen.length > 2, `answers came in the midst of it: ${seen.join()}`)
  await wait(250)
  assert.equal(seen.at(-1), 20)
  assert.ok(asked < 12, `asked ${asked} times for 20 pings`)
  void refreshTopics(cache, ['another'])
  const before = asked
  await wait(20)
  assert.equal(asked, before)
  stop()
  cache.clear()
})
