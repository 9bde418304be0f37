import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../host/measurement.ts'
import { outputOf, type Run } from '../programs/program.ts'

export interface PackageUpdate {
  name: string
  /** The version that is installed; null for a package that comes anew. */
  from: string | null
  to: string
  /** As apt says it: label, release and suite, several with `, ` between. */
  origin: string
  security: boolean
}

export interface Updates {
  packages: PackageUpdate[]
  /** Packages that would be removed on the way. */
  removed: string[]
  /** Milliseconds since the epoch; null where apt has fetched no lists. */
  listsRefreshedAt: number | null
  rebootRequired: boolean
}

// A trial run without lock, network and cache file: apt writes nothing.
const ARGS = [
  ...['-s', '-q'],
  ...['-o', 'Debug::NoLocking=true', '-o', 'APT::Get::Show-User-Simulation-Note=false'],
  ...['-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache='],
  'dist-upgrade'
]

/**
 * Reads the trial run's lines: `Inst name [from] (to origins [architecture])`, `Remv name [version]`. Throws without the
 * line that sums them up, which apt prints before them once it knows.
 */
export function parseTrial(text: string): Pick<Updates, 'packages' | 'removed'> {
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

/** Milliseconds since the epoch; null where there is no such file. */
const changedAt = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null
  )

const newest = (times: (number | null)[]): number | null =>
  times.reduce((a, b) => Math.max(a ?? 0, b ?? 0) || null, null)

/** Counts what `apt-get dist-upgrade`, which Proxmox asks for, would do; tried only after dpkg or apt has changed something. */
export function createUpdates({ run, hostDir = '/' }: { run: Run; hostDir?: string }) {
  const at = (path: string) => changedAt(join(hostDir, path))
  let triedAt = ''
  let trial: ReturnType<typeof parseTrial>

  return {
    async read(): Promise<Measurement<Updates>> {
      const status = await at('var/lib/dpkg/status')
      if (status === null) return unavailable('this host does not use apt')
      const lists = await Promise.all(['var/lib/apt/lists', 'var/lib/apt/lists/partial'].map(at))
      const stamp = await at('var/lib/apt/periodic/update-success-stamp')
      const choices = await Promise.all(['etc/apt', 'etc/apt/sources.list.d', 'etc/apt/preferences.d'].map(at))
      const state = [status, ...lists, ...choices].join()
      if (state !== triedAt) {
        const ending = await run(ARGS)
        if (ending.kind === 'missing') return unavailable('this host does not use apt')
        trial = parseTrial(outputOf(ending, 'apt-get'))
        triedAt = state
      }
      return ok({
        ...trial,
        listsRefreshedAt: newest([...lists, stamp]),
        rebootRequired: (await at('run/reboot-required')) !== null
      })
    }
  }
}
