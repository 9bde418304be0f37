import { stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Without these files apt reads its lists each time, and writes nothing. */
export const NO_CACHE_FILES = ['-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache=']

/** Modification time, milliseconds since the epoch; null if the file is missing. */
const changedAt = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null
  )

const newest = (times: (number | null)[]): number | null =>
  times.reduce((a, b) => Math.max(a ?? 0, b ?? 0) || null, null)

/** The files that decide apt's answers. */
export function createAptFiles(hostDir: string) {
  const at = (path: string) => changedAt(join(hostDir, path))
  return {
    /** Their times; null on a host without dpkg. Apt's answers are the same as long as `state` is. */
    async read() {
      const status = await at('var/lib/dpkg/status')
      if (status === null) return null
      const lists = await Promise.all(['var/lib/apt/lists', 'var/lib/apt/lists/partial'].map(at))
      const stamp = await at('var/lib/apt/periodic/update-success-stamp')
      const settings = await Promise.all(['etc/apt', 'etc/apt/sources.list.d', 'etc/apt/preferences.d'].map(at))
      return {
        state: [status, ...lists, ...settings].join(),
        /** Milliseconds since the epoch; null if apt has not fetched package lists. */
        listsRefreshedAt: newest([...lists, stamp]),
        rebootRequired: (await at('run/reboot-required')) !== null
      }
    }
  }
}
