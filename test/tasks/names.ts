/** What a newcomer wants, in the order of docs/newcomer-tasks.md. */
export const tasks = {
  protect: 'Protect the dashboard at the first launch',
  'two-factor': 'Turn on two-factor authentication',
  'locked-out': 'Get back in after five wrong passwords',
  'home-assistant': 'Let Home Assistant read this host',
  'last-night': 'Find out who logged in last night',
  'full-disk': 'Find the folder that fills a disk',
  'restart-guest': 'Restart a guest',
  caddy: 'Put Caddy in front',
  alert: 'Get an alert on the phone',
  health: 'Read why the health is yellow'
} as const
export type Task = keyof typeof tasks
