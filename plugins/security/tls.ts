import { readFileSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { dirname, join } from 'node:path'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { listOwnNames } from '../../lib/net/own-names.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { createJsonFile } from '../../lib/storage/json-file.ts'
import { makeFolder } from '../../lib/storage/make-folder.ts'
import { createTlsKeeper, type TlsKeeper } from '../../lib/tls/keeper.ts'
import { PROXMOX_FOLDER } from '../../lib/tls/proxmox.ts'
import { type SslFile, SslFileSchema } from '../../schemas/security/ssl-file.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tls: Pick<TlsKeeper, 'check' | 'choose' | 'describe' | 'describePair' | 'faults' | 'endsAt'> & {
      /** The content of ssl_config.json; HTTPS is off if there is no such file. Throws CONFLICT if it cannot be read. */
      stored(): SslFile
      /** Host names and addresses of this machine. */
      ownNames(): string[]
      /** Stores the settings and applies them. */
      change(settings: SslFile): Promise<void>
      /** Reads ssl_config.json and the certificate's files now. */
      refresh(): Promise<void>
    }
  }
}

export interface TlsOptions {
  tls?: { proxmoxFolder?: string; pollMs?: number }
}

const FILE = 'ssl_config.json'
/** The actor of events that the host itself causes. */
const HOST = { address: '' }

/** An empty text if it cannot be read. */
function readHostsFile(): string {
  try {
    return readFileSync('/etc/hosts', 'utf8')
  } catch {
    return ''
  }
}

const ownNames = (): string[] => {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const names = listOwnNames(hostname(), readHostsFile())
  return [...new Set([...names, 'localhost', ...addresses.map(({ address }) => address)])]
}

export default fp<TlsOptions>(
  async (app, { tls: { proxmoxFolder = PROXMOX_FOLDER, pollMs = 5000 } = {} }) => {
    const { tlsListener, auditLog } = app
    const keeper = createTlsKeeper({
      tlsListener,
      now: app.clock,
      ownNames,
      proxmoxFolder,
      onBroken(fault, paths) {
        app.log.error({ fault, ...paths }, 'the TLS certificate cannot be used')
        // Without a path if ssl_config.json itself cannot be read.
        auditLog.certificateBroken({ ...HOST, ...(paths.cert_path !== '' && { target: paths.cert_path }) })
      },
      onEmergency() {
        app.log.error('HTTPS uses a self-signed certificate until the configured certificate is fixed')
        auditLog.certificateSelfSigned(HOST)
      },
      onRenewed({ cert_path: target }) {
        app.log.info('the TLS certificate was renewed')
        auditLog.certificateRenewed({ ...HOST, target })
      }
    })

    let isOpen = false
    let writing = 0
    const follow = async (settings: SslFile, byHand: boolean) => {
      const wasOn = tlsListener.isOn()
      await keeper.follow(settings)
      if (!byHand || tlsListener.isOn() === wasOn) return
      app.log.warn({ https: tlsListener.isOn() }, `${FILE} was changed by hand`)
      if (wasOn) auditLog.tlsDisabled(HOST)
      else auditLog.tlsEnabled(HOST)
    }
    const path = app.config.sslConfig
    const file = createJsonFile({
      path,
      schema: SslFileSchema,
      lock: createFileLock(join(app.config.configDir, '.ssl.lock')),
      pollMs: 1000,
      onChange(state) {
        if (state.status === 'broken') app.log.error({ file: path, fault: state.fault }, `${FILE} cannot be read`)
        if (!isOpen || state.status !== 'ok') return
        follow(state.data, writing === 0).catch((err) => app.log.error({ err }, `${FILE} cannot be applied`))
      }
    })
    const unreadable = () =>
      new AppError('CONFLICT', { message: `${FILE} cannot be read; fix it first (the log names the fault)` })
    const write = async (mutate: (draft: SslFile) => void) => {
      writing++
      try {
        makeFolder(dirname(path))
        await file.update(mutate)
        const state = file.state()
        // Even if nothing was written: the files at these paths may have changed.
        if (state.status === 'ok') await keeper.follow(state.data)
      } catch (error) {
        if ((error as Error).name !== 'FileBrokenError') throw error
        throw unreadable()
      } finally {
        writing--
      }
    }

    const state = await file.open()
    isOpen = true
    if (state.status === 'broken') await keeper.distrust()
    else await keeper.follow(state.status === 'ok' ? state.data : { enabled: false })

    const stored = (): SslFile => {
      const present = file.state()
      if (present.status === 'broken') throw unreadable()
      return present.status === 'ok' ? present.data : { enabled: false }
    }
    app.decorate('tls', {
      ...keeper,
      stored,
      ownNames,
      change: (settings) => write((draft) => void Object.assign(draft, settings)),
      refresh: async () => {
        await file.refresh()
        await keeper.reload()
      }
    })
    app.pendingChange.own('tls', {
      read: stored,
      write: (value) =>
        write((draft) => {
          for (const key of Object.keys(draft)) delete draft[key as keyof SslFile]
          Object.assign(draft, value)
        }),
      // The connection was opened after the change and, with HTTPS on, is encrypted, here or at a trusted proxy.
      isUnder: ({ scheme, socket }) => tlsListener.isCurrent(socket) && (scheme === 'https' || !tlsListener.isOn())
    })

    const timer = setInterval(() => {
      keeper.poll().catch((err) => app.log.error({ err }, 'the TLS certificate cannot be checked'))
    }, pollMs).unref()
    app.addHook('onClose', async () => {
      clearInterval(timer)
      await file.close()
    })
  },
  { name: 'tls', dependencies: ['config', 'clock', 'tls-listener', 'audit-log', 'pending-change'] }
)
