// A FUSE file system whose server takes requests and answers none, as pmxcfs without its quorum or NFS without its server.
// Run as a program: <folder> [unread]. With `unread` the server does not even take them: waiting for it can be interrupted
// by SIGKILL. A request that was taken cannot: its process stays until the server has ended.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { openSync, readSync, writeSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import type { Test } from 'tap'

// linux/fuse.h: struct fuse_in_header is 40 bytes, the answer's 16; FUSE_INIT is opcode 26.
const HEADER = 16
const INIT_OUT = 64
const VERSION = [7, 31] as const

function answerInit(device: number): void {
  const request = Buffer.alloc(1 << 20)
  readSync(device, request)
  const answer = Buffer.alloc(HEADER + INIT_OUT)
  answer.writeUInt32LE(answer.length, 0)
  request.copy(answer, 8, 8, 16)
  answer.writeUInt32LE(VERSION[0], HEADER)
  answer.writeUInt32LE(VERSION[1], HEADER + 4)
  answer.writeUInt32LE(65_536, HEADER + 36)
  writeSync(device, answer)
}

function serveNothing(folder: string, isUnread: boolean): void {
  const device = openSync('/dev/fuse', 'r+')
  const options = `fd=3,rootmode=40000,user_id=${process.getuid!()},group_id=${process.getgid!()}`
  const mounted = spawnSync('mount', ['-i', '-t', 'fuse', '-o', options, 'hanging', folder], {
    stdio: ['ignore', 'ignore', 'inherit', device]
  })
  if (mounted.status !== 0) process.exit(1)
  answerInit(device)
  process.stdout.write('mounted\n')
  if (isUnread) process.stdin.resume().once('end', () => process.exit())
  else for (const request = Buffer.alloc(1 << 20); ; ) readSync(device, request)
}

if (process.argv[1] === import.meta.filename) serveNothing(process.argv[2]!, process.argv[3] === 'unread')

/** Lays such a file system over a folder until the test is over. */
export async function hangOver(t: Pick<Test, 'teardown'>, folder: string, kind: 'unread' | 'unanswered') {
  const server: ChildProcess = spawn(process.execPath, [import.meta.filename, folder, kind], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  t.teardown(() => {
    server.kill('SIGKILL')
    spawnSync('umount', ['--lazy', folder])
  })
  await new Promise<void>((done, fail) => {
    server.stdout!.once('data', () => done())
    server.once('exit', (code) => fail(new Error(`the file system ended with ${code}`)))
  })
}

/** True while a thread of a process waits for such a file system. */
export async function isHanging(pid: number): Promise<boolean> {
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const path = `/proc/${pid}/task/${thread}/wchan`
    if (/fuse|request_wait_answer/.test(await readFile(path, 'utf8').catch(() => ''))) return true
  }
  return false
}
