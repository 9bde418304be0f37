import { basename } from 'node:path'

/** SQLite's primary result codes for faults of the file or the disk, and the equivalent system errors. */
const SQLITE_CODES: Record<number, string> = {
  5: 'EBUSY',
  6: 'EBUSY',
  8: 'EROFS',
  10: 'EIO',
  11: 'ECORRUPT',
  13: 'ENOSPC',
  14: 'ENOENT',
  26: 'ECORRUPT'
}

const reasons: Record<string, string> = {
  EACCES: 'no permission',
  EBUSY: 'locked by another program',
  ECORRUPT: 'the file is damaged',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be too large',
  EINVAL: 'it is not a regular file',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a directory',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  ENOENT: 'the file or its folder is missing',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'its folder is not a directory',
  ENXIO: 'it is not a regular file',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only'
}

interface StorageErrorOptions extends ErrorOptions {
  reason?: string
  /** The operation that failed. */
  operation?: 'written' | 'read'
}

/** A file that cannot be read or written for a reason outside the program. The message names the file, not its folder. */
export class StorageError extends Error {
  override readonly name: string = 'StorageError'
  /** The system's error code, such as ENOSPC. */
  readonly code: string
  /** The cause as readable text. */
  readonly reason: string

  constructor(path: string, code: string, options: StorageErrorOptions = {}) {
    const { reason = reasons[code] ?? code, operation = 'written' } = options
    super(`${basename(path)} cannot be ${operation}: ${reason}`, options)
    this.code = code
    this.reason = reason
  }
}

/** Converts an error of Node's file system or SQLite to a StorageError; null for any other error. */
export function storageErrorOf(error: unknown, path: string, operation?: 'written' | 'read'): StorageError | null {
  if (error instanceof StorageError) return error
  if (!(error instanceof Error)) return null
  const { code, errcode } = error as Error & { code?: string; errcode?: number }
  const options = { cause: error, ...(operation ? { operation } : {}) }
  if (code === 'ERR_SQLITE_ERROR') {
    const known = SQLITE_CODES[(errcode ?? 0) & 0xff]
    return new StorageError(path, known ?? code, { ...options, ...(known ? {} : { reason: error.message }) })
  }
  return code !== undefined && code in reasons ? new StorageError(path, code, options) : null
}
