import { isDeepStrictEqual } from 'node:util'
import type { GuardedSettingName, PendingChange } from '../../schemas/foundation/settings-file.ts'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import type { Awaitable } from '../storage/stores/awaitable.ts'
import type { SettingsStore } from '../storage/stores/settings.ts'

/** A setting that can lock its author out. Values are JSON. */
export interface GuardedSetting {
  /** Throws if the setting cannot be read. */
  read(subject?: number): Awaitable<unknown>
  write(value: unknown, subject?: number): Promise<void>
}

export interface NewChange {
  setting: GuardedSettingName
  subject?: number
  /** Seconds until the change is reverted unless confirmed; undefined for a permanent change. */
  seconds: number | undefined
  /** Id of the user who makes the change. */
  by: number
}

export type PendingRefusal = { ok: false; code: 'CONFLICT'; reason: string }

export interface PendingChangesOptions {
  store: Pick<SettingsStore, 'current' | 'update'>
  now: () => number
  /** The id of this host in a panel, whose settings are shared; empty on a single host. */
  hostId?: string
  /** Monotonic clock, milliseconds. */
  monotonicNow?: () => number
  /** Called when a change was not confirmed in time and has been reverted. */
  onReverted: (change: PendingChange) => void
  /** Called when a revert failed; it is retried. */
  onRevertFailed: (change: PendingChange, error: unknown) => void
}

const RETRY_MS = 5000

const refuse = (reason: string): PendingRefusal => ({ ok: false, code: 'CONFLICT', reason })

/**
 * Commit-confirm (contract 9): the previous value is stored before a change is made and restored after `seconds` unless
 * the change is confirmed, also by a later process. Only one change can be pending; others are rejected, since the
 * revert would undo them too.
 */
