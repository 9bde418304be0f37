import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import { locations } from '../startup/locations.ts'
import { type DecodeOutcome, decodeOutcomes } from './decode.ts'
import type { ImageType } from './image-type.ts'

export type Verdict = DecodeOutcome | 'too-slow' | 'busy'

export interface ImageCheckOptions {
  /** Maximum number of images that wait while one is decoded. */
  maxWaiting?: number
  /** Time limit for one image in milliseconds, including the start of its process. */
  timeoutMs?: number
  /** Path of the decoder program; replaced in tests. */
  program?: string
}

// In KiB, seconds and 512-byte blocks. Node reserves 650 MB at its start and uses 80; an image needs up to 400 more. If
// the host runs out of memory, the kernel kills this process first.
const limits = 'ulimit -c 0; ulimit -d 1200000; ulimit -f 0; ulimit -t 10; echo 1000 >/proc/self/oom_score_adj'

/** Checks images by decoding them. Each image is decoded in a process of its own. */
export function createImageCheck(options: ImageCheckOptions = {}) {
  const { maxWaiting = 4, timeoutMs = 10_000 } = options
  const { program = locations.imageDecoder } = options
  const serialQueue = createSerialQueue()
  let pending = 0
  let closed = false
  let child: ChildProcess | undefined

  const run = async (bytes: Buffer, type: ImageType): Promise<Verdict> => {
    if (closed) return 'busy'
    const started = spawn(
      '/bin/sh',
      ['-c', `{ ${limits}; } 2>/dev/null; exec "$@"`, 'sh', process.execPath, '--max-old-space-size=64', program, type],
      // Otherwise libvips writes images above 100 MB to a temporary file.
      { env: { VIPS_DISC_THRESHOLD: '1g' }, cwd: '/', timeout: timeoutMs, killSignal: 'SIGKILL' }
    )
    child = started
    const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
      started.once('error', reject)
      started.once('close', (_code, signal) => resolve(signal))
    })
    // EPIPE: the process can end before it has read everything.
    started.stdin.on('error', () => {})
    started.stdin.end(bytes)
    const [signal, out, err] = await Promise.all([ended, text(started.stdout), text(started.stderr)])
    if (closed) return 'busy'
    const [ready, outcome] = out.split('\n')
    const decoded = decodeOutcomes.find((each) => each === outcome)
    if (decoded) return decoded
    if (started.killed) return 'too-slow'
    // The process was ready, so the image caused its end.
    if (ready === 'ready') return 'undecodable'
    throw new Error(`the image decoder did not start (${signal ?? 'it ended'}): ${err.slice(0, 1000)}`)
  }

  return {
    /** Decodes one image at a time; `busy` if too many wait. Throws if the decoder process cannot start. */
    async check(bytes: Buffer, type: ImageType): Promise<Verdict> {
      if (pending > maxWaiting) return 'busy'
      pending++
      try {
        return await serialQueue(() => run(bytes, type))
      } finally {
        pending--
      }
    },
    async close(): Promise<void> {
      closed = true
      child?.kill('SIGKILL')
      await serialQueue(async () => {})
    }
  }
}
export type ImageCheck = ReturnType<typeof createImageCheck>
