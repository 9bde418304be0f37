import { type BigIntStats, stat } from 'node:fs'

/** SQLite writes to the database file or to one of these files next to it. */
const PARTS = ['', '-wal', '-journal']
const STAT_TIMEOUT_MS = 2000

const statOf = (path: string) =>
  new Promise<string>((resolve, reject) => {
    stat(path, { bigint: true }, (error: NodeJS.ErrnoException | null, found: BigIntStats) => {
      if (error === null) resolve(found.isFile() ? `${found.ino} ${found.mtimeNs} ${found.size}` : '')
      else if (error.code === 'ENOENT') resolve('')
      else reject(error)
    })
  })

/** One stat at a time: a hanging file system blocks only one thread of libuv's pool. */
async function versionOf(path: string): Promise<string[]> {
  const parts: string[] = []
  for (const part of PARTS) parts.push(await statOf(path + part))
  return parts
}

/**
 * Creates a function that returns a text which changes when fail2ban's database is written, from the times and sizes of
 * its files. It returns null if there is no such file or the file system hangs; no second call starts while one hangs.
 */
export function createVersionReader() {
  let pending = false
  return async (path: string): Promise<string | null> => {
    if (pending) return null
    pending = true
    const reading = versionOf(path)
      .then(
        (parts) => (parts[0] === '' ? null : parts.join()),
        () => null
      )
      .finally(() => {
        pending = false
      })
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, STAT_TIMEOUT_MS, null).unref()
    })
    return Promise.race([reading, timeout]).finally(() => clearTimeout(timer))
  }
}
export type VersionReader = ReturnType<typeof createVersionReader>
