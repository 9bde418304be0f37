import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import type { Config } from '../../../schemas/foundation/config.ts'
import { createFail2banClient } from '../../fail2ban/client.ts'
import { faultOfProxies } from '../../net/trusted-proxies.ts'
import { plainFault } from '../../startup/plain-fault.ts'
import { faultOfDates, isSelfSigned, loadPair } from '../../tls/certificate.ts'
import { describeFault } from '../../tls/keeper.ts'
import { readSettings, readTlsFile } from '../json-files.ts'
import { type Check, fail, ok, warn } from './check.ts'

const CONNECT_MS = 3000
const DAY_MS = 86_400_000
const EXPIRES_SOON_DAYS = 14

async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

const isAny = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** Whether a program answers where the daemon of this configuration listens. */
export const portAnswers = ({ host, port }: Pick<Config, 'host' | 'port'>): Promise<boolean> =>
  answers(isAny(host) ? 'localhost' : host, port)

/** The error code of an attempt to listen there; null if it succeeds. */
async function faultOfListen(host: string, port: number): Promise<string | null> {
  const server = createServer()
  try {
    server.listen({ host, port })
    await once(server, 'listening')
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  } finally {
    server.close()
  }
}

/** `isRunning` is null where this user cannot tell: in a panel no lock shows whether a replica runs. */
export async function checkPort({ host, port }: Config, isRunning: boolean | null): Promise<Check> {
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`
  if (port === 0) return ok('port', 'MONITOR_PORT is 0: the kernel chooses the port')
  if (await portAnswers({ host, port })) {
    if (isRunning !== false) return ok('port', `the daemon listens on ${place}`)
    return fail('port', `another program uses ${place}`, `end it (ss -ltnp 'sport = :${port}'), or set MONITOR_PORT`)
  }
  if (isRunning === true)
    return fail('port', `the daemon runs, but nothing answers on ${place}`, 'journalctl -u proxmenux-monitor')
  const fault = await faultOfListen(host, port)
  if (fault !== null)
    return fail('port', `the daemon cannot listen on ${place}: ${fault}`, 'set MONITOR_HOST or MONITOR_PORT')
  return warn('port', `the daemon does not run; ${place} is free`, 'systemctl start proxmenux-monitor')
}

export async function checkCertificate({ sslConfig }: Config): Promise<Check> {
  try {
    const { enabled, cert_path = '', key_path = '' } = await readTlsFile(sslConfig)
    if (!enabled) return ok('certificate', 'HTTPS is off')
    const read = await loadPair({ cert_path, key_path })
    const remedy = 'choose another certificate on the Security page; until then the daemon serves a self-signed one'
    if (!read.ok) return fail('certificate', describeFault(read), remedy)
    const [leaf] = read.pair.chain
    const isOwn = isSelfSigned(leaf)
    const name = isOwn ? 'the self-signed certificate' : 'the certificate'
    const renew = isOwn ? 'create a new one: Security, HTTPS' : 'renew the certificate'
    const dates = faultOfDates(read.pair, Date.now())
    if (dates !== null) return fail('certificate', `${name} ${dates}`, renew)
    const end = leaf.validToDate
    // Browsers show the fingerprint, so that their user can compare it.
    const fingerprint = isOwn ? `; SHA-256 fingerprint ${leaf.fingerprint256}` : ''
    const message = `${name} is valid until ${end.toISOString()}${fingerprint}`
    const isSoon = end.getTime() - Date.now() < EXPIRES_SOON_DAYS * DAY_MS
    return isSoon ? warn('certificate', message, renew) : ok('certificate', message)
  } catch (error) {
    return fail('certificate', plainFault(error), `fix ${sslConfig}, or remove it to turn HTTPS off`)
  }
}

export async function checkProxy({ trustedProxies, configDir, publicUrl, sslConfig }: Config): Promise<Check> {
  const remedy = 'trust the proxy alone: MONITOR_TRUSTED_PROXIES, or the Security page'
  let proxies: string[]
  try {
    const { trusted_proxies: stored = [] } = await readSettings(join(configDir, 'settings.json'))
    proxies = [...new Set([...trustedProxies, ...stored])]
    const fault = faultOfProxies(proxies)
    if (fault !== null) return fail('proxy', `the trusted proxies are ignored: ${fault}`, remedy)
  } catch (error) {
    return fail('proxy', `the trusted proxies are ignored: ${plainFault(error)}`, remedy)
  }
  const isTls = await readTlsFile(sslConfig).then(
    ({ enabled }) => enabled,
    () => true
  )
  if (proxies.length === 0 && publicUrl.startsWith('https:') && !isTls)
    return warn('proxy', 'MONITOR_PUBLIC_URL is an https: address, but HTTPS is off and no proxy is trusted', remedy)
  return ok('proxy', proxies.length === 0 ? 'no proxy is trusted' : `trusted: ${proxies.join(', ')}`)
}

export async function checkFail2ban({ fail2banClient: file, fail2banJail: jail }: Config): Promise<Check> {
  const client = createFail2banClient({ file, jail })
  const status = await client.status()
  const remedy = 'see docs/fail2ban.md'
  if (status.state === 'ok') return ok('fail2ban', `the jail ${jail} bans ${status.value.banned.length} addresses`)
  return status.state === 'unreachable'
    ? fail('fail2ban', status.reason, remedy)
    : warn('fail2ban', status.reason, remedy)
}
