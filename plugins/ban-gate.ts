import fp from 'fastify-plugin'
import { type BanList, createBanList } from '../lib/ban-list.ts'
import { AppError } from '../lib/errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    banGate: BanList
  }
}

export default fp(
  async (app) => {
    const bans = createBanList()
    app.decorate('banGate', bans)
    app.addHook('onRequest', (request, _reply, done) => {
      done(bans.isBanned(request.clientIp) ? new AppError('IP_BANNED') : undefined)
    })
  },
  { name: 'ban-gate', dependencies: ['client-ip'] }
)
