import type { FastifyPluginAsync } from 'fastify'
import apiTokenRoutes from './api-tokens.ts'
import auditRoutes from './audit.ts'
import avatarRoutes from './avatar.ts'
import confirmRoutes from './confirm.ts'
import connectionRoutes from './connection.ts'
import connectionProbeRoutes, { connectionSocket } from './connection-probe.ts'
import descriptionRoutes from './description.ts'
import fail2banRoutes from './fail2ban.ts'
import firstLaunchRoutes from './first-launch.ts'
import healthRoutes from './health.ts'
import historyRoutes from './history.ts'
import liveRoutes, { liveSocket } from './live.ts'
import loginRoutes from './login.ts'
import logRoutes from './logs.ts'
import networkRoutes from './network.ts'
import pageRoutes from './pages.ts'
import passwordRoutes from './password.ts'
import pendingChangeRoutes from './pending-change.ts'
import permissionRoutes from './permissions.ts'
import processRoutes from './processes.ts'
import profileRoutes from './profile.ts'
import prometheusRoutes from './prometheus.ts'
import proxmoxRoutes from './proxmox.ts'
import recordingRoutes from './recordings.ts'
import sessionRoutes from './session.ts'
import sslRoutes from './ssl.ts'
import storageRoutes from './storage.ts'
import systemRoutes from './system.ts'
import terminalRoutes, { terminalSocket } from './terminal.ts'
import trustedProxyRoutes from './trusted-proxies.ts'
import twoFactorRoutes from './two-factor.ts'
import updateRoutes from './updates.ts'
import userRoutes from './users.ts'

/** Those that read or set the refresh cookie. */
const cookieRoutes: FastifyPluginAsync = async (app) => {
  await app.refreshCookie.acceptIn(app)
  await app.register(loginRoutes, { prefix: '/api/auth' })
  await app.register(firstLaunchRoutes, { prefix: '/api/auth' })
  await app.register(sessionRoutes, { prefix: '/api/auth' })
}

const webSocketRoutes: FastifyPluginAsync = async (app) => {
  await app.webSockets.acceptIn(app)
  await app.register(connectionSocket)
  await app.register(terminalSocket)
  await app.register(liveSocket)
}

/** The URL map. */
const routes: FastifyPluginAsync = async (app) => {
  await app.register(cookieRoutes)
  await app.register(passwordRoutes, { prefix: '/api/auth' })
  await app.register(twoFactorRoutes, { prefix: '/api/auth' })
  await app.register(confirmRoutes, { prefix: '/api/auth' })
  await app.register(apiTokenRoutes, { prefix: '/api/auth' })
  await app.register(profileRoutes, { prefix: '/api/auth' })
  await app.register(avatarRoutes, { prefix: '/api/auth' })
  await app.register(userRoutes, { prefix: '/api/users' })
  await app.register(permissionRoutes, { prefix: '/api' })
  await app.register(pendingChangeRoutes, { prefix: '/api/security' })
  await app.register(fail2banRoutes, { prefix: '/api/security/fail2ban' })
  await app.register(auditRoutes, { prefix: '/api/security' })
  await app.register(sslRoutes, { prefix: '/api/ssl' })
  await app.register(connectionRoutes, { prefix: '/api/security' })
  await app.register(trustedProxyRoutes, { prefix: '/api/security' })
  await app.register(recordingRoutes, { prefix: '/api/terminal' })
  await app.register(systemRoutes, { prefix: '/api', version: app.openapi.version, endpoints: app.openapi.paths })
  await app.register(proxmoxRoutes, { prefix: '/api' })
  await app.register(updateRoutes, { prefix: '/api' })
  await app.register(networkRoutes, { prefix: '/api' })
  await app.register(storageRoutes, { prefix: '/api' })
  await app.register(processRoutes, { prefix: '/api/processes' })
  await app.register(logRoutes, { prefix: '/api/logs' })
  await app.register(healthRoutes, { prefix: '/api/health' })
  await app.register(historyRoutes, { prefix: '/api/node' })
  await app.register(prometheusRoutes, { prefix: '/api' })
  await app.register(descriptionRoutes, { prefix: '/api' })
  await app.register(connectionProbeRoutes)
  await app.register(terminalRoutes)
  await app.register(liveRoutes)
  await app.register(webSocketRoutes)
  await app.register(pageRoutes)
}
export default routes
