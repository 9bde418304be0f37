import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeConfig, readConfig } from './lib/config.ts'
import { findStateFolder } from './lib/folders.ts'
import type { Config } from './schemas/config.ts'

// bin/proxmenux-monitor comes here with whatever words it was given; without any it starts server.ts.

function say(text: string, code = 0): number {
  process.stdout.write(`${text.trimEnd()}\n`)
  return code
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}

/** The daemon's own configuration, or its faults told. */
function withConfig(work: (config: Config) => Promise<number>): Promise<number> | number {
  const { config, faults } = readConfig(process.env)
  return config === null ? complain(faults.join('\n'), 2) : work(config)
}

const help = () => say(describeConfig())

const commands: Record<string, () => number | Promise<number>> = {
  '--help': help,
  '-h': help,
  '--version': () => say(JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).version),
  'reset-password': () =>
    withConfig(async ({ configDir }) => {
      const { resetPassword } = await import('./lib/reset-password.ts')
      const { text, code } = await resetPassword(join(configDir, 'auth.json'), join(configDir, '.auth.lock'))
      return code === 0 ? say(text) : complain(text, code)
    }),
  'audit verify': () =>
    withConfig(async (config) => {
      const { verifyAudit } = await import('./lib/audit/verify.ts')
      const folder = findStateFolder(config, process.getuid?.() === 0)
      const { line, code } = verifyAudit(join(folder, 'state.sqlite'))
      return code === 2 ? complain(line, code) : say(line, code)
    })
}

const words = process.argv.slice(2).join(' ')
process.exitCode = Object.hasOwn(commands, words)
  ? await commands[words]!()
  : complain(`proxmenux-monitor: no such command: ${JSON.stringify(words)}\nTry: proxmenux-monitor --help`, 1)
