import { apk } from './apk.ts'
import { type Context, Died, die } from './context.ts'
import { tailscale } from './tailscale.ts'
import type { Inside, State } from './types.ts'

/** The inside of a container while a command runs in it. */
export interface Shell extends Context {
  vmid: number
  inside: () => Inside
  changeInside: <T>(change: (inside: Inside, state: State) => T) => T
}

type Command = (shell: Shell, args: readonly string[]) => number | Promise<number>

/** What each command of OpenRC prints on a host's terminal; from memory of OpenRC 0.6x. */
const service: Command = ({ inside, changeInside, out, err }, [name = '', action = 'status']) => {
  if (inside().services[name] === undefined) {
    err(` * rc-service: service \`${name}' does not exist\n`)
    return 1
  }
  if (action === 'status') {
    const { started } = inside().services[name]!
    out(` * status: ${started ? 'started' : 'stopped'}\n`)
    return started ? 0 : 3
  }
  out(` * ${{ start: 'Starting', stop: 'Stopping', restart: 'Stopping' }[action] ?? action} ${name} ... [ ok ]\n`)
  changeInside(({ services, files }) => {
    services[name]!.started = action !== 'stop'
    if (name === 'tailscale' && action !== 'stop') {
      const log = '/var/log/tailscaled.log'
      const line = `${new Date().toISOString()} logtail started\nProgram starting: v1.84.0, Go 1.24.4\n`
      files[log] = { content: (files[log]?.content ?? '') + line, mode: 0o644 }
    }
  })
  return 0
}

const commands: Record<string, Command> = {
  true: () => 0,
  apk,
  tailscale,
  service,
  'rc-service': service,
  'rc-update': ({ inside, changeInside, out, err }, [action, name = '', level = 'default']) => {
    if (inside().services[name] === undefined) {
      err(` * rc-update: service \`${name}' does not exist\n`)
      return 1
    }
    changeInside(({ services }) => {
      services[name]!.enabled = action === 'add'
    })
    out(` * service ${name} ${action === 'add' ? 'added to' : 'removed from'} runlevel ${level}\n`)
    return 0
  },
  tailscaled: ({ out, inside }, [option]) => {
    if (option !== '--version') die('tailscaled: only --version is made', 1)
    out(`${inside().packages.tailscale?.replace(/-r\d+$/, '')}\n`)
    return 0
  },
  cat: ({ inside, out, err, stdin }, files) => {
    if (files.length === 0) out(stdin())
    for (const file of files) {
      const found = inside().files[file]
      if (found === undefined) {
        err(`cat: can't open '${file}': No such file or directory\n`)
        return 1
      }
      out(found.content)
    }
    return 0
  },
  tail: ({ inside, out, err }, words) => {
    const file = words.at(-1) ?? ''
    const found = inside().files[file]
    if (found === undefined) {
      err(`tail: can't open '${file}': No such file or directory\ntail: no files\n`)
      return 1
    }
    const lines = found.content.trimEnd().split('\n')
    out(`${lines.slice(-Number(words[words.indexOf('-n') + 1] ?? 10)).join('\n')}\n`)
    return 0
  },
  rm: ({ inside, changeInside, err }, words) => {
    const force = words.some((word) => /^-\w*f/.test(word))
    for (const file of words.filter((word) => !word.startsWith('-'))) {
      if (inside().files[file] === undefined && !force) {
        err(`rm: can't remove '${file}': No such file or directory\n`)
        return 1
      }
      changeInside(({ files }) => delete files[file])
    }
    return 0
  },
  test: ({ inside }, [, file = '']) => (inside().files[file] === undefined ? 1 : 0),
  mkdir: () => 0,
  echo: ({ out }, words) => {
    out(`${words.join(' ')}\n`)
    return 0
  },
  chmod: ({ changeInside, err }, [mode = '', file = '']) =>
    changeInside(({ files }) => {
      if (files[file] === undefined) {
        err(`chmod: ${file}: No such file or directory\n`)
        return 1
      }
      files[file].mode = Number.parseInt(mode, 8)
      return 0
    }),
  sysctl: ({ inside, out }, words) => {
    const set = words.filter((word) => word.includes('='))
    const files = Object.entries(inside().files).filter(([path]) => /^\/etc\/sysctl\./.test(path))
    const fromFiles = words.some((word) => /^-p/.test(word))
      ? files.flatMap(([, { content }]) => content.split('\n'))
      : []
    for (const line of [...set, ...fromFiles.filter((each) => each.includes('='))])
      out(`${line.replace(/\s*=\s*/, ' = ')}\n`)
    return 0
  },
  nslookup: ({ store, out }, [name = '']) => {
    if (!store.read().resolvesNames) {
      out(';; connection timed out; no servers could be reached\n\n')
      return 1
    }
    out(`Server:\t\t192.168.1.1\nAddress:\t192.168.1.1:53\n\nName:\t${name}\nAddress: 192.0.2.10\n\n`)
    return 0
  },
  sh: (shell, [option, script = '']) => (option === '-c' ? runScript(shell, script) : die('sh: only -c is made', 2))
}

const run = async (shell: Shell, [name = '', ...args]: readonly string[]): Promise<number> => {
  const command = commands[name.replace(/^(\/usr)?\/s?bin\//, '')]
  if (command !== undefined && (!/^tailscaled?$/.test(name) || shell.inside().packages.tailscale !== undefined))
    return command(shell, args)
  shell.err(
    `lxc-attach: ${shell.vmid}: ../src/lxc/attach.c: lxc_attach_run_command: 1841 No such file or directory - Failed to exec "${name}"\n`
  )
  return 127
}

/** The little of sh that such scripts use: `a && b; c > file`, quoted words, `umask`. */
async function runScript(shell: Shell, script: string): Promise<number> {
  let code = 0
  for (const [, separator = '', command = ''] of script.matchAll(/(^|&&|;|\n)((?:'[^']*'|"[^"]*"|[^;&\n'"])*)/g)) {
    if (command.trim() === '' || (separator === '&&' && code !== 0)) continue
    const [, plain = '', redirect, file = ''] =
      /^((?:'[^']*'|"[^"]*"|[^>'"])*)(?:(>>?)\s*(\S+))?\s*$/.exec(command) ?? []
    const words = [...plain.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')
    if (words[0] === 'umask') continue
    const printed: string[] = []
    const out = redirect === undefined ? shell.out : (text: string) => void printed.push(text)
    code = await run({ ...shell, out }, words)
    if (redirect !== undefined)
      shell.changeInside(({ files }) => {
        const mode = /umask 0?77/.test(script) ? 0o600 : 0o644
        const before = redirect === '>>' ? (files[file]?.content ?? '') : ''
        files[file] = { content: before + printed.join(''), mode: files[file]?.mode ?? mode }
      })
  }
  return code
}

/** Runs a command in a running container, as lxc-attach does. */
export async function runInside(context: Context, vmid: number, words: readonly string[]): Promise<number> {
  const { store } = context
  const gone = () => die('lxc-attach: the container is gone')
  const shell: Shell = {
    ...context,
    vmid,
    inside: () => store.read().guests[vmid]?.inside ?? gone(),
    changeInside: (change) => store.change((state) => change(state.guests[vmid]?.inside ?? gone(), state))
  }
  try {
    return await run(shell, words)
  } catch (error) {
    if (!(error instanceof Died)) throw error
    context.err(`${error.message}\n`)
    return error.code
  }
}
