import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { parse } from 'yaml'
import { temporaryFolder } from '../support/app.ts'
import { missing as missingOpenssl } from '../support/certificates.ts'
import { makeCertificate } from './certificate.ts'
import { missing } from './programs.ts'
import { nginxArguments } from './proxies.ts'
import { deployFolder, haproxy, shipped } from './shipped.ts'
import { type Dynamic, DynamicFile, parseLabel } from './traefik.ts'

const root = resolve(import.meta.dirname, '../..')
const run = (file: string, ...args: string[]) => {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8' })
  return { status: error ? error.message : status, stdout, words: stdout + stderr }
}
const systemd = missing('/usr/bin/systemd-analyze', 'systemd')

t.test(
  'nginx accepts the shipped files',
  { skip: missing('/usr/sbin/nginx', 'nginx-light') || missingOpenssl },
  async (t) => {
    const folder = await temporaryFolder(t)
    const around = { life: t, folder, certificate: makeCertificate(folder), daemon: 8008 }
    const { status, words } = run('/usr/sbin/nginx', '-t', ...(await nginxArguments(around)))
    t.equal(status, 0, words)
    t.notMatch(words, /\[warn\]|\[emerg\]/)
  }
)

t.test(
  'Caddy accepts the shipped files and would not reformat them',
  { skip: missing('/usr/bin/caddy', 'caddy') },
  async (t) => {
    for (const name of ['Caddyfile', 'Caddyfile.subpath']) {
      const file = join(deployFolder, 'caddy', name)
      const { status, words } = run('caddy', 'validate', '--config', file, '--adapter', 'caddyfile')
      t.equal(status, 0, words)
      t.equal(run('caddy', 'fmt', file).stdout, shipped(`caddy/${name}`), `${name} is formatted as Caddy would`)
    }
  }
)

t.test(
  'HAProxy accepts the shipped file',
  { skip: missing('/usr/sbin/haproxy', 'haproxy') || missingOpenssl },
  async (t) => {
    const folder = await temporaryFolder(t)
    const file = join(folder, 'haproxy.cfg')
    writeFileSync(file, haproxy.host(8008, { plain: 8080, tls: 8443 }, makeCertificate(folder)))
    const { status, words } = run('/usr/sbin/haproxy', '-c', '-dW', '-f', file)
    t.equal(status, 0, words)
  }
)

t.test('systemd accepts the unit, with and without confined.conf', { skip: systemd }, async (t) => {
  const folder = await temporaryFolder(t)
  const unit = join(folder, 'proxmenux-monitor.service')
  writeFileSync(unit, shipped('systemd/proxmenux-monitor.service').replaceAll('/opt/proxmenux-monitor', root))
  const verify = () => run('systemd-analyze', 'verify', '--man=no', unit)
  t.match(verify(), { status: 0, words: '' })
  mkdirSync(`${unit}.d`)
  writeFileSync(join(`${unit}.d`, 'confined.conf'), shipped('systemd/confined.conf'))
  t.match(verify(), { status: 0, words: '' })
})

t.test('the README shows what scripts/exposure.sh prints', { skip: systemd }, async (t) => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const version = /^systemd (\d+)/.exec(run('systemd-analyze', '--version').stdout)?.[1]
  const shown = /exposure\.sh` prints[^\n]*systemd (\d+)[^\n]*\n\n```\n([\s\S]*?)```/.exec(readme)
  t.ok(shown, 'with the version they are of')
  const printed = run(join(root, 'scripts/exposure.sh')).stdout
  if (version === shown?.[1] || process.env.CI) t.equal(printed, shown?.[2])
  else t.comment(`this is systemd ${version}, whose figures are others:`, printed)
})

t.test(
  'each restriction missing in the unit is listed with its reason, and confined.conf sets it or says why not',
  async (t) => {
    const unit = shipped('systemd/proxmenux-monitor.service')
    const confined = shipped('systemd/confined.conf')
    const open = (text: string, heading: string) =>
      new Set(
        [...text.slice(text.indexOf(heading)).matchAll(/^# +([A-Z][^ ]*=(?:, \w+=)*) {2,}\S/gm)].flatMap((m) =>
          m[1]!.split(', ')
        )
      )
    const holes = open(unit, '# --- Not restricted')
    t.ok(holes.size > 25)
    const stillOpen = open(confined, '# --- Not restricted')
    for (const hole of holes) {
      const closed = new RegExp(`^${hole}\\S`, 'm').test(confined)
      t.ok(closed || stillOpen.has(hole) || /^(LimitNOFILE|DevicePolicy|DynamicUser)=$/.test(hole), hole)
    }
  }
)

t.test('the file for Traefik has its documented structure', async (t) => {
  const file = parse(shipped('traefik/dynamic.yml')) as Dynamic
  t.same(Compile(DynamicFile).Errors(file), [])
  const { routers, middlewares, services } = file.http
  for (const [name, router] of Object.entries(routers)) {
    t.ok(router.service in services || router.service === 'noop@internal', `${name} leads to a service`)
    for (const used of router.middlewares ?? []) t.ok(used in middlewares, `${name} has ${used}`)
  }
  const { regex, replacement } = middlewares['proxmenux-slash']!.redirectRegex as Record<
    'regex' | 'replacement',
    string
  >
  // Go writes ${1} where JavaScript writes $1.
  const led = (url: string) => url.replace(new RegExp(regex), replacement.replaceAll(/\$\{(\d)\}/g, '$$$1'))
  t.equal(led('https://example.com/proxmenux-monitor?x=1'), 'https://example.com/proxmenux-monitor/?x=1')
  t.equal(led('https://example.com/proxmenux-monitor/'), 'https://example.com/proxmenux-monitor/')
  const before = routers['proxmenux-subpath']!.middlewares!
  t.ok(before.indexOf('proxmenux-forwarded') < before.indexOf('proxmenux-strip'), 'a client’s prefix goes first')
})

t.test('the labels for Traefik are its documented ones', async (t) => {
  const compose = parse(shipped('traefik/labels.yml')) as { services: { traefik: { labels: string[] } } }
  const [enable, ...rest] = compose.services.traefik.labels
  t.equal(enable, 'traefik.enable=true')
  const labels = rest.map(parseLabel)
  const namesOf = (kind: string) => labels.filter((label) => label.kind === kind).map(({ name }) => name)
  const given = (option: string) => labels.find((label) => label.option === option)?.value
  t.ok(namesOf('services').includes(given('service')!))
  for (const used of given('middlewares')!.split(',')) t.ok(namesOf('middlewares').includes(used), used)
  t.match(given('rule'), /^Host\(`[a-z.]+`\)$/)
  t.throws(() => parseLabel('traefik.http.routers.proxmenux.entrypoint=web'), 'a mistyped one is found')
})
