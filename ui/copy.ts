/** What is copied from a page is plain: the unseen signs that hold dates together stay behind, so that a spreadsheet knows a date when it gets one. */
import { leaveJoiners } from './format.ts'

export function copyPlainly(): void {
  document.addEventListener('copy', (event) => {
    const chosen = getSelection()
    // What is chosen in a field is the reader's own.
    if (!chosen || chosen.isCollapsed || event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
    const text = chosen.toString()
    if (leaveJoiners(text) === text) return
    const box = document.createElement('div')
    for (let at = 0; at < chosen.rangeCount; at++) box.append(chosen.getRangeAt(at).cloneContents())
    event.clipboardData?.setData('text/plain', leaveJoiners(text))
    event.clipboardData?.setData('text/html', leaveJoiners(box.innerHTML.replaceAll('&nbsp;', ' ')))
    event.preventDefault()
  })
}
