import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { temporaryFolder } from '../support/app.ts'
import { createOwner, missing } from './screens.ts'

const HOUR_MS = 3_600_000

for (const [name, hours] of [
  ['behind', -3],
  ['ahead', 3]
] as const) {
  t.test(`a visitor’s clock that is three hours ${name} moves no span of time`, { skip: missing }, async (t) => {
    const folder = await temporaryFolder(t)
    const logDir = join(folder, 'log')
    mkdirSync(logDir)
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
    writeFileSync(
      join(logDir, 'syslog'),
      `${at(90)} pve1 sshd[800]: an older entry\n${at(10)} pve1 sshd[801]: a recent entry\n`
    )
    const journal = { logDir, runDir: join(folder, 'run'), etcDir: join(folder, 'etc') }
    const { base } = await serve(t, {}, { folder, journal })
    const { page, faults } = await openPage(t, base)
    await page.clock.install({ time: Date.now() + hours * HOUR_MS })
    await createOwner(page, base)
    // The charts of the last hour have what the host has just measured.
    await page.locator('.uplot canvas').first().waitFor()

    await page.goto(`${base}/#/logs/any/3600/-/-`)
    const entries = page.getByRole('list', { name: 'Log entries' }).getByRole('listitem')
    await entries.first().waitFor()
    t.same(await entries.count(), 1)
    t.match(await entries.first().textContent(), /a recent entry/)

    await page.goto(`${base}/#/security/sessions`)
    await page.locator('time:visible').filter({ hasText: /^now$/ }).first().waitFor()
    t.equal(await page.getByText(/\d hours? ago|in \d hours?/).count(), 0)
    t.same(faults, [])
  })
}
