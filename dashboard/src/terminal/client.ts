import { Heartbeat } from './heartbeat.ts'
import { Outbox } from './outbox.ts'
import {
  type EndReason,
  isAnswer,
  LEFT,
  meaningOf,
  RESUME_SECONDS,
  readMessage,
  type ServerMessage,
  SUBPROTOCOL
} from './protocol.ts'
import type { Link, LinkEvents } from './socket.ts'
import type { Purpose, Reconnection, TerminalState } from './state.ts'
import { Stream } from './stream.ts'

export interface TerminalTransport {
  /** A ticket; throws why there is none. */
  ticket(): Promise<string>
  link(protocols: string[], events: LinkEvents): Link
  /** Whether a later try may succeed after this error. */
  isTemporary(error: unknown): boolean
  /** Whether the host still has a terminal. */
  exists(id: string): Promise<boolean>
}

/** What shows a terminal. */
export interface Screen {
  write(bytes: Uint8Array, taken: () => void): void
  size(): { cols: number; rows: number }
  /** Somebody else decides about the size: for who watches. */
  follow(cols: number, rows: number): void
}

export interface ClientOptions {
  transport: TerminalTransport
  screen: Screen
  purpose: Purpose
  /** The state, `reconnection` or the progress of a paste is another. */
  onChange(): void
}

const WAITS_MS = [0, 500, 1000, 2000, 4000, 8000]
const ANSWER_MS = 10_000
const REDRAW_MS = 60

/** A terminal by `terminal.v1` (docs/terminal-protocol.md), over as many connections as it takes. */
export class TerminalClient {
  readonly #options: ClientOptions
  readonly #stream: Stream
  readonly #outbox: Outbox
  readonly #heartbeat: Heartbeat
  #link: Link | null = null
  /** Counts connections: what comes of an older one is nobody's. */
  #run = 0
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** In memory and nowhere else. */
  #token: string | undefined
  #resumeSeconds = RESUME_SECONDS
  #cutPaste: ReturnType<Outbox['drop']> = null
  #isFresh = true
  /** Empty until the host has given one. */
  id: string
  state: TerminalState = { kind: 'opening' }
  reconnection: Reconnection | null = null

