import type { Permission } from '../../schemas/auth/permission.ts'

/** The description of each permission. */
const sentences: Record<Permission, string> = {
  'system.view': 'See the vital signs of the host, its storage, network and processes.',
  'logs.view': 'Read the system’s logs.',
  'security.view': 'See the authentication log, bans, TLS and the state of proxies.',
  'security.manage': 'Change TLS, trusted proxies and bans.',
  'health.manage': 'Acknowledge warnings, change their thresholds and start self-tests of disks.',
  'tokens.manage': 'Create and revoke your own API tokens.',
  'users.manage': 'Create, change and remove users whose permissions do not exceed your own.',
  'tenants.manage': 'Create, suspend and remove the tenants of a panel.',
  'resellers.manage': 'Create, change, suspend and remove resellers.',
  'gateway.manage': 'Deploy, change and remove the Secure Gateway.',
  'guests.control': 'Start, shut down, stop and reboot VMs and containers of Proxmox VE.',
  'alerts.manage': 'Create, change, test and remove alert channels, and read the messages that were sent.',
  'terminal.open': 'Open a shell on the host.',
  'terminal.watch': 'Watch another user’s terminal without typing.',
  '*': 'Everything, including permissions added by later versions.'
}

export const describePermissions = () =>
  Object.entries(sentences).map(([name, description]) => ({ name: name as Permission, description }))

/** True if the permissions `held` include all of `wanted`. */
export const covers = (held: readonly Permission[], wanted: readonly Permission[]): boolean =>
  held.includes('*') || wanted.every((permission) => held.includes(permission))
