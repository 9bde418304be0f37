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
  /** The configured certificate cannot be used, and why. */
  onBroken: (fault: string, paths: PairBody) => void
  /** The one this host made is served instead. */
  onEmergency: () => void
  /** Another certificate was found in the files and is served. */
  onRenewed: () => void
  waitMs?: number
}

type Serving = { kind: 'nothing' } | { kind: 'configured' | 'emergency'; pair: Pair; from: number; to: number }

export const describeFault = ({ at, fault }: PairFault): string =>
  `the ${at === 'cert_path' ? 'certificate' : 'key'} file ${fault}`

const hanging: PairResult = { ok: false, at: 'cert_path', fault: 'does not answer; its file system hangs' }

const stored = ({ cert_path = '', key_path = '' }: SslFile): PairBody => ({ cert_path, key_path })

/**
 * Keeps what the port speaks in step with the settings and the certificate's files. What was switched on is never served
 * in the clear: a certificate that cannot be used leaves the one before it in service, else one this host makes.
 */
export function createTlsKeeper(options: TlsKeeperOptions) {
  const { tlsListener, now } = options
  const turns = createSerialQueue()
  const withTimeout = createTimeout(options.waitMs ?? 3000)
  let wanted: SslFile = { enabled: false }
  let serving: Serving = { kind: 'nothing' }
  let fault: string | null = null
  let paths: PairBody = stored(wanted)
  /** The files as they were when they were last read. */
  let version = ''
  let looking = false
  let doubted = false

  // Loaded with the first certificate: most hosts stand behind a proxy and never have one.
  const load = (pair: PairBody): Promise<PairResult> =>
    withTimeout(async () => (await import('./certificate.ts')).loadPair(pair), hanging)
  const dated = async (pair: Pair): Promise<string | null> =>
    (await import('./certificate.ts')).faultOfDates(pair, now())
  const findProxmox = () => withTimeout(() => findProxmoxPair(options.proxmoxFolder), null)
  const versionOf = async (pair: PairBody): Promise<string> => {
    const { versionOf } = await import('./pem-file.ts')
    return withTimeout(async () => `${await versionOf(pair.cert_path)} ${await versionOf(pair.key_path)}`, '')
  }
  // Proxmox has another pair once its administrator uploads one.
  const pathsOf = async (settings: SslFile): Promise<PairBody> =>
    (settings.source === 'proxmox' ? await findProxmox() : null) ?? stored(settings)

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

  const take = (pair: Pair): void => {
    fault = null
    const isSame = serving.kind === 'configured' && serving.pair.cert === pair.cert && serving.pair.key === pair.key
    // Who may read the key can have changed.
    if (isSame) serving = Object.assign(serving, { pair })
    else serve('configured', pair)
  }

  /** Reads the files of the settings. A poll may come between the two files of a renewal, and believes what it sees twice. */
  const read = async (isPoll: boolean): Promise<void> => {
    const before = serving
    paths = await pathsOf(wanted)
    version = await versionOf(paths)
    const result = await load(paths)
    // What is out of date is better than what this host makes, but not than what is served.
    const isOther = result.ok && before.kind === 'configured' && before.pair.cert !== result.pair.cert
    const date = isOther ? await dated(result.pair) : null
    if (result.ok && date === null) {
      doubted = false
      take(result.pair)
      if (isPoll && serving !== before) options.onRenewed()
      return
    }
    const isDoubt = isPoll && fault === null && !doubted
    doubted = isDoubt
    if (!isDoubt) await fail(result.ok ? describeFault({ at: 'cert_path', fault: date! }) : describeFault(result))
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

  /** Looks whether the files have changed. */
  const look = (): Promise<void> =>
    turns(async () => {
      if (!wanted.enabled) return
      const isKnown = (await versionOf(await pathsOf(wanted))) === version
      if (!isKnown || fault !== null || doubted) await read(true)
    })

  return {
    /** The settings have changed. Resolves when the port speaks as they say. */
    follow: (settings: SslFile): Promise<void> =>
      turns(async () => {
        wanted = settings
        doubted = false
        paths = stored(settings)
        return settings.enabled ? read(false) : stop()
      }),

    /** The settings cannot be read at the start: they may have said HTTPS. */
    distrust: (): Promise<void> => turns(() => fail('ssl_config.json cannot be read')),

    look,

    /** Looks, unless the look before has not ended. */
    async poll(): Promise<void> {
      if (looking || !wanted.enabled) return
      looking = true
      await look().finally(() => {
        looking = false
      })
    },

    /** Whether a pair may come into service, dates and owners of its files included. */
    async check(pair: PairBody): Promise<PairResult> {
      const result = await load(pair)
      if (result.ok && result.pair.foreign) return { ok: false, ...result.pair.foreign }
      const date = result.ok ? await dated(result.pair) : null
      return date === null ? result : { ok: false, at: 'cert_path', fault: date }
    },

    /** The files a configuration means; null where Proxmox has none. */
    choose: async ({ source, cert_path = '', key_path = '' }: ConfigureBody): Promise<PairBody | null> =>
      source === 'proxmox' ? findProxmox() : { cert_path, key_path },

    describePair,

    /** What the dashboard shows; `host` is the name it was reached under. */
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
        }
      }
    },

    /** What health has to say of it beside its end, for callers without a token. */
    faults(): string[] {
      if (serving.kind === 'nothing') return []
      if (serving.kind === 'emergency') return ['HTTPS certificate cannot be used']
      return now() < serving.from ? ['HTTPS certificate is not valid yet'] : []
    },

    /** When the configured certificate that is served ends, milliseconds since the epoch; null where none is. */
    endsAt: (): number | null => (serving.kind === 'configured' ? serving.to : null)
  }
}
export type TlsKeeper = ReturnType<typeof createTlsKeeper>
