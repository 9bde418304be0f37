import type { Page } from 'playwright-core'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const empty = { url: null, host: null, port: null, security: null, username: null, from: null, to: [], chat_id: null }
const fine = { is_failing: false, last_failure_at: null, last_failure: null, next_attempt_at: null, waiting: 0 }
const channel = (id: string, name: string, type: string, target: string, more: object) => ({
  id,
  name,
  type,
  target,
  settings: empty,
  secrets: [],
  is_enabled: true,
  min_severity: 'warning',
  kinds: ['health', 'login', 'second_factor'],
  quiet_hours: null,
  state: { ...fine, last_success_at: ago(12) },
  ...more
})

const channels = [
  channel('3f2a91c04be7d815', 'Phone', 'ntfy', 'https://ntfy.example.com', {}),
  channel('94b1c7d2e6a03f58', 'Admins', 'smtp', 'admins@example.com (mail.example.com:587)', {
    state: {
      is_failing: true,
      last_success_at: ago(1500),
      last_failure_at: ago(3),
      last_failure: 'the server refused the login (status 535)',
      next_attempt_at: ago(-5),
      waiting: 2
    }
  }),
  channel('c05e8a7f4412d963', 'Automation', 'webhook', 'https://n8n.example.lan', {
    is_enabled: false,
    state: { ...fine, last_success_at: null }
  })
]

const message = (id: number, minutes: number, channel: string, title: string, more: object = {}) => ({
  id,
  time: ago(minutes),
  channel_id: '3f2a91c04be7d815',
  channel,
  is_test: false,
  severity: 'warning',
  title: `pve1: ${title}`,
  lines: [title],
  state: 'delivered',
  attempts: 1,
  status: 200,
  reason: null,
  finished_at: ago(minutes),
  ...more
})

const messages = [
  message(42, 12, 'Phone', 'Resolved: Disk usage of /mnt/backup normal: 71 %'),
  message(41, 64, 'Admins', '3 events (1 critical)', {
    severity: 'critical',
    state: 'waiting',
    attempts: 7,
    status: 535,
    reason: 'the server refused the login (status 535)',
    finished_at: null,
    lines: ['Critical: Two-factor authentication turned off by ada', 'Warning: API token created by ada', 'Warning: …']
  }),
  message(40, 95, 'Phone', 'Warning: Login from a new address: ada from 203.0.113.7'),
  message(39, 260, 'Phone', 'Warning: Disk usage of /mnt/backup high: 91 %')
]

/** Answers about alerts, so that a screenshot needs no servers. */
export async function makeUpAlerts(page: Page): Promise<void> {
  await page.route(/\/api\/alerts\/channels$/, (route) => route.fulfill({ json: { success: true, channels } }))
  await page.route(/\/api\/alerts\/history/, (route) =>
    route.fulfill({ json: { success: true, messages, next_before: null } })
  )
}
