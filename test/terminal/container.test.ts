import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readProcess } from '../../lib/terminal/process-table.ts'
import { startTerminals } from './started.ts'

// A container's /dev/pts is one of its own, with terminals of the same numbers as the host's.
const skip = process.getuid!() === 0 ? false : 'needs root, for a mount namespace'

t.test('a container’s terminal with the same tty number is left alone', { skip }, async (t) => {
  const { folder, open, started, isAlive, pidOf } = await startTerminals(t)
  const ours = await open('host')
  const number = Number(ours.terminal.tty.split('/').at(-1))
  const pty = import.meta.resolve('@lydell/node-pty')
  const program = join(folder, 'container.mjs')
  // Numbers are given from 0 on, so one of these has ours.
  writeFileSync(
    program,
    `import { spawn } from '${pty}'
    for (let i = 0; i <= ${number}; i++) spawn('${folder}/be', ['contained-' + i], { env: {} })
    setInterval(() => {}, 1000)`
  )
  const mount = 'mount --make-rprivate / && mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts'
  const link = 'mount --bind /dev/pts/ptmx /dev/ptmx'
  const container = spawn('unshare', [
    '--mount',
    'sh',
    '-c',
    `${mount} && ${link} && exec '${process.execPath}' '${program}'`
  ])
  const gone = new Promise((resolve) => container.on('exit', resolve))
  t.teardown(() => container.kill('SIGKILL') && gone)
  const names = Array.from({ length: number + 1 }, (_, i) => `contained-${i}`)
  await started(...names)
  await ours.run(`(setsid sh -c 'env -i setsid ./be tty-alone &')`, 'tty-alone')
  const tty = readProcess(ours.terminal.leader)!.tty
  t.ok(
    names.some((name) => readProcess(pidOf(name))!.tty === tty),
    'one has the number'
  )

  t.same(await ours.end(), { left: [] })
  t.notOk(isAlive('tty-alone'))
  for (const name of names) t.ok(isAlive(name), name)
})
