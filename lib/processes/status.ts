import { countIn } from '../host/plausible.ts'

/**
 * The first number of each line of /proc/<pid>/status or smaps_rollup; for Uid and Gid the effective id. Sizes in KiB.
 * Lines without a plausible number are omitted.
 */
export function parseStatusNumbers(text: string): Partial<Record<string, number>> {
  const numbers: Partial<Record<string, number>> = {}
  for (const [, name, first, second] of text.matchAll(/^(\w+):[ \t]+(\S+)(?:\t(\S+))?/gm)) {
    const number = countIn((name === 'Uid' || name === 'Gid') && second !== undefined ? second : first)
    if (number !== null) numbers[name!] = number
  }
  return numbers
}

/** The control group from /proc/<pid>/cgroup: the one of version 2, else the first with a name. */
export function parseCgroup(text: string): string | null {
  return /^0::(.+)$/m.exec(text)?.[1] ?? /^\d+:[^:\n]*:(.+)$/m.exec(text)?.[1] ?? null
}

export interface Limit {
  name: string
  /** Null for "unlimited". */
  soft: number | null
  hard: number | null
  units: string | null
}

const amount = (text: string): number | null => (text === 'unlimited' ? null : Number(text))

/** Parses the table of /proc/<pid>/limits. */
export function parseLimits(text: string): Limit[] {
  return [...text.matchAll(/^(\S.*?) {2,}(unlimited|\d+) +(unlimited|\d+)(?: +(\w+))? *$/gm)].flatMap(
    ([, name, soft, hard, units]) =>
      // Null is "unlimited": a row with an implausible number is left out.
      [soft, hard].every((text) => text === 'unlimited' || countIn(text) !== null)
        ? [{ name: name!, soft: amount(soft!), hard: amount(hard!), units: units ?? null }]
        : []
  )
}
