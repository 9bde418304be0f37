import { createProgram, type Ending, type RunOptions } from '../programs/program.ts'

/** A command failed; the message says why, in words for the operator. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** Paths or names of Proxmox VE's programs; tests replace them. */
export interface ProxmoxPrograms {
  pct?: string
  pveam?: string
  pvesh?: string
  /** Replaces the timeout of each run, milliseconds. */
  timeoutMs?: number
}
type Name = 'pct' | 'pveam' | 'pvesh'

export interface CommandOptions extends RunOptions {
  timeoutMs: number
}

const MAX_OUTPUT = 1024 * 1024
const MAX_REASON = 300
const AUTH_KEY = /tskey-[\w-]+/g

/** Removes auth keys, which Tailscale's messages may repeat, and control characters. */
export const withoutSecrets = (text: string): string =>
  text.replaceAll(AUTH_KEY, 'tskey-[removed]').replaceAll(/[^\P{Cc}\n\t]/gu, '')

/** The line of a program's output that says most likely why it failed. */
export function reasonIn(...outputs: readonly string[]): string | null {
  const lines = withoutSecrets(outputs.join('\n'))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const line = lines.findLast((each) => /error|fail|unable|cannot|can't|invalid|no space|denied/i.test(each))
  return (line ?? lines.at(-1))?.slice(0, MAX_REASON) ?? null
}

/** What failed, by the way the program ended. */
export function faultOf(ending: Ending, words: string): string {
  if (ending.kind === 'ended') {
    const how = ending.code === null ? 'was killed' : `ended with ${ending.code}`
    return `"${words}" ${how}: ${reasonIn(ending.stdout, ending.stderr) ?? 'no message'}`
  }
  if (ending.kind === 'failed') return `"${words}" cannot be started (${ending.reason})`
  const reasons = {
    missing: 'is not installed',
    slow: 'took too long and was ended',
    long: 'printed too much',
    stopped: 'was stopped because the daemon is shutting down'
  }
  return `"${words}" ${reasons[ending.kind]}`
}

/** The output of a program for a check, or how it ended otherwise. */
export const outputOf = (ending: Ending, words: string): string =>
  ending.kind === 'ended' && ending.code !== null ? `${ending.stdout}\n${ending.stderr}` : faultOf(ending, words)

/**
 * Runs Proxmox VE's programs for one job, one at a time, without a shell. All functions throw a CommandError unless they
 * say otherwise. Messages name a command by its first words; arguments can be long, and input is never named.
 */
export function createCommands(paths: ProxmoxPrograms) {
  const make = (name: Name) => createProgram({ file: paths[name] ?? name, timeoutMs: 30_000, maxBytes: MAX_OUTPUT })
  const limit = (timeoutMs: number): number => paths.timeoutMs ?? timeoutMs
  const programs = { pct: make('pct'), pveam: make('pveam'), pvesh: make('pvesh') }

  /** Runs a program to any end; never throws. */
  const run = (name: Name, args: readonly string[], options: CommandOptions): Promise<Ending> =>
    programs[name].run(args, { ...options, timeoutMs: limit(options.timeoutMs) })

  const succeed = async (name: Name, args: readonly string[], words: string, options: CommandOptions) => {
    const ending = await run(name, args, options)
    if (ending.kind === 'ended' && ending.code === 0) return ending
    throw new CommandError(faultOf(ending, words))
  }

  return {
    run,
    /** The timeout that applies instead of `timeoutMs`. */
    limit,
    pct: (args: readonly string[], options: CommandOptions) => succeed('pct', args, `pct ${args[0]}`, options),
    pveam: (args: readonly string[], options: CommandOptions) => succeed('pveam', args, `pveam ${args[0]}`, options),

    /** Reads a path of Proxmox VE's API. */
    async get(path: string, options: Record<string, string> = {}): Promise<unknown> {
      const words = Object.entries(options).flatMap(([key, value]) => [`--${key}`, value])
      const args = ['get', path, ...words, '--output-format', 'json']
      const { stdout } = await succeed('pvesh', args, `pvesh get ${path}`, { timeoutMs: 20_000 })
      try {
        return JSON.parse(stdout)
      } catch {
        throw new CommandError(`"pvesh get ${path}" printed no JSON`)
      }
    },

    /** Runs a command inside a container. `input` is the way for everything that must not be an argument. */
    inside: (vmid: number, command: readonly string[], options: CommandOptions) =>
      succeed('pct', ['exec', `${vmid}`, '--', ...command], command.slice(0, 2).join(' '), options),

    /** Kills running programs and prevents further runs. */
    stop(): void {
      for (const program of Object.values(programs)) program.stop()
    }
  }
}
export type Commands = ReturnType<typeof createCommands>
