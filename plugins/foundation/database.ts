import { join } from 'node:path'
import fp from 'fastify-plugin'
import { openStateDatabase, type StateDatabase } from '../../lib/storage/state-database.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Sessions, lockouts, uses of tokens and the audit index. Read through the stores only. */
    database: StateDatabase & {
      /** What is wrong with it and what that means, for health. */
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
        app.log.error({ file: path, to, rows }, 'the state database was damaged; what could be read is in a new file'),
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
