import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { keepCurrent } from './keep-current.ts'

// npm silently skips an optional package whose `engines` exclude the host's Node. Native parts are optional packages
// and run on the Node that this project pins, so the lock file has no `engines` for them (decision 1).

interface LockFile {
  packages: Record<string, { optional?: boolean; cpu?: string[]; engines?: unknown }>
}

const path = resolve(import.meta.dirname, '../package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8')) as LockFile
for (const entry of Object.values(lock.packages)) if (entry.optional && entry.cpu) delete entry.engines
keepCurrent({ 'package-lock.json': `${JSON.stringify(lock, null, 2)}\n` })
