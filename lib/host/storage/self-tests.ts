import type { Refusal } from '../../auth/credential-check.ts'
import { createProgram } from '../../programs/program.ts'
import type { Disk } from './disk.ts'
import { devicePath, supportsSmart } from './smart.ts'
import { refusalOf } from './smart-detail.ts'

export type SelfTestType = 'short' | 'long'

const MAX_BYTES = 1024 * 1024

const refuse = (code: Refusal['code'], reason: string): Refusal => ({ ok: false, code, reason })

/** Starts self-tests of disks with smartctl, one start at a time for each disk. */
export function createSelfTests({ file = 'smartctl', timeoutMs = 20_000 }: { file?: string; timeoutMs?: number }) {
  // Apart from the programs of the readings, so that a reading does not refuse a test.
  const programs = new Map<string, ReturnType<typeof createProgram>>()

  return {
    /** Resolves when the disk has begun its test, or to the refusal. A sleeping disk wakes up. */
    async start(disk: Disk, type: SelfTestType): Promise<{ ok: true } | Refusal> {
      if (!supportsSmart(disk)) return refuse('CONFLICT', `${disk.name} is a virtual disk: it has no self-tests`)
      const path = devicePath(disk.name)
      const program = programs.get(path) ?? createProgram({ file, timeoutMs, maxBytes: MAX_BYTES })
      programs.set(path, program)
      const ending = await program.run(['--json=c', '-t', type, path])
      if (ending.kind === 'missing')
        return refuse('CONFLICT', 'smartctl is not installed; to install it: apt install smartmontools')
      if (ending.kind !== 'ended')
        return refuse(
          'BUSY',
          ending.kind === 'failed' ? 'smartctl cannot be started' : 'the disk does not answer smartctl'
        )
      // Bits 0 to 2: the command line, the device, or a command of the disk failed. Others are findings (smartctl(8)).
      if (ending.code === null || (ending.code & 7) !== 0)
        return refuse('CONFLICT', refusalOf(ending.stdout) ?? 'the disk did not start the self-test')
      return { ok: true }
    },
    close(): void {
      for (const program of programs.values()) program.stop()
    }
  }
}
