import { isDeepStrictEqual } from 'node:util'
import xterm from '@xterm/headless'
import type { Test } from 'tap'
import { type Door, TerminalClient } from '../support/terminal-client.ts'
import { comes, passTime } from '../support/waiting.ts'

const QUIET_MS = 400
const PATIENCE_MS = 60_000

export interface Screen {
  lines: string[]
  /** Colours and attributes, as runs of equal cells. */
  styles: string[]
  cursor: [x: number, y: number]
  buffer: 'normal' | 'alternate'
}

/** A real emulator that shows a terminal, as a browser's page would. */
export function createScreen(t: Test, door: Door, cols = 80, rows = 24) {
  const emulator = new xterm.Terminal({ cols, rows, allowProposedApi: true })
  let changedAt = performance.now()
  let actedAt = 0
  const show = (bytes: Buffer, taken: () => void) =>
    emulator.write(bytes, () => {
      changedAt = performance.now()
      taken()
    })
  const client = new TerminalClient(door, { cols, rows, show })
  // The answers to what programs ask an emulator, as vim does at its start.
  let answering = true
  emulator.onData((answer) => void (answering && !client.ended && client.type(answer)))
  t.teardown(() => {
    client.cut()
    emulator.dispose()
  })

  const styleOf = (row: number): string => {
    const line = emulator.buffer.active.getLine(emulator.buffer.active.baseY + row)
    const runs: string[] = []
    let last = ''
    for (let x = 0; x < emulator.cols; x++) {
      const cell = line?.getCell(x)
      if (!cell) continue
      const flags = [cell.isBold(), cell.isInverse(), cell.isUnderline(), cell.isDim()].map(Boolean).map(Number)
      const style = [
        cell.getFgColorMode(),
        cell.getFgColor(),
        cell.getBgColorMode(),
        cell.getBgColor(),
        ...flags
      ].join()
      if (style !== last) runs.push(`${x}:${style}`)
      last = style
    }
    return runs.join(' ')
  }

  const read = (): Screen => {
    const { active } = emulator.buffer
    const row = Array.from({ length: emulator.rows }, (_, y) => y)
    return {
      lines: row.map((y) => active.getLine(active.baseY + y)?.translateToString(true) ?? ''),
      styles: row.map(styleOf),
      cursor: [active.cursorX, active.cursorY],
      buffer: active.type
    }
  }

  const until = async (met: (screen: Screen) => boolean): Promise<Screen> => {
    await comes(() => met(read()), { withinMs: PATIENCE_MS })
    return read()
  }

  return {
    client,
    read,
    until,
    /** Opens a new terminal in it. */
    open: () => client.open(),
    /** Shows a terminal that another screen has; what a program asked in the past is not answered again. */
    async takeOver(id: string): Promise<void> {
      answering = false
      await client.takeOver(id)
    },
    resize(cols: number, rows: number): void {
      actedAt = performance.now()
      emulator.resize(cols, rows)
      client.resize(cols, rows)
    },
    /** The connection breaks; the next one says the new size. */
    async breakOff(cols = emulator.cols, rows = emulator.rows, awayMs = 0): Promise<void> {
      client.cut()
      await client.waitForEnd()
      await passTime(awayMs)
      emulator.resize(cols, rows)
      Object.assign(client, { cols, rows })
      await client.resume()
    },
    /** Types, and knows that it has arrived. */
    async press(keys: string): Promise<void> {
      actedAt = performance.now()
      client.type(keys)
      client.sendControl({ type: 'ping' })
      await client.waitForControl('pong')
    },
    /** The screen when it fits `met`, something has come since the last key or resize, and then nothing for a while. */
    async settle(met: (screen: Screen) => boolean): Promise<Screen> {
      const quiet = () => changedAt > actedAt && performance.now() - changedAt > QUIET_MS
      await comes(() => met(read()) && quiet(), { withinMs: PATIENCE_MS })
      return read()
    },
    /** The screen when it is like another, or as it is when patience is over. */
    becomes: (expected: Screen) => until((screen) => isDeepStrictEqual(screen, expected))
  }
}
export type ShownTerminal = ReturnType<typeof createScreen>
