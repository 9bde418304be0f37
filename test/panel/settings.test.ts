import { Pool } from 'pg'
import t from 'tap'
import { createPanelDatabase, poolOptions } from '../../lib/storage/panel/database.ts'
import { openPanelSettings } from '../../lib/storage/panel/settings-store.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'

t.test('settings of a panel that were edited by hand', { skip: postgresqlMissing }, async (t) => {
  const server = await startPostgresql(t)
  const pool = new Pool(poolOptions(await server.createDatabase()))
  t.teardown(() => pool.end())
  const faults: string[] = []
  const settings = await openPanelSettings({
    database: createPanelDatabase(pool),
    configuredProxies: [],
    onFault: (fault) => faults.push(fault),
    onProxyFault: (fault) => faults.push(fault)
  })
  t.teardown(() => settings.close())
  const store = async (value: string) => {
    await pool.query("UPDATE system_preferences SET value = $1 WHERE key = 'settings'", [value])
    await settings.refresh()
    // A poll that had begun before may have been awaited.
    await settings.refresh()
  }
  const trust = (proxies: string[]) =>
    settings.update((draft) => {
      draft.trusted_proxies = proxies
    })
  const valid = (proxies: string[]) => JSON.stringify({ revision: 1, settings: { trusted_proxies: proxies } })

  await trust(['192.0.2.1'])
  await store('{"revision": 2, "settings": {"trusted_proxies": "all"}}')
  t.match(faults, [/^\/settings\/trusted_proxies/], 'a fault is reported, once')
  t.same(settings.current(), { trusted_proxies: ['192.0.2.1'] }, 'the last valid settings apply')
  await t.rejects(trust(['192.0.2.2']), { code: 'BUSY' })

  await store(valid(['192.0.2.3']))
  t.same(settings.current(), { trusted_proxies: ['192.0.2.3'] }, 'also with an older revision')
  await store(valid(['0.0.0.0/0']))
  t.match(faults[1], /too wide/)
  t.same(settings.current(), { trusted_proxies: ['192.0.2.3'] })
  await t.rejects(trust(['nonsense']), /could not be read again/)
  t.equal(settings.fault(), null)
})
