import { Set as setFormat } from 'typebox/format'
import { isNetwork } from './address.ts'
import { isOrigin, parseHost } from './origin.ts'

/** True for a host name without a port. */
export const isHostName = (text: string): boolean => parseHost(text)?.port === ''

/** Where syslog listens: an absolute path, or host and port; null for anything else. */
export function parseSyslogTarget(text: string): { path: string } | { host: string; port: number } | null {
  if (/^\/[^\p{C}]+$/u.test(text)) return { path: text }
  const parsed = parseHost(text)
  const port = Number(parsed?.port)
  return parsed && port >= 1 && port <= 65535 ? { host: parsed.name, port } : null
}

/** Teaches TypeBox the formats `proxy`, `host-name`, `origin` and `syslog`, before a schema that names one is compiled. */
export function registerNetworkFormats(): void {
  setFormat('proxy', isNetwork)
  setFormat('host-name', isHostName)
  setFormat('origin', isOrigin)
  setFormat('syslog', (text) => text === '' || parseSyslogTarget(text) !== null)
}
