import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'
import type { ClientOptions, WebSocket } from 'ws'
import { type App, build, setUp, temporaryFolder } from './app.ts'
import { openSession } from './sessions.ts'
import { handshake, portOf } from './web-sockets.ts'

export type Message = { type: string; [field: string]: unknown }

/** A login shell that reads no profile, so that this machine's settings do not matter. */
export async function plainShell(t: Test): Promise<string> {
  const file = join(await temporaryFolder(t), 'plain-shell')
  await writeFile(file, '#!/bin/bash\nexec /bin/bash --noprofile --norc "$@"\n', { mode: 0o755 })
  return file
}

/** A daemon that listens, and its owner's session. */
export async function serve(
  t: Test,
  overrides: Parameters<typeof build>[1] = {},
  options: Parameters<typeof build>[2] = {}
) {
  const app = await build(t, { shell: await plainShell(t), ...overrides }, options)
  await setUp(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { session, headers } = await openSession(app)
  return { app, session, headers }
}

export const urlOf = (app: App) => `ws://127.0.0.1:${portOf(app)}/ws/terminal`

export async function terminalTicket(app: App, headers: Record<string, string> = {}): Promise<string> {
  const reply = await app.inject({ method: 'POST', url: '/api/terminal/ticket', headers })
  if (reply.statusCode !== 200) throw new Error(`the ticket answered ${reply.statusCode} ${reply.body}`)
  return reply.json().ticket
}

/** Collects what comes, and waits for it. */
export function follow(socket: WebSocket) {
  const messages: Message[] = []
  let bytes = Buffer.alloc(0)
  let closed: { code: number; reason: string } | null = null
  const waiting = new Set<() => void>()
  const moved = () => {
    for (const look of waiting) look()
  }
  const until = <T>(what: string, look: () => T | null | undefined | false): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(check)
        const end = closed ? ` (closed ${closed.code} ${closed.reason})` : ''
        reject(new Error(`${what} did not come${end}: ${JSON.stringify(messages)} ${bytes.subarray(-500)}`))
      }, 60_000).unref()
      const check = () => {
        const found = look()
        if (found === null || found === undefined || found === false) return
        clearTimeout(timer)
        waiting.delete(check)
        resolve(found)
      }
      waiting.add(check)
      check()
    })
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary || socket.protocol !== 'terminal.v1') bytes = Buffer.concat([bytes, data])
    if (!isBinary) {
      try {
        messages.push(JSON.parse(String(data)))
      } catch {}
    }
    moved()
  })
  socket.on('close', (code, reason) => {
    closed = { code, reason: String(reason) }
    moved()
  })
  return {
    messages,
    bytes: () => bytes,
    text: () => String(bytes),
    message: (type: string) => until(`message ${type}`, () => messages.find((message) => message.type === type)),
    shows: (wanted: string | RegExp) => until(`${wanted}`, () => String(bytes).match(wanted)),
    has: (length: number) => until(`${length} bytes`, () => bytes.length >= length),
    closed: () => until('close', () => closed)
  }
}

export async function connect(
  t: Test,
  app: App,
  headers: Record<string, string>,
  protocols: string[] = ['terminal.v1'],
  options: ClientOptions = {},
  query = ''
) {
  const ticket = await terminalTicket(app, headers)
  const offered = protocols.length > 0 ? [...protocols, `ticket.${ticket}`] : []
  const url = protocols.length > 0 ? urlOf(app) : `${urlOf(app)}?ticket=${ticket}${query}`
  const result = await handshake(url, offered, options)
  if (!('socket' in result)) throw new Error(`refused with ${result.status} ${result.body}`)
  const { socket } = result
  t.teardown(() => socket.terminate())
  const say = (message: object) => socket.send(JSON.stringify(message))
  const type = (text: string) => socket.send(Buffer.from(text))
  return { socket, say, type, ...follow(socket) }
}
export type Client = Awaited<ReturnType<typeof connect>>

/** A terminal whose shell has printed its prompt: it may discard what is typed before. Acknowledges all output. */
export async function openTerminal(t: Test, app: App, headers: Record<string, string>, more: object = {}) {
  const client = await connect(t, app, headers)
  client.socket.on('message', (_data, isBinary) => {
    if (isBinary) client.say({ type: 'ack', received: (opened?.position as number) + client.bytes().length })
  })
  let opened: Message | undefined
  client.say({ type: 'open', cols: 80, rows: 24, ...more })
  opened = await client.message('opened')
  await client.has(1)
  return { ...client, opened }
}
