import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The shell, working directory and environment of a login. */
export interface Login {
  shell: { file: string; args: string[] }
  cwd: string
  env: Record<string, string>
}

const FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** The path of an executable: `name` itself if it is a path, else found in the standard folders; null if not found. */
export const findProgram = (name: string): string | null =>
  (name.includes('/') ? [name] : FOLDERS.map((folder) => join(folder, name))).find(canRun) ?? null

/** The host's UTF-8 locale, as a login sets it; defaults to C.UTF-8. */
export function localeIn(files: readonly string[]): string {
  for (const text of files) {
    const locale = /^\s*LANG=["']?([\w.@-]+)["']?\s*$/m.exec(text)?.[1]
    if (locale !== undefined && /\.utf-?8(@|$)/i.test(locale)) return locale
  }
  return 'C.UTF-8'
}

export interface LoginOptions {
  uid: number
  /** MONITOR_SHELL; empty for the account's login shell. */
  shell: string
  /** Content of /etc/passwd. */
  passwd?: string
}

/** The login of the account `uid`, read again for each terminal. The daemon's environment is not inherited. */
export function describeLogin({ uid, shell, passwd = textOf('/etc/passwd') }: LoginOptions): Login {
  const account = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields.length === 7 && fields[2] === String(uid))
  const [name = String(uid), , , , , home = '/', own = ''] = account ?? []
  const file = shell || [own, '/bin/bash'].find((path) => path !== '' && canRun(path)) || '/bin/sh'
  return {
    shell: { file, args: ['-l'] },
    cwd: isFolder(home) ? home : '/',
    env: {
      HOME: home,
      USER: name,
      LOGNAME: name,
      SHELL: file,
      PATH: FOLDERS.join(':'),
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      LANG: localeIn([textOf('/etc/default/locale'), textOf('/etc/locale.conf')]),
      PROXMENUX_TERMINAL: 'monitor'
    }
  }
}
