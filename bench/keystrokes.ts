import { setPriority } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { doorOf, endTerminal, openTerminal } from '../test/support/terminal-client.ts'

/** Sent to this process over its IPC channel. */
export interface KeystrokesOrder {
  url: string
  token: string
  prompt: string
  count: number
  /** Maximum milliseconds from an echo to the next key. */
  pause: number
}

// Types keys, in a process of its own. The echo comes from the terminal's line discipline, while `cat` waits for a
// whole line. It simulates another machine, so it gets a high priority, which only root can set.
try {
  setPriority(-10)
} catch {}
process.once('message', async ({ url, token, prompt, count, pause }: KeystrokesOrder) => {
  const client = await openTerminal(doorOf(url, token))
  await client.waitFor(prompt)
  client.type('cat\r')
  await client.waitFor('cat\r\n')
  const latencies: number[] = []
  for (let i = 0; i < count; i++) {
    await wait(Math.random() * pause)
    // A line can have 4095 bytes.
    if (i % 1000 === 999) client.type('\x15')
    const key = 'abcdefghij'[i % 10]!
    const sent = performance.now()
    client.type(key)
    await client.waitFor(key)
    latencies.push(performance.now() - sent)
  }
  await endTerminal(client)
  process.send!(latencies, () => process.exit())
})
