import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeConfig, readConfig } from './lib/startup/config.ts'
import { findStateFolder, STATE_FILE } from './lib/startup/folders.ts'
import { readVersion } from './lib/startup/locations.ts'
import { plainFault } from './lib/startup/plain-fault.ts'
import type { Config } from './schemas/foundation/config.ts'

// bin/proxmenux-monitor runs this file if it has arguments; without arguments it starts server.ts.

function say(text: string, code = 0): number {
  process.stdout.write(`${text.trimEnd()}\n`)
  return code
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}

/** Runs `work` with the daemon's configuration; prints the faults of an invalid one and returns 2. */
function withConfig(work: (config: Config) => Promise<number>): Promise<number> | number {
  const { config, faults } = readConfig(process.env)
  return config === null ? complain(faults.join('\n'), 2) : work(config)
}

const print = ({ text, code }: { text: string; code: number }) => (code === 0 ? say(text) : complain(text, code))

/** The argument and the option that a command takes. */
interface Arguments {
  file?: string | undefined
  tenant?: string | undefined
}
interface Command {
  takes?: readonly (keyof Arguments)[]
  run: (given: Arguments) => number | Promise<number>
}

/** For a command of a panel: refused on a single host. */
const withPanelConfig = (name: string, work: (config: Config) => Promise<number>) =>
  withConfig(async (config) => {
    if (config.databaseUrl !== '') return work(config)
    return complain(`${name}: this host is not part of a panel: MONITOR_DATABASE_URL is not set`, 1)
  })

const help: Command = { run: () => say(describeConfig()) }

const commands: Record<string, Command> = {
  '--help': help,
  '-h': help,
  '--version': { run: () => say(readVersion()) },
  'reset-password': {
    takes: ['tenant'],
    run: ({ tenant }) =>
      withConfig(async (config) => {
        if (config.databaseUrl !== '') {
          const { resetPanelPassword } = await import('./lib/storage/panel/commands/reset-password.ts')
          return print(await resetPanelPassword(config, tenant))
        }
        if (tenant !== undefined) return complain('reset-password: this host has no tenants; leave --tenant out', 1)
        const { resetPassword } = await import('./lib/auth/reset-password.ts')
        const { configDir } = config
        return print(await resetPassword(join(configDir, 'auth.json'), join(configDir, '.auth.lock')))
      })
  },
  'audit verify': {
    run: () =>
      withConfig(async (config) => {
        if (config.databaseUrl !== '') {
          const { verifyPanelChains } = await import('./lib/storage/panel/commands/verify-audit.ts')
          const { text, code } = await verifyPanelChains(config)
          return code === 2 ? complain(text, code) : say(text, code)
        }
        const { verifyAudit } = await import('./lib/audit/verify.ts')
        const { line, code } = verifyAudit(join(findStateFolder(config), STATE_FILE))
        return code === 2 ? complain(line, code) : say(line, code)
      })
  },
  'rotate-key': {
    run: () =>
      withPanelConfig('rotate-key', async (config) => {
        const { rotatePanelKey } = await import('./lib/storage/panel/commands/rotate-key.ts')
        return print(await rotatePanelKey(config))
      })
  },
  import: {
    takes: ['file', 'tenant'],
    run: ({ file, tenant }) =>
      withPanelConfig('import', async (config) => {
        const { importAuthFile } = await import('./lib/storage/panel/commands/import.ts')
        return print(await importAuthFile(config, file ?? join(config.configDir, 'auth.json'), tenant))
      })
  }
}

/** The command that the words name, and what it takes; null if they name none. */
function parse(words: string[]): { name: string; command: Command; given: Arguments } | null {
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((each) => Object.hasOwn(commands, each))
  if (name === undefined) return null
  const command = commands[name]!
  const takes = (what: keyof Arguments) => command.takes?.includes(what) === true
  try {
    const { values, positionals } = parseArgs({
      args: words.slice(name.split(' ').length),
      options: takes('tenant') ? { tenant: { type: 'string' } } : {},
      allowPositionals: takes('file')
    })
    const [file, ...others] = positionals
    return others.length > 0 ? null : { name, command, given: { file, ...values } }
  } catch {
    // parseArgs throws at an option or an argument that the command does not take.
    return null
  }
}

// Exit codes (contract 13): 0 success, 1 refused or not found, 2 wrong usage or invalid configuration.
async function run(words: string[]): Promise<number> {
  const parsed = parse(words)
  if (parsed === null) {
    const all = JSON.stringify(words.join(' '))
    return complain(`proxmenux-monitor: unknown command ${all}. Try: proxmenux-monitor --help`, 2)
  }
  try {
    return await parsed.command.run(parsed.given)
  } catch (error) {
    return complain(`${parsed.name}: ${plainFault(error)}`, 1)
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // EPIPE: the reader closed the pipe, as `head` does.
  process.exit(error.code === 'EPIPE' ? process.exitCode : complain(`cannot write the output: ${plainFault(error)}`, 1))
})
process.exitCode = await run(process.argv.slice(2))
