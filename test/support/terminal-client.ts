import { StringDecoder } from 'node:string_decoder'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ClientOptions, WebSocket } from 'ws'
import { until } from './waiting.ts'
import { handshake } from './web-sockets.ts'

/** Where terminals are opened: the address of the WebSocket, and how one comes by a ticket. */
export interface Door {
  url: string
  ticket: () => Promise<string>
}

export type Control = { type: string; [field: string]: unknown }

export interface Options {
  cols?: number
  rows?: number
  /** Shows bytes and says when it has taken them; without it they are taken as they come, and `waitFor` sees them. */
  show?: (bytes: Buffer, taken: () => void) => void
  /** False never acknowledges. */
  acknowledge?: boolean
  socket?: ClientOptions
}

/** The server's end of a connection, before or after it answered. */
export class Closed extends Error {
  readonly code: number
  readonly reason: string
  constructor(code: number, reason: string) {
    super(`closed with ${code} ${reason}`)
    this.code = code
    this.reason = reason
  }
}

// docs/terminal-protocol.md asks for one every 64 KiB at least.
const ACKNOWLEDGE_EVERY = 32_768
const KEPT_TEXT = 65_536
const PATIENCE_MS = 60_000

/** A terminal by `terminal.v1` (docs/terminal-protocol.md), over as many connections as it takes. */
export class TerminalClient {
  readonly #door: Door
  readonly #options: Options
  readonly #decoder = new StringDecoder('utf8')
  readonly #wakers = new Set<() => void>()
  readonly #controls: Control[] = []
  #socket: WebSocket | null = null
  #text = ''
  #acknowledged = 0
  id = ''
  token = ''
  cols: number
  rows: number
  /** The position of the next byte. */
  received = 0
  /** What was shown: all bytes before this position. */
  taken = 0
  /** By how much each answer's position differed from what had been received: no number but 0 means lost or doubled bytes. */
  readonly jumps: number[] = []
  #holdsOn = false
  /** How the last connection ended, or null while there is one. */
  ended: Closed | null = null

  constructor(door: Door, options: Options = {}) {
    this.#door = door
    this.#options = options
    this.cols = options.cols ?? 80
    this.rows = options.rows ?? 24
  }

  open = (more: object = {}): Promise<Control> =>
    this.connect({ type: 'open', cols: this.cols, rows: this.rows, ...more })

  /** Goes on after a broken connection, from the first byte that did not come. */
  resume = (more: object = {}): Promise<Control> => {
    const { id, token, received, cols, rows } = this
    return this.connect({ type: 'resume', id, token, received, cols, rows, ...more })
  }

  /** Takes a terminal over that another client holds; what the server remembers is shown first. */
  takeOver = (id: string): Promise<Control> => this.connect({ type: 'resume', id, cols: this.cols, rows: this.rows })

  watch = (id: string): Promise<Control> => this.connect({ type: 'watch', id })

