// Builds the Debian packages from the built project: npm run deb [-- [--out FOLDER] [amd64] [arm64]]
// Needs dpkg-deb, and npm 10.4 or newer to install the packages of another architecture. docs/decisions/0034 has the reasons.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Architecture, architectures, NAME, stage, version } from './deb-tree.ts'

const root = resolve(import.meta.dirname, '..')
/** Bytes of a package at the usual level of compression. */
const MAX_SIZE = 45_000_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: join(root, 'build') },
    /** Level of xz, 0 to 9; without it the usual one, 6. */
    level: { type: 'string' }
  }
})

/** Seconds since 1970 that all files of the package are given: of the last commit, unless SOURCE_DATE_EPOCH is set. */
const epoch =
  process.env.SOURCE_DATE_EPOCH ?? `${execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root })}`.trim()

const isArchitecture = (name: string): name is Architecture => Object.hasOwn(architectures, name)

mkdirSync(values.out, { recursive: true })
for (const architecture of positionals.length > 0 ? positionals : Object.keys(architectures)) {
  if (!isArchitecture(architecture)) throw new Error(`${architecture}: use ${Object.keys(architectures).join(' or ')}`)
  const folder = mkdtempSync(join(tmpdir(), `${NAME}-deb-`))
  try {
    stage(folder, architecture, Number(epoch))
    const file = join(resolve(values.out), `${NAME}_${version}_${architecture}.deb`)
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', `-z${values.level ?? '6'}`, '--build', folder, file], {
      env: { ...process.env, SOURCE_DATE_EPOCH: epoch },
      stdio: ['ignore', 'ignore', 'inherit']
    })
    const { size } = statSync(file)
    if (values.level === undefined && size > MAX_SIZE) throw new Error(`${file}: ${size} bytes, more than ${MAX_SIZE}`)
    console.log(`${file} (${(size / 1e6).toFixed(1)} MB)`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
