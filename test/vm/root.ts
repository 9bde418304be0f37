import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const releases = { 12: 'bookworm', 13: 'trixie' } as const
export type Release = keyof typeof releases

/** What a small Debian host has, and the kernel to boot it. Debian's own nodejs is not among it. */
const packages = [
  'systemd,systemd-sysv,udev,dbus,linux-image-cloud-amd64,initramfs-tools,zstd',
  'curl,fail2ban,nftables,systemd-timesyncd,python3-systemd,iproute2,procps,logrotate,less,whiptail'
].join(',')

/** A root shell on the second serial port: the test types commands there. */
const shellUnit = `[Unit]
Description=Root shell of the test
After=multi-user.target

[Service]
Environment=TERM=dumb HOME=/root
WorkingDirectory=/root
ExecStart=/bin/bash --norc --noediting
StandardInput=tty-force
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS1
Restart=always

[Install]
WantedBy=multi-user.target
`

const networkFile = `[Match]
Name=en* eth*

[Network]
DHCP=yes
`

export interface Disk {
  image: string
  kernel: string
  initrd: string
}

/** Another list of packages, unit or network is another root. */
const version = createHash('sha256').update([packages, shellUnit, networkFile].join()).digest('hex').slice(0, 8)

/** Makes the root of a release once, in the cache folder: debootstrap takes some two minutes. */
export async function makeRoot(release: Release, cache: string): Promise<string> {
  const root = join(cache, `debian${release}-${version}`)
  if (existsSync(root)) return root
  await mkdir(cache, { recursive: true })
  const making = `${root}.new`
  await rm(making, { recursive: true, force: true })
  await run('debootstrap', ['--variant=minbase', `--include=${packages}`, releases[release], making], {
    maxBuffer: 64 * 1024 * 1024
  })
  const unit = join(making, 'etc/systemd/system/test-shell.service')
  await writeFile(unit, shellUnit)
  await symlink('../test-shell.service', join(making, 'etc/systemd/system/multi-user.target.wants/test-shell.service'))
  await writeFile(join(making, 'etc/systemd/network/test.network'), networkFile)
  await run('systemctl', ['--root', making, 'enable', 'systemd-networkd.service'])
  await writeFile(join(making, 'etc/hostname'), `debian${release}\n`)
  await writeFile(join(making, 'etc/fstab'), '/dev/vda / ext4 defaults 0 1\n')
  await rename(making, root)
  return root
}

/** A fresh disk with this root, and the kernel that boots it. */
export async function makeDisk(root: string, image: string): Promise<Disk> {
  await run('mkfs.ext4', ['-q', '-F', '-d', root, image, '3G'], { maxBuffer: 16 * 1024 * 1024 })
  const boot = await readdir(join(root, 'boot'))
  const find = (prefix: string) => join(root, 'boot', boot.find((name) => name.startsWith(prefix))!)
  return { image, kernel: find('vmlinuz-'), initrd: find('initrd.img-') }
}

/** A disk with the files of a folder; the machine sees it as /dev/vdb. */
export async function makeFilesDisk(folder: string, image: string): Promise<void> {
  await run('mkfs.ext4', ['-q', '-F', '-d', folder, image, '512M'])
}
