import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { type BanList, createBanList } from '../../lib/fail2ban/ban-list.ts'

declare module 'fastify' {
  interface FastifyInstance {
    banGate: BanList
  }
}

export default fp(
  async (app) => {
    const bans = createBanList()
    app.decorate('banGate', bans)
    app.addHook('onRequest', function banGate(request, _reply, done) {
      done(bans.isBanned(request.clientIp) ? new AppError('IP_BANNED') : undefined)
    })
  },
  { name: 'ban-gate', dependencies: ['client-ip'] }
)
