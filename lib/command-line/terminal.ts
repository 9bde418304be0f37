import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** Standard input and error. Questions go to standard error, so that standard output holds the answer alone. */
const { stdin, stderr } = process

const hasTerminal = (): boolean => stdin.isTTY === true && stderr.isTTY === true

async function ask(question: string, isHidden: boolean): Promise<string> {
  const output = isHidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : stderr
  // Before the question: the terminal shows nothing from here on.
  const lines = createInterface({ input: stdin, output, terminal: true })
  stderr.write(question)
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('close', () => reject(new Error('no answer was given')))
      lines.question('').then(resolve, reject)
    })
  } finally {
    lines.close()
    if (isHidden) stderr.write('\n')
  }
}

/** A wrong call: there is nobody to ask. */
export class NoTerminalError extends Error {
  override readonly message: string = 'there is no terminal to ask on; add --yes to do it without a question'
}

/** Whether the user agrees: by --yes, or by `y` or `yes` on a terminal. Throws NoTerminalError. */
export async function agrees(question: string, isYes: boolean): Promise<boolean> {
  if (isYes) return true
  if (!hasTerminal()) throw new NoTerminalError()
  return /^y(es)?$/i.test((await ask(`${question} [y/N] `, false)).trim())
}

/** A new password: typed twice on a terminal, otherwise the first line of standard input. */
export async function readNewPassword(): Promise<string> {
  if (!hasTerminal()) return (await text(stdin)).split(/\r?\n/, 1)[0]!
  const password = await ask('Password: ', true)
  if ((await ask('Repeat the password: ', true)) !== password) throw new Error('the two passwords differ')
  return password
}
