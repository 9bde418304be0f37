import { join } from 'node:path'
import fp from 'fastify-plugin'
import { openStateDatabase, type StateDatabase } from '../../lib/storage/state-database.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Sessions, lockouts, token uses and the audit index. Use it only through the stores. */
    database: StateDatabase & {
      /** Faults of the database and their effects, for health. */
      faults(): string[]
    }
  }
}

const CHECK_EVERY_MS = 5000
/** How long health reports a damaged file that was replaced. */
const REPORT_DAMAGE_MS = 24 * 3_600_000

export default fp(
  async (app) => {
    const path = join(app.config.stateDir, 'state.sqlite')
    const database = openStateDatabase({
      path,
      now: app.clock,
      onSetAside: (to, rows) =>
        app.log.error({ file: path, to, rows }, 'the state database was damaged; a new file holds the readable rows'),
      onTrouble(fault) {
        if (fault)
          app.log.error({ err: fault, file: path }, 'nothing can be saved: sessions opened now end with the daemon')
        else app.log.warn({ file: path }, 'the state database is written again')
      }
    })
    app.decorate('database', {
      ...database,
      faults() {
        const fault = database.fault()
        const replacedAt = database.replacedAt()
        const faults: string[] = []
        if (fault) faults.push(`Nothing can be saved, ${fault.reason}: sessions opened now end with the daemon`)
        if (replacedAt !== null && app.clock() - replacedAt < REPORT_DAMAGE_MS)
          faults.push('State database was damaged and has been replaced')
        return faults
      }
    })
    const timer = setInterval(() => void database.check(), CHECK_EVERY_MS).unref()
    app.addHook('onClose', async () => {
      clearInterval(timer)
      await database.close()
    })
  },
  { name: 'database', dependencies: ['config', 'clock'] }
)
