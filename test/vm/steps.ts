import { machineCommands } from '../guide/machine-commands.ts'
import { doorOf, endTerminal, openTerminal } from '../support/terminal-client.ts'
import { comes } from '../support/waiting.ts'
import type { Machine } from './machine.ts'

/** One line of the table. It throws where the machine does not do what the package promises. */
export interface Step {
  name: string
  run: (machine: Machine) => Promise<void>
}

const UNIT = 'proxmenux-monitor.service'
const PASSWORD = 'Correct-Horse-7'
/** As systemd's answer to a daemon that hangs: WatchdogSec, the restart, and the start without KVM. */
const RESTART_MS = 180_000

function check(holds: unknown, message: string): asserts holds {
  if (!holds) throw new Error(message)
}

async function succeeds(machine: Machine, command: string): Promise<string> {
  const { code, output } = await machine.run(command)
  check(code === 0, `${command}: ${code}\n${output.slice(-2000)}`)
  return output.trim()
}

const mainPid = (machine: Machine) => succeeds(machine, `systemctl show -p MainPID --value ${UNIT}`)
const isActive = async (machine: Machine) =>
  (await machine.run(`systemctl is-active ${UNIT}`)).output.trim() === 'active'

const json = { 'content-type': 'application/json' }
const post = async (url: string, body: object) => {
  const reply = await fetch(url, { method: 'POST', headers: json, body: JSON.stringify(body) })
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
}

/** The owner's session, which lives through everything but the purge. */
export function stepsOf(deb: string, nextDeb: string): Step[] {
  let token = ''
  const status = async ({ url }: Machine) =>
    (await fetch(`${url}/api/system`, { headers: { authorization: `Bearer ${token}` } })).status
  const keepsSession = async (machine: Machine) => {
    const came = await comes(async () => (await status(machine).catch(() => 0)) === 200, {
      withinMs: RESTART_MS,
      everyMs: 500
    })
    check(came, `the session does not work any more: ${await status(machine).catch(String)}`)
  }
  const install = async (machine: Machine, file: string) => {
    await succeeds(machine, `DEBIAN_FRONTEND=noninteractive apt-get install -y --allow-downgrades /files/${file}`)
    check(await isActive(machine), await succeeds(machine, `journalctl -u ${UNIT} -n 20 --no-pager`))
  }
  const comesBack = async (machine: Machine, signal: string) => {
    const before = await mainPid(machine)
    await succeeds(machine, `kill -${signal} ${before}`)
    const isNew = async () => (await isActive(machine)) && !['0', before].includes(await mainPid(machine))
    check(await comes(isNew, { withinMs: RESTART_MS, everyMs: 1000 }), `no new daemon after kill -${signal}`)
    await keepsSession(machine)
  }

  return [
    { name: 'apt install ./x.deb, the unit is active', run: (machine) => install(machine, deb) },
    {
      name: 'the first launch is answered',
      run: async ({ url }) => {
        const { status, body } = await post(`${url}/api/auth/setup`, { username: 'admin', password: PASSWORD })
        check(status === 200 && typeof body.token === 'string', JSON.stringify(body))
        token = body.token
      }
    },
    {
      name: 'a terminal opens, and its shell is root',
      run: async ({ url }) => {
        const client = await openTerminal(doorOf(url, token))
        client.type('echo user-$(id -u)-$((40+2))\r')
        await client.waitFor('user-0-42')
        await endTerminal(client)
      }
    },
    { name: 'kill -9: systemd starts it again, the session stays', run: (machine) => comesBack(machine, '9') },
    { name: 'kill -STOP: the watchdog replaces it, the session stays', run: (machine) => comesBack(machine, 'STOP') },
    {
      name: 'upgrade, the session stays',
      run: async (machine) => {
        await install(machine, nextDeb)
        await keepsSession(machine)
      }
    },
    {
      name: 'downgrade, the session stays',
      run: async (machine) => {
        await install(machine, deb)
        await keepsSession(machine)
      }
    },
    {
      name: 'fail2ban bans an address for real',
      run: async (machine) => {
        // Debian's jail of sshd keeps fail2ban from starting where there is no sshd and no log of it.
        await succeeds(machine, "printf '[sshd]\\nenabled = false\\n' > /etc/fail2ban/jail.d/no-sshd.local")
        await succeeds(machine, 'systemctl restart fail2ban')
        const runs = async () => (await machine.run('fail2ban-client status proxmenux')).code === 0
        const hasJail = await comes(runs, { withinMs: 90_000, everyMs: 1000 })
        check(hasJail, (await machine.run('journalctl -u fail2ban -n 20 --no-pager')).output)
        const wrong = () =>
          post(`${machine.url}/api/auth/login`, { username: 'admin', password: 'wrong' }).catch(() => null)
        const isBanned = async () => {
          await wrong()
          return (await machine.run('fail2ban-client status proxmenux')).output.includes('10.0.2.2')
        }
        check(await comes(isBanned, { withinMs: 90_000, everyMs: 500 }), 'not banned')
        // The daemon asks fail2ban every few seconds.
        const answer = () => fetch(`${machine.url}/api/system-info`).catch(() => null)
        const isRefused = async () => (await answer())?.status !== 200
        check(await comes(isRefused, { withinMs: 60_000, everyMs: 1000 }), 'a banned address still gets answers')
        await succeeds(machine, 'fail2ban-client unban --all')
        await succeeds(machine, 'proxmenux-monitor unlock admin')
        await keepsSession(machine)
      }
    },
    {
      name: 'the commands of the guide that need a whole machine',
      run: async (machine) => {
        for (const command of machineCommands) await succeeds(machine, command)
        check(/NTP service: active/.test(await succeeds(machine, 'timedatectl')), 'time synchronisation is off')
      }
    },
    {
      name: 'reboot: the unit starts at boot, the session stays',
      run: async (machine) => {
        await machine.reboot()
        await keepsSession(machine)
      }
    },
    {
      name: 'remove and install again, the session stays',
      run: async (machine) => {
        await succeeds(machine, 'DEBIAN_FRONTEND=noninteractive apt-get remove -y proxmenux-monitor')
        check(!(await isActive(machine)), 'the unit is active after the removal')
        await install(machine, deb)
        await keepsSession(machine)
      }
    },
    {
      name: 'purge leaves nothing',
      run: async (machine) => {
        await succeeds(machine, 'DEBIAN_FRONTEND=noninteractive apt-get purge -y proxmenux-monitor')
        const left = await machine.run(
          'ls -d /usr/lib/proxmenux-monitor /var/lib/proxmenux-monitor /root/.config/proxmenux-monitor /etc/proxmenux /var/log/proxmenux* 2>/dev/null'
        )
        check(left.output.trim() === '', `left: ${left.output}`)
        check((await machine.run(`systemctl cat ${UNIT}`)).code !== 0, 'the unit is still there')
      }
    }
  ]
}
