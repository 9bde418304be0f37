import { basePath } from '../api/place.ts'

const NAME = `proxmenux-monitor${basePath}`
/** Longer than the longest request. */
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

/** A read-write transaction has exclusive access to its store in all tabs, which gives an atomic compare-and-set. */
async function takeLease(database: IDBDatabase, until: number): Promise<boolean> {
  const store = database.transaction('leases', 'readwrite').objectStore('leases')
  const held = ((await done(store.get('refresh'))) as number | undefined) ?? 0
  const now = Date.now()
  // A lease far in the future was written before the clock was set back.
  if (held > now && held < now + 2 * LEASE_MS) return false
  await done(store.put(until, 'refresh'))
  return true
}

async function underLease<T>(task: () => Promise<T>): Promise<T> {
  let database: IDBDatabase
  try {
    database = await openDatabase()
  } catch {
    // Storage is unavailable, as in some private windows, which rarely share the cookie with a second tab.
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
 * Runs a task while no other tab runs one. A refresh token is valid once, and using it twice ends all sessions of its
 * user, so only one tab may refresh at a time. Browsers offer locks only on HTTPS and localhost. Over plain HTTP, which
 * most hosts use, a lease in IndexedDB replaces the lock.
 */
export async function alone<T>(task: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return underLease(task)
  return navigator.locks.request(`${NAME}/refresh`, task)
}
