import { execFileSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'

/** A small disk at a folder, and something that fills what is left of it; null where this user may not mount. */
export async function smallDisk(t: Test, folder: string, kib = 64, name = 'disk') {
  const path = join(folder, name)
  await mkdir(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', path], { stdio: 'ignore' })
  } catch {
    t.comment('not tried: this user may not mount')
    return null
  }
  t.teardown(() => void execFileSync('umount', ['-l', path]))
  const ballast = join(path, 'ballast')
  return {
    path,
    setWritable: (isWritable: boolean) =>
      void execFileSync('mount', ['-o', `remount,${isWritable ? 'rw' : 'ro'},size=${kib}k`, path]),
    fill: (bytes = 1 << 20) => writeFile(ballast, Buffer.alloc(bytes)).catch(() => {}),
    makeRoom: () => rm(ballast)
  }
}