  /** A new connection that begins with `first`; the server's answer. Rejects with Closed where it hangs up instead. */
  async connect(first: object): Promise<Control> {
    const protocols = ['terminal.v1', `ticket.${await this.#door.ticket()}`]
    const result = await handshake(this.#door.url, protocols, { perMessageDeflate: false, ...this.#options.socket })
    if (!('socket' in result)) throw new Error(`the handshake was refused: ${result.status} ${result.body}`)
    this.#adopt(result.socket)
    this.sendControl(first)
    return this.#until(() => {
      const answer = this.#takeControl('opened', 'resumed', 'watching')
      if (!answer && this.ended) throw this.ended
      return answer
    }, 'an answer')
  }

  #adopt(socket: WebSocket): void {
    this.#socket?.terminate()
    this.#socket = socket
    this.ended = null
    this.#holdsOn = false
    const current = () => this.#socket === socket
    socket.on('error', () => {})
    socket.on('close', (code, reason) => {
      if (!current()) return
      this.ended = new Closed(code, String(reason))
      this.#wake()
    })
    socket.on('message', (data: Buffer, isBinary) => {
      if (!current()) return
      if (isBinary) this.#receive(data)
      else this.#obey(JSON.parse(String(data)))
      this.#wake()
    })
  }

  #receive(bytes: Buffer): void {
    this.received += bytes.length
    const end = this.received
    const taken = () => {
      this.taken = Math.max(this.taken, end)
      if (this.taken - this.#acknowledged >= ACKNOWLEDGE_EVERY) this.acknowledge()
    }
    if (this.#options.show) {
      this.#options.show(bytes, taken)
      return
    }
    this.#text += this.#decoder.write(bytes)
    if (this.#text.length > 2 * KEPT_TEXT) this.#text = this.#text.slice(-KEPT_TEXT)
    taken()
  }

  #obey(control: Control): void {
    if (['opened', 'resumed', 'watching'].includes(control.type)) {
      const position = Number(control.position)
      this.jumps.push(position - this.received)
      this.id = String(control.id)
      this.token = String(control.token ?? '')
      this.received = position
      this.taken = Math.min(this.taken, position)
      this.#acknowledged = position
    }
    if (control.type === 'input') this.#holdsOn = control.full === true
    this.#controls.push(control)
  }

  /** Acknowledges what was shown. */
  acknowledge(): void {
    if (this.#options.acknowledge === false || this.ended) return
    this.#acknowledged = this.taken
    this.sendControl({ type: 'ack', received: this.taken })
  }

  sendControl = (control: object): void => this.sendText(JSON.stringify(control))
  sendText = (text: string): void => this.#socket!.send(text)
  /** Types or pastes. */
  type = (input: string | Buffer): void => this.#socket!.send(Buffer.from(input as string), { binary: true })
  /** Sends a paste of any size, piece by piece, and holds on while the server asks for it. */
  async paste(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; at += 65_536) {
      await new Promise<void>((done) =>
        this.#socket!.send(bytes.subarray(at, at + 65_536), { binary: true }, () => done())
      )
      // Callbacks of sends the kernel takes at once follow each other without a look at what has arrived.
      await nextTurn()
      await this.#until(() => (this.#holdsOn && !this.ended ? null : true), 'room for the paste', 60_000)
    }
  }
  resize(cols: number, rows: number): void {
    this.cols = cols
    this.rows = rows
    this.sendControl({ type: 'resize', cols, rows })
  }
  /** Ends the connection without a word. */
  cut = (): void => this.#socket?.terminate()
  close = (code = 1000): void => this.#socket?.close(code)
  /** Reads nothing more from the connection. */
  stopReading = (): void => this.#socket!.pause()
  goOnReading = (): void => this.#socket!.resume()

  /** The output up to and with the next match of `pattern`; later calls look behind it. */
  waitFor = (pattern: RegExp | string, patienceMs = PATIENCE_MS): Promise<string> =>
    this.#until(
      () => {
        const end = endOf(pattern, this.#text)
        if (end === -1) {
          if (this.ended) throw new Error(`${this.ended.message} before ${pattern}: ${this.#text.slice(-500)}`)
          return null
        }
        const found = this.#text.slice(0, end)
        this.#text = this.#text.slice(end)
        return found
      },
      String(pattern),
      patienceMs
    )

  /** The next control message of a type, in the order they came. */
  waitForControl = (type: string, patienceMs = PATIENCE_MS): Promise<Control> =>
    this.#until(() => this.#takeControl(type), `control message "${type}"`, patienceMs)

  waitForEnd = (patienceMs = PATIENCE_MS): Promise<Closed> => this.#until(() => this.ended, 'the end', patienceMs)

  #takeControl(...types: string[]): Control | null {
    const index = this.#controls.findIndex(({ type }) => types.includes(type))
    return index === -1 ? null : this.#controls.splice(index, 1)[0]!
  }

  #wake(): void {
    for (const waker of this.#wakers) waker()
  }

  /** What `look` finds, asked again after every message. */
  #until<T>(look: () => T | null, what: string, patienceMs = PATIENCE_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer)
        this.#wakers.delete(waker)
        settle()
      }
      const waker = () => {
        try {
          const found = look()
          if (found !== null) finish(() => resolve(found))
        } catch (error) {
          finish(() => reject(error))
        }
      }
      const late = () => reject(new Error(`${what} did not come: ${JSON.stringify(this.#text.slice(-500))}`))
      const timer = setTimeout(() => finish(late), patienceMs)
      this.#wakers.add(waker)
      waker()
    })
  }
}

function endOf(pattern: RegExp | string, text: string): number {
  if (typeof pattern === 'string') {
    const index = text.indexOf(pattern)
    return index === -1 ? -1 : index + pattern.length
  }
  const match = pattern.exec(text)
  return match ? match.index + match[0].length : -1
}

/** A ticket for a terminal, by the token of a session. */
export async function getTerminalTicket(url: string, token: string): Promise<string> {
  const reply = await fetch(`${url}/api/terminal/ticket`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` }
  })
  if (reply.status !== 200) throw new Error(`the ticket answered ${reply.status} ${await reply.text()}`)
  return ((await reply.json()) as { ticket: string }).ticket
}

/** The door of a daemon at `url` (`http://…`); the WebSocket may take another way, through a proxy. */
export const doorOf = (url: string, token: string, way = url): Door => ({
  url: `${way.replace(/^http/, 'ws')}/ws/terminal`,
  ticket: () => getTerminalTicket(url, token)
})

/** A new terminal, when there is room: one that ends keeps its place until its last process is gone, 3 s at most. */
export async function openTerminal(door: Door, options: Options = {}): Promise<TerminalClient> {
  let client = new TerminalClient(door, options)
  const isOpen = () =>
    client.open().then(
      () => true,
      (error) => {
        if (!(error instanceof Closed && error.code === 1013)) throw error
        client = new TerminalClient(door, options)
        return false
      }
    )
  await until(isOpen, { withinMs: 10_000, everyMs: 50 })
  return client
}

export async function endTerminal(client: TerminalClient): Promise<void> {
  client.sendControl({ type: 'end' })
  await client.waitForEnd()
}
