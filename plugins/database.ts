import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import fp from 'fastify-plugin'
import { openDatabase } from '../lib/storage/database.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** What happened: sessions, lockouts, uses of tokens. Read through the stores only. */
    database: DatabaseSync
  }
}

export default fp(
  async (app) => {
    const path = join(app.config.stateDir, 'state.sqlite')
    const database = openDatabase(path, (to) =>
      app.log.error({ file: path, to }, 'the state database was broken and has been moved aside')
    )
    app.decorate('database', database)
    app.addHook('onClose', async () => database.close())
  },
  { name: 'database', dependencies: ['config'] }
)
