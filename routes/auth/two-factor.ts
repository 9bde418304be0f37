import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import { drawQrCode } from '../../lib/auth/qr-code.ts'
import { actorOf, requirePrincipal } from '../../plugins/server/caller.ts'
import {
  BackupCodesReplySchema,
  CodeBodySchema,
  type CodeFields,
  EnrolBodySchema,
  EnrolledCodeBodySchema,
  EnrolReplySchema,
  PasswordAndCodeBodySchema,
  TwoFactorStatusReplySchema
} from '../../schemas/auth/two-factor.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'

const codeOf = ({ totp_code, totp_token, token, code }: CodeFields) => totp_code ?? totp_token ?? token ?? code

/** The code, if it is the only credential. `name` is the field that the route's clients use. */
function requiredCodeOf(body: CodeFields, name: string): string {
  const code = codeOf(body)
  if (!code) throw new AppError('VALIDATION', { message: `${name} is required` })
  return code
}

/** The Monitor's routes under /totp and the panel's under /2fa, for the same second factor. */
const twoFactorRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { totp } = app
  const access = 'session'
  const own = { access, checksPassword: true, requiredMessage: 'password is required' } as const
  const config = { ...own, unknownFields: 'drop' } as const

  for (const [prefix, name] of [
    ['/totp', 'Totp'],
    ['/2fa', 'TwoFactor']
  ] as const) {
    app.get(
      `${prefix}/status`,
      {
        config: { access },
        schema: {
          operationId: `get${name}Status`,
          tags: ['two-factor'],
          summary: 'Whether the caller’s second factor is on',
          response: { 200: TwoFactorStatusReplySchema }
        }
      },
      async (request) => ({ success: true as const, ...totp.status(requirePrincipal(request)) })
    )

    app.post(
      `${prefix}/setup`,
      {
        config,
        schema: {
          operationId: `setup${name}`,
          tags: ['two-factor'],
          summary: 'Start enrolling an authenticator',
          description:
            'The second factor turns on once a code is verified; a present second factor stays on until then. An enrolment expires after an hour, and the next call replaces it.',
          body: EnrolBodySchema,
          response: { 200: EnrolReplySchema }
        }
      },
      async (request) => {
        const { password } = request.body
        const input = { address: request.clientIp, password, code: codeOf(request.body) }
        const { secret, url, backupCodes: backup_codes } = unwrap(await totp.start(requirePrincipal(request), input))
        const qr_code = await drawQrCode(url)
        return { success: true as const, secret, otpauth_url: url, qr_url: url, qr_code, backup_codes }
      }
    )
  }

  for (const [url, operationId, field] of [
    ['/totp/enable', 'enableTotp', 'token'],
    ['/2fa/verify', 'verifyTwoFactor', 'code']
  ] as const) {
    app.post(
      url,
      {
        config: { ...config, requiredMessage: `${field} is required` },
        schema: {
          operationId,
          tags: ['two-factor'],
          summary: 'Finish an enrolment with a code of the authenticator',
          description:
            'Turns the second factor on and marks this session as having passed it. If it replaces another second factor, the caller’s other sessions end.',
          body: EnrolledCodeBodySchema,
          response: { 200: MessageReplySchema }
        }
      },
      async (request) => {
        const code = requiredCodeOf(request.body, field)
        const { replaced, endedSessions } = unwrap(
          await totp.finish(requirePrincipal(request), { address: request.clientIp, code })
        )
        app.auditLog[replaced ? 'secondFactorReplaced' : 'secondFactorEnabled'](actorOf(request))
        if (endedSessions > 0) app.auditLog.sessionsEnded(actorOf(request))
        return { success: true as const, message: '2FA enabled successfully' }
      }
    )
  }

  const disable = async (request: FastifyRequest, proof: { password?: string; code: string | undefined }) => {
    const input = { address: request.clientIp, ...proof }
    const { endedSessions } = unwrap(await totp.disable(requirePrincipal(request), input))
    app.auditLog.secondFactorDisabled(actorOf(request))
    if (endedSessions > 0) app.auditLog.sessionsEnded(actorOf(request))
    return { success: true as const, message: '2FA disabled successfully' }
  }

  app.post(
    '/totp/disable',
    {
      config,
      schema: {
        operationId: 'disableTotp',
        tags: ['two-factor'],
        summary: 'Turn the second factor off, with the password',
        description:
          'Requires a code unless this session has passed the second factor. The caller’s other sessions end.',
        body: PasswordAndCodeBodySchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => disable(request, { password: request.body.password, code: codeOf(request.body) })
  )

  app.post(
    '/2fa/disable',
    {
      config: { ...config, requiredMessage: 'code is required' },
      schema: {
        operationId: 'disableTwoFactor',
        tags: ['two-factor'],
        summary: 'Turn the second factor off, with a code',
        description: 'The caller’s other sessions end.',
        body: CodeBodySchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => disable(request, { code: requiredCodeOf(request.body, 'code') })
  )

  app.post(
    '/totp/backup-codes',
    {
      config: own,
      schema: {
        operationId: 'replaceBackupCodes',
        tags: ['two-factor'],
        summary: 'Replace all backup codes by ten new codes',
        description:
          'Requires the password and a code, unless the user logged in or reauthenticated within five minutes.',
        body: EnrolBodySchema,
        response: { 200: BackupCodesReplySchema }
      }
    },
    async (request) => {
      const { password } = request.body
      const input = { address: request.clientIp, password, code: codeOf(request.body) }
      const { backupCodes: backup_codes } = unwrap(await totp.replaceBackupCodes(requirePrincipal(request), input))
      app.auditLog.backupCodesReplaced(actorOf(request))
      return { success: true as const, message: 'backup codes replaced', backup_codes }
    }
  )
}
export default twoFactorRoutes
