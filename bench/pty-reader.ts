import { type IPty, spawn } from '@lydell/node-pty'
import { measureArrival } from './stream.ts'

/** Sent to this process over its IPC channel. */
export interface PtyOrder {
  shell: string
  prompt: string
  command: string
  bytes: number
}

// The reference for the daemon's terminal: the same PTY, read by a process that does nothing else.
process.once('message', async ({ shell, prompt, command, bytes }: PtyOrder) => {
  // Without an encoding it emits buffers; the types do not say so.
  const pty: IPty = spawn(shell, [], { cols: 80, rows: 24, encoding: null })
  const arrival = measureArrival({ prompt, command, bytes }, (text) => pty.write(text))
  pty.onData((data) => arrival.take(data as unknown as Buffer))
  const ms = await arrival.ended
  pty.kill('SIGKILL')
  process.send!(ms, () => process.exit())
})
