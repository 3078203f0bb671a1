/** The main program of the phone pages. */
import './old-phones.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { findKept, recallPerson } from '#kernel/phone/cache.ts'
import { PocketApp } from '#shell/PocketApp.tsx'
import type { Me } from '#shell/session.tsx'
import { registerWorker } from '#shell/update.ts'
import { me } from '#slices/directory/contract.ts'
import { asks } from '#slices/measures/contract.ts'
import '#ui/look.ts'
import { client, readAhead } from '#ui/data.ts'
import { startPageOutbox } from '#ui/pocket/outbox.tsx'
import { prepareLanguage } from '#ui/words.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element.')

// What My day asks first goes out before the page is drawn: on a slow line every way there and back costs.
if (/^\/m\/?$/.test(location.pathname)) {
  readAhead(me, {})
  readAhead(asks, {})
}

let signedIn = await recallPerson()
const person = signedIn
const [, remembered, outbox] = await Promise.all([
  prepareLanguage(),
  person === null ? null : findKept<Me>(person, me.name, {}),
  // A browser that forbids storage still works online; useOutbox then sends directly.
  startPageOutbox(() => signedIn, confirmPerson).catch(() => null),
])

/** Who the server says is signed in, at this moment: another tab may have signed in somebody else. Never from the cache. */
async function confirmPerson(): Promise<{ person: string; now: string }> {
  const answer = await client.call(me, {})
  return { person: answer.person.personId, now: answer.now }
}

root.replaceChildren()
createRoot(root).render(
  <StrictMode>
    <PocketApp
      remembered={remembered}
      outbox={outbox}
      onPerson={(now) => {
        signedIn = now
      }}
    />
  </StrictMode>,
)
addEventListener('load', () => setTimeout(() => void registerWorker(), 1500))
if (document.readyState === 'complete') setTimeout(() => void registerWorker(), 1500)
