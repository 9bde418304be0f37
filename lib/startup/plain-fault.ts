import { StorageError } from '../storage/storage-error.ts'

/** What an error of the system or of SQLite means and what to do, in words for the command line. */

// By code of the system, and by SQLite's result code.
const words: Record<string | number, string> = {
  EACCES: 'this user may not do that; run it as root, or as the user whose daemon it is',
  ENOSPC: 'the disk is full; free some space and try again',
  EDQUOT: "this user's disk quota is used up; free some space and try again",
  EROFS: 'the file system is read-only; remount it (mount -o remount,rw) and try again',
  EIO: 'the disk reports errors; see dmesg',
  EMFILE: 'too many files are open; close some programs and try again',
  5: 'another process has locked it; try again when that has ended',
  8: 'this user may not write beside it; run this as root, or as the user whose daemon it is',
  10: 'the disk reports errors or is full; see dmesg and df',
  11: 'it is damaged; restart the daemon, which sets it aside and starts a new one, or put a copy of it in its place',
  13: 'the disk is full; free some space and try again',
  14: 'it or its folder is closed to this user, or the disk is full; run this as root, and see df'
}
const same: Record<string | number, string | number> = { EPERM: 'EACCES', 3: 8, 6: 5, 26: 11 }

export function plainFault(error: unknown): string {
  // A store has said which file it is; here its cause counts.
  const origin = error instanceof StorageError ? (error.cause ?? error) : error
  const { code, errcode, message } = origin as { code?: string; errcode?: number; message: string }
  const key = errcode === undefined ? (code ?? '') : errcode & 0xff
  return words[same[key] ?? key] ?? message.replaceAll(/\s+/g, ' ')
}
