import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { openDatabase } from '../../lib/storage/database.ts'
import { stateMigrations } from '../../lib/storage/state-tables.ts'
import { temporaryFolder } from '../support/app.ts'
import { executable } from '../support/executable.ts'

export const login = JSON.stringify({ username: 'admin', password_hash: 'a'.repeat(64), jwt_secret: 's'.repeat(64) })

export const makeDatabase = (path: string) =>
  openDatabase({ path, migrations: stateMigrations, now: Date.now, onSetAside() {} }).close()

/** Folders with a login and an empty audit index, closed to others. */
export async function place(t: Test) {
  const folder = await temporaryFolder(t)
  chmodSync(folder, 0o755)
  const [config, state] = [join(folder, 'config'), join(folder, 'state')]
  for (const made of [config, state]) mkdirSync(made, { mode: 0o700 })
  const [auth, database] = [join(config, 'auth.json'), join(state, 'state.sqlite')]
  writeFileSync(auth, login, { mode: 0o600 })
  makeDatabase(database)
  return { folder, config, state, auth, database }
}
export type Place = Awaited<ReturnType<typeof place>>

/** The real command. */
export function run(words: string, { folder, config, state }: Place, { uid = process.getuid!(), env = {} } = {}) {
  const variables = {
    PATH: process.env.PATH,
    HOME: folder,
    MONITOR_CONFIG_DIR: config,
    MONITOR_STATE_DIR: state,
    ...env
  }
  // Without tap's own hook in the command: it writes a file that another user may not write.
  const { status, stdout, stderr } = spawnSync('env', ['-u', 'NODE_OPTIONS', executable, ...words.split(' ')], {
    encoding: 'utf8',
    env: variables,
    uid,
    gid: uid
  })
  return { code: status, text: stdout + stderr, stdout }
}
