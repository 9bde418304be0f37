import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { bearer, setUp } from '../support/app.ts'
import { makeImage } from '../support/images.ts'
import { account, button, field, heading, logIn, missing, seeOverview } from './screens.ts'

t.test('name and avatar are changed, and the header follows', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  const headers = bearer(await setUp(app))
  const profile = async () => (await app.inject({ url: '/api/auth/profile', headers })).json()
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(base)
  await logIn(page)
  await seeOverview(page)
  await account(page).click()
  t.same(await page.getByRole('menuitem').allInnerTexts(), ['Security', 'Settings', 'Profile', 'Log out'])
  await page.getByRole('menuitem', { name: 'Profile' }).click()
  await heading(page, 'Profile').waitFor()
  await inspect(t, page, 'a profile without anything')

  await button(page, 'Edit display name').click()
  await field(page, 'Display name').fill('a'.repeat(65))
  await button(page, 'Save').click()
  await page.getByText('Enter at most 64 characters.').waitFor()
  await field(page, 'Display name').fill(' Ada Lovelace ')
  await field(page, 'Display name').press('Enter')
  await page.getByText('Display name saved.').waitFor()
  await button(page, 'Account of Ada Lovelace').waitFor()

  const choose = async (buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer })
  await choose(Buffer.from('no image'))
  await page.getByText('This file is not a supported image. Choose a PNG, JPEG, WebP or GIF file.').waitFor()
  const accepted = (await page.locator('input[type=file]').getAttribute('accept'))!.split(',')
  for (const name of ['.jfif', 'image/pjpeg']) t.ok(accepted.includes(name), `the file dialog offers ${name}`)
  const jpeg = await makeImage('image/jpeg')
  const shown = page.getByRole('application').locator('img')
  let before: string | null = null
  for (const mimeType of ['image/pjpeg', 'image/jpg', 'application/octet-stream', '']) {
    await page.locator('input[type=file]').setInputFiles({ name: 'photo.jfif', mimeType, buffer: jpeg })
    await page.locator(`[role=application] img:not([src="${before}"])`).waitFor()
    before = await shown.getAttribute('src')
  }
  await choose(await makeImage('image/png'))
  await page.getByRole('slider', { name: 'Zoom' }).fill('2')
  await inspect(t, page, 'an image to be cut')
  await button(page, 'Save avatar').click()
  await page.getByText('Avatar saved.').waitFor()
  await account(page).locator('img').waitFor()
  t.match(await profile(), { display_name: 'Ada Lovelace', has_avatar: true })
  await inspect(t, page, 'a profile')

  await choose(await makeImage('image/png', 90, 90))
  await button(page, 'Cancel').click()
  await button(page, 'Remove avatar').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove avatar' }).click()
  await page.getByText('Avatar removed.').waitFor()
  await account(page).locator('img').waitFor({ state: 'detached' })
  t.match(await profile(), { has_avatar: false })
  t.same(refusals, [])
  t.same(faults, [])
})
