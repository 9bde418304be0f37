/** The supported image types by media type, with sharp's names and the signature of the first bytes. */
export const imageTypes = {
  'image/png': { name: 'PNG', format: 'png', loader: 'VipsForeignLoadPngBuffer', begins: /^\x89PNG\r\n\x1a\n/ },
  'image/jpeg': { name: 'JPEG', format: 'jpeg', loader: 'VipsForeignLoadJpegBuffer', begins: /^\xff\xd8\xff/ },
  'image/webp': { name: 'WebP', format: 'webp', loader: 'VipsForeignLoadWebpBuffer', begins: /^RIFF.{4}WEBP/s },
  'image/gif': { name: 'GIF', format: 'gif', loader: 'VipsForeignLoadNsgifBuffer', begins: /^GIF8[79]a/ }
} as const
export type ImageType = keyof typeof imageTypes

/** Maximum width and height in pixels (contract 8). */
export const MAX_SIDE = 4096
/** Maximum pixels of all frames together: twice an image of the maximum size. */
export const MAX_PIXELS = 2 * MAX_SIDE * MAX_SIDE

/** Bytes that `imageTypeOf` needs. */
export const SIGNATURE_BYTES = 12

/** The image type by the signature of the bytes; null if it is unknown. */
export function imageTypeOf(bytes: Buffer): ImageType | null {
  const start = bytes.toString('latin1', 0, SIGNATURE_BYTES)
  return (Object.keys(imageTypes) as ImageType[]).find((type) => imageTypes[type].begins.test(start)) ?? null
}

/** Other media types that browsers, programs and older systems use for these image types. */
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

// Types of a form's part whose sender could not derive a type from the file name. The parser reports a missing type as
// text.
const undeclared = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'text/plain'])

/** The image type of an upload, or null. A form's part without a declared type is recognised by its signature. */
export function uploadType(declared: string, bytes: Buffer, isForm: boolean): ImageType | null {
  const name = declared.split(';', 1)[0]!.trim().toLowerCase()
  if (isForm && undeclared.has(name)) return imageTypeOf(bytes)
  return Object.hasOwn(aliases, name) ? aliases[name]! : parseImageType(name)
}

/** The image type in a Content-Type value, without parameters; null if it is not supported. */
export function parseImageType(contentType: string): ImageType | null {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase()
  return Object.hasOwn(imageTypes, type) ? (type as ImageType) : null
}
