import { join } from 'node:path'
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

const help = () => say(describeConfig())

const commands: Record<string, () => number | Promise<number>> = {
  '--help': help,
  '-h': help,
  '--version': () => say(readVersion()),
  'reset-password': () =>
    withConfig(async ({ configDir }) => {
      const { resetPassword } = await import('./lib/auth/reset-password.ts')
      const { text, code } = await resetPassword(join(configDir, 'auth.json'), join(configDir, '.auth.lock'))
      return code === 0 ? say(text) : complain(text, code)
    }),
  'audit verify': () =>
    withConfig(async (config) => {
      const { verifyAudit } = await import('./lib/audit/verify.ts')
      const { line, code } = verifyAudit(join(findStateFolder(config), STATE_FILE))
      return code === 2 ? complain(line, code) : say(line, code)
    })
}

// Exit codes (contract 13): 0 success, 1 refused or not found, 2 wrong usage or invalid configuration.
async function run(words: string): Promise<number> {
  if (!Object.hasOwn(commands, words))
    return complain(`proxmenux-monitor: unknown command ${JSON.stringify(words)}. Try: proxmenux-monitor --help`, 2)
  try {
    return await commands[words]!()
  } catch (error) {
    return complain(`${words}: ${plainFault(error)}`, 1)
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // EPIPE: the reader closed the pipe, as `head` does.
  process.exit(error.code === 'EPIPE' ? process.exitCode : complain(`cannot write the output: ${plainFault(error)}`, 1))
})
process.exitCode = await run(process.argv.slice(2).join(' '))
