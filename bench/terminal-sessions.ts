import { setTimeout as wait } from 'node:timers/promises'
import { Closed, type Door, type Options, TerminalClient } from '../test/terminal-client.ts'
import { bearer, PASSWORD, USERNAME } from './daemon.ts'
import type { Server } from './process.ts'

const PER_SESSION = 4
const PER_USER = 16

/** Session tokens for so many terminals at once, one for each: as many users and sessions as the daemon's limits ask for. */
export async function logInFor(count: number, server: Server, ownersToken: string): Promise<string[]> {
  const post = async (path: string, body: object): Promise<{ token: string }> => {
    const reply = await fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(ownersToken) },
      body: JSON.stringify(body)
    })
    if (!reply.ok) throw new Error(`POST ${path} answered ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as { token: string }
  }
  const tokens: string[] = []
  await post('/api/auth/confirm', { password: PASSWORD })
  for (let user = 0; tokens.length < count; user++) {
    const username = user === 0 ? USERNAME : `user${user}`
    const rights = { user_type: 'support', permissions: ['terminal.open'] }
    if (user > 0) await post('/api/users', { username, password: PASSWORD, ...rights })
    for (let inUse = 0; inUse < PER_USER && tokens.length < count; inUse += PER_SESSION) {
      const { token } = await post('/api/auth/login', { username, password: PASSWORD })
      for (let i = 0; i < PER_SESSION && tokens.length < count; i++) tokens.push(token)
    }
  }
  return tokens
}

/** A new terminal, when there is room: one that ends keeps its place until its last process is gone, 3 s at most. */
export async function openTerminal(door: Door, options: Options = {}): Promise<TerminalClient> {
  for (let tries = 0; ; tries++) {
    const client = new TerminalClient(door, options)
    try {
      await client.open()
      return client
    } catch (error) {
      if (!(error instanceof Closed && error.code === 1013) || tries === 100) throw error
      await wait(50)
    }
  }
}

export async function endTerminal(client: TerminalClient): Promise<void> {
  client.sendControl({ type: 'end' })
  await client.waitForEnd()
}
