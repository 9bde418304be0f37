const LONGEST_NAME = 64

/** What a process runs, from its arguments. Programs can change their arguments, so both are claims, as in `ps`. */
export interface Program {
  /** Base name of argv[0]; null without arguments, as for kernel threads and zombies. */
  name: string | null
  /** The script or module that an interpreter runs, as in the arguments. */
  script: string | null
}

interface Interpreter {
  name: RegExp
  /** An option after which no script follows: the code is an argument. */
  code: RegExp
  /** An option whose value is the next argument. */
  value?: RegExp
  /** An option whose value is the script: a module, an archive or a file. */
  script?: RegExp
}

const interpreters: readonly Interpreter[] = [
  { name: /^(?:python|pypy)[\d.]*$/, code: /^-[bBdEiIOPqsSuv]*c/, value: /^-[WX]$/, script: /^-[bBdEiIOPqsSuv]*m/ },
  {
    name: /^node(?:js)?$/,
    code: /^(?:-[ep]|-pe|--eval|--print)$/,
    value: /^(?:-[rC]|--(?:require|import|loader|conditions|env-file|inspect-port|title))$/
  },
  { name: /^(?:perl|ruby)[\d.]*$/, code: /^-[a-zA-Z]*[eE]$/, value: /^-[IrMm]$/ },
  { name: /^php[\d.]*$/, code: /^(?:-r|--run)$/, value: /^-[cdz]$/, script: /^-f$/ },
  { name: /^(?:ba|da|z|k|a)?sh$/, code: /^-[a-zA-Z]*c$/, value: /^[-+][a-zA-Z]*[oO]$|^--(?:rcfile|init-file)$/ },
  {
    name: /^java$/,
    code: /^$/,
    value:
      /^(?:-cp|-classpath|-p|--(?:class-path|module-path|upgrade-module-path|limit-modules|patch-module|add-(?:opens|exports|reads|modules)))$/,
    script: /^-(?:jar|m)$/
  }
]

function findScript(interpreter: Interpreter, args: readonly string[]): string | null {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--') return args[i + 1] || null
    const script = interpreter.script?.exec(arg)
    // The value can be in the same argument: -mhttp.server.
    if (script) return arg.slice(script[0].length) || args[i + 1] || null
    if (!/^[-+]./.test(arg)) return arg === '-' ? null : arg || null
    if (interpreter.value?.test(arg)) i++
    else if (interpreter.code.test(arg)) return null
  }
  return null
}

/**
 * The name in argv[0]. A daemon may have replaced it by a title: `sshd: root@pts/0`, `nginx: worker process`, or a path
 * with options in one argument, as Chromium does. Null for brackets, which only kernel threads may have.
 */
function nameIn(argument: string): string | null {
  const text = argument.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').trim()
  if (text.startsWith('[')) return null
  const title = /^([^\s/:]+): /.exec(`${text} `)
  // Not `replace` with `\s+`: a long run of spaces, which any program can write there, would cost quadratic time.
  const cut = text.search(/\s(?:-|[^\s:/]*:)/)
  const path = title ? title[1]! : cut === -1 ? text : text.slice(0, cut).trimEnd()
  // A login shell starts with a dash.
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/^-/, '')
  return name.length > LONGEST_NAME ? `${[...name].slice(0, LONGEST_NAME - 1).join('')}…` : name || null
}

/** The program of a process whose arguments are not known. */
export const NO_PROGRAM: Program = { name: null, script: null }

/** Reads the text of /proc/<pid>/cmdline. */
export function readProgram(raw: string): Program {
  const [first = '', ...rest] = raw.replace(/\0+$/, '').split('\0')
  // The last argument of a long command line may be cut off.
  const args = raw.endsWith('\0') ? rest : rest.slice(0, -1)
  const name = nameIn(first)
  const interpreter = interpreters.find((each) => name !== null && each.name.test(name))
  return { name, script: interpreter ? findScript(interpreter, args) : null }
}
