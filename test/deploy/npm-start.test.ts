import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { environmentIn } from '../attack/harness.ts'
import { temporaryFolder } from '../support/app.ts'

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
