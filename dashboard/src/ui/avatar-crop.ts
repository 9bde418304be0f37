export interface Picture {
  image: HTMLImageElement
  url: string
}

/** Where the visible square lies: zoom from 1 (all of the shorter side), and shifts as parts of the square's side. */
export interface Crop {
  zoom: number
  x: number
  y: number
}

export const ACCEPTED = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']
export const MAX_ZOOM = 4
const SIDE_PX = 512

/** Opens a file as an image; null where it is none. Its URL is the caller's to revoke. */
export async function openPicture(file: File): Promise<Picture | null> {
  if (!ACCEPTED.includes(file.type)) return null
  const url = URL.createObjectURL(file)
  const image = new Image()
  image.src = url
  try {
    await image.decode()
    return { image, url }
  } catch {
    URL.revokeObjectURL(url)
    return null
  }
}

/** Width and height of the shown image as parts of the square's side. */
export function extentOf({ naturalWidth: width, naturalHeight: height }: HTMLImageElement, zoom: number) {
  const shorter = Math.min(width, height)
  return { width: (width / shorter) * zoom, height: (height / shorter) * zoom }
}

/** The nearest crop whose square lies within the image. */
export function clampCrop(image: HTMLImageElement, { zoom, x, y }: Crop): Crop {
  const wanted = Math.min(MAX_ZOOM, Math.max(1, zoom))
  const extent = extentOf(image, wanted)
  const within = (value: number, size: number) => Math.min((size - 1) / 2, Math.max((1 - size) / 2, value))
  return { zoom: wanted, x: within(x, extent.width), y: within(y, extent.height) }
}

/** The square as a file: WebP, or PNG where the browser writes none. Drawn anew, so no place or camera is in it. */
export async function cutPicture({ image }: Picture, crop: Crop): Promise<Blob> {
  const { zoom, x, y } = clampCrop(image, crop)
  const side = Math.min(image.naturalWidth, image.naturalHeight) / zoom
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE_PX
  const context = canvas.getContext('2d')!
  context.imageSmoothingQuality = 'high'
  const left = image.naturalWidth / 2 - x * side - side / 2
  const top = image.naturalHeight / 2 - y * side - side / 2
  context.drawImage(image, left, top, side, side, 0, 0, SIDE_PX, SIDE_PX)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the image could not be cut'))), 'image/webp', 0.9)
  )
}
