import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { external } from '../vite.config.ts'

const root = resolve(import.meta.dirname, '..')
const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

export const NAME = 'proxmenux-monitor'
export const version: string = project.version
/** Debian's names of the architectures, with Node's. */
export const architectures = { amd64: 'x64', arm64: 'arm64' } as const
export type Architecture = keyof typeof architectures

/** Where the project is in the package, and its documents. */
const LIB = `usr/lib/${NAME}`
const DOC = `usr/share/doc/${NAME}`

// Sources, tests and documents of npm's packages. Source maps have 11 of the bundle's 14 MB.
const unneededFolders = /^(benchmark|bin|docs|examples|include|install|scripts|share|src|test|test-jest|\.vite)$/
const neededFiles = /\.([cm]?js|json|node|so[.\d]*)$|^licen[cs]e/i
const isNeeded = (path: string) =>
  lstatSync(path).isDirectory() ? !unneededFolders.test(basename(path)) : neededFiles.test(basename(path))

/** The dashboard's and the daemon's build, without source maps and the list of licences. */
const isBuilt = (path: string) => !/\.map$|\/\.vite$/.test(path)

/**
 * The packages that the bundle does not contain, for that architecture: npm installs the versions of package-lock.json
 * into `folder` and checks their hashes. Throws if one for the architecture is missing.
 */
function installPackages(folder: string, cpu: string): void {
  const node = `node-linux-${cpu}`
  const dependencies = Object.fromEntries(external.map((name) => [name, project.dependencies[name]]))
  const optionalDependencies = { [node]: project.optionalDependencies[node] }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: NAME, version, dependencies, optionalDependencies })
  )
  cpSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'))
  const platform = ['--os=linux', `--cpu=${cpu}`, '--libc=glibc']
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['install', '--ignore-scripts', '--no-bin-links', '--prefer-offline', ...platform, ...quiet], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit']
  })
  const natives = [`${node}/bin/node`, `@img/sharp-linux-${cpu}`, `@img/sharp-libvips-linux-${cpu}`]
  for (const name of [...natives, `@lydell/node-pty-linux-${cpu}`, `@napi-rs/nice-linux-${cpu}-gnu`]) {
    if (!existsSync(join(folder, 'node_modules', name)))
      throw new Error(`npm did not install ${name}; other architectures need npm 10.4 or newer`)
  }
}

