import { StringDecoder } from 'node:string_decoder'
import { Compile } from 'typebox/schema'
import type { RawData } from 'ws'
import { TerminalMessageSchemas } from '../../schemas/terminal/terminal.ts'
import { CLOSE, type Client } from './client.ts'
import type { Caller, Registry } from './registry.ts'
import { answer, bytesOf, type TerminalSocket } from './socket.ts'

const SIZE = { cols: 80, rows: 24 }
const MAX_COMMAND_LENGTH = 1024

const isSize = Compile(TerminalMessageSchemas.resize)

/** Parses a command of the Monitor's clients; null for input to the shell. */
function readCommand(text: string): { type: 'ping' } | { type: 'resize'; cols?: unknown; rows?: unknown } | null {
  if (text.length > MAX_COMMAND_LENGTH || !/^\s*\{/.test(text)) return null
  try {
    const message = JSON.parse(text)
    return message.type === 'ping' || message.type === 'resize' ? message : null
  } catch {
    return null
  }
}

/** The Monitor's own text protocol on one WebSocket. The shell starts at once and ends with the connection. */
export function serveText(socket: TerminalSocket, caller: Caller, registry: Registry, target: string): void {
  const decoder = new StringDecoder('utf8')
  let isOver = false

  const client: Client = {
    acknowledges: false,
    output(bytes, flushed) {
      const text = decoder.write(bytes)
      if (text === '') flushed()
      else socket.send(text, flushed)
    },
    control(message) {
      if (message.type !== 'exit') return
      const rest = decoder.end()
      if (rest !== '') socket.send(rest)
    },
    close(code, reason) {
      isOver = true
      socket.close(code, reason)
    }
  }
  const attached = registry.open(caller, client, target, SIZE)
  if (!attached.ok) {
    client.close(attached.code, attached.reason)
    return
  }
  const { terminal, attachment } = attached

  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isOver) return
    const command = isBinary ? null : readCommand(String(data))
    if (command === null) terminal.write(attachment, bytesOf(data))
    else if (command.type === 'ping') answer(socket, { type: 'pong' })
    // A hidden tab measures 0 columns.
    else if (isSize.Check(command)) terminal.resize(attachment, command.cols, command.rows)
  })
  socket.on('close', () => {
    if (!isOver) void terminal.end(CLOSE.normal, 'ended by the client')
  })
  terminal.begin(attachment)
}
