import { existsSync } from 'node:fs'
import { copyFile, mkdir, open, readdir, rm, unlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Config } from '../../../schemas/foundation/config.ts'
import { prepareFolders, STATE_FILE } from '../../startup/folders.ts'
import { finishRestore, journalPath, type RestoreJournal } from '../../startup/interrupted-restore.ts'
import { plainFault } from '../../startup/plain-fault.ts'
import { syncFolder, writeAtomically } from '../../storage/atomic-write.ts'
import { createAuditStore } from '../../storage/audit-store.ts'
import { openStateDatabase } from '../../storage/state-database.ts'
import { isSelfSignedFile, TLS_FOLDER } from '../../tls/self-signed-files.ts'
import { createHostAudit } from '../host-audit.ts'
import { ownerFault } from '../host-files.ts'
import { withFolders } from '../host-stores.ts'
import { type CommandResult, done, refused } from '../result.ts'
import { agrees, NoTerminalError } from '../terminal.ts'
import type { Manifest } from './manifest.ts'
import { unpack } from './unpack.ts'

const STAGING = '.restore'

/** What a restore may replace, by its name in the backup. */
async function findPresent({ configDir, stateDir, sslConfig }: Config): Promise<string[]> {
  const namesIn = (folder: string) => readdir(join(configDir, folder)).catch(() => [])
  const avatars = await namesIn('avatars')
  const certificates = (await namesIn(TLS_FOLDER)).filter(isSelfSignedFile)
  return [
    ...['settings.json', 'alerts.json'].map((name) => join(configDir, name)),
    ...avatars.map((name) => join(configDir, 'avatars', name)),
    ...certificates.map((name) => join(configDir, TLS_FOLDER, name)),
    ...[STATE_FILE, 'history.sqlite', 'alerts.sqlite'].flatMap((name) =>
      ['', '-wal', '-shm'].map((end) => join(stateDir, name + end))
    ),
    join(stateDir, 'gateway.json'),
    sslConfig
  ].filter((path) => existsSync(path))
}

/** The place of a file of the backup. */
function targetOf(name: string, { configDir, stateDir, sslConfig }: Config): string {
  const [room, ...rest] = name.split('/')
  if (rest.length === 0) return sslConfig
  return join(room === 'config' ? configDir : stateDir, ...rest)
}

/** Puts the files on the file systems of their targets, durably. */
async function stage(config: Config, unpacked: string, { files }: Manifest): Promise<RestoreJournal> {
  const staging = [...new Set([config.configDir, config.stateDir].map((folder) => join(folder, STAGING)))]
  const moves: RestoreJournal['moves'] = []
  for (const [i, { name }] of files.entries()) {
    const to = targetOf(name, config)
    const from = name.includes('/')
      ? join(name.startsWith('config/') ? config.configDir : config.stateDir, STAGING, String(i))
      : join(dirname(to), `.${basename(to)}.restore`)
    await mkdir(dirname(from), { recursive: true, mode: 0o700 })
    await copyFile(join(unpacked, name), from)
    const file = await open(from, 'r+')
    await file.chmod(0o600)
    await file.sync()
    await file.close()
    moves.push({ from, to })
  }
  for (const folder of new Set(moves.map(({ from }) => dirname(from)))) await syncFolder(folder)
  return { remove: await findPresent(config), moves, staging }
}

const QUESTION = 'Replace all state of this host by that of the backup?'

/**
 * `restore`: puts a backup back, with the daemon stopped. All or nothing: the files are checked and on disk before a
 * journal is written, and a restore that was interrupted after that is finished by the next start.
 */
export async function restoreBackup(configured: Config, file: string, isYes: boolean): Promise<CommandResult> {
  if (configured.databaseUrl !== '')
    return refused("restore: a panel's state is in PostgreSQL; restore that with pg_restore (docs/panel.md)")
  const fault = ownerFault(join(configured.configDir, 'auth.json')) ?? ownerFault(configured.configDir)
  if (fault !== null) return refused(`restore: ${fault}`)
  if (!existsSync(file)) return refused(`restore: there is no ${resolve(file)}`)
  const { config } = prepareFolders(configured, process.getuid!() === 0)
  const stateFault = ownerFault(config.stateDir)
  if (stateFault !== null) return refused(`restore: ${stateFault}`)
  return withFolders(config, async (isRunning) => {
    if (!isRunning) return putBack(config, resolve(file), isYes)
    return refused('restore: the daemon runs; stop it first: systemctl stop proxmenux-monitor')
  })
}

async function putBack(config: Config, file: string, isYes: boolean): Promise<CommandResult> {
  const { configDir, stateDir, authLog, auditJson } = config
  await finishRestore(configDir)
  const unpacked = join(stateDir, STAGING, 'unpacked')
  const left = [join(configDir, STAGING), join(stateDir, STAGING)]
  let isDecided = false
  const clear = () => Promise.all(left.map((folder) => rm(folder, { recursive: true, force: true })))
  try {
    await clear()
    await mkdir(dirname(unpacked), { mode: 0o700 })
    const manifest = await unpack(file, unpacked)
    if (!(await agrees(`${QUESTION} It is of ${manifest.created_at}.`, isYes))) {
      await clear()
      return refused('restore: the state is as it was')
    }
    await mkdir(dirname(config.sslConfig), { recursive: true })
    const journal = await stage(config, unpacked, manifest)
    // From here on the restore is finished, by this process or by the next start.
    await writeAtomically(journalPath(configDir), JSON.stringify(journal), 0o600)
    isDecided = true
    await finishRestore(configDir)
    const unwritten = await recordRestore(join(stateDir, STATE_FILE), authLog, auditJson).catch((error) => [
      plainFault(error)
    ])
    const text = `The state is that of ${manifest.created_at}. Start the daemon: systemctl start proxmenux-monitor`
    const answer = done(text, { created_at: manifest.created_at, files: manifest.files.length })
    return unwritten.length === 0 ? answer : { ...answer, warning: `not in the audit log: ${unwritten.join('; ')}` }
  } catch (error) {
    if (isDecided || existsSync(journalPath(configDir)))
      return refused(`restore: the state of the backup is complete once the daemon has started: ${plainFault(error)}`)
    await clear()
    if (error instanceof NoTerminalError) throw error
    await unlink(join(dirname(config.sslConfig), `.${basename(config.sslConfig)}.restore`)).catch(() => {})
    return refused(`restore: the state is as it was. ${file}: ${plainFault(error)}`)
  }
}

/** Resolves with what could not be written. */
async function recordRestore(path: string, authLog: string, auditJson: string): Promise<string[]> {
  const state = openStateDatabase({ path, now: Date.now, onSetAside() {}, onTrouble() {} })
  try {
    const { record, close } = createHostAudit({ authLog, auditJson, store: createAuditStore(state) })
    record('backupRestored')
    return await close()
  } finally {
    await state.close()
  }
}
