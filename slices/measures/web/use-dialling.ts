/** Numbers one after another: who noted what a call came to has the next one dialled, a press less with each. The computer asks before it rings, or it is the desk telephone's to do. */
import { useEffect, useEffectEvent, useState } from 'react'
import { useOnUnless } from '#ui/kept.ts'

/** In which the name can be read, and the dialling stopped. */
const moment = 1200
const stopKey = 'bulwark.gaps.dial-stop'

/** Whose number, as an address that dials it. */
interface Dialled {
  id: string
  phone: string
}

export interface Dialling {
  /** Whether the next is dialled by itself, once a number was pressed. */
  on: boolean
  turn: (on: boolean) => void
  /** Who is being called, or will be in a moment. */
  called: string | null
  soon: string | null
  /** A number was pressed. */
  pressed: (id: string) => void
  /** Dials it. */
  ring: (one: Dialled) => void
  /** What came of a call was noted: on to the next, if it was one. */
  noted: (id: string, next: Dialled | null) => void
  stop: () => void
}

export function useDialling(): Dialling {
  const [on, setOn] = useOnUnless(stopKey)
  const [called, setCalled] = useState<string | null>(null)
  const [next, setNext] = useState<Dialled | null>(null)
  const pressed = (id: string) => {
    setNext(null)
    setCalled(id)
  }
  const ring = ({ id, phone }: Dialled) => {
    pressed(id)
    const link = document.createElement('a')
    link.href = phone
    link.click()
  }
  const ringNext = useEffectEvent((one: Dialled) => (document.visibilityState === 'visible' ? ring(one) : setNext(null)))
  useEffect(() => {
    if (!next) return
    const timer = setTimeout(() => ringNext(next), moment)
    return () => clearTimeout(timer)
  }, [next])
  return {
    on, called, soon: next?.id ?? null,
    turn: (wanted) => {
      setOn(wanted)
      setNext(null)
    },
    pressed, ring,
    noted: (id, one) => { setNext(on && called === id ? one : null); if (called === id) setCalled(null) },
    stop: () => setNext(null),
  }
}
