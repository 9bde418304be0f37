import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../host/measurement.ts'
import { outputOf, type Run } from '../programs/program.ts'

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
  ...['-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache='],
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

/** Modification time, milliseconds since the epoch; null if the file is missing. */
const changedAt = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null
  )

const newest = (times: (number | null)[]): number | null =>
  times.reduce((a, b) => Math.max(a ?? 0, b ?? 0) || null, null)

/**
 * Simulates `apt-get dist-upgrade`, the upgrade command of Proxmox. The simulation is repeated only after files of dpkg or
 * apt have changed.
 */
export function createUpdates({ run, hostDir = '/' }: { run: Run; hostDir?: string }) {
  const at = (path: string) => changedAt(join(hostDir, path))
  let simulatedState = ''
  let simulation: ReturnType<typeof parseSimulation>

  return {
    async read(): Promise<Measurement<Updates>> {
      const status = await at('var/lib/dpkg/status')
      if (status === null) return unavailable('this host does not use apt')
      const lists = await Promise.all(['var/lib/apt/lists', 'var/lib/apt/lists/partial'].map(at))
      const stamp = await at('var/lib/apt/periodic/update-success-stamp')
      const settings = await Promise.all(['etc/apt', 'etc/apt/sources.list.d', 'etc/apt/preferences.d'].map(at))
      const state = [status, ...lists, ...settings].join()
      if (state !== simulatedState) {
        const ending = await run(ARGS)
        if (ending.kind === 'missing') return unavailable('this host does not use apt')
        simulation = parseSimulation(outputOf(ending, 'apt-get'))
        simulatedState = state
      }
      return ok({
        ...simulation,
        listsRefreshedAt: newest([...lists, stamp]),
        rebootRequired: (await at('run/reboot-required')) !== null
      })
    }
  }
}
