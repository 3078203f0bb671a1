/** Light, dark, or as the device says; remembered. Sets `data-look` on the document, which tokens.css reads. */
import { useSyncExternalStore } from 'react'
import { keep, recall } from './kept.ts'

export type LookChoice = 'system' | 'light' | 'dark'
export type Look = 'light' | 'dark'

const key = 'bulwark.look'
const listeners = new Set<() => void>()
const media = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)')
let choice: LookChoice = remembered()
let printing = false

function remembered(): LookChoice {
  const stored = recall(key)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

function apply(): void {
  if (typeof document !== 'undefined') {
    document.documentElement.dataset['look'] = look()
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', look() === 'dark' ? '#0f1619' : '#f3f5f5')
  }
  for (const listener of listeners) listener()
}

export function look(): Look {
  if (printing) return 'light'
  if (choice !== 'system') return choice
  return media?.matches ? 'dark' : 'light'
}

export function lookChoice(): LookChoice {
  return choice
}

export function setLook(next: LookChoice): void {
  choice = next
  keep(key, next === 'system' ? null : next)
  apply()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useLook(): Look {
  return useSyncExternalStore(subscribe, look, look)
}

export function useLookChoice(): LookChoice {
  return useSyncExternalStore(subscribe, lookChoice, lookChoice)
}

media?.addEventListener('change', apply)
// Paper is white: what is printed at night is printed as by day.
function print(starts: boolean): void {
  printing = starts
  apply()
}
if (typeof addEventListener !== 'undefined' && typeof document !== 'undefined') {
  addEventListener('beforeprint', () => print(true))
  addEventListener('afterprint', () => print(false))
}
apply()
