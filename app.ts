import type { Server } from 'node:http'
import Fastify, { type FastifyHttpOptions, LogController, type onRouteHookHandler } from 'fastify'
import access from './plugins/auth/access.ts'
import apiTokens from './plugins/auth/api-tokens.ts'
import avatar, { type AvatarOptions } from './plugins/auth/avatar.ts'
import credentialCheck from './plugins/auth/credential-check.ts'
import firstLaunch from './plugins/auth/first-launch.ts'
import handOver from './plugins/auth/hand-over.ts'
import lockout from './plugins/auth/lockout.ts'
import login from './plugins/auth/login.ts'
import loginLink from './plugins/auth/login-link.ts'
import passwordHasher, { type PasswordHasherOptions } from './plugins/auth/password-hasher.ts'
import passwords from './plugins/auth/passwords.ts'
import refreshCookie from './plugins/auth/refresh-cookie.ts'
import resellers from './plugins/auth/resellers.ts'
import sessionIssuer from './plugins/auth/session-issuer.ts'
import sessions from './plugins/auth/sessions.ts'
import tenants from './plugins/auth/tenants.ts'
import tokenUses from './plugins/auth/token-uses.ts'
import tokens from './plugins/auth/tokens.ts'
import totp from './plugins/auth/totp.ts'
import users from './plugins/auth/users.ts'
import auditLog, { type AuditLogOptions } from './plugins/foundation/audit-log.ts'
import authStore from './plugins/foundation/auth-store.ts'
import clock, { type ClockOptions } from './plugins/foundation/clock.ts'
import config from './plugins/foundation/config.ts'
import errors from './plugins/foundation/errors.ts'
import openapi from './plugins/foundation/openapi.ts'
import panel from './plugins/foundation/panel.ts'
import requestSchemas from './plugins/foundation/request-schemas.ts'
import settings from './plugins/foundation/settings.ts'
import stores, { type StoresOptions } from './plugins/foundation/stores.ts'
import tenant from './plugins/foundation/tenant.ts'
import tlsListener from './plugins/foundation/tls-listener.ts'
import authGuard from './plugins/gates/auth-guard.ts'
import banGate from './plugins/gates/ban-gate.ts'
import clientIp from './plugins/gates/client-ip.ts'
import connectionLimit from './plugins/gates/connection-limit.ts'
import cors from './plugins/gates/cors.ts'
import httpsOnly from './plugins/gates/https-only.ts'
import originCheck from './plugins/gates/origin-check.ts'
import replyHeaders from './plugins/gates/reply-headers.ts'
import requestLimit from './plugins/gates/request-limit.ts'
import requestLog from './plugins/gates/request-log.ts'
import stepUp from './plugins/gates/step-up.ts'
import tenantGate from './plugins/gates/tenant-gate.ts'
import tickets from './plugins/gates/tickets.ts'
import webSockets from './plugins/gates/web-sockets.ts'
import alerts, { type AlertsPluginOptions } from './plugins/host/alerts.ts'
import guests from './plugins/host/guests.ts'
import hardware, { type HardwarePluginOptions } from './plugins/host/hardware.ts'
import health from './plugins/host/health.ts'
import history from './plugins/host/history.ts'
import hosts from './plugins/host/hosts.ts'
import journal, { type JournalOptions } from './plugins/host/journal.ts'
import metrics from './plugins/host/metrics.ts'
import processes, { type ProcessesOptions } from './plugins/host/processes.ts'
import sampling, { type SamplingPluginOptions } from './plugins/host/sampling.ts'
import sources, { type SourcesOptions } from './plugins/host/sources.ts'
import vitals, { type VitalsOptions } from './plugins/host/vitals.ts'
import fail2ban, { type Fail2banOptions } from './plugins/security/fail2ban.ts'
import gateway, { type GatewayPluginOptions } from './plugins/security/gateway.ts'
import pendingChange from './plugins/security/pending-change.ts'
import securityTools from './plugins/security/security-tools.ts'
import selfSigned from './plugins/security/self-signed.ts'
import tls, { type TlsOptions } from './plugins/security/tls.ts'
import trustedProxies from './plugins/security/trusted-proxies.ts'
import { serverOptions } from './plugins/server/server-options.ts'
import recordings from './plugins/terminal/recordings.ts'
import terminal from './plugins/terminal/terminal.ts'
import live from './plugins/web/live.ts'
import pages, { type PagesOptions } from './plugins/web/pages.ts'
import routes from './routes/index.ts'
import type { Config } from './schemas/foundation/config.ts'

