import { Command, InvalidArgumentError, Option } from 'commander'
import {
  type Permission,
  PermissionSchema,
  type Scope,
  ScopeSchema,
  type UserType,
  UserTypeSchema
} from '../../schemas/auth/permission.ts'
import type { Config } from '../../schemas/foundation/config.ts'
import type { CommandResult } from './result.ts'
import type { CommandStores } from './stores.ts'

export const NAME = 'proxmenux-monitor'

/** A command's work, with the daemon's configuration and this process's environment. */
export type Work = (config: Config, env: NodeJS.ProcessEnv) => Promise<CommandResult>

export interface ProgramOptions {
  version: string
  /** Runs the work of a command and prints its answer. */
  perform: (command: Command, work: Work) => Promise<void>
  /** Becomes the daemon. */
  serve: () => Promise<void>
}

/** The options of all commands. */
interface Options {
  tenant?: string
  yes?: boolean
  recordings?: boolean
  dryRun?: boolean
  undo?: boolean
  address?: string
  from?: string
  user?: string
  all?: boolean
  scope: Scope
  days: number
  type: UserType
  permissions: Permission[]
  lines: number
}

const SESSION_ID = /^[\w-]{22}$/
const ofPanels = (text: string) => `${text} (in a panel only)`
const valuesOf = (schema: { anyOf: readonly { const: string }[] }): string[] => schema.anyOf.map((each) => each.const)

/** The value of an option that is a whole number of at least 1. */
function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of at least 1.')
  return Number(text)
}

function readPermissions(text: string): Permission[] {
  const known = valuesOf(PermissionSchema)
  const named = text.split(',').map((each) => each.trim())
  const unknown = named.find((each) => !known.includes(each))
  if (unknown !== undefined) throw new InvalidArgumentError(`Known permissions are ${known.join(', ')}.`)
  return named as Permission[]
}

/**
 * The commands, their arguments and options: the only source of the help, the manual page and the completion. The code
 * of a command is loaded when it runs.
 */
