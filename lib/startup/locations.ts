import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'

// The project's own package.json, found from the source and from the bundle alike.
const packageFile = findPackageJSON(import.meta.url)!
const root = dirname(packageFile)
const dist = join(root, 'dist')
const isBundle = import.meta.dirname.startsWith(dist)

/** A file of lib/, which the build puts into dist/ under another name. */
const builtFile = (source: string, built: string): string => (isBundle ? join(dist, built) : join(root, source))

/** The folder with a trailing slash. */
const folder = (path: string): string => `${join(root, path)}/`

/** Absolute paths of the project's files. No other module may compute them. */
export const locations = {
  commonPasswords: builtFile('lib/auth/passwords/common.txt', 'common-passwords.txt'),
  passwordWorker: builtFile('lib/auth/passwords/worker.ts', 'password-worker.js'),
  imageDecoder: builtFile('lib/avatar/child.ts', 'image-decoder.js'),
  /** SQL files of the panel's database, with a trailing slash. */
  migrations: `${builtFile('lib/storage/panel/migrations', 'migrations')}/`,
  /** The command of this project. */
  command: join(root, 'bin/proxmenux-monitor'),
  /** The unit for a clone in /opt/proxmenux-monitor; the Debian package has its own, and lacks this file. */
  serviceUnit: join(root, 'deploy/systemd/proxmenux-monitor.service'),
  /** The folder of the project and its package.json, without a trailing slash. */
  root,
  dashboard: folder('dashboard/dist'),
  /** The pages outside of the dashboard's build: static HTML without scripts. */
  plainPages: folder('dashboard')
}

/** The version in package.json. */
export const readVersion = (): string => JSON.parse(readFileSync(packageFile, 'utf8')).version
