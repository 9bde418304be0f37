export const shell = {
  product: 'ProxMenux Monitor',
  nav: {
    label: 'Pages',
    overview: 'Overview',
    guests: 'Guests',
    hardware: 'Hardware',
    storage: 'Storage',
    network: 'Network',
    processes: 'Processes',
    logs: 'Logs',
    settings: 'Settings',
    more: 'More',
    connection: 'Connection doctor',
    reference: 'API reference',
    guide: 'Guide',
    skip: 'Skip to content'
  },
  shell: {
    account: (name: string) => `Account of ${name}`,
    loggedInAs: 'Logged in as',
    logOut: 'Log out',
    noAccount: 'No password set',
    menu: 'Menu',
    setPassword: 'Set a password',
    openDeclined: 'This host has no password. Anyone who can reach this address has full access.',
    openDisabled: 'Authentication is disabled in auth.json. Anyone who can reach this address has full access.',
    protect: 'Set a password',
    switchOn: 'Enable authentication',
    health: { healthy: 'Healthy', warning: 'Warning', critical: 'Critical', unknown: 'Health unknown' },
    offline: 'No connection',
    healthDetails: ', show all checks',
    switchHost: 'Switch host'
  },
  /** Here, as the palette has them too. */
  settingsTabs: {
    display: 'Display',
    health: 'Health thresholds',
    alerts: 'Alerts',
    access: 'Access',
    terminal: 'Terminal',
    environment: 'Environment'
  },
  palette: {
    open: 'Search pages and actions',
    title: 'Go to',
    placeholder: 'Page, guest or action',
    pages: 'Pages',
    actions: 'Actions',
    nothing: 'Nothing matches.'
  },
  theme: { label: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },
  language: {
    label: 'Language',
    system: 'System',
    /** Each by its own name, for a reader of no other language. */
    names: { en: 'English', de: 'Deutsch' }
  },
  pages: {
    notFound: 'Page not found',
    notFoundText: 'The address may contain a typing error or belong to another version.',
    toOverview: 'Go to the overview',
    toAccount: 'Go to your account',
    forbidden: 'Access denied',
    forbiddenText: (permission: string) =>
      `Your account lacks the permission ${permission}, which this page requires. Ask an administrator to grant it.`,
    or: ' or ',
    needsAccount: 'No account exists yet',
    needsAccountText: 'This page requires an account. Set a password first.',
    broken: 'Page could not be loaded',
    brokenText: 'The connection was lost, or a new version was installed. Reload the page.',
    reload: 'Reload'
  }
}
