import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { createProgram, type Ending } from '../../lib/programs/program.ts'
import { createUpdates, parseSimulation } from '../../lib/updates/apt.ts'
import { describeUpdates } from '../../lib/updates/describe.ts'
import { temporaryFolder } from '../support/app.ts'

const trial = (...lines: string[]) =>
  `Reading package lists...\n3 upgraded, 1 newly installed, 1 to remove and 0 not upgraded.\n${lines.join('\n')}\n`

t.test('the simulated upgrade of Debian, Proxmox VE and Ubuntu is parsed', async (t) => {
  const { packages, removed } = parseSimulation(
    trial(
      'Remv proxmox-ve [8.2.0]',
      'Inst pve-manager [8.2.2] (8.2.4 Proxmox Debian Repository:stable [all])',
      'Inst libc6:i386 [2.36-9+deb12u10] (2.36-9+deb12u13 Debian:12.15/oldstable, Debian-Security:12/oldstable-security [i386]) []',
      'Inst proxmox-kernel-6.8.12-9-pve-signed (6.8.12-9 Proxmox Debian Repository:stable [amd64])',
      'Inst openssl [3.0.2-0ubuntu1.18] (3.0.2-0ubuntu1.19 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64]) [libssl3:amd64 ]',
      'Inst bash (5.1 [amd64])',
      'Conf pve-manager (8.2.4 Proxmox Debian Repository:stable [all])'
    )
  )
  t.same(removed, ['proxmox-ve'])
  t.same(
    packages.map(({ name, from, to, security }) => [name, from, to, security]),
    [
      ['bash', null, '5.1', false],
      ['libc6:i386', '2.36-9+deb12u10', '2.36-9+deb12u13', true],
      ['openssl', '3.0.2-0ubuntu1.18', '3.0.2-0ubuntu1.19', true],
      ['proxmox-kernel-6.8.12-9-pve-signed', null, '6.8.12-9', false],
      ['pve-manager', '8.2.2', '8.2.4', false]
    ]
  )
  t.equal(packages[4]!.origin, 'Proxmox Debian Repository:stable')
  t.equal(packages[1]!.origin, 'Debian:12.15/oldstable, Debian-Security:12/oldstable-security')
  for (const text of ['', 'E: broken\n', 'Inst half [1] (2 X'])
    t.throws(() => parseSimulation(text), { message: 'unexpected output from apt-get' })
})

/** A host of dpkg and apt whose trial run answers from memory, and counts. */
async function host(t: Parameters<typeof temporaryFolder>[0]) {
  const hostDir = await temporaryFolder(t)
  for (const folder of ['var/lib/dpkg', 'var/lib/apt/lists', 'etc/apt/preferences.d', 'run'])
    await mkdir(join(hostDir, folder), { recursive: true })
  const touch = async (path: string, seconds: number) => {
    await writeFile(join(hostDir, path), '', { flag: 'a' }).catch(() => {})
    await utimes(join(hostDir, path), seconds, seconds)
  }
  await touch('var/lib/dpkg/status', 1000)
  await touch('var/lib/apt/lists', 2000)
  const answers: Ending[] = []
  let runs = 0
  const run = async (): Promise<Ending> => {
    runs++
    return (
      answers.shift() ?? {
        kind: 'ended',
        code: 0,
        stdout: trial('Inst sed [1] (2 Debian:12/stable [amd64])'),
        stderr: ''
      }
    )
  }
  return { updates: createUpdates({ run, hostDir }), touch, answers, runs: () => runs, hostDir }
}

t.test('the simulation is repeated only after a change of dpkg, the lists or the sources', async (t) => {
  const { updates, touch, runs } = await host(t)
  t.match(await updates.read(), {
    value: { packages: [{ name: 'sed' }], removed: [], listsRefreshedAt: 2_000_000, rebootRequired: false }
  })
  await updates.read()
  t.equal(runs(), 1)
  for (const [i, path] of ['var/lib/dpkg/status', 'var/lib/apt/lists', 'etc/apt/preferences.d'].entries()) {
    await touch(path, 3000 + i)
    await updates.read()
    await updates.read()
    t.equal(runs(), 2 + i, path)
  }
  await touch('run/reboot-required', 4000)
  t.match(await updates.read(), { value: { rebootRequired: true, listsRefreshedAt: 3_001_000 } })
  t.equal(runs(), 4)
})

