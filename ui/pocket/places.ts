/** The last places that were given on this phone, so that they are one press the next time. They go with everything else kept of a person. */
import { useEffect, useState } from 'react'
import { findKept, keep, lastPerson } from '#kernel/phone/cache.ts'

const name = 'phone.places'
const most = 4

export async function rememberPlace(code: string): Promise<void> {
  const person = lastPerson()
  if (person === null) return
  const before = (await findKept<string[]>(person, name, {}))?.answer ?? []
  await keep(person, name, {}, [code, ...before.filter((one) => one !== code)].slice(0, most))
}

/** The latest first. */
export function usePlaces(wanted: boolean): readonly string[] {
  const [places, setPlaces] = useState<readonly string[]>([])
  const person = lastPerson()
  useEffect(() => {
    if (!wanted || person === null) return
    let current = true
    void findKept<string[]>(person, name, {}).then((found) => current && found && setPlaces(found.answer))
    return () => {
      current = false
    }
  }, [wanted, person])
  return places
}
