import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { createProxmox } from '../support/proxmox/proxmox.ts'
import { expireConfirmations } from '../support/sessions.ts'
import { button, field, heading, logIn } from './screens.ts'

/** A daemon on a small Proxmox VE in a folder. */
export async function serveGateway(t: Test) {
  const folder = await temporaryFolder(t)
  mkdirSync(join(folder, 'proxmox'))
  const proxmox = createProxmox({ folder: join(folder, 'proxmox') })
  const vitals = { shareDir: proxmox.share, hostname: () => 'pve1' }
  const served = await serve(t, {}, { folder, vitals, gateway: { programs: proxmox.programs, node: 'pve1' } })
  return { proxmox, ...served }
}

/** Such a daemon, and its tab "Secure Gateway" as the owner sees it. */
export async function openGateway(t: Test) {
  const served = await serveGateway(t)
  await setUp(served.app)
  const opened = await openPage(t, served.base)
  // Each program of the stand-in is a process of its own, and the state is read every 15 seconds.
  await opened.page.goto(`${served.base}/#/security/gateway`)
  await logIn(opened.page)
  await heading(opened.page, 'Secure Gateway').waitFor()
  // The login confirms changes for five minutes.
  await expireConfirmations(served.app)
  return { ...served, ...opened }
}

export const next = (page: Page) => button(page, 'Next').click()
export const seeStep = (page: Page, name: string) => heading(page, name).and(page.locator(':focus')).waitFor()

export async function confirm(page: Page, password = PASSWORD): Promise<void> {
  await heading(page, 'Confirm your identity').waitFor()
  await field(page, 'Password').fill(password)
  await button(page, 'Confirm').click()
}

/** From the explanation to the review, with what is chosen already. */
export async function fillWizard(page: Page, authKey: string): Promise<void> {
  await button(page, 'Set up Secure Gateway').click()
  await seeStep(page, 'Container')
  await next(page)
  await seeStep(page, 'Auth key')
  await field(page, 'Auth key').fill(authKey)
  await next(page)
  await seeStep(page, 'Networks')
  await next(page)
  await seeStep(page, 'Review')
}

export const badge = (page: Page, text: string) => page.getByText(text, { exact: true })
/** The state of a step of the job that is shown. */
export const step = (page: Page, name: string, state: string) =>
  page.getByRole('listitem').filter({ hasText: name }).getByText(state, { exact: true })

/** Everything of a tab in which a key could be left. */
export const leftIn = (page: Page): Promise<string> =>
  page.evaluate(
    `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state, document.cookie,
      document.documentElement.outerHTML, [...document.querySelectorAll('input, textarea')].map(({ value }) => value)])`
  )
