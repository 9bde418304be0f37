import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { temporaryFolder } from '../support/app.ts'
import { needsBoot as skip, writeSystemUnits } from './boot.ts'
import { shipped } from './shipped.ts'

const root = resolve(import.meta.dirname, '../..')

/** What the unit says it leaves open, and others beside. */
const commands = [
  'mount -t tmpfs none /mnt && umount /mnt',
  'unshare --net --mount --uts true',
  'echo 1 >/usr/probe && chown nobody /usr/probe && chmod u+s /usr/probe',
  'mknod /root/null c 1 3 && echo >/root/null',
  'setarch linux32 true',
  'chrt --fifo 1 true',
  'nice -n -5 true',
  'ip link set lo down && ip link set lo up',
  'su nobody -s /bin/sh -c true',
  'dmesg',
  'hostname probe',
  'test "$(umask)" = 0022'
]

const daemon = /^ExecStart=.*$/m
const shellUnit = shipped('systemd/proxmenux-monitor.service')
  .replace(daemon, 'ExecStart=/bin/sh /run/units/shell.sh')
  .replace('Type=notify', 'Type=oneshot')
  .replace(/^(Restart|ExecReload|Watchdog|NotifyAccess).*$/gm, '')

function writeUnits(folder: string): void {
  const write = (name: string, ...lines: string[]) => writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  const probe = `${join('/opt/proxmenux-monitor', 'test/edge/probe.ts')}`
  const node = process.execPath.replace(root, '/opt/proxmenux-monitor')
  writeSystemUnits(folder, `${node} ${probe}`)
  write(
    'proxmenux-monitor.service',
    shipped('systemd/proxmenux-monitor.service')
      .replace(/^\[Service\]$/m, '[Service]\nStandardOutput=file:/run/out/daemon\nStandardError=file:/run/out/daemon')
      .replace('WatchdogSec=60', 'WatchdogSec=8')
  )
  write('confined.conf', shipped('systemd/confined.conf'))
  write('panel.conf', shipped('panel/panel.conf'))
  write('shell.service', shellUnit)
  write(
    'shell.sh',
    ...commands.map((command, i) => `( ${command} ) >/dev/null 2>&1 || echo ${i} >>/run/out/shell`),
    'echo done >>/run/out/shell'
  )
}

t.setTimeout(300_000)

t.test('a real systemd applies the unit', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  for (const name of ['units', 'out']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'console'), '')
  writeUnits(join(folder, 'units'))
  const boot = spawnSync('sh', [join(import.meta.dirname, 'boot.sh'), folder, root], {
    encoding: 'utf8',
    timeout: 150_000
  })
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
  const words = { boot: boot.stdout + boot.stderr, console: read('console'), daemon: read('out/daemon') }
  const result = JSON.parse(read('out/result.json') || '{}')
  t.equal(result.error, undefined, 'it boots', words)
  const failed = (result.shell ?? []).slice(0, -1).map((i: string) => commands[Number(i)])
  t.same(failed, [], 'a root shell works')

  const works = {
    started: true,
    loggedIn: true,
    avatar: true,
    reloaded: true,
    samePid: true,
    restarted: true,
    result: 'success',
    left: 'SIGKILL',
    modes: ['700', '700', '600']
  }
  t.match(result.plain, { ...works, noNewPrivileges: false }, 'as it is shipped', words)
  t.match(result.confined, { ...works, noNewPrivileges: true, capabilities: '00000000000004e4' }, 'confined', words)
  t.match(result.watchdog, { replaced: true, replies: true }, 'a hung daemon is replaced', words)
  // RestartSec=5: after 3 s the unit would wait for its second attempt.
  const once = { ended: true, failed: true, attempts: 1 }
  t.match(result.unusable, once, 'unusable settings are tried once', words)
  t.match(result.unusableInPanel, once, 'in a panel too, which has no limit of starts', words)
  const panel = { readsCredentials: true, triesAgain: true, startLimit: '0' }
  t.match(result.panel, panel, 'as a replica of a panel, confined too', words)
  t.same(result.plain?.writes, ['/etc', '/usr', '/root', '/opt/proxmenux-monitor', '/etc/proxmenux', '/var/log'])
  t.same(result.confined?.writes, ['/etc/proxmenux', '/var/log'], 'confined, it writes its own places only')
})
