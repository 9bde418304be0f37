import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'
import { type Daemon, startDaemon } from '../attack/harness.ts'
import { bearer, PASSWORD, temporaryFolder } from '../support/app.ts'
import { doorOf, type Options, TerminalClient } from '../support/terminal-client.ts'
import { PROMPT, writeShell } from './plain-shell.ts'

export { PROMPT }

async function post(daemon: Daemon, path: string, body: object, token = '') {
  const reply = await fetch(daemon.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? bearer(token) : {}) },
    body: JSON.stringify(body)
  })
  if (!reply.ok) throw new Error(`${path} answered ${reply.status} ${await reply.text()}`)
  return (await reply.json()) as { token: string }
}

/** The real daemon, or that of `command`, with an owner and a plain shell; `open` makes a terminal of the owner's. */
export async function serve(t: Test, env: Record<string, string> = {}, command?: string[]) {
  const folder = await temporaryFolder(t)
  const daemon = await startDaemon(t, folder, { MONITOR_SHELL: await writeShell(folder), ...env }, command)
  const { token } = await post(daemon, '/api/auth/setup', { username: 'admin', password: PASSWORD })

  const logIn = async (username: string) =>
    (await post(daemon, '/api/auth/login', { username, password: PASSWORD })).token

  return {
    folder,
    daemon,
    token,
    door: doorOf(daemon.url, token),
    logIn,
    async createUser(username: string): Promise<void> {
      await post(daemon, '/api/auth/confirm', { password: PASSWORD }, token)
      const permissions = ['system.view', 'terminal.open']
      await post(daemon, '/api/users', { username, password: PASSWORD, user_type: 'support', permissions }, token)
    },
    async open(options: Options = {}, door = doorOf(daemon.url, token)): Promise<TerminalClient> {
      const client = new TerminalClient(door, options)
      t.teardown(() => client.cut())
      await client.open()
      return client
    },
    /** A script of the test's own; the command that runs it. */
    async script(name: string, text: string): Promise<string> {
      const file = join(folder, name)
      await writeFile(file, text)
      return `. ${file}\r`
    }
  }
}
export type Served = Awaited<ReturnType<typeof serve>>

/** A new shell's client, at its prompt. */
export async function openAtPrompt({ open }: Served, options: Options = {}): Promise<TerminalClient> {
  const client = await open(options)
  await client.waitFor(PROMPT)
  return client
}
