import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import { freePorts } from '../edge/programs.ts'
import { PASSWORD } from '../support/app.ts'
import { panelMissing } from '../support/panel-app.ts'
import { button, field, heading, missing as missingScreens } from './screens.ts'

/** Why pages of a panel are not tested here; on CI they must be. */
export const missing = missingScreens || panelMissing

/** Browsers and the daemon both resolve names under localhost to this machine. */
export const DOMAIN = 'panel.localhost'

/** A port for a replica that must know its own address before it listens. */
export const freePort = async (): Promise<number> => (await freePorts('port')).port

/** Listens; the address of the operator's page, or of a tenant's. */
export async function listen(app: FastifyInstance, port = 0): Promise<(slug?: string) => string> {
  const { port: bound } = new URL(await app.listen({ host: '127.0.0.1', port }))
  return (slug) => `http://${slug === undefined ? '' : `${slug}.`}${DOMAIN}:${bound}/`
}

/** Answers the confirmation dialog. */
export async function confirm(page: Page): Promise<void> {
  await heading(page, 'Confirm your identity').waitFor()
  await field(page, 'Password').fill(PASSWORD)
  await button(page, 'Confirm').click()
}
