import t, { type Test } from 'tap'
import { build, PASSWORD, setUp } from '../helper.ts'
import { missing, openBrowser, openPage, overflowOf, violationsOf } from './chromium.ts'

async function serve(t: Test, overrides: Parameters<typeof build>[1] = {}) {
  const app = await build(t, overrides)
  return { app, base: await app.listen({ host: '127.0.0.1', port: 0 }) }
}

t.test('from first launch to a route that is tried out, and in again after a reload', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults, refusals } = await openPage(await openBrowser(t), base)

  await page.goto(base)
  await page.getByText('Not protected yet').waitFor()
  t.same(await violationsOf(page), [])
  await page.getByRole('link', { name: 'Protect this host' }).click()

  await page.getByRole('heading', { name: 'Protect your dashboard?' }).waitFor()
  t.same(await violationsOf(page), [])
  await page.getByRole('textbox', { name: 'Username' }).fill('admin')
  const password = page.locator('input[autocomplete=new-password]')
  t.equal(await password.getAttribute('type'), 'password')
  await password.fill('short')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.locator('#setup-form .message:not(:empty)').waitFor()
  await password.fill(PASSWORD)
  await password.press('Enter')

  await page.getByRole('heading', { name: 'API reference' }).waitFor()
  const route = page.locator('.opblock').filter({ hasText: 'Vital signs of this host' })
  await route.locator('.opblock-summary').click()
  await route.getByRole('button', { name: 'Try it out' }).click()
  await route.getByRole('button', { name: 'Execute' }).click()
  const answer = route.locator('.live-responses-table .highlight-code, .live-responses-table pre.microlight').first()
  await answer.waitFor()
  t.match(await answer.textContent(), /"memory_total": [\d.]+/)
  t.same(refusals, ['400 /api/auth/setup'])

  t.same(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]'), [0, 0, ''])
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  t.same(await violationsOf(page), [])
  await page.getByRole('textbox', { name: 'Username' }).fill('admin')
  await page.locator('input[autocomplete=current-password]').fill('Wrong-Horse-7')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('#login-form .message:not(:empty)').waitFor()
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'API reference' }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  t.same(faults, [])
})

t.test('without protection the reference opens by itself, after a plain warning', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  const { page, faults } = await openPage(await openBrowser(t), base)
  await page.goto(`${base}/api/docs`)
  await page.getByRole('button', { name: 'Continue without protection' }).click()
  t.equal(app.authStore.snapshot().mode, 'unconfigured', 'a second click decides')
  t.same(await violationsOf(page), [])
  await page.getByRole('button', { name: 'Leave it open to everyone' }).click()
  await page.getByRole('heading', { name: 'API reference' }).waitFor()
  t.equal(app.authStore.snapshot().mode, 'declined')
  await page.goto(base)
  await page
    .getByText(/open to everyone/i)
    .first()
    .waitFor()
  t.same(await violationsOf(page), [])
  t.same(faults, [])
})

t.test('a limit is told with a countdown', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, { rateLimitLogin: 2 })
  await setUp(app)
  const { page } = await openPage(await openBrowser(t), base)
  await page.goto(`${base}/api/docs`)
  for (let i = 0; i < 2; i++) {
    await page.getByRole('textbox', { name: 'Username' }).fill('admin')
    await page.locator('input[autocomplete=current-password]').fill('Wrong-Horse-7')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForTimeout(800)
  }
  await page.getByRole('button', { name: /^Wait \d+/ }).waitFor()
})

for (const colorScheme of ['light', 'dark'] as const) {
  t.test(`on a phone, ${colorScheme}: nothing sticks out and all can be read`, { skip: missing }, async (t) => {
    const { app, base } = await serve(t)
    const { page, faults } = await openPage(await openBrowser(t), base, {
      viewport: { width: 360, height: 740 },
      colorScheme
    })
    const looks = async (url: string, heading: string) => {
      await page.goto(base + url)
      await page.getByText(heading).first().waitFor()
      t.equal(await overflowOf(page), 0, `${url} ${heading}`)
      t.same(await violationsOf(page), [], `${url} ${heading}`)
    }
    await looks('/', 'Not protected yet')
    await looks('/api/docs', 'Protect your dashboard?')
    await setUp(app)
    await looks('/', 'Protected')
    await looks('/api/docs', 'Sign in')
    await page.getByRole('textbox', { name: 'Username' }).fill('admin')
    await page.locator('input[autocomplete=current-password]').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'API reference' }).waitFor()
    await page.locator('.opblock').first().waitFor()
    t.equal(await overflowOf(page), 0, 'the reference')
    t.same(faults, [])
  })
}
