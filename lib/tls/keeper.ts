import type { ConfigureBody, PairBody, SslStatus } from '../../schemas/security/ssl.ts'
import type { SslFile } from '../../schemas/security/ssl-file.ts'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import { createTimeout } from '../concurrency/with-timeout.ts'
import type { Pair, PairFault, PairResult } from './certificate.ts'
import { findProxmoxPair } from './proxmox.ts'
import type { TlsListener } from './tls-listener.ts'

export interface TlsKeeperOptions {
  tlsListener: Pick<TlsListener, 'isOn' | 'use'>
  now: () => number
  /** Host names and addresses of this machine. */
  ownNames: () => string[]
  proxmoxFolder: string
  /** Called when the configured certificate cannot be used, with the reason. */
  onBroken: (fault: string, paths: PairBody) => void
  /** Called when a self-signed certificate is served instead. */
  onEmergency: () => void
  /** Called when a renewed certificate was read from the files and is served. */
  onRenewed: (paths: PairBody) => void
  waitMs?: number
}

type Serving = { kind: 'nothing' } | { kind: 'configured' | 'emergency'; pair: Pair; from: number; to: number }

export const describeFault = ({ at, fault }: PairFault): string =>
  `the ${at === 'cert_path' ? 'certificate' : 'key'} file ${fault}`

const timedOut: PairResult = { ok: false, at: 'cert_path', fault: 'could not be read in time; its file system hangs' }

const storedPaths = ({ cert_path = '', key_path = '' }: SslFile): PairBody => ({ cert_path, key_path })

/**
 * Applies the TLS settings and certificate files to the listener. HTTPS never falls back to plain HTTP: if a
 * certificate cannot be used, the previous one stays in use, or a self-signed one is created.
 */
