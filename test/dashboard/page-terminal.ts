import type { Test } from 'tap'
import { TerminalClient } from '../../dashboard/src/terminal/client.ts'
import { openSocket } from '../../dashboard/src/terminal/socket.ts'
import type { Purpose, TerminalState } from '../../dashboard/src/terminal/state.ts'
import { bearer } from '../support/app.ts'
import { getTerminalTicket } from '../support/terminal-client.ts'
import { comes } from '../support/waiting.ts'

export interface Way {
  /** Where tickets are given. */
  url: string
  /** Where the WebSocket goes, as it may be through a proxy. */
  socketUrl?: string
  token: string
}

const PATIENCE_MS = 30_000

/** The dashboard's client without a page: what it shows is kept as bytes, and DSR is answered as an emulator does. */
export function createPageTerminal(t: Test, way: Way, purpose: Purpose = { kind: 'open', target: 'shell' }) {
  const { url, socketUrl = url, token } = way
  const shown: Buffer[] = []
  let seen = 0
  let size = { cols: 80, rows: 24 }
  const reconnections: { lostBytes: number; isFresh: boolean; isPasteCut: boolean }[] = []
  const followed: [number, number][] = []
  const client: TerminalClient = new TerminalClient({
    purpose,
    transport: {
      ticket: () => getTerminalTicket(url, token),
      connect: (protocols, events) => openSocket(`${socketUrl.replace(/^http/, 'ws')}/ws/terminal`, protocols, events),
      isTemporary: (error) => (error as Error).message === 'fetch failed',
      exists: async (id) => {
        const reply = await fetch(`${url}/api/terminal/sessions`, { headers: bearer(token) })
        const { sessions } = (await reply.json()) as { sessions: { id: string }[] }
        return sessions.some((session) => session.id === id)
      }
    },
    screen: {
      // Later, and not at once, as an emulator takes what it is given.
      write: (bytes, taken) =>
        setImmediate(() => {
          shown.push(Buffer.from(bytes))
          if (Buffer.from(bytes).includes('\x1b[6n')) client.input('\x1b[7;7R')
          taken()
        }),
      size: () => size,
      follow: (cols, rows) => followed.push([cols, rows])
    },
    onChange() {
      if (!client?.reconnection) return
      reconnections.push(client.reconnection)
      client.reconnection = null
    }
  })
  t.teardown(() => client.leave())
  client.start()

  const until = async (what: string, met: () => boolean): Promise<void> => {
    if (await comes(met, { withinMs: PATIENCE_MS })) return
    const end = Buffer.concat(shown).subarray(-400).toString('latin1')
    throw new Error(`${what} did not come: ${JSON.stringify(client.state)} ${JSON.stringify(end)}`)
  }
  const text = () => Buffer.concat(shown).toString('latin1')
  return {
    client,
    reconnections,
    followed,
    text,
    until,
    becomes: (kind: TerminalState['kind']) => until(kind, () => client.state.kind === kind),
    /** Waits for words behind those that were waited for before. */
    async shows(words: string): Promise<void> {
      await until(words, () => text().indexOf(words, seen) !== -1)
      seen = text().indexOf(words, seen) + words.length
    },
    resize(cols: number, rows: number): void {
      size = { cols, rows }
      client.resize(cols, rows)
    }
  }
}
export type PageTerminal = ReturnType<typeof createPageTerminal>
