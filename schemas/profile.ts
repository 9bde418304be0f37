import { type Static, Type } from '../vendor/typebox.js'
import { Nullable, SuccessSchema } from './answer.ts'

export const ProfileBodySchema = Type.Object({
  display_name: Type.String({
    maxLength: 64,
    pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*$',
    description: 'Up to 64 characters, no control characters; empty falls back to the username.',
    examples: ['Ada']
  })
})
export type ProfileBody = Static<typeof ProfileBodySchema>

export const ProfileReplySchema = Type.Object(
  {
    success: SuccessSchema,
    username: Type.String(),
    display_name: Type.String({ description: 'Empty when none was chosen.' }),
    has_avatar: Type.Boolean(),
    avatar_mtime: Nullable(Type.Number({ description: 'Seconds since the epoch.' })),
    avatar_content_type: Nullable(Type.String())
  },
  {
    examples: [
      {
        success: true,
        username: 'admin',
        display_name: 'Ada',
        has_avatar: false,
        avatar_mtime: null,
        avatar_content_type: null
      }
    ]
  }
)
