import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Fixture {
  pid: number
  name: string
  ppid?: number
  ticks?: number
  startTicks?: number
  rss?: number
  flags?: number
}

export const statLine = ({ pid, name, ppid = 1, ticks = 0, startTicks = 1000, rss = 10, flags = 0x40_0000 }: Fixture) =>
  `${pid} (${name}) S ${ppid} ${pid} ${pid} 0 -1 ${flags} 1 2 3 4 ${ticks} 0 0 0 15 -5 3 0 ${startTicks} 1000000 ${rss} ` +
  '18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n'

export interface More {
  read?: number
  write?: number
  uid?: number
  cmdline?: string
}

/** Writes the folder of a process as the kernel would show it. */
export function writeProcess(procDir: string, process: Fixture, { read, write, uid = 0, cmdline = 'x\0' }: More = {}) {
  const folder = join(procDir, String(process.pid))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'stat'), statLine(process))
  writeFileSync(join(folder, 'status'), `Name:\tx\nTgid:\t${process.pid}\nUid:\t0\t${uid}\t0\t0\nGid:\t0\t0\t0\t0\n`)
  writeFileSync(join(folder, 'cmdline'), cmdline)
  if (read !== undefined) writeFileSync(join(folder, 'io'), `rchar: 1\nread_bytes: ${read}\nwrite_bytes: ${write}\n`)
}

export const removeProcess = (procDir: string, pid: number) => rmSync(join(procDir, String(pid)), { recursive: true })
