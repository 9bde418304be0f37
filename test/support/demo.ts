import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Test } from 'tap'
import { bearer } from './app.ts'
import './executable.ts'
import { openStore } from './proxmox/store.ts'
import { until } from './waiting.ts'

const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']

/** Why the demo cannot run here; false if it can. */
export const demoSkip: string | false =
  spawnSync('unshare', [...user, '--mount', '--uts', 'true']).status === 0
    ? false
    : 'mount namespaces are not allowed here'

/** `npm run demo`: the built daemon on a made-up cluster of Proxmox VE, with a user who has just logged in. */
export async function startDemo(t: Test, version: '8.4' | '9.0') {
  const folder = mkdtempSync(join(tmpdir(), 'monitor-demo-test-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const script = resolve(import.meta.dirname, '../../scripts/demo.ts')
  const env = { PATH: process.env.PATH, TMPDIR: folder }
  const demo: ChildProcess = spawn(process.execPath, [script, version], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [demo.stdout!, demo.stderr!])
    stream.on('data', (chunk: Buffer) => {
      output += chunk
    })
  const ended = new Promise<number | null>((done) => demo.once('close', done))
  t.teardown(async () => {
    demo.kill('SIGTERM')
    await ended
  })
  await until(() => demo.exitCode !== null || output.includes('Ctrl-C'))
  const base = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
  if (base === undefined) throw new Error(output)
  const password = /Demo-\w+/.exec(output)![0]
  const stateFile = /\S+\/state\.json/.exec(output)![0]

  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ username: 'admin', password })
  const login = await fetch(`${base}/api/auth/login`, { method: 'POST', headers, body })
  const { token } = (await login.json()) as { token: string }
  const call = async (method: string, path: string, sent?: object) => {
    const reply = await fetch(base + path, {
      method,
      headers: { ...bearer(token), ...(sent && headers) },
      ...(sent && { body: JSON.stringify(sent) })
    })
    return { status: reply.status, text: await reply.text() }
  }
  return {
    demo,
    ended,
    base,
    password,
    stateFile,
    /** The folder of the daemon and of the made-up cluster, in `proxmox/`. */
    folder: dirname(dirname(stateFile)),
    proxmox: openStore(dirname(stateFile)),
    log: () => readFileSync(join(dirname(dirname(stateFile)), 'daemon.log'), 'utf8'),
    call,
    get: async (path: string) => JSON.parse((await call('GET', path)).text) as Record<string, unknown>
  }
}
