import t from 'tap'
import { operationsOf, readDescription, withoutReferences } from '../support/description.ts'
import { DOMAIN, panelMissing, startPanel } from '../support/panel-app.ts'

// What test/description/refusals.test.ts cannot call on a host.

t.test(
  'under an unknown tenant’s name each route answers the 404 of its description',
  { skip: panelMissing },
  async (t) => {
    const panel = await startPanel(t)
    const app = await panel.openReplica()
    const headers = { host: `nobody.${DOMAIN}` }
    for (const { method, path, name, operation } of operationsOf(await withoutReferences(readDescription()))) {
      const url = path.replaceAll(/\{\w+\}/g, '99')
      const reply = await app.inject({ method: method as 'GET', url, headers })
      t.equal(reply.json().code, 'TENANT_UNKNOWN', name)
      t.ok('404' in operation.responses, name)
    }
    const payload = { secret: 'x'.repeat(43) }
    const link = await app.inject({ method: 'POST', url: '/api/auth/login-link', headers: { host: DOMAIN }, payload })
    t.equal(link.statusCode, 401)
  }
)
