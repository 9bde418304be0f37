import { type Measurement, unavailable } from '../host/measurement.ts'
import type { ProgramOptions, Run } from './program.ts'

/** Programs run in the background, and the root folder of the host; tests replace both. */
export interface HostPrograms {
  /** Paths, or names looked up in the PATH of programEnvironment. */
  programs?: {
    pvesh?: string
    aptGet?: string
    aptCache?: string
    systemctl?: string
    timedatectl?: string
    lspci?: string
    dmidecode?: string
    nvidiaSmi?: string
    upsc?: string
    /** Timeout of one run, milliseconds. */
    timeoutMs?: number
  }
  /** Replaces `/`. */
  hostDir?: string
}

interface Reader<T> {
  read(): Promise<Measurement<T>>
}

/** A reader that runs a program. Its code is loaded at the first read, which many hosts never need. */
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
    /** Kills the running program and prevents further runs. */
    async close(): Promise<void> {
      closed = true
      const loaded = await loading?.catch(() => undefined)
      loaded?.stop()
    }
  }
}
