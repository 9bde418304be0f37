import { inspect } from 'node:util'

export interface Row {
  name: string
  measured: string
  /** Empty for a value that is only recorded. */
  target: string
  /** Null without a target; "uncertain" if the error of the measurement reaches beyond it. */
  pass: boolean | 'uncertain' | null
}

export const row = (name: string, measured: string, target = '', pass: Row['pass'] = null): Row => ({
  name,
  measured,
  target,
  pass
})

/** Whether an estimate meets its target: certain if both ends of its interval of two standard errors say the same. */
export function within({ value, error }: { value: number; error: number }, meets: (value: number) => boolean) {
  const [low, high] = [meets(value - 2 * error), meets(value + 2 * error)]
  return low === high ? low : 'uncertain'
}

function verdict({ pass }: Row): string {
  if (pass === null) return ''
  if (pass === 'uncertain') return 'UNCERTAIN'
  return pass ? 'PASS' : 'MISS'
}

export function asMarkdown(rows: readonly Row[]): string {
  const lines = [['What', 'Measured', 'Target', ''], ...rows.map((r) => [r.name, r.measured, r.target, verdict(r)])]
  const widths = [0, 1, 2, 3].map((column) => Math.max(4, ...lines.map((line) => line[column]!.length)))
  const text = lines.map((line) => `| ${line.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`)
  text.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`)
  return `${text.join('\n')}\n`
}

/** Prints the rows, and sends them to bench/all.ts if it started this process. */
export function report(rows: readonly Row[]): void {
  process.stdout.write(`\n${asMarkdown(rows)}`)
  process.send?.(rows)
}

export const note = (text: string): void => void process.stderr.write(`${text}\n`)

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** A percentile by nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const ranked = sorted(values)
  const value = ranked[Math.max(0, Math.ceil(share * ranked.length) - 1)]
  if (value === undefined) throw new Error(`no values: ${inspect(values)}`)
  return value
}

export function median(values: readonly number[]): number {
  const ranked = sorted(values)
  return (ranked[(ranked.length - 1) >> 1]! + ranked[ranked.length >> 1]!) / 2
}

/** The ratio of the second to the first value of each round, since a disturbance affects both. */
export const ratios = (of: readonly number[], to: readonly number[]): number[] => of.map((value, i) => value / to[i]!)

export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`
export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB')

/** A number given on the command line, or its default. */
export const argument = (position: number, fallback: number): number => {
  const text = process.argv[2 + position]
  if (text === undefined) return fallback
  const value = Number(text)
  if (!(value > 0)) throw new Error(`not a positive number: ${text}`)
  return value
}
