import { readFile, stat } from 'node:fs/promises'

const MAX_BYTES = 4 * 1024 * 1024

/** Number → name out of the text of /etc/passwd or /etc/group. The first of several counts, as for getpwuid(3). */
export function parseNames(text: string): Map<number, string> {
  const names = new Map<number, string>()
  for (const line of text.split('\n')) {
    const [name, , id] = line.split(':', 3)
    if (!name || !id || !/^\d{1,10}$/.test(id)) continue
    if (!names.has(Number(id))) names.set(Number(id), name)
  }
  return names
}

/** Names users or groups by their number; the file is read again when it was changed. Unknown ones keep their number, as in ps. */
export function createNames(path: string) {
  let names = new Map<number, string>()
  let readOf = ''
  return {
    async refresh(): Promise<void> {
      try {
        const { mtimeMs, size, ino } = await stat(path)
        const version = `${mtimeMs} ${size} ${ino}`
        if (version === readOf || size > MAX_BYTES) return
        names = parseNames(await readFile(path, 'utf8'))
        readOf = version
      } catch {
        // The names read before stay: numbers are no better.
      }
    },
    nameOf: (id: number): string => names.get(id) ?? String(id)
  }
}
export type Names = ReturnType<typeof createNames>
