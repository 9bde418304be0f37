import { type Command, CommanderError } from 'commander'
import { describeVariables, readConfig } from '../startup/config.ts'
import { plainFault } from '../startup/plain-fault.ts'
import { createProgram, NAME, type Work } from './program.ts'
import type { CommandResult } from './result.ts'
import { NoTerminalError } from './terminal.ts'

export interface CommandLineOptions {
  env: NodeJS.ProcessEnv
  version: string
  serve: () => Promise<unknown>
}

const asJson = (value: object): string => JSON.stringify(value, null, 2)

/** The name of a command with its group: `audit verify`. */
const pathOf = (command: Command): string =>
  command.parent?.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()

function print({ text, code, json, isAnswer, warning }: CommandResult, wantsJson: boolean): number {
  const isRefusal = code === 2 || (code === 1 && isAnswer !== true)
  const answer = wantsJson ? asJson(json ?? { [isRefusal ? 'error' : 'message']: text }) : text
  const stream = isRefusal ? process.stderr : process.stdout
  if (answer !== '') stream.write(`${answer.trimEnd()}\n`)
  if (warning !== undefined) process.stderr.write(`${warning}\n`)
  return code
}

/** A wrong call, in one line. Null for the help and the version, which are printed already. */
function describeWrongCall(error: CommanderError, words: readonly string[]): string | null {
  if (error.exitCode === 0) return null
  // A group without a command of it.
  if (error.code === 'commander.help') {
    const group = words[0] ?? ''
    return group === ''
      ? `${NAME}: name a command. Try: ${NAME} --help`
      : `${NAME}: ${group} needs a command. Try: ${NAME} ${group} --help`
  }
  const message = error.message
    .replace(/^error: /, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/\.$/, '')
  return `${NAME}: ${message}. Try: ${NAME} --help`
}

/**
 * Runs the command that the words name. Resolves with the exit code (contract 13): 0 done, 1 refused or not found, 2 a
 * wrong call or an invalid configuration; null once the daemon runs.
 */
export async function runCommandLine(
  words: readonly string[],
  { env, version, serve }: CommandLineOptions
): Promise<number | null> {
  let code: number | null = 0
  const perform = async (command: Command, work: Work): Promise<void> => {
    const wantsJson = command.opts().json === true
    const { config, faults } = readConfig(env)
    if (config === null) {
      code = print({ text: faults.join('\n'), code: 2 }, wantsJson)
      return
    }
    const name = pathOf(command)
    code = await work(config, env).then(
      (result) => print(result, wantsJson),
      (error) => {
        const code = error instanceof NoTerminalError ? 2 : 1
        return print({ text: `${name}: ${plainFault(error)}`, code }, wantsJson)
      }
    )
  }
  const program = createProgram({
    version,
    perform,
    async serve() {
      code = null
      await serve()
    }
  })
  program.addHelpText('after', () => `\nEnvironment variables:\n${describeVariables()}`)
  try {
    await program.parseAsync(words, { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    const text = describeWrongCall(error, words)
    return text === null ? 0 : print({ text, code: 2 }, words.includes('--json'))
  }
}
