import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { NoTerminalError } from '../terminal.ts'

const INSTALL = 'whiptail is not installed; run: apt-get install whiptail'
/** Of a dialog: its frame, its shadow and the buttons. */
const FRAME_ROWS = 7
const FRAME_COLUMNS = 6
const MIN_COLUMNS = 50

export class NoMenuTerminalError extends NoTerminalError {
  override readonly message: string =
    'the menu needs a terminal; without one use the commands: proxmenux-monitor --help'
}

export interface Choice {
  /** Shown beside `text`, and the answer. */
  tag: string
  text: string
}

/** Lines as a dialog of that width shows them. */
const rowsOf = (message: string, columns: number): number =>
  message.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0)

/**
 * Dialogs of whiptail(1) on this terminal, the program that the menus of Debian and ProxMenux use. Texts follow `--`, so
 * that a text with a hyphen is no option. Throws NoMenuTerminalError without a terminal.
 */
export function openDialogs(env: NodeJS.ProcessEnv) {
  const { stdin, stdout } = process
  if (!stdin.isTTY || !stdout.isTTY) throw new NoMenuTerminalError()

  /** The exit code, and the answer: whiptail draws on standard output and answers on standard error. */
  const show = async (options: string[], texts: string[]): Promise<{ code: number | null; answer: string }> => {
    const { PATH, TERM, LANG, LC_ALL, LC_CTYPE, NEWT_COLORS, NEWT_MONO } = env
    const child = spawn('whiptail', ['--title', 'ProxMenux Monitor', ...options, '--', ...texts], {
      stdio: ['inherit', 'inherit', 'pipe'],
      env: { PATH, TERM, LANG, LC_ALL, LC_CTYPE, NEWT_COLORS, NEWT_MONO }
    })
    const ended = new Promise<number | null>((done, fail) => {
      child.once('error', (error: NodeJS.ErrnoException) => fail(error.code === 'ENOENT' ? new Error(INSTALL) : error))
      child.once('close', done)
    })
    const [code, answer] = await Promise.all([ended, text(child.stderr)])
    // 255 is the Escape key; with a text it is a fault, such as an unknown terminal.
    if (code === 255 && answer.trim() !== '') throw new Error(`whiptail: ${answer.trim().split('\n')[0]}`)
    return { code, answer }
  }
  const sizeOf = (message: string) => {
    const { columns: width = 80, rows: height = 24 } = stdout
    const longest = Math.max(...message.split('\n').map((line) => line.length))
    const columns = Math.min(width - 4, Math.max(MIN_COLUMNS, longest + FRAME_COLUMNS))
    const wanted = rowsOf(message, columns - FRAME_COLUMNS) + FRAME_ROWS
    const rows = Math.min(height - 3, wanted)
    return { size: [String(rows), String(columns)], rows, isCut: rows < wanted }
  }

  return {
    /** The tag of the choice; null for Cancel and Escape. */
    async choose(message: string, choices: readonly Choice[], cancel: string): Promise<string | null> {
      const items = choices.flatMap(({ tag, text }) => [tag, text])
      const widest = Math.max(message.length, ...choices.map(({ tag, text }) => tag.length + text.length + 6))
      const { rows: height = 24, columns: width = 80 } = stdout
      const listed = Math.max(1, Math.min(choices.length, height - FRAME_ROWS - 5))
      const size = [listed + FRAME_ROWS + 1, Math.min(width - 4, Math.max(MIN_COLUMNS, widest + FRAME_COLUMNS)), listed]
      const buttons = ['--ok-button', 'Select', '--cancel-button', cancel, '--menu']
      const { code, answer } = await show(buttons, [message, ...size.map(String), ...items])
      return code === 0 ? answer.trim() : null
    },

    /** No is the default. */
    async confirm(message: string): Promise<boolean> {
      const { code } = await show(['--defaultno', '--yesno'], [message, ...sizeOf(message).size])
      return code === 0
    },

    async tell(message: string): Promise<void> {
      const { size, isCut } = sizeOf(message)
      await show([...(isCut ? ['--scrolltext'] : []), '--msgbox'], [message, ...size])
    }
  }
}
export type Dialogs = ReturnType<typeof openDialogs>
