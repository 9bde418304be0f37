import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { missing as missingChromium } from '../browser/chromium.ts'
import { missing as missingProgram } from '../edge/programs.ts'
import { PASSWORD } from '../support/app.ts'

const built = existsSync(resolve(import.meta.dirname, '../../dashboard/dist/files.json'))

/** Why the dashboard cannot be tested here; on CI it must. */
export const missing = missingChromium || (built || process.env.CI ? false : 'needs the dashboard: npm run build')
export const missingOathtool = missing || missingProgram('/usr/bin/oathtool', 'oathtool')

/** What a phone shows at a time, in milliseconds since the epoch. */
export const oathtool = (secret: string, at = Date.now()): string =>
  execFileSync('oathtool', ['--totp', '--base32', '--now', `@${Math.floor(at / 1000)}`, secret], {
    encoding: 'utf8'
  }).trim()

export const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
export const account = (page: Page) => page.getByRole('button', { name: /^Account of / })

export async function fillOwner(page: Page, username = 'admin', password = PASSWORD): Promise<void> {
  await field(page, 'Username').fill(username)
  await field(page, 'Password').fill(password)
  await field(page, 'Confirm password').fill(password)
}

/** From the first launch to the overview, by the form. */
export async function createOwner(page: Page, base: string): Promise<void> {
  await page.goto(base)
  await button(page, 'Yes, Setup Password').click()
  await fillOwner(page)
  await button(page, 'Save and open the dashboard').click()
  await seeOverview(page)
}

export async function logIn(page: Page, username = 'admin', password = PASSWORD): Promise<void> {
  await heading(page, 'Log in').waitFor()
  await field(page, 'Username').fill(username)
  await field(page, 'Password').fill(password)
  await button(page, 'Log in').click()
}

/** The overview is there, with numbers of this machine. */
export async function seeOverview(page: Page): Promise<void> {
  await heading(page, 'Overview').waitFor()
  await page.getByText(/^Updated \d/).waitFor()
}

export async function logOut(page: Page): Promise<void> {
  await account(page).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await page.getByText('You are logged out.').waitFor()
}
