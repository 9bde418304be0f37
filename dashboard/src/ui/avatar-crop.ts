export interface Picture {
  image: HTMLImageElement
  url: string
}

/** The position of the crop square: zoom from 1 (the whole shorter side), and offsets as fractions of the square's side. */
export interface Crop {
  zoom: number
  x: number
  y: number
}

/** The first bytes of each format. The name and type of a file are unreliable: .jfif is a JPEG. */
const signatures: Record<string, RegExp> = {
  'image/png': /^\x89PNG\r\n\x1a\n/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/webp': /^RIFF[\s\S]{4}WEBP/,
  'image/gif': /^GIF8[79]a/
}
/** Alternative media types and extensions of the four formats. */
const aliases = ['image/jpg', 'image/jfif', 'image/pjpeg', 'image/pipeg', 'image/x-png', 'image/apng']
const undeclared = ['', 'application/octet-stream']
/** For the file dialog, which filters by type and name. */
export const ACCEPTED = [
  ...Object.keys(signatures),
  ...aliases,
  ...['.jpg', '.jpeg', '.jpe', '.jfif', '.pjpeg', '.pjp', '.png', '.apng', '.webp', '.gif']
]
export const MAX_ZOOM = 4
const SIDE_PX = 512

async function typeOf(file: File): Promise<string | undefined> {
  if (![...ACCEPTED, ...undeclared].includes(file.type)) return undefined
  const start = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()))
  return Object.keys(signatures).find((type) => signatures[type]!.test(start))
}

/** Opens a file as an image; null if it is not one of the four formats. The caller must revoke its URL. */
export async function openPicture(file: File): Promise<Picture | null> {
  const type = await typeOf(file)
  if (type === undefined) return null
  const url = URL.createObjectURL(file.slice(0, file.size, type))
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

/** Width and height of the shown image as fractions of the square's side. */
export function extentOf({ naturalWidth: width, naturalHeight: height }: HTMLImageElement, zoom: number) {
  const shorter = Math.min(width, height)
  return { width: (width / shorter) * zoom, height: (height / shorter) * zoom }
}

/** The nearest crop whose square is inside the image. */
export function clampCrop(image: HTMLImageElement, { zoom, x, y }: Crop): Crop {
  const wanted = Math.min(MAX_ZOOM, Math.max(1, zoom))
  const extent = extentOf(image, wanted)
  const within = (value: number, size: number) => Math.min((size - 1) / 2, Math.max((1 - size) / 2, value))
  return { zoom: wanted, x: within(x, extent.width), y: within(y, extent.height) }
}

/** The square as a file: WebP, or PNG if the browser cannot write WebP. Redrawing removes metadata such as the location. */
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
