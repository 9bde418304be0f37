import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { parseBanEnds, parseDatabaseFile, parseStatus, parseVersion } from '../../lib/fail2ban/client.ts'
import { measureCpu, parseStat } from '../../lib/host/cpu.ts'
import { parseFailedUnits } from '../../lib/host/failed-units.ts'
import { describeFilesystem } from '../../lib/host/filesystem.ts'
import { parseMemoryModules } from '../../lib/host/hardware/memory-modules.ts'
import { parseNvidia } from '../../lib/host/hardware/nvidia.ts'
import { parsePciNames } from '../../lib/host/hardware/pci-names.ts'
import { parseUps } from '../../lib/host/hardware/ups.ts'
import { parseLoadavg } from '../../lib/host/load.ts'
import { parseArcstats, parseMeminfo } from '../../lib/host/memory.ts'
import { parseNetDev } from '../../lib/host/network/counters.ts'
import { parseVlanConfig } from '../../lib/host/network/interface.ts'
import { parseResolver } from '../../lib/host/network/resolver.ts'
import { parseKernelRelease, parseOsRelease, parsePveVersion } from '../../lib/host/release.ts'
import { parseDiskstats } from '../../lib/host/storage/diskstats.ts'
import { parseMountinfo } from '../../lib/host/storage/mounts.ts'
import { parseSmart } from '../../lib/host/storage/smart.ts'
import { parsePoolErrors, parsePoolList, parsePoolSpace } from '../../lib/host/storage/zpool.ts'
import { parseMillidegrees } from '../../lib/host/temperature.ts'
import { parseCpuinfo, parseCpuList } from '../../lib/host/topology.ts'
import { parseUptime } from '../../lib/host/uptime.ts'
import { parseNames } from '../../lib/processes/names.ts'
import { parseProcessIo, parseProcessStat } from '../../lib/processes/stat.ts'
import { parseCgroup, parseLimits, parseStatusNumbers } from '../../lib/processes/status.ts'
import { parseResources } from '../../lib/proxmox/resources.ts'
import { parseSimulation } from '../../lib/updates/apt.ts'
import { parsePolicy } from '../../lib/updates/own-package.ts'
import { statLine } from '../processes/fixture.ts'
import { BAD, type Figures, flatten, type JsonValue, leavesOf, withLeaf } from './figures.ts'

const fixture = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8')
const host = (path: string) => fixture(`fixtures/proxmox-intel/${path}`)

type Parse = (text: string) => unknown
interface Row {
  text: string
  parse: Parse
  /** Columns are found by their place: a field cannot be empty there. */
  byPlace?: boolean
  /** All of it is one figure. */
  isOne?: boolean
  /** Where the identity of what the text is about stands. */
  identityAt?: number
}

