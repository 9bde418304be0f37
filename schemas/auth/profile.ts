import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

export const ProfileBodySchema = ClosedObject({
  display_name: Type.String({
    maxLength: 64,
    pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*$',
    description: 'Up to 64 characters, no control characters; empty falls back to the username.',
    examples: ['Ada']
  })
})
export type ProfileBody = Static<typeof ProfileBodySchema>

const profileExample = {
  success: true,
  username: 'admin',
  display_name: 'Ada',
  has_avatar: true,
  avatar_mtime: '2026-01-31T09:30:00.000Z',
  avatar_content_type: 'image/png'
}

export const ProfileReplySchema = NamedObject(
  'ProfileReply',
  {
    success: SuccessSchema,
    username: Type.String(),
    display_name: Type.String({ description: 'Empty if not set.' }),
    has_avatar: Type.Boolean(),
    avatar_mtime: Nullable(
      Type.String({ format: 'date-time', description: 'When the avatar was uploaded, in UTC; null without one.' })
    ),
    avatar_content_type: Nullable(
      Type.String({ description: 'image/png, image/jpeg, image/webp or image/gif; null without an avatar.' })
    )
  },
  { examples: [profileExample] }
)

export const WithoutAvatarSchema = Type.Object(ProfileReplySchema.properties, {
  examples: [{ ...profileExample, has_avatar: false, avatar_mtime: null, avatar_content_type: null }]
})

const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']
const ImageSchema = Type.Unsafe<Buffer>({ type: 'string', format: 'binary', description: 'The bytes of the image.' })
const images = Object.fromEntries(imageTypes.map((type) => [type, { schema: ImageSchema }]))

/** Only for the API description; the image is checked by decoding it. */
export const AvatarBodySchema = {
  content: {
    'multipart/form-data': {
      schema: ClosedObject({
        file: Type.String({
          format: 'binary',
          description: 'A PNG, JPEG, WebP or GIF image of at most 2 MB, with its type as the Content-Type of the part.'
        })
      })
    },
    ...images
  }
}

const etag = {
  ETag: { type: 'string', description: 'Send it as If-None-Match to transfer the image only if it has changed.' }
}
export const AvatarReplySchema = { description: 'The uploaded image.', headers: etag, content: images }

export const UnchangedSchema = Type.Unsafe<undefined>({
  type: 'null',
  description: 'The avatar still matches If-None-Match.'
})
