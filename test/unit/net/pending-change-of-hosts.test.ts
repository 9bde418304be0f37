import t from 'tap'
import { createPendingChanges } from '../../../lib/net/pending-change.ts'
import type { SettingsFile } from '../../../schemas/foundation/settings-file.ts'

t.test('hosts that share settings each revert their own HTTPS, and any host reverts the other settings', async (t) => {
  let shared: SettingsFile = {}
  let now = Date.UTC(2026, 3, 1)
  const store = {
    current: () => shared,
    async update<T>(edit: (draft: SettingsFile) => T): Promise<T> {
      const draft = structuredClone(shared)
      const result = edit(draft)
      shared = draft
      return result
    }
  }
  const open = (hostId: string, proxies: { value: string }) => {
    const tls = { value: 'off' }
    const own = (setting: { value: string }) => ({
      read: () => setting.value,
      write: async (value: unknown) => {
        setting.value = value as string
      }
    })
    const changes = createPendingChanges({
      store,
      hostId,
      now: () => now,
      monotonicNow: () => 0,
      onReverted: () => {},
      onRevertFailed: (_, error) => t.fail(String(error))
    })
    changes.own('tls', own(tls))
    changes.own('trusted_proxies', own(proxies))
    t.teardown(() => changes.close())
    return { changes, tls }
  }
  const proxies = { value: 'none' }
  const [a, b] = [open('a', proxies), open('b', proxies)]
  const pass = (ms: number) => {
    now += ms
  }

  await a.changes.make({ setting: 'tls', seconds: 30, by: 1 }, async () => {
    a.tls.value = 'on'
  })
  t.match(await b.changes.confirm(() => {}), { ok: false, code: 'CONFLICT' })
  t.match(await b.changes.cancel(() => {}), { ok: false, code: 'CONFLICT' })
  pass(31_000)
  await b.changes.start()
  t.equal(a.tls.value, 'on')
  t.ok(shared.pending_change, 'the other host leaves it to the first')
  await a.changes.start()
  t.equal(a.tls.value, 'off')
  t.equal(shared.pending_change, undefined)

  await a.changes.make({ setting: 'trusted_proxies', seconds: 30, by: 1 }, async () => {
    proxies.value = 'some'
  })
  pass(31_000)
  await b.changes.start()
  t.equal(proxies.value, 'none', 'a shared setting is reverted by any host')
  t.equal(shared.pending_change, undefined)
})
