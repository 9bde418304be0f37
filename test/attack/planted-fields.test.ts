import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { ApiTokenEntrySchema, AuthFileSchema, UserEntrySchema } from '../../schemas/auth/auth-file.ts'
import { SettingsFileSchema } from '../../schemas/foundation/settings-file.ts'
import { AlertsFileSchema } from '../../schemas/host/alerts.ts'
import { type App, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { createProxmox } from '../support/proxmox/proxmox.ts'
import { openSession } from '../support/sessions.ts'
import { ADA, login } from '../support/users.ts'
import { makeGoodBody } from './bad-bodies.ts'

t.setTimeout(300_000)

const hex = 'ab'.repeat(32)
const hash = `pbkdf2_sha256$600000$${'A'.repeat(22)}==$${'B'.repeat(43)}=`
const code = { code: hex, used: false }
const secret = 'JBSWY3DPEHPK3PXP'
const token = {
  id: 'planted-token',
  name: 'planted',
  token_hash: hex,
  token_prefix: '...plnt',
  created_at: '2026-01-01T00:00:01.000Z',
  expires_at: '2036-01-01T00:00:01.000Z',
  signed_with: '0123456789abcdef',
  scope: 'full_admin',
  ends_at: '2036-01-01T00:00:02.000Z'
}
const user = { id: 77, username: 'planted', password_hash: hash, user_type: 'admin', is_active: true, permissions: [] }

/** A value of each field of auth.json and settings.json that fits its schema and stands in neither file. */
const planted: Record<string, unknown> = {
  ...user,
  ...token,
  id: 777,
  permissions: ['*'],
  reseller_id: 77,
  is_active: false,
  display_name: 'planted',
  totp_enabled: true,
  totp_secret: secret,
  totp_pending: { secret, backup_codes: [code], created_at: '2026-01-01T00:00:03.000Z' },
  backup_codes: [code],
  last_totp_counter: 99_999_999,
  allowed_ips: '203.0.113.77',
  email: 'planted@example.com',
  enabled: false,
  declined: true,
  configured: false,
  terminal_without_auth: true,
  api_tokens: [token],
  revoked_tokens: [hex],
  users: [user],
  next_user_id: 777,
  resellers: [{ id: 78, name: 'planted', balance: 777.77, is_active: true }],
  next_reseller_id: 778,
  user_id: 77,
  jwt_secret: 'planted-'.repeat(8),
  trusted_proxies: ['203.0.113.78'],
  pending_change: { setting: 'tls', previous: {}, by: 1, deadline: '2036-01-01T00:00:00.000Z', seconds: 60 },
  health: { thresholds: {} },
  channels: [{ name: 'planted' }]
}

interface Route {
  method: 'POST'
  url: string
  body: { properties: Record<string, object>; required?: string[] } | undefined
  isDropping: boolean
  isForm: boolean
  access: unknown
}

/** What the calls send where their schema's own example would not do. */
const fitting: Record<string, unknown> = {
  password: PASSWORD,
  current_password: PASSWORD,
  new_password: 'Another-Horse-9',
  username: 'admin',
  code: '123456'
}

async function start(t: Parameters<typeof build>[0], options: Parameters<typeof build>[2] = {}) {
  const folder = await temporaryFolder(t)
  const routes: Route[] = []
  const app = await build(
    t,
    {},
    {
      ...options,
      folder,
      onRoute({ method, url, schema, config }) {
        const body = schema?.body as (Route['body'] & { content?: object }) | undefined
        for (const each of [method].flat()) {
          if (['GET', 'HEAD', 'OPTIONS'].includes(each)) continue
          const isForm = body?.content !== undefined
          const isDropping = config?.unknownFields === 'drop'
          routes.push({ method: each as 'POST', url, body, isDropping, isForm, access: config?.access })
        }
      }
    }
  )
  await app.ready()
  return { app, folder, routes }
}

const read = async (folder: string) => {
  const texts = ['auth.json', 'settings.json', 'alerts.json', 'ssl_config.json'].map((name) =>
    readFile(join(folder, name), 'utf8').catch(() => '{}')
  )
  return Promise.all(texts)
}

/** Where a planted field stands, anywhere in a document. */
function findPlanted(value: unknown, names: readonly string[], path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [
    ...(names.includes(key) && isDeepStrictEqual(each, planted[key]) ? [`${path}/${key}`] : []),
    ...findPlanted(each, names, `${path}/${key}`)
  ])
}

const unknownTo = ({ body }: Route): string[] =>
  Object.keys(planted).filter((name) => !Object.hasOwn(body?.properties ?? {}, name))

const goodBody = ({ body }: Route) => {
  const good = body ? makeGoodBody(body) : {}
  return Object.fromEntries(Object.entries(good).map(([name, value]) => [name, fitting[name] ?? value]))
}

