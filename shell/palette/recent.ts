/** What somebody chose lately, for this tab only: names of people do not stay on a shared computer. */
import type { IconName } from '#ui/icons.tsx'

export interface Recent {
  key: string
  title: string
  hint: string
  icon: IconName
  to: string
  /** A name of a person stays as it is in every script. */
  person: boolean
}

const storeKey = 'bulwark.recent'
const most = 8

/** @param of the person who is signed in: what another chose in this tab is gone. */
export function recentOf(of: string): Recent[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storeKey) ?? 'null') as { of: string; items: Recent[] } | null
    return kept?.of === of && Array.isArray(kept.items) ? kept.items.slice(0, most) : []
  } catch {
    return []
  }
}

export function rememberChoice(of: string, choice: Recent): void {
  try {
    const items = [choice, ...recentOf(of).filter((one) => one.key !== choice.key)].slice(0, most)
    sessionStorage.setItem(storeKey, JSON.stringify({ of, items }))
  } catch {
    // Not remembered: nothing else depends on it.
  }
}

export function forgetChoices(): void {
  try {
    sessionStorage.removeItem(storeKey)
  } catch {
    // There was nothing then.
  }
}
