import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

const readOrEmpty = (file: string) => {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return ''
  }
}

/** Writes generated files, by path from the root; with `--check` it fails if one is outdated. */
export function keepCurrent(made: Record<string, string>): void {
  const stale = Object.entries(made).filter(([file, text]) => readOrEmpty(file) !== text)
  if (process.argv.includes('--check')) {
    for (const [file] of stale) console.error(`${file} is not current: run \`npm run generate\``)
    process.exitCode = stale.length > 0 ? 1 : 0
  } else {
    for (const [file, text] of stale) writeFileSync(join(root, file), text)
  }
}