  constructor(options: ClientOptions) {
    this.#options = options
    this.id = options.purpose.kind === 'open' ? '' : options.purpose.id
    this.#stream = new Stream({
      show: (bytes, taken) => options.screen.write(bytes, taken),
      acknowledge: (received) => !this.isWatching && this.#say({ type: 'ack', received })
    })
    this.#outbox = new Outbox({
      send: (bytes) => this.#link?.send(bytes),
      buffered: () => this.#link?.buffered() ?? 0,
      onChange: options.onChange
    })
    this.#heartbeat = new Heartbeat({ ping: () => this.#say({ type: 'ping' }), onSilence: () => this.#lose() })
  }

  get isWatching(): boolean {
    return this.#options.purpose.kind === 'watch'
  }

  /** The paste on its way, in bytes. */
  get paste(): Outbox['progress'] {
    return this.#outbox.progress
  }

  start(): void {
    void this.#connect()
  }

  /** What was typed, pasted or answered by the emulator. Only a live terminal takes it: nothing is typed blindly. */
  input(text: string): void {
    if (this.state.kind !== 'live' || this.isWatching) return
    if (this.#stream.isReplaying() && isAnswer(text)) return
    this.#outbox.push(text)
  }

  cancelPaste(): void {
    this.#outbox.cancel()
  }

  resize(cols: number, rows: number): void {
    if (this.state.kind === 'live' && !this.isWatching) this.#say({ type: 'resize', cols, rows })
  }

  /** The network may be back, or gone without a word: finds out now. */
  wake(): void {
    if (this.state.kind === 'lost') this.retry()
    else if (this.state.kind === 'live') this.#heartbeat.check()
  }

  /** Tries again at once: after a loss, or to take the terminal back from who has taken it. */
  retry(): void {
    if (this.state.kind === 'taken') this.#token = undefined
    if (this.state.kind !== 'lost') this.#become({ kind: 'opening' })
    void this.#connect()
  }

  /** What was shown is told before the page goes, so that it is known as a replay when it comes back. */
  flush(): void {
    this.#stream.flush()
  }

  dismissReconnection = (): void => {
    this.reconnection = null
    this.#options.onChange()
  }

  /** Ends the terminal and everything in it. False where there is no connection to say it on. */
  end(): boolean {
    const isLive = this.state.kind === 'live'
    if (isLive && !this.isWatching) this.#say({ type: 'end' })
    return isLive
  }

  /** Goes, and leaves the terminal to itself. */
  leave(): void {
    this.#hangUp()
    clearTimeout(this.#timer)
  }

  #say(message: object): void {
    this.#link?.send(JSON.stringify(message))
  }

  #become(state: TerminalState): void {
    this.state = state
    this.#options.onChange()
  }

  #hangUp(): void {
    this.#run++
    this.#heartbeat.stop()
    this.#stream.stop()
    this.#link?.close(LEFT)
    this.#link = null
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer)
    this.#hangUp()
    const run = this.#run
    const isCurrent = () => run === this.#run
    const { transport } = this.#options
    let ticket: string
    try {
      ticket = await transport.ticket()
    } catch (error) {
      if (!isCurrent()) return
      // Who has something to lose waits; who opens a new one is told.
      if (transport.isTemporary(error) && this.id) this.#lose()
      else this.#end('refused', '', error)
      return
    }
    if (!isCurrent()) return
    let isOpen = false
    this.#timer = setTimeout(() => this.#drop(1006, '', isOpen), ANSWER_MS)
    this.#link = transport.link([SUBPROTOCOL, `ticket.${ticket}`], {
      opened: () => {
        if (!isCurrent()) return
        isOpen = true
        this.#say(this.#first())
      },
      text: (text) => isCurrent() && this.#obey(text),
      bytes: (bytes) => {
        if (!isCurrent()) return
        this.#heartbeat.heard()
        this.#stream.push(bytes)
      },
      closed: (code, reason) => isCurrent() && this.#drop(code, reason, isOpen)
    })
  }

  #first(): object {
    const { purpose, screen } = this.#options
    if (purpose.kind === 'watch') return { type: 'watch', id: this.id }
    if (!this.id) return { type: 'open', target: purpose.kind === 'open' ? purpose.target : 'shell', ...screen.size() }
    const proof = this.#token === undefined ? {} : { token: this.#token, received: this.#stream.received }
    return { type: 'resume', id: this.id, ...proof, ...screen.size() }
  }

  #obey(text: string) {
    this.#heartbeat.heard()
    const message = readMessage(text)
    switch (message?.type) {
      case 'opened':
      case 'resumed':
      case 'watching':
        return this.#begin(message)
      case 'resized':
        return this.#options.screen.follow(message.cols!, message.rows!)
      case 'input':
        return this.#outbox.hold(message.full === true)
      case 'exit':
        this.#hangUp()
        this.#outbox.drop()
        return this.#become({ kind: 'exited', code: message.code as number | null, signal: message.signal ?? null })
    }
  }

  #begin(message: ServerMessage): void {
    clearTimeout(this.#timer)
    this.#tries = 0
    this.id = message.id!
    this.#token = message.token
    this.#resumeSeconds = message.resume_seconds ?? RESUME_SECONDS
    if (this.isWatching) this.#options.screen.follow(message.cols!, message.rows!)
    const gone = this.#stream.begin(message.position!, message.live!)
    const isFresh = this.#isFresh
    if (message.type !== 'opened' && !(this.isWatching && isFresh)) {
      this.reconnection = { gone, isFresh, isPasteCut: this.#cutPaste !== null }
    }
    if (this.#cutPaste === 'bracketed') this.#outbox.endPaste()
    this.#cutPaste = null
    this.#isFresh = false
    this.#heartbeat.start()
    this.#become({ kind: 'live' })
    if (isFresh && gone > 0) this.#redraw()
    else this.#resizeToScreen()
  }

  /** The window may have another size than it had when the terminal was told. */
  #resizeToScreen = (): void => {
    const { cols, rows } = this.#options.screen.size()
    this.resize(cols, rows)
  }

  /** A program that fills the screen draws all of it anew when the size changes; its first lines may be gone. */
  #redraw(): void {
    const { cols, rows } = this.#options.screen.size()
    this.resize(cols, Math.max(1, rows - 1))
    setTimeout(this.#resizeToScreen, REDRAW_MS)
  }

  /** This connection is over. `isOpen`: it was one. */
  #drop(code: number, reason: string, isOpen: boolean) {
    const meaning = meaningOf(code)
    const isFirst = this.state.kind === 'opening' && !isOpen && !this.id
    // A watcher that fell behind may watch again.
    const isSlow = meaning === 'limit' && this.isWatching && this.state.kind === 'live'
    if ((meaning === 'broken' && !isFirst) || isSlow) return this.#lose()
    this.#hangUp()
    clearTimeout(this.#timer)
    this.#outbox.drop()
    if (meaning === 'taken') return this.#become({ kind: 'taken' })
    if (meaning === 'gone' && this.#token !== undefined) return void this.#findOut(reason)
    this.#end(meaning === 'broken' ? 'no-socket' : meaning, reason)
  }

  /** Its token is not good any more: because it is gone, or because somebody has taken it over meanwhile. */
  async #findOut(reason: string): Promise<void> {
    const run = this.#run
    const exists = await this.#options.transport.exists(this.id).catch(() => false)
    if (run !== this.#run) return
    if (exists) this.#become({ kind: 'taken' })
    else this.#end('gone', reason)
  }

  #end(why: EndReason, detail: string, error?: unknown): void {
    this.#become({ kind: 'ended', why, detail, error })
  }

  #lose(): void {
    this.#hangUp()
    clearTimeout(this.#timer)
    this.#cutPaste = this.#outbox.drop() ?? this.#cutPaste
    const wait = WAITS_MS[Math.min(this.#tries++, WAITS_MS.length - 1)]!
    this.#timer = setTimeout(() => void this.#connect(), wait)
    if (this.state.kind !== 'lost') this.#become({ kind: 'lost', until: Date.now() + this.#resumeSeconds * 1000 })
  }
}
