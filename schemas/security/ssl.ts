import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { ConfirmWithinSchema } from './pending-change.ts'

const path = (description: string, example: string) =>
  Type.String({ minLength: 1, maxLength: 4096, pattern: '^[^\\u0000]*$', description, examples: [example] })
const certPath = path('Absolute path of the certificate in PEM form, its chain behind it.', '/etc/ssl/monitor.pem')
const keyPath = path('Absolute path of its private key in PEM form, without a passphrase.', '/etc/ssl/monitor.key')

export const PairBodySchema = ClosedObject({ cert_path: certPath, key_path: keyPath })
export type PairBody = Static<typeof PairBodySchema>

export const ConfigureBodySchema = ClosedObject({
  source: Type.Optional(
    Type.Union([Type.Literal('custom'), Type.Literal('proxmox')], {
      description: '`custom` (the default) takes the paths; `proxmox` the certificate of Proxmox itself.',
      examples: ['custom']
    })
  ),
  cert_path: Type.Optional(certPath),
  key_path: Type.Optional(keyPath),
  confirm_within: Type.Optional(ConfirmWithinSchema)
})
export type ConfigureBody = Static<typeof ConfigureBodySchema>

export const DisableBodySchema = ClosedObject({
  confirm_within: Type.Optional(ConfirmWithinSchema),
  auto_restart: Type.Optional(
    Type.Boolean({ description: 'Sent by the Monitor’s client and ignored: the change needs no restart.' })
  )
})

export const CertificateSchema = Type.Object({
  subject: Type.String(),
  issuer: Type.String(),
  names: Type.Array(Type.String(), { description: 'Host names and addresses it is for.' }),
  valid_from: Type.String({ description: 'ISO-8601, UTC.' }),
  valid_to: Type.String({ description: 'ISO-8601, UTC.' }),
  days_left: Type.Integer({ description: 'Whole days; negative once it has expired.' }),
  key_type: Type.String({ description: 'RSA with its bits, EC with its curve, or Ed25519.' }),
  fingerprint_sha256: Type.String(),
  chain_length: Type.Integer({ description: 'Certificates in the file.' }),
  self_signed: Type.Boolean()
})
export type CertificateDescription = Static<typeof CertificateSchema>

const certificate: CertificateDescription = {
  subject: 'CN=monitor.example.com',
  issuer: "C=US, O=Let's Encrypt, CN=E7",
  names: ['monitor.example.com'],
  valid_from: '2026-10-01T00:00:00.000Z',
  valid_to: '2026-12-30T00:00:00.000Z',
  days_left: 39,
  key_type: 'EC P-256',
  fingerprint_sha256: Array(32).fill('5A').join(':'),
  chain_length: 2,
  self_signed: false
}

const warnings = Type.Array(Type.String(), { description: 'What works but should be looked at, for people.' })
const protocol = Type.Union([Type.Literal('http'), Type.Literal('https')])

export const ValidateReplySchema = Type.Object(
  { success: SuccessSchema, message: Type.String(), certificate: CertificateSchema, warnings },
  { examples: [{ success: true, message: 'certificate and key are good', certificate, warnings: [] }] }
)

export const SwitchReplySchema = Type.Object(
  {
    success: SuccessSchema,
    message: Type.String(),
    restarting: Type.Literal(false, { description: 'It is done already, in the running process.' }),
    new_protocol: protocol
  },
  { examples: [{ success: true, message: 'HTTPS is on', restarting: false, new_protocol: 'https' }] }
)

export const SslStatusReplySchema = Type.Object(
  {
    success: SuccessSchema,
    enabled: Type.Boolean({ description: 'Whether the port speaks HTTPS.' }),
    protocol,
    source: Type.String({ description: 'custom, proxmox, or none.' }),
    cert_path: Nullable(Type.String()),
    key_path: Nullable(Type.String()),
    certificate: Nullable(CertificateSchema),
    self_signed: Type.Boolean({
      description: 'The certificate in use is one the daemon made, for want of the configured one.'
    }),
    fault: Nullable(Type.String({ description: 'Why the configured certificate is not in use, for people.' })),
    warnings,
    proxmox: Type.Object({
      available: Type.Boolean(),
      cert_path: Nullable(Type.String()),
      key_path: Nullable(Type.String())
    }),
    pending: Nullable(
      Type.Object(
        { seconds_left: Type.Integer() },
        { description: 'Until the last change is taken back, unless it is confirmed.' }
      )
    )
  },
  {
    examples: [
      {
        success: true,
        enabled: true,
        protocol: 'https',
        source: 'custom',
        cert_path: '/etc/ssl/monitor.pem',
        key_path: '/etc/ssl/monitor.key',
        certificate,
        self_signed: false,
        fault: null,
        warnings: [],
        proxmox: { available: false, cert_path: null, key_path: null },
        pending: null
      }
    ]
  }
)
export type SslStatus = Static<typeof SslStatusReplySchema>
