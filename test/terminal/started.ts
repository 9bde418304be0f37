import { existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import type { Test } from 'tap'
import { isDead, readProcess } from '../../lib/terminal/process-table.ts'
import { endProcesses } from '../../lib/terminal/processes.ts'
import { temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

/** Each notes its pid in the file $1 beside it. */
const scripts = {
  be: 'echo $$ > "$here/$1"; exec sleep 999',
  trap: `trap '' HUP TERM INT; echo $$ > "$here/$1"; while :; do sleep 1; done`,
  stop: 'echo $$ > "$here/$1"; kill -STOP $$; exec sleep 999',
  // 300 generations, each of which starts the next and goes: they would take some ten seconds.
  chain: `trap '' HUP; echo $$ > "$here/$1"; sleep 0.03; [ "$2" -gt 0 ] && "$here/chain" "$1" $(($2 - 1)) &`
}

/** Terminals, and what was started in and beside them; all of it ends with the test. */
export async function startTerminals(t: Test) {
  const folder = await temporaryFolder(t)
  for (const [name, text] of Object.entries(scripts))
    writeFileSync(join(folder, name), `#!/bin/sh\nhere='${folder}'\n${text}\n`, { mode: 0o755 })
  const pidOf = (name: string) => Number(readFileSync(join(folder, name), 'utf8'))
  const starts = new Map<string, number>()
  const isAlive = (name: string) => {
    const found = readProcess(pidOf(name))
    return found !== null && !isDead(found) && found.start === starts.get(name)
  }
  t.teardown(() => {
    for (const name of starts.keys()) if (isAlive(name)) process.kill(pidOf(name), 'SIGKILL')
  })

  /** Waits until each has noted its pid, and knows it from then on. */
  const started = async (...names: string[]) => {
    for (const name of names) {
      await until(() => existsSync(join(folder, name)) && readProcess(pidOf(name)))
      starts.set(name, readProcess(pidOf(name))!.start)
    }
  }

  const open = async (mark: string) => {
    const env = { PATH: process.env.PATH!, PROXMENUX_TERMINAL_ID: mark, TERM: 'xterm-256color' }
    const pty = spawn('/bin/bash', ['--norc', '--noprofile'], { cwd: folder, env })
    const exited = new Promise<void>((resolve) => pty.onExit(() => resolve()))
    t.teardown(async () => {
      if (readProcess(pty.pid)?.parent === process.pid) process.kill(pty.pid, 'SIGKILL')
      await exited
    })
    const findTty = () => readlinkSync(`/proc/${pty.pid}/fd/0`)
    await until(() => findTty().startsWith('/dev/pts/'))
    const terminal = { leader: pty.pid, tty: findTty(), mark }
    const run = async (line: string, ...names: string[]) => {
      pty.write(`${line}\n`)
      await started(...names)
    }
    return { terminal, run, exited, end: () => endProcesses(terminal) }
  }

  return { folder, open, started, isAlive, pidOf }
}
