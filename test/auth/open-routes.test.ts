import t from 'tap'
import { build, setUp } from '../support/app.ts'

// Contract 3, "exactly". A new open route fails here until it is in both lists.
const open = [
  'POST /api/auth/login',
  'POST /api/auth/login-link',
  'GET /api/auth/status',
  'GET /api/system-info',
  // The same, as probes ask that were set up for the Monitor.
  'GET /api/system-info/',
  'POST /api/auth/refresh',
  'GET /ws/connection',
  'GET /ws/live',
  'GET /ws/terminal'
]
const firstLaunch = ['POST /api/auth/setup', 'POST /api/auth/skip', 'POST /api/auth/decline']
const pages = ['GET /', 'GET /connection', 'GET /guide', 'GET /api/docs', 'GET /manifest.webmanifest']

const isHandshake = (access: unknown) => typeof access === 'object' && 'ticket' in access!

t.test('only the routes of the contract need no token', async (t) => {
  const routes: { method: string; url: string; access: unknown; isStatic: boolean }[] = []
  const app = await build(
    t,
    {},
    {
      onRoute({ method, url, config }) {
        for (const each of [method].flat()) {
          routes.push({ method: each, url, access: config?.access, isStatic: config?.isStatic === true })
        }
      }
    }
  )
  const named = (wanted: (route: (typeof routes)[number]) => boolean) =>
    routes
      .filter((route) => wanted(route) && route.method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url}`)
      .toSorted()

  t.same(
    named((route) => (route.access === 'open' || isHandshake(route.access)) && !route.isStatic),
    open.toSorted()
  )
  t.same(
    named((route) => route.access === 'first-launch'),
    firstLaunch.toSorted()
  )
  t.same(
    named((route) => route.isStatic && !route.url.startsWith('/assets/')),
    pages.toSorted()
  )
  t.ok(routes.every((route) => !route.isStatic || ['GET', 'HEAD'].includes(route.method)))

  await setUp(app)
  for (const { method, url, access } of routes) {
    if (access === 'open' || isHandshake(access)) continue
    const reply = await app.inject({ method: method as 'GET', url })
    t.equal(reply.statusCode, access === 'first-launch' ? 403 : 401, `${method} ${url}`)
  }
})
