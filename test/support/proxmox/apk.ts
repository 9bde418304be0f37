import type { Shell } from './container.ts'
import { checkpoint, takeTime } from './context.ts'

const REPOSITORY = 'https://dl-cdn.alpinelinux.org/alpine/v3.22'

/** apk-tools 2.14 of Alpine 3.22, texts from memory. */
export async function apk(shell: Shell, args: readonly string[]): Promise<number> {
  const { store, inside, changeInside, out, err } = shell
  const [action = '', ...names] = args.filter((word) => !word.startsWith('-'))
  const { tailnet, resolvesNames } = store.read()
  const offered = (name: string) => (name === 'tailscale' ? tailnet.packaged : inside().packages[name])
  const fetchIndex = () => {
    for (const part of ['main', 'community']) {
      out(`fetch ${REPOSITORY}/${part}/x86_64/APKINDEX.tar.gz\n`)
      if (!resolvesNames) err(`WARNING: fetching ${REPOSITORY}/${part}: DNS: transient error (try again later)\n`)
    }
  }
  if (action === 'info') {
    const [name = ''] = names
    const version = inside().packages[name]
    if (version === undefined) return 1
    out(`${name}-${version}\n`)
    return 0
  }
  if (action === 'version') {
    out('Installed:                                Available:\n')
    for (const name of names.length > 0 ? names : Object.keys(inside().packages)) {
      const [installed, newest] = [inside().packages[name], offered(name)]
      if (installed !== undefined && installed !== newest) out(`${`${name}-${installed}`.padEnd(41)} < ${newest}\n`)
    }
    return 0
  }
  fetchIndex()
  if (action === 'update') {
    if (!resolvesNames) {
      out('2 unavailable, 0 stale; 27 distinct packages available\n')
      return 2
    }
    out(
      'v3.22.1-86-g6f7d0d4ec73 [https://dl-cdn.alpinelinux.org/alpine/v3.22/main]\nOK: 26325 distinct packages available\n'
    )
    return 0
  }
  if (action !== 'add' && action !== 'upgrade' && action !== 'del') {
    err(`apk: applet not found: ${action}\n`)
    return 1
  }
  if (!resolvesNames && action !== 'del') {
    err('ERROR: unable to select packages:\n')
    for (const name of names) err(`  ${name} (no such package):\n    required by: world[${name}]\n`)
    return names.length
  }
  await takeTime(shell)
  await checkpoint(shell, 'half')
  changeInside(({ packages, services }) => {
    const outdated = Object.keys(inside().packages).filter((name) => offered(name) !== inside().packages[name])
    for (const name of action === 'upgrade' && names.length === 0 ? outdated : names) {
      if (action === 'del') delete packages[name]
      else packages[name] = offered(name) ?? '1.0.0-r0'
      if (name === 'tailscale' && action === 'add') services.tailscale ??= { enabled: false, started: false }
      out(
        `(1/${names.length}) ${{ add: 'Installing', upgrade: 'Upgrading', del: 'Purging' }[action]} ${name} (${packages[name] ?? ''})\n`
      )
    }
  })
  out('Executing busybox-1.37.0-r18.trigger\nOK: 42 MiB in 30 packages\n')
  return 0
}
