import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { comes } from '../support/waiting.ts'

export { comes }

const answers = {
  pvesh: (at: string) => `cat ${at}`,
  aptGet:
    "echo '1 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\nInst sed [4.9-1] (4.9-1+deb12u1 Debian:12.15/oldstable [amd64])'",
  systemctl: `echo '[{"unit":"smartd.service","load":"loaded","active":"failed","sub":"failed","description":"SMART"}]'`,
  timedatectl: 'echo yes'
}

const pve9 = join(import.meta.dirname, '../proxmox/fixtures/pve9.json')

/**
 * The daemon on a Proxmox host with systemd and apt, whose four programs are stand-ins that answer. `pass` lets the
 * sampler's clock run ahead.
 */
export async function buildOnStandIns(t: Test, { timeoutMs = 20_000, host = 'proxmox-intel' } = {}) {
  const folder = await temporaryFolder(t)
  const hostDir = join(folder, 'host')
  for (const path of ['run/systemd/system', 'var/lib/dpkg', 'var/lib/apt/lists/partial'])
    await mkdir(join(hostDir, path), { recursive: true })
  await writeFile(join(hostDir, 'var/lib/dpkg/status'), '')
  const standIn = async (name: string, script: string) => {
    const place = join(folder, name)
    await mkdir(place)
    const made = await createStandIn(place)
    await made.behave(script)
    return made
  }
  const standIns = {
    pvesh: await standIn('pvesh', answers.pvesh(pve9)),
    aptGet: await standIn('apt-get', answers.aptGet),
    systemctl: await standIn('systemctl', answers.systemctl),
    timedatectl: await standIn('timedatectl', answers.timedatectl)
  }
  const { pvesh, aptGet, systemctl, timedatectl } = standIns
  const root = join(import.meta.dirname, 'fixtures', host)
  let ahead = 0
  const app = await build(
    t,
    {},
    {
      folder,
      hostDir,
      programs: {
        pvesh: pvesh.file,
        aptGet: aptGet.file,
        systemctl: systemctl.file,
        timedatectl: timedatectl.file,
        timeoutMs
      },
      sampling: { monotonicNow: () => performance.now() + ahead },
      vitals: { shareDir: join(root, 'share'), hostname: () => 'pve1.example.com' }
    }
  )
  await app.ready()
  const headers = bearer(await setUp(app))
  const get = async (url: string) => (await app.inject({ url, headers })).json()
  return {
    app,
    standIns,
    hostDir,
    get,
    /** Waits for it at a sampler whose clock runs fast, while somebody looks. */
    comesSoon: (what: () => boolean | Promise<boolean>) =>
      comes(
        async () => {
          ahead += 65_000
          await get('/api/system')
          return what()
        },
        { withinMs: 60_000, everyMs: 100 }
      ),
    /** The sampler believes that so many milliseconds have passed; at its next tick it reads what is due then. */
    pass: (ms: number) => {
      ahead += ms
    },
    running: async () => (await Promise.all(Object.values(standIns).map((each) => each.running()))).flat()
  }
}
