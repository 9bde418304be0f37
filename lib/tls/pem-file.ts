import { stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { identityOf } from '../storage/atomic-write.ts'
import { openRegularFile } from './regular-file.ts'

/** A key and a chain of ten have less than a tenth of it. */
const MAX_BYTES = 256 * 1024

export interface PemBlock {
  /** What stands behind BEGIN. */
  label: string
  text: string
}

export type PemFile =
  | { ok: true; blocks: PemBlock[]; mode: number; owner: number; hasByteOrderMark: boolean }
  | { ok: false; fault: string }

/** The UTF-8 byte order mark, which editors of Windows write, as latin1. OpenSSL skips it. */
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf'

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
  for (const each of text.split(/\r\n|\n|\r/)) {
    // Also in the middle, where files were put together.
    const line = each.startsWith(BYTE_ORDER_MARK) ? each.slice(BYTE_ORDER_MARK.length) : each
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
    const opened = await openRegularFile(path)
    if (!opened.ok) return opened
    const { file, stats } = opened
    try {
      const bytes = Buffer.alloc(MAX_BYTES + 1)
      let length = 0
      for (;;) {
        const { bytesRead } = await file.read(bytes, length)
        length += bytesRead
        if (bytesRead === 0 || length > MAX_BYTES) break
      }
      if (length > MAX_BYTES) return refuse('is larger than 256 KiB')
      const text = bytes.toString('latin1', 0, length)
      const hasByteOrderMark = text.includes(BYTE_ORDER_MARK)
      return { ok: true, blocks: blocksOf(text), mode: stats.mode, owner: stats.uid, hasByteOrderMark }
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
