import { cpSync, lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Test } from 'tap'
import { createVitals, type VitalsOptions } from '../../lib/host/sampler.ts'

export const NOON = Date.UTC(2025, 5, 1, 12)
const statfs = async () => ({ bsize: 4096, blocks: 1000, bfree: 500, bavail: 500 })

/** A host out of a copied fixture, with a clock that the test moves on. */
export function host(t: Test, name: string, options: VitalsOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), 'vitals-'))
  t.teardown(() => rmSync(root, { recursive: true }))
  cpSync(join(import.meta.dirname, 'fixtures', name), root, { recursive: true })
  let now = NOON
  let monotonicNow = 0
  const vitals = createVitals({
    procDir: join(root, 'proc'),
    sysDir: join(root, 'sys'),
    etcDir: join(root, 'etc'),
    shareDir: join(root, 'share'),
    now: () => now,
    monotonicNow: () => monotonicNow,
    hostname: () => 'pve1.example.com',
    statfs,
    warmupMs: 0,
    timeoutMs: 10_000,
    ...options
  })
  t.teardown(vitals.stop)
  return {
    vitals,
    path: (file: string) => join(root, file),
    write: (file: string, text: string) => writeFileSync(join(root, file), text),
    async rounds(count: number) {
      for (let i = 0; i < count; i++) {
        now += 1000
        monotonicNow += 1000
        await vitals.sample()
      }
    },
    pass: (ms: number) => {
      now += ms
    },
    /** Names of this host's files that this process has open; other tests' are of no interest. */
    openFiles: () =>
      readdirSync('/proc/self/fd')
        .map((fd) =>
          lstatSync(`/proc/self/fd/${fd}`, { throwIfNoEntry: false }) ? readlinkSync(`/proc/self/fd/${fd}`) : ''
        )
        .filter((target) => target.startsWith(root))
        .map((target) => basename(target))
        .sort()
  }
}
