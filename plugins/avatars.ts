import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { ImageCheck, ImageCheckOptions } from '../lib/avatar/check.ts'
import { type ImageType, imageTypes, parseImageType } from '../lib/avatar/image-type.ts'
import { brokenForm, describeRefusal, noImage, uploadMessages } from '../lib/avatar/messages.ts'
import { type Avatar, type AvatarStore, createAvatarStore, MAX_BYTES } from '../lib/avatar/store.ts'
import { AppError } from '../lib/errors.ts'
import { createFileLock } from '../lib/storage/file-lock.ts'

declare module 'fastify' {
  interface FastifyInstance {
    avatars: Pick<AvatarStore, 'find' | 'read' | 'remove'> & {
      /** Lets the routes of `scope`, and no others, take an image: in a form, or as the body. */
      acceptUploads(scope: FastifyInstance): void
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

/** What a form may have around the image, in bytes. */
const FORM_OVERHEAD = 64 * 1024

function acceptUploads(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  const accept = (types: string[], bodyLimit: number) =>
    scope.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))
  accept(Object.keys(imageTypes), MAX_BYTES)
  accept(['multipart/form-data'], MAX_BYTES + FORM_OVERHEAD)
}

async function readForm(contentType: string, body: Buffer): Promise<{ declared: string; bytes: Buffer }> {
  // Node's own parser, which it loads when first used.
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw invalid(brokenForm)
    })
  const [file, ...more] = form.getAll('file')
  if (more.length > 0) throw invalid(brokenForm)
  if (!(file instanceof File)) throw invalid(noImage)
  if (file.size > MAX_BYTES) throw new AppError('TOO_LARGE', { message: uploadMessages.TOO_LARGE })
  return { declared: file.type, bytes: Buffer.from(await file.arrayBuffer()) }
}

async function receive(request: FastifyRequest): Promise<Upload> {
  const contentType = request.headers['content-type'] ?? ''
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const isForm = contentType.toLowerCase().startsWith('multipart/')
  const { declared, bytes } = isForm ? await readForm(contentType, body) : { declared: contentType, bytes: body }
  if (bytes.length === 0) throw invalid(noImage)
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
    let images: ImageCheck | undefined
    await store.open().catch((err) => app.log.error({ err }, 'the folder of the avatars cannot be tidied up'))
    app.decorate('avatars', {
      find: store.find,
      read: store.read,
      remove: store.remove,
      acceptUploads,
      receive,
      async replace(id, { type, bytes }) {
        const { createImageCheck } = await import('../lib/avatar/check.ts')
        images ??= createImageCheck(options.imageCheck)
        const verdict = await images.check(bytes, type)
        if (verdict === 'busy') throw new AppError('BUSY', { message: describeRefusal(verdict, type), retryAfter: 5 })
        if (verdict !== 'ok') throw invalid(describeRefusal(verdict, type))
        await store.replace(id, bytes)
        return store.find(id)
      },
      forget: (id) =>
        store.remove(id).catch((err) => app.log.error({ err }, 'the avatar of an earlier account cannot be removed'))
    })
    app.addHook('onClose', async () => images?.close())
  },
  { name: 'avatars', dependencies: ['config'] }
)
