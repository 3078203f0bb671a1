/** This browser as one that takes messages: connecting, ending it, and coming back when the push service gives it a new address. */
import { newId } from '#kernel/ids.ts'
import { client, queryClient, refreshTopics } from '#ui/data.ts'
import { deviceName } from '#ui/device.ts'
import { keep, recall } from '#ui/kept.ts'
import { language } from '#ui/words.ts'
import { connectDevice, disconnectDevice, preparePush } from '../contract.ts'

/** Which address the server knows of this browser; without it nobody here asked to be told. */
const known = 'bulwark.push'

function keyBytes(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(raw, (one) => one.charCodeAt(0))
}

function sameBytes(one: ArrayBuffer | null, other: Uint8Array): boolean {
  if (!one) return false
  const bytes = new Uint8Array(one)
  return bytes.length === other.length && bytes.every((byte, at) => byte === other[at])
}

/** Makes this browser one that is told. The permission has been given. @throws CallProblem where the server refuses, anything where the push service is not reached. */
export async function connectHere(): Promise<void> {
  const wanted = keyBytes((await client.call(preparePush, {})).publicKey)
  const registration = await navigator.serviceWorker.ready
  const present = await registration.pushManager.getSubscription()
  // Made for another key (the server's was renewed): the push service would refuse what is sent.
  if (present && !sameBytes(present.options.applicationServerKey, wanted)) await present.unsubscribe()
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted })
  const { p256dh = '', auth = '' } = subscription.toJSON().keys ?? {}
  await client.call(connectDevice, { deviceId: newId(), endpoint: subscription.endpoint, publicKey: p256dh.replace(/=+$/, ''), secret: auth.replace(/=+$/, ''), name: deviceName(), language: language() })
  keep(known, subscription.endpoint)
  await refreshTopics(queryClient, ['messages'])
}

/** Ends it, here and on the server. */
export async function disconnectHere(deviceId: string): Promise<void> {
  await client.call(disconnectDevice, { deviceId })
  keep(known, null)
  const registration = await navigator.serviceWorker?.getRegistration('/m/')
  await (await registration?.pushManager?.getSubscription())?.unsubscribe().catch(() => false)
  await refreshTopics(queryClient, ['messages'])
}

/** The push service gave this browser a new address, or took the old one away: tells the server, once, in silence. */
export async function keepPush(): Promise<void> {
  if (recall(known) === null || !('PushManager' in globalThis) || Notification.permission !== 'granted') return
  const registration = await navigator.serviceWorker.ready
  const subscription = await registration.pushManager.getSubscription()
  if (subscription?.endpoint !== recall(known)) await connectHere().catch(() => {})
}