export interface AppOptions
  extends ClockOptions,
    PasswordHasherOptions,
    AuditLogOptions,
    AvatarOptions,
    TlsOptions,
    SourcesOptions,
    HardwarePluginOptions,
    PagesOptions {
  config: Config
  version: string
  sampling?: SamplingPluginOptions
  vitals?: VitalsOptions
  processes?: ProcessesOptions
  journal?: JournalOptions
  fail2ban?: Fail2banOptions
  gateway?: GatewayPluginOptions
  alerts?: AlertsPluginOptions
  stores?: StoresOptions
  fastify?: FastifyHttpOptions<Server>
  /** Called for every registered route. */
  onRoute?: onRouteHookHandler
}

/** Builds the daemon without listening. The order of registration matters: the gates run in this order. */
export async function buildApp(options: AppOptions) {
  const logController = new LogController({ disableRequestLogging: true })
  const app = Fastify({ logController, ...serverOptions, ...options.fastify })
  if (options.onRoute) app.addHook('onRoute', options.onRoute)
  // Foundation
  await app.register(config, { config: options.config })
  await app.register(clock, options)
  await app.register(tlsListener)
  await app.register(errors)
  await app.register(requestSchemas)
  await app.register(openapi, { version: options.version })
  await app.register(tenant)
  await app.register(panel)
  await app.register(stores, options.stores ?? {})
  await app.register(settings)
  await app.register(authStore)
  await app.register(tokens)
  await app.register(sessions)
  await app.register(access)
  await app.register(tokenUses)
  await app.register(lockout)
  await app.register(auditLog, options)

  // Gates: cheapest refusal first
  await app.register(clientIp)
  await app.register(webSockets)
  await app.register(connectionLimit)
  await app.register(replyHeaders)
  await app.register(requestLog)
  await app.register(banGate)
  await app.register(requestLimit)
  await app.register(tenantGate)
  await app.register(httpsOnly)
  await app.register(originCheck)
  await app.register(cors)
  await app.register(authGuard)
  await app.register(stepUp)
  await app.register(tickets)

  // Features
  await app.register(pendingChange)
  await app.register(tls, options)
  await app.register(selfSigned)
  await app.register(trustedProxies)
  await app.register(passwordHasher, options)
  await app.register(credentialCheck)
  await app.register(passwords)
  await app.register(sessionIssuer)
  await app.register(login)
  await app.register(loginLink)
  await app.register(tenants)
  await app.register(firstLaunch)
  await app.register(totp)
  await app.register(apiTokens)
  await app.register(users)
  await app.register(resellers)
  await app.register(refreshCookie)
  await app.register(handOver)
  await app.register(avatar, options)
  await app.register(sampling, options.sampling ?? {})
  await app.register(vitals, options.vitals ?? {})
  await app.register(sources, options)
  await app.register(hardware, options)
  await app.register(processes, options.processes ?? {})
  await app.register(journal, options.journal ?? {})
  await app.register(history)
  await app.register(live)
  await app.register(guests, options)
  await app.register(recordings)
  await app.register(terminal)
  await app.register(fail2ban, options.fail2ban ?? {})
  await app.register(securityTools, options)
  await app.register(gateway, options.gateway ?? {})
  await app.register(alerts, options.alerts ?? {})
  await app.register(health)
  await app.register(hosts, options)
  await app.register(metrics)
  await app.register(pages, options)
  await app.register(routes)
  return app
}
