import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { identityOf } from '../storage/atomic-write.ts'

/** A key and a chain of ten have less than a tenth of it. */
const MAX_BYTES = 256 * 1024

export interface PemBlock {
  /** What stands behind BEGIN. */
  label: string
  text: string
}

export type PemFile = { ok: true; blocks: PemBlock[]; mode: number } | { ok: false; fault: string }

const faults: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this daemon',
  EPERM: 'may not be read by this daemon',
  ELOOP: 'is a symbolic link that leads nowhere'
}

/** The blocks of a text in RFC 7468's form; what stands outside of them, as openssl writes it there, is no part. */
export function blocksOf(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  let open: PemBlock | null = null
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, kind, label] = /^-----(BEGIN|END) ([A-Z0-9 ]+)-----\s*$/.exec(line) ?? []
    if (kind === 'BEGIN') open = { label: label!, text: '' }
    if (open === null) continue
    open.text += `${line}\n`
    if (kind !== 'END') continue
    if (label === open.label) blocks.push(open)
    open = null
  }
  return blocks
}

/** The PEM blocks (RFC 7468) of a file, or why there are none. Never quotes what is in it: it may be a key. */
export async function readPemFile(path: string): Promise<PemFile> {
  const refuse = (fault: string): PemFile => ({ ok: false, fault })
  if (!isAbsolute(path)) return refuse('must be given with its absolute path')
  try {
    // Looked at before it is opened, which alone sets off some devices.
    if (!(await stat(path)).isFile()) return refuse('is not a regular file')
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stats = await file.stat()
      if (!stats.isFile()) return refuse('is not a regular file')
      const bytes = Buffer.alloc(MAX_BYTES + 1)
      let length = 0
      for (;;) {
        const { bytesRead } = await file.read(bytes, length)
        length += bytesRead
        if (bytesRead === 0 || length > MAX_BYTES) break
      }
      if (length > MAX_BYTES) return refuse('is larger than 256 KiB')
      return { ok: true, blocks: blocksOf(bytes.toString('latin1', 0, length)), mode: stats.mode }
    } finally {
      await file.close()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return refuse(faults[code ?? ''] ?? `cannot be read (${code ?? 'unknown'})`)
  }
}

/** What changes with a file, or '' while it cannot be looked at. */
export const versionOf = (path: string): Promise<string> =>
  stat(path, { bigint: true }).then(
    (stats) => `${identityOf(stats)}:${stats.ctimeNs}`,
    () => ''
  )