export function createProgram({ version, perform, serve }: ProgramOptions): Command {
  /** `work` receives the arguments and the options. */
  const run = (work: (args: string[], options: Options) => Work) =>
    async function (this: Command): Promise<void> {
      await perform(this, work(this.processedArgs, this.opts()))
    }
  /** The same for a command on the daemon's stores. */
  const onStores = (
    work: (stores: CommandStores, args: string[], options: Options, config: Config) => Promise<CommandResult>
  ) =>
    run((args, options) => async (config) => {
      const { withStores } = await import('./stores.ts')
      return withStores(config, options.tenant, (stores) => work(stores, args, options, config))
    })
  const add = (parent: Command, usage: string, description: string): Command =>
    parent.command(usage).description(description).option('--json', 'print the answer as JSON')
  const group = (name: string, description: string): Command => program.command(name).description(description)
  const withTenant = (command: Command): Command =>
    command.option('--tenant <slug>', ofPanels('the tenant that is meant; by default the operator'))
  const withYes = (command: Command): Command => command.option('--yes', 'do it without a question')

  const program = new Command(NAME)
    .description('A dashboard and guarded API for Proxmox and Linux hosts.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print the help of a command')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })

  program
    .command('serve')
    .description('Serve the dashboard and the API of this host. This is what happens without a command.')
    .action(serve)

  withYes(
    withTenant(
      add(
        program,
        'reset-password',
        "Delete the owner's login and second factor, so that the dashboard asks for a new account. API tokens and other users stay."
      )
    )
  ).action(
    run(
      (_, { tenant, yes }) =>
        async (config) =>
          (await import('./reset-login.ts')).resetLogin(config, tenant, yes === true)
    )
  )

  const totp = group('totp', 'Two-factor authentication.')
  withTenant(add(totp, 'disable', 'Turn two-factor authentication of a user off, and end the user’s sessions.'))
    .argument('<user>', 'the user name')
    .action(onStores(async (stores, [user]) => (await import('./access.ts')).disableSecondFactor(stores, user!)))

  withTenant(add(program, 'unlock', 'Let a user log in again who was locked out after failed logins.'))
    .argument('<user>', 'the user name')
    .option('--address <address>', 'only the lockout of this address; by default that of every address')
    .action(
      onStores(async (stores, [user], { address }) => (await import('./access.ts')).unlockUser(stores, user!, address))
    )

  const sessions = group('sessions', 'The sessions of all users.')
  withTenant(add(sessions, 'list', 'List the sessions.')).action(
    onStores(async (stores) => (await import('./sessions.ts')).listSessions(stores))
  )
  withTenant(add(sessions, 'end', 'End sessions, and the terminals in them: one by its id, those of a user, or all.'))
    .argument('[id]', 'the id of the session')
    .option('--user <user>', 'all sessions of this user')
    .option('--all', 'all sessions of all users')
    // An id may start with a hyphen.
    .allowUnknownOption()
    .action(async function (this: Command) {
      const [id] = this.processedArgs as [string | undefined]
      const { user, all = false } = this.opts<Options>()
      if ([id, user, all || undefined].filter((each) => each !== undefined).length !== 1)
        this.error('error: name one of a session id, --user and --all')
      if (id?.startsWith('-') && !SESSION_ID.test(id)) this.error(`error: unknown option '${id}'`)
      await onStores(async (stores) => (await import('./sessions.ts')).endSessions(stores, { id, user, all })).call(
        this
      )
    })

  const tokens = group('tokens', 'API tokens.')
  withTenant(add(tokens, 'list', 'List the API tokens of all users.')).action(
    onStores(async (stores) => (await import('./tokens.ts')).listTokens(stores))
  )
  withTenant(add(tokens, 'create', 'Create an API token and print it. It is shown this once only.'))
    .argument('<name>', 'a name, such as that of the program that will use it')
    .addOption(new Option('--scope <scope>', 'what it may do').choices(valuesOf(ScopeSchema)).default('read_only'))
    .addOption(new Option('--days <days>', 'how long it lives, 1 to 365').argParser(readCount).default(365))
    .option('--user <user>', 'the user it acts as; by default the owner')
    .action(
      onStores(async (stores, [name], { scope, days, user }) =>
        (await import('./tokens.ts')).createToken(stores, { name: name!, scope, days, user })
      )
    )
  withTenant(add(tokens, 'revoke', 'Revoke an API token.'))
    .argument('<id>', 'the id of the token')
    .action(onStores(async (stores, [id]) => (await import('./tokens.ts')).endToken(stores, id!)))

  const users = group('users', 'The user accounts.')
  withTenant(add(users, 'list', 'List the users.')).action(
    onStores(async (stores) => (await import('./users.ts')).listUsers(stores))
  )
  withTenant(add(users, 'create', 'Create a user. The password is asked for, or read from standard input.'))
    .argument('<name>', 'the user name')
    .addOption(
      new Option('--type <type>', 'the type of the user').choices(valuesOf(UserTypeSchema)).default('customer')
    )
    .addOption(
      new Option('--permissions <list>', 'permissions, separated by commas')
        .argParser(readPermissions)
        .default([], 'none')
    )
    .action(
      run(([name], { tenant, type, permissions }) => async (config) => {
        const { readNewPassword } = await import('./terminal.ts')
        // Before the stores are opened: meanwhile other commands, and the daemon, use them.
        const wish = { name: name!, password: await readNewPassword(), type, permissions }
        const [{ withStores }, { createUser }] = await Promise.all([import('./stores.ts'), import('./users.ts')])
        return withStores(config, tenant, (stores) => createUser(stores, wish))
      })
    )
  for (const [name, isActive, description] of [
    ['disable', false, 'Keep a user from logging in, and end the user’s sessions.'],
    ['enable', true, 'Let a disabled user log in again.']
  ] as const)
    withTenant(add(users, name, description))
      .argument('<user>', 'the user name')
      .action(onStores(async (stores, [user]) => (await import('./users.ts')).setUserActive(stores, user!, isActive)))
  withTenant(add(users, 'allow', 'Set the networks from which a user may log in; without --from every network.'))
    .argument('<user>', 'the user name')
    .option('--from <networks>', 'addresses and networks, separated by commas')
    .action(
      onStores(async (stores, [user], { from = '' }) => (await import('./users.ts')).allowNetworks(stores, user!, from))
    )

  withYes(
    add(
      program,
      'rotate-secret',
      'Make a new signing secret: all users are logged out, and every API token must be created again.'
    )
  ).action(
    run((_, { yes }) => async (config) => {
      const { rotateSigningSecret } = await import('./access.ts')
      return rotateSigningSecret(config, yes === true)
    })
  )

  withTenant(add(program, 'login-link', 'Print a link that logs a user in once, within five minutes.'))
    .argument('[user]', 'the user name; by default the owner')
    .action(
      onStores(async (stores, [user], _, config) => (await import('./access.ts')).issueLoginLink(stores, config, user))
    )

  const audit = group('audit', 'The security events.')
  withTenant(add(audit, 'tail', 'Print the newest security events.'))
    .addOption(new Option('-n, --lines <count>', 'how many').argParser(readCount).default(20))
    .action(onStores(async (stores, _, { lines }) => (await import('./audit-tail.ts')).tailEvents(stores, lines)))
  add(audit, 'verify', 'Check the audit index for altered or missing entries; in a panel that of each tenant.').action(
    run(() => async (config) => (await import('./verify-audit.ts')).verifyIndex(config))
  )

  add(
    program,
    'backup',
    'Write all state into one file, while the daemon runs or not. The file is as secret as the host.'
  )
    .argument('<file>', 'where to write it')
    .option('--recordings', 'with the recordings of terminals')
    .action(
      run(([file], { recordings }) => async (config) => {
        const { makeBackup } = await import('./backup/backup.ts')
        return makeBackup(config, file!, recordings === true)
      })
    )
  withYes(add(program, 'restore', 'Put a backup back, with the daemon stopped.'))
    .argument('<file>', 'the backup')
    .action(
      run(([file], { yes }) => async (config) => {
        const { restoreBackup } = await import('./backup/restore.ts')
        return restoreBackup(config, file!, yes === true)
      })
    )

  withTenant(
    program
      .command('menu')
      .description('Show a menu on this terminal: status, reset password, two-factor authentication off, unlock.')
  ).action(
    run(
      (_, { tenant }) =>
        async (config, env) =>
          (await import('./menu/menu.ts')).runMenu(config, tenant, env)
    )
  )

  withYes(
    add(
      program,
      'takeover',
      'Replace another ProxMenux Monitor on this host: stop it, keep its login, API tokens, HTTPS settings and avatar, and start this one.'
    )
  )
    .option('--dry-run', 'only show what would be taken over')
    .option('--undo', 'the way back: stop this Monitor, and start the other one with its files as they were')
    .action(
      run((_, { yes = false, dryRun = false, undo = false }) => async (config, env) => {
        const { runTakeover } = await import('./takeover/takeover.ts')
        return runTakeover(config, { isYes: yes, isDryRun: dryRun, isUndo: undo }, env)
      })
    )

  add(program, 'doctor', 'Check port, permissions, clock, certificate, proxy, fail2ban, disk and versions.').action(
    run(() => async (config) => (await import('./doctor/doctor.ts')).examine(config))
  )

  add(program, 'rotate-key', ofPanels("Encrypt a panel's secrets with the first key of MONITOR_ENCRYPTION_KEY")).action(
    run(() => async (config) => (await import('./of-panel.ts')).rotateKey(config))
  )
  withTenant(add(program, 'import', ofPanels("Copy users and API tokens of a Monitor's auth.json into the panel")))
    .argument('[file]', 'the auth.json; by default that of the configuration folder')
    .action(
      run(
        ([file], { tenant }) =>
          async (config) =>
            (await import('./of-panel.ts')).importFile(config, file, tenant)
      )
    )
  return program
}
