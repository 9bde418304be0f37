import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readLink } from '../../lib/host/network/interface.ts'
import { readDisks } from '../../lib/host/storage/disk.ts'
import { BAD, flatten } from './figures.ts'
import { plant } from './tree.ts'

const net = 'class/net/eno1'
const trees: Record<string, { files: Record<string, string>; read: (root: string) => Promise<unknown> }> = {
  readLink: {
    files: {
      [`${net}/operstate`]: 'up\n',
      [`${net}/flags`]: '0x1003\n',
      [`${net}/type`]: '1\n',
      [`${net}/speed`]: '1000\n',
      [`${net}/duplex`]: 'full\n',
      [`${net}/mtu`]: '1500\n',
      [`${net}/address`]: '02:00:00:00:00:01\n',
      [`${net}/device/vendor`]: '0x8086\n'
    },
    read: (root) => readLink(root, 'eno1')
  },
  readDisks: {
    files: {
      'block/sda/size': '1000\n',
      'block/sda/dev': '8:0\n',
      'block/sda/removable': '0\n',
      'block/sda/queue/rotational': '1\n',
      'block/sda/device/model': 'DISK\n',
      'block/sda/serial': 'S1\n',
      'block/sda/sda1/size': '500\n',
      'block/sda/sda1/dev': '8:1\n',
      'block/sdb/size': '2000\n',
      'block/sdb/dev': '8:16\n',
      'block/sdb/device/model': 'OTHER\n'
    },
    read: readDisks
  }
}
/** What one file says more than its own figure: without a size there is no disk. */
const reach: Record<string, RegExp> = {
  'block/sda/size': /sda|8:[01]/,
  'block/sdb/size': /sdb|8:16/,
  'block/sda/sda1/size': /partitions\.sda1/,
  'block/sda/dev': /below/,
  'block/sda/sda1/dev': /below/,
  'block/sdb/dev': /below/,
  'block/sda/queue/rotational': /isRotational|type/,
  'block/sda/device/model': /sda.*(?:model|type)/,
  'block/sdb/device/model': /sdb.*(?:model|type)/,
  'block/sda/removable': /isRemovable/,
  'block/sda/serial': /serial/,
  [`${net}/operstate`]: /operstate|isUp/,
  [`${net}/flags`]: /isEnabled|isUp/,
  [`${net}/type`]: /kind/,
  [`${net}/speed`]: /speed/,
  [`${net}/duplex`]: /duplex/,
  [`${net}/mtu`]: /mtu/,
  [`${net}/address`]: /mac/,
  [`${net}/device/vendor`]: /^$/
}

for (const [name, { files, read }] of Object.entries(trees)) {
  t.test(`${name}: an implausible file does not affect the other files`, async (t) => {
    const root = t.testdir()
    plant(root, files)
    const base = flatten(await read(root))
    for (const [path, good] of Object.entries(files)) {
      const file = join(root, path)
      for (const bad of [...BAD, '', '\xff\xfe', undefined]) {
        if (bad === undefined) rmSync(file)
        else writeFileSync(file, Buffer.from(`${bad}\n`, 'latin1'))
        const now = flatten(await read(root))
        const wrong = [...base.keys()].filter((key) => now.get(key) !== base.get(key) && !reach[path]!.test(key))
        t.same(wrong, [], `${path} is ${bad}`)
        writeFileSync(file, good)
      }
    }
  })
}
