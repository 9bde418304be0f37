import type { Server } from 'node:http'
import Fastify, { type FastifyHttpOptions, LogController, type onRouteHookHandler } from 'fastify'
import type { HostPrograms } from './lib/host/late-reader.ts'
import { serverOptions } from './lib/server-options.ts'
import accounts, { type AccountsOptions } from './plugins/accounts.ts'
import auditLog from './plugins/audit-log.ts'
import authGuard from './plugins/auth-guard.ts'
import authStore from './plugins/auth-store.ts'
import avatars, { type AvatarsOptions } from './plugins/avatars.ts'
import banGate from './plugins/ban-gate.ts'
import clientIp from './plugins/client-ip.ts'
import clock, { type ClockOptions } from './plugins/clock.ts'
import config from './plugins/config.ts'
import connectionLimit from './plugins/connection-limit.ts'
import cors from './plugins/cors.ts'
import database from './plugins/database.ts'
import edge from './plugins/edge.ts'
import errors from './plugins/errors.ts'
import fail2ban, { type Fail2banOptions } from './plugins/fail2ban.ts'
import health from './plugins/health.ts'
import history from './plugins/history.ts'
import httpsOnly from './plugins/https-only.ts'
import journal, { type JournalOptions } from './plugins/journal.ts'
import live from './plugins/live.ts'
import lockout from './plugins/lockout.ts'
import metrics from './plugins/metrics.ts'
import network, { type NetworkOptions } from './plugins/network.ts'
import openapi from './plugins/openapi.ts'
import originCheck from './plugins/origin-check.ts'
import pages, { type PagesOptions } from './plugins/pages.ts'
import pendingChange from './plugins/pending-change.ts'
import processes, { type ProcessesOptions } from './plugins/processes.ts'
import proxmox from './plugins/proxmox.ts'
import recordings from './plugins/recordings.ts'
import refreshCookie from './plugins/refresh-cookie.ts'
import replyHeaders from './plugins/reply-headers.ts'
import requestLimit from './plugins/request-limit.ts'
import requestLog from './plugins/request-log.ts'
import requestSchemas from './plugins/request-schemas.ts'
import sampling, { type SamplingPluginOptions } from './plugins/sampling.ts'
import sessions from './plugins/sessions.ts'
import settings from './plugins/settings.ts'
import stepUp from './plugins/step-up.ts'
import storage, { type StorageOptions } from './plugins/storage.ts'
import terminals from './plugins/terminals.ts'
import tickets, { type TicketsOptions } from './plugins/tickets.ts'
import timeSync from './plugins/time-sync.ts'
import tls, { type TlsOptions } from './plugins/tls.ts'
import tokenUses from './plugins/token-uses.ts'
import tokens from './plugins/tokens.ts'
import trustedProxies from './plugins/trusted-proxies.ts'
import units from './plugins/units.ts'
import updates from './plugins/updates.ts'
import vitals, { type VitalsOptions } from './plugins/vitals.ts'
import webSockets from './plugins/web-sockets.ts'
import routes from './routes/index.ts'
import type { Config } from './schemas/config.ts'

export interface AppOptions
  extends ClockOptions,
    AccountsOptions,
    AvatarsOptions,
    TlsOptions,
    HostPrograms,
    PagesOptions {
  config: Config
  version: string
  sampling?: SamplingPluginOptions
  vitals?: VitalsOptions
  network?: NetworkOptions
  storage?: StorageOptions
  processes?: ProcessesOptions
  journal?: JournalOptions
  fail2ban?: Fail2banOptions
  tickets?: TicketsOptions
  fastify?: FastifyHttpOptions<Server>
  /** Sees every route there is, whoever registers it. */
  onRoute?: onRouteHookHandler
}

/** Builds the daemon without listening. Registration order is behaviour: the gates run in the order of their lines. */
export async function buildApp(options: AppOptions) {
  const logController = new LogController({ disableRequestLogging: true })
  const app = Fastify({ logController, ...serverOptions, ...options.fastify })
  if (options.onRoute) app.addHook('onRoute', options.onRoute)
  // Foundation
  await app.register(config, { config: options.config })
  await app.register(clock, options)
  await app.register(edge)
  await app.register(errors)
  await app.register(requestSchemas)
  await app.register(openapi, { version: options.version })
  await app.register(settings)
  await app.register(authStore)
  await app.register(tokens)
  await app.register(database)
  await app.register(sessions)
  await app.register(tokenUses)
  await app.register(lockout)
  await app.register(auditLog)

  // Gates: cheapest refusal first
  await app.register(clientIp)
  await app.register(webSockets)
  await app.register(connectionLimit)
  await app.register(replyHeaders)
  await app.register(requestLog)
  await app.register(banGate)
  await app.register(requestLimit)
  await app.register(httpsOnly)
  await app.register(originCheck)
  await app.register(cors)
  await app.register(authGuard)
  await app.register(stepUp)
  await app.register(tickets, options.tickets ?? {})

  // Features
  await app.register(pendingChange)
  await app.register(tls, options)
  await app.register(trustedProxies)
  await app.register(accounts, options)
  await app.register(refreshCookie)
  await app.register(avatars, options)
  await app.register(sampling, options.sampling ?? {})
  await app.register(vitals, options.vitals ?? {})
  await app.register(proxmox, options)
  await app.register(updates, options)
  await app.register(units, options)
  await app.register(timeSync, options)
  await app.register(network, options.network ?? {})
  await app.register(storage, options.storage ?? {})
  await app.register(processes, options.processes ?? {})
  await app.register(journal, options.journal ?? {})
  await app.register(history)
  await app.register(live)
  await app.register(recordings)
  await app.register(terminals)
  await app.register(fail2ban, options.fail2ban ?? {})
  await app.register(health)
  await app.register(metrics)
  await app.register(pages, options)
  await app.register(routes)
  return app
}
