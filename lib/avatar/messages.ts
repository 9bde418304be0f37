import type { Verdict } from './check.ts'
import { type ImageType, imageTypes, MAX_PIXELS, MAX_SIDE } from './image-type.ts'

export const uploadMessages = {
  TOO_LARGE: 'an avatar may have at most 2 MB',
  UNSUPPORTED_TYPE: 'send a PNG, JPEG, WebP or GIF image with its correct content type'
}

export const noImage = 'send one image, as the body or in the field `file` of a form'

export const brokenForm = 'the form is incomplete or has more than one image in the field `file`'

/** The error message for a rejected image. */
export function describeRefusal(verdict: Exclude<Verdict, 'ok'>, type: ImageType): string {
  const reasons = {
    busy: 'too many images are being checked; try again',
    undecodable: `this is not a complete ${imageTypes[type].name} image, although its content type says so`,
    'too-wide': `an avatar may be at most ${MAX_SIDE} pixels wide and high`,
    'too-many-pixels': `an animation may have at most ${Math.floor(MAX_PIXELS / 1e6)} million pixels in all its frames together`,
    'too-slow': 'the image takes too long to decode'
  }
  return reasons[verdict]
}