const nothing = { user: 0, system: 0, idle: 0, iowait: 0, steal: 0 }
const texts: Record<string, Row> = {
  parseStat: {
    text: 'cpu  100000 20000 50000 800000 40000 1000 2000 30000 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\n',
    byPlace: true,
    parse: (text) => {
      const times = parseStat(text)
      return times.value === null ? times : measureCpu(nothing, times.value)
    }
  },
  parseMeminfo: { text: host('proc/meminfo'), parse: (text) => parseMeminfo(text, 4096) },
  parseArcstats: {
    text: 'size    4    9000\nc_min    4    1000\nhits    4    5\n',
    parse: parseArcstats,
    byPlace: true
  },
  parseLoadavg: { text: host('proc/loadavg'), parse: parseLoadavg, byPlace: true },
  parseUptime: { text: host('proc/uptime'), parse: parseUptime, byPlace: true },
  parseCpuinfo: { text: host('proc/cpuinfo'), parse: parseCpuinfo },
  parseCpuList: { text: '0-3,8\n', parse: parseCpuList, isOne: true },
  parseMillidegrees: { text: '51608\n', parse: parseMillidegrees },
  parseOsRelease: { text: host('etc/os-release'), parse: parseOsRelease },
  parseKernelRelease: { text: host('proc/sys/kernel/osrelease'), parse: parseKernelRelease },
  parsePveVersion: { text: host('share/perl5/PVE/pvecfg.pm'), parse: parsePveVersion },
  parseNetDev: {
    text: '  lo: 10 11 12 13 0 0 0 0 20 21 22 23 0 0 0 0\neno1: 30 31 32 33 0 0 0 0 40 41 42 43 0 0 0 0\n',
    parse: parseNetDev,
    byPlace: true
  },
  // Each server is one figure.
  parseResolver: { text: 'nameserver 192.0.2.53\nsearch lan\n', parse: parseResolver, isOne: true },
  parseVlanConfig: { text: 'eth0.10        | 10  | eth0\neth0.20        | 20  | eth0\n', parse: parseVlanConfig },
  parseDiskstats: {
    text: '   8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n   8 1 sdb 12 13 14 15 16 17 18 19 20 21 22\n',
    parse: parseDiskstats,
    byPlace: true
  },
  parseMountinfo: {
    text: '22 1 8:1 / / rw - ext4 /dev/sda1 rw\n23 22 8:2 / /mnt\\040a rw shared:7 - xfs /dev/sdb1 rw\n',
    parse: parseMountinfo,
    byPlace: true
  },
  parsePoolList: {
    text: 'rpool\t1000\t400\t600\t40\tONLINE\t7\ntank\t2000\t500\t1500\t25\tDEGRADED\t3\n',
    parse: parsePoolList
  },
  parsePoolSpace: { text: 'rpool\t400\t500\ntank\t600\t700\n', parse: parsePoolSpace },
  parsePoolErrors: { text: fixture('storage/fixtures/zpool-status.txt'), parse: parsePoolErrors, byPlace: true },
  parseProcessStat: {
    text: statLine({ pid: 42, name: 'sh', ticks: 7 }),
    parse: parseProcessStat,
    byPlace: true,
    identityAt: 0
  },
  parseProcessIo: { text: 'read_bytes: 4096\nwrite_bytes: 8192\n', parse: parseProcessIo },
  parseStatusNumbers: {
    text: 'Tgid:\t7\nUid:\t1\t33\t33\t33\nGid:\t5\t6\t5\t5\nVmRSS:\t    1234 kB\nVmSwap:\t       8 kB\n',
    parse: parseStatusNumbers,
    byPlace: true
  },
  parseNames: { text: 'root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/:\n', parse: parseNames },
  parseCgroup: { text: '12:cpu:/lxc/100\n0::/system.slice/x.service\n', parse: parseCgroup },
  // A row is one figure: null already stands for "unlimited".
  parseLimits: {
    text: 'Max open files            1024                 4096            files     \n',
    parse: parseLimits,
    isOne: true
  },
  parseSimulation: {
    text: '2 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\nInst sed [4.9-1] (4.9-2 Debian:12.15/oldstable [amd64])\nInst tar [1.3] (1.4 Debian-Security:12/oldstable-security [amd64])\n',
    parse: parseSimulation,
    byPlace: true
  },
  parsePolicy: {
    text: 'proxmenux-monitor:\n  Installed: 0.1.0\n  Candidate: 0.2.0\n  Version table:\n     0.2.0 500\n        500 https://packages.example.org/debian stable/main amd64 Packages\n *** 0.1.0 100\n        100 /var/lib/dpkg/status\n',
    parse: parsePolicy,
    byPlace: true
  },
  parseStatus: { text: fixture('../fixtures/fail2ban-status.txt'), parse: (text) => parseStatus(text, 'proxmenux') },
  parseVersion: { text: '1.0.2\n', parse: parseVersion, isOne: true },
  parseBanEnds: {
    text: '192.0.2.7 \t2026-11-29 00:13:40 + 8 = 2026-11-29 00:13:48\n192.0.2.8 \t2026-11-29 00:13:41 + 9 = 2026-11-29 00:13:50\n',
    parse: parseBanEnds,
    byPlace: true
  },
  parsePciNames: {
    text: 'Slot:\tb\nDevice:\tEthernet Controller I226-LM\nSDevice:\tDevice 8867\n',
    parse: parsePciNames
  },
  parseMemoryModules: {
    text: fixture('fixtures/hardware/dmidecode.txt').match(/Handle 0x003B.*?\n\n/s)![0],
    parse: parseMemoryModules
  },
  parseNvidia: { text: 'x, NVIDIA RTX 3060, 550.163, 44, 3, 12288, 517, 14.32, 210, 405\n', parse: parseNvidia },
  parseUps: { text: fixture('fixtures/hardware/upsc.txt'), parse: (text) => parseUps('apc', text) },
  parseDatabaseFile: { text: 'Current database file is:\n`- /var/lib/f3/db\n', parse: parseDatabaseFile }
}

const numbers: JsonValue[] = [-1, 18_446_744_073_709_552_000, 1e300]
const documents: Record<string, { json: string; parse: Parse; bad?: JsonValue[]; identity?: string }> = {
  parseSmart: { json: fixture('storage/fixtures/smart-sata.json'), parse: parseSmart },
  'parseSmart, NVMe': { json: fixture('storage/fixtures/smart-nvme.json'), parse: parseSmart },
  'parseSmart, self-tests': { json: fixture('storage/fixtures/smart-sata-tests.json'), parse: parseSmart },
  'parseSmart, self-tests of NVMe': { json: fixture('storage/fixtures/smart-nvme-tests.json'), parse: parseSmart },
  parseResources: { json: fixture('../proxmox/fixtures/pve9.json'), parse: parseResources },
  parseFailedUnits: { json: '[{"unit":"a.service","description":"A"},{"unit":"b.service"}]', parse: parseFailedUnits },
  // From a system call: numbers, whatever they are.
  describeFilesystem: {
    json: '{"bsize":4096,"blocks":1000,"bfree":100,"bavail":50}',
    parse: (text) => describeFilesystem(JSON.parse(text)),
    bad: numbers,
    // Without the size of a block there is no size at all.
    identity: 'bsize'
  }
}

