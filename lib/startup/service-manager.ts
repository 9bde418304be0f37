import { createSerialQueue } from '../concurrency/serial-queue.ts'
import { createProgram, outputOf } from '../programs/program.ts'

/** Milliseconds for one message. systemd-notify itself waits up to 5 s until systemd has read it. */
const SEND_MS = 10_000

/**
 * Tells systemd the state of this process by sd_notify(3): ready, stopping, and every half of WATCHDOG_USEC that the event
 * loop still runs. A timer of the event loop starts each message, so that a hung process sends none. Without NOTIFY_SOCKET
 * it does nothing. Messages that cannot be sent are reported to `warn`.
 */
export function createServiceManager(env: NodeJS.ProcessEnv, pid: number, warn: (message: string) => void) {
  const socket = env.NOTIFY_SOCKET
  if (!socket) return { ready: async () => {}, stopping: async () => {} }

  // Node has no datagram sockets of the Unix domain (decision 34).
  const program = createProgram({
    file: 'systemd-notify',
    timeoutMs: SEND_MS,
    maxBytes: 4096,
    env: { NOTIFY_SOCKET: socket }
  })
  const inTurn = createSerialQueue()
  const send = (message: string) =>
    inTurn(async () => {
      try {
        outputOf(await program.run([message]), 'systemd-notify')
      } catch (error) {
        warn(`systemd was not told ${message}: ${(error as Error).message}`)
      }
    })

  // systemd sets WATCHDOG_PID too; a value for another process was inherited from a parent.
  const watchdogMs = env.WATCHDOG_PID === `${pid}` ? Number(env.WATCHDOG_USEC) / 1000 : 0
  let timer: NodeJS.Timeout | undefined

  return {
    /** The daemon answers requests. Starts the messages for the watchdog. */
    ready(): Promise<void> {
      if (watchdogMs > 0) timer = setInterval(send, watchdogMs / 2, 'WATCHDOG=1').unref()
      return send('READY=1')
    },

    /** The daemon is shutting down. systemd stops its watchdog with that. */
    stopping(): Promise<void> {
      clearInterval(timer)
      return send('STOPPING=1')
    }
  }
}
