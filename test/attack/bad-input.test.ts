import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { type App, bearer, build, setUp } from '../support/app.ts'
import { type Operation, operationsOf, withoutReferences } from '../support/description.ts'
import { type BadRequest, badHeaders, badParameters, badPaths, badQueries, makeBadBodies } from './bad-bodies.ts'
import { envelopeFault } from './harness.ts'

t.setTimeout(300_000)

// server.ts sets the same limit.
const BODY_LIMIT = 64 * 1024

interface State {
  app: App
  headers: Record<string, string>
  mode: string
  /** Restores auth.json for the state. */
  restore: () => Promise<void>
}

const states: Record<string, (app: App) => Promise<Record<string, string>>> = {
  async unconfigured() {
    return {}
  },
  async enabled(app) {
    // Not the password of the schema's example: a good body would switch protection off.
    return bearer(await setUp(app, 'admin', 'Another-Horse-9'))
  },
  async declined(app) {
    await app.inject({ method: 'POST', url: '/api/auth/skip' })
    return {}
  }
}

async function enter(t: Test, mode: string): Promise<State> {
  const app = await build(t, {}, { fastify: { bodyLimit: BODY_LIMIT } })
  await app.ready()
  const headers = await states[mode]!(app)
  let original = ''
  await app.authStore.update((draft) => {
    original = JSON.stringify(draft)
  })
  const restore = async () => {
    await app.authStore.update((draft) => {
      for (const key of Object.keys(draft)) delete draft[key as keyof typeof draft]
      Object.assign(draft, JSON.parse(original))
    })
    // A request may have been a good one after all, and have ended the session.
    if (mode !== 'enabled' || (await app.inject({ url: '/api/system', headers })).statusCode === 200) return
    const owner = app.authStore.snapshot().owner!
    const times = { createdAt: Date.now(), confirmedAt: 0, expiresAt: Date.now() + 3_600_000 }
    const fields = { userId: 1, credential: owner.credential, amr: ['pwd'], address: '', userAgent: '', ...times }
    // Not by a login, which costs a hash each time.
    const session = await app.sessions.open(fields, randomUUID())
    Object.assign(headers, bearer((await app.sessionIssuer.issue(owner, session, '')).token))
  }
  return { app, headers, mode, restore }
}

const listOperations = async (app: App): Promise<[string, string, Operation][]> =>
  operationsOf(await withoutReferences(await app.openapi.document())).map(({ method, path, operation }) => [
    method,
    path,
    operation
  ])

/** What is wrong with the answer to a request that no client should send, or null. */
async function faultOf({ app, headers, restore }: State, method: string, url: string, bad: BadRequest, lets = false) {
  const sent = { ...headers, ...bad.headers }
  const reply = await app.inject({
    method: method as 'GET',
    url: url + (bad.query ?? ''),
    headers: sent,
    payload: bad.payload
  })
  if (reply.statusCode < 300 && method !== 'GET') await restore()
  if (reply.statusCode >= 500) return `${reply.statusCode} ${reply.body.slice(0, 200)}`
  if (lets && bad.expected !== undefined && reply.statusCode !== bad.expected) {
    return `${reply.statusCode} in place of ${bad.expected}: ${reply.body.slice(0, 200)}`
  }
  if (reply.headers['x-request-id'] === undefined) return 'no request id'
  if (method === 'HEAD' || reply.statusCode === 304) return null
  if (reply.statusCode >= 400) return envelopeFault(reply.headers['content-type'], reply.body)
  const type = String(reply.headers['content-type'])
  if (/^(\/api\/prometheus|\/api\/logs\/download)\b/.test(url) && /^text\/plain\b/.test(type)) return null
  return /^application\/json\b|^text\/(html|css|javascript)/.test(type)
    ? null
    : `content type ${reply.headers['content-type']}`
}

async function stillAnswers({ app, headers, mode }: State): Promise<boolean> {
  const status = (await app.inject({ url: '/api/auth/status', headers })).json()
  const system = await app.inject({ url: '/api/system', headers })
  return (
    app.authStore.snapshot().mode === mode &&
    status.auth_enabled === (mode === 'enabled') &&
    status.declined === (mode === 'declined') &&
    system.statusCode === (mode === 'unconfigured' ? 403 : 200) &&
    !('polluted' in {})
  )
}

for (const mode of Object.keys(states)) {
  t.test(`${mode}: every body gets an answer that the contract describes`, async (t) => {
    const state = await enter(t, mode)
    for (const [method, url, operation] of await listOperations(state.app)) {
      const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema ?? {}
      // Once the gates let a caller in, it is the body that decides.
      const plain = { name: 'plain', headers: { 'content-type': 'application/json' }, payload: '[]' }
      const lets =
        operation.requestBody !== undefined &&
        (
          await state.app.inject({
            method: method as 'GET',
            url,
            headers: { ...state.headers, ...plain.headers },
            payload: '[]'
          })
        ).statusCode === 400
      const faults: string[] = []
      for (const bad of makeBadBodies(schema)) {
        const fault = await faultOf(state, method, url, bad, lets)
        if (fault !== null) faults.push(`${bad.name}: ${fault}`)
      }
      t.same(faults, [], `${method} ${url}`)
      t.ok(await stillAnswers(state), `afterwards all is as it was`)
    }
  })

  t.test(`${mode}: every query, header, path and method gets an answer that the contract describes`, async (t) => {
    const state = await enter(t, mode)
    const faults: string[] = []
    const attempt = async (method: string, url: string, bad: BadRequest) => {
      const fault = await faultOf(state, method, url, bad)
      if (fault !== null) faults.push(`${method} ${url.slice(0, 60)} ${bad.name}: ${fault}`)
    }
    const json = { 'content-type': 'application/json' }
    for (const [method, url] of await listOperations(state.app)) {
      const payload = method === 'GET' ? undefined : '[]'
      for (const bad of [...badQueries, ...badHeaders])
        await attempt(method, url, { payload, ...bad, headers: { ...json, ...bad.headers } } as BadRequest)
      for (const other of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'])
        if (other !== method) await attempt(other, url, { name: 'another method' })
    }
    for (const [method, url] of (await listOperations(state.app)).filter(([, url]) => url.includes('{'))) {
      for (const value of badParameters) {
        await attempt(method, url.replace(/\{\w+\}/g, value), { name: `parameter ${value.slice(0, 20)}` })
      }
    }
    for (const path of badPaths) {
      for (const method of ['GET', 'POST', 'OPTIONS']) await attempt(method, path, { name: 'no path of ours' })
    }
    t.same(faults, [])
    t.ok(await stillAnswers(state), 'afterwards all is as it was')
  })
}
