import type { Client } from './client.ts'
import { COALESCE_MS, HIGH_WATERMARK, MAX_OUTPUT } from './limits.ts'
import type { Replay } from './replay.ts'

export interface FeedOptions {
  replay: Replay
  client: Client
  /** Position of the first byte to send. */
  from: number
  /** Called when the client has consumed more bytes. */
  onConsumed: () => void
}

/**
 * Sends a terminal's output to one client. The first bytes after a pause are sent at once; output of the next 3 ms is
 * coalesced, at most 64 KiB a message. At most 192 KiB are sent beyond the bytes the client has consumed.
 */
export function createFeed({ replay, client, from, onConsumed }: FeedOptions) {
  let sent = from
  let flushed = from
  let acknowledged = from
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  // A client that never reads could acknowledge bytes that were not flushed yet, so the lower position counts.
  const consumed = () => (client.acknowledges ? Math.min(acknowledged, flushed) : flushed)

  const send = () => {
    const to = Math.min(replay.end(), sent + MAX_OUTPUT, consumed() + HIGH_WATERMARK)
    if (to <= sent) return false
    const length = to - sent
    const bytes = replay.read(sent, to)
    sent = to
    client.output(bytes, () => {
      flushed += length
      onProgress()
    })
    return true
  }

  const onProgress = () => {
    if (stopped) return
    onConsumed()
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
    consumed,
    sent: () => sent,
    /** The replay buffer no longer holds the next byte to send. */
    isBehind: () => sent < replay.start(),
    /** False if the position was not sent yet. */
    acknowledge(position: number): boolean {
      if (position > sent) return false
      if (position > acknowledged) {
        acknowledged = position
        onProgress()
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
