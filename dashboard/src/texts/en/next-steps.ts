export const nextSteps = {
  title: 'Next steps',
  lead: 'The dashboard is protected by your password. If you like, set up more now. You find all of it later too.',
  twoFactor: 'Turn on two-factor authentication',
  twoFactorText: 'A stolen password is then not enough to log in.',
  https: 'Turn on HTTPS',
  httpsText: 'Passwords then cross the network encrypted.',
  alerts: 'Add an alert channel',
  alertsText: 'The host tells you of problems, by email or on your phone.',
  token: 'Create an API token',
  tokenText: 'For Home Assistant, Homepage, Grafana or your own scripts.',
  close: 'Close next steps'
}
