import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../host/measurement.ts'
import { outputOf, type Run } from '../programs/program.ts'
import { createAptFiles, NO_CACHE_FILES } from './apt-files.ts'

const NAME = 'proxmenux-monitor'

/** What apt knows about one package. */
export interface Policy {
  installed: string | null
  candidate: string | null
  /** The newest first. */
  versions: { version: string; isInRepository: boolean }[]
}

/** The Debian package that this daemon runs from. */
export interface OwnPackage {
  installed: string
  /** The version that `apt install` would install; null if it would install none. */
  candidate: string | null
  /** Null if `reason` says why apt cannot know. */
  hasUpdate: boolean | null
  reason: string | null
  /** The package was upgraded after this daemon started. */
  needsRestart: boolean
}

const orNull = (version: string) => (version === '(none)' ? null : version)

/** Reads the output of `apt-cache policy` for one package; null if apt does not know the package. */
export function parsePolicy(text: string): Policy | null {
  if (text.trim() === '') return null
  const [, installed, candidate] = /^ {2}Installed: (\S+)\n {2}Candidate: (\S+)\n {2}Version table:$/m.exec(text) ?? []
  if (installed === undefined || candidate === undefined) throw new Error('unexpected output from apt-cache')
  const versions: Policy['versions'] = []
  for (const line of text.split('\n')) {
    // ` *** 0.1.0 500` or `     0.1.0 500`, then its sources: `        500 https://… Packages`.
    const [, version] = /^ (?:\*{3}| {3}) (\S+) /.exec(line) ?? []
    if (version !== undefined) versions.push({ version, isInRepository: false })
    else if (/^ {6,}\S+ .*Packages$/.test(line) && versions.length > 0) versions.at(-1)!.isInRepository = true
  }
  return { installed: orNull(installed), candidate: orNull(candidate), versions }
}

const FROM_FILE =
  'the package was installed from a file: no package source of apt offers proxmenux-monitor, so newer versions are unknown'
const EXCLUDED = 'the preferences of apt (/etc/apt/preferences.d) exclude every version of proxmenux-monitor'

/** Apt sorts versions, the newest first: one above the installed version is newer. A pin may select an older one. */
function judge({ installed, candidate, versions }: Policy): Pick<OwnPackage, 'hasUpdate' | 'reason'> {
  if (!versions.some(({ isInRepository }) => isInRepository)) return { hasUpdate: null, reason: FROM_FILE }
  if (candidate === null) return { hasUpdate: null, reason: EXCLUDED }
  const place = (wanted: string | null) => versions.findIndex(({ version }) => version === wanted)
  return { hasUpdate: place(candidate) < place(installed), reason: null }
}

export interface RunningProgram {
  /** The folder of this daemon's package.json. */
  programDir: string
  /** The version of the running daemon. */
  version: string
}

interface OwnPackageOptions extends RunningProgram {
  run: Run
  hostDir?: string
}

const readText = (path: string) => readFile(path, 'utf8').catch(() => '')

/** Asks apt for newer versions of this daemon's own package. Asks again only after files of dpkg or apt have changed. */
export function createOwnPackage({ run, hostDir = '/', programDir, version }: OwnPackageOptions) {
  const files = createAptFiles(hostDir)
  let askedState = ''
  let policy: Policy | null = null

  /** A host may have the package, and run the Monitor from a clone. */
  async function isPackaged(): Promise<boolean> {
    const list = await readText(join(hostDir, `var/lib/dpkg/info/${NAME}.list`))
    return list.split('\n').includes(join(programDir, 'package.json'))
  }
  return {
    async read(): Promise<Measurement<OwnPackage>> {
      const found = await files.read()
      if (found === null || !(await isPackaged()))
        return unavailable('this Monitor was not installed as a Debian package: update it as it was installed')
      if (found.state !== askedState) {
        policy = parsePolicy(outputOf(await run(['-q', ...NO_CACHE_FILES, 'policy', NAME]), 'apt-cache'))
        askedState = found.state
      }
      if (policy === null || policy.installed === null) return unavailable('apt does not list the package as installed')
      const { installed, candidate } = policy
      const onDisk = await readText(join(programDir, 'package.json'))
      const needsRestart = onDisk !== '' && JSON.parse(onDisk).version !== version
      return ok({ installed, candidate, ...judge(policy), needsRestart })
    }
  }
}
