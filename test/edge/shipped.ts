import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Certificate } from './certificate.ts'

export const deployFolder = resolve(import.meta.dirname, '../../deploy')
export const shipped = (name: string): string => readFileSync(resolve(deployFolder, name), 'utf8')

/** Replaces what must be there, everywhere. */
function replace(text: string, from: string | RegExp, to: string): string {
  const isThere = typeof from === 'string' ? text.includes(from) : from.test(text)
  if (!isThere) throw new Error(`there is no ${from} to be replaced`)
  return text.replaceAll(typeof from === 'string' ? from : new RegExp(from, `${from.flags}g`), () => to)
}

const SECTION = /^[ \t]*# Begin: only with TLS[\s\S]*?# End: only with TLS\n/m

/** A file as its own comments have it for a closed network: without the server that redirects, and with `door` for TLS. */
export function withoutTls(file: string, door?: string): string {
  const rest = shipped(file).replace(SECTION, '')
  return door === undefined ? rest : replace(rest, SECTION, `${door}\n`)
}

/** The shipped files with other ports, paths and addresses, and nothing else changed. */
export const nginx = {
  http: (...daemons: string[]) =>
    replace(
      shipped('nginx/proxmenux-monitor-http.conf'),
      'server 127.0.0.1:8008;',
      daemons.map((daemon) => `server ${daemon};`).join(' ')
    ),
  /** On its own ports, 80 and 443, of all addresses. */
  hostAsItIs: ({ cert, key }: Certificate) => {
    const text = replace(
      shipped('nginx/proxmenux-monitor.conf'),
      '/etc/letsencrypt/live/monitor.example.com/fullchain.pem',
      cert
    )
    return replace(text, '/etc/letsencrypt/live/monitor.example.com/privkey.pem', key)
  },
  host: (ports: { plain: number; tls: number }, certificate: Certificate) => {
    let text = replace(nginx.hostAsItIs(certificate), /\n *listen \[::\].*/, '')
    text = replace(text, 'listen 80;', `listen 127.0.0.1:${ports.plain};`)
    return replace(text, 'listen 443 ', `listen 127.0.0.1:${ports.tls} `)
  },
  plainHost: (port: number) => withoutTls('nginx/proxmenux-monitor.conf', `listen 127.0.0.1:${port};`)
}

export const caddy = {
  /** Ports are Caddy's own settings, before all sites. */
  global: (ports: { plain: number; tls: number }) =>
    `{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port ${ports.plain}\n\thttps_port ${ports.tls}\n}\n`,
  site: (file: 'Caddyfile' | 'Caddyfile.subpath', daemon: number, { cert, key }: Certificate) =>
    replace(caddy.reach(shipped(`caddy/${file}`), daemon), /# tls .*/, `tls ${cert} ${key}`),
  plainSite: (file: 'Caddyfile' | 'Caddyfile.subpath', daemon: number, port: number) => {
    const text = file === 'Caddyfile' ? withoutTls(`caddy/${file}`) : shipped(`caddy/${file}`)
    return caddy.reach(text, daemon).replace(/^(\S*example\.com) \{/m, `http://$1:${port} {`)
  },
  reach: (text: string, daemon: number) =>
    replace(text, 'reverse_proxy 127.0.0.1:8008', `reverse_proxy 127.0.0.1:${daemon}`)
}

export const haproxy = {
  host: (daemon: number, ports: { plain: number; tls: number }, { both }: Certificate) => {
    let text = haproxy.reach(shipped('haproxy/haproxy.cfg'), daemon)
    text = replace(text, 'bind :::80 v4v6\n    # A', `bind 127.0.0.1:${ports.plain}\n    # A`)
    text = replace(text, 'bind :::443 v4v6', `bind 127.0.0.1:${ports.tls}`)
    return replace(text, '/etc/haproxy/certs/monitor.example.com.pem', both)
  },
  plainHost: (daemon: number, port: number) =>
    haproxy.reach(withoutTls('haproxy/haproxy.cfg', `    bind 127.0.0.1:${port}`), daemon),
  reach: (text: string, daemon: number) =>
    replace(text, 'server monitor 127.0.0.1:8008', `server monitor 127.0.0.1:${daemon}`)
}
