/** Reads values of Proxmox VE's JSON, which prints some numbers and flags as text. */
type Entry = Record<string, unknown>

export const entriesIn = (value: unknown): Entry[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : []

export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

export const wholeNumberIn = (value: unknown): number => {
  const number = Math.floor(Number(value))
  return Number.isSafeInteger(number) && number >= 0 ? number : 0
}

export const isSet = (value: unknown): boolean => value === true || Number(value) === 1

/** Items of a list as Proxmox VE writes it, `rootdir,images`. */
export const listIn = (value: unknown): string[] =>
  textIn(value)
    .split(/[,;\s]+/)
    .filter(Boolean)
