import t from 'tap'
import { openPage } from '../browser/chromium.ts'
import { openHost } from '../cli/rig.ts'
import { button, missing, seeOverview } from './screens.ts'

t.test('a link of the command line opens the dashboard once', { skip: missing }, async (t) => {
  const host = await openHost(t)
  const { json } = await host.command('login-link --json')
  const link = `${host.daemon.url}/${new URL(String(json.url)).hash}`
  const { page } = await openPage(t, host.daemon.url)
  await page.goto(link)
  await seeOverview(page)
  t.notMatch(page.url(), 'sign-in')
  const other = (await openPage(t, host.daemon.url)).page
  await other.goto(link)
  await other.getByText('This link was used before or has expired. Log in.').waitFor()
  t.equal(await button(other, 'Log in').count(), 1)
})
