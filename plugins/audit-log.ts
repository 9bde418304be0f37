import fp from 'fastify-plugin'
import { type Audit, createAudit } from '../lib/audit/events.ts'
import { createLogFile, type LogFile } from '../lib/audit/log-file.ts'

declare module 'fastify' {
  interface FastifyInstance {
    auditLog: Audit & Pick<LogFile, 'state' | 'check'>
  }
}

export default fp(
  async (app) => {
    const file = createLogFile({
      path: app.config.authLog,
      onTrouble(error) {
        if (error) app.log.error({ err: error, file: app.config.authLog }, 'the authentication log cannot be written')
        else app.log.warn({ file: app.config.authLog }, 'the authentication log is written again')
      }
    })
    await file.check()
    app.decorate('auditLog', {
      ...createAudit({ append: file.append, now: app.clock }),
      state: file.state,
      check: file.check
    })
    app.addHook('onClose', () => file.close())
  },
  { name: 'audit-log', dependencies: ['config', 'clock'] }
)
