import { Heartbeat } from './heartbeat.ts'
import { Outbox } from './outbox.ts'
import {
  CLOSE_KEEP_RUNNING,
  type EndReason,
  isEmulatorReply,
  meaningOf,
  RESUME_SECONDS,
  readMessage,
  type ServerMessage,
  SUBPROTOCOL
} from './protocol.ts'
import type { SocketEvents, TerminalSocket } from './socket.ts'
import type { Purpose, Reconnection, TerminalState } from './state.ts'
import { Stream } from './stream.ts'

export interface TerminalTransport {
  /** Requests a ticket. Throws if the host refuses one. */
  ticket(): Promise<string>
  connect(protocols: string[], events: SocketEvents): TerminalSocket
  /** Whether a later retry may succeed after this error. */
  isTemporary(error: unknown): boolean
  /** Whether the terminal still exists on the host. */
  exists(id: string): Promise<boolean>
}

/** The display of a terminal. */
export interface Screen {
  write(bytes: Uint8Array, taken: () => void): void
  size(): { cols: number; rows: number }
  /** Sets the size that another client chose, for watchers. */
  follow(cols: number, rows: number): void
}

export interface ClientOptions {
  transport: TerminalTransport
  screen: Screen
  purpose: Purpose
  /** Called when the state, `reconnection` or the progress of a paste changes. */
  onChange(): void
}

const WAITS_MS = [0, 500, 1000, 2000, 4000, 8000]
const ANSWER_MS = 10_000
const REDRAW_MS = 60

/** A client of `terminal.v1` (docs/terminal-protocol.md) that reconnects as needed. */
export class TerminalClient {
  readonly #options: ClientOptions
  readonly #stream: Stream
  readonly #outbox: Outbox
  readonly #heartbeat: Heartbeat
  #socket: TerminalSocket | null = null
  /** Counts connections, so that events of an older connection are ignored. */
  #run = 0
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The resume token, kept only in memory. */
  #token: string | undefined
  #resumeSeconds = RESUME_SECONDS
  #cutPaste: ReturnType<Outbox['discard']> = null
  #isFresh = true
  /** Empty until the host assigns an id. */
  id: string
  state: TerminalState = { kind: 'opening' }
  reconnection: Reconnection | null = null

