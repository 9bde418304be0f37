import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import t from 'tap'
import { temporaryFolder } from '../support/app.ts'
import { linesOf } from '../support/audit.ts'
import { comes } from '../support/waiting.ts'
import { deployed, missing, run, startFail2ban } from './server.ts'

const root = resolve(deployed, '../..')

t.test('the commands of docs/fail2ban.md work', { skip: missing }, async (t) => {
  const guide = await readFile(join(root, 'docs/fail2ban.md'), 'utf8')
  const commands = [...guide.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => block!.trim().split('\n'))
  const folder = await temporaryFolder(t)
  const log = join(folder, 'auth.log')
  const { client, banned } = await startFail2ban(t, folder, log)
  const [line] = linesOf((audit) => audit.loginFailed({ address: '192.0.2.10', user: 'admin' }), Date.now())
  await appendFile(log, line!.repeat(3))
  t.ok(await comes(async () => (await banned()).includes('192.0.2.10')))

  // The guide's places, in this test's folder; the files it installs are the server's already, so others receive them.
  const installed = join(folder, 'installed')
  for (const name of ['filter.d', 'jail.d']) await mkdir(join(installed, name), { recursive: true })
  const said: string[] = []
  for (const command of commands.filter((line) => !/^(apt-get|systemctl) /.test(line))) {
    const here = command
      .replaceAll('/etc/fail2ban', installed)
      .replaceAll('/var/log/proxmenux-auth.log', log)
      .replace(/^fail2ban-client/, client)
    const { stdout } = await run('sh', ['-c', here], { cwd: root })
    said.push(stdout)
  }
  t.equal(said.length, 6)
  t.match(said[2], /OK: configuration test is successful/)
  t.match(said[3], /Lines: 3 lines, 0 ignored, 3 matched, 0 missed/)
  t.match(said[4], /Banned IP list:\t192\.0\.2\.10/)
  t.match(said[5], /^1$/m)
  t.same(await banned(), [])
})
