import { chmodSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { plant, type Tree } from '../tree.ts'

const fixture = (name: string) => resolve(import.meta.dirname, 'fixtures', name)
export const SATA = fixture('smart-sata-tests.json')

const stat = (major: number, name: string) => ` ${major} 0 ${name} 10 0 1000 5 20 0 1000 5 0 0 9\n`
const tree: Tree = {
  'sys/block/sda/dev': '8:0\n',
  'sys/block/sda/size': '15628053168\n',
  'sys/block/sda/queue/rotational': '1\n',
  'sys/block/sda/device/model': 'ST8000VN004\n',
  'sys/block/nvme0n1/dev': '259:0\n',
  'sys/block/nvme0n1/size': '976773168\n',
  'sys/block/nvme0n1/queue/rotational': '0\n',
  'sys/block/nvme0n1/device/model': 'Samsung SSD 980\n',
  'sys/block/vda/dev': '252:0\n',
  'sys/block/vda/size': '16777216\n',
  'sys/block/vda/device/vendor': 'QEMU\n',
  'proc/diskstats': stat(8, 'sda') + stat(259, 'nvme0n1') + stat(252, 'vda'),
  'proc/net/dev': '',
  'proc/self/mountinfo': ''
}

/** What smartctl answers: a started self-test, the NVMe disk of the fixture, or the SATA disk of the file `sata`. */
export const answers = (sata: string): string =>
  `case "$*" in *" -t "*) echo '{"smartctl":{"exit_status":0}}';; *nvme*) cat ${fixture('smart-nvme-tests.json')};; *) cat ${sata};; esac`

/** A SATA disk, an NVMe disk in its self-test, and a virtual one, with a smartctl that is a script. */
export function plantDisks(folder: string) {
  plant(folder, tree)
  const file = join(folder, 'smartctl')
  const behave = (body: string) => {
    writeFileSync(file, `#!/bin/sh\n${body}\n`)
    chmodSync(file, 0o755)
  }
  behave(answers(SATA))
  const places = { procDir: join(folder, 'proc'), sysDir: join(folder, 'sys') }
  return {
    behave,
    options: {
      network: { ...places, addresses: () => ({}) },
      storage: { ...places, smartctl: { file, timeoutMs: 20_000 } }
    }
  }
}
