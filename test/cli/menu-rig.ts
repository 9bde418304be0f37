import { spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'
import type { Test } from 'tap'
import { executable } from '../support/executable.ts'
import { comes, inTime } from '../support/waiting.ts'

export const keys = { down: '\x1b[B', tab: '\t', enter: '\r', escape: '\x1b', left: '\x1b[D' }

/** A command in a real terminal, with an emulator that shows it. It is ended with the test. */
export function openInTerminal(t: Test, words: string[], env: NodeJS.ProcessEnv, rows = 30) {
  const emulator = new xterm.Terminal({ cols: 100, rows, allowProposedApi: true })
  // Without tap's own hook in the command.
  const { NODE_OPTIONS: _, ...rest } = env
  const pty = spawn(executable, words, {
    cols: 100,
    rows,
    env: { ...rest, TERM: 'xterm-256color', LANG: 'C.UTF-8' } as Record<string, string>
  })
  pty.onData((text) => emulator.write(text))
  let isOver = false
  const exited = new Promise<number>((done) =>
    pty.onExit(({ exitCode }) => {
      isOver = true
      done(exitCode)
    })
  )
  t.teardown(() => {
    if (!isOver) pty.kill('SIGKILL')
    emulator.dispose()
  })
  const screen = (): string =>
    Array.from({ length: rows }, (_, y) => {
      const { active } = emulator.buffer
      return active.getLine(active.baseY + y)?.translateToString(true) ?? ''
    }).join('\n')
  return {
    screen,
    exited: () => inTime(exited, 20_000),
    type: (text: string) => pty.write(text),
    /** Waits for a text on the screen; fails with what is shown instead. */
    async shows(text: RegExp): Promise<void> {
      t.ok(await comes(() => text.test(screen()), { withinMs: 20_000 }), `${text} is shown`, { screen: screen() })
    }
  }
}
