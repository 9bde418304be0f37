export const permissions = {
  names: {
    'system.view': 'View the host',
    'logs.view': 'Read system logs',
    'security.view': 'View security',
    'security.manage': 'Manage security',
    'health.manage': 'Manage health checks',
    'tokens.manage': 'Manage own API tokens',
    'users.manage': 'Manage users',
    'tenants.manage': 'Manage tenants',
    'resellers.manage': 'Manage resellers',
    'gateway.manage': 'Manage the Secure Gateway',
    'guests.control': 'Control VMs and containers',
    'alerts.manage': 'Manage alerts',
    'terminal.open': 'Open terminals',
    'terminal.watch': 'Watch terminals',
    '*': 'All permissions'
  },
  /** A permission within a sentence. */
  quoted: (name: string, id: string) => `“${name}” (${id})`
}
