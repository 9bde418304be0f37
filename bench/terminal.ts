import { setTimeout as wait } from 'node:timers/promises'
import xterm from '@xterm/headless'
import { type Door, doorOf, endTerminal, openTerminal, type TerminalClient } from '../test/support/terminal-client.ts'
import { PROMPT, writeShell } from '../test/terminal/plain-shell.ts'
import { DAEMON_ENV, DAEMON_FLAGS, setUp, startDaemon, withFolder } from './daemon.ts'
import type { KeystrokesOrder } from './keystrokes.ts'
import { memoryOf, order, type Server } from './process.ts'
import type { PtyOrder } from './pty-reader.ts'
import { argument, median, note, quantile, type Row, ratios, report, row } from './report.ts'
import { hasShellInABox, startShellInABox } from './shellinabox.ts'
import { measureArrival, writeStream } from './stream.ts'
import { logInFor } from './terminal-sessions.ts'

// 1. Bytes per second through the WebSocket, compared with a process that only reads the same PTY.
// 2. The echo of a key, alone and next to a flooding terminal; Ctrl-C during a flood.
// 3. The daemon's memory with idle terminals, with flooding ones, with a client that does not read, and with 64
// terminals.
const ROUNDS = argument(0, 10)
const KEYS = argument(1, 500)
const STREAM_BYTES = 64_000_000
const OTHER_BYTES = 4_000_000
const INTERRUPTS = 20
const TERMINALS = 64
// The process that reads the PTY inherits it.
Object.assign(process.env, DAEMON_ENV)

const MB = 1e6
const rate = (bytes: number, ms: number): number => bytes / MB / (ms / 1000)
const residentMb = (server: Server): number => memoryOf(server.pid).rss * 1.048576
const milliseconds = (values: readonly number[]): string =>
  `p50 ${quantile(values, 0.5).toFixed(2)}, p99 ${quantile(values, 0.99).toFixed(2)} ms`

async function measureDaemon(door: Door, command: string, bytes: number): Promise<number> {
  const arrival = measureArrival({ prompt: PROMPT, command, bytes }, async (text) => (await opening).type(text))
  const opening: Promise<TerminalClient> = openTerminal(door, {
    show(chunk, taken) {
      arrival.take(chunk)
      taken()
    }
  })
  const ms = await arrival.ended
  await endTerminal(await opening)
  return ms
}

async function measureThroughput(door: Door, folder: string, shell: string): Promise<Row[]> {
  const command = await writeStream(folder, STREAM_BYTES)
  const readPty = () =>
    order<PtyOrder, number>('pty-reader.ts', { shell, prompt: PROMPT, command, bytes: STREAM_BYTES }, DAEMON_FLAGS)
  const alone: number[] = []
  const through: number[] = []
  await measureDaemon(door, command, STREAM_BYTES)
  for (let round = 0; round < ROUNDS; round++) {
    const turns = [
      async () => void alone.push(rate(STREAM_BYTES, await readPty())),
      async () => void through.push(rate(STREAM_BYTES, await measureDaemon(door, command, STREAM_BYTES)))
    ]
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn()
    note(`round ${round + 1}: PTY ${alone.at(-1)!.toFixed(1)} MB/s, terminal ${through.at(-1)!.toFixed(1)} MB/s`)
  }
  const share = median(ratios(through, alone))
  return [
    row('PTY read by a process of its own', `${median(alone).toFixed(1)} MB/s`),
    row('Terminal, through the WebSocket', `${median(through).toFixed(1)} MB/s`),
    row('… terminal ÷ PTY', share.toFixed(2), '≥ 0.6', share >= 0.6)
  ]
}

async function compareWithOther(door: Door, folder: string, shell: string): Promise<Row[]> {
  const what = 'Shell In A Box (apt install shellinabox)'
  if (!hasShellInABox) return [row(what, 'left out: not installed')]
  const command = await writeStream(folder, OTHER_BYTES)
  const other = await startShellInABox(shell)
  const rates = { other: [] as number[], daemon: [] as number[] }
  for (let round = 0; round < Math.min(ROUNDS, 5); round++) {
    const stream = { prompt: PROMPT, command, bytes: OTHER_BYTES }
    rates.other.push(rate(OTHER_BYTES, await other.stream(stream)))
    rates.daemon.push(rate(OTHER_BYTES, await measureDaemon(door, command, OTHER_BYTES)))
    note(
      `round ${round + 1}: other ${rates.other.at(-1)!.toFixed(1)}, terminal ${rates.daemon.at(-1)!.toFixed(1)} MB/s`
    )
  }
  other.stop()
  return [
    row(what, `${median(rates.other).toFixed(1)} MB/s`),
    row('… terminal ÷ Shell In A Box', median(ratios(rates.daemon, rates.other)).toFixed(1))
  ]
}

/** A terminal that runs `yes`, with a client that reads. */
async function flood(door: Door): Promise<TerminalClient> {
  const client = await openTerminal(door)
  await client.waitFor(PROMPT)
  client.type('yes\r')
  await client.waitFor('y\r\ny\r\n')
  return client
}

async function measureEcho(server: Server, token: string): Promise<Row[]> {
  const press = (count: number) =>
    order<KeystrokesOrder, number[]>('keystrokes.ts', { url: server.url, token, prompt: PROMPT, count, pause: 20 })
  await press(50)
  const idle = await press(KEYS)
  const neighbour = await flood(doorOf(server.url, token))
  const beside = await press(KEYS)
  await endTerminal(neighbour)
  const p99 = quantile(idle, 0.99)
  return [
    row('Echo of a key', milliseconds(idle), 'p99 ≤ 5 ms', p99 <= 5),
    row('… beside a terminal that floods', milliseconds(beside))
  ]
}

