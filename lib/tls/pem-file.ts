import { stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { identityOf } from '../storage/atomic-write.ts'
import { openRegularFile } from './regular-file.ts'

/** More than ten times the size of a key and a chain of ten certificates. */
const MAX_BYTES = 256 * 1024

export interface PemBlock {
  /** The label after BEGIN, such as `CERTIFICATE`. */
  label: string
  text: string
}

export type PemFile =
  | { ok: true; blocks: PemBlock[]; mode: number; owner: number; hasByteOrderMark: boolean }
  | { ok: false; fault: string }

/** The UTF-8 byte order mark, read as latin1. Windows editors write it and OpenSSL skips it. */
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf'

const faults: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'cannot be read by this daemon: permission denied',
  EPERM: 'cannot be read by this daemon: permission denied',
  ELOOP: 'is part of a loop of symbolic links'
}

/** The PEM blocks (RFC 7468) of a text. Text outside of blocks, such as OpenSSL's output, is ignored. */
export function blocksOf(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  let open: PemBlock | null = null
  for (const each of text.split(/\r\n|\n|\r/)) {
    // Concatenated files have byte order marks in the middle too.
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

/** The PEM blocks (RFC 7468) of a file, or why it cannot be read. Never quotes the content, which can be a key. */
export async function readPemFile(path: string): Promise<PemFile> {
  const refuse = (fault: string): PemFile => ({ ok: false, fault })
  if (!isAbsolute(path)) return refuse('needs an absolute path')
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

/** A text that changes when the file changes; '' if the file cannot be accessed. */
export const versionOf = (path: string): Promise<string> =>
  stat(path, { bigint: true }).then(
    (stats) => `${identityOf(stats)}:${stats.ctimeNs}`,
    () => ''
  )
