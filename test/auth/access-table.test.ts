import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { describePermissions } from '../../lib/auth/permissions.ts'
import type { Permission } from '../../schemas/auth/permission.ts'
import { type App, bearer, build, setUp } from '../support/app.ts'
import { routeChains } from '../support/route-chains.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'

// docs/access.md says who may call what; here every route of the running app is called by each of them and compared.
const document = readFileSync(resolve(import.meta.dirname, '../../docs/access.md'), 'utf8')
const documented = document.split('\n').filter((line) => /^\| (GET|POST|PUT|PATCH|DELETE) /.test(line))

const single = describePermissions()
  .map(({ name }) => name)
  .filter((name) => name !== '*')

/** Every route runs these first; what follows them is in its row. */
const gates = document.match(/^`(client-ip > [^`]+)`$/m)![1]!.split(' > ')

const refusals: Record<string, string> = {
  TOKEN_MISSING: '401',
  SCOPE: 'scope',
  PERMISSION: 'permission',
  STEP_UP_REQUIRED: 'confirms',
  ALREADY_CONFIGURED: 'configured'
}

/** The routes of the app, without its pages. */
async function buildAndList(t: Parameters<typeof build>[0]) {
  const routes: { method: string; url: string; limit: string }[] = []
  const app = await build(
    t,
    {},
    {
      onRoute({ method, url, config }) {
        for (const each of [method].flat()) {
          if (each !== 'HEAD' && !config?.isStatic)
            routes.push({ method: each, url, limit: config?.checksPassword ? 'login' : (config?.limit ?? '–') })
        }
      }
    }
  )
  return { app, routes }
}

/** Users 2, 3, …: each with one permission. */
async function addUsers(app: App): Promise<Map<Permission, number>> {
  const ids = new Map(single.map((permission, i) => [permission, i + 2]))
  await app.authStore.update((draft) => {
    draft.users = [...ids].map(([permission, id]) => ({
      id,
      username: permission,
      password_hash: draft.password_hash!,
      user_type: 'support',
      is_active: true,
      permissions: [permission]
    }))
  })
  return ids
}

t.test('every route admits exactly the callers that docs/access.md lists', async (t) => {
  const { app, routes } = await buildAndList(t)
  await setUp(app)
  const users = await addUsers(app)

  const ask = async (method: string, url: string, headers: Record<string, string>) => {
    const target = url.replaceAll(/:\w+/g, '99')
    const reply = await app.inject({ method: method as 'GET', url: target, headers })
    const code = reply.headers['content-type']?.toString().includes('json') ? reply.json().code : undefined
    return refusals[code] ?? 'yes'
  }
  const byToken = (method: string, url: string, scope: string) =>
    ask(method, url, bearer(mintApiToken(app, { scope, jti: url })))
  const byUser = async (method: string, url: string, id: number) =>
    ask(method, url, (await openSession(app, id)).headers)

  const rows: string[] = []
  const chains = await routeChains(app)
  for (const { method, url, limit } of routes) {
    const chain = chains.get(`${method} ${url.replace(/(?<=.)\/$/, '')}`)!
    t.same(chain.slice(0, gates.length), gates, `${method} ${url}`)
    const allowed: Permission[] = []
    for (const [permission, id] of users) {
      const verdict = await byUser(method, url, id)
      if (verdict !== 'permission' && verdict !== 'configured') allowed.push(permission)
    }
    const whom = allowed.length === users.size ? 'every' : allowed.map((name) => `\`${name}\``).join(', ') || 'nobody'
    const cells = [
      method,
      url.replace(/(?<=.)\/$/, ''),
      await ask(method, url, {}),
      await byToken(method, url, 'read_only'),
      await byToken(method, url, 'full_admin'),
      whom,
      await byUser(method, url, 1),
      limit,
      chain.slice(gates.length).join(' > ') || '–'
    ]
    rows.push(`| ${cells.join(' | ')} |`)
  }
  const path = (row: string) => row.split(' | ')[1]!
  t.same(
    // /api/system-info also answers with a trailing slash.
    [...new Set(rows)].toSorted((a, b) => path(a).localeCompare(path(b), 'en') || a.localeCompare(b, 'en')),
    documented
  )
})