  constructor(options: ClientOptions) {
    this.#options = options
    this.id = options.purpose.kind === 'open' ? '' : options.purpose.id
    this.#stream = new Stream({
      show: (bytes, taken) => options.screen.write(bytes, taken),
      acknowledge: (received) => !this.isWatching && this.#send({ type: 'ack', received })
    })
    this.#outbox = new Outbox({
      send: (bytes) => this.#socket?.send(bytes),
      buffered: () => this.#socket?.buffered() ?? 0,
      onChange: options.onChange
    })
    this.#heartbeat = new Heartbeat({
      ping: () => this.#send({ type: 'ping' }),
      onSilence: () => this.#reconnectLater()
    })
  }

  get isWatching(): boolean {
    return this.#options.purpose.kind === 'watch'
  }

  /** The progress of the current paste, in bytes. */
  get paste(): Outbox['progress'] {
    return this.#outbox.progress
  }

  start(): void {
    void this.#connect()
  }

  /** Sends typed or pasted text, or a reply of the emulator. Ignored unless the terminal is live. */
  input(text: string): void {
    if (this.state.kind !== 'live' || this.isWatching) return
    if (this.#stream.isReplaying() && isEmulatorReply(text)) return
    this.#outbox.push(text)
  }

  cancelPaste(): void {
    this.#outbox.cancel()
  }

  resize(cols: number, rows: number): void {
    if (this.state.kind === 'live' && !this.isWatching) this.#send({ type: 'resize', cols, rows })
  }

  /** Checks the connection now, because the network may have returned or failed silently. */
  wake(): void {
    if (this.state.kind === 'lost') this.retry()
    else if (this.state.kind === 'live') this.#heartbeat.check()
  }

  /** Retries immediately after a lost connection, or takes over the terminal again. */
  retry(): void {
    if (this.state.kind === 'taken') this.#token = undefined
    if (this.state.kind !== 'lost') this.#setState({ kind: 'opening' })
    void this.#connect()
  }

  /** Acknowledges the shown output before the page closes, so that it counts as a replay after a reload. */
  flush(): void {
    this.#stream.flush()
  }

  dismissReconnection = (): void => {
    this.reconnection = null
    this.#options.onChange()
  }

  /** Ends the terminal and its programs. False without a connection. */
  end(): boolean {
    const isLive = this.state.kind === 'live'
    if (isLive && !this.isWatching) this.#send({ type: 'end' })
    return isLive
  }

  /** Disconnects and leaves the terminal running. */
  leave(): void {
    this.#disconnect()
    clearTimeout(this.#timer)
  }

  #send(message: object): void {
    this.#socket?.send(JSON.stringify(message))
  }

  #setState(state: TerminalState): void {
    this.state = state
    this.#options.onChange()
  }

  #disconnect(): void {
    this.#run++
    this.#heartbeat.stop()
    this.#stream.stop()
    this.#socket?.close(CLOSE_KEEP_RUNNING)
    this.#socket = null
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer)
    this.#disconnect()
    const run = this.#run
    const isCurrent = () => run === this.#run
    const { transport } = this.#options
    let ticket: string
    try {
      ticket = await transport.ticket()
    } catch (error) {
      if (!isCurrent()) return
      // An existing terminal waits for a retry. A new terminal reports the error.
      if (transport.isTemporary(error) && this.id) this.#reconnectLater()
      else this.#end('refused', '', error)
      return
    }
    if (!isCurrent()) return
    let isOpen = false
    this.#timer = setTimeout(() => this.#handleClose(1006, '', isOpen), ANSWER_MS)
    this.#socket = transport.connect([SUBPROTOCOL, `ticket.${ticket}`], {
      opened: () => {
        if (!isCurrent()) return
        isOpen = true
        this.#send(this.#openingMessage())
      },
      text: (text) => isCurrent() && this.#handleMessage(text),
      bytes: (bytes) => {
        if (!isCurrent()) return
        this.#heartbeat.messageReceived()
        this.#stream.push(bytes)
      },
      closed: (code, reason) => isCurrent() && this.#handleClose(code, reason, isOpen)
    })
  }

  #openingMessage(): object {
    const { purpose, screen } = this.#options
    if (purpose.kind === 'watch') return { type: 'watch', id: this.id }
    if (!this.id) return { type: 'open', target: purpose.kind === 'open' ? purpose.target : 'shell', ...screen.size() }
    const resumeFields = this.#token === undefined ? {} : { token: this.#token, received: this.#stream.received }
    return { type: 'resume', id: this.id, ...resumeFields, ...screen.size() }
  }

  #handleMessage(text: string) {
    this.#heartbeat.messageReceived()
    const message = readMessage(text)
    switch (message?.type) {
      case 'opened':
      case 'resumed':
      case 'watching':
        return this.#begin(message)
      case 'resized':
        return this.#options.screen.follow(message.cols!, message.rows!)
      case 'input':
        return this.#outbox.setPaused(message.full === true)
      case 'exit':
        this.#disconnect()
        this.#outbox.discard()
        return this.#setState({ kind: 'exited', code: message.code as number | null, signal: message.signal ?? null })
    }
  }

  #begin(message: ServerMessage): void {
    clearTimeout(this.#timer)
    this.#tries = 0
    this.id = message.id!
    this.#token = message.token
    this.#resumeSeconds = message.resume_seconds ?? RESUME_SECONDS
    if (this.isWatching) this.#options.screen.follow(message.cols!, message.rows!)
    const lostBytes = this.#stream.begin(message.position!, message.live!)
    const isFresh = this.#isFresh
    if (message.type !== 'opened' && !(this.isWatching && isFresh)) {
      this.reconnection = { lostBytes, isFresh, isPasteCut: this.#cutPaste !== null }
    }
    if (this.#cutPaste === 'bracketed') this.#outbox.endPaste()
    this.#cutPaste = null
    this.#isFresh = false
    this.#heartbeat.start()
    this.#setState({ kind: 'live' })
    if (isFresh && lostBytes > 0) this.#redraw()
    else this.#resizeToScreen()
  }

  /** The window size may have changed since it was last sent. */
  #resizeToScreen = (): void => {
    const { cols, rows } = this.#options.screen.size()
    this.resize(cols, rows)
  }

  /** Resizes twice, so that a full-screen program redraws. Its first lines may be missing from the replay. */
  #redraw(): void {
    const { cols, rows } = this.#options.screen.size()
    this.resize(cols, Math.max(1, rows - 1))
    setTimeout(this.#resizeToScreen, REDRAW_MS)
  }

  /** The connection has closed. `isOpen`: it had been established. */
  #handleClose(code: number, reason: string, isOpen: boolean) {
    const meaning = meaningOf(code)
    const isFirst = this.state.kind === 'opening' && !isOpen && !this.id
    // A watcher that was too slow may reconnect.
    const isSlow = meaning === 'limit' && this.isWatching && this.state.kind === 'live'
    if ((meaning === 'broken' && !isFirst) || isSlow) return this.#reconnectLater()
    this.#disconnect()
    clearTimeout(this.#timer)
    this.#outbox.discard()
    if (meaning === 'taken') return this.#setState({ kind: 'taken' })
    if (meaning === 'gone' && this.#token !== undefined) return void this.#checkExistence(reason)
    this.#end(meaning === 'broken' ? 'no-socket' : meaning, reason)
  }

  /** The token is no longer valid: the terminal has ended, or another client has taken it over. */
  async #checkExistence(reason: string): Promise<void> {
    const run = this.#run
    const exists = await this.#options.transport.exists(this.id).catch(() => false)
    if (run !== this.#run) return
    if (exists) this.#setState({ kind: 'taken' })
    else this.#end('gone', reason)
  }

  #end(why: EndReason, detail: string, error?: unknown): void {
    this.#setState({ kind: 'ended', why, detail, error })
  }

  #reconnectLater(): void {
    this.#disconnect()
    clearTimeout(this.#timer)
    this.#cutPaste = this.#outbox.discard() ?? this.#cutPaste
    const wait = WAITS_MS[Math.min(this.#tries++, WAITS_MS.length - 1)]!
    this.#timer = setTimeout(() => void this.#connect(), wait)
    if (this.state.kind !== 'lost') this.#setState({ kind: 'lost', until: Date.now() + this.#resumeSeconds * 1000 })
  }
}
