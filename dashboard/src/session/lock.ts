import { basePath } from '../api/place.ts'

const NAME = `proxmenux-monitor${basePath}`
/** Longer than a request may take. */
const LEASE_MS = 16_000

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => request.result.createObjectStore('leases')
  return done(request)
}

/** A transaction that reads and writes is alone in its store, in all tabs: the compare and set that is needed. */
async function takeLease(database: IDBDatabase, until: number): Promise<boolean> {
  const store = database.transaction('leases', 'readwrite').objectStore('leases')
  const held = ((await done(store.get('refresh'))) as number | undefined) ?? 0
  const now = Date.now()
  // One far ahead was written before the clock was put back.
  if (held > now && held < now + 2 * LEASE_MS) return false
  await done(store.put(until, 'refresh'))
  return true
}

async function underLease<T>(task: () => Promise<T>): Promise<T> {
  let database: IDBDatabase
  try {
    database = await openDatabase()
  } catch {
    // No storage at all, as in some private windows: those have no second tab that shares the cookie for long.
    return task()
  }
  try {
    const giveUp = Date.now() + LEASE_MS
    while (Date.now() < giveUp && !(await takeLease(database, Date.now() + LEASE_MS))) {
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 50))
    }
    return await task()
  } finally {
    const store = database.transaction('leases', 'readwrite').objectStore('leases')
    await done(store.put(0, 'refresh')).catch(() => {})
    database.close()
  }
}

/**
 * Runs a task while no other tab runs one. A refresh token is good once, and one that comes twice ends every session of
 * its user: so of all tabs one refreshes at a time. Browsers have locks for that on HTTPS and localhost only; over plain
 * HTTP, which is how most reach this host, a lease in IndexedDB does.
 */
export async function alone<T>(task: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return underLease(task)
  return navigator.locks.request(`${NAME}/refresh`, task)
}
