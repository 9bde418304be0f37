import t from 'tap'
import { Closed, type Door, doorOf, openTerminal, TerminalClient } from '../terminal-client.ts'
import { openAtPrompt, PROMPT, serve } from './serve.ts'

const PER_SESSION = 4
const SESSIONS = 4

t.test('64 terminals at once all answer, and one more is refused, whichever limit it meets', async (t) => {
  const { daemon, open, createUser, logIn } = await serve(t)
  const refusal = async (door: Door): Promise<string> => {
    const client = new TerminalClient(door)
    t.teardown(() => client.cut())
    const error = await client.open().then(
      () => null,
      (error) => error
    )
    t.ok(error instanceof Closed, String(error))
    t.equal(error?.code, 1013)
    return error?.reason
  }
  const users = ['ada', 'bob', 'cid', 'dan', 'eve']
  for (const user of users) await createUser(user)
  const reasons = new Set<string>()
  const clients: TerminalClient[] = []
  for (const user of users.slice(0, 4)) {
    for (let session = 0; session < SESSIONS; session++) {
      const door = doorOf(daemon.url, await logIn(user))
      clients.push(...(await Promise.all(Array.from({ length: PER_SESSION }, () => open({}, door)))))
      if (clients.length === PER_SESSION) reasons.add(await refusal(door))
    }
    if (clients.length === PER_SESSION * SESSIONS) reasons.add(await refusal(doorOf(daemon.url, await logIn(user))))
  }
  t.equal(clients.length, 64)
  reasons.add(await refusal(doorOf(daemon.url, await logIn(users.at(-1)!))))
  t.equal(reasons.size, 3, `each limit has its reason: ${[...reasons]}`)

  await Promise.all(
    clients.map(async (client, index) => {
      client.type(`echo I-am-$((${index}+1000))\r`)
      await client.waitFor(`I-am-${index + 1000}\r\n`)
    })
  )
  // Detached ones count; ended ones make room.
  clients[0]!.cut()
  const door = doorOf(daemon.url, await logIn(users.at(-1)!))
  await refusal(door)
  clients[1]!.type('exit\r')
  await clients[1]!.waitForEnd()
  const last = await openTerminal(door)
  last.cut()
})

t.test(
  'a client that answers no ping is let go within 45 s, and its terminal is kept',
  { timeout: 90_000 },
  async (t) => {
    const client = await openAtPrompt(await serve(t), { socket: { autoPong: false } })
    t.equal((await client.waitForEnd(45_000)).code, 1006)
    await client.resume()
    client.type('echo on-$((1+1))\r')
    await client.waitFor('on-2')
    await client.waitFor(PROMPT)
  }
)
