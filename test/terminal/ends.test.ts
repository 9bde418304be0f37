import { execFile, spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { isDead, parseStat, readProcess } from '../../lib/terminal/process-table.ts'
import { endProcesses } from '../../lib/terminal/processes.ts'
import { missing } from '../edge/programs.ts'
import { quietFor, until } from '../support/waiting.ts'
import { startTerminals } from './started.ts'

const run = promisify(execFile)
const NOWHERE = '</dev/null >/dev/null 2>&1'

/** What people, and programs, do to outlive a terminal. */
const ways: Record<string, string> = {
  background: './be background &',
  nohup: `nohup ./be nohup ${NOWHERE} &`,
  disowned: './be disowned & disown',
  setsid: `setsid ./be setsid ${NOWHERE} &`,
  'double-fork': `(setsid sh -c './be double-fork ${NOWHERE} &')`,
  'clean-environment': `env -i ./be clean-environment ${NOWHERE} &`,
  'descent-alone': `setsid sh -c 'env -i setsid ./be descent-alone ${NOWHERE} & wait' &`,
  'tty-alone': `(setsid sh -c 'env -i setsid ./be tty-alone &')`,
  'deaf-and-tty-alone': `(setsid sh -c 'env -i setsid ./trap deaf-and-tty-alone &')`,
  deaf: './trap deaf &',
  stopped: './stop stopped &'
}

t.test('a line of /proc/PID/stat is parsed with any process name', async (t) => {
  const rest = 'S 41 42 43 34816 44 4194304 1 2 3 4 5 6 7 8 20 0 3 0 987654 0'
  for (const name of ['bash', 'a b', ') S 1 1 1', '(', '']) {
    t.match(
      parseStat(`40 (${name}) ${rest}`),
      { pid: 40, state: 'S', parent: 41, group: 42, session: 43, tty: 34816, threads: 3, start: 987654 },
      `(${name})`
    )
  }
  t.equal(parseStat(''), null)
  t.equal(parseStat('40 (bash) S 1'), null)
})

t.test('all processes of a terminal end with it, and no other process does', async (t) => {
  const { folder, open, started, isAlive } = await startTerminals(t)
  const [ours, neighbour] = await Promise.all([open('ours'), open('neighbour')])
  spawn(join(folder, 'be'), ['outside'], { stdio: 'ignore' })
  await started('outside')
  await neighbour.run('./be of-neighbour &', 'of-neighbour')
  await neighbour.run(ways['tty-alone']!.replace('tty-alone', 'neighbours-tty-alone'), 'neighbours-tty-alone')
  for (const [name, line] of Object.entries(ways)) await ours.run(line, name)

  t.same(await ours.end(), { left: [] })
  await ours.exited
  for (const name of Object.keys(ways)) t.notOk(isAlive(name), name)
  t.ok(isAlive('outside'))
  t.ok(isAlive('of-neighbour'))
  t.ok(isAlive('neighbours-tty-alone'))
  await neighbour.run('./be after &', 'after')

  t.same(await neighbour.end(), { left: [] })
  for (const name of ['of-neighbour', 'neighbours-tty-alone', 'after']) t.notOk(isAlive(name), name)
  t.ok(isAlive('outside'))
  t.same(await ours.end(), { left: [] }, 'once more is no fault')
})

for (const way of ['./chain newest 300 &', `setsid sh -c './chain newest 300' ${NOWHERE} &`]) {
  t.test(`a chain of processes that each start the next is ended: ${way}`, async (t) => {
    const { open, pidOf } = await startTerminals(t)
    const terminal = await open('chained')
    await terminal.run(way, 'newest')
    const first = pidOf('newest')
    await until(() => pidOf('newest') !== first)
    t.same(await terminal.end(), { left: [] })
    const last = pidOf('newest')
    await quietFor(500)
    t.equal(pidOf('newest'), last)
    const found = readProcess(last)
    t.ok(found === null || isDead(found))
  })
}

t.test('processes left behind by an ended shell are found by session, mark and tty', async (t) => {
  const { open, isAlive } = await startTerminals(t)
  const { terminal, run, exited } = await open('left-behind')
  const names = ['background', 'nohup', 'double-fork', 'deaf']
  for (const name of names) await run(ways[name]!, name)
  await run('disown -a; exit')
  await exited
  t.same(await endProcesses({ ...terminal, tty: null }), { left: [] })
  for (const name of names) t.notOk(isAlive(name), name)
})

t.test('a reused tty number or shell PID ends no foreign process', async (t) => {
  const { folder, open, started, isAlive, pidOf } = await startTerminals(t)
  const other = await open('other')
  await other.run('./be of-other &', 'of-other')
  await other.run(ways['tty-alone']!, 'tty-alone')
  t.same(await endProcesses({ leader: 999_999_999, tty: other.terminal.tty, mark: 'mine' }), { left: [] })
  t.ok(isAlive('of-other'))
  t.ok(isAlive('tty-alone'))

  // A session leader that is not a child of this process: started by one that has ended.
  const script = `setsid ${join(folder, 'be')} reused & sleep 0.2`
  await new Promise((resolve) => spawn('sh', ['-c', script], { stdio: 'ignore' }).on('exit', resolve))
  await started('reused')
  t.same(await endProcesses({ leader: pidOf('reused'), tty: null, mark: 'mine' }), { left: [] })
  t.ok(isAlive('reused'))
})

t.test('a program that the daemon starts meanwhile, and that has not closed the tty yet, is not ended', async (t) => {
  const { open, isAlive, folder, started } = await startTerminals(t)
  const terminal = await open('with-neighbour')
  await terminal.run(ways.deaf!, 'deaf')
  const tty = openSync(terminal.terminal.tty, constants.O_RDONLY | constants.O_NOCTTY)
  t.teardown(() => closeSync(tty))
  spawn(join(folder, 'be'), ['starting'], { stdio: ['ignore', 'ignore', 'ignore', tty] })
  await started('starting')
  await terminal.end()
  t.notOk(isAlive('deaf'))
  t.ok(isAlive('starting'))
})

t.test('a process with its own session, environment, parent and tty escapes, as docs/security.md says', async (t) => {
  const { open, isAlive } = await startTerminals(t)
  const terminal = await open('escaped')
  await terminal.run(`(setsid sh -c 'env -i setsid ./be escaped ${NOWHERE} &')`, 'escaped')
  t.same(await terminal.end(), { left: [] })
  t.ok(isAlive('escaped'))
})

t.test(
  'a tmux server started outside the terminal loses its client and keeps running',
  { skip: missing('/usr/bin/tmux', 'tmux') },
  async (t) => {
    const { folder, open, started, isAlive } = await startTerminals(t)
    const tmux = async (...args: string[]) =>
      (await run('tmux', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...args])).stdout
    const terminal = await open('with-tmux')
    await tmux('new-session', '-d', '-s', 'work', `${join(folder, 'be')} in-tmux`)
    t.teardown(() => tmux('kill-server'))
    await started('in-tmux')
    await terminal.run('tmux -S socket attach')
    await until(() => tmux('list-clients').then((list) => list !== ''))

    t.same(await terminal.end(), { left: [] })
    t.ok(isAlive('in-tmux'))
    t.equal(await tmux('list-clients'), '')
  }
)
