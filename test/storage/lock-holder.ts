import { spawn as spawnProgram } from 'node:child_process'
import { spawn as spawnInPty } from '@lydell/node-pty'
import { lockFolders } from '../../lib/storage/folder-lock.ts'

// Locks the folders it is given and writes one line of JSON: the warnings, or the fault. With CHILDREN=yes it then
// starts two programs that outlive it, one of them in a terminal, and writes their pids. It ends when its input does.
const folders = process.argv.slice(2)
const outcome = await lockFolders(folders, 0).then(
  (warnings) => ({ warnings }),
  (error: Error) => ({ fault: error.message })
)
process.stdin.resume()
const pids: number[] = []
if (process.env.CHILDREN === 'yes') {
  const script = "trap '' HUP TERM; echo ready; sleep 600"
  const program = spawnProgram('/bin/sh', ['-c', script], { detached: true })
  await new Promise((done) => program.stdout.once('data', done))
  const pty = spawnInPty('/bin/sh', ['-c', script], {})
  await new Promise<void>((done) => pty.onData(() => done()))
  pids.push(program.pid!, pty.pid)
}
process.stdout.write(`${JSON.stringify({ ...outcome, pids })}\n`)
