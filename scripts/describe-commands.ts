import type { Argument, Command, Option } from 'commander'
import { createProgram, NAME } from '../lib/command-line/program.ts'
import { variables } from '../lib/startup/config.ts'

/** The command line's definitions, which run nothing here. */
const program = createProgram({ version: '', perform: async () => {}, serve: async () => {} })

/** Every command that runs something, with its full name. */
const commandsOf = (command: Command, path: string[] = []): { path: string[]; command: Command }[] =>
  command.commands.flatMap((child) => {
    const name = [...path, child.name()]
    return child.commands.length > 0 ? commandsOf(child, name) : [{ path: name, command: child }]
  })
const commands = commandsOf(program)

// A backslash, a hyphen and a leading dot or quote mean something to roff (man(7)).
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('’', '\\(cq')
    .replace(/^([.'])/, '\\&$1')

const described = (argument: Argument): string => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`)
const describeDefault = ({ defaultValue, defaultValueDescription }: Option): string =>
  defaultValue === undefined ? '' : ` (default: ${defaultValueDescription ?? defaultValue})`
const describeChoices = ({ argChoices }: Option): string => (argChoices ? ` (${argChoices.join(', ')})` : '')

function describeCommand({ path, command }: { path: string[]; command: Command }): string {
  const heading = [
    ...path,
    ...command.registeredArguments.map(described),
    ...(command.options.length > 0 ? ['[options]'] : [])
  ]
  const parts = [
    ...command.registeredArguments.map((argument) => [argument.name(), argument.description]),
    ...command.options.map((option) => [
      option.flags,
      option.description + describeChoices(option) + describeDefault(option)
    ])
  ]
  return [
    `.SS ${roff(heading.join(' '))}`,
    roff(command.description()),
    ...parts.flatMap(([name, text]) => ['.TP', `.B ${roff(name!)}`, roff(text!)])
  ].join('\n')
}

/** The manual page (man(7)). */
export const describeManual = (): string => `.\\" Generated from lib/command-line/program.ts by npm run generate.
.TH ${NAME.toUpperCase().replaceAll('-', '\\-')} 1
.SH NAME
${roff(NAME)} \\- ${roff(program.description().replace(/\.$/, ''))}
.SH SYNOPSIS
.B ${roff(NAME)}
[\\fIcommand\\fR] [\\fIarguments\\fR] [\\fIoptions\\fR]
.SH DESCRIPTION
Without a command, or with
.BR serve ,
it serves the dashboard and the API of this host. The other commands work while the daemon runs, which sees a change
within a second, and while it does not. Run them as the user who runs the daemon, with its MONITOR_* variables. Passwords
are asked for, or read from standard input.
.SH COMMANDS
${commands.map(describeCommand).join('\n')}
.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
Refused, not found, or a check failed.
.TP
.B 2
A wrong call, or an unusable configuration.
.SH ENVIRONMENT
${variables.map(({ env, description, default: standard }) => `.TP\n.B ${roff(env)}\n${roff(`${description} [${standard || 'empty'}]`)}`).join('\n')}
`

const flagsOf = ({ options }: Command): string[] =>
  options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag !== undefined && flag !== null)

/** What may follow the words of a command or group: its commands, or its options. */
function describeWords(command: Command, path: string[]): string[] {
  const words = [...command.commands.map((child) => child.name()), ...flagsOf(command), '--help']
  const own = `    '${path.join(' ')}') words='${words.join(' ')}' ;;`
  return [own, ...command.commands.flatMap((child) => describeWords(child, [...path, child.name()]))]
}

const takesFile = ({ registeredArguments }: Command): boolean =>
  registeredArguments.some((argument) => argument.name() === 'file')
const paths = [...new Set(commands.flatMap(({ path }) => path.map((_, i) => path.slice(0, i + 1).join('/'))))]
const choices = commands.flatMap(({ path, command }) =>
  command.options
    .filter(({ argChoices }) => argChoices !== undefined)
    .map(({ long, argChoices }) => `    '${path.join(' ')} ${long}') words='${argChoices!.join(' ')}' ;;`)
)

/** The completion for bash. */
export const describeCompletion = (): string => `# Completion of ${NAME} for bash.
# Generated from lib/command-line/program.ts by npm run generate. Install it as /usr/share/bash-completion/completions/${NAME}

_proxmenux_monitor() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} path='' words='' word
  # The words of the command, without options and arguments.
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " ${paths.join(' ')} " in
      *" \${path:+$path/}$word "*) path=\${path:+$path/}$word ;;
    esac
  done
  case "\${path//\\// }" in
${describeWords(program, []).join('\n')}
  esac
  case "\${path//\\// } $previous" in
${choices.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  case $path in
    ${commands
      .filter(({ command }) => takesFile(command))
      .map(({ path }) => path.join('/'))
      .join(' | ')}) 
      compopt -o filenames 2>/dev/null
      mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
      ;;
  esac
}
complete -F _proxmenux_monitor ${NAME}
`
