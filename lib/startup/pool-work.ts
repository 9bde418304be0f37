import { setTimeout as sleep } from 'node:timers/promises'

// Node's names for requests that run on libuv's threads and may hang in the kernel.
const CAN_HANG = /^(FSReq|FileHandle|CloseReq|GetAddrInfo|GetNameInfo)/i
const POLL_MS = 20

/** True while a thread of libuv's pool works on a file or a host name. */
const hasPoolWork = (): boolean => process.getActiveResourcesInfo().some((name) => CAN_HANG.test(name))

/**
 * Waits until no thread of libuv's pool works on a file or a host name, for at most `withinMs`; false if one still does.
 * exit() joins these threads (libuv's uv_library_shutdown), so a thread that hangs in the kernel hangs the exit as well.
 */
export async function poolWorkEnds(withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (hasPoolWork()) {
    if (performance.now() > deadline) return false
    await sleep(POLL_MS)
  }
  return true
}
