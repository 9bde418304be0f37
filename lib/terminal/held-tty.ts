import { closeSync, constants, fstatSync, openSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { createSlices, type Process } from './process-table.ts'

const { O_RDONLY, O_NOCTTY, O_NONBLOCK, O_NOFOLLOW } = constants

/** Null where it cannot be seen, or is not there. */
const attempt = <T>(read: () => T): T | null => {
  try {
    return read()
  } catch {
    return null
  }
}

const mountsOf = (pid: number | 'self') => attempt(() => readlinkSync(`/proc/${pid}/ns/mnt`))

/**
 * Opens a terminal's own side of its PTY, to know who else has it. While it is open the kernel gives its number to no
 * other terminal. Null when there is no such terminal (any more).
 */
export function holdTty(path: string) {
  const fd = /^\/dev\/pts\/\d+$/.test(path)
    ? attempt(() => openSync(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW))
    : null
  if (fd === null) return null
  const { dev, ino, rdev } = fstatSync(fd)

  return {
    /** It is the process's controlling terminal. A container's own /dev/pts has the same numbers for other terminals. */
    controls: ({ pid, tty }: Process): boolean => tty === rdev && mountsOf(pid) === mountsOf('self'),

    /** The process has it open. */
    async isOpenIn({ pid }: Process): Promise<boolean> {
      const slice = createSlices()
      for (const name of attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
        const link = `/proc/${pid}/fd/${name}`
        const target = attempt(() => readlinkSync(link))
        if (target === path || target === `${path} (deleted)`) {
          const found = attempt(() => statSync(link))
          if (found?.dev === dev && found.ino === ino) return true
        }
        await slice()
      }
      return false
    },

    release: () => closeSync(fd)
  }
}
export type HeldTty = NonNullable<ReturnType<typeof holdTty>>