export function createPendingChanges(options: PendingChangesOptions) {
  const { store, now, hostId = '', monotonicNow = performance.now.bind(performance) } = options
  const { onReverted, onRevertFailed } = options
  const settings = new Map<GuardedSettingName, GuardedSetting>()
  const serialQueue = createSerialQueue()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  /** The monotonic time at which the change with this deadline must be reverted, also if the wall clock is changed. */
  let monotonicDeadline = { deadline: '', at: 0 }

  /** Another host's own setting: that host reverts it. */
  const isForeign = ({ host = hostId }: PendingChange): boolean => host !== hostId
  const foreign = refuse('another host of this panel is changing this setting; confirm or cancel it there')

  const current = (): PendingChange | null => store.current().pending_change ?? null
  // A wall clock that is set back must not delay the revert.
  const msLeft = ({ deadline, seconds }: PendingChange): number => {
    if (monotonicDeadline.deadline !== deadline) monotonicDeadline = { deadline, at: monotonicNow() + seconds * 1000 }
    return Math.max(Math.min(Date.parse(deadline) - now(), monotonicDeadline.at - monotonicNow()), 0)
  }

  const forget = (change: PendingChange): Promise<boolean> =>
    store.update((draft) => {
      if (draft.pending_change?.deadline !== change.deadline) return false
      delete draft.pending_change
      return true
    })

  const schedule = (inMs?: number): void => {
    clearTimeout(timer)
    const change = current()
    if (change === null || isForeign(change) || closed) return
    timer = setTimeout(() => serialQueue(revertIfDue), inMs ?? msLeft(change)).unref()
  }

  /** Restores the previous value. False if the setting has been changed since, and keeps its value. */
  const revert = async (change: PendingChange): Promise<boolean> => {
    const { setting: name, subject, previous } = change
    const setting = settings.get(name)
    if (!setting) throw new Error(`the setting ${name} has no owner`)
    // A change by hand since then was made by an administrator who is not locked out, so it stays.
    const isUnchangedSince = !('next' in change) || isDeepStrictEqual(await setting.read(subject), change.next)
    if (isUnchangedSince) await setting.write(previous, subject)
    // If it already has the previous value, a process was killed after the revert and before `forget`.
    const isTakenBack = isDeepStrictEqual(await setting.read(subject), previous)
    await forget(change)
    return isTakenBack
  }

  const revertIfDue = async (): Promise<void> => {
    const change = current()
    if (change === null || isForeign(change)) return
    if (msLeft(change) > 0) return schedule()
    try {
      if (await revert(change)) onReverted(change)
    } catch (error) {
      onRevertFailed(change, error)
      schedule(RETRY_MS)
    }
  }

  return {
    /** Registers how a setting is read and written. Call it before `start`. */
    own: (name: GuardedSettingName, setting: GuardedSetting): void => void settings.set(name, setting),

    /** Reverts a change that expired while the daemon was stopped, or schedules its revert. */
    start: (): Promise<void> => serialQueue(revertIfDue),

    /** Call it when settings.json has changed. */
    reschedule: (): void => schedule(),

    current,
    /** Whole seconds until a change is reverted. */
    secondsLeft: (change: PendingChange): number => Math.ceil(msLeft(change) / 1000),

    /** Makes a change. If `change` throws without an effect, nothing stays pending; the error is rethrown. */
    make<T>({ setting: name, subject, seconds, by }: NewChange, change: () => Promise<T>) {
      return serialQueue(async (): Promise<{ ok: true; result: T } | PendingRefusal> => {
        const pending = current()
        if (pending)
          return refuse(
            `a change of ${pending.setting} is waiting for confirmation; confirm or cancel it, then try again`
          )
        if (seconds === undefined) return { ok: true, result: await change() }
        const setting = settings.get(name)!
        const record: PendingChange = {
          setting: name,
          ...(name === 'tls' && hostId !== '' ? { host: hostId } : {}),
          ...(subject === undefined ? {} : { subject }),
          previous: await setting.read(subject),
          by,
          deadline: new Date(now() + seconds * 1000).toISOString(),
          seconds
        }
        const isFirst = await store.update((draft) => {
          if (draft.pending_change) return false
          draft.pending_change = record
          return true
        })
        if (!isFirst) return refuse('another change is waiting for confirmation; confirm or cancel it, then try again')
        try {
          const result = await change()
          const next = await setting.read(subject)
          await store.update((draft) => {
            if (draft.pending_change?.deadline === record.deadline) draft.pending_change.next = next
          })
          return { ok: true, result }
        } catch (error) {
          // A failed change that took effect partly stays pending, so that it is reverted.
          if (isDeepStrictEqual(await setting.read(subject), record.previous)) await forget(record)
          throw error
        } finally {
          schedule()
        }
      })
    },

    /** Makes the pending change permanent. `accept` checks it first and throws to reject. */
    confirm: (accept: (change: PendingChange) => Awaitable<void>) =>
      serialQueue(async (): Promise<{ ok: true; change: PendingChange } | PendingRefusal> => {
        const change = current()
        if (change === null) return refuse('no change is waiting for confirmation; it may have been reverted already')
        if (isForeign(change)) return foreign
        await accept(change)
        if (!(await forget(change))) return refuse('another change is pending now; check it, then confirm again')
        return { ok: true, change }
      }),

    /** Reverts the pending change at once. `accept` checks it first and throws to reject. */
    cancel: (accept: (change: PendingChange) => Awaitable<void>) =>
      serialQueue(async (): Promise<{ ok: true; change: PendingChange } | PendingRefusal> => {
        const change = current()
        if (change === null) return refuse('no change is waiting for confirmation')
        if (isForeign(change)) return foreign
        await accept(change)
        if (!(await revert(change)))
          return refuse('the setting was changed again in the meantime and keeps its current value')
        return { ok: true, change }
      }),

    close(): void {
      closed = true
      clearTimeout(timer)
    }
  }
}
export type PendingChanges = ReturnType<typeof createPendingChanges>
