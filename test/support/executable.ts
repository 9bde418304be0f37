import { globSync, statSync } from 'node:fs'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** Throws where dist/ is older than the source: a test of the process would try yesterday's code. */
function requireCurrentBundle(): void {
  const changedAt = (file: string) => statSync(resolve(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const builtAt = changedAt('dist/server.js')
  const newer = globSync('{app,server,cli,vite.config,{lib,plugins,routes,schemas}/**/*}.ts', { cwd: root }).find(
    (file) => changedAt(file) > builtAt
  )
  if (newer) throw new Error(`dist/ is older than ${newer}; run: npm run build`)
}
requireCurrentBundle()

/** The command that starts the daemon, or with words a command of it. It runs the bundle in dist/. */
export const executable = resolve(root, 'bin/proxmenux-monitor')
