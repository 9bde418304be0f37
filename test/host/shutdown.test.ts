import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

// Mounts and process ids of their own: with the last process everything is gone, also after kill -9.
const user = process.getuid!() === 0 ? [] : ['--user', '--map-root-user']
const unshare = [...user, '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--']
const isAllowed = () => existsSync('/dev/fuse') && spawnSync('unshare', [...unshare, 'true']).status === 0
const skip = isAllowed() ? false : 'needs /dev/fuse and a mount namespace; root may have both'

t.setTimeout(300_000)
const inner = [process.execPath, join(import.meta.dirname, 'in-hung-namespace.ts')]
t.spawn('unshare', [...unshare, ...inner], { skip, timeout: 300_000 }, 'what hangs, and SIGTERM')
