import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { environmentIn } from '../attack/harness.ts'
import { temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

const root = resolve(import.meta.dirname, '../..')

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  t.test(`${signal} to npm start ends the daemon in order`, async (t) => {
    const folder = await temporaryFolder(t)
    // It would ask the registry for a newer npm.
    const env = environmentIn(folder, { npm_config_update_notifier: 'false' })
    const npm = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = new Promise((done) => npm.once('exit', (code) => done(code)))
    let output = ''
    await new Promise<void>((listens) =>
      npm.stdout.on('data', (chunk: Buffer) => {
        output += chunk
        if (output.includes('Server listening')) listens()
      })
    )
    const daemon = Number(/"pid":(\d+)/.exec(output)![1])
    t.teardown(() => {
      if (existsSync(`/proc/${daemon}`)) process.kill(daemon, 'SIGKILL')
    })
    npm.kill(signal)
    t.equal(await exited, 0)
    t.match(output, /"msg":"shutting down"/)
    t.notOk(existsSync(`/proc/${daemon}`), 'no daemon is left')
  })
}

t.test('on a terminal the log is text, and the start ends with the address to open', async (t) => {
  const env = environmentIn(await temporaryFolder(t), { MONITOR_HOST: '0.0.0.0' })
  const command = `exec ${join(root, 'bin/proxmenux-monitor')}`
  const terminal = spawn('script', ['-qfec', command, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = new Promise((done) => terminal.once('exit', done))
  t.teardown(() => terminal.kill('SIGKILL'))
  let output = ''
  terminal.stdout.on('data', (chunk: Buffer) => {
    output += chunk
  })
  await until(() => /^Open http:.*\r\n/m.test(output))
  t.match(output, /INFO.*Server listening at http:/)
  t.match(output, /^Open http:\/\/[\w.:[\]]+:\d+( or http:\/\/[\w.:[\]]+:\d+)*\r$/m)
  t.notMatch(output, /"level"/)
  // Ctrl-C.
  terminal.stdin.write('\x03')
  await exited
  t.match(output, /INFO.*shutting down/)
})
