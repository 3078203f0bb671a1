/** A photo made small on the phone before it goes anywhere: drawn anew, so that neither the place nor the device it was taken with travels along. */

/** The longest side, enough to read a notice on a wall. */
const longest = 1600
/** Aimed at: half a minute on a poor line at most. */
const aim = 450 * 1024
/** What no phone makes and no phone should try to open. */
const largest = 60 * 1048576

export interface SmallPhoto {
  name: string
  bytes: Uint8Array
  width: number
  height: number
}

export type PhotoRefusal = 'no-picture' | 'too-large' | 'failed'

export class PhotoProblem extends Error {
  readonly why: PhotoRefusal
  constructor(why: PhotoRefusal) {
    super(why)
    this.why = why
  }
}

/** Throws a PhotoProblem where the file is no picture that this browser can show. */
export async function shrinkPhoto(file: File): Promise<SmallPhoto> {
  if (file.size > largest) throw new PhotoProblem('too-large')
  if (file.size === 0) throw new PhotoProblem('no-picture')
  const picture = await openPicture(file)
  try {
    const { width, height } = picture
    if (width === 0 || height === 0) throw new PhotoProblem('no-picture')
    let side = Math.min(longest, Math.max(width, height))
    let quality = 0.82
    for (let round = 0; round < 6; round++) {
      const scale = side / Math.max(width, height)
      const [across, down] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
      const bytes = await draw(picture.source, across, down, quality)
      if (bytes.length <= aim || round === 5) return { name: nameOf(file.name), bytes, width: across, height: down }
      if (quality > 0.6) quality -= 0.12
      else side = Math.round(side * 0.8)
    }
    throw new PhotoProblem('failed')
  } finally {
    picture.close()
  }
}

interface Picture {
  source: CanvasImageSource
  width: number
  height: number
  close(): void
}

/** Upright as the camera was held. Old webviews know no createImageBitmap for files, or not its options; an <img> turns pictures by itself. */
async function openPicture(file: File): Promise<Picture> {
  if (typeof createImageBitmap === 'function') {
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
      return { source: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() }
    } catch {
      // Perhaps only the option is unknown: the other way decides whether it is a picture.
    }
  }
  const url = URL.createObjectURL(file)
  const image = new Image()
  try {
    await new Promise<void>((resolve, reject) => {
      image.addEventListener('load', () => resolve(), { once: true })
      image.addEventListener('error', () => reject(new PhotoProblem('no-picture')), { once: true })
      image.src = url
    })
    return { source: image, width: image.naturalWidth, height: image.naturalHeight, close: () => URL.revokeObjectURL(url) }
  } catch (error) {
    URL.revokeObjectURL(url)
    throw error
  }
}

async function draw(source: CanvasImageSource, width: number, height: number, quality: number): Promise<Uint8Array> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new PhotoProblem('failed')
  // What was transparent is white on paper.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, width, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  // Phones are short of memory: the canvas gives its own back at once.
  canvas.width = 0
  if (!blob) throw new PhotoProblem('failed')
  return new Uint8Array(await blob.arrayBuffer())
}

/** The camera's own name says nothing; what it is now is a .jpg. */
function nameOf(name: string): string {
  const stem = name.replace(/\.[^.]*$/, '').slice(0, 60).trim()
  return `${stem || 'photo'}.jpg`
}
