import { type Measurement, unavailable } from '../host/measurement.ts'
import type { ProgramOptions, Run } from './program.ts'

/** Programs of this host that are run in the background, and where the host is; both are another for tests. */
export interface HostPrograms {
  /** Paths, or names looked up in the usual places. */
  programs?: {
    pvesh?: string
    aptGet?: string
    systemctl?: string
    timedatectl?: string
    /** Milliseconds one run of any of them may take. */
    timeoutMs?: number
  }
  /** Stands for `/`. */
  hostDir?: string
}

interface Reader<T> {
  read(): Promise<Measurement<T>>
}

/** A reader that runs a program, loaded when it is first needed, which on many hosts is never. */
export function createLazyProgramReader<T>(options: ProgramOptions, load: (run: Run) => Promise<Reader<T>>) {
  let loading: Promise<{ reader: Reader<T>; stop: () => void }> | undefined
  let closed = false

  const start = async () => {
    const { createProgram } = await import('./program.ts')
    const { run, stop } = createProgram(options)
    return { reader: await load(run), stop }
  }
  return {
    async read(): Promise<Measurement<T>> {
      if (closed) return unavailable('the daemon is shutting down')
      loading ??= start()
      return (await loading).reader.read()
    },
    /** Ends what runs; nothing is started from now on. */
    async close(): Promise<void> {
      closed = true
      const loaded = await loading?.catch(() => undefined)
      loaded?.stop()
    }
  }
}
