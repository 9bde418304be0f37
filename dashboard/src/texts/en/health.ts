export const health = {
  title: 'Host health',
  lead: 'All checks, problems first.',
  critical: (n: number) => `${n} critical`,
  warnings: (n: number) => `${n} ${n === 1 ? 'warning' : 'warnings'}`,
  healthy: (n: number) => `${n} healthy`,
  acknowledged: (n: number) => `${n} acknowledged`,
  problems: 'Problems',
  quiet: 'Acknowledged',
  fine: 'Healthy',
  since: (time: string) => `since ${time}`,
  until: (time: string) => `acknowledged until ${time}`,
  warnsAt: (limit: string) => `warning at ${limit}`,
  criticalAt: (limit: string) => `critical at ${limit}`,
  open: (page: string) => `Open ${page}`,
  acknowledge: 'Acknowledge',
  undo: 'Remove acknowledgement',
  explain: 'Ignored for this long unless it gets worse.',
  duration: 'Duration',
  durations: { 3600: 'One hour', 86400: 'One day', 604800: 'One week', 2592000: '30 days' },
  reason: 'Reason',
  /** By the unit of the daemon; other units are the same in every language. */
  units: { days: 'days', 'errors/s': 'errors/s' }
}
