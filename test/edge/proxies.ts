import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Certificate, HOST, SHARED_HOST } from './certificate.ts'
import { freePorts, type Life, listens, type Program, start } from './programs.ts'
import { caddy, deployFolder, haproxy, nginx } from './shipped.ts'

/** A way to the daemon: what a client has to know of it. */
export interface Way {
  name: string
  scheme: 'http' | 'https'
  port: number
  host: string
  /** Path in front of everything, or nothing. */
  prefix: string
  /** Where plain HTTP is refused or redirected, when this way is HTTPS. */
  plainPort?: number
  http2: boolean
  /** Its programs' own words, for when a cell is red. */
  output: () => string
}

export interface Surroundings {
  life: Life
  folder: string
  certificate: Certificate
  /** Port of the daemon on 127.0.0.1. */
  daemon: number
}

const PREFIX = '/proxmenux-monitor'

/** A nginx.conf around shipped files, in a folder of its own: the program's arguments. */
export function writeNginx(folder: string, ...parts: string[]): string[] {
  const place = join(folder, 'nginx')
  mkdirSync(place, { recursive: true })
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const main = [
    process.getuid!() === 0 ? 'user root;' : '',
    `daemon off; pid ${place}/pid; error_log stderr; worker_processes 1;`,
    'events {}',
    'http {',
    `access_log ${place}/access.log;`,
    ...temporary.map((name) => `${name}_temp_path ${place}/${name};`),
    ...parts,
    '}'
  ]
  writeFileSync(join(place, 'nginx.conf'), main.join('\n'))
  return ['-p', place, '-e', 'stderr', '-c', join(place, 'nginx.conf')]
}

type NginxPorts = Record<'hostPlain' | 'hostTls' | 'plain' | 'subPlain' | 'subTls', number>

const writeAllNginx = ({ folder, certificate, daemon }: Surroundings, ports: NginxPorts) =>
  writeNginx(
    folder,
    nginx.http(`127.0.0.1:${daemon}`),
    nginx.host({ plain: ports.hostPlain, tls: ports.hostTls }, certificate),
    nginx.plainHost(ports.plain),
    // What was there before the Monitor came.
    'server {',
    `listen 127.0.0.1:${ports.subPlain}; listen 127.0.0.1:${ports.subTls} ssl http2;`,
    `ssl_certificate ${certificate.cert}; ssl_certificate_key ${certificate.key};`,
    `server_name ${SHARED_HOST};`,
    `include ${deployFolder}/nginx/proxmenux-monitor-subpath.conf;`,
    '}'
  )

const nginxPorts = () => freePorts('hostPlain', 'hostTls', 'plain', 'subPlain', 'subTls')

/** Arguments for `nginx -t` over the shipped files. */
export const nginxArguments = async (around: Surroundings) => writeAllNginx(around, await nginxPorts())

export async function startNginx(around: Surroundings): Promise<Way[]> {
  const ports = await nginxPorts()
  const program = start(around.life, '/usr/sbin/nginx', writeAllNginx(around, ports))
  for (const port of Object.values(ports)) await listens(program, port)
  const { output } = program
  const host = { name: 'Nginx host', host: HOST, prefix: '', output }
  const path = { name: 'Nginx sub-path', host: SHARED_HOST, prefix: PREFIX, output }
  return [
    { ...host, scheme: 'http', port: ports.plain, http2: false },
    { ...host, scheme: 'https', port: ports.hostTls, plainPort: ports.hostPlain, http2: true },
    { ...path, scheme: 'http', port: ports.subPlain, http2: false },
    { ...path, scheme: 'https', port: ports.subTls, http2: true }
  ]
}

export async function startCaddy(around: Surroundings): Promise<Way[]> {
  const { life, folder, certificate, daemon } = around
  const ports = await freePorts('plain', 'tls', 'hostPlain', 'subPlain')
  const file = join(folder, 'Caddyfile')
  const text = [
    caddy.global(ports),
    caddy.site('Caddyfile', daemon, certificate),
    caddy.plainSite('Caddyfile', daemon, ports.hostPlain),
    caddy.site('Caddyfile.subpath', daemon, certificate),
    caddy.plainSite('Caddyfile.subpath', daemon, ports.subPlain)
  ]
  writeFileSync(file, text.join('\n'))
  const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const program = start(life, '/usr/bin/caddy', ['run', '--config', file, '--adapter', 'caddyfile'], env)
  for (const port of Object.values(ports)) await listens(program, port)
  const { output } = program
  const host = { name: 'Caddy host', host: HOST, prefix: '', output }
  const path = { name: 'Caddy sub-path', host: SHARED_HOST, prefix: PREFIX, output }
  return [
    { ...host, scheme: 'http', port: ports.hostPlain, http2: false },
    { ...host, scheme: 'https', port: ports.tls, plainPort: ports.plain, http2: true },
    { ...path, scheme: 'http', port: ports.subPlain, http2: false },
    { ...path, scheme: 'https', port: ports.tls, http2: true }
  ]
}

export async function startHaproxy({ life, folder, certificate, daemon }: Surroundings): Promise<Way[]> {
  const ports = await freePorts('plain', 'tls', 'hostPlain')
  const begin = async (name: string, text: string, listening: number[]): Promise<Program> => {
    const file = join(folder, name)
    writeFileSync(file, text)
    const program = start(life, '/usr/sbin/haproxy', ['-db', '-f', file])
    for (const port of listening) await listens(program, port)
    return program
  }
  const tls = await begin('haproxy-tls.cfg', haproxy.host(daemon, ports, certificate), [ports.plain, ports.tls])
  const plain = await begin('haproxy.cfg', haproxy.plainHost(daemon, ports.hostPlain), [ports.hostPlain])
  const host = { name: 'HAProxy', host: HOST, prefix: '' }
  return [
    { ...host, scheme: 'http', port: ports.hostPlain, http2: false, output: plain.output },
    { ...host, scheme: 'https', port: ports.tls, plainPort: ports.plain, http2: true, output: tls.output }
  ]
}
