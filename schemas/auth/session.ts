import { type Static, Type } from 'typebox'
import { SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { UserSchema } from './login.ts'

const exampleUser = {
  id: 1,
  username: 'admin',
  display_name: 'Ada',
  email: '',
  user_type: 'admin',
  reseller_id: 0,
  is_active: true,
  permissions: ['*']
}

export const MeReplySchema = NamedObject(
  'MeReply',
  { success: SuccessSchema, user: UserSchema },
  { examples: [{ success: true, user: exampleUser }] }
)

const time = (description: string) => Type.String({ description, examples: ['2026-04-24T14:32:11.000Z'] })

export const SessionsReplySchema = Type.Object(
  {
    success: SuccessSchema,
    sessions: Type.Array(
      NamedObject('Session', {
        id: Type.String(),
        created_at: time('When it was opened.'),
        last_used_at: time('Time of the last request, to the second.'),
        expires_at: time('When the session ends unless it is refreshed.'),
        address: Type.String({ description: 'The client’s address at login.' }),
        user_agent: Type.String(),
        unusual: Type.Boolean({ description: 'Opened from an address this user had not logged in from before.' }),
        second_factor: Type.Boolean({ description: 'Opened with a code.' }),
        current: Type.Boolean({ description: 'The session of this request.' })
      })
    )
  },
  {
    examples: [
      {
        success: true,
        sessions: [
          {
            id: '8CYc31scxPA4V7PDHWxkWQ',
            created_at: '2026-04-24T14:32:11.000Z',
            last_used_at: '2026-04-24T15:02:40.000Z',
            expires_at: '2026-05-24T14:32:11.000Z',
            address: '192.0.2.10',
            user_agent: 'Mozilla/5.0',
            unusual: false,
            second_factor: false,
            current: true
          }
        ]
      }
    ]
  }
)

export const SessionParamsSchema = ClosedObject({ id: Type.String({ minLength: 1, maxLength: 64 }) })

export const EndedReplySchema = NamedObject(
  'EndedReply',
  { success: SuccessSchema, message: Type.String(), ended: Type.Integer({ description: 'Number of sessions ended.' }) },
  { examples: [{ success: true, message: 'sessions ended', ended: 2 }] }
)

const password = Type.String({ minLength: 1, maxLength: 1024, examples: ['Correct-Horse-7'] })

export const PasswordChangeBodySchema = ClosedObject(
  {
    current_password: Type.Optional(password),
    old_password: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1024, description: 'Older alias of `current_password`.' })
    ),
    new_password: password,
    totp_code: Type.Optional(
      Type.String({
        maxLength: 32,
        description: 'Required if the second factor is on and this session has not passed it.'
      })
    )
  },
  { title: 'PasswordChangeBody' }
)
export type PasswordChangeBody = Static<typeof PasswordChangeBodySchema>
