import type { GuardedSettingName, PendingChange } from '../../schemas/foundation/settings-file.ts'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import type { Awaitable } from '../storage/stores/awaitable.ts'
import type { SettingsStore } from '../storage/stores/settings.ts'

// Imported by name, it would load all that Node exports lazily from there.
const { isDeepStrictEqual } = process.getBuiltinModule('node:util')

/** A setting that can lock its author out, as its owner reads and writes it. Values are JSON. */
export interface GuardedSetting {
  /** Throws where it cannot be read: what is not known was not changed by hand. */
  read(subject?: number): Awaitable<unknown>
  write(value: unknown, subject?: number): Promise<void>
}

export interface NewChange {
  setting: GuardedSettingName
  subject?: number
  /** Undefined: the change is for good. */
  seconds: number | undefined
  /** The id of the user who makes it. */
  by: number
}

export type PendingRefusal = { ok: false; code: 'CONFLICT'; reason: string }

export interface PendingChangesOptions {
  store: Pick<SettingsStore, 'current' | 'update'>
  now: () => number
  /** Milliseconds of a clock that nobody sets. */
  monotonicNow?: () => number
  /** Nobody confirmed it in time. */
  onTakenBack: (change: PendingChange) => void
  /** The change could not be taken back; it is tried again. */
  onTrouble: (change: PendingChange, error: unknown) => void
}

const RETRY_MS = 5000

const refuse = (reason: string): PendingRefusal => ({ ok: false, code: 'CONFLICT', reason })

/**
 * Commit-confirm (contract 9): how to take a change back is stored before it is made, and done after `seconds` unless it
 * is confirmed, by whichever process runs then. One change waits at a time; others that could lock out wait for it, since
 * taking it back would undo them too.
 */
export function createPendingChanges(options: PendingChangesOptions) {
  const { store, now, monotonicNow = performance.now.bind(performance), onTakenBack, onTrouble } = options
  const settings = new Map<GuardedSettingName, GuardedSetting>()
  const turns = createSerialQueue()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  /** When this process must take the change of a deadline back, whatever the clock is set to. */
  let latest = { deadline: '', at: 0 }

  const current = (): PendingChange | null => store.current().pending_change ?? null
  // A clock that was set back must not make it wait longer than was asked.
  const msLeft = ({ deadline, seconds }: PendingChange): number => {
    if (latest.deadline !== deadline) latest = { deadline, at: monotonicNow() + seconds * 1000 }
    return Math.max(Math.min(Date.parse(deadline) - now(), latest.at - monotonicNow()), 0)
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
    if (change === null || closed) return
    timer = setTimeout(() => turns(takeBackIfDue), inMs ?? msLeft(change)).unref()
  }

  /** Whether the setting is what it was. */
  const takeBack = async (change: PendingChange): Promise<boolean> => {
    const { setting: name, subject, previous } = change
    const setting = settings.get(name)
    if (!setting) throw new Error(`nothing owns the setting ${name}`)
    // Changed by hand meanwhile: that is a decision of its own, made by somebody who is not locked out.
    const isOurs = !('next' in change) || isDeepStrictEqual(await setting.read(subject), change.next)
    if (isOurs) await setting.write(previous, subject)
    // Where it is what it was already, a process was killed before it could say so.
    const isTakenBack = isDeepStrictEqual(await setting.read(subject), previous)
    await forget(change)
    return isTakenBack
  }

  const takeBackIfDue = async (): Promise<void> => {
    const change = current()
    if (change === null) return
    if (msLeft(change) > 0) return schedule()
    try {
      if (await takeBack(change)) onTakenBack(change)
    } catch (error) {
      onTrouble(change, error)
      schedule(RETRY_MS)
    }
  }

  return {
    /** Says how a setting is read and written. Before `start`. */
    own: (name: GuardedSettingName, setting: GuardedSetting): void => void settings.set(name, setting),

    /** Takes back what fell due while nothing ran, and waits for the rest. */
    start: (): Promise<void> => turns(takeBackIfDue),

    /** To be called when settings.json has changed. */
    reschedule: (): void => schedule(),

    current,
    /** Whole seconds until a change is taken back. */
    secondsLeft: (change: PendingChange): number => Math.ceil(msLeft(change) / 1000),

    /** Makes a change; one that throws leaves nothing behind. */
    make<T>({ setting: name, subject, seconds, by }: NewChange, change: () => Promise<T>) {
      return turns(async (): Promise<{ ok: true; result: T } | PendingRefusal> => {
        const waiting = current()
        if (waiting) return refuse(`a change of ${waiting.setting} waits to be confirmed; try again afterwards`)
        if (seconds === undefined) return { ok: true, result: await change() }
        const setting = settings.get(name)!
        const record: PendingChange = {
          setting: name,
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
        if (!isFirst) return refuse('another change waits to be confirmed; try again afterwards')
        try {
          const result = await change()
          const next = await setting.read(subject)
          await store.update((draft) => {
            if (draft.pending_change?.deadline === record.deadline) draft.pending_change.next = next
          })
          return { ok: true, result }
        } catch (error) {
          // What was changed before it failed waits to be taken back all the same.
          if (isDeepStrictEqual(await setting.read(subject), record.previous)) await forget(record)
          throw error
        } finally {
          schedule()
        }
      })
    },

    /** The change stands. `accept` decides with the change in hand. */
    confirm: (accept: (change: PendingChange) => Awaitable<void>) =>
      turns(async (): Promise<{ ok: true; change: PendingChange } | PendingRefusal> => {
        const change = current()
        if (change === null) return refuse('no change waits to be confirmed; it may have been taken back')
        await accept(change)
        if (!(await forget(change))) return refuse('the change is not the one it was')
        return { ok: true, change }
      }),

    /** Takes the waiting change back at once. */
    cancel: (accept: (change: PendingChange) => Awaitable<void>) =>
      turns(async (): Promise<{ ok: true; change: PendingChange } | PendingRefusal> => {
        const change = current()
        if (change === null) return refuse('no change waits to be confirmed')
        await accept(change)
        if (!(await takeBack(change))) return refuse('the setting was changed meanwhile, and stays as it is now')
        return { ok: true, change }
      }),

    close(): void {
      closed = true
      clearTimeout(timer)
    }
  }
}
export type PendingChanges = ReturnType<typeof createPendingChanges>
