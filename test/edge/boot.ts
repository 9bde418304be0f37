import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const needsSystemd = existsSync('/lib/systemd/systemd') ? false : 'needs systemd: apt-get install systemd'
/** Why boot.sh cannot run here, as tap's `skip`. */
export const needsBoot = process.env.CI ? false : process.getuid!() === 0 ? needsSystemd : 'booting systemd takes root'

/** Writes the units that every system has, and one that runs `probe` and powers off, into the folder of boot.sh's units. */
export function writeSystemUnits(folder: string, probe: string, limitS = 200): void {
  const write = (name: string, ...lines: string[]) => writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  // What a unit of a whole system leans on.
  for (const name of ['sysinit', 'basic', 'shutdown', 'network-online', 'multi-user'])
    write(`${name}.target`, '[Unit]', 'DefaultDependencies=no')
  write('default.target', '[Unit]', 'DefaultDependencies=no', 'Wants=probe.service')
  write(
    'probe.service',
    '[Service]',
    'Type=oneshot',
    `TimeoutStartSec=${limitS}`,
    `ExecStart=${probe}`,
    'ExecStopPost=systemctl poweroff --force --force'
  )
}
