/** The image types an avatar may have, by media type: what sharp calls them, and how their bytes begin. */
export const imageTypes = {
  'image/png': { name: 'PNG', format: 'png', loader: 'VipsForeignLoadPngBuffer', begins: /^\x89PNG\r\n\x1a\n/ },
  'image/jpeg': { name: 'JPEG', format: 'jpeg', loader: 'VipsForeignLoadJpegBuffer', begins: /^\xff\xd8\xff/ },
  'image/webp': { name: 'WebP', format: 'webp', loader: 'VipsForeignLoadWebpBuffer', begins: /^RIFF.{4}WEBP/s },
  'image/gif': { name: 'GIF', format: 'gif', loader: 'VipsForeignLoadNsgifBuffer', begins: /^GIF8[79]a/ }
} as const
export type ImageType = keyof typeof imageTypes

/** Pixels a side (contract 8). */
export const MAX_SIDE = 4096
/** Pixels of all frames together; an image of the greatest size has half of them. */
export const MAX_PIXELS = 2 * MAX_SIDE * MAX_SIDE

/** How many bytes `imageTypeOf` looks at. */
export const SIGNATURE_BYTES = 12

/** The type whose signature the bytes begin with, or null. */
export function imageTypeOf(bytes: Buffer): ImageType | null {
  const start = bytes.toString('latin1', 0, SIGNATURE_BYTES)
  return (Object.keys(imageTypes) as ImageType[]).find((type) => imageTypes[type].begins.test(start)) ?? null
}

/** Other names of the types, which browsers show as well and programs and older systems send. */
const aliases: Readonly<Record<string, ImageType>> = {
  'image/jpg': 'image/jpeg',
  'image/jfif': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/pipeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/apng': 'image/png',
  'image/vnd.mozilla.apng': 'image/png',
  'image/x-webp': 'image/webp',
  'image/x-gif': 'image/gif'
}

/** Every media type an image may be declared as. */
export const acceptedTypes: readonly string[] = [...Object.keys(imageTypes), ...Object.keys(aliases)]

// What a form's part has whose sender does not know the type by the file's name; the parser takes a missing one for text.
const undeclared = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'text/plain'])

/** The type an upload is checked as, or null. A part of a form that declares none has the one its bytes begin with. */
export function uploadType(declared: string, bytes: Buffer, isForm: boolean): ImageType | null {
  const name = declared.split(';', 1)[0]!.trim().toLowerCase()
  if (isForm && undeclared.has(name)) return imageTypeOf(bytes)
  return Object.hasOwn(aliases, name) ? aliases[name]! : parseImageType(name)
}

/** The image type a Content-Type header or part declares, parameters aside, or null when it is none of ours. */
export function parseImageType(contentType: string): ImageType | null {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase()
  return Object.hasOwn(imageTypes, type) ? (type as ImageType) : null
}
