export const hosts = {
  title: 'Hosts of this panel',
  lead: 'Choose a host to open it. You stay logged in.',
  current: 'This host',
  health: { healthy: 'Healthy', warning: 'Warning', critical: 'Critical', lost: 'Lost' },
  lostSince: (time: string) => `No contact since ${time}.`,
  noUrl: 'Its address is unknown. Set MONITOR_PUBLIC_URL on that host.'
}
