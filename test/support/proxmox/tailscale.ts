import { randomBytes } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { passTime, until } from '../waiting.ts'
import type { Shell } from './container.ts'
import { checkpoint, die, hang, takeTime } from './context.ts'
import { backendStateOf, describeTailscale, versionOf } from './tailscale-status.ts'
import type { Inside, State, Tailscale } from './types.ts'

/** Texts: cmd/tailscale/cli of Tailscale 1.8x, where no other source is named. */
const TIMED_OUT = 'timeout waiting for Tailscale service to enter a Running state; check health with "tailscale status"'
const NOT_RUNNING = "failed to connect to local tailscaled; it doesn't appear to be running"

const fresh = (): Tailscale => {
  const [a = 0, b = 0, c = 0, d = 0] = randomBytes(4)
  return {
    wantRunning: false,
    loggedIn: false,
    machineApproved: true,
    nodeId: `n${randomBytes(5).toString('hex')}11CNTRL`,
    nodeKey: randomBytes(32).toString('hex'),
    ips: [`100.${64 + (a % 64)}.${b}.${c}`, `fd7a:115c:a1e0::${c.toString(16)}01:${d.toString(16)}`],
    hostname: '',
    advertised: [],
    exitNode: false,
    acceptRoutes: false,
    approved: [],
    loginError: null,
    createdAt: Date.now()
  }
}
const of = (inside: Inside): Tailscale => {
  inside.tailscale ??= fresh()
  return inside.tailscale
}

/** Go's flag package: `--name`, `--name=value`, `-name value`; these have no value of their own. */
const SWITCHES =
  /^(advertise-exit-node|accept-routes|accept-dns|reset|force-reauth|json|ssh|snat-subnet-routes|yes|check|peers|self)$/
