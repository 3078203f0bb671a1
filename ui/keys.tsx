/** Keys for those who work with the keyboard. */
import { useEffect, useEffectEvent } from 'react'

/** A key as it is printed: <KeyHint keys="/" />, <KeyHint keys="Ctrl+Enter" />. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className="b-keys" aria-hidden>
      {keys.split('+').map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  )
}

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Hears every key while it is there. What `press` sees is of the newest drawing. */
export function usePresses(press: (event: KeyboardEvent) => void, enabled = true): void {
  const act = useEffectEvent(press)
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => act(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [enabled])
}

/** Runs on a key ('/', 'n', 'Escape', 'Ctrl+Enter'), not while typing in a field unless Ctrl is part of it, never during composition of Chinese. */
export function useKey(keys: string, run: () => void, enabled = true): void {
  const parts = keys.toLowerCase().split('+')
  const wanted = parts.at(-1)
  const control = parts.includes('ctrl')
  usePresses((event) => {
    if (event.isComposing || event.key.toLowerCase() !== wanted || control !== (event.ctrlKey || event.metaKey) || event.altKey) return
    if (!control && wanted !== 'escape' && typing(event.target)) return
    event.preventDefault()
    run()
  }, enabled)
}
