/** The main program of the desktop pages. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ConsoleApp } from '#shell/ConsoleApp.tsx'
import { copyPlainly } from '#ui/copy.ts'
import { prepareLanguage } from '#ui/words.ts'

if (location.pathname === '/m') location.replace('/m/')
const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element.')
copyPlainly()
await prepareLanguage()
createRoot(root).render(
  <StrictMode>
    <ConsoleApp />
  </StrictMode>,
)
