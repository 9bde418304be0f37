import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import type { ImageCheck, ImageCheckOptions } from '../../lib/avatar/check.ts'
import { formLimits, MAX_FORM_BYTES, readForm } from '../../lib/avatar/form.ts'
import { acceptedTypes, type ImageType, uploadType } from '../../lib/avatar/image-type.ts'
import { brokenForm, describeRefusal, noImage, uploadMessages } from '../../lib/avatar/messages.ts'
import { MAX_BYTES } from '../../lib/avatar/store.ts'
import type { Avatar, AvatarStore } from '../../lib/storage/stores/avatars.ts'

declare module 'fastify' {
  interface FastifyInstance {
    avatar: Pick<AvatarStore, 'find' | 'read' | 'remove'> & {
      /** Makes only the routes of `scope` accept an image, in a form or as the body. */
      acceptUploads(scope: FastifyInstance): Promise<void>
      /** Reads the image of such a request. Throws AppError. */
      receive(request: FastifyRequest): Promise<Upload>
      /** Checks an image and stores it as the account's avatar. Throws AppError. */
      replace(id: number, upload: Upload): Promise<Avatar | null>
      /** Removes the avatar of an earlier account with this id; a failure is only logged. */
      forget(id: number): Promise<void>
    }
  }
}

interface Upload {
  type: ImageType
  bytes: Buffer
}

export interface AvatarOptions {
  imageCheck?: ImageCheckOptions
}

const invalid = (message: string) => new AppError('VALIDATION', { message })
const tooLarge = () => new AppError('TOO_LARGE', { message: uploadMessages.TOO_LARGE })

async function acceptUploads(scope: FastifyInstance): Promise<void> {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser([...acceptedTypes], { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) =>
    done(null, body)
  )
  // The plugin's error would be discarded: an image is refused as soon as it is too large.
  await scope.register(multipart, { limits: formLimits, throwFileSizeLimit: false })
}

async function receiveForm(request: FastifyRequest): Promise<{ declared: string; bytes: Buffer }> {
  if (Number(request.headers['content-length']) > MAX_FORM_BYTES) throw tooLarge()
  const outcome = await readForm(request.raw, request.parts())
  if (outcome.ok) return outcome
  if (outcome.fault === 'too-large') throw tooLarge()
  throw invalid(outcome.fault === 'broken' ? brokenForm : noImage)
}

async function receive(request: FastifyRequest): Promise<Upload> {
  const isForm = request.isMultipart()
  const raw = () => ({
    declared: request.headers['content-type'] ?? '',
    bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  })
  const { declared, bytes } = isForm ? await receiveForm(request) : raw()
  if (bytes.length === 0) throw invalid(noImage)
  const type = uploadType(declared, bytes, isForm)
  if (type === null) throw new AppError('UNSUPPORTED_TYPE', { message: uploadMessages.UNSUPPORTED_TYPE })
  return { type, bytes }
}

/** The accounts' avatars (contract 8). A separate process decodes each image before it is stored. */
export default fp<AvatarOptions>(
  async (app, options) => {
    const { avatars: store } = app.stores
    let images: ImageCheck | undefined
    app.decorate('avatar', {
      find: store.find,
      read: store.read,
      remove: store.remove,
      acceptUploads,
      receive,
      async replace(id, { type, bytes }) {
        const { createImageCheck } = await import('../../lib/avatar/check.ts')
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
  { name: 'avatar', dependencies: ['stores'] }
)
