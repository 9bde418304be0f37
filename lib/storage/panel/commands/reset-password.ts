import { OWNER_ID, ownerOf } from '../../../auth/accounts.ts'
import { backToFirstLaunch } from '../../../auth/first-launch.ts'
import { OPERATOR } from '../../../auth/tenants.ts'
import { type CommandResult, done, refused } from '../../../command-line/result.ts'
import { changeAccounts } from '../account-changes.ts'
import { createPanelSessionStore } from '../session-store.ts'
import { findTenant, type PanelConfig, withChangingPanel } from './with-panel.ts'

/**
 * `reset-password`: back to the first launch of the operator's tenant or another. Clears the owner's login, second factor
 * and allow-list, and ends the owner's sessions. The secret, API tokens and other users stay.
 */
export const resetPanelPassword = (config: PanelConfig, slug: string | undefined): Promise<CommandResult> =>
  withChangingPanel(config, async ({ redis, ...panel }) => {
    const tenant = await findTenant(panel.database, slug)
    if (tenant === null) return refused(`reset-password: there is no tenant ${JSON.stringify(slug)}`)
    const { id, who } = tenant
    const sessions = createPanelSessionStore({ ...panel, redis, tenant: () => id })
    // Before the login, so that an error here leaves it as it was.
    await sessions.endAll(OWNER_ID)
    const name = await changeAccounts(panel, id, { accounts: [OWNER_ID] }, (draft) => {
      const owner = ownerOf(draft)
      if (owner !== null) backToFirstLaunch(draft)
      return owner?.username ?? null
    })
    if (name === null) return refused(`reset-password: ${who} has no login to reset`)
    const next =
      id === OPERATOR
        ? 'Open the dashboard now: the first visitor creates the new account.'
        : `Now renew its setup code (POST /api/tenants/${id}/setup-code): the new account is created with it.`
    return done(`The login ${JSON.stringify(name)} of ${who} is gone. ${next}\nAPI tokens and other users stay.`)
  })
