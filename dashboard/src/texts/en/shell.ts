export const shell = {
  product: 'ProxMenux Monitor',
  nav: {
    label: 'Pages',
    overview: 'Overview',
    storage: 'Storage',
    network: 'Network',
    processes: 'Processes',
    logs: 'Logs',
    more: 'More',
    connection: 'Connection doctor',
    reference: 'API reference',
    skip: 'Skip to content'
  },
  shell: {
    account: (name: string) => `Account of ${name}`,
    loggedInAs: 'Logged in as',
    logOut: 'Log out',
    noAccount: 'Open to everyone',
    menu: 'Menu',
    setPassword: 'Set a password',
    openDeclined: 'No password protects this host: whoever reaches this address can use all of it.',
    openDisabled: 'Protection is switched off in auth.json: whoever reaches this address can use all of it.',
    protect: 'Protect it now',
    switchOn: 'Switch it on',
    health: { healthy: 'Healthy', warning: 'Warning', critical: 'Critical', unknown: 'Health unknown' },
    offline: 'No connection',
    hostHealth: 'Health of this host',
    healthDetails: ', show every check'
  },
  theme: { label: 'Theme', system: 'As the system', light: 'Light', dark: 'Dark' },
  pages: {
    notFound: 'There is no such page',
    notFoundText: 'The address may be mistyped, or from another version.',
    toOverview: 'To the overview',
    forbidden: 'Not for your account',
    forbiddenText: (permission: string) => `This page needs the permission ${permission}.`,
    or: ' or ',
    needsAccount: 'There is no account yet',
    needsAccountText: 'This page belongs to an account. Set a password first.',
    broken: 'This page did not load',
    brokenText: 'The connection was lost, or another version was installed meanwhile.',
    reload: 'Reload'
  }
}
