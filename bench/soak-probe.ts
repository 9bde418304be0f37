// Loaded into the daemon with --import: writes internal numbers of the process to the file SOAK_PROBE every two
// seconds.
import { createHook } from 'node:async_hooks'
import { appendFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

export interface ProbeLine {
  heap: number
  timers: number
  resources: number
}

const file = process.env.SOAK_PROBE
if (isMainThread && file !== undefined) {
  // process.getActiveResourcesInfo() does not list unref'd timers, which most of ours are.
  const timers = new Set<number>()
  createHook({
    trackPromises: false,
    init: (id, type) => void (type === 'Timeout' && timers.add(id)),
    destroy: (id) => void timers.delete(id)
  }).enable()
  setInterval(() => {
    const line: ProbeLine = {
      heap: process.memoryUsage().heapUsed / 2 ** 20,
      timers: timers.size,
      resources: process.getActiveResourcesInfo().length
    }
    appendFileSync(file, `${JSON.stringify(line)}\n`)
  }, 2000).unref()
}
