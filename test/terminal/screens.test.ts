import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createScreen, type Screen, type ShownTerminal } from './screen.ts'
import { PROMPT, type Served, serve } from './serve.ts'

/** On a user's machine a test says what would run it, on CI it fails. */
const missing = (program: string) =>
  existsSync(`/usr/bin/${program}`) || process.env.CI ? false : `needs ${program}: apt-get install ${program}`

// A size and keys at once would be a race: the program may read the keys before it learns of its size.
type Step = ({ size: [cols: number, rows: number] } | { keys: string }) & {
  /** Something that is on the screen when the step is done. */
  shows: RegExp
}

const matches = (pattern: RegExp) => (screen: Screen) => pattern.test(screen.lines.join('\n'))
const atPrompt = ({ lines, cursor }: Screen) => lines[cursor[1]] === PROMPT

async function start(t: Test, { door }: Served, command: string, shows: RegExp): Promise<ShownTerminal> {
  const screen = createScreen(t, door)
  await screen.open()
  await screen.until(atPrompt)
  await screen.press(`${command}\r`)
  await screen.until(matches(shows))
  return screen
}

/**
 * Runs a program twice through the same steps, the second time with a connection that breaks while the program draws, and
 * with the new sizes said by the resume. Then a third screen takes it over.
 */
async function compare(t: Test, command: (file: string) => string, shows: RegExp, steps: Step[], quit: string) {
  const served = await serve(t)
  const file = join(served.folder, 'text')
  const lines = Array.from({ length: 300 }, (_, i) => `${i + 1}\tLine with Größe, 漢字かな, ${'·'.repeat(i % 90)} end`)
  await writeFile(file, `${lines.join('\n')}\n`)

  const calm = await start(t, served, command(file), shows)
  const broken = await start(t, served, command(file), shows)
  const begun = await calm.settle(matches(shows))
  t.same(await broken.becomes(begun), begun, 'two undisturbed starts are alike')
  for (const [index, step] of steps.entries()) {
    if ('size' in step) calm.resize(...step.size)
    else await calm.press(step.keys)
    const expected = await calm.settle(matches(step.shows))
    t.match(expected.lines.join('\n'), step.shows, `step ${index + 1}`)
    t.equal(expected.buffer, 'alternate')

    if ('size' in step) await broken.breakOff(...step.size)
    else await broken.press(step.keys)
    await broken.breakOff()
    t.same(await broken.becomes(expected), expected, `step ${index + 1} over connections that break`)
  }

  const other = createScreen(t, served.door, broken.client.cols, broken.client.rows)
  await other.takeOver(broken.client.id)
  t.same(await other.becomes(calm.read()), calm.read(), 'taken over by another screen')
  t.equal((await broken.client.waitForEnd()).code, 4001, 'the first is told')

  for (const screen of [calm, other]) {
    await screen.press(quit)
    const left = await screen.until((screen) => atPrompt(screen) && screen.buffer === 'normal')
    t.equal(left.buffer, 'normal')
    t.ok(atPrompt(left), 'back at the prompt')
  }
  t.same(
    broken.client.jumps,
    broken.client.jumps.map(() => 0)
  )
}

t.test('vim', { skip: missing('vim') }, (t) =>
  compare(
    t,
    (file) => `vim -u NONE -i NONE -N -n ${file}`,
    /\b300L\b/,
    [
      { keys: '50Gzt', shows: /^50\s/ },
      { size: [100, 30], shows: /^50\s/ },
      { keys: ':set number\r', shows: /^ *50 50 / },
      { keys: 'cwinserted ü\x1b', shows: /inserted ü/ },
      { size: [60, 20], shows: /inserted ü/ },
      { keys: 'G:vsplit\r', shows: /300/ },
      { keys: ':set nowrap\rgg', shows: /^ *1 1 / },
      { size: [90, 25], shows: /^ *1 1 / }
    ],
    ':qa!\r'
  )
)

t.test('less', { skip: missing('less') }, (t) =>
  compare(
    t,
    (file) => `LESSHISTFILE=- less ${file}`,
    /^1\s[\s\S]*text/,
    [
      { keys: '40g', shows: /^40\s/ },
      { size: [100, 30], shows: /^40\s/ },
      { keys: '/^60\r', shows: /^60\s/ },
      { keys: '\x06', shows: /^7\d\s/ },
      { size: [50, 15], shows: /Line/ },
      { keys: 'G', shows: /300\s/ },
      { keys: '120g', shows: /^120\s/ }
    ],
    'q'
  )
)

/** htop's numbers are never twice the same, its layout is. */
function layoutOf({ lines, buffer }: Screen) {
  const header = lines.findIndex((line) => /^ *PID USER .*Command/i.test(line))
  return {
    buffer,
    rows: lines.length,
    meters: [/Mem\[/, /Tasks: \d+/, /Load average: \d/, /Uptime: /].map((meter) =>
      lines.some((line) => meter.test(line))
    ),
    headers: lines.filter((line) => /^ *PID USER /.test(line)).length,
    processes: header !== -1 && /^ *\d+ \S+ +(\d+|RT) +-?\d+ /.test(lines[header + 1] ?? ''),
    keys: /^F1Help +F2Setup ?.*F10Quit *$/.test(lines.at(-1) ?? '')
  }
}
const wholeHtop = (rows: number) => ({
  buffer: 'alternate',
  rows,
  meters: [true, true, true, true],
  headers: 1,
  processes: true,
  keys: true
})

t.test('htop', { skip: missing('htop') }, async (t) => {
  const served = await serve(t)
  // Drawn anew five times a second; its settings are none of the user's.
  const command = `HTOPRC=${join(served.folder, 'htoprc')} htop -d 2`
  const htop = await start(t, served, command, /F10Quit/)
  const isWhole = (rows: number) => (screen: Screen) =>
    JSON.stringify(layoutOf(screen)) === JSON.stringify(wholeHtop(rows))
  const seen = async (rows: number, when: string) =>
    t.same(layoutOf(await htop.until(isWhole(rows))), wholeHtop(rows), when)
  await seen(24, 'at its start')
  htop.resize(120, 40)
  await seen(40, 'after a resize')
  for (const awayMs of [0, 700, 1500]) {
    await htop.breakOff(120, 40, awayMs)
    await seen(40, `after ${awayMs} ms away`)
  }
  await htop.breakOff(90, 20, 300)
  await seen(20, 'after a resume with another size')
  await htop.press('q')
  t.ok(atPrompt(await htop.until((screen) => atPrompt(screen) && screen.buffer === 'normal')), 'back at the prompt')
})
