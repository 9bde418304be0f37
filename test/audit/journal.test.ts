import { spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { environmentIn } from '../attack/harness.ts'
import { temporaryFolder } from '../support/app.ts'
import { executable } from '../support/executable.ts'
import { until } from '../support/waiting.ts'

/** The daemon with a file as its standard error, said to be the journal's stream or not; one login fails. */
async function linesOfFailedLogin(t: Test, isJournal: boolean): Promise<string[]> {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'stderr')
  const fd = openSync(path, 'a')
  const { dev, ino } = fstatSync(fd)
  const env = environmentIn(folder, { JOURNAL_STREAM: isJournal ? `${dev}:${ino}` : `${dev}:${ino + 1}` })
  const child = spawn(executable, [], { env, stdio: ['ignore', 'pipe', fd] })
  closeSync(fd)
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout!.on('data', (chunk) => {
    output += chunk
  })
  await until(() => /listening at (\S+)"/.test(output))
  const url = /listening at (\S+)"/.exec(output)![1]
  const post = (route: string, body: object) =>
    fetch(`${url}/api/auth/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
  await post('setup', { username: 'admin', password: 'Correct-Horse-77' })
  t.equal((await post('login', { username: 'admin\n<0>forged', password: 'wrong' })).status, 401)
  child.kill('SIGTERM')
  await new Promise((done) => child.once('exit', done))
  return readFileSync(path, 'utf8').split('\n').filter(Boolean)
}

t.test('under systemd each event is a line on standard error, prefixed with its severity', async (t) => {
  const lines = await linesOfFailedLogin(t, true)
  t.equal(lines.length, 2)
  t.match(lines[0], /^<4>proxmenux\.auth: .*; rhost=127\.0\.0\.1 user=admin$/)
  t.match(lines[1], /^<4>proxmenux\.auth: .*failure; rhost=127\.0\.0\.1 user=admin\\u\{a\}<0>forged$/)
})

t.test('without systemd no event is written to standard error', async (t) => {
  t.same(await linesOfFailedLogin(t, false), [])
})
