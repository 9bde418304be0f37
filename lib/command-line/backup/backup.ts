import { createWriteStream, existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite'
import { pipeline } from 'node:stream/promises'
import { create } from 'tar'
import type { Config } from '../../../schemas/foundation/config.ts'
import { prepareFolders, STATE_FILE } from '../../startup/folders.ts'
import { readVersion } from '../../startup/locations.ts'
import { dropWaiting } from '../../storage/alert-store.ts'
import { syncFolder } from '../../storage/atomic-write.ts'
import { isSelfSignedFile, TLS_FOLDER } from '../../tls/self-signed-files.ts'
import { faultOfChange } from '../host-files.ts'
import { type CommandResult, done, refused } from '../result.ts'
import { recorded } from '../stores.ts'
import { describeFile, FORMAT, MANIFEST, type Manifest } from './manifest.ts'
import { unpack } from './unpack.ts'

const RECORDINGS = 'terminal-recordings'

const isAbsent = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error) => {
    if (isAbsent(error)) return []
    throw error
  })

/** Copies the state into a folder, and returns the names. Absent files are left out. */
async function collect(config: Config, folder: string, withRecordings: boolean): Promise<string[]> {
  const { configDir, stateDir, sslConfig } = config
  const names: string[] = []
  const take = async (from: string, name: string, copy: (from: string, to: string) => Promise<unknown> = copyFile) => {
    const to = join(folder, name)
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    try {
      await copy(from, to)
    } catch (error) {
      if (isAbsent(error)) return
      throw error
    }
    await chmod(to, 0o600)
    names.push(name)
  }
  /** A consistent copy, while the daemon writes. */
  const online = async (from: string, to: string) => {
    const database = new DatabaseSync(from, { readOnly: true, timeout: 5000 })
    try {
      await copyDatabase(database, to)
    } finally {
      database.close()
    }
  }
  await take(join(configDir, 'auth.json'), 'config/auth.json')
  await take(join(configDir, 'settings.json'), 'config/settings.json')
  await take(join(configDir, 'alerts.json'), 'config/alerts.json')
  for (const name of await namesIn(join(configDir, 'avatars')))
    if (!name.startsWith('.')) await take(join(configDir, 'avatars', name), `config/avatars/${name}`)
  // Before the certificates: a new pair removes none that these settings name.
  await take(sslConfig, 'ssl_config.json')
  for (const name of await namesIn(join(configDir, TLS_FOLDER)))
    if (isSelfSignedFile(name)) await take(join(configDir, TLS_FOLDER, name), `config/${TLS_FOLDER}/${name}`)
  await take(join(stateDir, 'state.sqlite'), 'state/state.sqlite', online)
  const present = await namesIn(stateDir)
  if (present.includes('history.sqlite')) await take(join(stateDir, 'history.sqlite'), 'state/history.sqlite', online)
  if (present.includes('alerts.sqlite'))
    await take(join(stateDir, 'alerts.sqlite'), 'state/alerts.sqlite', async (from, to) => {
      await online(from, to)
      dropWaiting(to)
    })
  await take(join(stateDir, 'gateway.json'), 'state/gateway.json')
  if (!withRecordings) return names
  for (const name of await namesIn(join(stateDir, RECORDINGS)))
    if (name.endsWith('.cast')) await take(join(stateDir, RECORDINGS, name), `state/${RECORDINGS}/${name}`)
  return names
}

/** `backup`: all state in one file of mode 0600, checked before it replaces an older one. The daemon may run. */
export async function makeBackup(configured: Config, file: string, withRecordings: boolean): Promise<CommandResult> {
  if (configured.databaseUrl !== '')
    return refused("backup: a panel's state is in PostgreSQL; back that up with pg_dump (docs/panel.md)")
  const fault = faultOfChange(join(configured.configDir, 'auth.json'))
  if (fault !== null) return refused(`backup: ${fault}`)
  // The same user as the daemon's: the same folders.
  const { config } = prepareFolders(configured, process.getuid!() === 0)
  const target = resolve(file)
  if (!existsSync(dirname(target))) return refused(`backup: there is no folder ${dirname(target)}`)
  if (!existsSync(join(config.stateDir, STATE_FILE)))
    return refused(`backup: there is no state in ${config.stateDir}; start the daemon once, or set MONITOR_STATE_DIR`)
  // Beside the target: the file is moved there at the end.
  const work = await mkdtemp(join(dirname(target), '.proxmenux-backup-'))
  try {
    const folder = join(work, 'files')
    await mkdir(folder, { mode: 0o700 })
    const names = await collect(config, folder, withRecordings)
    const manifest: Manifest = {
      format: FORMAT,
      program: readVersion(),
      created_at: new Date().toISOString(),
      files: await Promise.all(names.map((name) => describeFile(folder, name)))
    }
    await writeFile(join(folder, MANIFEST), JSON.stringify(manifest, null, 2), { mode: 0o600 })
    const packed = join(work, 'backup.tar.gz')
    const archive = create({ cwd: folder, gzip: true, portable: true }, [MANIFEST, ...names])
    await pipeline(archive, createWriteStream(packed, { flags: 'wx', mode: 0o600, flush: true }))
    await unpack(packed, join(work, 'checked'))
    await rename(packed, target)
    await syncFolder(dirname(target))
    const text = `${target} has ${names.length} files. Keep it secret: it opens this host's dashboard.`
    return await recorded(config, undefined, 'backupCreated', done(text, { file: target, ...manifest }))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
