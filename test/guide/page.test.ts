import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { renderGuide } from '../../dashboard/guide-page.ts'
import { inspect, missing, openPage, serve } from '../browser/chromium.ts'
import { startProxy } from '../browser/proxy.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(resolve(root, file), 'utf8')

t.test('the guide is readable before the login, under a sub-path, by everybody', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const mounted = await startProxy(t, base, { mount: '/tools/monitor' })
  const { page, faults, refusals } = await openPage(t, mounted, { javaScriptEnabled: true })
  await page.goto(`${mounted}/`)
  const link = page.getByRole('link', { name: 'About the first launch' })
  t.equal(await link.getAttribute('href'), `${mounted}/guide#first-launch`)
  const [guide] = await Promise.all([page.waitForEvent('popup'), link.click()])
  const heading = guide.getByRole('heading', { name: 'First launch', exact: true })
  await heading.waitFor()
  t.ok((await heading.boundingBox())!.y < 200, 'it opens at the heading')
  await inspect(t, guide, 'the guide')
  for (const picture of await guide.getByRole('main').getByRole('img').all()) {
    await picture.scrollIntoViewIfNeeded()
    t.ok(await picture.evaluate((img) => (img as unknown as { decode(): Promise<void> }).decode().then(() => true)))
  }
  await guide.getByRole('link', { name: 'Troubleshooting' }).click()
  t.match(guide.url(), /\/guide#troubleshooting$/)
  await guide.getByRole('link', { name: 'ProxMenux Monitor' }).click()
  await guide.getByRole('heading', { name: 'Protect Your Dashboard?' }).waitFor()
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('without JavaScript it is the same page', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults } = await openPage(t, base, { javaScriptEnabled: false })
  await page.goto(`${base}/guide#lost-password`)
  await page.getByText('proxmenux-monitor reset-password').first().waitFor()
  t.same(faults, [])
})

t.test('every link to the guide leads to a heading', async (t) => {
  const { html } = renderGuide()
  const anchors = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, anchor]) => anchor))
  const sources = globSync('dashboard/src/**/*.tsx', { cwd: root }).map(read)
  const linked = sources.flatMap((source) => [
    ...[...source.matchAll(/(?:<GuideLink section|\bhelp)="([^"]+)"/g)].map(([, section]) => section!),
    ...[...(/guideSections[^{]*\{([^}]*)\}/.exec(source)?.[1] ?? '').matchAll(/: '([^']+)'/g)].map(([, it]) => it!)
  ])
  t.ok(linked.length >= 22)
  for (const section of linked) t.ok(anchors.has(section), section)
})

t.test('a guide that the page cannot show ends the build', async (t) => {
  for (const [text, fault] of [
    ['## One\n\n[x](#two)', 'no heading two'],
    ['## One\n\n## One', 'two headings'],
    ['A <b>word</b>', 'raw HTML'],
    ['[x](../deploy/nginx)', 'leads to ../deploy/nginx'],
    ['[x](javascript:alert(1))', 'leads to javascript:alert(1)'],
    ['![x](screenshots/no-such.png)', 'no such file']
  ] as const)
    t.throws(() => renderGuide(text), { message: new RegExp(fault.replaceAll(/[().]/g, '\\$&')) }, text)
})

t.test('every section of the guide has its heading', async (t) => {
  const { html } = renderGuide()
  const headings = [...html.matchAll(/<h[23] id="([^"]+)"/g)].map(([, id]) => id)
  for (const id of [
    ...[
      'reaching-the-dashboard',
      'first-launch',
      'users',
      'avatar-and-profile',
      'login-and-sessions',
      'what-is-stored'
    ],
    ...[
      'lost-password',
      'choose-an-app',
      'turn-it-on',
      'lost-authenticator',
      'codes-are-refused',
      'api-tokens',
      'https'
    ],
    ...['reading-health', 'guests', 'alerts', 'home-assistant', 'self-signed-certificate'],
    ...['secure-gateway', 'nginx', 'caddy', 'traefik', 'under-a-path-of-another-site', 'audit-log', 'fail2ban'],
    ...['the-first-launch-dialog-does-not-appear', 'an-api-token-gets-401', 'the-terminal-disconnects-every-minute']
  ])
    t.ok(headings.includes(id), id)
})
