import { closeSync, constants, fstatSync, openSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { createYielder, type Process } from './process-table.ts'

const { O_RDONLY, O_NOCTTY, O_NONBLOCK, O_NOFOLLOW } = constants

/** The result of `read`; null if it throws. */
const attempt = <T>(read: () => T): T | null => {
  try {
    return read()
  } catch {
    return null
  }
}

const mountsOf = (pid: number | 'self') => attempt(() => readlinkSync(`/proc/${pid}/ns/mnt`))

/**
 * Opens the slave side of a PTY, to find the processes that use it. While it is open, the kernel does not reuse its
 * number for another terminal. Null if there is no such terminal (any more).
 */
export function holdTty(path: string) {
  const fd = /^\/dev\/pts\/\d+$/.test(path)
    ? attempt(() => openSync(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW))
    : null
  if (fd === null) return null
  const { dev, ino, rdev } = fstatSync(fd)

  return {
    /**
     * True if it is the process's controlling terminal. A container's /dev/pts reuses the numbers for other terminals.
     */
    controls: ({ pid, tty }: Process): boolean => tty === rdev && mountsOf(pid) === mountsOf('self'),

    /** True if the process has it open. */
    async isOpenIn({ pid }: Process): Promise<boolean> {
      const yieldIfDue = createYielder()
      for (const name of attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
        const link = `/proc/${pid}/fd/${name}`
        const target = attempt(() => readlinkSync(link))
        if (target === path || target === `${path} (deleted)`) {
          const found = attempt(() => statSync(link))
          if (found?.dev === dev && found.ino === ino) return true
        }
        await yieldIfDue()
      }
      return false
    },

    release: () => closeSync(fd)
  }
}
export type HeldTty = NonNullable<ReturnType<typeof holdTty>>
