import { existsSync } from 'node:fs'
import t from 'tap'
import { Closed, type Door, doorOf, openTerminal, TerminalClient } from '../support/terminal-client.ts'
import { comes, quietFor } from '../support/waiting.ts'
import { openAtPrompt, PROMPT, serve } from './serve.ts'

const PER_SESSION = 4
const SESSIONS = 4

t.test('64 concurrent terminals all answer, and each limit refuses one more', async (t) => {
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

t.test('eight watchers see a terminal’s output, and a ninth is refused', async (t) => {
  const served = await serve(t)
  const client = await openAtPrompt(served)
  const watchers = Array.from({ length: 9 }, () => new TerminalClient(served.door))
  t.teardown(() => {
    for (const watcher of watchers) watcher.cut()
  })
  for (const watcher of watchers.slice(0, 8)) await watcher.watch(client.id)
  await t.rejects(watchers[8]!.watch(client.id), { code: 1013 })
  client.type('echo seen-$((1+1))\r')
  await Promise.all(watchers.slice(0, 8).map((watcher) => watcher.waitFor('seen-2')))
})

// Both wait for most of a minute.
t.jobs = 2

t.test(
  'a client that answers no ping is disconnected within 45 s, and its terminal is kept',
  { timeout: 90_000, buffered: true },
  async (t) => {
    const client = await openAtPrompt(await serve(t), { socket: { autoPong: false } })
    t.equal((await client.waitForEnd(45_000)).code, 1006)
    await client.resume()
    client.type('echo on-$((1+1))\r')
    await client.waitFor('on-2')
    await client.waitFor(PROMPT)
  }
)

t.test(
  'a terminal ends 60 s after its client has gone, with all its processes',
  { timeout: 110_000, buffered: true },
  async (t) => {
    const { open, script, door } = await serve(t)
    const client = await open()
    client.type(await script('stay.sh', `trap '' HUP\nsleep 998 & echo shell-$$ sleep-$!\n`))
    const [, ...pids] = /shell-(\d+) sleep-(\d+)\r/.exec(await client.waitFor(/shell-\d+ sleep-\d+\r/))!
    const left = () => pids.filter((pid) => existsSync(`/proc/${pid}`))
    client.cut()
    const since = performance.now()
    await quietFor(55_000)
    t.same(left(), pids, 'within the minute nothing ends')
    await comes(() => left().length === 0, { withinMs: 70_000 - (performance.now() - since) })
    t.same(left(), [])
    await t.rejects(client.resume(), { code: 4004 })
    await (await openTerminal(door)).cut()
  }
)
