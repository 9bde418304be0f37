import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { needsBoot } from '../edge/boot.ts'
import { bearer, temporaryFolder } from '../support/app.ts'
import { makeImage } from '../support/images.ts'
import '../support/executable.ts'
import { openAtPrompt, serve } from '../terminal/serve.ts'
import { architecture, buildPackage, needs, underSystemd } from './package.ts'

const root = resolve(import.meta.dirname, '../..')
const LIB = 'usr/lib/proxmenux-monitor'
const cpu = process.arch === 'arm64' ? 'arm64' : 'x64'
const skip = needs('/usr/bin/dpkg-deb', 'dpkg')
const needsLintian = needs('/usr/bin/lintian', 'lintian')
const run = (file: string, ...args: string[]) => execFileSync(file, args, { encoding: 'utf8', maxBuffer: 16 << 20 })
const source = (name: string) => readFileSync(join(root, name), 'utf8')

t.setTimeout(300_000)

let deb = ''
let tree = ''
let control = ''
/** lintian's run beside the other tests; it takes as long as they do. */
let linted: Promise<{ error: Error | null; stdout: string; stderr: string }> | undefined
t.before(async () => {
  if (skip) return
  const folder = await temporaryFolder(t)
  // The process that decodes an avatar is the user nobody, who reads /usr on a host.
  chmodSync(folder, 0o755)
  deb = buildPackage(folder)
  tree = join(folder, 'tree')
  control = join(folder, 'control')
  run('dpkg-deb', '--extract', deb, tree)
  run('dpkg-deb', '--control', deb, control)
  if (needsLintian) return
  linted = new Promise((done) =>
    execFile('lintian', ['--tag-display-limit', '0', deb], (error, stdout, stderr) => done({ error, stdout, stderr }))
  )
})

