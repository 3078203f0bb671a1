/** Numbers one after another: who noted what a call came to has the next one dialled, a press less with each. The computer asks before it rings, or it is the desk telephone's to do. */
import { useEffect, useState } from 'react'

/** In which the name can be read, and the dialling stopped. */
const moment = 1200
const stopKey = 'bulwark.gaps.dial-stop'

export interface Dialling {
  /** Whether the next is dialled by itself, once a number was pressed. */
  on: boolean
  turn: (on: boolean) => void
  /** Who is being called, or will be in a moment. */
  called: string | null
  soon: string | null
  /** A number was pressed. */
  pressed: (id: string) => void
  /** What came of a call was noted: on to the next, if it was one. */
  noted: (id: string, next: { id: string; phone: string } | null) => void
  stop: () => void
}

export function useDialling(): Dialling {
  const [on, setOn] = useState(() => localStorage.getItem(stopKey) === null)
  const [called, setCalled] = useState<string | null>(null)
  const [next, setNext] = useState<{ id: string; phone: string } | null>(null)
  useEffect(() => {
    if (!next) return
    const timer = setTimeout(() => {
      setNext(null)
      if (document.visibilityState !== 'visible') return
      setCalled(next.id)
      const link = document.createElement('a')
      link.href = next.phone
      link.click()
    }, moment)
    return () => clearTimeout(timer)
  }, [next])
  return {
    on, called, soon: next?.id ?? null,
    turn: (wanted) => {
      if (wanted) localStorage.removeItem(stopKey)
      else localStorage.setItem(stopKey, '1')
      setOn(wanted)
      setNext(null)
    },
    pressed: (id) => { setNext(null); setCalled(id) },
    noted: (id, one) => { setNext(on && called === id ? one : null); if (called === id) setCalled(null) },
    stop: () => setNext(null),
  }
}
