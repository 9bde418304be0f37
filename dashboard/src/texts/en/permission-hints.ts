export const permissionHints = {
  hints: {
    'system.view': 'See health, usage, storage, network, hardware, guests and processes.',
    'logs.view': 'Read and download the logs of the system.',
    'security.view': 'See the audit log, bans, HTTPS and proxies.',
    'security.manage': 'Change HTTPS, trusted proxies and bans.',
    'health.manage': 'Acknowledge warnings, change thresholds and start self-tests of disks.',
    'tokens.manage': 'Create and revoke API tokens. They never have more permissions than the user.',
    'users.manage': 'Create, change and delete users who have no more permissions than this user.',
    'tenants.manage': 'Create, suspend and delete the tenants of this panel.',
    'resellers.manage': 'Create, change, suspend and delete resellers.',
    'gateway.manage': 'Set up, change and remove the Secure Gateway.',
    'guests.control': 'Start, shut down, stop and reboot VMs and containers of Proxmox VE.',
    'alerts.manage': 'Set up alert channels, test them and read the messages that were sent.',
    'terminal.open': 'Open a shell on this host, usually as root: full control of the host.',
    'terminal.watch': 'Watch the terminals of other users, and their recordings, without typing.',
    '*': 'Everything, including permissions that later versions add.'
  },
  typeNote: 'The type is only a name. The permissions decide what the user can do.',
  adminNote: 'Only the owner can create and change administrators. The permissions decide what they can do.'
}
