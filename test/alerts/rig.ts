import type { Test } from 'tap'
import type { Check, Health } from '../../lib/health/monitor.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'
import { type BuildOptions, build, setUp, temporaryFolder } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { call, type Method } from '../support/users.ts'
import { until } from '../support/waiting.ts'

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

const check = (name: string, status: HealthStatus, message: string): Check => ({
  check: name,
  category: 'filesystems',
  status,
  message,
  value: null,
  unit: null,
  threshold: null,
  since: 0,
  acknowledgement: null
})
export const disk = (status: HealthStatus, more: Partial<Check> = {}): Check => ({
  ...check('filesystem:/', status, `Disk usage of / ${status}`),
  ...more
})

/** The health of a host with these checks. */
export const healthOf = (...checks: Check[]): Health => ({
  status: 'healthy',
  summary: '',
  counts: { healthy: 0, warning: 0, critical: 0, acknowledged: 0 },
  checks,
  reasons: {},
  thresholds: {} as Health['thresholds'],
  at: 0
})

/** A daemon on a clock that the test moves. In a `folder` of an earlier daemon it has its owner. */
export async function withAlerts(t: Test, { alerts = {}, folder: given }: BuildOptions = {}) {
  const folder = given ?? (await temporaryFolder(t))
  let now = Date.UTC(2026, 3, 24, 12)
  const app = await build(t, {}, { now: () => now, alerts: { everyMs: 10, ...alerts }, folder })
  if (given === undefined) await setUp(app)
  let { headers } = await openSession(app, 1, { confirmed: true })
  const ask = (method: Method, url: string, body?: object, as = headers) =>
    call(app, as, method, `/api/alerts${url}`, body)
  const renew = async () => {
    headers = (await openSession(app, 1, { confirmed: true })).headers
  }
  return {
    app,
    folder,
    ask,
    /** Moves the clock. Sessions end in an hour, so a new one follows. */
    async pass(ms: number) {
      now += ms
      await renew()
    },
    now: () => now,
    async add(body: object) {
      const reply = await ask('POST', '/channels', body)
      if (reply.statusCode !== 201) throw new Error(reply.body)
      return reply.json().channel
    },
    async channel(id: string) {
      const { channels } = (await ask('GET', '/channels')).json()
      return channels.find((each: { id: string }) => each.id === id)
    },
    history: async (query = '') => (await ask('GET', `/history${query}`)).json().messages,
    until
  }
}
export type Rig = Awaited<ReturnType<typeof withAlerts>>

export const webhook = (url: string, more: object = {}) => ({
  name: 'Hook',
  type: 'webhook',
  settings: { url, secret: SECRET },
  ...more
})
