// Run by the files in bin/: `program.ts FOLDER NAME WORD...`.
import { readFileSync, writeSync } from 'node:fs'
import { type Context, checkpoint, Died } from './context.ts'
import { versionLine } from './node-answers.ts'
import { pct, qm } from './pct.ts'
import { pveam, pvesm } from './pveam.ts'
import { pvesh } from './pvesh.ts'
import { openStore } from './store.ts'

const programs: Record<string, (context: Context, args: readonly string[]) => Promise<number>> = {
  pct,
  qm,
  pveam,
  pvesm,
  pvesh,
  pveversion: async ({ store, out }) => {
    out(`${versionLine(store.read())}\n`)
    return 0
  }
}

const [folder = '', name = '', ...args] = process.argv.slice(2)
const store = openStore(folder)
store.note([name, ...args])
// What is run inside of a container stands behind `--`, if that is there.
const inside = name === 'pct' && args[0] === 'exec' ? args.slice(args.indexOf('--') + 1 || 2) : args.slice(1)
const step = [name, ...args.slice(0, 1), ...inside.filter((word) => !word.startsWith('-') && !/^\d+$/.test(word))]

/** Written at once: what was printed before a kill is read. */
const write = (fd: number) => (text: string) => {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}
const context: Context = { store, step, out: write(1), err: write(2), stdin: () => readFileSync(0, 'utf8') }
try {
  await checkpoint(context, 'start')
  process.exitCode = await programs[name]!(context, args)
} catch (error) {
  if (!(error instanceof Died)) throw error
  context.err(`${error.message}\n`)
  process.exitCode = error.code
}