/** Milliseconds from Ctrl-C to the prompt, while `yes` floods a client that shows with `show`. */
async function interrupt(door: Door, show: (bytes: Buffer, taken: () => void) => void): Promise<number[]> {
  const taken: number[] = []
  let tail = ''
  let seen = () => {}
  const client = await openTerminal(door, {
    show: (bytes, done) =>
      show(bytes, () => {
        tail = (tail + bytes.toString('latin1', Math.max(0, bytes.length - 256))).slice(-256)
        if (tail.endsWith(PROMPT)) seen()
        done()
      })
  })
  const prompt = () =>
    new Promise<void>((done) => {
      seen = done
    })
  await wait(500)
  for (let i = 0; i < INTERRUPTS; i++) {
    client.type('yes\r')
    await wait(300 + Math.random() * 50)
    const back = prompt()
    const sent = performance.now()
    client.type('\x03')
    await back
    taken.push(performance.now() - sent)
  }
  await endTerminal(client)
  return taken
}

async function measureInterrupts(door: Door): Promise<Row[]> {
  const counted = await interrupt(door, (_bytes, taken) => taken())
  const emulator = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true })
  const shown = await interrupt(door, (bytes, taken) => emulator.write(bytes, taken))
  const line = (name: string, values: number[]) => {
    const worst = Math.max(...values)
    const measured = `median ${median(values).toFixed(1)}, worst of ${values.length} ${worst.toFixed(1)} ms`
    return row(name, measured, '< 100 ms', worst < 100)
  }
  return [
    line('Ctrl-C in `yes` to the prompt, a client that counts', counted),
    line('… a client that shows it in xterm.js', shown)
  ]
}

async function settle(server: Server): Promise<number> {
  await wait(5000)
  return residentMb(server)
}

async function measureMemory(server: Server, tokens: readonly string[]): Promise<Row[]> {
  const doors = tokens.map((token) => doorOf(server.url, token))
  const atPrompt = async (door: Door) => {
    const client = await openTerminal(door)
    await client.waitFor(PROMPT)
    return client
  }
  const openAll = (some: readonly Door[]) => Promise.all(some.map(atPrompt))
  // A first run, so that loading and compiling are not counted.
  for (const door of doors.slice(0, 8)) await endTerminal(await atPrompt(door))

  const clients = await openAll(doors.slice(0, 1))
  const one = await settle(server)
  clients.push(...(await openAll(doors.slice(1, 32))))
  const many = await settle(server)
  const idle = (many - one) / 31
  await Promise.all(
    clients.map(async (client) => {
      client.type('seq 60000\r')
      await client.waitFor(`60000\r\n`)
    })
  )
  const used = ((await settle(server)) - one) / 31
  note(`1 terminal ${one.toFixed(1)} MB, 32 terminals ${many.toFixed(1)} MB`)
  await Promise.all(clients.map(endTerminal))

  const quiet = await settle(server)
  const floods = await Promise.all(doors.slice(0, 8).map(flood))
  const flooded = await settle(server)
  await Promise.all(floods.map(endTerminal))

  const before = await settle(server)
  const deaf = await flood(doors[0]!)
  deaf.stopReading()
  await wait(2000)
  const early = residentMb(server)
  await wait(8000)
  const late = residentMb(server)
  deaf.cut()
  note(`deaf client: before ${before.toFixed(1)}, after 2 s ${early.toFixed(1)}, after 10 s ${late.toFixed(1)} MB`)

  const begin = performance.now()
  const all = await openAll(doors.slice(1))
  const opening = performance.now() - begin
  const full = await settle(server)
  await Promise.all(all.map(endTerminal))
  return [
    row('Memory per idle terminal, of 32', `${idle.toFixed(2)} MB`, '< 1 MB', idle < 1),
    row('… after each has shown 400 kB', `${used.toFixed(2)} MB`, '< 1 MB', used < 1),
    row('… per terminal that floods, of 8', `${((flooded - quiet) / 8).toFixed(2)} MB`),
    row(
      '… growth while a client reads nothing, 2 s to 10 s',
      `${(late - early).toFixed(1)} MB`,
      '≤ 2 MB',
      late - early <= 2
    ),
    row('64 terminals: all at their prompts after', `${opening.toFixed(0)} ms`),
    row('… the daemon then', `${full.toFixed(1)} MB`)
  ]
}

await withFolder(async (folder) => {
  const shell = await writeShell(folder)
  const server = await startDaemon(folder, { MONITOR_SHELL: shell })
  const token = await setUp(server)
  const door = doorOf(server.url, token)
  const rows = [
    ...(await measureThroughput(door, folder, shell)),
    ...(await compareWithOther(door, folder, shell)),
    ...(await measureEcho(server, token)),
    ...(await measureInterrupts(door))
  ]
  const streamed = await settle(server)
  const tokens = await logInFor(TERMINALS, server, token)
  await server.stop()

  // Sessions survive a restart: this daemon has hashed no password and streamed nothing.
  const fresh = await startDaemon(folder, { MONITOR_SHELL: shell })
  rows.push(...(await measureMemory(fresh, tokens)))
  rows.push(row('The daemon after the streams and floods above', `${streamed.toFixed(1)} MB`))
  await fresh.stop()
  report(rows)
})
