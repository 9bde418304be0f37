import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { FastifyInstance, RouteOptions } from 'fastify'
import t from 'tap'
import { PASSWORD } from '../support/app.ts'
import { DOMAIN, panelMissing, startPanel, visit } from '../support/panel-app.ts'

const DOCUMENT = resolve(import.meta.dirname, '../../docs/tenants.md')
/** The status of a request that passed every gate; its handler does not run. */
const PASSED = 299

interface Visitor {
  title: string
  host: string
  token: string
}

/** The first word of a row's cell: `yes`, or the error that the visitor gets. */
const cellOf = ({ statusCode, body }: { statusCode: number; body: string }): string => {
  if (statusCode === PASSED) return 'yes'
  const { code } = JSON.parse(body) as { code: string }
  // The ticket of a handshake, and the secret of a first launch, come after the question whose route it is.
  return code === 'VALIDATION' || code === 'TOKEN_MISSING' ? 'yes' : code
}

async function openSession(app: FastifyInstance, tenant: number, id: number): Promise<string> {
  return app.tenant.within(tenant, async () => {
    const account = (await app.authStore.findAccount(id))!
    const now = app.clock()
    const times = { createdAt: now, confirmedAt: now, expiresAt: now + 3_600_000 }
    const fields = { userId: id, credential: account.credential, amr: ['pwd'], address: '127.0.0.1', userAgent: '' }
    const session = await app.sessions.open({ ...fields, ...times }, randomUUID())
    return (await app.sessionIssuer.issue(account, session, '')).token
  })
}

t.test('every route admits exactly the callers that docs/tenants.md lists', { skip: panelMissing }, async (t) => {
  const panel = await startPanel(t)
  const routes: { method: string; url: string }[] = []
  const onRoute = (route: RouteOptions) => {
    for (const method of [route.method].flat()) {
      const isOurs = /^\/(api|ws)\b/.test(route.url) && method !== 'HEAD' && method !== 'OPTIONS'
      if (isOurs) routes.push({ method, url: route.url })
    }
    // Before the body is parsed, so that no route changes anything.
    route.preParsing = [async (_request, reply) => void reply.code(PASSED).send('')]
  }
  const setup = await panel.openReplica()
  const owner = { username: 'admin', password: PASSWORD }
  await visit(setup)('POST', '/api/auth/setup', null, owner)
  const operator = await openSession(setup, 0, 1)
  const call = visit(setup)
  const ids: number[] = []
  for (const slug of ['acme', 'bolt']) {
    const { body } = await call('POST', '/api/tenants', operator, { slug, name: slug })
    ids.push(body.tenant.id)
    await visit(setup, slug)('POST', '/api/auth/setup', null, { ...owner, setup_code: body.setup_code })
  }
  for (const name of ['First', 'Second']) {
    const { body } = await call('POST', '/api/resellers', operator, { name })
    const user = { username: name, password: PASSWORD, permissions: ['*'], reseller_id: body.reseller.id }
    t.equal((await call('POST', '/api/users', operator, user)).status, 201)
  }

  const app = await panel.openReplica({}, { onRoute })
  await app.ready()
  const acme = await openSession(app, ids[0]!, 1)
  const visitors: Visitor[] = [
    { title: 'operator', host: DOMAIN, token: await openSession(app, 0, 1) },
    { title: 'a reseller’s user', host: DOMAIN, token: await openSession(app, 0, 2) },
    { title: 'tenant', host: `acme.${DOMAIN}`, token: acme },
    { title: 'its token elsewhere', host: `bolt.${DOMAIN}`, token: acme },
    { title: 'its token at the operator’s', host: DOMAIN, token: acme }
  ]

  const rows: string[] = []
  for (const { method, url } of routes.toSorted((a, b) =>
    `${a.url} ${a.method}`.localeCompare(`${b.url} ${b.method}`)
  )) {
    const cells: string[] = []
    for (const { host, token } of visitors) {
      const headers = { host, authorization: `Bearer ${token}` }
      const path = url.replaceAll(/:\w+/g, '1').replace('*', 'x')
      cells.push(cellOf(await app.inject({ method: method as 'GET', url: path, headers })))
    }
    rows.push(`| ${method} | ${url} | ${cells.join(' | ')} |`)
  }
  const documented = readFileSync(DOCUMENT, 'utf8')
    .split('\n')
    .filter((line) => /^\| [A-Z]+ \| \//.test(line))
  t.same(rows, documented)
})
