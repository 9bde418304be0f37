import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { plantPrograms, workstation } from '../host/hardware/made-up-host.ts'
import { addresses, names, netDev, proxmox as network } from '../host/network/made-up-host.ts'
import { plant } from '../host/tree.ts'
import { build, setUp, temporaryFolder } from '../support/app.ts'
import { createGatewayDouble } from '../support/gateway.ts'
import { createProxmox } from '../support/proxmox/proxmox.ts'
import { openSession } from '../support/sessions.ts'
import { plainShell } from '../support/terminals.ts'
import { until } from '../support/waiting.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export interface Reply {
  statusCode: number
  headers: Record<string, unknown>
  body: string
}

const GIB = 1024 ** 3
const smart = join(import.meta.dirname, '../host/storage/fixtures/smart-sata-tests.json')
const disk = {
  'sys/block/sda/dev': '8:0\n',
  'sys/block/sda/size': `${(8 * GIB) / 512}\n`,
  'sys/block/sda/queue/rotational': '1\n',
  'sys/block/sda/device/model': 'ST8000VN004\n',
  'proc/diskstats': '   8       0 sda 10 0 1000 5 20 0 1000 5 0 0 9\n',
  'proc/self/mountinfo': '20 1 8:1 / / rw - ext4 /dev/sda1 rw\n',
  'proc/net/dev': netDev(Object.fromEntries(names.map((name) => [name, [1000, 500]])))
}
/** Of a week ago. */
export const OLD_ENTRY = 'Server listening'
export const NEW_ENTRY = 'Connection closed'
const logLine = (daysAgo: number, text: string) =>
  `${new Date(Date.now() - daysAgo * 86_400_000).toISOString()} pve1 sshd[812]: ${text}\n`

/** A daemon on a Proxmox VE host with disks, a bond, sensors, fail2ban, a log, a problem and a gateway. */
export async function openHost(t: Test) {
  const folder = await temporaryFolder(t)
  const root = join(folder, 'root')
  plant(root, { ...workstation, ...network, ...disk })
  const folders = { procDir: join(root, 'proc'), sysDir: join(root, 'sys') }
  const sensors = join(import.meta.dirname, '../host/fixtures/proxmox-intel/sys')
  const proxmox = createProxmox({ folder: await temporaryFolder(t) })
  const { programs } = plantPrograms(folder)
  const fail2ban = await createStandIn(folder)
  await fail2ban.answer(['192.0.2.1', '192.0.2.2'])
  writeFileSync(join(root, 'syslog'), logLine(7, OLD_ENTRY) + logLine(0, NEW_ENTRY))
  const smartctl = { file: join(folder, 'smartctl') }
  writeFileSync(smartctl.file, `#!/bin/sh\ncase "$*" in *" -t "*) echo '{}';; *) cat ${smart};; esac\n`, {
    mode: 0o755
  })
  const app = await build(
    t,
    { fail2banClient: fail2ban.file, shell: await plainShell(t) },
    {
      folder,
      programs: { ...programs, pvesh: proxmox.programs.pvesh, timeoutMs: 20_000 },
      vitals: {
        shareDir: proxmox.share,
        sysDir: sensors,
        hostname: () => 'pve1',
        statfs: async () => ({ bsize: 4096, blocks: 1000, bfree: 90, bavail: 90 })
      },
      network: { ...folders, addresses },
      storage: {
        ...folders,
        statfs: async () => ({ bsize: 1, blocks: 100 * GIB, bfree: 9 * GIB, bavail: 9 * GIB }),
        smartctl
      },
      hardware: folders,
      journal: { logDir: root, runDir: '/nonexistent', etcDir: '/nonexistent' },
      fail2ban: { intervalMs: 50, timeoutMs: 20_000, databaseFile: join(folder, 'no-database') },
      tls: { proxmoxFolder: folder }
    }
  )
  await app.ready()
  await setUp(app)
  const { headers: owner } = await openSession(app, 1, { confirmed: true })
  const gateway = createGatewayDouble()
  gateway.useIn(app)
  const { headers: young } = await openSession(app)
  const send = (method: Method, url: string, payload?: object, headers = owner) =>
    app.inject({ method, url, headers, ...(payload && { payload }) })
  const get = (url: string) => send('GET', url)
  const shows = (url: string, text: string) => until(async () => (await get(url)).body.includes(text))
  await shows('/api/vms', '"vmid"')
  await shows('/api/storage/smart/sda', 'attributes":[{')
  await shows('/api/network', 'vmbr0')
  await shows('/api/prometheus', 'proxmox_ups_load_percent')
  await shows('/api/prometheus', 'proxmox_gpu_utilization_percent')
  await shows('/api/security/fail2ban/details', '192.0.2.2')
  return {
    app,
    folder,
    owner,
    send,
    get,
    gateway,
    /** The same some minutes after the login, without another confirmation. */
    later: (method: Method, url: string, payload?: object) => send(method, url, payload, young)
  }
}
export type Host = Awaited<ReturnType<typeof openHost>>
/** How a captured answer is asked of this daemon. */
export type Call = (host: Host, t: Test) => Promise<Reply>
