import { readFile, stat } from 'node:fs/promises'

const MAX_BYTES = 4 * 1024 * 1024

/** Names by id from the text of /etc/passwd or /etc/group. The first of several counts, as for getpwuid(3). */
export function parseNames(text: string): Map<number, string> {
  const names = new Map<number, string>()
  for (const line of text.split('\n')) {
    const [name, , id] = line.split(':', 3)
    if (!name || !id || !/^\d{1,10}$/.test(id)) continue
    if (!names.has(Number(id))) names.set(Number(id), name)
  }
  return names
}

/** Looks up user or group names by id. The file is read again when it changes. Unknown ids are returned as text. */
export function createNames(path: string) {
  let names = new Map<number, string>()
  let readVersion = ''
  return {
    async refresh(): Promise<void> {
      try {
        const { mtimeMs, size, ino } = await stat(path)
        const version = `${mtimeMs} ${size} ${ino}`
        if (version === readVersion || size > MAX_BYTES) return
        names = parseNames(await readFile(path, 'utf8'))
        readVersion = version
      } catch {
        // Keeps the names of the last successful read.
      }
    },
    nameOf: (id: number): string => names.get(id) ?? String(id)
  }
}
export type Names = ReturnType<typeof createNames>