function readFlags(words: readonly string[]): Record<string, string> {
  const flags: Record<string, string> = {}
  for (let i = 0; i < words.length; i++) {
    const [, name, value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(words[i]!) ?? []
    if (name === undefined) die(`too many non-flag arguments: ["${words[i]}"]`, 1)
    const key = name === 'authkey' ? 'auth-key' : name!
    flags[key] = value ?? (SWITCHES.test(key) ? 'true' : (words[++i] ?? die(`flag needs an argument: -${key}`, 1)))
  }
  return flags
}

/** net/netutil.CalcAdvertiseRoutes. */
function readRoutes(text: string): string[] {
  return text === ''
    ? []
    : text.split(',').map((route) => {
        if (!ipaddr.isValidCIDR(route)) die(`"${route}" is not a valid IP address or CIDR prefix`, 1)
        const [address, bits] = ipaddr.parseCIDR(route)
        const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
        const network = `${family.networkAddressFromCIDR(route)}/${bits}`
        if (network !== `${address}/${bits}`) die(`${route} has non-address bits set; expected ${network}`, 1)
        return route
      })
}

function applyFlags(now: Tailscale, flags: Record<string, string>): void {
  if (flags['advertise-routes'] !== undefined) now.advertised = readRoutes(flags['advertise-routes'])
  if (flags['advertise-exit-node'] !== undefined) now.exitNode = flags['advertise-exit-node'] === 'true'
  if (flags['accept-routes'] !== undefined) now.acceptRoutes = flags['accept-routes'] === 'true'
  if (flags.hostname !== undefined) now.hostname = flags.hostname
}

/** What is no longer advertised is no longer approved; the rest waits for an admin, or for the tailnet's policy. */
export function approve(now: Tailscale, all: boolean): void {
  const offered = [...now.advertised, ...(now.exitNode ? ['0.0.0.0/0', '::/0'] : [])]
  now.approved = all ? offered : now.approved.filter((route) => offered.includes(route))
}

/** The settings that are not the default, as flags: `up` wants each of them mentioned again. */
const settingsOf = (now: Tailscale) => ({
  ...(now.advertised.length > 0 && { 'advertise-routes': now.advertised.join(',') }),
  ...(now.exitNode && { 'advertise-exit-node': '' }),
  ...(now.acceptRoutes && { 'accept-routes': '' }),
  ...(now.hostname !== '' && { hostname: now.hostname })
})

/** Redeems a key at the control server; the texts are the server's, as users report them. */
function logIn(state: State, now: Tailscale, key: string): void {
  const name = /^tskey-auth-(\w+)-/.exec(key)?.[1] ?? 'does'
  const kind = state.tailnet.keys[key]
  if (kind === undefined || kind === 'used' || kind === 'expired') {
    now.loginError =
      kind === undefined ? 'invalid key: API key does not exist' : `invalid key: API key ${name} not valid`
    return
  }
  if (kind === 'valid') state.tailnet.keys[key] = 'used'
  Object.assign(now, {
    loggedIn: true,
    wantRunning: true,
    loginError: null,
    machineApproved: kind !== 'needs-approval'
  })
}

const secondsOf = (duration: string) => {
  const [, number = '0', unit = 's'] =
    /^(\d+)(ms|s|m)$/.exec(duration) ?? die(`invalid value "${duration}" for flag -timeout: parse error`, 1)
  return Number(number) * { ms: 0.001, s: 1, m: 60 }[unit as 's']
}

/** Waits as `up` does: for ever, or until its own time-out. */
async function waitFor(isThere: () => boolean, timeout: string | undefined): Promise<void> {
  if (timeout === undefined) return until(isThere, { withinMs: 2 ** 31 - 1, everyMs: 50 })
  const seconds = secondsOf(timeout)
  await until(isThere, { withinMs: seconds * 1000, everyMs: 50 }).catch(() => die(TIMED_OUT, 1))
}

async function up(shell: Shell, words: readonly string[]): Promise<number> {
  const { store, inside, changeInside, err } = shell
  const flags = readFlags(words)
  let key = flags['auth-key'] ?? ''
  if (key.startsWith('file:')) {
    const path = key.slice('file:'.length)
    key = (inside().files[path] ?? die(`open ${path}: no such file or directory`, 1)).content.trim()
  }
  const before = of(inside())
  const forgotten = Object.entries(settingsOf(before)).filter(([name]) => flags[name] === undefined)
  const isBare = words.every((word) => /^--?(auth-?key|timeout|force-reauth|json|qr)/.test(word))
  if (before.loggedIn && forgotten.length > 0 && !isBare && flags.reset !== 'true') {
    const all = { ...settingsOf(before), ...flags }
    const line = Object.entries(all).map(
      ([name, value]) => `--${name}${value === '' || value === 'true' ? '' : `=${name === 'auth-key' ? '...' : value}`}`
    )
    die(
      `Error: changing settings via 'tailscale up' requires mentioning all\nnon-default flags. To proceed, either re-run your command with --reset or\nuse the command below to explicitly mention the current value of\nall non-default settings:\n\n\ttailscale up ${line.join(' ')}\n`,
      1
    )
  }
  await takeTime(shell)
  if (!store.read().resolvesNames) {
    // The daemon tries again and again; the command waits with it.
    if (flags.timeout === undefined) await hang()
    await passTime(secondsOf(flags.timeout!) * 1000)
    die(TIMED_OUT, 1)
  }
  changeInside((place, state) => {
    const now = of(place)
    if (flags.reset === 'true')
      Object.assign(now, { advertised: [], exitNode: false, acceptRoutes: false, hostname: '' })
    applyFlags(now, flags)
    if (key !== '' && (!now.loggedIn || flags['force-reauth'] === 'true')) logIn(state, now, key)
    // A login that failed leaves an earlier one as it was.
    if (now.loggedIn) now.wantRunning = true
    approve(now, state.tailnet.approvesRoutes && now.loggedIn)
  })
  await checkpoint(shell, 'half')
  const now = of(inside())
  if (key !== '' && now.loginError !== null) die(`backend error: ${now.loginError}`, 1)
  if (!now.loggedIn) err('\nTo authenticate, visit:\n\n\thttps://login.tailscale.com/a/0123456789abcd\n\n')
  else if (!now.machineApproved)
    err('\nTo approve your machine, visit (as admin):\n\n\thttps://login.tailscale.com/admin\n\n')
  const isUp = () => backendStateOf(inside()) === 'Running'
  if (isUp()) return 0
  await waitFor(isUp, flags.timeout)
  err('Success.\n')
  return 0
}

/** `tailscale update` of a package of Alpine runs apk. */
async function update(shell: Shell, words: readonly string[]): Promise<number> {
  const { store, inside, changeInside, out } = shell
  const flags = readFlags(words)
  const { packaged } = store.read().tailnet
  const version = packaged.replace(/-r\d+$/, '')
  if (versionOf(inside()) === version) {
    out(`no update needed; already at stable version ${version}\n`)
    return 0
  }
  if (flags.check === 'true' || flags.yes !== 'true') {
    out(`update available: ${versionOf(inside())} -> ${version}\n`)
    return 0
  }
  if (!store.read().resolvesNames)
    die(
      'failed checking for updates: Get "https://pkgs.tailscale.com/stable/?mode=json": dial tcp: lookup pkgs.tailscale.com: i/o timeout',
      1
    )
  await takeTime(shell)
  changeInside(({ packages }) => {
    packages.tailscale = packaged
  })
  out(`(1/1) Upgrading tailscale (${packaged})\nOK: 42 MiB in 30 packages\n`)
  return 0
}

export async function tailscale(shell: Shell, args: readonly string[]): Promise<number> {
  const { store, inside, changeInside, out } = shell
  const [command = '', ...words] = args
  if (command === 'version') {
    out(
      `${versionOf(inside())}\n  tailscale commit: 0123456789abcdef0123456789abcdef01234567\n  go version: go1.24.4\n`
    )
    return 0
  }
  if (command === 'update') return update(shell, words)
  if (!inside().services.tailscale?.started) die(NOT_RUNNING, 1)
  // tailscaled ends at once where it has no tunnel device.
  const { config } = store.read().guests[shell.vmid]!
  if (!Object.values(config).some((value) => /\/dev\/net\/tun/.test(String(value)))) die(NOT_RUNNING, 1)
  if (command === 'up') return up(shell, words)
  if (command === 'status') return describeTailscale(shell, readFlags(words).json === 'true')
  if (command === 'ip') {
    if (!of(inside()).loggedIn) die('no current Tailscale IPs; state: NeedsLogin', 1)
    out(`${of(inside()).ips.join('\n')}\n`)
    return 0
  }
  changeInside((place, state) => {
    const now = of(place)
    if (command === 'set') {
      applyFlags(now, readFlags(words))
      approve(now, state.tailnet.approvesRoutes && now.loggedIn)
    } else if (command === 'down') now.wantRunning = false
    else if (command === 'logout')
      place.tailscale = { ...fresh(), hostname: now.hostname, advertised: now.advertised, exitNode: now.exitNode }
    else die(`tailscale: unknown subcommand: ${command}`, 1)
  })
  return 0
}
