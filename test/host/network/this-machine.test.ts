import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createNetworkReader, type NetworkState } from '../../../lib/host/network/reader.ts'
import { linksOf } from './told.ts'

const needsIp = existsSync('/usr/sbin/ip') || existsSync('/usr/bin/ip') || process.env.CI
const missing = needsIp ? false : 'needs ip: apt-get install iproute2'
const ip = (...args: string[]) =>
  JSON.parse(execFileSync('ip', ['-j', ...args], { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } }))

type Counted = { ifname: string; stats64: Record<'rx' | 'tx', Record<string, number>> }
const countedBy = () => new Map((ip('-s', 'link') as Counted[]).map((one) => [one.ifname, one.stats64]))

t.test('the interfaces of the machine that runs this test agree with ip', { skip: missing }, async (t) => {
  const reader = createNetworkReader()
  t.teardown(reader.close)

  /** Samples, and checks that each counter lies between what ip counts before and after. */
  const sampleBetween = async (when: string) => {
    const before = countedBy()
    const from = performance.now()
    const state = await reader.read()
    const to = performance.now()
    const after = countedBy()
    let compared = 0
    for (const { name, counters } of state.interfaces) {
      const [low, high] = [before.get(name), after.get(name)]
      if (!low || !high) continue
      for (const [key, way, field] of [
        ['rxBytes', 'rx', 'bytes'],
        ['txBytes', 'tx', 'bytes'],
        ['rxPackets', 'rx', 'packets'],
        ['txErrors', 'tx', 'errors'],
        ['txDropped', 'tx', 'dropped']
      ] as const) {
        const value = counters[key]!
        t.ok(value >= low[way][field]! && value <= high[way][field]!, `${when}: ${key} of ${name} is ${value}`)
        compared++
      }
    }
    t.ok(compared > 0)
    return { ...state, from, to }
  }

  const idle = await sampleBetween('idle')
  const sent = 20 * 1024 ** 2
  const server = createServer((socket) => socket.resume().on('end', () => server.close()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const closed = new Promise((resolve) => server.on('close', resolve))
  connect(port, '127.0.0.1').end(Buffer.alloc(sent))
  await closed
  const { interfaces, ...busy } = await sampleBetween('under load')
  const [then, now] = [idle.interfaces, interfaces].map((all) => all.find(({ name }) => name === 'lo')!)
  const bytes = now!.counters.rxBytes! - then!.counters.rxBytes!
  t.ok(bytes >= sent)
  const rate = now!.rates.value!.rxBytes!
  const [shortest, longest] = [busy.from - idle.to, busy.to - idle.from]
  t.ok(rate >= (bytes / longest) * 1000 - 1 && rate <= (bytes / shortest) * 1000 + 1, `${rate} bytes a second`)

  type Listed = { ifname: string; mtu: number; operstate: string; addr_info: { local: string; family: string }[] }
  const listed = ip('addr') as Listed[]
  for (const { name, mtu, operstate, isUp, addresses } of interfaces) {
    const theirs = listed.find(({ ifname }) => ifname === name)
    if (!theirs) continue
    t.equal(mtu, theirs.mtu, name)
    t.equal(operstate, theirs.operstate.toLowerCase(), name)
    const own = theirs.addr_info.filter(({ family }) => family === 'inet' || family === 'inet6')
    if (isUp) t.same(addresses.map(({ address }) => address).sort(), own.map(({ local }) => local).sort(), name)
  }
})

// A kernel that has them gives real ones; what it lacks (bonds, VLANs) network.test.ts has as files.
const isRoot = process.getuid?.() === 0
const skip = isRoot || process.env.CI ? missing : 'needs root, for a network namespace'
/** What the reader finds in a network namespace that the script made, before and after `command`. */
function readInNamespace(t: Test, script: string, command: string[] = []): NetworkState[] {
  const print = join(import.meta.dirname, 'print-state.ts')
  const whole = `set -e\nmount -t sysfs sysfs /sys\n${script}\nexec "$@"`
  const child = spawnSync('unshare', ['-n', '-m', 'sh', '-c', whole, 'sh', process.execPath, print, ...command], {
    encoding: 'utf8',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }
  })
  t.equal(child.status, 0, child.stderr)
  return JSON.parse(child.stdout)
}

t.test('a real bridge, veth pair, tap and tun are recognised as their kinds', { skip }, async (t) => {
  const script = `
    ip link set lo up
    ip link add vmbr0 type bridge
    ip link add veth100i0 type veth peer name inside
    ip link set veth100i0 master vmbr0
    ip tuntap add dev tap101i0 mode tap
    ip tuntap add dev tun0 mode tun
    ip addr add 192.0.2.1/24 dev vmbr0
    ip addr add 192.0.2.2/24 dev inside
    ip addr add 192.0.2.3/32 dev inside label inside:1
    ip link set veth100i0 up; ip link set inside up; ip link set vmbr0 up`
  const [, state] = readInNamespace(t, script)
  const kinds = Object.fromEntries(state!.interfaces.map(({ name, kind }) => [name, kind]))
  t.match(kinds, { lo: 'loopback', vmbr0: 'bridge', veth100i0: 'guest', tap101i0: 'guest', tun0: 'tunnel' })
  t.equal(kinds.inside, 'physical', 'with no card in sight the end with an address stands for one')
  const inside = state!.interfaces.find(({ name }) => name === 'inside')!
  const labelled = inside.addresses.filter(({ family }) => family === 'IPv4').map(({ address }) => address)
  t.same(labelled, ['192.0.2.2', '192.0.2.3'], 'the address with a label too')
  const bridge = state!.interfaces.find(({ name }) => name === 'vmbr0')!
  t.same(bridge.bridgeMembers, ['veth100i0'])
  t.equal(state!.interfaces.find(({ name }) => name === 'veth100i0')!.master, 'vmbr0')
  t.match(state!.physical.rates.value, { rxBytes: Number })
})

t.test(
  'an interface without a link is reported and keeps its addresses; an interface that is down is not reported',
  { skip },
  async (t) => {
    const script = `
    ip link add eth0 type veth peer name far
    ip addr add 192.0.2.2/24 dev eth0
    ip addr add 192.0.2.3/24 dev far
    ip link set eth0 up; ip link set far up`
    const states = readInNamespace(t, script, ['ip', 'link', 'set', 'far', 'down'])
    const [before, after] = states.map(({ interfaces }) =>
      Object.fromEntries(
        interfaces.map(({ name, isUp, addresses }) => [
          name,
          [isUp, addresses.filter(({ family }) => family === 'IPv4').map(({ address }) => address)]
        ])
      )
    )
    t.match(before, { eth0: [true, ['192.0.2.2']], far: [true, ['192.0.2.3']] })
    t.match(after, { eth0: [false, ['192.0.2.2']], far: [false, []] })
    const told = states.map((state) => linksOf(state))
    t.match(told, [{ eth0: false }, { eth0: true }], 'down, as health has it')
    t.notOk(told[1]!.far)
  }
)
