import type { Config } from '../../schemas/foundation/config.ts'
import { locations } from './locations.ts'
import { findPortHolder } from './port-holder.ts'
import { findOtherMonitor } from './service-unit.ts'

/** Who holds the port, and how to replace another ProxMenux Monitor. */
function describeUse(place: string, port: number, env: NodeJS.ProcessEnv): string {
  const example = `Example: MONITOR_PORT=${port === 8009 ? 8010 : 8009}`
  const holder = findPortHolder(port)
  const other = findOtherMonitor(env)
  const replace = `To replace it, run as root: ${locations.command} takeover. Or use another port. ${example}`
  if (holder === null) {
    if (other === null) return `${place} is in use by another program. ${example}`
    return `${place} is in use, probably by the ProxMenux Monitor of ${other.path}. ${replace}`
  }
  const process = `process ${holder.pid} (${holder.command})`
  // Without a unit of its own there is nothing that a takeover could replace, and bring back.
  if (holder.isMonitor && other !== null)
    return `${place} is in use by another ProxMenux Monitor, ${process}. ${replace}`
  return `${place} is in use by ${process}. ${example}`
}

/** Why the daemon cannot listen, in one line that names the variable and an example. */
export function describeListenFault(
  error: NodeJS.ErrnoException,
  { host, port }: Pick<Config, 'host' | 'port'>,
  env: NodeJS.ProcessEnv
): string {
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`
  if (error.code === 'EADDRINUSE') return `MONITOR_PORT: ${describeUse(place, port, env)}`
  if (error.code === 'EACCES')
    return `MONITOR_PORT: this user lacks permission to listen on ${place}. Example: MONITOR_PORT=8008`
  if (error.code === 'EADDRNOTAVAIL')
    return `MONITOR_HOST: this machine has no address ${host}. Example: MONITOR_HOST=0.0.0.0`
  return `proxmenux-monitor cannot listen on ${place}: ${error.message}`
}