export function createTlsKeeper(options: TlsKeeperOptions) {
  const { tlsListener, now } = options
  const serialQueue = createSerialQueue()
  const withTimeout = createTimeout(options.waitMs ?? 3000)
  let wanted: SslFile = { enabled: false }
  let serving: Serving = { kind: 'nothing' }
  let fault: string | null = null
  let paths: PairBody = storedPaths(wanted)
  /** Version of the files at the last read. */
  let version = ''
  let polling = false
  let isFailureSeenOnce = false

  // Loaded with the first certificate: most hosts are behind a proxy and never need one.
  const load = (pair: PairBody): Promise<PairResult> =>
    withTimeout(async () => (await import('./certificate.ts')).loadPair(pair), timedOut)
  const checkDates = async (pair: Pair): Promise<string | null> =>
    (await import('./certificate.ts')).faultOfDates(pair, now())
  const findProxmox = () => withTimeout(() => findProxmoxPair(options.proxmoxFolder), null)
  const versionOf = async (pair: PairBody): Promise<string> => {
    const { versionOf } = await import('./pem-file.ts')
    return withTimeout(async () => `${await versionOf(pair.cert_path)} ${await versionOf(pair.key_path)}`, '')
  }
  /** In the names of the Monitor's client, which shows it before HTTPS is on. */
  const describeProxmox = async (pair: PairBody | null): Promise<SslStatus['cert_info']> => {
    const result = pair && (await load(pair))
    if (!result?.ok) return null
    const { describeCertificate } = await import('./describe.ts')
    const { subject, issuer, valid_to, self_signed } = describeCertificate(result.pair.chain, now())
    return { subject, issuer, expires: valid_to, is_self_signed: self_signed }
  }
  // The paths change when the administrator uploads a certificate to Proxmox.
  const pathsOf = async (settings: SslFile): Promise<PairBody> =>
    (settings.source === 'proxmox' ? await findProxmox() : null) ?? storedPaths(settings)

  const serve = (kind: 'configured' | 'emergency', pair: Pair): void => {
    tlsListener.use(pair)
    const [leaf] = pair.chain
    serving = { kind, pair, from: leaf.validFromDate.getTime(), to: leaf.validToDate.getTime() }
  }

  const fail = async (reason: string): Promise<void> => {
    if (reason !== fault) options.onBroken(reason, paths)
    fault = reason
    if (serving.kind !== 'nothing') return
    const { createSelfSigned } = await import('./self-signed.ts')
    serve('emergency', await createSelfSigned(options.ownNames(), now()))
    options.onEmergency()
  }

  const useConfigured = (pair: Pair): void => {
    fault = null
    const isSame = serving.kind === 'configured' && serving.pair.cert === pair.cert && serving.pair.key === pair.key
    // The key's file mode can have changed.
    if (isSame) serving = Object.assign(serving, { pair })
    else serve('configured', pair)
  }

  /**
   * Reads the configured files. A poll can fall between the writes of the two files of a renewal, so it reports a fault
   * only at the second failure in a row.
   */
  const read = async (isPoll: boolean): Promise<void> => {
    const before = serving
    paths = await pathsOf(wanted)
    version = await versionOf(paths)
    const result = await load(paths)
    // An expired certificate is better than a self-signed one, but must not replace the one in use.
    const isReplacement = result.ok && before.kind === 'configured' && before.pair.cert !== result.pair.cert
    const date = isReplacement ? await checkDates(result.pair) : null
    if (result.ok && date === null) {
      isFailureSeenOnce = false
      useConfigured(result.pair)
      if (isPoll && serving !== before) options.onRenewed(paths)
      return
    }
    const ignoreOnce = isPoll && fault === null && !isFailureSeenOnce
    isFailureSeenOnce = ignoreOnce
    if (!ignoreOnce) await fail(result.ok ? describeFault({ at: 'cert_path', fault: date! }) : describeFault(result))
  }

  const describePair = async (pair: Pair, host: string) => {
    const { describeCertificate, warningsOf } = await import('./describe.ts')
    return { certificate: describeCertificate(pair.chain, now()), warnings: warningsOf(pair, host, now()) }
  }

  const stop = (): void => {
    fault = null
    if (serving.kind !== 'nothing') tlsListener.use(null)
    serving = { kind: 'nothing' }
  }

  /** Reads the files again if they have changed or the last reading failed. */
  const reload = (): Promise<void> =>
    serialQueue(async () => {
      if (!wanted.enabled) return
      const isKnown = (await versionOf(await pathsOf(wanted))) === version
      if (!isKnown || fault !== null || isFailureSeenOnce) await read(true)
    })

  return {
    /** Applies changed settings. Resolves when the listener uses them. */
    follow: (settings: SslFile): Promise<void> =>
      serialQueue(async () => {
        wanted = settings
        isFailureSeenOnce = false
        paths = storedPaths(settings)
        return settings.enabled ? read(false) : stop()
      }),

    /** Call if the settings cannot be read at the start: HTTPS may have been enabled, so it is switched on. */
    distrust: (): Promise<void> => serialQueue(() => fail('ssl_config.json cannot be read')),

    reload,

    /** Like `reload`, but does nothing while an earlier poll still runs. */
    async poll(): Promise<void> {
      if (polling || !wanted.enabled) return
      polling = true
      await reload().finally(() => {
        polling = false
      })
    },

    /** Checks whether a pair may be configured, including its dates and the owners of its files. */
    async check(pair: PairBody): Promise<PairResult> {
      const result = await load(pair)
      if (result.ok && result.pair.foreignOwner) return { ok: false, ...result.pair.foreignOwner }
      const date = result.ok ? await checkDates(result.pair) : null
      return date === null ? result : { ok: false, at: 'cert_path', fault: date }
    },

    /** The paths of a configuration; null if Proxmox has no certificate. */
    choose: async ({ source, cert_path = '', key_path = '' }: ConfigureBody): Promise<PairBody | null> =>
      source === 'proxmox' ? findProxmox() : { cert_path, key_path },

    describePair,

    /** The answer of GET /api/ssl/status; `host` is the Host header of the request. */
    async describe(host: string): Promise<Omit<SslStatus, 'success' | 'pending'>> {
      const proxmox = await findProxmox()
      const shown = serving
      const about = shown.kind === 'nothing' ? null : await describePair(shown.pair, host)
      return {
        enabled: tlsListener.isOn(),
        protocol: tlsListener.isOn() ? 'https' : 'http',
        source: wanted.source ?? (wanted.enabled ? 'custom' : 'none'),
        cert_path: paths.cert_path || null,
        key_path: paths.key_path || null,
        certificate: about?.certificate ?? null,
        self_signed: shown.kind === 'emergency',
        fault,
        warnings: shown.kind === 'configured' ? about!.warnings : [],
        proxmox: {
          available: proxmox !== null,
          cert_path: proxmox?.cert_path ?? null,
          key_path: proxmox?.key_path ?? null
        },
        ssl_enabled: tlsListener.isOn(),
        proxmox_available: proxmox !== null,
        proxmox_cert: proxmox?.cert_path ?? null,
        proxmox_key: proxmox?.key_path ?? null,
        cert_info: await describeProxmox(proxmox)
      }
    },

    /** Health findings other than expiry. They are shown to callers without a token. */
    faults(): string[] {
      if (serving.kind === 'nothing') return []
      if (serving.kind === 'emergency') return ['HTTPS certificate cannot be used']
      return now() < serving.from ? ['HTTPS certificate is not valid yet'] : []
    },

    /**
     * Expiry of the configured certificate in use, milliseconds since the epoch; null if no such certificate is in use.
     */
    endsAt: (): number | null => (serving.kind === 'configured' ? serving.to : null)
  }
}
export type TlsKeeper = ReturnType<typeof createTlsKeeper>
