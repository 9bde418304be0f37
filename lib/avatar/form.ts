import type { Readable } from 'node:stream'
import { MAX_BYTES } from './store.ts'

/** One part of a form; `file` is its content if it was sent as a file. */
export interface FormPart {
  fieldname: string
  mimetype: string
  file?: Readable & { truncated: boolean }
}

export type FormOutcome = { ok: true; declared: string; bytes: Buffer } | { ok: false; fault: FormFault }
export type FormFault = 'too-large' | 'broken' | 'no-image'

/** Maximum bytes of a form besides the image. */
const OVERHEAD = 64 * 1024
export const MAX_FORM_BYTES = MAX_BYTES + OVERHEAD

/** Limits of the parser. Every part costs time on the event loop, even an empty one. */
export const formLimits = {
  fileSize: MAX_BYTES,
  files: 8,
  fields: 64,
  parts: 64,
  fieldNameSize: 100,
  fieldSize: OVERHEAD,
  headerPairs: 32,
  headerSize: 8 * 1024
}

/** True for parser errors about fields that are ignored anyway. */
const isOfIgnoredField = (error: { code?: string }): boolean =>
  error.code === 'FST_INVALID_JSON_FIELD_ERROR' || error.code === 'FST_PROTO_VIOLATION'

const refuse = (fault: FormFault): FormOutcome => ({ ok: false, fault })

async function collect(parts: AsyncIterable<FormPart>, onTooLarge: () => void): Promise<FormOutcome> {
  let image: { declared: string; bytes: Buffer } | undefined
  let named = 0
  try {
    for await (const { fieldname, mimetype, file } of parts) {
      if (fieldname !== 'file') {
        // An unread file would block the parts after it.
        file?.resume()
        continue
      }
      if (++named > 1) return refuse('broken')
      if (file === undefined) continue
      file.once('limit', onTooLarge)
      const chunks: Buffer[] = []
      for await (const chunk of file) chunks.push(chunk)
      // The limit may have been reached before the listener was added.
      if (file.truncated) return refuse('too-large')
      image = { declared: mimetype, bytes: Buffer.concat(chunks) }
    }
  } catch (error) {
    if (!isOfIgnoredField(error as { code?: string })) return refuse('broken')
  }
  return image === undefined || image.bytes.length === 0 ? refuse('no-image') : { ok: true, ...image }
}

/**
 * Reads the image in the field `file` of a form; other fields are ignored. `parts` parses `source` while it is
 * iterated.
 * Parsing stops at the first exceeded limit, and the rest of `source` is discarded.
 */
export async function readForm(source: Readable, parts: AsyncIterable<FormPart>): Promise<FormOutcome> {
  const { promise: tooLarge, resolve } = Promise.withResolvers<FormOutcome>()
  const onTooLarge = () => resolve(refuse('too-large'))
  let received = 0
  const count = (chunk: Buffer) => {
    received += chunk.length
    if (received > MAX_FORM_BYTES) onTooLarge()
  }
  // collect() pipes the source into the parser first; a listener added earlier would start the flow and lose bytes.
  const collected = collect(parts, onTooLarge)
  source.on('data', count)
  try {
    return await Promise.race([collected, tooLarge])
  } finally {
    source.off('data', count)
    source.unpipe()
    source.resume()
  }
}
