import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type AppOptions, buildApp } from '../app.ts'
import { readConfig } from '../lib/startup/config.ts'

/** Files of a busy Proxmox host, so that screenshots do not show the real machine. */
function startHost(folder: string) {
  const host = join(folder, 'host')
  cpSync(resolve(import.meta.dirname, '../test/host/fixtures/proxmox-intel'), host, { recursive: true })
  const stat = join(host, 'proc/stat')
  const text = readFileSync(stat, 'utf8')
  const [user = 0, nice, system = 0, idle = 0, ...rest] = text
    .match(/^cpu +(.*)/)![1]!
    .split(' ')
    .map(Number)
  let seconds = 0
  const timer = setInterval(() => {
    seconds++
    const next = [user + 61 * seconds, nice, system + 24 * seconds, idle + 715 * seconds, ...rest]
    writeFileSync(stat, text.replace(/^cpu .*/, `cpu  ${next.join(' ')}`))
  }, 1000)
  const places = { procDir: 'proc', sysDir: 'sys', etcDir: 'etc', shareDir: 'share' }
  const vitals = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, join(host, place)]))
  return { vitals: { ...vitals, hostname: () => 'pve1' }, stop: () => clearInterval(timer) }
}

/** Programs and folders of a host that takes the place of a real one. */
export type HostOptions = Pick<AppOptions, 'gateway' | 'programs' | 'hardware' | 'storage' | 'network'>

/** Starts a daemon on a host named pve1, before its first launch. */
export async function start(more: object = {}, options: HostOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'monitor-screenshots-'))
  const { config } = readConfig({})
  const places = { configDir: folder, stateDir: folder, authLog: join(folder, 'auth.log') }
  const others = { sslConfig: join(folder, 'ssl_config.json'), fail2banClient: join(folder, 'none'), rateLimit: 1e6 }
  const shell = join(folder, 'shell')
  const prompt = String.raw`\[\e[1;32m\]root@pve1\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]# `
  writeFileSync(
    shell,
    `#!/bin/sh\ncd ${folder}/host\nHOME=$PWD PS1='${prompt}' HISTFILE= exec bash --norc --noprofile\n`
  )
  chmodSync(shell, 0o755)
  const host = startHost(folder)
  const app = await buildApp({
    config: { ...config!, ...places, ...others, rateLimitLogin: 1e6, rateLimitRefresh: 1e6, shell, ...more },
    version: '0.1.0',
    ...options,
    vitals: host.vitals,
    journal: { logDir: join(folder, 'log'), runDir: join(folder, 'run'), etcDir: join(folder, 'etc') }
  })
  const sockets = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => sockets.add(socket))
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const stop = async () => {
    await app.close()
    host.stop()
    rmSync(folder, { recursive: true })
  }
  /** Breaks every connection. */
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return { app, folder, base, stop, cut }
}
export type Daemon = Awaited<ReturnType<typeof start>>
