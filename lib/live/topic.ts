import type { Permission } from '../../schemas/auth/permission.ts'
import { createMergePatch } from './merge-patch.ts'

/** Something that clients of the live stream can follow: most often the answer of a route. */
export interface TopicOptions {
  /** In the messages. */
  name: string
  /** What a subscriber must have, at any time. */
  permission: Permission
  /**
   * What it is now: a plain object that is not changed afterwards, since the next one is compared with it. Members that
   * change are sent, arrays whole: a long list of which little changes is better an object by id.
   */
  snapshot(): object
  /** Grows when `snapshot` may have changed; without it that is made at every tick. */
  revision?(): number
  /** Called at every tick while somebody follows: for a source that is read on demand only. */
  keepFresh?(): unknown
}

const encode = (message: object): Buffer => Buffer.from(JSON.stringify(message))

/** One topic as it was last sent, each message of it made once for all clients. */
export function createTopic(options: TopicOptions, onFault: (error: unknown) => void) {
  const { name, permission, snapshot, revision, keepFresh } = options
  let seq = 0
  let madeOf: number | undefined
  let data: Record<string, unknown> | null = null
  let whole: Buffer | null = null
  let delta: Buffer | null = null
  let followers = 0

  function look(): void {
    keepFresh?.()
    const now = revision?.()
    if (data !== null && now !== undefined && now === madeOf) return
    const next = snapshot() as Record<string, unknown>
    const patch = data === null ? null : createMergePatch(data, next)
    madeOf = now
    if (data !== null && patch === null) return
    data = next
    seq++
    whole = null
    delta = patch && encode({ type: 'delta', topic: name, seq, patch })
  }

  // A topic that fails stands still, and with it nothing else.
  function refresh(): void {
    try {
      look()
    } catch (error) {
      onFault(error)
    }
  }

  return {
    name,
    permission,
    refresh,
    /** Of the newest message; 0 while there is none. */
    seq: () => (data === null ? 0 : seq),
    isFollowed: () => followers > 0,
    follow(): void {
      // Not while others follow: they would miss this step.
      if (followers === 0) refresh()
      followers++
    },
    /** Without followers it keeps nothing but its place in the sequence. */
    unfollow(): void {
      followers--
      if (followers > 0) return
      data = null
      whole = null
      delta = null
    },
    /** What brings a client from the message `has` to the newest: the one change, or all of it. */
    messageAfter(has: number): Buffer {
      if (delta !== null && has === seq - 1) return delta
      whole ??= encode({ type: 'snapshot', topic: name, seq, data })
      return whole
    }
  }
}
export type Topic = ReturnType<typeof createTopic>
