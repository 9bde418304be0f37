import type { Permission } from '../../schemas/auth/permission.ts'
import { createMergePatch } from './merge-patch.ts'

/** A topic of the live stream, usually the answer of a route. */
export interface TopicOptions {
  /** The topic's name in messages. */
  name: string
  /** The permission that a subscriber needs at all times. */
  permission: Permission
  /**
   * The current state: a plain object that must not be modified afterwards, since the next one is compared with it.
   * Arrays are sent as a whole: model a long list with few changes as an object by id.
   */
  snapshot(): object
  /** A number that grows when `snapshot` may have changed. Without it the snapshot is taken at every tick. */
  revision?(): number
  /** Called at every tick while the topic has followers, for a source that is only read on demand. */
  keepFresh?(): unknown
}

const encode = (message: object): Buffer => Buffer.from(JSON.stringify(message))

/** The last sent state of one topic. Each message is encoded once for all clients. */
export function createTopic(options: TopicOptions, onFault: (error: unknown) => void) {
  const { name, permission, snapshot, revision, keepFresh } = options
  let seq = 0
  let lastRevision: number | undefined
  let data: Record<string, unknown> | null = null
  let snapshotMessage: Buffer | null = null
  let deltaMessage: Buffer | null = null
  let followers = 0

  function update(): void {
    keepFresh?.()
    const now = revision?.()
    if (data !== null && now !== undefined && now === lastRevision) return
    const next = snapshot() as Record<string, unknown>
    const patch = data === null ? null : createMergePatch(data, next)
    lastRevision = now
    if (data !== null && patch === null) return
    data = next
    seq++
    snapshotMessage = null
    deltaMessage = patch && encode({ type: 'delta', topic: name, seq, patch })
  }

  // A failing topic must not stop the others.
  function refresh(): void {
    try {
      update()
    } catch (error) {
      onFault(error)
    }
  }

  return {
    name,
    permission,
    refresh,
    /** Sequence number of the newest message; 0 before the first one. */
    seq: () => (data === null ? 0 : seq),
    isFollowed: () => followers > 0,
    follow(): void {
      // Not while others follow: they would miss this change.
      if (followers === 0) refresh()
      followers++
    },
    /** Without followers the topic keeps only its sequence number. */
    unfollow(): void {
      followers--
      if (followers > 0) return
      data = null
      snapshotMessage = null
      deltaMessage = null
    },
    /** The message that brings a client from sequence number `has` to the newest: a delta or a snapshot. */
    messageAfter(has: number): Buffer {
      if (deltaMessage !== null && has === seq - 1) return deltaMessage
      snapshotMessage ??= encode({ type: 'snapshot', topic: name, seq, data })
      return snapshotMessage
    }
  }
}
export type Topic = ReturnType<typeof createTopic>
