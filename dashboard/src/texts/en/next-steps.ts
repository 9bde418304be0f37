export const nextSteps = {
  title: 'Next steps',
  lead: 'The dashboard is protected by your password. You can set up more now or later.',
  twoFactor: 'Enable two-factor authentication',
  twoFactorText: 'A stolen password is then not enough to log in.',
  https: 'Enable HTTPS',
  httpsText: 'Passwords then cross the network encrypted.',
  alerts: 'Add an alert channel',
  alertsText: 'The host notifies you of problems by email or on your phone.',
  token: 'Create an API token',
  tokenText: 'For Home Assistant, Homepage, Grafana or your own scripts.',
  close: 'Close next steps'
}
