import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { ConfirmWithinSchema } from './pending-change.ts'

const path = (description: string, example: string) =>
  Type.String({ minLength: 1, maxLength: 4096, pattern: '^[^\\u0000]*$', description, examples: [example] })
const certPath = path('Absolute path of the certificate in PEM form, followed by its chain.', '/etc/ssl/monitor.pem')
const keyPath = path('Absolute path of the private key in PEM form, without a passphrase.', '/etc/ssl/monitor.key')

export const PairBodySchema = ClosedObject({ cert_path: certPath, key_path: keyPath })
export type PairBody = Static<typeof PairBodySchema>

export const ConfigureBodySchema = ClosedObject({
  source: Type.Optional(
    Type.Union([Type.Literal('custom'), Type.Literal('proxmox')], {
      description: '`custom` (the default) uses the given paths; `proxmox` uses the certificate of Proxmox.',
      examples: ['custom']
    })
  ),
  cert_path: Type.Optional(certPath),
  key_path: Type.Optional(keyPath),
  confirm_within: Type.Optional(ConfirmWithinSchema)
})
export type ConfigureBody = Static<typeof ConfigureBodySchema>

export const SelfSignedBodySchema = ClosedObject({
  names: Type.Optional(
    Type.Array(Type.String({ maxLength: 253, format: 'server-name' }), {
      maxItems: 20,
      description:
        'More host names and addresses for the certificate. It also has those of this host (not link-local ones), of MONITOR_PUBLIC_URL, of MONITOR_ALLOWED_HOSTS, and localhost; 100 in all.',
      examples: [['monitor.example.lan', '192.168.1.10']]
    })
  ),
  confirm_within: Type.Optional(ConfirmWithinSchema)
})

export const DisableBodySchema = ClosedObject({
  confirm_within: Type.Optional(ConfirmWithinSchema),
  auto_restart: Type.Optional(
    Type.Boolean({ description: 'Ignored: the change needs no restart. Existing clients send it.' })
  )
})

export const CertificateSchema = NamedObject('Certificate', {
  subject: Type.String(),
  issuer: Type.String(),
  names: Type.Array(Type.String(), { description: 'Host names and addresses that the certificate is valid for.' }),
  valid_from: Type.String({ description: 'ISO-8601, UTC.' }),
  valid_to: Type.String({ description: 'ISO-8601, UTC.' }),
  days_left: Type.Integer({ description: 'Whole days until expiry; negative after it.' }),
  key_type: Type.String({ description: 'For example RSA 2048, EC P-256 or Ed25519.' }),
  fingerprint_sha256: Type.String(),
  chain_length: Type.Integer({ description: 'Number of certificates in the file.' }),
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

const warnings = Type.Array(Type.String(), {
  description: 'Problems that do not prevent the use of the certificate; text for people.'
})
const protocol = Type.Union([Type.Literal('http'), Type.Literal('https')])

export const ValidateReplySchema = Type.Object(
  { success: SuccessSchema, message: Type.String(), certificate: CertificateSchema, warnings },
  { examples: [{ success: true, message: 'certificate and key are good', certificate, warnings: [] }] }
)

export const SwitchReplySchema = NamedObject(
  'HttpsSwitchReply',
  {
    success: SuccessSchema,
    message: Type.String(),
    restarting: Type.Literal(false, {
      description: 'Always false: the change is already in effect, without a restart.'
    }),
    new_protocol: protocol
  },
  { examples: [{ success: true, message: 'HTTPS is on', restarting: false, new_protocol: 'https' }] }
)

export const SelfSignedReplySchema = Type.Object(
  {
    ...SwitchReplySchema.properties,
    cert_path: Type.String({ description: 'The file of the certificate on this host.' }),
    key_path: Type.String({ description: 'The file of its private key, mode 0600.' }),
    certificate: CertificateSchema,
    warnings
  },
  {
    examples: [
      {
        success: true,
        message: 'HTTPS is on',
        restarting: false,
        new_protocol: 'https',
        cert_path: '/root/.config/proxmenux-monitor/tls/self-signed-5f0c2a91.pem',
        key_path: '/root/.config/proxmenux-monitor/tls/self-signed-5f0c2a91.key',
        certificate: {
          ...certificate,
          subject: 'CN=pve1, OU=ProxMenux Monitor',
          issuer: 'CN=pve1, OU=ProxMenux Monitor',
          names: ['pve1', 'pve1.local', 'localhost', '192.168.1.10'],
          valid_to: '2027-11-02T00:00:00.000Z',
          days_left: 396,
          chain_length: 1,
          self_signed: true
        },
        warnings: ['the certificate is self-signed; browsers show a warning until a user accepts it']
      }
    ]
  }
)

export const SslStatusReplySchema = Type.Object(
  {
    success: SuccessSchema,
    enabled: Type.Boolean({ description: 'True if the port uses HTTPS.' }),
    protocol,
    source: Type.String({ description: '`custom`, `proxmox` or `none`.' }),
    cert_path: Nullable(Type.String()),
    key_path: Nullable(Type.String()),
    certificate: Nullable(CertificateSchema),
    self_signed: Type.Boolean({
      description: 'True if the daemon uses a certificate it created itself, because the configured one cannot be used.'
    }),
    fault: Nullable(Type.String({ description: 'Why the configured certificate is not in use; text for people.' })),
    warnings,
    proxmox: NamedObject('ProxmoxCertificate', {
      available: Type.Boolean(),
      cert_path: Nullable(Type.String()),
      key_path: Nullable(Type.String())
    }),
    ssl_enabled: Type.Boolean({ description: 'Alias of `enabled`, for clients of the Monitor.' }),
    proxmox_available: Type.Boolean({ description: 'Alias of `proxmox.available`.' }),
    proxmox_cert: Nullable(Type.String({ description: 'Alias of `proxmox.cert_path`.' })),
    proxmox_key: Nullable(Type.String({ description: 'Alias of `proxmox.key_path`.' })),
    cert_info: Nullable(
      NamedObject(
        'ProxmoxCertificateInfo',
        {
          subject: Type.String(),
          issuer: Type.String(),
          expires: Type.String({ description: 'ISO-8601, UTC.' }),
          is_self_signed: Type.Boolean()
        },
        { description: 'The certificate of Proxmox; null if there is none, or if it cannot be read.' }
      )
    ),
    pending: Nullable(
      NamedObject(
        'PendingHttpsChange',
        { seconds_left: Type.Integer() },
        { description: 'The change that is reverted unless it is confirmed.' }
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
        ssl_enabled: true,
        proxmox_available: false,
        proxmox_cert: null,
        proxmox_key: null,
        cert_info: null,
        pending: null
      }
    ]
  }
)
export type SslStatus = Static<typeof SslStatusReplySchema>