t.test('a failed simulation is repeated', async (t) => {
  const { updates, answers, runs } = await host(t)
  answers.push({ kind: 'ended', code: 100, stdout: '', stderr: 'E: Unmet dependencies.\nmore\n' }, { kind: 'slow' })
  await t.rejects(updates.read(), { message: 'apt-get ended with 100: E: Unmet dependencies.' })
  await t.rejects(updates.read(), { message: 'apt-get took too long' })
  t.match(await updates.read(), { value: { packages: [{ name: 'sed' }] } })
  t.equal(runs(), 3)
})

t.test('a host without dpkg or apt has a reason', async (t) => {
  let runs = 0
  const run = async (): Promise<Ending> => {
    runs++
    return { kind: 'missing' }
  }
  const none = { value: null, reason: 'this host does not use apt' }
  t.same(await createUpdates({ run, hostDir: await temporaryFolder(t) }).read(), none)
  t.equal(runs, 0)
  const { hostDir } = await host(t)
  t.same(await createUpdates({ run, hostDir }).read(), none)
})

t.test('counts: upgrades, new and security packages, with a reason for each null', async (t) => {
  const value = {
    ...parseSimulation(
      trial('Inst a [1] (2 D-Security:12/x [all])', 'Inst b [1] (2 D:12/x [all])', 'Inst c (1 D:12/x [all])')
    ),
    listsRefreshedAt: null,
    rebootRequired: false
  }
  const own = { value: null, reason: 'apt has not been asked yet', sampledAt: null, stale: false }
  t.match(describeUpdates({ value, reason: null, sampledAt: 1000, stale: false }, own, 61_000), {
    available_updates: 2,
    security_updates: 1,
    new_packages: 1,
    reboot_required: false,
    lists_refreshed_at: null,
    reason: 'apt has not fetched package lists yet; run: apt update',
    age_seconds: 60
  })
  t.match(describeUpdates({ value: null, reason: 'none', sampledAt: null, stale: false }, own, 0), {
    available_updates: null,
    updates: [],
    reboot_required: null,
    reason: 'none'
  })
})

const hasApt = existsSync('/usr/bin/apt-get') && existsSync('/var/lib/dpkg/status')
const skip = hasApt || process.env.CI ? false : 'needs a Debian with apt'

t.test('the updates of this machine are those that apt lists, and apt’s files are not changed', { skip }, async (t) => {
  const files = ['/var/lib/apt', '/var/lib/apt/lists', '/var/lib/dpkg', '/var/lib/dpkg/status', '/var/cache/apt']
  const look = async () => (await promisify(execFile)('stat', ['-c', '%n %y %s', ...files])).stdout
  const before = await look()
  const { run } = createProgram({ file: 'apt-get', timeoutMs: 60_000, maxBytes: 4 * 1024 * 1024, niceness: 10 })
  const { value } = await createUpdates({ run }).read()
  const { stdout } = await promisify(execFile)('apt', ['list', '--upgradable'], {
    env: { PATH: '/usr/bin', LC_ALL: 'C' }
  })
  t.equal(await look(), before)
  const listed = new Map(
    [...stdout.matchAll(/^(\S+?)\/\S+ (\S+) \S+ \[upgradable from: (\S+)\]$/gm)].map((m) => [m[1]!, m])
  )
  const upgrades = value!.packages.filter(({ from }) => from !== null)
  t.comment(`${upgrades.length} upgrades, ${listed.size} listed`)
  for (const { name, from, to } of upgrades) {
    const found = listed.get(name.replace(/:.*/, ''))
    t.same([found?.[3], found?.[2]], [from, to], name)
  }
  // Those that apt lists and would not install are held back.
  const names = new Set(upgrades.map(({ name }) => name.replace(/:.*/, '')))
  const held = (await promisify(execFile)('apt-mark', ['showhold'])).stdout.split('\n')
  t.same(
    [...listed.keys()].filter((name) => !names.has(name) && !held.includes(name)),
    []
  )
})
