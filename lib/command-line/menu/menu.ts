import type { Config } from '../../../schemas/foundation/config.ts'
import type { Account } from '../../auth/accounts.ts'
import { plainFault } from '../../startup/plain-fault.ts'
import { disableSecondFactor, unlockUser } from '../access.ts'
import { resetLogin } from '../reset-login.ts'
import type { CommandResult } from '../result.ts'
import { withStores } from '../stores.ts'
import { printable } from '../table.ts'
import { type Dialogs, openDialogs } from './dialogs.ts'
import { describeStatus } from './status.ts'

/** What a choice does; null where the user went back. */
type Action = (config: Config, tenant: string | undefined, dialogs: Dialogs) => Promise<string | null>

const nameOf = ({ username }: Account): string => printable(username)

const outputOf = ({ text, warning }: CommandResult): string => [text, ...(warning ? [warning] : [])].join('\n\n')

/** Asks for one of the users that fit; null if the user went back. Throws an Error with one line if none fits. */
async function chooseUser(
  config: Config,
  tenant: string | undefined,
  dialogs: Dialogs,
  { question, fits, none }: { question: string; fits: (account: Account) => boolean; none: string }
): Promise<Account | null> {
  let accounts: Account[] = []
  // The stores are closed while the menu waits: meanwhile other commands, and the daemon, use them.
  await withStores(config, tenant, async ({ auth }) => {
    accounts = (await auth.listAccounts()).filter(fits)
    return { text: '', code: 0 }
  })
  if (accounts.length === 0) throw new Error(none)
  // A number is the tag: a user name may be any text.
  const choices = accounts.map((account, i) => ({ tag: String(i + 1), text: nameOf(account) }))
  const tag = await dialogs.choose(question, choices, 'Back')
  return tag === null ? null : accounts[Number(tag) - 1]!
}

const resetPassword: Action = async (config, tenant, { confirm }) => {
  const question = `Delete the owner's login and second factor, and end the owner's sessions?

The first visitor of the dashboard then creates the new account. API tokens and other users stay.`
  return (await confirm(question)) ? outputOf(await resetLogin(config, tenant, true)) : null
}

const disableTotp: Action = async (config, tenant, dialogs) => {
  const account = await chooseUser(config, tenant, dialogs, {
    question: 'Turn two-factor authentication off of:',
    fits: ({ totpSecret }) => totpSecret !== null,
    none: 'No user has two-factor authentication.'
  })
  if (account === null) return null
  const question = `Turn two-factor authentication of ${nameOf(account)} off, and end the user's sessions?`
  if (!(await dialogs.confirm(question))) return null
  return outputOf(await withStores(config, tenant, (stores) => disableSecondFactor(stores, account.username)))
}

const unlock: Action = async (config, tenant, dialogs) => {
  const account = await chooseUser(config, tenant, dialogs, {
    question: 'Unlock:',
    fits: () => true,
    none: 'There is no user yet. Open the dashboard to create the account.'
  })
  if (account === null || !(await dialogs.confirm(`Forget the failed logins of ${nameOf(account)}?`))) return null
  return outputOf(await withStores(config, tenant, (stores) => unlockUser(stores, account.username, undefined)))
}

const actions: Record<string, { text: string; work: Action }> = {
  status: { text: 'Show status', work: (config, tenant) => describeStatus(config, tenant) },
  password: { text: 'Reset password', work: resetPassword },
  '2fa': { text: 'Turn two-factor authentication off', work: disableTotp },
  unlock: { text: 'Unlock a user after failed logins', work: unlock }
}

/** `menu`: the commands for recovery as dialogs, until the user leaves. */
export async function runMenu(
  config: Config,
  tenant: string | undefined,
  env: NodeJS.ProcessEnv
): Promise<CommandResult> {
  const dialogs = openDialogs(env)
  const choices = Object.entries(actions).map(([tag, { text }]) => ({ tag, text }))
  for (;;) {
    const tag = await dialogs.choose('What do you want to do?', choices, 'Exit')
    if (tag === null) return { text: '', code: 0 }
    const message = await actions[tag]!.work(config, tenant, dialogs).catch((error) => plainFault(error))
    if (message !== null) await dialogs.tell(message)
  }
}
