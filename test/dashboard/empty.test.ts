import type { Page } from 'playwright-core'
import t from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { createOwner, missing } from './screens.ts'

const REASON = 'the source does not answer'
const sample = { timestamp: null, stale: false, age_seconds: null }
const fail2ban = {
  installed: true,
  active: false,
  jail: 'proxmenux',
  checked_at: null,
  currently_banned: null,
  total_banned: null,
  currently_failed: null,
  total_failed: null,
  banned: [],
  settings: null
}
const logs = { logs: [], source: 'journal', next: null, complete: false }
const updates = {
  available_updates: 0,
  security_updates: 0,
  new_packages: 0,
  updates: [],
  removed: [],
  lists_refreshed_at: null,
  reboot_required: false,
  monitor: {
    installed_version: null,
    candidate_version: null,
    update_available: null,
    restart_required: null,
    reason: 'not packaged'
  }
}

/** Lists without entries. `says` is what the page may say of one that was read; `what` finds it. */
const lists = [
  {
    place: 'security/fail2ban',
    path: '**/api/security/fail2ban/details',
    unread: { ...fail2ban, state: 'unreachable' },
    read: { ...fail2ban, state: 'ok', checked_at: new Date().toISOString() },
    says: 'No banned addresses'
  },
  { place: 'logs', path: '**/api/logs?**', unread: logs, read: { ...logs, complete: true }, says: 'No entries' },
  {
    place: 'guests',
    path: '**/api/guests',
    unread: { guests: [], ...sample },
    read: { guests: [], ...sample },
    says: 'No guests'
  },
  {
    place: '',
    path: '**/api/updates',
    unread: { ...updates, ...sample },
    read: { ...updates, ...sample, lists_refreshed_at: new Date().toISOString() },
    says: 'Up to date'
  }
]

const answer = (page: Page, path: string, json: object, reason: string | null) =>
  page.route(path, (route) => route.fulfill({ json: { success: true, ...json, reason } }))

t.test('an empty list is empty only if it was read; otherwise its place says why', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults } = await openPage(t, base)
  // Without a stream each topic is asked for by its route.
  await page.routeWebSocket('**/ws/live**', (socket) => socket.close())
  await createOwner(page, base)
  for (const { place, path, unread, read, says } of lists) {
    await answer(page, path, unread, REASON)
    await page.goto('about:blank')
    await page.goto(`${base}/#/${place}`)
    await page.getByText('The source does not answer.').first().waitFor()
    t.equal(await page.getByText(says, { exact: true }).count(), 0, `${place}: nothing is asserted`)
    await page.unroute(path)
    await answer(page, path, read, null)
    await page.goto('about:blank')
    await page.goto(`${base}/#/${place}`)
    await page.getByText(says, { exact: true }).waitFor()
    t.equal(await page.getByText('The source does not answer.').count(), 0, place)
    await page.unroute(path)
  }
  t.same(faults, [])
})
