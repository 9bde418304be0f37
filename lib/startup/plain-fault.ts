import { StorageError } from '../storage/storage-error.ts'

/** The meaning of system and SQLite errors, and what to do, for the command line. */

// By system error code and by SQLite result code.
const texts: Record<string | number, string> = {
  EACCES: 'permission denied; run it as root or as the user who runs the daemon',
  ENOSPC: 'the disk is full; free some space and try again',
  EDQUOT: "this user's disk quota is used up; free some space and try again",
  EROFS: 'the file system is read-only; remount it (mount -o remount,rw) and try again',
  EIO: 'the disk reports errors; see dmesg',
  EMFILE: 'too many files are open; close some programs and try again',
  5: 'another process has locked it; try again when that process has ended',
  8: 'this user cannot write to its folder; run this as root or as the user who runs the daemon',
  10: 'the disk reports errors or is full; see dmesg and df',
  11: 'it is damaged; restart the daemon to rename it and create a new one, or replace it with a backup',
  13: 'the disk is full; free some space and try again',
  14: 'this user cannot access it or its folder, or the disk is full; run this as root, and see df'
}
const aliases: Record<string | number, string | number> = { EPERM: 'EACCES', 3: 8, 6: 5, 26: 11 }

export function plainFault(error: unknown): string {
  // A StorageError names the file; its cause is the system error.
  const origin = error instanceof StorageError ? (error.cause ?? error) : error
  const { code, errcode, message } = origin as { code?: string; errcode?: number; message: string }
  const key = errcode === undefined ? (code ?? '') : errcode & 0xff
  return texts[aliases[key] ?? key] ?? message.replaceAll(/\s+/g, ' ')
}
