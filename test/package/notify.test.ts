import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createServiceManager } from '../../lib/startup/service-manager.ts'
import { startDaemon } from '../attack/harness.ts'
import { temporaryFolder } from '../support/app.ts'
import { executable } from '../support/executable.ts'
import { comes, quietFor, until } from '../support/waiting.ts'

const missing = [
  ['/usr/bin/systemd-notify', 'systemd'],
  ['/usr/bin/python3', 'python3']
].find(([path]) => !existsSync(path!))
const skip = missing && !process.env.CI ? `needs ${missing[1]}: apt-get install ${missing[1]}` : false

// systemd's end. A descriptor that comes with a message (BARRIER=1) is closed, as systemd does.
const RECEIVER = `
import socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
while True: print(receiver.recv(4096).decode().strip(), flush=True)
`

/** A socket as NOTIFY_SOCKET; the messages it has received so far. */
async function receive(t: Test) {
  const socket = join(await temporaryFolder(t), 'notify')
  const child = spawn('/usr/bin/python3', ['-c', RECEIVER, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => child.kill('SIGKILL'))
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  await until(() => existsSync(socket))
  const messages = () => text.split('\n').filter((line) => line !== '' && line !== 'BARRIER=1')
  return { socket, messages, count: (message: string) => messages().filter((each) => each === message).length }
}

t.test(
  'the daemon tells systemd that it is ready, that its event loop runs, and that it stops',
  { skip },
  async (t) => {
    const { socket, messages, count } = await receive(t)
    // As systemd does it: the process id is known only to the process itself.
    const command = ['/bin/sh', '-c', 'WATCHDOG_PID=$$ exec "$0"', executable]
    const env = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '1000000' }
    const daemon = await startDaemon(t, await temporaryFolder(t), env, command)
    await until(() => count('WATCHDOG=1') >= 2)
    t.equal(messages()[0], 'READY=1')
    t.equal(count('READY=1'), 1)

    daemon.signal('SIGSTOP')
    // A message may be on its way.
    await quietFor(1000)
    const before = messages().length
    await quietFor(2000)
    t.equal(messages().length, before, 'a daemon that hangs says nothing')
    daemon.signal('SIGCONT')
    await until(() => messages().length > before)

    daemon.signal('SIGTERM')
    t.equal((await daemon.exited).code, 0)
    t.ok(await comes(() => count('STOPPING=1') === 1))
    t.equal(messages().at(-1), 'STOPPING=1')
    t.notMatch(daemon.output(), /systemd was not told/)
  }
)

t.test('a watchdog that is meant for another process gets no messages', { skip }, async (t) => {
  const { socket, messages } = await receive(t)
  const env = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '100000', WATCHDOG_PID: '1' }
  const manager = createServiceManager(env, process.pid, t.fail)
  await manager.ready()
  await quietFor(500)
  await manager.stopping()
  t.same(messages(), ['READY=1', 'STOPPING=1'])
})

t.test('a message that cannot be sent is reported', { skip }, async (t) => {
  const warnings: string[] = []
  const env = { NOTIFY_SOCKET: join(await temporaryFolder(t), 'none') }
  await createServiceManager(env, process.pid, (message) => warnings.push(message)).ready()
  t.equal(warnings.length, 1)
  t.match(warnings[0], /^systemd was not told READY=1: systemd-notify ended with 1: /)
})

t.test('without systemd nothing is sent', async (t) => {
  const env = { WATCHDOG_USEC: '1000', WATCHDOG_PID: `${process.pid}` }
  const manager = createServiceManager(env, process.pid, t.fail)
  await manager.ready()
  await manager.stopping()
})
