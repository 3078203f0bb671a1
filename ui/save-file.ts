/** Gives the browser a file to keep. */
export function saveFile(name: string, base64: string, mediaType = 'application/octet-stream'): void {
  const raw = atob(base64)
  const url = URL.createObjectURL(new Blob([Uint8Array.from(raw, (character) => character.charCodeAt(0))], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser needs it until the download has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