t.test('the package holds what the daemon needs, owned by root, and nothing else', { skip }, async (t) => {
  t.ok(statSync(deb).size < 50_000_000, `${statSync(deb).size} bytes`)
  const entries = run('dpkg-deb', '--contents', deb)
    .trim()
    .split('\n')
    .map((line) => {
      const [, mode, owner, path] = /^(\S+) (\S+) .* \.\/(.*?)( -> .*)?$/.exec(line)!
      return { mode: mode!, owner: owner!, path: path! }
    })
  t.ok(entries.length > 300)
  t.same([...new Set(entries.map(({ owner }) => owner))], ['root/root'])
  const modes = Map.groupBy(entries, ({ mode }) => mode)
  const withMode = (mode: string) => modes.get(mode)?.map(({ path }) => path)
  t.same([...modes.keys()].sort(), ['-rw-------', '-rw-r--r--', '-rwxr-xr-x', 'drwxr-xr-x', 'lrwxrwxrwx'])
  t.same(withMode('-rw-------'), ['etc/proxmenux/monitor.env'])
  t.same(withMode('lrwxrwxrwx'), ['usr/bin/proxmenux-monitor'])
  t.same(withMode('-rwxr-xr-x'), [`${LIB}/bin/proxmenux-monitor`, `${LIB}/node_modules/node-linux-${cpu}/bin/node`])

  const files = withMode('-rw-r--r--')!
  t.same(
    files.filter((path) => /\.map$|\.[cm]?ts$|\/include\/|\/test\//.test(path)),
    [],
    'no source map, header or test'
  )
  t.same(
    files.filter((path) => !/^(etc|usr\/(lib\/(proxmenux-monitor|systemd\/system)|share))\//.test(path)),
    []
  )
  const manifests = files.filter((path) => /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
  const { packages } = JSON.parse(source('package-lock.json'))
  for (const path of manifests) {
    const locked = packages[path.slice(LIB.length + 1, -'/package.json'.length)]
    const { version } = JSON.parse(readFileSync(join(tree, path), 'utf8'))
    t.match({ ...locked, dev: locked?.dev === true }, { version, dev: false }, path)
  }
  const natives = ['@img/sharp-linux', '@img/sharp-libvips-linux', '@lydell/node-pty-linux', 'node-linux']
  for (const name of natives) t.ok(manifests.includes(`${LIB}/node_modules/${name}-${cpu}/package.json`), name)
})

t.test('the control files', { skip }, async (t) => {
  const { version } = JSON.parse(source('package.json'))
  t.match(
    run('dpkg-deb', '--field', deb, 'Version', 'Architecture'),
    `Version: ${version}\nArchitecture: ${architecture}`
  )
  t.same(readFileSync(join(control, 'conffiles'), 'utf8').trim().split('\n'), [
    '/etc/fail2ban/filter.d/proxmenux.conf',
    '/etc/fail2ban/jail.d/proxmenux.conf',
    '/etc/logrotate.d/proxmenux-monitor',
    '/etc/proxmenux/monitor.env'
  ])
  const checked = spawnSync('md5sum', ['--check', '--quiet', join(control, 'md5sums')], { cwd: tree, encoding: 'utf8' })
  t.equal(checked.stdout + checked.stderr, '')
  const scripts = ['postinst', 'prerm', 'postrm']
  for (const name of scripts) t.equal(spawnSync('sh', ['-n', join(control, name)]).status, 0, name)
  t.notMatch(
    scripts.map((name) => readFileSync(join(control, name), 'utf8')).join(),
    /\b(curl|wget|apt-get|npm|https?:)/
  )
})

t.test('shellcheck finds nothing', { skip: skip || needs('/usr/bin/shellcheck', 'shellcheck') }, async (t) => {
  const scripts = ['postinst', 'prerm', 'postrm'].map((name) => join(control, name))
  const { status, stdout } = spawnSync('shellcheck', scripts, { encoding: 'utf8' })
  t.equal(status, 0, stdout)
})

t.test('the unit is that of deploy/systemd, with the paths of the package', { skip }, async (t) => {
  const lines = (text: string) => text.split('\n').filter((line) => !/^(#|$)/.test(line))
  const shipped = lines(source('deploy/systemd/proxmenux-monitor.service'))
  const packaged = lines(readFileSync(join(tree, 'usr/lib/systemd/system/proxmenux-monitor.service'), 'utf8'))
  t.equal(packaged.length, shipped.length)
  t.same(
    packaged.filter((line) => !shipped.includes(line)),
    ['Documentation=file:///usr/share/doc/proxmenux-monitor/deploy.md', 'ExecStart=/usr/bin/proxmenux-monitor']
  )
  t.ok(packaged.includes('EnvironmentFile=-/etc/proxmenux/monitor.env'))
  t.ok(existsSync(join(tree, 'usr/share/doc/proxmenux-monitor/deploy.md')))
})

t.test('unpacked, the daemon answers, decodes an avatar and opens a terminal', { skip }, async (t) => {
  const command = join(tree, 'usr/bin/proxmenux-monitor')
  const served = await serve(t, {}, [command])
  const { daemon, token } = served
  t.equal(run('readlink', `/proc/${daemon.pid}/exe`).trim(), join(tree, LIB, `node_modules/node-linux-${cpu}/bin/node`))
  t.match(await (await fetch(daemon.url)).text(), /<script type="module"/)

  const reply = await fetch(`${daemon.url}/api/auth/profile/avatar`, {
    method: 'POST',
    headers: { 'content-type': 'image/png', ...bearer(token) },
    body: new Uint8Array(await makeImage('image/png'))
  })
  t.match(await reply.json(), { success: true, has_avatar: true })

  const terminal = await openAtPrompt(served)
  terminal.type('echo $((6 * 7))\r')
  await terminal.waitFor(/\r42\r\n/)

  t.equal(run(command, '--version').trim(), JSON.parse(source('package.json')).version)
})

const needsFail2ban = needs('/usr/bin/fail2ban-client', 'fail2ban')
t.test(
  'installed, upgraded, removed and purged under a real systemd',
  { skip: needsBoot || skip || needsFail2ban },
  (t) => underSystemd(t, deb, 'install.sh')
)

t.test('lintian finds no error and gives no warning', { skip: skip || needsLintian }, async (t) => {
  const { error, stdout, stderr } = await linted!
  t.equal(error, null, stderr)
  const tags = stdout.split('\n').filter((line) => /^[EW]:/.test(line))
  t.same(tags, [])
})
