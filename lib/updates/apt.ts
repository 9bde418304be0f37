import { type Measurement, ok, unavailable } from '../host/measurement.ts'
import { outputOf, type Run } from '../programs/program.ts'
import { createAptFiles, NO_CACHE_FILES } from './apt-files.ts'

export interface PackageUpdate {
  name: string
  /** The installed version; null for a new package. */
  from: string | null
  to: string
  /** Label, release and suite in apt's format; several are separated by `, `. */
  origin: string
  security: boolean
}

export interface Updates {
  packages: PackageUpdate[]
  /** Packages the upgrade would remove. */
  removed: string[]
  /** Milliseconds since the epoch; null if apt has not fetched package lists. */
  listsRefreshedAt: number | null
  rebootRequired: boolean
}

// A simulation without lock, network and cache files: apt writes nothing.
const ARGS = [
  ...['-s', '-q'],
  ...['-o', 'Debug::NoLocking=true', '-o', 'APT::Get::Show-User-Simulation-Note=false'],
  ...NO_CACHE_FILES,
  'dist-upgrade'
]

/**
 * Reads the lines of a simulation: `Inst name [from] (to origins [architecture])`, `Remv name [version]`. Throws without
 * the summary line, which apt prints before them.
 */
export function parseSimulation(text: string): Pick<Updates, 'packages' | 'removed'> {
  if (!/^\S+ upgraded, \S+ newly installed, /m.test(text)) throw new Error('unexpected output from apt-get')
  const packages: PackageUpdate[] = []
  for (const [, name, from, to, origin = ''] of text.matchAll(
    /^Inst (\S+)(?: \[(\S+)\])? \((\S+)(?: ([^\n]*?))? \[[\w-]+\]\)/gm
  )) {
    packages.push({ name: name!, from: from ?? null, to: to!, origin, security: /security/i.test(origin) })
  }
  const removed = [...text.matchAll(/^Remv (\S+)/gm)].map(([, name]) => name!)
  packages.sort((a, b) => a.name.localeCompare(b.name, 'en'))
  return { packages, removed: removed.toSorted() }
}

/**
 * Simulates `apt-get dist-upgrade`, the upgrade command of Proxmox. The simulation is repeated only after files of dpkg or
 * apt have changed.
 */
export function createUpdates({ run, hostDir = '/' }: { run: Run; hostDir?: string }) {
  const files = createAptFiles(hostDir)
  let simulatedState = ''
  let simulation: ReturnType<typeof parseSimulation>

  return {
    async read(): Promise<Measurement<Updates>> {
      const found = await files.read()
      if (found === null) return unavailable('this host does not use apt')
      if (found.state !== simulatedState) {
        const ending = await run(ARGS)
        if (ending.kind === 'missing') return unavailable('this host does not use apt')
        simulation = parseSimulation(outputOf(ending, 'apt-get'))
        simulatedState = found.state
      }
      return ok({ ...simulation, listsRefreshedAt: found.listsRefreshedAt, rebootRequired: found.rebootRequired })
    }
  }
}