/** Read by others here, or no text: pairs of machine words that the kernel hands to every process. */
const elsewhere = ['parseAuxiliaryVector']

t.test('every exported parser is in a table of this test', async (t) => {
  const root = resolve(import.meta.dirname, '../../lib')
  const found: string[] = []
  for (const room of ['host', 'processes', 'proxmox', 'updates', 'fail2ban', 'metrics'])
    for (const file of readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue
      const source = readFileSync(join(root, room, file), 'utf8')
      for (const [, name] of source.matchAll(/^export (?:const|function) (parse\w+)/gm)) found.push(name!)
    }
  const known = [...Object.keys(texts), ...Object.keys(documents), ...elsewhere]
  t.ok(found.length > 20)
  t.same(
    found.filter((name) => !known.includes(name)),
    []
  )
})

const WORD = /\d+(?:\.\d+)?/g
/** What the number could be as well: what changes with it is made of it. */
const others = (word: string) =>
  [Number(word) + 1, Number(word) * 2 + 1000, Math.floor(Number(word) / 2), Number(word) + 1e9].map(String)

/** Figures of `base` that none of `changed` changes, and that `now` has changed. */
function strays(base: Figures, changed: readonly Figures[], now: Figures): string[] {
  const isDerived = (path: string) => changed.some((figures) => figures.get(path) !== base.get(path))
  return [...base.keys()].filter((path) => base.get(path) !== now.get(path) && !isDerived(path))
}

for (const [name, { text, parse, byPlace, isOne, identityAt }] of Object.entries(texts)) {
  t.test(`${name}: an implausible number does not affect the others`, async (t) => {
    const base = flatten(parse(text))
    const words = [...text.matchAll(WORD)].map((match) => ({ start: match.index, word: match[0] }))
    if (words.length === 0) throw new Error('no number in the text')
    const replace = ({ start, word }: (typeof words)[number], by: string) =>
      text.slice(0, start) + by + text.slice(start + word.length)
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.constantFrom(...BAD, ...(byPlace ? [] : [''])), (word, bad) => {
        const changed = others(word.word).map((other) => flatten(parse(replace(word, other))))
        const now = flatten(parse(replace(word, bad)))
        if (isOne || word.start === identityAt) return
        const wrong = strays(base, changed, now)
        if (wrong.length > 0) throw new Error(`${bad} at ${word.start} (${word.word}) changes ${wrong.join(', ')}`)
      }),
      { numRuns: 400 }
    )
    t.pass()
  })
}

for (const [name, { json, parse, identity, bad = [...numbers, 'abc', '', null, [], {}, true] }] of Object.entries(
  documents
)) {
  t.test(`${name}: an implausible value does not affect the others`, async (t) => {
    const document = JSON.parse(json) as JsonValue
    const base = flatten(parse(json))
    const leaves = leavesOf(document)
    const read = (leaf: (typeof leaves)[number], value: JsonValue | undefined) =>
      flatten(parse(JSON.stringify(withLeaf(document, leaf.path, value))))
    fc.assert(
      fc.property(fc.constantFrom(...leaves), fc.constantFrom(...bad, undefined), (leaf, value) => {
        if ((value === undefined && bad === numbers) || leaf.path[0] === identity) return
        const other =
          typeof leaf.value === 'number' ? others(String(leaf.value)).map(Number) : [!leaf.value, `${leaf.value}x`]
        const wrong = strays(
          base,
          other.map((each) => read(leaf, each)),
          read(leaf, value)
        )
        if (wrong.length > 0)
          throw new Error(`${JSON.stringify(value)} at ${leaf.path.join('.')} changes ${wrong.join(', ')}`)
      }),
      { numRuns: 400 }
    )
    t.pass()
  })
}

t.test('no implausible number is shown as a figure', async (t) => {
  const wrapped = '18446744073709346016'
  for (const [name, { text, parse }] of Object.entries(texts)) {
    for (const match of text.matchAll(WORD)) {
      const bad = text.slice(0, match.index) + wrapped + text.slice(match.index + match[0].length)
      const figures = [...flatten(parse(bad)).values()].filter((value) => typeof value === 'number')
      if (figures.some((value) => value > 2 ** 63)) t.fail(`${name}: ${match[0]} at ${match.index}`)
    }
  }
  t.pass()
})
