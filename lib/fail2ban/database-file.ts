import { type BigIntStats, stat } from 'node:fs'

/** SQLite writes the file itself or one of these beside it. */
const PARTS = ['', '-wal', '-journal']
const PATIENCE_MS = 2000

const statOf = (path: string) =>
  new Promise<string>((resolve, reject) => {
    stat(path, { bigint: true }, (error: NodeJS.ErrnoException | null, found: BigIntStats) => {
      if (error === null) resolve(found.isFile() ? `${found.ino} ${found.mtimeNs} ${found.size}` : '')
      else if (error.code === 'ENOENT') resolve('')
      else reject(error)
    })
  })

/** One after the other: what hangs keeps one thread of libuv's pool. */
async function stampOf(path: string): Promise<string[]> {
  const parts: string[] = []
  for (const part of PARTS) parts.push(await statOf(path + part))
  return parts
}

/**
 * Shows when fail2ban's database was written, by its files' times and sizes. Null where there is no such file or the file
 * system does not answer; a call that hangs is not repeated before it has ended.
 */
export function createStamp() {
  let pending = false
  return async (path: string): Promise<string | null> => {
    if (pending) return null
    pending = true
    const reading = stampOf(path)
      .then(
        (parts) => (parts[0] === '' ? null : parts.join()),
        () => null
      )
      .finally(() => {
        pending = false
      })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, null).unref()
    })
    return Promise.race([reading, late]).finally(() => clearTimeout(timer))
  }
}
export type Stamp = ReturnType<typeof createStamp>
