import { type Static, Type } from 'typebox'
import { SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

const password = Type.String({ minLength: 1, maxLength: 1024, examples: ['Correct-Horse-7'] })
const code = (description: string) => Type.Optional(Type.String({ maxLength: 32, description, examples: ['123456'] }))

/** One code, under the field names of the Monitor's and the panel's clients. */
const anyCode = {
  totp_code: code('Six digits of the authenticator, or a backup code.'),
  totp_token: code('Alias of `totp_code`.'),
  token: code('Alias of `totp_code`.'),
  code: code('Alias of `totp_code`.')
}
const CodeFieldsSchema = ClosedObject(anyCode)
export type CodeFields = Static<typeof CodeFieldsSchema>

export const EnrolBodySchema = ClosedObject(
  {
    password: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1024,
        description: 'Not required within five minutes of the login or of a confirmation.',
        examples: ['Correct-Horse-7']
      })
    ),
    ...anyCode
  },
  { title: 'EnrolBody' }
)

export const EnrolledCodeBodySchema = ClosedObject(
  {
    token: code('Six digits of the authenticator that is being enrolled.'),
    code: code('`token` under another name.'),
    totp_token: code('`token` under another name.'),
    totp_code: code('`token` under another name.')
  },
  { title: 'EnrolledCodeBody' }
)

export const CodeBodySchema = CodeFieldsSchema
export const PasswordAndCodeBodySchema = ClosedObject({ password, ...anyCode })

const exampleUrl =
  'otpauth://totp/ProxMenux%20Monitor:admin?issuer=ProxMenux%20Monitor&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30'
const exampleCodes = [
  '7KQM-X2WD',
  'H4TZ-9RBC',
  'QW8N-3VFJ',
  'M6YE-KD5P',
  'C3GX-T7HA',
  '2BVS-U9LN',
  'ZP4R-8QJE',
  'F5WK-6CMY',
  'N9DT-GX3V',
  'R8HB-4ZQS'
]
const backupCodes = Type.Array(Type.String(), {
  description: 'Ten codes, each valid once in place of an authenticator’s code. Shown only once.'
})

export const EnrolReplySchema = NamedObject(
  'EnrolReply',
  {
    success: SuccessSchema,
    secret: Type.String({ description: 'Base32, for manual entry.' }),
    otpauth_url: Type.String({ description: 'The content of the QR code.' }),
    qr_url: Type.String({ description: 'Alias of `otpauth_url`.' }),
    qr_code: Type.String({ description: 'SVG image in a data: URL.' }),
    backup_codes: backupCodes
  },
  {
    examples: [
      {
        success: true,
        secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
        otpauth_url: exampleUrl,
        qr_url: exampleUrl,
        qr_code: 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0i...',
        backup_codes: exampleCodes
      }
    ]
  }
)

export const BackupCodesReplySchema = NamedObject(
  'BackupCodesReply',
  { success: SuccessSchema, message: Type.String(), backup_codes: backupCodes },
  { examples: [{ success: true, message: 'backup codes replaced', backup_codes: exampleCodes }] }
)

export const TwoFactorStatusReplySchema = NamedObject(
  'TwoFactorStatusReply',
  {
    success: SuccessSchema,
    enabled: Type.Boolean(),
    qr_url: Type.String({
      description: 'The otpauth: URL of this session’s pending enrolment; otherwise empty.'
    }),
    backup_codes_left: Type.Integer()
  },
  { examples: [{ success: true, enabled: true, qr_url: '', backup_codes_left: 10 }] }
)
