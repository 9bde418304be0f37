import { setTimeout as sleep } from 'node:timers/promises'
import type { StateDatabase } from './state-database.ts'
import type { Statements } from './statements.ts'
import { StorageError } from './storage-error.ts'

/** A change of what a running daemon holds in memory (decision 33). */
export type Order =
  | { kind: 'end-session'; sid: string }
  | { kind: 'end-sessions'; userIds: number[] }
  | { kind: 'unlock'; username: string; address?: string }

const LOOK_EVERY_MS = 500
const POLL_MS = 20
/** How long the command line waits: much longer than a daemon that runs needs. */
const PATIENCE_MS = 5000
/** Orders of commands that were killed are removed after this time. */
const KEEP_MS = 60_000

export interface OrderTakerOptions {
  state: Pick<StateDatabase, 'use' | 'fault'>
  /** Resolves with the number of changed things. An order may come again, if its result could not be written. */
  carryOut: (order: Order) => Promise<number>
  now: () => number
  onError: (error: unknown) => void
}

/** Carries out orders in the daemon, within a second. Returns a function that stops it. */
export function takeOrders({ state, carryOut, now, onError }: OrderTakerOptions): () => void {
  let isBusy = false
  const take = async (): Promise<void> => {
    // Without the file there are no orders, and only the state database tries to open it again.
    if (isBusy || state.fault() !== null) return
    isBusy = true
    try {
      const orders = state.use((_, sql) => sql.all`SELECT id, what, result, at FROM orders`)
      for (const { id, what } of orders.filter(({ result }) => result === null)) {
        const result = await carryOut(JSON.parse(what as string))
        state.use((_, sql) => sql.run`UPDATE orders SET result = ${result} WHERE id = ${id as number}`)
      }
      const oldest = now() - KEEP_MS
      if (orders.some(({ at }) => (at as number) < oldest))
        state.use((_, sql) => sql.run`DELETE FROM orders WHERE at < ${oldest}`)
    } catch (error) {
      // The state database retries by itself, and reports a fault that stays.
      if (!(error instanceof StorageError)) onError(error)
    } finally {
      isBusy = false
    }
  }
  const looking = setInterval(take, LOOK_EVERY_MS).unref()
  return () => clearInterval(looking)
}

/** Gives a running daemon an order. Throws an Error with one line if it does not carry it out in time. */
export async function giveOrder(sql: Statements, order: Order, at: number): Promise<number> {
  const what = JSON.stringify(order)
  const id = sql.get`INSERT INTO orders (at, what) VALUES (${at}, ${what}) RETURNING id`!.id as number
  const deadline = performance.now() + PATIENCE_MS
  try {
    for (;;) {
      const result = sql.get`SELECT result FROM orders WHERE id = ${id}`?.result as number | null | undefined
      if (typeof result === 'number') return result
      if (performance.now() > deadline)
        throw new Error('the daemon runs, but did not carry this out in 5 seconds; restart it and try again')
      await sleep(POLL_MS)
    }
  } finally {
    sql.run`DELETE FROM orders WHERE id = ${id}`
  }
}