/** Puts auth.json back, so that each route meets the same state. */
async function keeping(app: App, act: () => Promise<void>): Promise<void> {
  const before = await app.authStore.update((draft) => JSON.stringify(draft))
  await act()
  await app.authStore.update((draft) => {
    for (const key of Object.keys(draft)) delete draft[key as keyof typeof draft]
    Object.assign(draft, JSON.parse(before))
  })
}

t.test('every field of the stored files is planted', async (t) => {
  const schemas = [AuthFileSchema, UserEntrySchema, ApiTokenEntrySchema, SettingsFileSchema, AlertsFileSchema]
  const fields = new Set(schemas.flatMap(({ properties }) => Object.keys(properties)))
  t.same([...fields].filter((name) => !Object.hasOwn(planted, name)).toSorted(), [])
})

t.test('our own routes answer 400 to an unknown field, name it and store nothing', async (t) => {
  // Routes that need Proxmox VE are refused before their body elsewhere.
  const proxmox = createProxmox({ folder: await temporaryFolder(t) })
  const { programs, share: shareDir } = proxmox
  const { app, folder, routes } = await start(t, { programs, gateway: { programs }, vitals: { shareDir } })
  await setUp(app)
  const { headers } = await openSession(app, 1, { confirmed: true })
  await app.inject({ method: 'POST', url: '/api/users', headers, payload: ADA })
  const before = await read(folder)
  const ours = routes.filter(({ isDropping, isForm }) => !isDropping && !isForm)
  t.ok(ours.length > 20)
  for (const route of ours) {
    const id = route.url.startsWith('/api/alerts/') ? '0'.repeat(16) : '2'
    const url = route.url.replace(':vmid', '101').replaceAll(/:\w+/g, id)
    for (const name of unknownTo(route)) {
      const payload = { ...goodBody(route), [name]: planted[name] }
      const reply = await app.inject({ method: route.method, url, headers, payload })
      const { code, details } = reply.json()
      if (code === 'VALIDATION' && details.some(({ path }: { path: string }) => path === `body/${name}`)) continue
      t.fail(`${route.method} ${route.url} with ${name}: ${reply.statusCode} ${reply.body.slice(0, 200)}`)
    }
  }
  t.same(await read(folder), before)
  t.notOk(proxmox.calls().some(([, word]) => word !== 'get'))
  t.equal((await login(app, 'admin', PASSWORD)).statusCode, 200)
  t.equal((await login(app, ADA.username, ADA.password)).statusCode, 200)
})

t.test('the Monitor’s and the panel’s routes drop unknown fields', async (t) => {
  const { app, folder, routes } = await start(t)
  await setUp(app)
  const { headers: owner } = await openSession(app, 1, { confirmed: true })
  await app.inject({ method: 'POST', url: '/api/users', headers: owner, payload: ADA })
  const dropping = routes.filter(({ isDropping, access }) => isDropping && access !== 'first-launch')
  t.ok(dropping.length > 10)
  for (const route of dropping) {
    await keeping(app, async () => {
      const { headers } = await openSession(app, 1, { confirmed: true })
      // This one returns to the first launch, and says so.
      const isReset = route.url === '/api/auth/disable'
      const names = unknownTo(route).filter((name) => !isReset || !['enabled', 'configured'].includes(name))
      const extra = Object.fromEntries(unknownTo(route).map((name) => [name, planted[name]]))
      const payload = { ...extra, ...goodBody(route) }
      const url = route.url.replaceAll(/:\w+/g, '2')
      const reply = await app.inject({ method: route.method, url, headers, payload })
      t.not(reply.statusCode, 500, route.url)
      const documents = (await read(folder)).map((text) => JSON.parse(text))
      t.same(findPlanted(documents, names), [], `${route.method} ${route.url} (${reply.statusCode})`)
    })
    t.equal((await login(app, 'admin', PASSWORD)).statusCode, 200, `after ${route.method} ${route.url}`)
  }
})

for (const url of ['/api/auth/setup', '/api/auth/skip', '/api/auth/decline']) {
  t.test(`${url} stores only its own fields`, async (t) => {
    const { app, folder, routes } = await start(t)
    const route = routes.find((each) => each.url === url)!
    const names = unknownTo(route).filter((name) => !['enabled', 'configured', 'declined'].includes(name))
    const extra = Object.fromEntries(unknownTo(route).map((name) => [name, planted[name]]))
    const reply = await app.inject({ method: 'POST', url, payload: { ...extra, ...goodBody(route) } })
    t.equal(reply.statusCode, 200)
    t.same(
      findPlanted(
        (await read(folder)).map((text) => JSON.parse(text)),
        names
      ),
      []
    )
    t.equal(app.authStore.snapshot().mode, url.endsWith('setup') ? 'enabled' : 'declined')
  })
}
