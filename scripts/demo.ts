// npm run demo: the built daemon on a made-up Proxmox VE cluster, at an address of this machine only. Ctrl-C ends it.

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createProxmox } from '../test/support/proxmox/proxmox.ts'
import type { Version } from '../test/support/proxmox/types.ts'

const version = process.argv[2] ?? '9.0'
const isVersion = (text: string): text is Version => text === '8.4' || text === '9.0'
if (!isVersion(version)) throw new Error(`usage: npm run demo [-- 8.4|9.0], not ${version}`)

const folder = mkdtempSync(join(tmpdir(), 'monitor-demo-'))
const place = (name: string) => {
  mkdirSync(join(folder, name))
  return join(folder, name)
}
const proxmox = createProxmox({ folder: place('proxmox'), version, cluster: 3 })
proxmox.change((state) => {
  const durations = {
    'pveam download': 8000,
    'pct create': 5000,
    'pct start': 2000,
    'pct exec': 3000,
    'pct destroy': 2000
  }
  Object.assign(state.durations, durations, { 'pvesh create': 3000 })
})

/**
 * The daemon looks for programs in folders of the system only. In a mount namespace of its own the demo's programs lie in
 * the first of these, /usr/local/sbin, and the shells of its terminal find them too.
 */
const inNamespace =
  'hostname pve1 && mount --bind "$1" /usr/local/sbin && mount --bind "$2" /usr/share/perl5 && exec "$3"'
const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
const executable = resolve(import.meta.dirname, '../bin/proxmenux-monitor')
const script = ['sh', '-c', inNamespace, 'sh', proxmox.bin, join(proxmox.share, 'perl5'), executable]
const daemon = spawn('unshare', [...asRoot, '--mount', '--uts', ...script], {
  stdio: ['ignore', 'pipe', 'pipe'],
  env: {
    PATH: process.env.PATH,
    HOME: place('home'),
    MONITOR_HOST: '127.0.0.1',
    MONITOR_PORT: process.env.MONITOR_PORT ?? '0',
    MONITOR_CONFIG_DIR: join(folder, 'config'),
    MONITOR_STATE_DIR: join(folder, 'state'),
    MONITOR_AUTH_LOG: join(folder, 'auth.log'),
    MONITOR_SSL_CONFIG: join(folder, 'ssl_config.json'),
    // Not this machine's own.
    MONITOR_FAIL2BAN_CLIENT: join(folder, 'no-fail2ban-client'),
    MONITOR_SHELL: '/bin/bash'
  }
})

const log = createWriteStream(join(folder, 'daemon.log'))
let output = ''
let isSetUp = false
for (const stream of [daemon.stdout, daemon.stderr])
  stream.on('data', (chunk: Buffer) => {
    log.write(chunk)
    if (isSetUp) return
    output += chunk
    const base = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1]
    if (base === undefined) return
    isSetUp = true
    void welcome(base)
  })

async function welcome(base: string): Promise<void> {
  const password = `Demo-${randomBytes(9).toString('hex')}`
  const body = JSON.stringify({ username: 'admin', password })
  const headers = { 'content-type': 'application/json' }
  const reply = await fetch(`${base}/api/auth/setup`, { method: 'POST', headers, body })
  if (!reply.ok) throw new Error(`the first launch answered ${reply.status}: ${await reply.text()}`)
  const keys = Object.entries(proxmox.read().tailnet.keys).map(([key, kind]) => `  ${key} (${kind})`)
  console.log(`Proxmox VE ${version}, a made-up cluster of three: ${base}
Log in as admin with ${password}
Auth keys of the made-up tailnet:\n${keys.join('\n')}
State, to look at and to change: ${join(folder, 'proxmox/state.json')}
Log of the daemon: ${join(folder, 'daemon.log')}
Ctrl-C ends it and removes all of it.`)
}

// A terminal sends Ctrl-C to the daemon too, which takes no notice of the second one.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => daemon.kill(signal))
daemon.once('error', (error) => {
  rmSync(folder, { recursive: true })
  console.error(`unshare (package util-linux) cannot be started: ${error.message}`)
  process.exitCode = 1
})
daemon.once('close', (code) => {
  if (!isSetUp) console.error(`The daemon did not start. It needs a mount namespace (unshare --mount).\n${output}`)
  log.end(() => rmSync(folder, { recursive: true, force: true }))
  process.exitCode = isSetUp ? (code ?? 1) : 1
})
