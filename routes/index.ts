import type { FastifyPluginAsync } from 'fastify'
import { AppError } from '../lib/api/errors.ts'
import apiTokenRoutes from './auth/api-tokens.ts'
import avatarRoutes from './auth/avatar.ts'
import confirmRoutes from './auth/confirm.ts'
import firstLaunchRoutes from './auth/first-launch.ts'
import { handOverRoutes, loginLinkRoutes } from './auth/hand-over.ts'
import loginRoutes from './auth/login.ts'
import passwordRoutes from './auth/password.ts'
import permissionRoutes from './auth/permissions.ts'
import profileRoutes from './auth/profile.ts'
import resellerRoutes from './auth/resellers.ts'
import sessionRoutes from './auth/session.ts'
import tenantRoutes from './auth/tenants.ts'
import twoFactorRoutes from './auth/two-factor.ts'
import userRoutes from './auth/users.ts'
import alertRoutes from './host/alerts.ts'
import guestRoutes from './host/guests.ts'
import hardwareRoutes from './host/hardware.ts'
import healthRoutes from './host/health.ts'
import historyRoutes from './host/history.ts'
import hostRoutes from './host/hosts.ts'
import logRoutes from './host/logs.ts'
import networkRoutes from './host/network.ts'
import processRoutes from './host/processes.ts'
import prometheusRoutes from './host/prometheus.ts'
import proxmoxRoutes from './host/proxmox.ts'
import smartRoutes from './host/smart.ts'
import storageRoutes from './host/storage.ts'
import systemRoutes from './host/system.ts'
import thresholdRoutes from './host/thresholds.ts'
import updateRoutes from './host/updates.ts'
import auditRoutes from './security/audit.ts'
import configurationRoutes from './security/configuration.ts'
import connectionRoutes from './security/connection.ts'
import connectionProbeRoutes, { connectionSocket } from './security/connection-probe.ts'
import fail2banRoutes from './security/fail2ban.ts'
import gatewayRoutes from './security/gateway.ts'
import ociRoutes from './security/oci.ts'
import pendingChangeRoutes from './security/pending-change.ts'
import sslRoutes from './security/ssl.ts'
import securityToolRoutes from './security/tools.ts'
import trustedProxyRoutes from './security/trusted-proxies.ts'
import recordingRoutes from './terminal/recordings.ts'
import terminalRoutes, { terminalSocket } from './terminal/terminal.ts'
import descriptionRoutes from './web/description.ts'
import liveRoutes, { liveSocket } from './web/live.ts'
import pageRoutes from './web/pages.ts'

/** The routes that read or set the refresh cookie. */
const cookieRoutes: FastifyPluginAsync = async (app) => {
  await app.refreshCookie.acceptIn(app)
  await app.register(loginRoutes, { prefix: '/api/auth' })
  await app.register(firstLaunchRoutes, { prefix: '/api/auth' })
  await app.register(sessionRoutes, { prefix: '/api/auth' })
  await app.register(loginLinkRoutes, { prefix: '/api/auth' })
}

const webSocketRoutes: FastifyPluginAsync = async (app) => {
  await app.webSockets.acceptIn(app)
  await app.register(connectionSocket)
  await app.register(terminalSocket)
  await app.register(liveSocket)
}

/** What is about accounts: each tenant of a panel has these routes (contract 14). */
const accountRoutes: FastifyPluginAsync = async (app) => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, forTenants: true }
  })
  await app.register(cookieRoutes)
  await app.register(passwordRoutes, { prefix: '/api/auth' })
  await app.register(twoFactorRoutes, { prefix: '/api/auth' })
  await app.register(confirmRoutes, { prefix: '/api/auth' })
  await app.register(apiTokenRoutes, { prefix: '/api/auth' })
  await app.register(profileRoutes, { prefix: '/api/auth' })
  await app.register(avatarRoutes, { prefix: '/api/auth' })
  await app.register(userRoutes, { prefix: '/api/users' })
  await app.register(resellerRoutes, { prefix: '/api/resellers' })
  await app.register(permissionRoutes, { prefix: '/api' })
  await app.register(auditRoutes, { prefix: '/api/security' })
  await app.register(descriptionRoutes, { prefix: '/api' })
}

/** The Secure Gateway. Where there can be none, each route says why (contract 16). */
const secureGatewayRoutes: FastifyPluginAsync = async (app) => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, refuses: ['CONFLICT', ...(route.config?.refuses ?? [])] }
  })
  app.addHook('preValidation', async function gatewayHost() {
    const reason = app.gateway.unavailable()
    if (reason !== null) throw new AppError('CONFLICT', { message: reason })
  })
  await app.register(gatewayRoutes, { prefix: '/api/gateway' })
  await app.register(ociRoutes, { prefix: '/api/oci' })
}

/** The URL map. */
const routes: FastifyPluginAsync = async (app) => {
  await app.register(accountRoutes)
  await app.register(handOverRoutes, { prefix: '/api/auth' })
  await app.register(hostRoutes, { prefix: '/api/hosts' })
  await app.register(tenantRoutes, { prefix: '/api/tenants' })
  await app.register(pendingChangeRoutes, { prefix: '/api/security' })
  await app.register(fail2banRoutes, { prefix: '/api/security/fail2ban' })
  await app.register(securityToolRoutes, { prefix: '/api/security' })
  await app.register(sslRoutes, { prefix: '/api/ssl' })
  await app.register(configurationRoutes, { prefix: '/api/security' })
  await app.register(connectionRoutes, { prefix: '/api/security' })
  await app.register(trustedProxyRoutes, { prefix: '/api/security' })
  await app.register(secureGatewayRoutes)
  await app.register(alertRoutes, { prefix: '/api/alerts' })
  await app.register(recordingRoutes, { prefix: '/api/terminal' })
  await app.register(systemRoutes, { prefix: '/api', version: app.openapi.version, endpoints: app.openapi.paths })
  await app.register(proxmoxRoutes, { prefix: '/api' })
  await app.register(guestRoutes, { prefix: '/api' })
  await app.register(updateRoutes, { prefix: '/api' })
  await app.register(networkRoutes, { prefix: '/api' })
  await app.register(storageRoutes, { prefix: '/api' })
  await app.register(smartRoutes, { prefix: '/api/storage/smart' })
  await app.register(hardwareRoutes, { prefix: '/api' })
  await app.register(processRoutes, { prefix: '/api/processes' })
  await app.register(logRoutes, { prefix: '/api/logs' })
  await app.register(healthRoutes, { prefix: '/api/health' })
  await app.register(thresholdRoutes, { prefix: '/api/health/thresholds' })
  await app.register(historyRoutes, { prefix: '/api/node' })
  await app.register(prometheusRoutes, { prefix: '/api' })
  await app.register(connectionProbeRoutes)
  await app.register(terminalRoutes)
  await app.register(liveRoutes)
  await app.register(webSocketRoutes)
  await app.register(pageRoutes)
}
export default routes