/** The unit of deploy/systemd with the paths of the package. */
function unitOfPackage(): string {
  const unit = readFileSync(join(root, `deploy/systemd/${NAME}.service`), 'utf8')
    .replace(/^# .*\n/, `# Part of the package ${NAME}. Your own changes: systemctl edit ${NAME}\n`)
    .replace(`/opt/${NAME}/bin/`, '/usr/bin/')
    .replace(`/opt/${NAME}/docs/`, `/${DOC}/`)
  if (unit.includes('/opt/')) throw new Error('the unit names another path in /opt')
  return unit
}

/** Debian's form of a changelog, which the package must have; what changed is in CHANGELOG.md. */
const debianChangelog = (epoch: number, maintainer: string) =>
  `${NAME} (${version}) stable; urgency=medium\n\n  * See /${DOC}/CHANGELOG.md.\n\n -- ${maintainer}  ${new Date(
    epoch * 1000
  )
    .toUTCString()
    .replace('GMT', '+0000')}\n`

/**
 * Writes the tree of the package for `architecture` into `folder`, with its control files in DEBIAN/. `epoch` is the date
 * in its changelog, seconds since 1970.
 */
export function stage(folder: string, architecture: Architecture, epoch: number): void {
  const cpu = architectures[architecture]
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const copy = (from: string, to: string, filter = (_path: string) => true) =>
    cpSync(resolve(root, from), join(folder, to), { recursive: true, filter })
  const zip = (from: string, to: string) => put(`${to}.gz`, gzipSync(readFileSync(join(root, from)), { level: 9 }))

  const { type, license } = project
  put(`${LIB}/package.json`, `${JSON.stringify({ name: NAME, version, license, private: true, type }, null, 2)}\n`)
  copy('bin', `${LIB}/bin`)
  copy('dist', `${LIB}/dist`, isBuilt)
  copy('dashboard/dist', `${LIB}/dashboard/dist`, isBuilt)
  for (const page of ['unbuilt.html', 'unknown-tenant.html']) copy(`dashboard/${page}`, `${LIB}/dashboard/${page}`)
  mkdirSync(join(folder, 'usr/bin'))
  symlinkSync(`../lib/${NAME}/bin/${NAME}`, join(folder, 'usr/bin', NAME))

  const work = mkdtempSync(`${folder}-npm-`)
  try {
    installPackages(work, cpu)
    const packages = join(work, 'node_modules')
    const node = `node-linux-${cpu}`
    const isOfNpm = (path: string) => path.endsWith('/.package-lock.json')
    copy(packages, `${LIB}/node_modules`, (path) => path === packages || (isNeeded(path) && !isOfNpm(path)))
    copy(join(packages, node, 'bin/node'), `${LIB}/node_modules/${node}/bin/node`)
    copy(join(packages, `@img/sharp-libvips-linux-${cpu}/README.md`), `${DOC}/libvips.md`)
  } finally {
    rmSync(work, { recursive: true })
  }

  put(`usr/lib/systemd/system/${NAME}.service`, unitOfPackage())
  copy(`deploy/logrotate/${NAME}`, `etc/logrotate.d/${NAME}`)
  copy('deploy/fail2ban', 'etc/fail2ban')
  copy('deploy/debian/monitor.env', 'etc/proxmenux/monitor.env')
  copy('deploy/debian/lintian-overrides', `usr/share/lintian/overrides/${NAME}`)
  for (const page of globSync('deploy/man/*.[1-8]', { cwd: root }))
    zip(page, `usr/share/man/man${page.at(-1)}/${basename(page)}`)
  if (existsSync(join(root, 'deploy/completion'))) copy('deploy/completion', 'usr/share/bash-completion/completions')

  const control = readFileSync(join(root, 'deploy/debian/control'), 'utf8')
  const maintainer = /^Maintainer: (.*)$/m.exec(control)![1]!
  put(`${DOC}/changelog.gz`, gzipSync(debianChangelog(epoch, maintainer), { level: 9 }))
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8').trim()
  const indented = licence.split('\n').map((line) => ` ${line || '.'}`)
  const copyright = readFileSync(join(root, 'deploy/debian/copyright'), 'utf8')
  put(`${DOC}/copyright`, copyright.replace('@LICENSE@', indented.join('\n')))
  copy('dist/.vite/license.md', `${DOC}/licenses-daemon.md`)
  copy('dashboard/dist/.vite/license.md', `${DOC}/licenses-dashboard.md`)
  copy('CHANGELOG.md', `${DOC}/CHANGELOG.md`)
  for (const page of globSync('docs/*.md', { cwd: root })) copy(page, `${DOC}/${basename(page)}`)
  for (const name of ['caddy', 'grafana', 'haproxy', 'nginx', 'panel', 'traefik'])
    copy(`deploy/${name}`, `${DOC}/examples/${name}`)
  copy('deploy/systemd/confined.conf', `${DOC}/examples/systemd/confined.conf`)

  const files = normalise(folder, [`${LIB}/bin/${NAME}`, `${LIB}/node_modules/node-linux-${cpu}/bin/node`])
  const sizes = files.map((path) => Math.ceil(lstatSync(join(folder, path)).size / 1024))
  const conffiles = files.filter((path) => path.startsWith('etc/'))
  const md5sum = (path: string) =>
    createHash('md5')
      .update(readFileSync(join(folder, path)))
      .digest('hex')
  const others = files.filter((path) => !conffiles.includes(path) && lstatSync(join(folder, path)).isFile())
  put(
    'DEBIAN/control',
    control
      .replace('@VERSION@', version)
      .replace('@ARCHITECTURE@', architecture)
      .replace('@INSTALLED_SIZE@', `${sizes.reduce((sum, size) => sum + size, 0)}`)
  )
  put('DEBIAN/conffiles', conffiles.map((path) => `/${path}\n`).join(''))
  put('DEBIAN/md5sums', others.map((path) => `${md5sum(path)}  ${path}\n`).join(''))
  for (const script of ['postinst', 'prerm', 'postrm']) copy(`deploy/debian/${script}`, `DEBIAN/${script}`)
  normalise(join(folder, 'DEBIAN'), ['postinst', 'prerm', 'postrm'])
}

/** Gives all files below `folder` the modes of a package, whatever this checkout's are; returns their paths, sorted. */
function normalise(folder: string, programs: string[]): string[] {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  chmodSync(folder, 0o755)
  const files: string[] = []
  for (const entry of paths) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path)
    if (!entry.isDirectory()) files.push(name)
    if (entry.isSymbolicLink()) continue
    // The settings may contain MONITOR_SETUP_CODE.
    const fileMode = name === 'etc/proxmenux/monitor.env' ? 0o600 : 0o644
    chmodSync(path, entry.isDirectory() || programs.includes(name) ? 0o755 : fileMode)
  }
  return files.sort()
}
