import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { buildApp } from '../app.ts'

interface Tools {
  app: Awaited<ReturnType<typeof buildApp>>
  password: string
  headers: Record<string, string>
  /** Logs in, opens a page of the dashboard, acts there and takes two screenshots. */
  shoot(name: string, hash: string, act: (page: Page) => Promise<unknown>): Promise<void>
  press(page: Page, name: string): Promise<void>
  fill(page: Page, name: string, text: string): Promise<void>
}

const agents = [
  ['192.168.1.44', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1'],
  ['198.51.100.9', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0']
] as const

/** Fills the lists with tokens, users, sessions and failures. */
async function fillHost({ app, headers, password }: Tools): Promise<void> {
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload, headers })
  const logIn = (username: string, typed: string, remoteAddress: string, agent = 'curl/8.14.1') =>
    app.inject({
      method: 'POST',
      url: '/api/auth/login',
      payload: { username, password: typed },
      remoteAddress,
      headers: { 'user-agent': agent }
    })
  await post('/api/auth/confirm', { password })
  const tokens = [
    { token_name: 'Home Assistant' },
    { token_name: 'Backup script', scope: 'full_admin', expires_in_days: 7, allowed_ips: '192.168.1.0/24' },
    { token_name: 'Grafana', expires_in_days: 90 }
  ]
  for (const wish of tokens) await post('/api/auth/generate-api-token', { password, ...wish })
  const ada = { username: 'ada', password: 'Bright-Lantern-3', user_type: 'support', display_name: 'Ada Lovelace' }
  for (const reseller of [
    { name: 'Northwind', balance: 245.5 },
    { name: 'Contoso', is_active: false }
  ])
    await post('/api/resellers', reseller)
  await post('/api/users', { ...ada, permissions: ['system.view', 'logs.view', 'security.view'], reseller_id: 1 })
  await post('/api/users', { ...ada, username: 'grace', display_name: '', is_active: false, permissions: [] })
  for (const user of ['root', 'admin1', 'root']) await logIn(user, 'Wrong-Horse-7', '203.0.113.7')
  for (const [address, agent] of agents) await logIn('admin', password, address, agent)
}

const madeUpPair = {
  cert_path: '/root/.config/proxmenux-monitor/tls/self-signed-5f0c2a91.pem',
  certificate: {
    fingerprint_sha256: createHash('sha256').update('pve1').digest('hex').toUpperCase().match(/../g)!.join(':')
  }
}

/** Screenshots of the Security and Profile pages. */
export async function shootSecurity(tools: Tools): Promise<void> {
  const { password, shoot, press, fill } = tools
  await fillHost(tools)
  const row = (text: string) => (page: Page) => page.getByRole('row', { name: text }).first().waitFor()
  const text = (shown: string) => (page: Page) => page.getByText(shown).first().waitFor()

  // Each screenshot adds a session: the pages that list sessions come first.
  await shoot('security-sessions', 'security/sessions', row('Safari'))
  await shoot('security-audit', 'security/audit', row('Login failed'))
  await shoot('security-account', 'security', text('Enable 2FA'))
  await shoot('security-two-factor', 'security', async (page) => {
    await press(page, 'Enable 2FA')
    await page.getByRole('img', { name: /^QR/ }).waitFor()
  })
  await shoot('security-backup-codes', 'security', async (page) => {
    await text('Enable 2FA')(page)
    const backup_codes = Array.from({ length: 10 }, (_, i) => `MADE-UP${i + 10}`)
    const json = { success: true, enabled: true, backup_codes_left: 2, backup_codes }
    await page.route(/api\/auth\/totp\/(status|backup-codes)$/, (route) => route.fulfill({ json }))
    await page.reload()
    await press(page, 'New backup codes')
    await fill(page, 'Your password', password)
    await fill(page, 'Two-factor code', '123456')
    await press(page, 'Create new codes')
    await page.getByRole('button', { name: 'I have saved the codes' }).waitFor()
  })
  await shoot('security-tokens', 'security/tokens', row('Home Assistant'))
  await shoot('security-token', 'security/tokens', async (page) => {
    await press(page, 'New token')
    await fill(page, 'Name', 'Uptime Kuma')
  })
  await shoot('security-token-minted', 'security/tokens', async (page) => {
    // A mocked answer: no screenshot shows a real token.
    const token = `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${'no-token-of-any-host-'.repeat(9)}.${'made-up-'.repeat(5)}`
    await page.route('**/api/auth/generate-api-token', (route) => route.fulfill({ json: { success: true, token } }))
    await press(page, 'New token')
    await fill(page, 'Name', 'Uptime Kuma')
    await fill(page, 'Your password', password)
    await press(page, 'Generate token')
    await page.getByRole('button', { name: 'Copy token' }).waitFor()
  })
  await shoot('security-users', 'security/users', async (page) => {
    await row('ada')(page)
    await row('Contoso')(page)
  })
  await shoot('security-user', 'security/users', async (page) => {
    await press(page, 'New user')
    await page.getByText('Read and download the logs of the system.').waitFor()
  })
  await shoot('security-confirm', 'security/users', async (page) => {
    await press(page, 'Actions for ada')
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    // The daemon asks only five minutes after the login.
    const refusal = { success: false, message: 'confirm', code: 'STEP_UP_REQUIRED', needs: ['password'] }
    await page.route('**/api/users/*', (route) => route.fulfill({ status: 403, json: refusal }))
    await press(page, 'Delete')
    await page.getByRole('heading', { name: 'Confirm your identity' }).waitFor()
  })
  await shoot('security-https', 'security/https', text('HTTPS is off'))
  await shoot('security-https-move', 'security/https', async (page) => {
    await press(page, 'Create a self-signed certificate…')
    // A mocked answer: the next screenshot needs the same host.
    const reply = { success: true, message: 'HTTPS is on', restarting: false, new_protocol: 'https', ...madeUpPair }
    await page.route('**/api/ssl/self-signed', (route) => route.fulfill({ json: reply }))
    await press(page, 'Create and enable HTTPS')
    await page.getByText('The change reverts unless you confirm it').waitFor()
  })
  await shoot('security-fail2ban', 'security/fail2ban', text('Not installed'))
  await shoot('security-bans', 'security/fail2ban', async (page) => {
    await text('Not installed')(page)
    // A mocked answer: this machine bans nobody.
    const counts = { currently_failed: 1, total_failed: 12, currently_banned: 2, total_banned: 3 }
    const settings = { maxretry: 3, findtime: 600, bantime: 3600 }
    const banned = [{ ip: '203.0.113.7' }, { ip: '2001:db8::7' }]
    const checked_at = new Date().toISOString()
    const json = {
      success: true,
      installed: true,
      state: 'ok',
      reason: null,
      jail: 'proxmenux',
      checked_at,
      banned,
      settings
    }
    await page.route('**/api/security/fail2ban/details', (route) => route.fulfill({ json: { ...json, ...counts } }))
    await page.reload()
    await row('203.0.113.7')(page)
  })
  await shoot('security-connection', 'security/connection', text('Trusted proxies'))
  await shoot('profile', 'profile', text('Display name'))
}
