/** The outbox in the pages of the phone. */
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { Call, Input } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { aloneInBrowser, phoneOutboxStore, startOutbox, type Outbox } from '#kernel/phone/outbox.ts'
import type { OutboxItem } from '#kernel/phone/store.ts'
import { aboutSelf, Nothing } from '#kernel/contract.ts'
import { client, queryClient, refreshTopics, type AnyCall } from '../data.ts'
import { bytes, noteServerMoment, onDevice, presentMoment, serverMoment, span } from '../format.ts'
import { Icon } from '../icons.tsx'
import { t } from '../words.ts'

const OutboxContext = createContext<Outbox | null>(null)

/** Starts the outbox of this page. `person`: as far as the phone knows; `confirm` asks the server. */
export async function startPageOutbox(person: () => string | null, confirm: () => Promise<{ person: string; now: string }>): Promise<Outbox> {
  let apart: number | null = null
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('bulwark-outbox')
  const outbox = await startOutbox({
    store: phoneOutboxStore(),
    person,
    async confirm() {
      const asked = Date.now()
      const told = await confirm()
      // The answer tells the time of its middle way.
      apart = Date.parse(told.now) - (asked + Date.now()) / 2
      noteServerMoment(Date.parse(told.now))
      return told.person
    },
    assumed: () => ({ offset: presentMoment().getTime() - Date.now(), heard: serverMoment() }),
    apart: () => apart,
    alone: aloneInBrowser,
    // Only the name travels; the shapes are the server's business.
    send: (item) => client.call({ name: item.call, kind: 'write', needs: 'signed-in', about: aboutSelf, input: Nothing, output: Nothing, summary: ['', ''] } satisfies Call, item.input as never, { requestId: item.id, ...(item.file ? { file: item.file } : {}) }),
    onSent: (item) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
      channel?.postMessage('changed')
      void refreshTopics(queryClient, item.topics)
    },
  })
  const wake = () => {
    if (document.visibilityState === 'visible') void outbox.flush()
  }
  globalThis.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  channel?.addEventListener('message', () => void outbox.reload())
  void outbox.flush()
  return {
    ...outbox,
    async enqueue(item) {
      const kept = await outbox.enqueue(item)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
      channel?.postMessage('changed')
      // The browser may otherwise throw unsent work away when the phone is full.
      void navigator.storage?.persist?.().catch(() => false)
      return kept
    },
  }
}

export function OutboxHost({ outbox, person, onPerson, children }: { outbox: Outbox | null; person: string | null; onPerson: (person: string | null) => void; children: ReactNode }) {
  useEffect(() => {
    onPerson(person)
    void outbox?.reload()
  }, [outbox, person, onPerson])
  return <OutboxContext value={outbox}>{children}</OutboxContext>
}

export interface UseOutbox {
  /** Keeps what was done, durably, and sends it when it can. Resolves when it is safe on the phone. Rejects only where the phone cannot keep anything. */
  send: <C extends AnyCall>(call: C, input: Input<C>, options: { label: string; id?: string; topics?: readonly string[]; file?: { name: string; bytes: Uint8Array } }) => Promise<OutboxItem>
  items: readonly OutboxItem[]
  waiting: readonly OutboxItem[]
  refused: readonly OutboxItem[]
  retry: (id: string) => void
  discard: (id: string) => void
  flush: () => void
}

const none: readonly OutboxItem[] = []

export function useOutbox(): UseOutbox {
  const outbox = useContext(OutboxContext)
  const items = useSyncExternalStore(
    (listener) => outbox?.subscribe(listener) ?? (() => undefined),
    () => outbox?.items() ?? none,
  )
  return useMemo(
    () => ({
      async send(call, input, options) {
        const topics = [...(call.touches ?? []), ...(options.topics ?? [])]
        const id = options.id ?? newId()
        const file = options.file ? { file: options.file } : {}
        if (outbox) return outbox.enqueue({ id, call: call.name, input, label: options.label, topics, ...file })
        // A browser without storage: sent at once or not at all, and the page says so.
        await client.call(call, input as never, { requestId: id, ...file })
        void refreshTopics(queryClient, topics)
        return { id, call: call.name, input: null, label: options.label, person: '', at: Date.now(), state: 'sent', attempts: 1, nextAt: 0, holdUntil: 0, topics, sentAt: Date.now() } satisfies OutboxItem
      },
      items,
      waiting: items.filter((item) => item.state === 'waiting'),
      refused: items.filter((item) => item.state === 'refused'),
      retry: (id) => void outbox?.retry(id),
      discard: (id) => void outbox?.discard(id),
      flush: () => void outbox?.flush(),
    }),
    [outbox, items],
  )
}

/** The words in it, so that they can be read and taken elsewhere. */
function written(input: unknown): string | undefined {
  const { text, reason, outcome, note } = (input ?? {}) as Record<string, unknown>
  return [text, reason, outcome, note].find((one): one is string => typeof one === 'string' && one.trim() !== '')
}

/** What waits, what was refused and in whose words, what has arrived today. */
export function OutboxList({ state }: { /** Only these. */ state?: OutboxItem['state'] }) {
  const { items: all, retry, discard } = useOutbox()
  const items = state ? all.filter((item) => item.state === state) : all
  if (items.length === 0) return null
  return (
    <ul className="p-outbox" aria-label={t('发送情况', 'Sending')}>
      {items.toReversed().slice(0, 20).map((item) => (
        <li key={item.id} className={`p-outbox-item p-outbox-${item.state}`}>
          <Icon name={item.state === 'sent' ? 'check' : item.state === 'refused' ? 'warn' : 'clock'} size={18} />
          <div className="p-outbox-words">
            <b>
              {item.label}{' '}
              {item.file && <small className="num">{bytes(item.file.bytes.length)}</small>}
            </b>
            {item.state === 'sent' && <span>{t('已送达 {when}', 'delivered {when}', { when: onDevice(item.sentAt ?? item.at) })}</span>}
            {item.state === 'waiting' && <span>{t('已保存在本机，待发送（{when}）', 'kept on this phone, to be sent ({when})', { when: onDevice(item.at) })}</span>}
            {item.state === 'refused' && <span role="alert">{item.problem?.message}</span>}
            {item.state === 'refused' && written(item.input) && <q>{written(item.input)}</q>}
            {item.shift !== undefined && (
              <span>
                {item.shift < 0
                  ? t('本机时间快了{span}，已按服务器时间更正填报时间', "this phone's clock is {span} ahead; the time of the answer was put right by the server's", { span: span(Math.abs(item.shift)) })
                  : t('本机时间慢了{span}，已按服务器时间更正填报时间', "this phone's clock is {span} behind; the time of the answer was put right by the server's", { span: span(Math.abs(item.shift)) })}
              </span>
            )}
          </div>
          {item.state === 'refused' && (
            <div className="p-outbox-acts">
              <button type="button" className="p-small" onClick={() => retry(item.id)}>
                {t('再试', 'Again')}
              </button>
              <button type="button" className="p-small" onClick={() => discard(item.id)}>
                {t('放弃', 'Drop')}
              </button>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
