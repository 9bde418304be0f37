import { bearer, PASSWORD, USERNAME } from './daemon.ts'
import type { Server } from './process.ts'

const PER_SESSION = 4
const PER_USER = 16

/**
 * One session token for each of the given number of terminals, with as many users and sessions as the limits require.
 */
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
