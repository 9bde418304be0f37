import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { createImageCheck, type ImageCheckOptions } from '../lib/avatar/check.ts'
import { type ImageType, imageTypes, parseImageType } from '../lib/avatar/image-type.ts'
import { brokenForm, describeRefusal, noImage, uploadMessages } from '../lib/avatar/messages.ts'
import { type Avatar, type AvatarStore, createAvatarStore, MAX_BYTES } from '../lib/avatar/store.ts'
import { AppError } from '../lib/errors.ts'
import { createFileLock } from '../lib/storage/file-lock.ts'

declare module 'fastify' {
  interface FastifyInstance {
    avatars: Pick<AvatarStore, 'find' | 'read' | 'remove'> & {
      /** Lets the routes of `scope`, and no others, take an image: in a form, or as the body. */
      acceptUploads(scope: FastifyInstance): Promise<void>
      /** The image a request of such a route carries. */
      receive(request: FastifyRequest): Promise<Upload>
      /** Checks an image and makes it the account's avatar. */
      replace(id: number, upload: Upload): Promise<Avatar | null>
      /** Removes what an earlier holder of the account left; a failure is only logged. */
      forget(id: number): Promise<void>
    }
  }
}

interface Upload {
  type: ImageType
  bytes: Buffer
}

export interface AvatarsOptions {
  imageCheck?: ImageCheckOptions
}

const invalid = (message: string) => new AppError('VALIDATION', { message })
const tooLarge = () => new AppError('TOO_LARGE', { message: uploadMessages.TOO_LARGE })

const formLimits = { files: 1, fileSize: MAX_BYTES, fields: 10, fieldSize: 1024, parts: 11, headerPairs: 20 }
/** What a form may have around the image, in bytes. */
const FORM_OVERHEAD = 64 * 1024

async function acceptUploads(scope: FastifyInstance): Promise<void> {
  const { default: multipart } = await import('@fastify/multipart')
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    Object.keys(imageTypes),
    { parseAs: 'buffer', bodyLimit: MAX_BYTES },
    (_request, body, done) => done(null, body)
  )
  await scope.register(multipart, {
    limits: formLimits,
    isPartAFile: (field, _type, filename) => field === 'file' || filename !== undefined
  })
  // Forms are read as they come: of one that says it is too large nothing is.
  scope.addHook('preParsing', (request, _reply, payload, done) => {
    if (Number(request.headers['content-length']) > MAX_BYTES + FORM_OVERHEAD) return done(tooLarge())
    done(null, payload)
  })
}

async function readForm(request: FastifyRequest): Promise<{ declared: string; bytes: Buffer }> {
  let found: { declared: string; bytes: Buffer } | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file') continue
      const bytes = await part.toBuffer()
      if (part.fieldname === 'file') found = { declared: part.mimetype, bytes }
    }
  } catch (error) {
    // What is still to come is read and dropped: the connection is the next request's.
    request.raw.unpipe()
    request.raw.resume()
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge()
    throw invalid(brokenForm)
  }
  if (!found) throw invalid(noImage)
  return found
}

async function receive(request: FastifyRequest): Promise<Upload> {
  const { declared, bytes } = request.isMultipart()
    ? await readForm(request)
    : { declared: request.headers['content-type'] ?? '', bytes: request.body }
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw invalid(noImage)
  const type = parseImageType(declared)
  if (type === null) throw new AppError('UNSUPPORTED_TYPE', { message: uploadMessages.UNSUPPORTED_TYPE })
  return { type, bytes }
}

/** The accounts' avatars (contract 8), decoded in a process of their own before they are stored. */
export default fp<AvatarsOptions>(
  async (app, options) => {
    const { configDir } = app.config
    const store = createAvatarStore({
      folder: join(configDir, 'avatars'),
      lock: createFileLock(join(configDir, '.avatars.lock'))
    })
    const images = createImageCheck(options.imageCheck)
    await store.open().catch((err) => app.log.error({ err }, 'the folder of the avatars cannot be tidied up'))
    app.decorate('avatars', {
      find: store.find,
      read: store.read,
      remove: store.remove,
      acceptUploads,
      receive,
      async replace(id, { type, bytes }) {
        const verdict = await images.check(bytes, type)
        if (verdict === 'busy') throw new AppError('BUSY', { message: describeRefusal(verdict, type), retryAfter: 5 })
        if (verdict !== 'ok') throw invalid(describeRefusal(verdict, type))
        await store.replace(id, bytes)
        return store.find(id)
      },
      forget: (id) =>
        store.remove(id).catch((err) => app.log.error({ err }, 'the avatar of an earlier account cannot be removed'))
    })
    app.addHook('onClose', () => images.close())
  },
  { name: 'avatars', dependencies: ['config'] }
)
