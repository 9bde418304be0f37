import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import { locations } from '../startup/locations.ts'
import { type DecodeOutcome, decodeOutcomes } from './decode.ts'
import type { ImageType } from './image-type.ts'

export type Verdict = DecodeOutcome | 'too-slow' | 'busy'

export interface ImageCheckOptions {
  /** Images that may wait while one is decoded. */
  waiting?: number
  /** Milliseconds one image may take, the start of its process included. */
  timeoutMs?: number
  /** The program in place of ours; for tests. */
  program?: string
}

// In KiB, seconds and 512-byte blocks. Node sets aside 650 MB before it does anything, of which it uses 80; an image
// takes up to 400 more. The first to go when the host's memory runs out is this process.
const limits = 'ulimit -c 0; ulimit -d 1200000; ulimit -f 0; ulimit -t 10; echo 1000 >/proc/self/oom_score_adj'

/** Whether bytes are a complete image, found out in a process that lives as long as one image is decoded. */
export function createImageCheck(options: ImageCheckOptions = {}) {
  const { waiting = 4, timeoutMs = 10_000 } = options
  const { program = locations.imageDecoder } = options
  const inTurn = createSerialQueue()
  let pending = 0
  let closed = false
  let child: ChildProcess | undefined

  const run = async (bytes: Buffer, type: ImageType): Promise<Verdict> => {
    if (closed) return 'busy'
    const started = spawn(
      '/bin/sh',
      ['-c', `{ ${limits}; } 2>/dev/null; exec "$@"`, 'sh', process.execPath, '--max-old-space-size=64', program, type],
      // What libvips would put into a temporary file from 100 MB on.
      { env: { VIPS_DISC_THRESHOLD: '1g' }, cwd: '/', timeout: timeoutMs, killSignal: 'SIGKILL' }
    )
    child = started
    const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
      started.once('error', reject)
      started.once('close', (_code, signal) => resolve(signal))
    })
    // It may end before it has read everything.
    started.stdin.on('error', () => {})
    started.stdin.end(bytes)
    const [signal, out, err] = await Promise.all([ended, text(started.stdout), text(started.stderr)])
    if (closed) return 'busy'
    const [ready, outcome] = out.split('\n')
    const decoded = decodeOutcomes.find((each) => each === outcome)
    if (decoded) return decoded
    if (started.killed) return 'too-slow'
    // From here on the image is at fault, whatever became of the process.
    if (ready === 'ready') return 'undecodable'
    throw new Error(`the image decoder did not start (${signal ?? 'it ended'}): ${err.slice(0, 1000)}`)
  }

  return {
    /** One image at a time; `busy` when too many wait. Throws when the decoding process does not start. */
    async check(bytes: Buffer, type: ImageType): Promise<Verdict> {
      if (pending > waiting) return 'busy'
      pending++
      try {
        return await inTurn(() => run(bytes, type))
      } finally {
        pending--
      }
    },
    async close(): Promise<void> {
      closed = true
      child?.kill('SIGKILL')
      await inTurn(async () => {})
    }
  }
}
export type ImageCheck = ReturnType<typeof createImageCheck>
