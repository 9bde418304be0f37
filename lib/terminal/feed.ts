import type { Client } from './client.ts'
import { COALESCE_MS, HIGH_WATERMARK, MAX_OUTPUT } from './limits.ts'
import type { Replay } from './replay.ts'

export interface FeedOptions {
  replay: Replay
  client: Client
  /** Position of the first byte it gets. */
  from: number
  /** More of what it was sent has been taken. */
  onTaken: () => void
}

/**
 * A terminal's output on its way to one client. The first bytes after a quiet moment go out at once; what comes within
 * the next 3 ms goes together, at most 64 KiB a message, and never more than 192 KiB beyond what was taken.
 */
export function createFeed({ replay, client, from, onTaken }: FeedOptions) {
  let sent = from
  let flushed = from
  let acknowledged = from
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  // What was acknowledged without having left is not taken: a client that never reads could say so.
  const taken = () => (client.acknowledges ? Math.min(acknowledged, flushed) : flushed)

  const send = () => {
    const to = Math.min(replay.end(), sent + MAX_OUTPUT, taken() + HIGH_WATERMARK)
    if (to <= sent) return false
    const length = to - sent
    const bytes = replay.read(sent, to)
    sent = to
    client.output(bytes, () => {
      flushed += length
      moved()
    })
    return true
  }

  const moved = () => {
    if (stopped) return
    onTaken()
    pump()
  }

  const pump = () => {
    if (stopped || sent < replay.start()) return
    if (timer !== undefined && replay.end() - sent < MAX_OUTPUT) return
    let wasSent = false
    while (send()) wasSent = true
    if (!wasSent || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      pump()
    }, COALESCE_MS)
  }

  return {
    pump,
    taken,
    sent: () => sent,
    /** What was to be sent next is gone. */
    isBehind: () => sent < replay.start(),
    /** False where the position was not sent yet. */
    acknowledge(position: number): boolean {
      if (position > sent) return false
      if (position > acknowledged) {
        acknowledged = position
        moved()
      }
      return true
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    }
  }
}
export type Feed = ReturnType<typeof createFeed>
