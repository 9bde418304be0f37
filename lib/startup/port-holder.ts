import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { UNIT } from './service-unit.ts'

export interface PortHolder {
  pid: number
  /** Its command line, without control characters. */
  command: string
  /** Whether it is an original ProxMenux Monitor, or another program that runs as this service. */
  isMonitor: boolean
}

const MAX_COMMAND = 120
/** TCP_LISTEN in /proc/net/tcp. */
const LISTEN = '0A'

const readOr = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The sockets that listen on a port, by their inodes, as in links of /proc/<pid>/fd. */
export function parseListeners(table: string, port: number): string[] {
  const inodes = []
  for (const line of table.split('\n').slice(1)) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
    const isPort = Number.parseInt(local?.split(':')[1] ?? '', 16) === port
    if (isPort && state === LISTEN && inode !== undefined) inodes.push(`socket:[${inode}]`)
  }
  return inodes
}

function hasSocket(pid: string, sockets: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.includes(readlinkSync(`/proc/${pid}/fd/${fd}`)))
  } catch {
    // Another user's process, or one that has just ended.
    return false
  }
}

/** The process that listens on a TCP port; null if this user may not see it. */
export function findPortHolder(port: number): PortHolder | null {
  const sockets = ['tcp', 'tcp6'].flatMap((name) => parseListeners(readOr(`/proc/net/${name}`), port))
  if (sockets.length === 0) return null
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && hasSocket(name, sockets))
  if (pid === undefined) return null
  const command = readOr(`/proc/${pid}/cmdline`)
    .replace(/\0+$/, '')
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
  const isMonitor =
    /flask_server\.py|\/AppRun|\.AppImage/.test(command) || readOr(`/proc/${pid}/cgroup`).includes(`/${UNIT}`)
  return { pid: Number(pid), command: command.slice(0, MAX_COMMAND), isMonitor }
}
