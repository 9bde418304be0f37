import { Compile } from 'typebox/schema'
import type { RawData } from 'ws'
import { type TerminalMessage, TerminalMessageSchemas } from '../../schemas/terminal/terminal.ts'
import { parseObject } from '../storage/json-object.ts'
import { CLOSE, type Client } from './client.ts'
import { FIRST_MESSAGE_TIMEOUT_MS } from './limits.ts'
import type { Attached, Caller, Refusal, Registry } from './registry.ts'
import { answer, bytesOf, endsCleanly, type TerminalSocket } from './socket.ts'

type Role = { attached: Omit<Attached, 'token' | 'ok' | 'confirm'>; isWriter: boolean; confirm?: () => void }

const FIRST_MESSAGE = 'the first message must be open, resume or watch'

const validators = new Map(
  Object.entries(TerminalMessageSchemas).map(([type, schema]) => [type, Compile(schema)] as const)
)

/** Parses a control message; null if it is not a JSON object, an error text if it is invalid. */
function readMessage(text: string): TerminalMessage | string | null {
  const message = parseObject(text)
  if (message === null) return null
  const { type } = message as { type?: unknown }
  const validator = typeof type === 'string' ? validators.get(type) : undefined
  if (!validator) return 'unknown message type'
  if (validator.Check(message)) return message as TerminalMessage
  const [fault] = validator.Errors(message)[1]
  return `${fault?.instancePath || type} ${fault?.message ?? 'is invalid'}`
}

/** The binary protocol `terminal.v1` on one WebSocket (docs/terminal-protocol.md). */
export function serveV1(socket: TerminalSocket, caller: Caller, registry: Registry, target: string): void {
  let role: Role | null = null
  let isOver = false

  const control: Client['control'] = (message) => answer(socket, message)
  const close = (code: number, reason: string) => {
    isOver = true
    clearTimeout(firstMessageTimer)
    socket.close(code, reason)
  }
  /** Closes the connection after a protocol violation; the terminal stays and can be resumed. */
  const rejectMessage = (code: number, reason: string) => {
    role?.attached.terminal.detach(role.attached.attachment)
    close(code, reason)
  }
  const client: Client = {
    acknowledges: true,
    output: (bytes, flushed) => socket.send(bytes, flushed),
    control,
    close
  }
  const watcher: Client = { ...client, acknowledges: false }
  const firstMessageTimer = setTimeout(() => close(CLOSE.rule, FIRST_MESSAGE), FIRST_MESSAGE_TIMEOUT_MS)

  const handleFirst = (message: TerminalMessage) => {
    clearTimeout(firstMessageTimer)
    if (message.type === 'open') {
      begin(registry.open(caller, client, message.target ?? target, message), 'opened')
    } else if (message.type === 'resume') {
      const { id, token, received, cols, rows } = message
      const attached = registry.resume(caller, client, id, token, received)
      if (attached.ok) attached.terminal.resize(attached.attachment, cols, rows)
      begin(attached, 'resumed')
    } else if (message.type === 'watch') {
      const watching = registry.watch(caller, watcher, message.id)
      if (!watching.ok) return close(watching.code, watching.reason)
      role = { attached: watching, isWriter: false }
      control({ type: 'watching', ...watching.terminal.describe(watching.start) })
      watching.terminal.begin(watching.attachment)
    } else close(CLOSE.rule, FIRST_MESSAGE)
  }

  const begin = (attached: Attached | Refusal, type: 'opened' | 'resumed') => {
    if (!attached.ok) return close(attached.code, attached.reason)
    role = { attached, isWriter: true, confirm: attached.confirm }
    const { terminal, attachment, token, start } = attached
    control({ type, token, ...terminal.describe(start) })
    terminal.begin(attachment)
  }

  const handle = (message: TerminalMessage, { attached: { terminal, attachment }, isWriter }: Role) => {
    if (message.type === 'ping') control({ type: 'pong' })
    else if (message.type === 'resize') terminal.resize(attachment, message.cols, message.rows)
    else if (message.type === 'ack') {
      if (isWriter && !attachment.feed.acknowledge(message.received))
        rejectMessage(CLOSE.rule, 'more bytes were acknowledged than were sent')
    } else if (message.type === 'end') {
      if (isWriter) void terminal.end(CLOSE.normal, 'ended by the client')
    } else rejectMessage(CLOSE.rule, 'this connection already has a terminal')
  }

  const receive = (text: string) => {
    const message = readMessage(text)
    if (message === null) rejectMessage(CLOSE.unsupported, 'control messages must be JSON objects')
    else if (typeof message !== 'string') role ? handle(message, role) : handleFirst(message)
    else if (role) control({ type: 'error', code: 'VALIDATION', message })
    else close(CLOSE.rule, message.slice(0, 100))
  }

  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isOver) return
    role?.confirm?.()
    if (!isBinary) receive(String(data))
    else if (role) role.attached.terminal.write(role.attached.attachment, bytesOf(data))
    else close(CLOSE.rule, FIRST_MESSAGE)
  })
  socket.on('close', (code: number) => {
    clearTimeout(firstMessageTimer)
    if (!role || isOver) return
    isOver = true
    const { terminal, attachment } = role.attached
    if (role.isWriter && endsCleanly(code)) void terminal.end(CLOSE.normal, 'ended by the client')
    else terminal.detach(attachment)
  })
}
