import fp from 'fastify-plugin'
import { type Audit, createAudit } from '../../lib/audit/events.ts'
import { createIndexWriter } from '../../lib/audit/index-writer.ts'
import { type AuditEntry, formatJournalLine, formatLine } from '../../lib/audit/line.ts'
import { formatJsonLine, listEvents } from '../../lib/audit/listing.ts'
import { createLogFile, type LogFile } from '../../lib/audit/log-file.ts'
import { OPERATOR } from '../../lib/auth/tenants.ts'
import type { AuditQuery } from '../../lib/storage/stores/audit.ts'

declare module 'fastify' {
  interface FastifyInstance {
    auditLog: Audit & {
      /** The state of the authentication log's file. */
      state: LogFile['state']
      /** Reopens the files. */
      check(): Promise<void>
      /** The logs that cannot be written at present, for health. */
      faults(): string[]
      /** Number of times each event occurred since the start. */
      counts(): ReadonlyMap<string, number>
      /** Calls `listener` with each event, before the request that caused it is answered. It must return at once. */
      onEvent(listener: (entry: AuditEntry) => void): void
      /** Lists events, including all events reported before the call. */
      list(query: AuditQuery): ReturnType<typeof listEvents>
    }
  }
}

/** A destination of events. A slow sink delays neither the other sinks nor the caller. */
interface Sink {
  name: string
  append(entry: AuditEntry): void
  state(): { writable: boolean }
  close(): Promise<void>
}

export interface AuditLogOptions {
  /** Writes a line to the journal; absent if standard error is not connected to the journal. */
  writeJournal?: (line: string) => void
}

/** Security events, each in the authentication log, the index, the journal and, where configured, JSON lines. */
export default fp<AuditLogOptions>(
  async (app, { writeJournal }) => {
    const { authLog, auditJson } = app.config
    const reportTo = (name: string, to: string) => (error: Error | null) => {
      if (error) app.log.error({ err: error, to }, `${name} cannot be written`)
      else app.log.warn({ to }, `${name} is written again`)
    }
    const openFile = (name: string, path: string, format: (entry: AuditEntry) => string) => {
      const file = createLogFile({ path, onTrouble: reportTo(name, path) })
      return { ...file, name, append: (entry: AuditEntry) => file.append(format(entry)) }
    }

    const log = openFile('Authentication log', authLog, formatLine)
    const files = auditJson === '' ? [log] : [log, openFile('Audit JSON log', auditJson, formatJsonLine)]
    const check = async () => void (await Promise.all(files.map((file) => file.check())))
    const { audit: store } = app.stores
    const index = createIndexWriter({ store, onTrouble: reportTo('Audit index', 'index') })
    const sinks: Sink[] = [...files, { ...index, name: 'Audit index' }]

    await check()
    const counts = new Map<string, number>()
    const listeners: ((entry: AuditEntry) => void)[] = []
    const write = (written: AuditEntry) => {
      const tenant = app.tenant.orOperator()
      const entry = tenant === OPERATOR ? written : { ...written, tenant }
      counts.set(entry.event, (counts.get(entry.event) ?? 0) + 1)
      for (const sink of sinks) sink.append(entry)
      writeJournal?.(formatJournalLine(entry))
      for (const listener of listeners) listener(entry)
    }
    const audit = createAudit({ write, now: app.clock })
    app.stores.onReplaced(() => audit.stateDatabaseReplaced({ address: '' }))
    app.decorate('auditLog', {
      ...audit,
      state: log.state,
      check,
      counts: () => counts,
      onEvent: (listener) => void listeners.push(listener),
      faults: () => sinks.filter((sink) => !sink.state().writable).map(({ name }) => `${name} cannot be written`),
      async list(query) {
        await index.settle()
        return listEvents(store, query)
      }
    })
    app.addHook('onClose', async () => void (await Promise.all(sinks.map((sink) => sink.close()))))
  },
  { name: 'audit-log', dependencies: ['config', 'clock', 'stores', 'tenant'] }
)
